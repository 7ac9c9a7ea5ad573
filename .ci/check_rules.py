#!/usr/bin/env python3
"""Drives `harrier rules` from outside over damaged rule files.

    python3 .ci/check_rules.py .build/release/harrier [files]

The files are the examples of all checks, and the public rules where they lie beside the project,
each with some bytes cut, doubled or put in. No command may end in another way than with 0 or 1;
reports must be well-formed; `--fix` must leave nothing for a second `--fix` and add no error; what
`fmt --write` wrote is formatted; a file that is converted to JSON and back says the same.
"""
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

HARRIER = os.path.abspath(sys.argv[1])
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 300
PIECES = [b"{{", b"}}", b'"', b"'", b"\n", b"|", b" | project ", b"\xff", b"summarize ", b"[]",
          b": ", b"-1", b"99999999999999999999", b"P9999999999D", b"ago(99999999d)", b"//", b"\r",
          b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8", b"T1086", b"search *", b"union *", b"\x1b["]


def run(*words, codes=(0, 1)):
    done = subprocess.run([HARRIER, "rules", *words], capture_output=True, timeout=600)
    assert done.returncode in codes, (words, done.returncode, done.stderr[-500:])
    return done.stdout


def examples():
    found = []
    for line in run("check", "--list").decode().splitlines():
        text = run("check", "--explain", line.split()[0]).decode()
        for part in re.findall(r"(?:Found|Not) in:\n\n(.*?)\n\n(?:Not|Leave)", text, re.S):
            found.append(re.sub("^  ", "", part, flags=re.M).encode() + b"\n")
    for folder in ("sentinel-rules", "custom-detections"):
        for path in sorted(glob.glob("../shared/corpus/%s/*.y*ml" % folder)):
            with open(path, "rb") as file:
                found.append(file.read())
    return found


def damage(source, random):
    data = bytearray(source)
    for _ in range(random.randint(0, 4)):
        place, kind = random.randrange(len(data) + 1), random.random()
        if kind < 0.3:
            del data[place:place + random.randint(1, 30)]
        elif kind < 0.8:
            data[place:place] = random.choice(PIECES)
        else:
            start = random.randrange(len(data) + 1)
            data[place:place] = data[start:start + random.randint(1, 60)]
    return bytes(data)


def errors(folder):
    found = json.loads(run("check", folder, "--format", "json", "--severity", "error"))
    return len(found["findings"])


def main():
    seed = random.randrange(1 << 30)
    print("seed", seed)
    source, sources = random.Random(seed), examples()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(COUNT):
            with open(os.path.join(folder, "%05d.yaml" % number), "wb") as file:
                file.write(damage(source.choice(sources), source))
        reports = [os.path.join(os.path.dirname(folder), os.path.basename(folder) + end)
                   for end in (".xml", ".sarif")]
        text = run("check", folder, "--severity", "hint", "--junit", reports[0], "--sarif",
                   reports[1])
        assert b"\x1b" not in text
        xml.parse(reports[0])
        with open(reports[1], encoding="utf-8") as file:
            results = json.load(file)["runs"][0]["results"]
        before = errors(folder)
        run("check", folder, "--fix")
        assert errors(folder) <= before
        assert run("check", folder, "--diff") == b"", "a second --fix changes something"
        run("fmt", folder, "--write", "--drop-comments")
        assert run("fmt", folder, "--check", "--drop-comments") == b""
        round_trips = 0
        for path in sorted(glob.glob(os.path.join(folder, "*.yaml")))[:60]:
            as_json = run("convert", path, "--to", "json")
            if not as_json:
                continue
            others = [path[:-5] + ".json", path[:-5] + ".again.yaml"]
            with open(others[0], "wb") as file:
                file.write(as_json)
            with open(others[1], "wb") as file:
                file.write(run("convert", others[0], "--to", "yaml"))
            assert run("convert", others[1], "--to", "json") == as_json, path
            for other in others:
                os.remove(other)
            round_trips += 1
        for path in reports:
            os.remove(path)
    print("%d files, %d findings, %d errors before and %d round trips: fine"
          % (COUNT, len(results), before, round_trips))


if __name__ == "__main__":
    main()
