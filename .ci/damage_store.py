#!/usr/bin/env python3
"""Damages the segment files of a store in many ways, one at a time, and asks `harrier` for the rows.

Usage: damage_store.py PATH_OF_HARRIER [DAMAGES]

Bits are flipped, files cut off, and runs of bytes swapped or taken from another segment. A query of
all columns must fail by name or give the rows as they were; `store verify` must find every damage.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

ROWS = 3000
QUERY = ("DeviceProcessEvents | summarize n=count(), t=sum(hash(strcat(Timestamp, DeviceName, "
         "ProcessId, ProcessCommandLine, AdditionalFields)) % 1000003)")


def make(engine, folder):
    store = os.path.join(folder, "store")
    for batch in range(2):
        path = os.path.join(folder, "rows.ndjson")
        with open(path, "w", encoding="utf-8") as out:
            for row in range(ROWS):
                out.write(json.dumps({
                    "Timestamp": f"2026-01-0{batch + 1}T00:{row // 60:02}:{row % 60:02}Z",
                    "DeviceName": f"device{row % 50}", "ProcessId": row * 7919 % 65536,
                    "ProcessCommandLine": f"tool.exe --row {row} --text {row * 2654435761:x} abcdef",
                    "AdditionalFields": {"k": row, "list": [batch, "x"]}}) + "\n")
        subprocess.run([engine, "ingest", "--store", store, "--table", "DeviceProcessEvents",
                        path], check=True, capture_output=True)
    files = [os.path.join(root, name) for root, _, names in os.walk(os.path.join(store, "segments"))
             for name in names]
    return store, sorted(files)


def damage(chance, data, other):
    """Damaged bytes and what was done."""
    kind = chance.choice(["flip", "flip", "cut", "swap", "foreign"])
    if kind == "flip":
        place = chance.randrange(len(data))
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        return bytes(changed), f"bit of byte {place} flipped"
    if kind == "cut":
        size = chance.randrange(len(data))
        return data[:size], f"cut to {size} bytes"
    size = chance.choice([1, 8, 64, 512, 4096])
    first, second = (chance.randrange(max(1, len(data) - size)) for _ in range(2))
    if kind == "foreign":
        piece = other[first:first + size]
        return data[:first] + piece + data[first + len(piece):], f"{size} foreign bytes at {first}"
    changed = bytearray(data)
    changed[first:first + size], changed[second:second + size] = (
        data[second:second + size], data[first:first + size])
    return bytes(changed[:len(data)]), f"{size} bytes at {first} and {second} swapped"


def main():
    engine, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(int(os.environ.get("SEED", "20261128")))
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        store, files = make(engine, folder)
        query = [engine, "query", "--store", store, "--timespan", "all", "--format", "ndjson", QUERY]
        truth = subprocess.run(query, check=True, capture_output=True).stdout
        while tried < count:
            path, *rest = chance.sample(files, len(files))
            with open(path, "rb") as file:
                data = file.read()
            with open(rest[0] if rest else path, "rb") as file:
                other = file.read()
            changed, what = damage(chance, data, other)
            if changed == data:
                continue
            tried += 1
            with open(path, "wb") as file:
                file.write(changed)
            asked = subprocess.run(query, check=False, capture_output=True)
            checked = subprocess.run([engine, "store", "verify", store], check=False,
                                     capture_output=True)
            with open(path, "wb") as file:
                file.write(data)
            if asked.returncode not in (0, 1) or checked.returncode not in (0, 1):
                raise SystemExit(f"{what}: ended with {asked.returncode}, {checked.returncode}")
            if asked.returncode == 0 and asked.stdout != truth:
                raise SystemExit(f"{what}: a wrong answer: {asked.stdout.decode()}")
            if checked.returncode == 0:
                raise SystemExit(f"{what}: not found by the check of the store")
    print(f"{tried} damages: all found, 0 wrong answers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
