#!/usr/bin/env python3
"""Runs many query files over a store with `harrier run` and checks its reports.

Usage: run_batch.py PATH_OF_HARRIER [--files 1000] [--rows 200000] [--rounds 3] [--least-ratio R]

Prints the wall time with one and with two jobs, and their ratio. Where junitparser, sarif-tools and
pydantic-sarif (or jsonschema, with the schema in SARIF_SCHEMA) are installed, the reports of files
that fail in every way are read back with them.
"""
import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

SHARED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "shared", "samples")
TABLE = "Hunt"
# Each takes a number, so that no query finds what another left in a cache.
QUERIES = [
    "{t} | where CommandLine matches regex @'(?i)-enc\\s+[a-z]+{n}' | summarize c = count() by Host",
    "{t} | extend k = hash_sha256(strcat(CommandLine, '{n}')) | summarize dcount(k)",
    "{t} | summarize a = make_set(User, 100), b = dcount(CommandLine) by bin(Time, {m}m) | top 5 by b",
    "{t} | extend p = split(CommandLine, ' ') | mv-expand p | where tostring(p) endswith '{n}' | count",
    "{t} | parse CommandLine with * '-enc ' Code ' /run' Run | where toint(Run) % {m} == 0 "
    "| summarize n = count(), l = max(strlen(Code)) by User | order by n desc",
    "{t} | join kind=inner ({t} | where Number % {m} == 1 | distinct Host, User) on Host, User | count",
]


def fail(message):
    print(f"FAILED: {message}")
    sys.exit(1)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def make_store(engine, folder, rows):
    """A store with a generated table, and with a real one where the shared samples are."""
    source = random.Random(7)
    path, store = os.path.join(folder, "hunt.ndjson"), os.path.join(folder, "store")
    with open(path, "w", encoding="utf-8") as out:
        for row in range(rows):
            code = "".join(source.choices("abcdefghijklmnop", k=12))
            out.write(json.dumps({
                "Time": f"2026-03-{1 + row % 28:02}T{row % 24:02}:{row % 60:02}:00Z",
                "Host": f"host{source.randrange(200)}", "User": f"user{source.randrange(500)}",
                "Number": row,
                "CommandLine": f"powershell.exe -enc {code}{row % 997} /run {row}"}) + "\n")
    loads = [(f"{TABLE}(Time:datetime, Host:string, User:string, Number:long, CommandLine:string)",
              path)]
    sample = os.path.join(SHARED, "mde", "process_creation_raw.csv")
    if os.path.exists(sample):
        with open(sample, encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file))
        columns = ", ".join(f"['{name}']:string" for name in names if name)
        loads.append((f"ProcessCreation({columns})", sample))
    for table, file in loads:
        subprocess.run([engine, "ingest", "--store", store, "--table", table, file], check=True,
                       capture_output=True)
    return store, len(loads) > 1


def make_queries(folder, count, has_sample):
    for number in range(count):
        query = QUERIES[number % len(QUERIES)].format(t=TABLE, n=number, m=2 + number % 50)
        if has_sample and number % 25 == 24:
            query = (f"ProcessCreation | where CreatedProcessCommandLine contains '{number}' "
                     "| summarize count() by CreatedProcessName | order by count_ desc")
        write(os.path.join(folder, f"part{number % 10}", f"q{number:05}.kql"),
              f"// harrier: expect rows >= 0\n{query}\n")


