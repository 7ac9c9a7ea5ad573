#!/usr/bin/env python3
"""Kills `harrier ingest` and `harrier store compact` from outside at random points and looks at what
the store holds.

Usage: crash_store.py PATH_OF_HARRIER [KILLS]

Batches are sent again until they are acknowledged (exit code 0); every few of them the store is
compacted, again until that ends well: small segments are merged, and rows of long ago go by a
retention of ten days. Afterwards each acknowledged batch of the last days must be there once and
whole, a batch of long ago whole or gone, nothing else may be there, and the store must pass its
check.
"""
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import time

ROWS = 4000
TABLE = "DeviceProcessEvents"
NOW = datetime.datetime.now(datetime.timezone.utc)


def is_old(number):
    return number % 3 == 2


def write_batch(folder, number):
    path = os.path.join(folder, f"batch{number}.ndjson")
    start = NOW - datetime.timedelta(days=40 if is_old(number) else 2)
    with open(path, "w", encoding="utf-8") as out:
        for row in range(ROWS):
            out.write(json.dumps({
                "Timestamp": (start + datetime.timedelta(seconds=row)).strftime("%Y-%m-%dT%XZ"),
                "DeviceName": f"device{row % 50}", "ProcessId": number,
                "ProcessCommandLine": f"tool.exe --batch {number} --row {row}"}) + "\n")
    return path


def answer(engine, store, query):
    run = subprocess.run([engine, "query", "--store", store, "--format", "ndjson", query],
                         capture_output=True, check=False, text=True)
    if run.returncode:
        raise SystemExit(f"the store did not open: {run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


class Campaign:
    """Runs commands that are killed at random points until they end well."""

    def __init__(self, kills, seed):
        self.kills, self.seed = kills, seed
        self.chance = random.Random(seed)
        self.killed = {}
        self.usual = {}

    @property
    def total(self):
        return sum(self.killed.values())

    def run(self, name, command):
        while True:
            started = time.monotonic()
            run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            limit = None
            if name in self.usual and self.total < self.kills:
                limit = self.chance.uniform(0, self.usual[name] * 1.3)
            try:
                _, problem = run.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                run.kill()
                run.communicate()
                self.killed[name] = self.killed.get(name, 0) + 1
                continue
            if run.returncode:
                raise SystemExit(f"{name} ended with {run.returncode} (seed {self.seed}): "
                                 f"{problem.decode(errors='replace')}")
            self.usual.setdefault(name, time.monotonic() - started)
            return


def main():
    engine, kills = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30
    seed = int(os.environ.get("SEED", "20261128"))
    campaign = Campaign(kills, seed)
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        while number < 6 or campaign.total < kills:
            path = write_batch(folder, number)
            campaign.run("ingest", [engine, "ingest", "--store", store, "--table", TABLE,
                                    "--batch", f"b{number}", path])
            os.remove(path)
            if number == 0:
                subprocess.run([engine, "store", "retention", store, "--table", TABLE, "--days",
                                "10"], check=True, capture_output=True)
            number += 1
            if number % 4 == 0:
                campaign.run("compact", [engine, "store", "compact", store])
        found = {row["ProcessId"]: row["n"] for row in answer(
            engine, store, f"{TABLE} | distinct ProcessId, ProcessCommandLine, Timestamp "
            "| summarize n=count() by ProcessId")}
        rows = answer(engine, store, f"{TABLE} | count")[0]["Count"]
        lost = [n for n in range(number) if n not in found and not is_old(n)]
        wrong = [n for n in found if found[n] != ROWS or n >= number]
        doubled = rows - sum(found.values())
        gone = sum(1 for n in range(number) if is_old(n) and n not in found)
        verified = subprocess.run([engine, "store", "verify", store], check=False,
                                  capture_output=True, text=True)
        print(f"kills: {campaign.killed}; {number} batches acknowledged, {gone} of long ago gone: "
              f"{len(lost)} lost, {len(wrong)} not whole, {doubled} rows doubled; "
              f"verify: {verified.stderr.strip()}")
        return 1 if lost or wrong or doubled or verified.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
