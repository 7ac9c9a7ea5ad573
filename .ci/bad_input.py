#!/usr/bin/env python3
"""Feeds the command what is broken or hostile: each must be answered within seconds, with the
right exit code, and never by a signal.

Usage: bad_input.py PATH_OF_HARRIER
"""
import gzip
import os
import subprocess
import sys
import tempfile
import time

LIMIT_SECONDS = 5  # generous, since CI machines are shared; the aim is one second


def cases(folder):
    """(name, arguments, standard input, exit code, text that standard error must hold)"""
    def file(name, data):
        path = os.path.join(folder, name)
        with open(path, "wb") as out:
            out.write(data)
        return path

    good = file("good.csv", b"a,b\n1,x\n2,y\n")
    ragged = file("ragged.csv", b"a,b\n1,x\n2\n3,z,9\n4,w\n")
    whole = gzip.compress(b"a,b\n" + os.urandom(5000).hex().encode() + b",x\n")
    cut = file("cut.csv.gz", whole[:len(whole) // 2])
    wide = file("wide.csv", (",".join(f"c{i}" for i in range(10_000)) + "\n").encode()
                + (",".join("1" for _ in range(10_000)) + "\n").encode())
    parens = file("parens.kql", b"(" * 1_000_000)
    terms = file("or.kql", b"T | where " + b" or ".join(b"a == %d" % i for i in range(100_000)))
    invalid = file("invalid.kql", b"print \xff\xfe 'x'")
    load = ["--load", "T=" + good]
    return [
        ("empty text", ["query", ""], 1, "HR003"),
        ("a million parentheses", ["query", "--file", parens], 1, "HR001"),
        ("100,000 terms", ["query", "--file", terms] + load, 0, ""),
        ("invalid UTF-8", ["query", "--file", invalid], 1, "error"),
        ("unknown table", ["query", "Nowhere | take 1"], 1, "KS204"),
        ("unknown column", ["query", "T | project c"] + load, 1, "KS142"),
        ("type clash", ["query", "T | where a has 'x'"] + load, 1, "error"),
        ("missing file", ["query", "T", "--load", "T=" + folder + "/none.csv"], 1, "none.csv"),
        ("a folder", ["query", "T", "--load", "T=" + folder], 1, "error"),
        ("truncated gzip", ["query", "T", "--load", "T=" + cut], 1, "gzip"),
        ("wrong column counts", ["query", "T | count", "--load", "T=" + ragged], 0, "bad line"),
        ("10,000 columns", ["query", "T | count", "--load", "T=" + wide], 0, ""),
        ("a table without data", ["query", "DeviceInfo | take 1"], 1, "--load DeviceInfo"),
        ("an unsupported operator", ["query", "T | reduce by b"] + load, 1, "reduce"),
        ("rows cut", ["query", "T", "--max-rows", "1"] + load, 3, "1 of 2 rows"),
        ("memory limit", ["query", "range x from 1 to 5000000 step 1 | summarize make_list(x) by x",
                          "--memory", "16"], 3, "memory"),
        ("wrong usage", ["query", "--format", "nonsense", "print 1"], 2, "nonsense"),
        ("check finds an error", ["check", "print foo("], 1, "error"),
    ]


def main():
    engine, bad = os.path.abspath(sys.argv[1]), 0
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments, code, text in cases(folder):
            start = time.monotonic()
            run = subprocess.run([engine] + arguments, capture_output=True, check=False,
                                 stdin=subprocess.DEVNULL)
            seconds = time.monotonic() - start
            notes = run.stderr.decode("utf-8", "replace")
            ok = run.returncode == code and text in notes and seconds < LIMIT_SECONDS
            bad += not ok
            print(f"{'ok' if ok else 'BAD'}: {name}: exit {run.returncode}, {seconds:.2f} s")
            if not ok:
                print(f"  wanted exit {code} and '{text}' in: {notes[:300]}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
