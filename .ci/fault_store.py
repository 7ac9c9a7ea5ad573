#!/usr/bin/env python3
"""Lets system calls of `harrier` fail, one at a time, and looks at what the store holds.

Usage: fault_store.py PATH_OF_HARRIER [CASES]

`strace` counts the calls of a run that touch the trial's folder: segments, SQLite's files, locks,
what a query puts aside, input and output. Then the run is done again for each of them, from the
same store, and the call fails with EIO, ENOSPC, EINTR or what else it may give. Calls that only
load libraries or get memory are left out: a process may end by those. Writes are also cut short for
real, by a library that hands on half of the bytes, and by a limit of the size of files.

After each run: the exit code is a documented one with a message and no crash, the store opens and
passes its check, batches that were acknowledged before or now are there once and whole, the other
whole or absent, a call that syncs is not tried again and nothing is published after it failed, the
same command then succeeds, and no file is left over.

With CASES only so many, drawn by SEED, are run; without it all, and a line tells how far it is.
"""
import collections
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

from store_trial import (TABLE, Contents, ingest_command, set_retention_command, stray_files,
                         write_batch)

ROWS = 300
CALLS = ["write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat",
         "renameat2", "openat", "mmap", "read", "pread64", "unlink", "unlinkat", "flock", "fcntl",
         "mkdir", "mkdirat", "link", "getdents64", "newfstatat", "fstat"]
# Every call may fail with EIO; the others where the kernel can give them.
NO_SPACE = {"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "rename",
            "renameat", "renameat2", "openat", "mkdir", "mkdirat", "link"}
INTERRUPTED = {"write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "openat",
               "read", "pread64", "flock", "fcntl"}
FURTHER_ERRORS = {"mmap": ["ENOMEM"], "openat": ["EMFILE"], "fcntl": ["ENOLCK"]}
SYNCS = ("fsync", "fdatasync")
FILE_LIMITS = [0, 100, 1000, 4096, 5000, 8192, 12288, 20000, 32768, 33000, 50000, 70000, 90000,
               120000, 200000, 400000]
HERE = os.path.dirname(os.path.abspath(__file__))
# Batches of the store before the trial; number 1 is of long ago.
BEFORE = list(range(8))
OLD = 1
NEW = 8
QUERY = (f"{TABLE} | extend n = range(1, 3) | mv-expand n to typeof(long) "
         "| extend k = strcat(ProcessCommandLine, n * 7919 % 977, '-', n) | sort by k asc "
         "| project k, DeviceName")


