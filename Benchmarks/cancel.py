#!/usr/bin/env python3
"""Cancels the worst queries at random moments and takes the time until they have ended.

Usage: cancel.py --harrier PATH --benchmark PATH --store DIR [--cancels N] [--memory MiB]
                 [--longest SECONDS] [--only NAME] [--seed N] [--way inside|signal|timeout]

The store holds the table DeviceProcessEvents of tenant `default`; the queries are those of
memory.py, on two threads. Each is timed once, then ended at moments spread at random over its run,
or over its first --longest seconds:

  inside   harrier-benchmark cancels it in the engine and takes the time until it has returned and
           what it held is free, and the processor time of all threads in between, which other
           processes on the machine do not lengthen;
  signal   `harrier query` gets SIGINT; taken is the time until the process has ended;
  timeout  `harrier query` ends by --timeout; taken is what the process lives beyond that.

The 99th percentile must be at most 100 ms and the slowest at most 250 ms; exit code 1 where that
misses.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time

from memory import QUERIES

P99_MILLISECONDS = 100
MOST_MILLISECONDS = 250
WAYS = ["inside", "signal", "timeout"]


def start(options, query, *further):
    """Starts a query whose rows nobody reads."""
    command = [options.harrier, "query", "--store", options.store, "--timespan", "all"]
    command += ["--format", "ndjson"]
    command += ["--memory", str(options.memory), "--threads", "2", query, *further]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def usual_seconds(options, query):
    """Seconds of a run that nobody ends, at most those of --longest."""
    started = time.monotonic()
    run = start(options, query)
    try:
        run.wait(timeout=options.longest)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
    return time.monotonic() - started


def inside(options, query, count, chance):
    """Milliseconds of cancels in the engine, and those of the processor."""
    command = [options.benchmark, "cancel", options.store, query, str(count),
               str(chance.getrandbits(32)), str(options.memory), str(options.longest)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found["late"], found["cpu"]


def by_timeout(options, query, after):
    """Milliseconds that a process outlives its time limit; its start counts as late."""
    started = time.monotonic()
    code = start(options, query, "--timeout", f"{after:.4f}").wait()
    return (time.monotonic() - started - after) * 1000 if code == 3 else None


def by_signal(options, query, after):
    """Milliseconds from SIGINT to the end of the process."""
    run = start(options, query)
    time.sleep(after)
    if run.poll() is not None:
        return None
    sent = time.monotonic()
    os.kill(run.pid, signal.SIGINT)
    run.wait()
    return (time.monotonic() - sent) * 1000


def outside(options, query, count, chance, way):
    """Milliseconds of ends of processes."""
    seconds = usual_seconds(options, query)
    moments = [chance.uniform(0.02, max(0.03, seconds * 0.98)) for _ in range(count)]
    run = by_timeout if way == "timeout" else by_signal
    return [late for late in (run(options, query, moment) for moment in moments) if late]


def report(title, values):
    """Prints a line; whether the figures are within their bounds."""
    if not values:
        return True
    values = sorted(values)
    p50, p99 = (values[min(len(values) - 1, int(len(values) * share))] for share in (0.5, 0.99))
    print(f"{title:32} {len(values):5} p50 {p50:6.1f} ms, p99 {p99:6.1f} ms, "
          f"most {values[-1]:6.1f} ms", flush=True)
    return p99 <= P99_MILLISECONDS and values[-1] <= MOST_MILLISECONDS


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harrier", required=True)
    parser.add_argument("--benchmark", required=True)
    parser.add_argument("--store", required=True)
    parser.add_argument("--cancels", type=int, default=520, help="of each way, over all queries")
    parser.add_argument("--memory", type=int, default=4096)
    parser.add_argument("--longest", type=float, default=60)
    parser.add_argument("--only", action="append")
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--way", action="append", choices=WAYS)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    names = options.only or list(QUERIES)
    ways = options.way or WAYS
    times = {way: [] for way in ways}
    processor = []
    for name in names:
        for way in ways:
            count = max(1, options.cancels // len(names))
            if way == "inside":
                late, cpu = inside(options, QUERIES[name], count, chance)
                report(f"{name}, {way}, processor", cpu)
                processor += cpu
            else:
                late = outside(options, QUERIES[name], count, chance, way)
            report(f"{name}, {way}", late)
            times[way] += late
    report("all, inside, processor", processor)
    good = [report(f"all, {way}", late) for way, late in times.items()]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
