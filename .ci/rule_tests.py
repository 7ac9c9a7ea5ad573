#!/usr/bin/env python3
"""Runs many generated cases of a rule: all pass, a wrong one is found, an update mends it; and
tells how many run in a second.

Usage: rule_tests.py PATH_OF_HARRIER [--cases 1000]
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

RULE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Samples", "rules",
                    "encoded_powershell.yaml")
CASE = """\
  - name: case {n}
    events:
      DeviceProcessEvents:
        - {{Timestamp: now-5m, DeviceId: d{n}, DeviceName: w{n}, ReportId: {n}, AccountSid: S-1-5-{n},
           FileName: powershell.exe, ProcessCommandLine: powershell -enc {command}}}
    expect: {expect}  # of case {n}
"""
# Get-Process and Get-HotFix; the rule leaves the second one out.
FOUND, PASSED_OVER = "RwBlAHQALQBQAHIAbwBjAGUAcwBzAA==", "RwBlAHQALQBIAG8AdABGAGkAeAA="


def fail(message):
    print(f"FAILED: {message}")
    sys.exit(1)


def write_tests(path, count, wrong=None):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# generated\ncases:\n")
        for n in range(count):
            is_found = n % 2 == 0
            expect = f"[{{title: Encoded PowerShell on w{n}, events: 1}}]" if is_found else "none"
            out.write(CASE.format(n=n, command=FOUND if is_found else PASSED_OVER,
                                  expect=7 if n == wrong else expect))


def run(engine, *arguments):
    return subprocess.run([engine, "rules", "test", *arguments], capture_output=True, text=True,
                          check=False)


def measure(engine, folder, count, jobs):
    start = time.monotonic()
    done = run(engine, folder, "--jobs", str(jobs))
    seconds = time.monotonic() - start
    if done.returncode or f"{count} passed, 0 failed" not in done.stdout:
        fail(f"not all cases pass\n{done.stdout[-2000:]}{done.stderr}")
    print(f"{count} cases, --jobs {jobs}: {seconds:.2f} s with the start of the process, "
          f"{count / seconds:.0f} a second")


def check_failures(engine, folder, tests, count):
    report = os.path.join(folder, "junit.xml")
    write_tests(tests, count, wrong=3)
    done = run(engine, folder, "--quiet", "--junit", report)
    if done.returncode != 1 or "case 3" not in done.stdout:
        fail(f"the wrong case is not found\n{done.stdout}{done.stderr}")
    cases = ElementTree.parse(report).getroot().findall("testsuite/testcase")
    failed = [case.get("name") for case in cases if case.find("failure") is not None]
    if (len(cases), failed) != (count, ["case 3"]):
        fail(f"JUnit has {len(cases)} cases, of which fail {failed}")
    if run(engine, folder, "--update").returncode or run(engine, folder).returncode:
        fail("an update does not mend the case")
    with open(tests, encoding="utf-8") as file:
        text = file.read()
    if "expect: none  # of case 3\n" not in text or text.count("# of case") != count:
        fail("an update changes more than the expectation")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", type=os.path.abspath)
    parser.add_argument("--cases", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(RULE, os.path.join(folder, "rule.yaml"))
        tests = os.path.join(folder, "rule.tests.yaml")
        write_tests(tests, options.cases)
        for jobs in (1, 2):
            measure(options.engine, folder, options.cases, jobs)
        check_failures(options.engine, folder, tests, options.cases)
    print("a wrong case is found, reported and mended")


if __name__ == "__main__":
    main()
