#!/usr/bin/env python3
"""Kills `harrier ingest`, `harrier store compact` and `harrier store retention` from outside at
random points and looks at what the store holds.

Usage: crash_store.py PATH_OF_HARRIER [KILLS]

Batches are sent again until they are acknowledged (exit code 0); every few of them the store is
compacted, and rows of long ago go by a retention of ten days, both again until they end well. Each
of the three commands gets a third of the kills. Afterwards each acknowledged batch of the last days
must be there once and whole, a batch of long ago whole or gone, nothing else may be there, and the
store must pass its check.
"""
import os
import random
import sys
import tempfile

from store_trial import Contents, Killer, ingest_command, set_retention_command, write_batch

ROWS = 4000
KINDS = ["ingest", "compact", "retention"]
# Kills of one command before it is let through, so that the store grows meanwhile.
KILLS_IN_A_ROW = 3


def is_old(number):
    return number % 3 == 2


class Campaign:
    """Runs commands that are killed at random points until they end well."""

    def __init__(self, kills, seed):
        self.killer = Killer(random.Random(seed), seed)
        self.wanted = {kind: max(1, (kills + place) // len(KINDS))
                       for place, kind in enumerate(KINDS)}
        self.killed = {kind: 0 for kind in KINDS}

    @property
    def is_over(self):
        return all(self.killed[kind] >= self.wanted[kind] for kind in KINDS)

    def run(self, kind, command):
        """Runs until it ends well; it may be killed once it is known how long it takes."""
        most = min(self.wanted[kind] - self.killed[kind], KILLS_IN_A_ROW)
        self.killed[kind] += self.killer.run(kind, command, most)


def main():
    engine, kills = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30
    campaign = Campaign(kills, int(os.environ.get("SEED", "20261128")))
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "store")
        while number < 8 or (number < 8 + 10 * kills and not campaign.is_over):
            path = write_batch(folder, number, ROWS, is_old(number))
            campaign.run("ingest", ingest_command(engine, store, number, path))
            os.remove(path)
            if is_old(number):
                campaign.run("retention", set_retention_command(engine, store))
            number += 1
            if number % 4 == 0:
                campaign.run("compact", [engine, "store", "compact", store])
        contents = Contents(engine, store, ROWS)
        old = [n for n in range(number) if is_old(n)]
        recent = [n for n in range(number) if not is_old(n)]
        lost, wrong, doubled = contents.compare(recent, old)
        gone = sum(1 for n in old if n not in contents.kinds)
        print(f"kills: {campaign.killed}; {number} batches acknowledged, {gone} of long ago gone: "
              f"{lost} lost, {wrong} not whole, {doubled} rows doubled; "
              f"verify: {contents.verified.stderr.strip()}")
        missed = [kind for kind in KINDS if campaign.killed[kind] == 0]
        if missed:
            print(f"never killed: {', '.join(missed)}")
        return 1 if missed or contents.problem(recent, old) else 0


if __name__ == "__main__":
    sys.exit(main())
