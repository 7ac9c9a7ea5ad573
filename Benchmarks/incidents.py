#!/usr/bin/env python3
"""Times lists of incidents with filters and orders by chance, and changes in bulk.

A list is a process of its own; the time of one that lists nothing is told beside it. Where the
store is missing it is made first, of 100 tenants with 1,000 attacks each that have about ten alerts
(`harrier alerts add`, then some are resolved, assigned and tagged), and the alerts that became
incidents in a second are told.

Usage: incidents.py PATH_OF_HARRIER STORE [LISTS [TENANTS ATTACKS]]
"""
import datetime
import json
import os
import random
import resource
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


CATEGORIES = {"InitialAccess": "T1566", "Execution": "T1059", "Persistence": "T1547",
              "DefenseEvasion": "T1070", "CredentialAccess": "T1003", "Discovery": "T1018",
              "LateralMovement": "T1021", "Exfiltration": "T1567", "Impact": "T1486"}
SERVICES = ["microsoftDefenderForEndpoint", "microsoftDefenderForOffice365",
            "microsoftDefenderForIdentity"]


def attack(chance, tenant, number):
    """The alerts of an attack: one user, one or two devices and a file of its own."""
    start = datetime.datetime(2026, 1, 1) + datetime.timedelta(minutes=chance.randrange(30_000))
    categories = chance.sample(sorted(CATEGORIES), chance.choice([1, 1, 2, 3]))
    services = chance.sample(SERVICES, chance.choice([1, 1, 2]))
    devices = [f"dev{number}", f"dev{number + 5_000}"][:chance.choice([1, 1, 2])]
    kind = "#microsoft.graph.security."
    for place in range(chance.choice([1, 4, 10, 12, 12, 21])):
        at = (start + datetime.timedelta(minutes=7 * place)).isoformat() + "Z"
        category, device = chance.choice(categories), chance.choice(devices)
        yield at, {
            "tenantId": f"tenant{tenant}", "id": f"{tenant}_{number}_{place}", "status": "new",
            "title": f"{category} seen {chance.randrange(20)}",
            "severity": chance.choice(["low", "low", "medium", "high"]),
            "serviceSource": chance.choice(services), "category": category,
            "detectionSource": "microsoftDefenderForEndpoint",
            "mitreTechniques": [CATEGORIES[category]], "createdDateTime": at,
            "firstActivityDateTime": at, "lastActivityDateTime": at,
            "evidence": [
                {"@odata.type": kind + "userEvidence", "userAccount": {
                    "accountName": f"u{number}", "userPrincipalName": f"u{number}@x.com"}},
                {"@odata.type": kind + "deviceEvidence", "mdeDeviceId": device,
                 "deviceDnsName": device + ".x.com"},
                {"@odata.type": kind + "fileEvidence", "fileDetails": {
                    "fileName": f"f{number}.exe", "filePath": "C:\\Users\\u",
                    "sha256": f"{tenant * 100_000 + number + 1:064x}"}},
            ],
        }


def make(engine, store, tenants, attacks):
    chance = random.Random(11)
    alerts = [alert for tenant in range(tenants) for number in range(attacks)
              for alert in attack(chance, tenant, number)]
    alerts.sort(key=lambda item: item[0])
    # In files of a day's work, as they come in: what is at work is a part of what is there.
    took = 0.0
    for first in range(0, len(alerts), 50_000):
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            for _, alert in alerts[first:first + 50_000]:
                file.write(json.dumps(alert) + "\n")
            file.flush()
            step, _ = timed([engine, "alerts", "add", "--store", store, "--by-tenant-id",
                             file.name])
        took += step / 1_000
        print(f"{min(first + 50_000, len(alerts))} alerts taken in and put into incidents, the "
              f"last ones at {50_000 / step * 1_000:.0f} a second", flush=True)
    for _ in range(20):
        listed = json.loads(timed([engine, "incidents", "list", "--store", store, "--limit", "500",
                                   "--filter", "status=active", "--format", "json", "--sort",
                                   chance.choice(SORTS)])[1])
        names = [item["Incident"] for item in listed]
        change = chance.choice([["--status", "resolved", "--classify", "truePositive"],
                                ["--assign", "me"], ["--add-tag", "phishing"],
                                ["--status", "inProgress", "--assign", "me"]])
        timed([engine, "incidents", "update", "--store", store] + change + names)


def used():
    """Seconds of processor time that processes took which ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


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
    tenants, attacks = map(int, sys.argv[4:6]) if len(sys.argv) > 5 else (100, 1_000)
    if not os.path.exists(store):
        make(engine, store, tenants, attacks)
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as empty:
        subprocess.run([engine, "ingest", "--store", f"{empty}/s", "--table", "DeviceEvents", "-"],
                       input='{"Timestamp":"2026-01-01T00:00:00Z"}\n', text=True,
                       capture_output=True, check=True)
        nothing = [timed([engine, "incidents", "list", "--store", f"{empty}/s"])[0]
                   for _ in range(100)]
    times, cpu = [], []
    for _ in range(count):
        words = chance.sample(FILTERS, chance.choice([0, 1, 1, 2, 3]))
        order = chance.choice(SORTS) + chance.choice(["", ":asc", ":desc"])
        command = [engine, "incidents", "list", "--store", store, "--sort", order]
        if words:
            command += ["--filter", " ".join(words)]
        before = used()
        times.append((timed(command)[0], order, " ".join(words)))
        cpu.append((used() - before) * 1_000)
    took = [time for time, _, _ in times]
    print(f"list of nothing: median {quantile(nothing, 0.5):.0f} ms, p99 "
          f"{quantile(nothing, 0.99):.0f} ms")
    print(f"{count} lists: median {quantile(took, 0.5):.0f} ms, p99 {quantile(took, 0.99):.0f} ms; "
          f"processor time {quantile(cpu, 0.5):.0f} and {quantile(cpu, 0.99):.0f} ms")
    for time_, order, words in sorted(times, reverse=True)[:8]:
        print(f"  {time_:.0f} ms  sort {order}  filter {words}")
    _, listed = timed([engine, "incidents", "list", "--store", store, "--limit", "1000",
                       "--format", "json"])
    names = [item["Incident"] for item in json.loads(listed)]
    took, _ = timed([engine, "incidents", "update", "--store", store, "--add-tag", "bulk",
                     "--assign", "me", "--status", "inProgress"] + names)
    print(f"{len(names)} incidents tagged, assigned, set in progress: {took:.0f} ms")


main()
