#!/usr/bin/env python3
"""Times hunts over several tenants beside the same rows in one tenant, as a user runs them.

    harrier ingest --store FIVE --tenant-column TenantId --table DeviceProcessEvents rows.ndjson
    harrier ingest --store ONE --table DeviceProcessEvents rows.ndjson
    python3 Benchmarks/cross_tenant.py --harrier .build/release/harrier --five FIVE --one ONE

The rows are those of ../shared/bench/gen.py as NDJSON, whose column TenantId names the tenants.
Each run is a process of its own; the three ways take turns, so that a busy machine slows all alike:

  one         the query over the one tenant's table
  global      the same text over the tables of all tenants together
  per-tenant  the same text in each tenant, on the same threads

A text that makes a row for each group makes in each tenant what is one row of the whole. What is
fair to compare with per-tenant is then the query over one tenant that gives the same rows: it also
groups by TenantId, and is the side "one, by tenant". Printed are medians of the wall and the
processor time, and both as ratios to the one tenant; that the rows are the same is looked at first.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time

TABLE = "DeviceProcessEvents"
# Name, text, and what one tenant is asked where each tenant makes rows of its own.
QUERIES = [
    ("count by file", "| summarize n = count() by FileName",
     "| summarize n = count() by TenantId, FileName"),
    ("count by hour", "| summarize n = count() by bin(Timestamp, 1h)",
     "| summarize n = count() by TenantId, bin(Timestamp, 1h)"),
    ("dcount by file, top", "| summarize d = dcount(DeviceId) by FileName | top 20 by d", None),
    ("filter, count by device",
     "| where ProcessCommandLine has 'powershell' | summarize n = count() by DeviceName", None),
    ("two columns, top", "| summarize n = count() by DeviceName, FileName | top 20 by n", None),
    ("two columns, count", "| summarize n = count() by DeviceName, FileName | count", None),
    ("two columns that tenants share, top",
     "| summarize n = count() by FileName, InitiatingProcessFileName | top 20 by n",
     "| summarize n = count() by TenantId, FileName, InitiatingProcessFileName"
     " | partition hint.strategy=native by TenantId (top 20 by n)"),
    ("two columns, printed",
     "| summarize n = count() by AccountDomain, InitiatingProcessFileName",
     "| summarize n = count() by TenantId, AccountDomain, InitiatingProcessFileName"),
]


def command(options, way, text):
    """What a user types for a way to run a text."""
    store = options.one if way == "one" else options.five
    words = [options.harrier, "query", "--store", store, "--timespan", "all", "--format", "ndjson",
             "--threads", str(options.threads)]
    words += ["--tenant", "default"] if way == "one" else []
    words += ["--tenant-mode", "per-tenant"] if way == "per-tenant" else []
    return words + [f"{TABLE} {text}"]


def run(words, output):
    """Wall and processor seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(words, check=True, stdout=output, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def answer(words):
    """The rows of a query as sorted texts, without the name of the tenant."""
    done = subprocess.run(words, check=True, capture_output=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        row.pop("TenantName", None)
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def compare(options, text, fair):
    """Ends the run where the ways give other rows than the one tenant does."""
    for way in ("global", "per-tenant"):
        whole = fair if fair and way == "per-tenant" else text
        if way == "per-tenant" and not fair:
            continue
        if answer(command(options, "one", whole)) != answer(command(options, way, text)):
            sys.exit(f"FAILED: {way} gives other rows than one tenant: {text}")


def measure(options, name, text, fair):
    sides = {"one": ("one", text), "global": ("global", text), "per-tenant": ("per-tenant", text)}
    if fair:
        sides["one, by tenant"] = ("one", fair)
    figures = {side: [] for side in sides}
    with open(os.devnull, "wb") as nothing:
        for repetition in range(options.reps + 1):
            for side, (way, query) in sides.items():
                taken = run(command(options, way, query), nothing)
                if repetition:
                    figures[side].append(taken)
    medians = {side: tuple(statistics.median(part) for part in zip(*taken))
               for side, taken in figures.items()}
    print(f"{name}: {text}")
    for side, (wall, cpu) in medians.items():
        print(f"  {side:15} {wall:7.3f} s {cpu:7.3f} CPU s{ratios(medians, side)}", flush=True)


def ratios(medians, side):
    """How a side stands to one tenant, by wall and processor time."""
    if side.startswith("one"):
        return ""
    bases = ["one"] + ["one, by tenant"] * (side == "per-tenant" and "one, by tenant" in medians)
    return "".join(f"   {medians[side][0] / medians[base][0]:.2f} wall "
                   f"{medians[side][1] / medians[base][1]:.2f} CPU of {base}" for base in bases)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--harrier", required=True, type=os.path.abspath)
    parser.add_argument("--five", required=True, help="the store with several tenants")
    parser.add_argument("--one", required=True, help="the store with the rows in one tenant")
    parser.add_argument("--reps", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="", help="queries whose names contain this")
    options = parser.parse_args()
    print(f"load of the machine: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")
    for name, text, fair in QUERIES:
        if options.only in name:
            compare(options, text, fair)
            measure(options, name, text, fair)
    print(f"load of the machine: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")


if __name__ == "__main__":
    main()
