#!/usr/bin/env python3
"""Kills `harrier actions run` from outside at random points, and looks at what became of the actions.

Usage: crash_actions.py PATH_OF_HARRIER [KILLS]

Batches of actions on devices and mails are asked for by queries and executed, each batch again until
it ends well. Part of them is executed by a program that writes down what it is asked to do, and one
batch has more remediations of mails than are at work at once, so that some wait in the queue.
Afterwards each action of the simulated environment is completed, has one history without gaps, and
its effect is there; the program was asked to do each action at most once, and what it was asked
without an outcome being known is `mayHaveRun`, never silently done again.
"""
import collections
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

from store_trial import Killer, answer

DEVICES = 40
MAILS = 40
# Remediations of one mail each in the first batch that is killed, more than are at work at once.
QUEUED = 56
NOTING = """#!/bin/sh
cat >> "$(dirname "$0")/orders"
"""


def rows(batch):
    at = "2026-01-01T00:00:00Z"
    for number in range(batch * DEVICES, (batch + 1) * DEVICES):
        yield "DeviceInfo", {"Timestamp": at, "DeviceId": f"d{number}", "DeviceName": f"pc{batch}"}
    mails = [f"m{number}" for number in range(batch * MAILS, (batch + 1) * MAILS)]
    for name in mails + (singles() if batch == 1 else []):
        yield "EmailEvents", {"Timestamp": at, "NetworkMessageId": name, "Subject": f"s{batch}",
                              "RecipientEmailAddress": "ann@contoso.example",
                              "DeliveryLocation": "Inbox/folder"}


def singles():
    return [f"q{number}" for number in range(QUEUED)]


def call(engine, *words, codes=(0,)):
    run = subprocess.run([engine, *words], capture_output=True, check=False, text=True)
    if run.returncode not in codes:
        raise SystemExit(f"{words} ended with {run.returncode}: {run.stderr}")
    return run.stdout


def ask(engine, store, folder, batch):
    """Ingests what a batch is about and asks for its actions."""
    for table in ("DeviceInfo", "EmailEvents"):
        path = os.path.join(folder, f"{table}{batch}.ndjson")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for name, row in rows(batch) if name == table)
        call(engine, "ingest", "--store", store, "--table", table, path)
    common = ["--store", store, "--timespan", "all", "--later", "--act"]
    devices = f"DeviceInfo | where DeviceName == 'pc{batch}'"
    call(engine, "query", devices, *common, "isolateDevice")
    call(engine, "query", devices, *common, "runAntivirusScan")
    mails = f"EmailEvents | where Subject == 's{batch}' and NetworkMessageId startswith 'm'"
    call(engine, "query", mails, *common, "softDelete")
    for name in singles() if batch == 1 else []:
        call(engine, "actions", "take", "--store", store, "--later", "softDelete",
             f"networkMessageId={name}", "recipientEmailAddress=ann@contoso.example")


def findings(engine, store, orders, batches):
    changes = answer(engine, store, "ActionHistory | project ActionId, ActionType, Status, Timestamp")
    lives = collections.defaultdict(list)
    kinds = {}
    for change in changes:
        lives[change["ActionId"]].append(change["Status"])
        kinds[change["ActionId"]] = change["ActionType"]
    if len(lives) != batches * (2 * DEVICES + MAILS) + QUEUED:
        yield f"{len(lives)} actions have a history"
    asked = collections.Counter()
    waited = 0
    if os.path.exists(orders):
        with open(orders, encoding="utf-8") as file:
            asked.update(json.loads(line)["key"] for line in file)
    for action, life in lives.items():
        ends = ("completed", "mayHaveRun") if kinds[action] == "runAntivirusScan" else ("completed",)
        waited += life[0] == "queued"
        done = life[1:] if life[0] == "queued" else life
        if done[:2] != ["approved", "running"] or len(done) != 3 or done[2] not in ends:
            yield f"{action} {kinds[action]}: {life}"
        if kinds[action] == "runAntivirusScan":
            if asked[action] > 1 or (life[-1] == "completed" and asked[action] != 1):
                yield f"the program was asked {asked[action]} times for {action}: {life}"
    if waited != QUEUED + 1 - 50:
        yield f"{waited} actions were queued"
    with sqlite3.connect(os.path.join(store, "environment.db")) as database:
        done = database.execute("SELECT count(*) FROM done").fetchone()[0]
    if done != batches * (DEVICES + MAILS) + QUEUED:
        yield f"{done} effects in the environment"
    states = answer(engine, store, "SimulatedDevices | summarize count() by IsolationType")
    if states != [{"IsolationType": "full", "count_": batches * DEVICES}]:
        yield f"devices: {states}"
    places = answer(engine, store, "SimulatedMails | summarize count() by Location")
    if places != [{"Location": "Soft deleted", "count_": batches * MAILS + QUEUED}]:
        yield f"mails: {places}"
    moves = answer(engine, store, "EmailPostDeliveryEvents | summarize count() by NetworkMessageId")
    if sorted(row["count_"] for row in moves) != [1] * (batches * MAILS + QUEUED):
        yield "mails moved more than once by their events"


def main():
    engine = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    killer = Killer(random.Random(seed), seed)
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        program = os.path.join(folder, "program")
        with open(program, "w", encoding="utf-8") as out:
            out.write(NOTING)
        os.chmod(program, 0o755)
        killed = batch = 0
        while killed < kills or batch < 2:
            ask(engine, store, folder, batch)
            if batch == 0:
                call(engine, "actions", "connect", "--store", store, "--kind", "runAntivirusScan",
                     "--command", program)
                call(engine, "actions", "run", "--store", store)
            else:
                killed += killer.run("run", [engine, "actions", "run", "--store", store],
                                     min(3, kills - killed), fine=(0, 1))
            batch += 1
        problems = list(findings(engine, store, os.path.join(folder, "orders"), batch))
        left = answer(engine, store, "ActionHistory | where Status == 'mayHaveRun' | count")
    for problem in problems:
        print(problem)
    print(f"{killed} kills over {batch} batches of {2 * DEVICES + MAILS} actions, "
          f"{left[0]['Count']} may have run, {len(problems)} findings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