def run(engine, store, folder, jobs):
    """The wall and the processor time of a run in which all must pass."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run([engine, "run", folder, "--store", store, "--timespan", "all", "--quiet",
                           "--jobs", str(jobs)], capture_output=True, text=True, check=False)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        fail(f"--jobs {jobs} ends with {done.returncode}\n{done.stdout[:2000]}{done.stderr[:2000]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def run_apart(engine, store, folder):
    """The wall time of two processes that share the files: what the machine gives at this moment."""
    parts = [os.path.join(folder, f"part{number}") for number in range(10)]
    start = time.monotonic()
    children = [subprocess.Popen([engine, "run", *half, "--store", store, "--timespan", "all",
                                  "--quiet", "--jobs", "1"], stdout=subprocess.DEVNULL)
                for half in (parts[:5], parts[5:])]
    if any(child.wait() for child in children):
        fail("two processes side by side do not pass")
    return time.monotonic() - start


def measure(engine, store, folder, count, rounds, least_ratio):
    best = {}
    apart = float("inf")
    for _ in range(rounds):
        apart = min(apart, run_apart(engine, store, folder))
        for jobs in (1, 2):
            wall, cpu = run(engine, store, folder, jobs)
            if jobs not in best or wall < best[jobs][0]:
                best[jobs] = (wall, cpu)
    ratio = best[1][0] / best[2][0]
    for jobs, (wall, cpu) in sorted(best.items()):
        print(f"{count} files, --jobs {jobs}: {wall:.2f} s, {cpu:.2f} s of processor time")
    print(f"speed-up on two jobs: {ratio:.2f}; two processes with half of the files each take "
          f"{apart:.2f} s, {best[1][0] / apart:.2f} times less than one")
    if ratio < least_ratio:
        fail(f"the speed-up is below {least_ratio}")


BAD = {
    "syntax.kql": "print 1 |\n",
    "binding <&\"'.kql": "// é😀\nprint \"😀\", nope\n",
    "run-time.kql": "DeviceEvents | take 1\n",
    "rows.kql": "// harrier: expect rows == 3\nprint 1\n",
    "snapshot.kql": "// harrier: expect snapshot\nprint x = \"\\u001b[31m\\u0000]]>\\ufffe\"\n",
    "header.kql": "// harrier: lod T from x\nprint 1\n",
    "fixture.kql": "// harrier: load T from none.csv\nT\n",
    "misspelt.kql": "Hunt | where Hots == \"x\"\n",
}


def check_reports(engine, store, folder):
    for name, text in BAD.items():
        write(os.path.join(folder, name), text)
    write(os.path.join(folder, "good.kql"), "print 1\n")
    write(os.path.join(folder, "skipped.kql"), "// harrier: skip <&\"\x01\nprint 1\n")
    write(os.path.join(folder, "snapshot.kql.snapshot"),
          "# harrier snapshot 1\n# result 1\nx:string\n[\"<&]]>\"]\n")
    junit, sarif = os.path.join(folder, "junit.xml"), os.path.join(folder, "log.sarif")
    done = subprocess.run([engine, "run", folder, "--store", store, "--json", "--junit", junit,
                           "--sarif", sarif], capture_output=True, check=False)
    answer = json.loads(done.stdout)
    if done.returncode != 1 or answer["failed"] != len(BAD) or answer["passed"] != 1:
        fail(f"{done.returncode}: {answer['failed']} of {len(BAD)} bad files fail")
    check_junit(junit, (len(BAD) + 2, len(BAD), 1))
    check_sarif(sarif)
    check_lint(engine, folder)


def check_lint(engine, folder):
    """Reads the reports of `harrier lint` over the same files back too."""
    written = {}
    for form in ("json", "sarif", "junit"):
        done = subprocess.run([engine, "lint", folder, "--severity", "hint", "--format", form],
                              capture_output=True, check=False)
        if done.returncode != 1:
            fail(f"lint --format {form} ends with {done.returncode}: {done.stderr.decode()}")
        written[form] = os.path.join(folder, "lint." + form)
        with open(written[form], "wb") as out:
            out.write(done.stdout)
    answer = read_json(written["json"])
    wrong = {found["file"] for found in answer["findings"] if found["severity"] != "hint"}
    check_junit(written["junit"], (answer["files"], len(wrong), 0))
    if check_sarif(written["sarif"]) != len(answer["findings"]):
        fail("lint writes other findings as SARIF than as JSON")


def check_junit(path, expected):
    try:
        import junitparser
    except ImportError:
        return print("junitparser is not installed: JUnit not checked")
    xml = junitparser.JUnitXml.fromfile(path)
    cases = [case for suite in xml for case in suite]
    failed = sum(any(isinstance(r, junitparser.Failure) for r in case.result) for case in cases)
    skipped = sum(case.is_skipped for case in cases)
    if (len(cases), failed, skipped) != expected:
        fail(f"JUnit has {len(cases)} cases, {failed} failed, {skipped} skipped")
    print(f"JUnit read back by junitparser: {len(cases)} cases, {failed} failed, {skipped} skipped")


def check_sarif(path):
    log = read_json(path)
    readers = []
    try:
        from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log
        Log.model_validate(log)
        readers.append("pydantic-sarif")
    except ImportError:
        pass
    schema = os.environ.get("SARIF_SCHEMA")
    if schema:
        import jsonschema
        jsonschema.validate(log, read_json(schema))
        readers.append("jsonschema")
    try:
        from sarif import loader
        records = loader.load_sarif_file(path).get_records()
        if len(records) != len(log["runs"][0]["results"]):
            fail(f"sarif-tools reads {len(records)} results")
        readers.append("sarif-tools")
    except ImportError:
        pass
    print(f"SARIF with {len(log['runs'][0]['results'])} results read back by: "
          f"{', '.join(readers) or 'nobody, none is installed'}")
    return len(log["runs"][0]["results"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", type=os.path.abspath)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--least-ratio", type=float, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("RUN_BATCH_DIR")) as folder:
        store, has_sample = make_store(options.engine, folder, options.rows)
        queries = os.path.join(folder, "queries")
        make_queries(queries, options.files, has_sample)
        check_reports(options.engine, store, os.path.join(folder, "bad"))
        measure(options.engine, store, queries, options.files, options.rounds, options.least_ratio)


if __name__ == "__main__":
    main()