class Scene:
    """A folder with a store, as it is before each run, and the commands that are tried."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.template = os.path.join(folder, "before")
        self.work = os.path.join(folder, "work")
        self.store = os.path.join(self.work, "store")
        os.mkdir(self.template)
        store = os.path.join(self.template, "store")
        for number in BEFORE:
            path = write_batch(self.template, number, ROWS, number == OLD)
            command = ingest_command(engine, store, number, path) + ["--no-merge"]
            subprocess.run(command, check=True, capture_output=True)
            os.remove(path)
            if number == 0:
                subprocess.run(set_retention_command(engine, store), check=True,
                               capture_output=True)
        write_batch(self.template, NEW, ROWS, bad_lines=3)
        fresh = os.path.join(self.work, "fresh")
        path = os.path.join(self.work, f"batch{NEW}.ndjson")
        self.commands = {
            "ingest": ingest_command(engine, self.store, NEW, path),
            "first ingest": ingest_command(engine, fresh, NEW, path),
            "compact": [engine, "store", "compact", self.store],
            "query": [engine, "query", "--store", self.store, "--timespan", "all", "--spill", self.work, "--memory",
                      "1", "--format", "ndjson", QUERY],
        }
        self.truth = self.query_truth()

    def query_truth(self):
        self.reset()
        code, _, output = self.run("query", [])
        if code:
            raise SystemExit("the query of the trial does not run")
        return output

    def reset(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.template, self.work)

    def run(self, name, prefix, **options):
        """Exit code, standard error and standard output, which is a file in the folder."""
        path = os.path.join(self.work, "output")
        with open(path, "wb") as output:
            run = subprocess.run(prefix + self.commands[name], stdout=output, check=False,
                                 stderr=subprocess.PIPE, **options)
        with open(path, "rb") as output:
            return run.returncode, run.stderr.decode(errors="replace"), output.read()

    def problem(self, name, code, message, output):
        """What is wrong after a run, or None."""
        if code not in ((0, 1, 3) if name == "query" else (0, 1)):
            return f"ended with {code}: {message}"
        if code and "error: " not in message:
            return f"exit code {code} without a message: {message}"
        if name == "query" and code == 0 and output != self.truth:
            return "a wrong answer"
        problem = self.contents_problem(name, code == 0)
        if problem:
            return problem
        code, message, output = self.run(name, [])
        if code:
            return f"the same command failed afterwards: {message}"
        if name == "query":
            return None if output == self.truth else "a wrong answer afterwards"
        problem = self.contents_problem(name, True)
        strays = [] if problem else stray_files(self.commands[name][3])
        return problem or (f"files are left over or missing: {strays}" if strays else None)

    def contents_problem(self, name, is_acknowledged):
        """Looks into the store of a command that was, or was not, acknowledged.

        A query changes no store; that it answers right afterwards says that its rows are there.
        """
        if name == "query":
            return None
        if name == "first ingest":
            store = self.commands[name][3]
            if not is_acknowledged and not self.is_readable(store):
                return None
            needed, allowed = ([NEW], []) if is_acknowledged else ([], [NEW])
            return Contents(self.engine, store, ROWS).problem(needed, allowed)
        needed, allowed = [n for n in BEFORE if n != OLD], [OLD]
        if name == "ingest":
            needed, allowed = (BEFORE + [NEW], []) if is_acknowledged else (BEFORE, [NEW])
        return Contents(self.engine, self.store, ROWS).problem(needed, allowed)

    def is_readable(self, store):
        """Whether a store that nothing was acknowledged of came to have its table."""
        run = subprocess.run([self.engine, "query", "--store", store, "--timespan", "all",
                              f"{TABLE} | count"],
                             capture_output=True, check=False)
        return run.returncode == 0


def errors_of(call):
    """What a call may fail with."""
    return (["EIO"] + ["ENOSPC"] * (call in NO_SPACE) + ["EINTR"] * (call in INTERRUPTED)
            + FURTHER_ERRORS.get(call, []))


def calls_of(log):
    """(thread, call, whole line) of a log of strace, in the order of their ends."""
    begun = {}
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            thread, _, text = line.strip().partition(" ")
            text = text.strip()
            if text.startswith("<..."):
                text = begun.pop(thread, "") + text
            elif text.endswith("<unfinished ...>"):
                begun[thread] = text
                continue
            name = re.match(r"(\w+)\(", text)
            if name:
                yield thread, name[1], text


class Strace:
    """Traces runs and lets calls fail."""

    def __init__(self, scene, folder):
        self.scene = scene
        self.log = os.path.join(folder, "trace")
        self.prefix = ["strace", "-f", "--seccomp-bpf", "-y", "-o", self.log, "-e",
                       "trace=" + ",".join("?" + call for call in CALLS)]

    def is_permitted(self):
        if not shutil.which("strace"):
            return False
        run = subprocess.run(self.prefix + ["true"], capture_output=True, check=False)
        return run.returncode == 0

    def cases(self, name):
        """(call, number, error) for each call of a run that touches the trial's folder."""
        self.scene.reset()
        code, message, _ = self.scene.run(name, self.prefix)
        if code:
            raise SystemExit(f"{name} does not run under strace: {message}")
        counts = collections.Counter()
        found = set()
        for thread, call, text in calls_of(self.log):
            counts[thread, call] += 1
            if self.scene.work in text:
                found.add((call, counts[thread, call]))
        return [(call, number, error) for call, number in sorted(found)
                for error in errors_of(call)]

    def run(self, name, call, number, error):
        """Runs with a call that fails; gives what is wrong and whether one failed at all."""
        self.scene.reset()
        inject = ["-e", f"inject={call}:error={error}:when={number}"]
        code, message, output = self.scene.run(name, self.prefix + inject)
        hit = [entry for entry in calls_of(self.log) if "(INJECTED)" in entry[2]]
        if any(self.scene.work not in text for _, _, text in hit) and code not in (0, 1, 3):
            return None, "elsewhere", code
        if code == 0 and any(call in SYNCS and "-journal>" in text for _, call, text in hit):
            return f"went on although its database was not made: {hit}", "hit", code
        hit = [text for _, _, text in hit]
        problem = self.sync_problem() or self.scene.problem(name, code, message, output)
        if problem:
            problem = f"{problem}\n    {hit}"
        return problem, "hit" if hit else "missed", code

    def sync_problem(self):
        """Looks whether anything was published, or synced again, after a sync failed.

        A failed sync of SQLite's log leaves a transaction that is rolled back; that SQLite syncs
        its log once more when it is closed is of earlier transactions, which were synced before. A
        file that was removed is forgotten: one of its name is written anew.
        """
        failed = None
        for _, call, text in calls_of(self.log):
            if call in SYNCS and "(INJECTED)" in text:
                failed = re.search(r"<(.*?)>", text)[1]
                is_folder_of_database = call == "fdatasync" and os.path.isdir(failed)
                if is_folder_of_database or failed.endswith("harrier.db"):
                    failed = None
            elif failed and call == "unlink" and f'"{failed}"' in text:
                failed = None
            elif failed and (call.startswith("rename") or
                             (call == "pwrite64" and "harrier.db-wal" in text)):
                return f"published after the sync of {failed} failed: {text}"
            elif failed and call in SYNCS and f"<{failed}>" in text:
                if not failed.endswith("-wal"):
                    return f"synced again: {text}"
        return None


