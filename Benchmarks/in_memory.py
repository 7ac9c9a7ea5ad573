#!/usr/bin/env python3
"""Times Harrier beside DuckDB over the same rows in memory, in one run.

    python3 -m venv V && V/bin/pip install numpy pyarrow duckdb
    swift build -c release --product harrier-benchmark
    V/bin/python Benchmarks/in_memory.py --bench .build/release/harrier-benchmark --rows 10000000

Prints medians, and DuckDB's time divided by Harrier's (above 1: Harrier is ahead).
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

import duckdb
import numpy
import pyarrow

SQL = {
    "has": "select count(*) from events where ProcessCommandLine ilike '%mimikatz%'",
    "group_string": "select DeviceName, count(*) from events group by 1",
    "group_hour": "select time_bucket(interval 1 hour, Timestamp), count(*) from events group by 1",
    "hash_join": "select count(*), sum(Weight) from events join keys using (Key)",
}


def load(folder, threads):
    """The dumped columns as DuckDB tables in memory."""
    def array(name, kind):
        return numpy.fromfile(os.path.join(folder, name + ".bin"), dtype=kind)

    def coded(name):
        with open(os.path.join(folder, name + ".txt"), encoding="utf-8") as file:
            values = pyarrow.array(file.read().split("\n"))
        codes = pyarrow.array(array(name, "<u4").astype("int32"))
        return pyarrow.DictionaryArray.from_arrays(codes, values).cast(pyarrow.string())

    epoch_ticks = 621355968000000000
    micros = (array("Timestamp", "<i8") - epoch_ticks) // 10
    events = pyarrow.table({
        "Timestamp": pyarrow.array(micros, pyarrow.timestamp("us")),
        "DeviceName": coded("DeviceName"),
        "ProcessCommandLine": coded("ProcessCommandLine"),
        "Key": pyarrow.array(array("Key", "<i8")),
    })
    index = numpy.arange(1_000_000, dtype="int64")
    keys = pyarrow.table({"Key": index * 7, "Weight": index & 1023})
    base = duckdb.connect(config={"threads": threads})
    base.register("events_arrow", events)
    base.register("keys_arrow", keys)
    base.execute("create table events as select * from events_arrow")
    base.execute("create table keys as select * from keys_arrow")
    return base


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bench", required=True)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--reps", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([args.bench, str(args.rows), str(args.reps), folder],
                             capture_output=True, text=True, check=True)
        ours = {d["query"]: d for d in map(json.loads, run.stdout.splitlines())}
        base = load(folder, 2)
    print("| query | Harrier s | DuckDB s | DuckDB / Harrier | rows |")
    print("|---|--:|--:|--:|--:|")
    for name, sql in SQL.items():
        times, rows = [], 0
        for _ in range(args.reps):
            start = time.monotonic()
            answer = base.execute(sql).fetchall()
            times.append(time.monotonic() - start)
            rows = len(answer)
        peer = statistics.median(times)
        mine = ours[name]
        if rows != mine["rows"]:
            raise SystemExit(f"{name}: {rows} rows of DuckDB, {mine['rows']} of Harrier")
        if name in ("has", "hash_join") and str(answer[0][-1]) != mine["answer"]:
            raise SystemExit(f"{name}: {answer[0][-1]} of DuckDB, {mine['answer']} of Harrier")
        print(f"| {name} | {mine['seconds']:.4f} | {peer:.4f} | {peer / mine['seconds']:.2f} | {rows} |")


if __name__ == "__main__":
    main()
