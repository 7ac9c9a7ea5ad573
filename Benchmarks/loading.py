#!/usr/bin/env python3
"""Times how Harrier and DuckDB read one NDJSON file into memory, in turns, in one run.

    python3 -m venv V && V/bin/pip install duckdb
    swift build -c release --product harrier
    V/bin/python Benchmarks/loading.py --harrier .build/release/harrier \\
        --table DeviceProcessEvents DeviceProcessEvents.ndjson

Prints the median and best wall seconds, the CPU seconds of the best run, and MB/s of the file.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time

DUCK = """
import duckdb, sys
path, columns, threads = sys.argv[1:]
base = duckdb.connect(config={"threads": int(threads)})
base.execute(f"create table t as select * from read_json('{path}', "
             f"format='newline_delimited', columns={columns})")
print(base.execute("select count(*) from t").fetchone()[0])
"""


def columns(path):
    """DuckDB's column types by the first event: the cheaper way for it, without sniffing."""
    with open(path, encoding="utf-8") as file:
        first = json.loads(file.readline())

    def kind(name, value):
        if isinstance(value, bool):
            return "BOOLEAN"
        if isinstance(value, int):
            return "BIGINT"
        return "TIMESTAMP" if name.startswith("Time") or name.endswith("Time") else "VARCHAR"

    return "{" + ", ".join(f"'{n}': '{kind(n, v)}'" for n, v in first.items()) + "}"


def timed(command):
    """Wall seconds, CPU seconds and the count that a command prints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int("".join(c for c in text if c.isdigit()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--harrier", required=True, action="append")
    parser.add_argument("--table", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reps", type=int, default=5)
    args = parser.parse_args()
    commands = {
        binary: [binary, "query", f"{args.table} | count", "--load", f"{args.table}={args.file}",
                 "--format", "csv", "--threads", str(args.threads)]
        for binary in args.harrier
    }
    commands["DuckDB read_json"] = [sys.executable, "-c", DUCK, args.file, columns(args.file),
                                    str(args.threads)]
    times = {name: [] for name in commands}
    for _ in range(args.reps):
        for name, command in commands.items():
            times[name].append(timed(command))
    megabytes = os.path.getsize(args.file) / 1e6
    print("| reader | median s | best s | CPU s of best | MB/s at best | rows/s at best |")
    print("|---|--:|--:|--:|--:|--:|")
    if len({t[2] for runs in times.values() for t in runs}) != 1:
        raise SystemExit("the readers count different rows")
    for name, runs in times.items():
        wall, cpu, rows = min(runs)
        print(f"| {name} | {statistics.median(r[0] for r in runs):.2f} | {wall:.2f} | {cpu:.2f} | "
              f"{megabytes / wall:.0f} | {rows / wall:.0f} |")


if __name__ == "__main__":
    main()