class ShortWrites:
    """Runs with writes that the system takes half of."""

    def __init__(self, scene, folder):
        self.scene = scene
        self.library = os.path.join(folder, "short_writes.so")
        self.log = os.path.join(folder, "was-short")

    def is_permitted(self):
        compiler = shutil.which("cc") or shutil.which("clang")
        source = os.path.join(HERE, "short_writes.c")
        return compiler is not None and subprocess.run(
            [compiler, "-shared", "-fPIC", "-o", self.library, source, "-ldl"],
            check=False).returncode == 0

    def run(self, name, number):
        code, message, output = self.run_cut(name, number)
        outcome = "hit" if os.path.exists(self.log) else "missed"
        if code:
            return f"a short write is no failure, but: {code} {message}", outcome, code
        return self.scene.problem(name, code, message, output), outcome, code

    def run_cut(self, name, number):
        self.scene.reset()
        if os.path.exists(self.log):
            os.remove(self.log)
        environment = dict(os.environ, LD_PRELOAD=self.library, SHORT_AT=str(number),
                           SHORT_LOG=self.log)
        return self.scene.run(name, [], env=environment)

    def cases(self, name):
        """Every call at once, then one after another."""
        self.run_cut(name, -1)
        return list(range(1 + os.path.getsize(self.log)))


class FileLimit:
    """Runs with a limit of the size of files: a short write, then an error."""

    def __init__(self, scene):
        self.scene = scene

    def run(self, name, limit):
        self.scene.reset()
        code, message, output = self.scene.run(
            name, [], preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        return (self.scene.problem(name, code, message, output), "hit" if code else "missed", code)


def all_cases(scene, folder):
    """(kind, name of a command, arguments, method that runs them)"""
    strace, short, limit = Strace(scene, folder), ShortWrites(scene, folder), FileLimit(scene)
    cases = []
    if strace.is_permitted():
        cases += [(f"{case[2]} of {case[0]}", name, case, strace.run)
                  for name in scene.commands for case in strace.cases(name)]
    else:
        print("skipped: failing system calls (strace is missing or may not trace)")
    if short.is_permitted():
        cases += [("short write", name, (number,), short.run)
                  for name in scene.commands for number in short.cases(name)]
    else:
        print("skipped: short writes (there is no C compiler)")
    cases += [("limit of files", name, (size,), limit.run)
              for name in scene.commands for size in FILE_LIMITS]
    return cases


def main():
    engine = os.path.abspath(sys.argv[1])
    chance = random.Random(int(os.environ.get("SEED", "20261128")))
    outcomes, failed = collections.defaultdict(collections.Counter), 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(engine, folder)
        cases = all_cases(scene, folder)
        total = len(cases)
        if len(sys.argv) > 2:
            cases = chance.sample(cases, min(total, int(sys.argv[2])))
        for number, (kind, name, arguments, run) in enumerate(cases):
            if number % 500 == 0 and len(sys.argv) < 3:
                print(f"{number} of {total} cases, {failed} findings", flush=True)
            problem, outcome, code = run(name, *arguments)
            outcomes[kind][outcome] += 1
            outcomes[kind][f"exit {code}"] += 1
            if problem:
                failed += 1
                print(f"BAD: {name}, {kind}, {arguments}: {problem}", flush=True)
    for kind, counts in sorted(outcomes.items()):
        print(f"{kind:22} " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    hits = sum(counts["hit"] for counts in outcomes.values())
    print(f"{len(cases)} of {total} cases, {hits} faults, {failed} findings, "
          f"{time.monotonic() - started:.0f} s")
    return 1 if failed or hits == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
