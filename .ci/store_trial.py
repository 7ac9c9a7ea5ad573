"""What the trials of a store share: numbered batches that go in, and a look at what is there."""
import datetime
import json
import os
import sqlite3
import subprocess
import time

TABLE = "DeviceProcessEvents"
NOW = datetime.datetime.now(datetime.timezone.utc)
OLD_DAYS = 40
RETENTION_DAYS = 10


def write_batch(folder, number, rows, is_old=False, bad_lines=0):
    """Writes a file of rows that name their batch; lines that cannot be read follow."""
    path = os.path.join(folder, f"batch{number}.ndjson")
    start = NOW - datetime.timedelta(days=OLD_DAYS if is_old else 2)
    with open(path, "w", encoding="utf-8") as out:
        for row in range(rows):
            out.write(json.dumps({
                "Timestamp": (start + datetime.timedelta(seconds=row)).strftime("%Y-%m-%dT%XZ"),
                "DeviceName": f"device{row % 50}", "ProcessId": number,
                "ProcessCommandLine": f"tool.exe --batch {number} --row {row}"}) + "\n")
        for line in range(bad_lines):
            out.write(f"no event {line}\n")
    return path


def ingest_command(engine, store, number, path):
    return [engine, "ingest", "--store", store, "--table", TABLE, "--batch", f"b{number}", path]


def set_retention_command(engine, store):
    return [engine, "store", "retention", store, "--table", TABLE, "--days", str(RETENTION_DAYS)]


def answer(engine, store, query):
    """The rows of an answer; the trial ends where there is none."""
    run = subprocess.run([engine, "query", "--store", store, "--timespan", "all", "--format", "ndjson",
                          query],
                         capture_output=True, check=False, text=True)
    if run.returncode:
        raise SystemExit(f"the store did not open: {run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


class Killer:
    """Runs commands that are killed from outside at random points until they end well."""

    def __init__(self, chance, seed):
        self.chance = chance
        self.seed = seed
        self.usual = {}

    def run(self, kind, command, most, fine=(0,)):
        """Kills at most `most` times, once it is known how long the command takes; the kills.

        It has ended well with an exit code of `fine`."""
        killed = 0
        while True:
            started = time.monotonic()
            run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            limit = None
            if kind in self.usual and killed < most:
                limit = self.chance.uniform(0, self.usual[kind] * 1.1)
            try:
                _, problem = run.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                run.kill()
                run.communicate()
                killed += run.returncode != 0
                continue
            if run.returncode not in fine:
                raise SystemExit(f"{kind} ended with {run.returncode} (seed {self.seed}): "
                                 f"{problem.decode(errors='replace')}")
            self.usual.setdefault(kind, time.monotonic() - started)
            return killed


class Contents:
    """What a store holds of batches of `rows` rows."""

    def __init__(self, engine, store, rows):
        self.rows = rows
        groups = answer(
            engine, store, f"{TABLE} | summarize n=count() by ProcessId, ProcessCommandLine, "
            "Timestamp | summarize kinds=count(), n=sum(n) by ProcessId")
        self.kinds = {row["ProcessId"]: row["kinds"] for row in groups}
        self.doubled = sum(row["n"] - row["kinds"] for row in groups)
        self.verified = subprocess.run([engine, "store", "verify", store], check=False,
                                       capture_output=True, text=True)

    def compare(self, needed, allowed=()):
        """Three numbers: needed batches that are lost, batches that are not whole or unknown,
        rows that are there more than once."""
        needed = set(needed)
        known = needed | set(allowed)
        lost = [n for n in needed if n not in self.kinds]
        wrong = [n for n, count in self.kinds.items() if count != self.rows or n not in known]
        return len(lost), len(wrong), self.doubled

    def problem(self, needed, allowed=()):
        """What is wrong in a line, or None."""
        lost, wrong, doubled = self.compare(needed, allowed)
        if lost or wrong or doubled:
            return f"{lost} batches lost, {wrong} not whole, {doubled} rows doubled"
        if self.verified.returncode:
            return f"the check of the store failed: {self.verified.stderr}{self.verified.stdout}"
        return None


def stray_files(store):
    """Files of a store at rest that its catalogue does not know, or that it misses."""
    with sqlite3.connect(os.path.join(store, "harrier.db")) as database:
        known = {path for table in ("segments", "dead_letter_files", "removed_files")
                 for path, in database.execute(f"SELECT path FROM {table}")}
    database.close()
    found = {os.path.relpath(os.path.join(root, name), store)
             for folder in ("segments", "dead-letters", "temporary")
             for root, _, names in os.walk(os.path.join(store, folder)) for name in names}
    return sorted(found ^ known)
