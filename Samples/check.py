#!/usr/bin/env python3
"""Runs the sample queries over both tenants and compares with Samples/expected.

Usage: check.py PATH_OF_HARRIER [--record]
"""
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def run(engine, query, tenant):
    """The rows of a query over the tables of a tenant."""
    command = [engine, "query", "--file", query, "--format", "json"]
    for path in sorted(glob.glob(os.path.join(HERE, tenant, "*.ndjson"))):
        table = os.path.basename(path).split(".")[0]
        command += ["--load", f"{table}={path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{query}: exit code {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def main():
    engine, record = sys.argv[1], "--record" in sys.argv
    bad = total = 0
    for query in sorted(glob.glob(os.path.join(HERE, "queries", "*.kql"))):
        name = os.path.splitext(os.path.basename(query))[0]
        expected = os.path.join(HERE, "expected", name + ".json")
        answer = {tenant: run(engine, query, tenant) for tenant in ("contoso", "fabrikam")}
        if record:
            os.makedirs(os.path.dirname(expected), exist_ok=True)
            with open(expected, "w", encoding="utf-8") as file:
                json.dump(answer, file, indent=1, sort_keys=True, ensure_ascii=False)
                file.write("\n")
        with open(expected, encoding="utf-8") as file:
            wanted = json.load(file)
        total += 1
        if wanted != answer:
            bad += 1
            print(f"{name}: the rows differ from {os.path.relpath(expected)}")
    print(f"{total - bad} of {total} sample queries give the expected rows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
