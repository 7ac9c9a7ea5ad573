#!/usr/bin/env python3
"""Runs the hunting benchmark of ../shared/bench with Harrier beside the other engines, in one run
over the same data, and writes results.json, a CSV and a Markdown report.

  hunting.py --binary .build/release/harrier --data DIR [--engines harrier,duck,ch,ch:text,ch:bloom]
             [--queries q1,q2] [--threads 2] [--reps 5] [--work DIR] [--report DIR]

Needs Python with numpy, pyarrow, duckdb and chdb (PyPI), and data made by ../shared/bench/gen.py
with --formats parquet,ndjson.
"""
import argparse
import csv
import json
import math
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "..", "..", "shared", "bench")


def ratios(results, field):
    """Best peer ÷ Harrier for each query, by a field of its figures."""
    engines = results["runs"]
    own = next((r for name, r in engines.items() if name.startswith("harrier")), {"q": {}})
    table = {}
    for query, mine in own["q"].items():
        peers = [(r["q"][query][field], name) for name, r in engines.items()
                 if not name.startswith("harrier") and field in r["q"].get(query, {})]
        if field in mine and peers:
            best, name = min(peers)
            table[query] = (best, name, mine[field], max(best, 1e-4) / max(mine[field], 1e-4))
    return table


def report(results, folder):
    """Writes CSV and Markdown; returns the geometric means."""
    os.makedirs(folder, exist_ok=True)
    fields = ["med", "cpu", "cold"]
    tables = {field: ratios(results, field) for field in fields}
    means = {f: math.exp(sum(math.log(r[3]) for r in t.values()) / len(t)) if t else 0
             for f, t in tables.items()}
    with open(os.path.join(folder, "hunting.csv"), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["query", "figure", "best peer", "peer seconds", "harrier seconds", "ratio"])
        for field, table in tables.items():
            for query, (best, name, mine, ratio) in table.items():
                out.writerow([query, field, name, best, mine, round(ratio, 2)])
    with open(os.path.join(folder, "hunting.md"), "w", encoding="utf-8") as file:
        file.write("# Hunting benchmark\n\n" + "\n".join(results.get("machine", [])).strip() + "\n\n")
        file.write("Best peer ÷ Harrier (more than 1: Harrier is faster).\n\n")
        file.write("| query | warm | warm CPU | cold | best peer (warm) |\n|---|--:|--:|--:|---|\n")
        for query, (_, name, _, ratio) in tables["med"].items():
            cells = [f"{tables[f][query][3]:.2f}" if query in tables[f] else "" for f in fields]
            file.write(f"| {query} | {' | '.join(cells)} | {name} |\n")
        file.write("\nGeometric means: " + ", ".join(f"{f} {m:.2f}" for f, m in means.items()) + "\n")
    return means


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--engines", default="harrier,duck,ch,ch:text,ch:bloom")
    parser.add_argument("--queries", default="")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--work", default="/tmp/harrier-bench")
    parser.add_argument("--report", default=os.path.join(HERE, "reports"))
    options = parser.parse_args()
    if not os.path.isdir(BENCH):
        print("skipped: ../shared/bench is not here")
        return 0
    harness = os.path.join(options.work, "harness")
    shutil.copytree(BENCH, harness, dirs_exist_ok=True)
    shutil.copy(os.path.join(HERE, "hunting", "harrier_adapter.py"),
                os.path.join(harness, "adapters", "harrier.py"))
    results = os.path.join(options.work, "results.json")
    if os.path.exists(results):
        os.remove(results)
    command = [sys.executable, os.path.join(harness, "bench.py"), "--data", options.data,
               "--engines", options.engines, "--threads", str(options.threads), "--reps",
               str(options.reps), "--work", options.work, "--results", results]
    if options.queries:
        command += ["--queries", options.queries]
    environment = dict(os.environ, HARRIER=os.path.abspath(options.binary))
    subprocess.run(command, check=True, env=environment)
    with open(results, encoding="utf-8") as file:
        found = json.load(file)
    print(json.dumps(report(found, options.report)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
