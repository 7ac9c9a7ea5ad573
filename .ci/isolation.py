#!/usr/bin/env python3
"""Holds that what a principal sees does not depend on tenants that are not theirs.

Usage: isolation.py HARRIER [QUERIES]

Two stores: one with the tenant `alpha` alone, one in which `beta` has tables of the same names, more
rows, more tables, hostile texts, columns of other types, groups and principals, and alerts of the
same ids, incidents, actions, investigations, submissions and list entries of its own. `ana` may hunt
and respond in alpha. Every answer, error, listing and explanation that ana gets must be the same, byte by byte, in
both, and a foreign tenant must read like one that is not there. Queries: those of Samples, of a list
here, and, where ../shared/corpus exists, a sample of published ones. Exit code 1 where one differs.
"""

import datetime
import glob
import json
import os
import random
import re
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


# What views, lists and reports there are of alerts, incidents and what is done about them. The first
# words are the command, then come the store and who looks.
VIEWS = [
    "incidents list", "incidents list --filter status=active,inProgress,resolved --format json",
    "incidents list --filter entity=ann@contoso.example", "incidents list --filter tag=secret",
    "incidents list --sort priority --limit 1", "incidents tags", "incidents tags se",
    "incidents filters", "incidents filters --save mine --filter tag=mine",
    *[f"incidents show alpha/1 --part {part} --format json" for part in (
        "summary", "alerts", "devices", "users", "mailboxes", "investigations", "evidence", "actions",
        "history")],
    "incidents show alpha/2", "incidents show alpha/99", "incidents show beta/1", "incidents show 1",
    "incidents graph alpha/1", "incidents graph beta/1", "incidents similar alpha/1",
    "incidents similar beta/1", "incidents hunt alpha/1", "incidents hunt beta/1",
    "incidents report alpha/1", "incidents report beta/1", "incidents report --days 3000",
    "alerts list", "alerts list --status new --format json", "alerts list --tenant beta",
    *[f"alerts show fa1 --part {part} --format json" for part in (
        "summary", "evidence", "history", "comments", "raw")],
    "incidents report alpha/1 --json", "incidents report --from 2020-01-01 --json",
    *[f"{view} --timespan all --format json" for view in (
        "devices show host1", "users show ann@contoso.example",
        "mailboxes show ann@contoso.example", "users show bob@secret.example")],
    "alerts show fa1", "alerts show b-only", "alerts show fa1 --tenant beta",
    "actions list", "actions list --history --format json", "actions show alpha/1",
    "actions show alpha/1 --history", "actions show beta/1", "actions show 1", "actions connections",
    "actions export", "investigations list --format json", "investigations show alpha/1",
    *[f"investigations show alpha/1 --part {part} --format json" for part in (
        "steps", "entities", "actions")],
    "investigations show beta/1", "investigations settings list",
    "submissions list", "submissions show alpha/1", "submissions show beta/1",
    "allow-block list", "allow-block check --sender eve@evil.example",
    "allow-block check --sender eve@secret.example", "explorer", "explorer --sender secret.example",
    "explorer --format json", "devices summary", "devices list --format json",
    "devices list --tenant beta", "vulnerabilities dashboard --format json",
    "vulnerabilities tenants", "vulnerabilities weaknesses", "vulnerabilities recommendations",
    "environment show",
]
# What ana does, in this order, in both stores.
CHANGES = [
    "incidents update alpha/1 beta/1 --assign me --add-tag mine --comment seen",
    "incidents update beta/1 --status resolved", "incidents merge alpha/1 beta/1",
    "incidents merge beta/1 beta/2", "incidents move --tenant alpha fa1 --to beta/1",
    "incidents move --tenant beta fa1 --new", "incidents move --tenant alpha b-only --new",
    "incidents undo-move --tenant beta fa1", "alerts update --tenant beta fa1 --status resolved",
    "alerts update fa1 --assign me", "alerts update b-only --status resolved",
    "actions approve beta/1", "actions approve alpha/2", "actions reject beta/1 alpha/3",
    "actions undo beta/1", "actions take --tenant beta isolateDevice deviceId=d1",
    "actions take --tenant alpha isolateDevice deviceId=d1", "actions retry beta/1",
    "actions settle beta/1 --did-run yes", "actions run", "investigations start --tenant beta --mail m1",
    "investigations start --tenant alpha --mail m2", "investigations stop beta/1",
    "investigations run", "submissions review beta/1 --result phishing",
    "submissions review alpha/1 --result phishing",
    "submissions add --tenant beta --url http://x.example --category spam",
    "allow-block add --tenant beta --block --sender x.example",
    "allow-block add --tenant alpha --block --sender x.example", "allow-block remove beta/1",
    "allow-block remove alpha/1", "incidents correlate",
]
# Times of what was done, how long it took, and ids that are drawn differ by themselves.
DRAWN = re.compile(
    rb"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?|manual-[0-9a-f]{16}|\b(\d+ min( \d+ s)?|\d+ s)\b"
    rb'|(?<=SecondsToAcknowledge":)\d+|(?<=SecondsToResolve":)\d+')


