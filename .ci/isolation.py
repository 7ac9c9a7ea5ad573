#!/usr/bin/env python3
"""Holds that what a principal sees does not depend on tenants that are not theirs.

Usage: isolation.py HARRIER [QUERIES]

Two stores: one with the tenant `alpha` alone, one in which `beta` has tables of the same names, more
rows, more tables, hostile texts, columns of other types, groups and principals. `ana` may hunt in
alpha. Every answer, error, listing and explanation that ana gets must be the same, byte by byte, in
both, and a foreign tenant must read like one that is not there. Queries: those of Samples, of a list
here, and, where ../shared/corpus exists, a sample of published ones. Exit code 1 where one differs.
"""

import glob
import json
import os
import random
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORPUS = os.path.join(ROOT, "..", "shared", "corpus")
QUERIES = [
    "DeviceProcessEvents | count", "union * | count", "search 'secret' | count", "search '*' | count",
    "DeviceProcessEvents | summarize count() by TenantName", "union withsource=T * | summarize count() by T",
    "DeviceProcessEvents | where TenantId == 'beta' | count", "Devic | count", "BetaOnly | count",
    "DeviceProcessEvents | project TenantId, DeviceName", "DeviceProcessEvents | getschema",
    "find in (DeviceProcessEvents, DeviceNetworkEvents) where DeviceName has 'host'",
    "DeviceProcessEvents | where BetaColumn == 1", "DeviceProcessEvents | where DeviceNam == 1",
    "DeviceProcessEvents | summarize dcount(DeviceName), min(Timestamp), max(Timestamp)",
    "DeviceProcessEvents | join kind=inner (DeviceNetworkEvents) on DeviceName | count",
    "DeviceNetworkEvents | take 3", "print 1", "DeviceProcessEvents | sort by DeviceName | take 2",
    "let T = DeviceProcessEvents; T | summarize arg_max(Timestamp, *) by DeviceName",
    "SecretFunction()", "DeviceProcessEvents | evaluate bag_unpack(AdditionalFields) | count",
]


def run(engine, *arguments, source=None):
    """Exit code and both outputs, the folder's name left out."""
    done = subprocess.run([engine, *arguments], input=source, capture_output=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def events(path, host, count, further=None):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            event = {"Timestamp": f"2026-01-01T00:{number // 60 % 60:02}:{number % 60:02}Z",
                     "DeviceName": f"{host}{number % 7}", "ProcessId": number,
                     "AdditionalFields": {"a": number % 3}}
            file.write(json.dumps(event | (further or {})) + "\n")


def make_store(engine, folder, name, has_beta):
    """A store in a folder that has the same path in the process that looks at it."""
    store = os.path.join(folder, name, "store")
    path = os.path.join(folder, "in.ndjson")
    tables = ["DeviceProcessEvents", "DeviceNetworkEvents"]

    def ingest(tenant, table, *further):
        code, _, problem = run(engine, "ingest", "--store", store, "--tenant", tenant, "--table", table,
                               path, *further)
        assert code == 0, problem

    for table in tables:
        events(path, "host", 300)
        ingest("alpha", table, "--batch", f"alpha-{table}")
    if has_beta:
        secret = {"FileName": "secret\u001b[2J", "BetaColumn": 1, "FolderPath": "c:\\secret " * 50}
        for table in tables + ["DeviceFileEvents", "EmailEvents"]:
            events(path, "secret", 20000, secret)
            ingest("beta", table)
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"x": 1, "secret": "s"}\n')
        ingest("beta", "BetaOnly(x:long, secret:string)")
    for arguments in [("access", "add", store, "ana"),
                      ("access", "grant", store, "ana", "analyst", "--for", "alpha"),
                      ("tenants", "group", store, "mine", "alpha,beta")]:
        assert run(engine, *arguments)[0] == 0, arguments
    if has_beta:
        for arguments in [("access", "add", store, "bob"),
                          ("access", "grant", store, "bob", "administrator", "--for", "beta"),
                          ("tenants", "set", store, "beta", "--id", "b-1", "--display-name", "Beta"),
                          ("tenants", "group", store, "theirs", "beta")]:
            assert run(engine, *arguments)[0] == 0, arguments
    return store


def published(count):
    """Some of the published queries."""
    found = []
    for path in sorted(glob.glob(os.path.join(CORPUS, "**", "*.jsonl"), recursive=True)):
        with open(path, encoding="utf-8") as file:
            for line in file:
                query = json.loads(line).get("query")
                if isinstance(query, str):
                    found.append(query)
    random.Random(20261128).shuffle(found)
    return found[:count]


def answers(engine, store, queries):
    """What a batch gives, a line a query."""
    lines = "".join(json.dumps({"id": number, "query": query}) + "\n"
                    for number, query in enumerate(queries))
    code, out, problem = run(engine, "batch", "--json-lines", "--store", store, "--as", "ana",
                             "--timespan", "all", "--allow-missing-tables", "--timeout", "20",
                             source=lines.encode())
    assert code == 0, problem
    return out.split(b"\n")


def main():
    engine = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    different, cases = [], 0
    with tempfile.TemporaryDirectory() as folder:
        alone = make_store(engine, folder, "a", False)
        beside = make_store(engine, folder, "b", True)

        def same(title, first, second):
            nonlocal cases
            cases += 1
            if first != second:
                different.append(title)
                print(f"DIFFERENT: {title}\n  {first!r:.300}\n  {second!r:.300}", flush=True)

        def seen(store, *arguments):
            code, out, problem = run(engine, *arguments)
            other = store.encode()
            return code, out.replace(other, b"STORE"), problem.replace(other, b"STORE")

        samples = [open(path, encoding="utf-8").read()
                   for path in sorted(glob.glob(os.path.join(ROOT, "Samples", "**", "*.kql"),
                                                recursive=True))]
        queries = QUERIES + samples + published(count)
        pairs = zip(queries, answers(engine, alone, queries), answers(engine, alone, queries),
                    answers(engine, beside, queries))
        for query, first, again, second in pairs:
            if first == again:  # what tells the time differs by itself
                same(f"batch: {query[:80]}", first, second)
        for query in QUERIES + samples[:5]:
            for command in ["query", "check", "explain"]:
                further = ["--as", "ana", "--timespan", "all", query]
                same(f"{command}: {query[:80]}", seen(alone, command, "--store", alone, *further),
                     seen(beside, command, "--store", beside, *further))
        for title in [("tenants", "list"), ("tenants", "groups"), ("audit", "list"),
                      ("audit", "verify")]:
            same(" ".join(title), seen(alone, *title, alone, "--as", "ana"),
                 seen(beside, *title, beside, "--as", "ana"))
        for name in ["beta", "group:theirs", "group:mine", "alpha,beta", "all"]:
            further = ["--as", "ana", "--tenant", name, "--timespan", "all",
                       "DeviceProcessEvents | count"]
            same(f"--tenant {name}", seen(alone, "query", "--store", alone, *further),
                 seen(beside, "query", "--store", beside, *further))
        for action in [("tenants", "set", "beta", "--display-name", "x"),
                       ("tenants", "suspend", "beta"), ("tenants", "add", "beta"),
                       ("access", "grant", "bob", "hunt", "--for", "beta"),
                       ("access", "revoke", "bob", "hunt", "--for", "beta"),
                       ("access", "remove", "bob"), ("tenants", "group", "theirs", "alpha")]:
            further = [*action[2:], "--as", "ana"]
            same(" ".join(action), seen(alone, *action[:2], alone, *further),
                 seen(beside, *action[:2], beside, *further))
    print(f"{cases} cases, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
