#!/usr/bin/env python3
"""Kills `harrier ingest` from outside at random points and looks at what the store holds.

Usage: crash_ingest.py PATH_OF_HARRIER [KILLS]

Batches are sent again until they are acknowledged (exit code 0). Afterwards each acknowledged
batch must be there once and whole, nothing else may be there, and the store must pass its check.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

ROWS = 4000


def write_batch(folder, number):
    path = os.path.join(folder, f"batch{number}.ndjson")
    with open(path, "w", encoding="utf-8") as out:
        for row in range(ROWS):
            out.write(json.dumps({
                "Timestamp": f"2026-01-01T{row // 3600:02}:{row // 60 % 60:02}:{row % 60:02}Z",
                "DeviceName": f"device{row % 50}", "ProcessId": number,
                "ProcessCommandLine": f"tool.exe --batch {number} --row {row}"}) + "\n")
    return path


def count(engine, store, query):
    run = subprocess.run([engine, "query", "--store", store, "--format", "ndjson", query],
                         capture_output=True, check=False, text=True)
    if run.returncode:
        raise SystemExit(f"the store did not open: {run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    engine, kills = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30
    seed = int(os.environ.get("SEED", "20261128"))
    chance = random.Random(seed)
    killed = acknowledged = number = 0
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        sent = time.monotonic()
        subprocess.run([engine, "ingest", "--store", store, "--table", "DeviceProcessEvents",
                        "--batch", "b0", write_batch(folder, 0)], check=True, capture_output=True)
        usual = time.monotonic() - sent
        while killed < kills:
            number += 1
            path = write_batch(folder, number)
            command = [engine, "ingest", "--store", store, "--table", "DeviceProcessEvents",
                       "--batch", f"b{number}", path]
            while True:
                run = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
                try:
                    code = run.wait(timeout=chance.uniform(0, usual * 1.3))
                except subprocess.TimeoutExpired:
                    run.kill()
                    run.wait()
                    killed += 1
                    continue
                if code == 0:
                    acknowledged += 1
                    break
                raise SystemExit(f"ingest ended with {code} (seed {seed})")
            os.remove(path)
        found = count(engine, store, "DeviceProcessEvents | summarize n=count(), "
                      "d=dcount(ProcessCommandLine, 4) by ProcessId")
        wrong = [row for row in found if row["n"] != ROWS]
        lost = acknowledged + 1 - len(found)
        verified = subprocess.run([engine, "store", "verify", store], check=False,
                                  capture_output=True, text=True)
        print(f"{killed} kills, {acknowledged + 1} batches acknowledged: {lost} lost, "
              f"{len(wrong)} not whole or doubled; verify: {verified.stderr.strip()}")
        return 1 if lost or wrong or verified.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