NOW = datetime.datetime.now(datetime.timezone.utc)


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


def write_lines(path, items):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(item) + "\n" for item in items)


def sample_alerts(word):
    """The alerts of the samples, with a word in their texts."""
    with open(os.path.join(ROOT, "Samples", "alerts", "alerts.ndjson"), encoding="utf-8") as file:
        alerts = [json.loads(line) for line in file]
    for alert in alerts:
        alert["title"] += word
    return alerts


def work(engine, store, folder, tenant, word, repeats):
    """Alerts, incidents and all that comes behind them in a tenant; a word is in all of its texts."""
    path = os.path.join(folder, "work.ndjson")
    at = ["--store", store, "--tenant", tenant]

    def do(*arguments):
        code, _, problem = run(engine, *arguments)
        assert code == 0, (arguments, problem)

    def ingest(table, rows):
        write_lines(path, [{"Timestamp": NOW.strftime("%Y-%m-%dT%H:00:00Z")} | row for row in rows])
        do("ingest", *at, "--table", table, path)

    ingest("EmailEvents", [
        {"NetworkMessageId": f"m{number}", "ThreatTypes": "Malware", "Subject": "invoice" + word,
         "SenderFromAddress": f"eve@{word.strip() or 'evil'}.example", "DeliveryLocation": "Inbox",
         "RecipientEmailAddress": "ann@contoso.example"} for number in range(1, 4 * repeats)])
    ingest("DeviceInfo", [{"DeviceId": f"d{number}", "DeviceName": f"host{number}{word}",
                           "OnboardingStatus": "Onboarded", "ExposureLevel": "High"}
                          for number in range(1, 3 * repeats)])
    ingest("DeviceTvmSoftwareVulnerabilities", [
        {"DeviceId": "d1", "CveId": "CVE-2026-1" + word, "VulnerabilitySeverityLevel": "Critical",
         "SoftwareName": "reader" + word}])
    ingest("AlertInfo", [{"AlertId": "row1", "Title": "Rows" + word, "Severity": "High",
                          "Category": "Execution", "ServiceSource": "Microsoft Defender XDR"}])
    ingest("AlertEvidence", [{"AlertId": "row1", "EntityType": "Machine", "DeviceId": "d9" + word}])
    alerts = sample_alerts(word)
    if word:
        alerts.append(json.loads(json.dumps(alerts[0])) | {"id": "b-only"})
    write_lines(path, alerts)
    do("alerts", "add", *at, path)
    write_lines(path, [{"kind": "device", "deviceId": f"d{number}"} for number in range(1, 4)])
    do("environment", "load", *at, path)
    for _ in range(repeats):
        do("actions", "take", *at, "isolateDevice", "deviceId=d2")
        do("actions", "take", *at, "isolateDevice", "deviceId=d1", "--propose")
        do("actions", "take", *at, "runAntivirusScan", "deviceId=d3", "--propose")
        do("investigations", "start", *at, "--mail", "m1")
        do("submissions", "add", *at, "--url", f"http://a{word.strip()}.example", "--category", "spam")
        do("allow-block", "add", *at, "--block", "--sender", f"{word.strip() or 'evil'}.example")
    if word:
        do("incidents", "update", *at, f"{tenant}/1", "--add-tag", word.strip(), "--comment", word)


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
        # Before alpha, so that numbers which tenants share would be others.
        work(engine, store, folder, "beta", " secret", 3)
    work(engine, store, folder, "alpha", "", 1)
    for arguments in [("access", "add", store, "ana"),
                      ("access", "grant", store, "ana", "responder", "--for", "alpha"),
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
                sides = repr(first), repr(second)
                start = max(0, len(os.path.commonprefix(sides)) - 100)
                print(f"DIFFERENT: {title}, from character {start} on", flush=True)
                for side in sides:
                    print("  " + side[start:start + 300], flush=True)

        def timeless(outcome):
            return tuple(DRAWN.sub(b"DRAWN", part) if isinstance(part, bytes) else part
                         for part in outcome)

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
                same(f"batch: {query[:80]}", *timeless((first, second)))
        for query in QUERIES + samples[:5]:
            for command in ["query", "check", "explain"]:
                further = ["--as", "ana", "--timespan", "all", query]
                same(f"{command}: {query[:80]}",
                     timeless(seen(alone, command, "--store", alone, *further)),
                     timeless(seen(beside, command, "--store", beside, *further)))
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
        for line in VIEWS + CHANGES + VIEWS:
            words = line.split()
            command = words[:1 if words[0] == "explorer" else 3 if words[1] == "settings" else 2]
            further = [*words[len(command):], "--as", "ana"]
            same(line, timeless(seen(alone, *command, "--store", alone, *further)),
                 timeless(seen(beside, *command, "--store", beside, *further)))
        again = timeless(seen(alone, "incidents", "list", "--store", alone, "--as", "ana"))
        assert again[0] == 0 and again[1], "ana sees incidents"
    print(f"{cases} cases, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
