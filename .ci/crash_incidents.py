#!/usr/bin/env python3
"""Kills `harrier alerts add` from outside at random points between taking alerts in and putting them
into incidents, and looks at what incidents there are.

Usage: crash_incidents.py PATH_OF_HARRIER [KILLS]

Batches of alerts of generated attacks go in, each again until it ends well. Afterwards the alerts are
divided into incidents as in a store in which nothing was killed; each alert is in one incident and
was added once by the history; no open incident is without alerts.
"""
import json
import os
import random
import sys
import tempfile

from store_trial import Killer, answer

ALERTS = 120


def alert(number):
    """An alert; ten in a row are of one user and one file."""
    attack = number // 10
    at = f"2026-01-{1 + attack % 28:02d}T{number % 10:02d}:{attack % 60:02d}:00Z"
    kind = "#microsoft.graph.security."
    return {
        "id": f"a{number}", "title": f"Alert {number % 7}", "severity": "medium", "status": "new",
        "serviceSource": "microsoftDefenderForEndpoint", "detectionSource": "antivirus",
        "category": ("Execution", "LateralMovement")[number % 2], "createdDateTime": at,
        "evidence": [
            {"@odata.type": kind + "deviceEvidence", "mdeDeviceId": f"d{number}"},
            {"@odata.type": kind + "userEvidence",
             "userAccount": {"userPrincipalName": f"u{attack}@contoso.example"}},
            {"@odata.type": kind + "fileEvidence",
             "fileDetails": {"fileName": "x.exe", "sha1": f"{attack:040x}"}}]}


def groups(engine, store):
    """The sets of alerts of incidents."""
    rows = answer(engine, store, "SecurityIncident | project AlertIds, Status")
    return sorted(sorted(row["AlertIds"]) for row in rows), rows


def findings(engine, store, expected, count):
    found, rows = groups(engine, store)
    if found != expected:
        yield f"incidents differ: {len(found)} of {len(expected)}"
    alerts = [alert for group in found for alert in group]
    if sorted(alerts) != sorted(f"a{number}" for number in range(count)):
        yield f"{len(alerts)} alerts in incidents, {count} were acknowledged"
    for row in rows:
        if not row["AlertIds"] and row["Status"] != "Closed":
            yield "an open incident has no alerts"
    added = answer(engine, store, "IncidentHistory | where ActionType == 'alert added'"
                   " | summarize Times = count() by AlertId | summarize count(), max(Times)")
    if added[0] != {"count_": count, "max_Times": 1}:
        yield f"history: {added[0]}"


def main():
    engine = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    killer = Killer(random.Random(seed), seed)
    with tempfile.TemporaryDirectory() as folder:
        store, calm = os.path.join(folder, "store"), os.path.join(folder, "calm")
        killed = batch = 0
        while killed < kills:
            path = os.path.join(folder, f"{batch}.ndjson")
            with open(path, "w", encoding="utf-8") as out:
                for number in range(batch * ALERTS, (batch + 1) * ALERTS):
                    out.write(json.dumps(alert(number)) + "\n")
            killer.run("calm", [engine, "alerts", "add", "--store", calm, path], 0)
            killed += killer.run("killed", [engine, "alerts", "add", "--store", store, path],
                                 min(3, kills - killed))
            batch += 1
        expected, _ = groups(engine, calm)
        problems = list(findings(engine, store, expected, batch * ALERTS))
    for problem in problems:
        print(problem)
    print(f"{killed} kills over {batch} batches of {ALERTS} alerts, {len(expected)} incidents, "
          f"{len(problems)} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
