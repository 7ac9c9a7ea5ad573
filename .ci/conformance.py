#!/usr/bin/env python3
"""Runs the judge on the case files and fails where a score is below the committed one.

Usage: conformance.py PATH_OF_HARRIER. Skips, saying so, where ../shared/conformance is absent.
Scores are in .ci/conformance.json: for each case file the least share of passes among the judged
kinds and the greatest share of wrong answers over all kinds.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared", "conformance")
SKIPPED = ["geo", "series", "plugin", "window-series-scan"]


def judge(engine, cases, skipped):
    """(cases, passes, fails) of a run of the judge."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, os.path.join(SHARED, "kql_compare.py"), cases, "--quiet",
                   "--engine", engine + " batch --json-lines",
                   "--results", os.path.join(folder, "results.jsonl")]
        for kind in skipped:
            command += ["--skip-kind", kind]
        out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    if skipped:
        print(out)
    total = re.search(r"^total\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", out, re.M)
    if not total:
        raise SystemExit("the judge gave no total")
    return int(total[1]), int(total[2]), int(total[3]), int(total[5])


def main():
    if not os.path.isdir(SHARED):
        print("skipped: the conformance cases are not here")
        return 0
    engine = os.path.abspath(sys.argv[1])
    with open(os.path.join(HERE, "conformance.json"), encoding="utf-8") as file:
        bars = json.load(file)
    bad = 0
    for name, bar in bars.items():
        cases = os.path.join(SHARED, name + ".jsonl")
        count, passes, _, _ = judge(engine, cases, SKIPPED)
        everything, _, fails, crashes = judge(engine, cases, [])
        share, wrong = 100 * passes / count, 100 * fails / everything
        ok = share >= bar["pass"] and wrong <= bar["fail"] and crashes == 0
        bad += not ok
        print(f"{name}: {share:.1f} % pass (bar {bar['pass']}), {wrong:.2f} % wrong over all kinds "
              f"(bar {bar['fail']}), {crashes} crashes: {'ok' if ok else 'BELOW THE BAR'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
