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
    "time_range": "select count(*) from events where Timestamp >= timestamp '2024-01-20'",
    "filter_group": "select DeviceName, count(*) from events"
                    " where ProcessCommandLine ilike '%update17%' and regexp_matches("
                    "ProcessCommandLine, '(?i)\\bupdate17\\b') group by 1",
    "search": "select count(*) from events where DeviceName ilike '%mimikatz%'"
              " or ProcessCommandLine ilike '%mimikatz%'",
    "top_filtered": "select sum(Key) from (select * from events where ProcessCommandLine ilike"
                    " '%mimikatz%' order by Timestamp desc limit 100)",
    "top_time": "select sum(Key) from (select * from events order by Timestamp desc limit 100)",
    "top_key": "select sum(Key) from (select * from events order by Scattered limit 100)",
    "hash_join": "select count(*), sum(Weight) from events join keys using (Key)",
    "hash_join_scattered": "select count(*), sum(Weight) from events join keys using (Scattered)",
    "join_few": "select count(*), sum(Weight) from events join"
                " (select * from keys where Weight = 5) using (Scattered)",
    "join_pairs": "select count(*), sum(Key) from events join (select distinct DeviceName,"
                  " ProcessCommandLine from events where ProcessCommandLine ilike '%mimikatz%')"
                  " using (DeviceName, ProcessCommandLine)",
    "leftanti": "select sum(Key) from events anti join (select * from keys where Weight < 512)"
                " k using (Scattered)",
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
        "Scattered": pyarrow.array(array("Scattered", "<i8")),
    })
    index = numpy.arange(1_000_000, dtype="int64")
    keys = pyarrow.table({"Key": index * 7, "Scattered": array("KeysScattered", "<i8"),
                          "Weight": index & 1023})
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
    parser.add_argument("--storage", choices=("memory", "segments"), default="memory")
    parser.add_argument("queries", nargs="*", help="names of queries; all where there are none")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([args.bench, str(args.rows), str(args.reps), folder, args.storage,
                              *args.queries], capture_output=True, text=True, check=True)
        ours = {d["query"]: d for d in map(json.loads, run.stdout.splitlines())}
        base = load(folder, 2)
    print("| query | Harrier s | CPU s | DuckDB s | CPU s | DuckDB / Harrier | of CPU | rows |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name, sql in SQL.items():
        if name not in ours:
            continue
        times, work, rows = [], [], 0
        for _ in range(args.reps):
            start, spent = time.monotonic(), time.process_time()
            answer = base.execute(sql).fetchall()
            times.append(time.monotonic() - start)
            work.append(time.process_time() - spent)
            rows = len(answer)
        peer, mine = statistics.median(times), ours[name]
        if rows != mine["rows"]:
            raise SystemExit(f"{name}: {rows} rows of DuckDB, {mine['rows']} of Harrier")
        if rows == 1 and str(answer[0][-1]) != mine["answer"]:
            raise SystemExit(f"{name}: {answer[0][-1]} of DuckDB, {mine['answer']} of Harrier")
        print(f"| {name} | {mine['seconds']:.4f} | {mine['cpu']:.4f} | {peer:.4f} | {min(work):.4f}"
              f" | {peer / mine['seconds']:.2f} | {min(work) / max(mine['cpu'], 1e-6):.2f}"
              f" | {rows} |")


if __name__ == "__main__":
    main()
