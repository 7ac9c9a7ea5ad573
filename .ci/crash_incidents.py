#!/usr/bin/env python3
"""Kills harrier from outside at random points between taking alerts in, putting them into incidents
and investigating them, and looks at what there is then.

Usage: crash_incidents.py PATH_OF_HARRIER [KILLS]

Batches of alerts of generated attacks go in, each again until it ends well: by `alerts add`, and as
rows of AlertInfo and AlertEvidence by `incidents correlate` with `investigations run` behind it.
Afterwards the alerts are divided into incidents as in a store in which nothing was killed; each alert
is in one incident and was added once by the history; no open incident is without alerts; each alert
is one row of AlertInfo; each mail alert has one investigation, and these and their actions are those
of the other store.
"""
import datetime
import json
import os
import random
import subprocess
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


CLICKED = "A potentially malicious URL click was detected"


def rows(number):
    """The same alert as rows; every tenth is of a mail, which starts an investigation."""
    whole = alert(number)
    at, name = whole["createdDateTime"], whole["id"]
    is_mail = number % 10 == 0
    info = {"Timestamp": at, "AlertId": name, "Title": CLICKED if is_mail else whole["title"],
            "Severity": "Medium", "Category": whole["category"],
            "ServiceSource": "Microsoft Defender for Office 365" if is_mail
            else "Microsoft Defender for Endpoint", "DetectionSource": "antivirus"}
    attack = number // 10
    evidence = [{"EntityType": "Machine", "EvidenceRole": "Impacted", "DeviceId": f"d{number}"},
                {"EntityType": "User", "EvidenceRole": "Impacted",
                 "AccountUpn": f"u{attack}@contoso.example"},
                {"EntityType": "File", "FileName": "x.exe", "SHA1": f"{attack:040x}"}]
    if is_mail:
        evidence.append({"EntityType": "MailMessage", "NetworkMessageId": f"m{attack}",
                         "AccountUpn": f"u{attack}@contoso.example"})
    return info, [{"Timestamp": at, "AlertId": name} | item for item in evidence]


def mail(number):
    attack = number // 10
    now = datetime.datetime.now(datetime.timezone.utc)
    return {"Timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "NetworkMessageId": f"m{attack}",
            "RecipientEmailAddress": f"u{attack}@contoso.example", "ThreatTypes": "Malware",
            "SenderFromAddress": f"eve{attack}@evil.example", "Subject": f"Invoice {attack}",
            "DeliveryLocation": "Inbox"}


def ingest(engine, stores, folder, batch, numbers):
    """Puts the rows of alerts and the mails that they are about into stores."""
    told = [rows(number) for number in numbers]
    tables = {"AlertInfo": [info for info, _ in told],
              "AlertEvidence": [item for _, evidence in told for item in evidence],
              "EmailEvents": [mail(number) for number in numbers if number % 10 == 0]}
    for table, items in tables.items():
        path = os.path.join(folder, f"{batch}-{table}.ndjson")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(item) + "\n" for item in items)
        for store in stores:
            subprocess.run([engine, "ingest", "--store", store, "--table", table, path], check=True,
                           capture_output=True)


def investigated(engine, store):
    """What investigations and actions there are."""
    def told(*command):
        done = subprocess.run([engine, *command, "--store", store, "--limit", "1000", "--format",
                               "json"], check=True, capture_output=True)
        return json.loads(done.stdout or b"[]")

    found = told("investigations", "list")
    actions = told("actions", "list") + told("actions", "list", "--history")
    return (sorted((row["Investigation"], row["Playbook"], row["Status"]) for row in found),
            sorted((row["Kind"], json.dumps(row["Target"]), row["Status"]) for row in actions))


def groups(engine, store):
    """The sets of alerts of incidents."""
    rows = answer(engine, store, "SecurityIncident | project AlertIds, Status")
    return sorted(sorted(row["AlertIds"]) for row in rows), rows


def findings(engine, store, calm, expected, count):
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
    shown = answer(engine, store, "AlertInfo | summarize Rows = count(), Alerts = dcount(AlertId, 4)")
    if shown[0]["Rows"] != count:
        yield f"AlertInfo: {shown[0]}, {count} alerts"
    for title, own, other in zip(("investigations", "actions"), investigated(engine, store),
                                 investigated(engine, calm)):
        if own != other or not own:
            yield f"{title} differ: {len(own)} and {len(other)}, {set(own) ^ set(other)!r:.300}"


def main():
    engine = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    killer = Killer(random.Random(seed), seed)
    with tempfile.TemporaryDirectory() as folder:
        store, calm = os.path.join(folder, "store"), os.path.join(folder, "calm")
        killed = batch = 0
        while killed < kills or batch < 2:
            numbers = range(batch * ALERTS, (batch + 1) * ALERTS)
            if batch % 2 == 1:
                ingest(engine, [calm, store], folder, batch, numbers)
                for command in [("incidents", "correlate"), ("investigations", "run")]:
                    kind = " ".join(command)
                    killer.run(kind, [engine, *command, "--store", calm], 0)
                    killed += killer.run(kind, [engine, *command, "--store", store],
                                         min(3, max(0, kills - killed)))
                batch += 1
                continue
            path = os.path.join(folder, f"{batch}.ndjson")
            with open(path, "w", encoding="utf-8") as out:
                for number in numbers:
                    out.write(json.dumps(alert(number)) + "\n")
            killer.run("calm", [engine, "alerts", "add", "--store", calm, path], 0)
            killed += killer.run("killed", [engine, "alerts", "add", "--store", store, path],
                                 min(3, kills - killed))
            batch += 1
        expected, _ = groups(engine, calm)
        problems = list(findings(engine, store, calm, expected, batch * ALERTS))
    for problem in problems:
        print(problem)
    print(f"{killed} kills over {batch} batches of {ALERTS} alerts, {len(expected)} incidents, "
          f"{len(problems)} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
