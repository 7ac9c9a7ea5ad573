#!/usr/bin/env python3
"""Runs the worst queries under a small memory limit and watches what they really take.

Usage: memory.py --harrier PATH --store DIR [--memory MiB] [--cancel] [--only NAME] [--runs N]

The store holds the table DeviceProcessEvents of tenant `default`. Every query must answer (exit
code 0) or end with the error of the budget (exit code 3), and its anonymous memory (RssAnon of
/proc/PID/status, sampled every 5 ms) must stay within the limit and a tenth. With --cancel each
query gets SIGINT at several moments of its run, and the time until the process ends is taken: its
99th percentile must be at most 100 ms. Exit code 1 where anything misses.
"""

import argparse
import os
import signal
import subprocess
import sys
import time

TABLE = "DeviceProcessEvents"
QUERIES = {
    "sort text": f"{TABLE} | sort by InitiatingProcessCommandLine asc, ProcessCommandLine desc",
    "sort several": f"{TABLE} | sort by DeviceName asc, Timestamp desc, FileName asc, ReportId",
    "sort small": f"{TABLE} | project Timestamp, DeviceName, SHA256 | sort by SHA256, Timestamp",
    "sort computed": f"{TABLE} | extend k = strcat(ProcessCommandLine, tostring(ReportId)) "
    "| project k, Timestamp | sort by k",
    "all rows": TABLE,
    "make_list": f"{TABLE} | summarize make_list(ProcessCommandLine)",
    "make_list by": f"{TABLE} | summarize make_list(strcat(ProcessCommandLine, ReportId)) "
    "by DeviceName",
    "make_set": f"{TABLE} | summarize make_set(ProcessCommandLine) by AccountName",
    "group by hash": f"{TABLE} | summarize count(), min(Timestamp), max(Timestamp) by SHA256",
    "group by text": f"{TABLE} | summarize count(), dcount(DeviceName) by ProcessCommandLine",
    "group by all": f"{TABLE} | summarize count(), max(FolderPath) "
    "by k = strcat(ProcessCommandLine, ReportId, Timestamp)",
    "distinct *": f"{TABLE} | project-away AdditionalFields | distinct *",
    "dcount": f"{TABLE} | summarize dcount(strcat(ReportId, DeviceId)) by DeviceName, FileName",
    "arg_max": f"{TABLE} | summarize arg_max(Timestamp, *) by ReportId, DeviceId",
    "self join": f"{TABLE} | join kind=inner ({TABLE} | take 100000) on DeviceId, FileName | count",
    "wide join": f"{TABLE} | join kind=leftouter ({TABLE}) on ReportId, DeviceId | count",
    "wide join rows": f"{TABLE} | join kind=inner ({TABLE}) on ReportId, DeviceId",
    "mv-expand": f"{TABLE} | mv-expand word = split(ProcessCommandLine, ' ') to typeof(string) "
    "| summarize count() by word",
    "mv-expand sort": f"{TABLE} | mv-expand word = split(ProcessCommandLine, ' ') "
    "to typeof(string) | project word, Timestamp | sort by word",
    "top many": f"{TABLE} | top 200000 by ProcessCommandLine",
    "row numbers": f"{TABLE} | sort by Timestamp | extend n = row_number() | summarize max(n)",
    "prev": f"{TABLE} | sort by DeviceId, Timestamp | where prev(DeviceId) == DeviceId | count",
    "union": f"union {TABLE}, {TABLE} | sort by ProcessCommandLine",
    "scan all": f"{TABLE} | where * has 'powershell' | count",
    "percentiles": f"{TABLE} | summarize percentiles(FileSize, 50, 99) by ProcessCommandLine",
    "json": f"{TABLE} | extend b = pack('d', DeviceId, 'c', ProcessCommandLine, 'f', FolderPath) "
    "| sort by tostring(b)",
}
SAMPLE_SECONDS = 0.005


def anonymous_bytes(pid):
    """RssAnon of a process, 0 where it has ended."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) << 10
    except OSError:
        pass
    return 0


class Run:
    """A query in a process of its own."""

    def __init__(self, options, query):
        command = [options.harrier, "query", "--store", options.store, "--timespan", "all"]
        command += ["--format", "ndjson"]
        command += ["--memory", str(options.memory), query] + options.extra
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def watch(self):
        """Waits for the end; gives exit code, peak bytes, seconds and the last error line."""
        peak = 0
        while self.process.poll() is None:
            peak = max(peak, anonymous_bytes(self.process.pid))
            time.sleep(SAMPLE_SECONDS)
        seconds = time.monotonic() - self.started
        lines = self.process.stderr.read().strip().splitlines()
        return self.process.returncode, peak, seconds, lines[-1] if lines else ""


def measure(options, names):
    """Prints a line a query; gives the names of those that miss."""
    limit = options.memory * 1.1
    missed = []
    for name in names:
        code, peak, seconds, message = Run(options, QUERIES[name]).watch()
        is_good = code in (0, 3) and peak / (1 << 20) <= limit
        missed += [] if is_good else [name]
        mark = "ok  " if is_good else "MISS"
        print(f"{mark} {name:16} exit {code:3} {peak / (1 << 20):7.0f} MiB {seconds:6.2f} s"
              f"  {message[:100]}", flush=True)
    return missed


def measure_cancel(options, names):
    """Sends SIGINT at moments spread over each run; prints percentiles of the time to the end."""
    latencies = []
    for name in names:
        _, _, seconds, _ = Run(options, QUERIES[name]).watch()
        worst = 0.0
        for number in range(options.runs):
            run = Run(options, QUERIES[name])
            time.sleep(0.02 + seconds * (number + 0.5) / options.runs * 0.95)
            if run.process.poll() is not None:
                continue
            sent = time.monotonic()
            os.kill(run.process.pid, signal.SIGINT)
            run.process.wait()
            latencies.append(time.monotonic() - sent)
            worst = max(worst, latencies[-1])
        print(f"     {name:16} {seconds:6.2f} s, slowest end {worst * 1000:6.1f} ms", flush=True)
    latencies.sort()
    if not latencies:
        return ["cancel"]
    p99 = latencies[min(len(latencies) - 1, int(len(latencies) * 0.99))]
    print(f"{len(latencies)} cancels: p50 {latencies[len(latencies) // 2] * 1000:.1f} ms, "
          f"p99 {p99 * 1000:.1f} ms, most {latencies[-1] * 1000:.1f} ms")
    return [] if p99 <= 0.1 else ["cancel"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--harrier", required=True)
    parser.add_argument("--store", required=True)
    parser.add_argument("--memory", type=int, default=256)
    parser.add_argument("--cancel", action="store_true")
    parser.add_argument("--runs", type=int, default=8)
    parser.add_argument("--only", action="append")
    parser.add_argument("--extra", action="append", default=[])
    options = parser.parse_args()
    names = options.only or list(QUERIES)
    missed = (measure_cancel if options.cancel else measure)(options, names)
    if missed:
        print(f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
