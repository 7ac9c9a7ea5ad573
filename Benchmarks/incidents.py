#!/usr/bin/env python3
"""Times lists of incidents with filters and orders by chance, and changes in bulk.

A list is a process of its own; the time of one that lists nothing is told beside it. The store is
one that `harrier alerts add` made, such as of 1 M alerts over 100 tenants.

Usage: incidents.py PATH_OF_HARRIER STORE [LISTS]
"""
import json
import random
import subprocess
import sys
import tempfile
import time

FILTERS = [
    "severity>=medium", "severity=high", "status=active", "status=active,inProgress,resolved",
    "assignee=none", "assignee=me", "category=execution", "category!=execution", "alerts>=5",
    "devices>=2", "users<=1", "priority>=60", "priority<=30", "technique=t1059",
    "entity=u77@x.com", "entity!=dev12", "created>=1d", "updated>=7d", "activity>=2026-01-10",
    "tag=phishing", "tag!=phishing", "service=microsoftDefenderForEndpoint", "name~multi",
    "classification=truePositive", "actions>=1", "services>=2",
]
SORTS = ["updated", "created", "activity", "first", "priority", "severity", "status", "name",
         "alerts", "devices", "users", "mailboxes", "assignee", "tenant", "number",
         "classification"]


def timed(command):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    took = (time.monotonic() - start) * 1_000
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return took, done.stdout


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def main():
    engine, store = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as empty:
        subprocess.run([engine, "ingest", "--store", f"{empty}/s", "--table", "DeviceEvents", "-"],
                       input='{"Timestamp":"2026-01-01T00:00:00Z"}\n', text=True,
                       capture_output=True, check=True)
        nothing = [timed([engine, "incidents", "list", "--store", f"{empty}/s"])[0]
                   for _ in range(20)]
    times = []
    for _ in range(count):
        words = chance.sample(FILTERS, chance.choice([0, 1, 1, 2, 3]))
        order = chance.choice(SORTS) + chance.choice(["", ":asc", ":desc"])
        command = [engine, "incidents", "list", "--store", store, "--sort", order]
        if words:
            command += ["--filter", " ".join(words)]
        times.append((timed(command)[0], order, " ".join(words)))
    took = [time for time, _, _ in times]
    print(f"list of nothing: median {quantile(nothing, 0.5):.0f} ms")
    print(f"{count} lists: median {quantile(took, 0.5):.0f} ms, p99 {quantile(took, 0.99):.0f} ms")
    for time_, order, words in sorted(times, reverse=True)[:8]:
        print(f"  {time_:.0f} ms  sort {order}  filter {words}")
    _, listed = timed([engine, "incidents", "list", "--store", store, "--limit", "1000",
                       "--format", "json"])
    names = [item["Incident"] for item in json.loads(listed)]
    took, _ = timed([engine, "incidents", "update", "--store", store, "--add-tag", "bulk",
                     "--assign", "me", "--status", "inProgress"] + names)
    print(f"{len(names)} incidents tagged, assigned, set in progress: {took:.0f} ms")


main()
