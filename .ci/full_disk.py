#!/usr/bin/env python3
"""Fills the disk under a store and under what a query puts aside, and looks at what is left.

Usage: full_disk.py PATH_OF_HARRIER

The disk is a small tmpfs in a mount namespace of its own, so that segments, SQLite's files and
locks meet a real "no space left on device", with the short writes that go before it. Batches are
ingested until one does not fit any more; then a bit of room is given back and taken at each size,
so that the end of the space meets each step of an ingestion and of a compaction; at last a query
puts rows aside on the full disk. Each command must end with a documented exit code and a message;
batches that were acknowledged must be there once and whole, the others whole or absent, the store
must pass its check, and once there is room again the same command must succeed.
"""
import os
import shutil
import subprocess
import sys
import tempfile

from store_trial import TABLE, Contents, ingest_command, stray_files, write_batch

ROWS = 4000
DISK_BYTES = 4 << 20
# Room that is left for a command, from none to plenty.
ROOMS = [0, 1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384]
# What is left for the batches that are ingested until the disk is full.
FIRST_ROOM = 100
PAGE = 4096
SORT = (f"{TABLE} | extend n = range(1, 60) | mv-expand n to typeof(long) "
        "| extend k = hash_sha256(strcat(ProcessCommandLine, n)) | sort by k asc "
        "| summarize count(), take_any(k)")


def in_namespace():
    """Runs this script in a mount namespace of its own; returns where that is not permitted."""
    for options in (["-m"], ["-r", "-m"]):
        allowed = subprocess.run(["unshare", *options, "sh", "-c",
                                  "mount -t tmpfs -o size=64k tmpfs /tmp"],
                                 capture_output=True, check=False)
        if allowed.returncode == 0:
            os.execvp("unshare", ["unshare", *options, sys.executable, *sys.argv, "--inside"])


class Disk:
    """A small tmpfs that can be filled up."""

    def __init__(self, folder):
        self.folder = folder
        self.filler = os.path.join(folder, "filler")
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", folder],
                       check=True)

    def leave(self, pages):
        """Fills the disk but for some pages."""
        self.free()
        status = os.statvfs(self.folder)
        with open(self.filler, "wb") as out:
            out.write(bytes(max(0, status.f_bavail - pages) * PAGE))

    def free(self):
        if os.path.exists(self.filler):
            os.remove(self.filler)


def attempt(command):
    """Exit code and message of a command; it must not crash."""
    run = subprocess.run(command, capture_output=True, check=False, text=True)
    if run.returncode not in (0, 1, 3) or (run.returncode and "error: " not in run.stderr):
        raise SystemExit(f"{command[1]} ended with {run.returncode}: {run.stderr}")
    return run.returncode, run.stderr.strip()


class Trial:
    """A store on a disk that fills up, and what it must hold."""

    def __init__(self, engine, disk, outside):
        self.engine, self.disk, self.outside = engine, disk, outside
        self.store = os.path.join(disk.folder, "store")
        self.landed = []
        self.refused = {}

    def note(self, name, code, message):
        counts = self.refused.setdefault(name, [0, 0])
        counts[code != 0] += 1
        if code and "no space is left" not in message:
            raise SystemExit(f"{name}: the message does not say what is wrong: {message}")

    def check(self, number=None):
        """Looks into the store; a batch that was refused may have landed or not."""
        problem = Contents(self.engine, self.store, ROWS).problem(
            self.landed, [] if number is None else [number])
        if problem:
            raise SystemExit(problem)

    def ingest(self, number):
        path = write_batch(self.outside, number, ROWS, bad_lines=2)
        code, message = attempt(ingest_command(self.engine, self.store, number, path))
        self.note("ingest", code, message)
        if code == 0:
            self.landed.append(number)
        return code == 0

    def fill(self):
        """Ingests until the disk is full, which it nearly is from the start."""
        self.disk.leave(FIRST_ROOM)
        number = 0
        while self.ingest(number):
            number += 1
        self.disk.free()
        self.check(number)
        if not self.ingest(number):
            raise SystemExit("the batch did not land although there was room again")
        self.check()

    def end_of_space(self):
        """Lets the space end at each step of an ingestion and of a compaction."""
        whole = os.path.join(self.outside, "store")
        shutil.rmtree(self.store)
        for number in range(4):
            self.landed = self.landed if number else []
            self.ingest(number)
        shutil.copytree(self.store, whole)
        for pages in ROOMS:
            for name in ("ingest", "compact"):
                self.disk.free()
                shutil.rmtree(self.store)
                shutil.copytree(whole, self.store)
                self.landed = list(range(4))
                self.disk.leave(pages)
                self.run_twice(name)

    def run_twice(self, name):
        """Runs a command on the full disk, then again with room."""
        compact = [self.engine, "store", "compact", self.store]
        if name == "ingest":
            done = self.ingest(4)
        else:
            code, message = attempt(compact)
            self.note(name, code, message)
            done = code == 0
        self.disk.free()
        self.check(None if done or name != "ingest" else 4)
        if name == "compact":
            if attempt(compact)[0]:
                raise SystemExit("compact failed although there was room again")
        elif not done and not self.ingest(4):
            raise SystemExit("ingest failed although there was room again")
        self.check()
        strays = stray_files(self.store)
        if strays:
            raise SystemExit(f"files are left over or missing: {strays}")

    def spill(self):
        """Lets a query put rows aside on the full disk."""
        query = [self.engine, "query", "--store", self.store, "--timespan", "all", "--memory", "12", "--spill",
                 self.disk.folder, "--format", "ndjson", SORT]
        self.disk.leave(64)
        code, message = attempt(query)
        self.note("query", code, message)
        if code == 0:
            raise SystemExit("the query put nothing aside")
        self.disk.free()
        self.check()
        query[query.index(self.disk.folder)] = self.outside
        code, message = attempt(query)
        self.note("query", code, message)
        if code:
            raise SystemExit(f"the query failed although there was room again: {message}")


def main():
    if "--inside" not in sys.argv:
        in_namespace()
        print("skipped: a disk of its own cannot be mounted here")
        return 0
    with tempfile.TemporaryDirectory() as outside, tempfile.TemporaryDirectory() as folder:
        disk = Disk(folder)
        try:
            trial = Trial(os.path.abspath(sys.argv[1]), disk, outside)
            trial.fill()
            trial.end_of_space()
            trial.spill()
        finally:
            subprocess.run(["umount", folder], check=True)
    print(", ".join(f"{name}: {ended} ended well, {refused} for want of space"
                    for name, (ended, refused) in trial.refused.items())
          + "; nothing lost, each landed once there was room")
    return 0


if __name__ == "__main__":
    sys.exit(main())
