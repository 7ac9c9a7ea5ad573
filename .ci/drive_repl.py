#!/usr/bin/env python3
"""Drives the shell in tmux as a person would, and takes its times.

Usage: drive_repl.py HARRIER

Checked: the time to the first prompt (50 ms at most, median), entries of several lines, a paste with
blank lines, completion, history over sessions, Ctrl-C (the query ends, the shell stays; 100 ms at
most in 99 of 100), colours, resizing, and that no control byte of hostile data reaches the
terminal. Exit code 1 where something misses; skipped, saying so, where there is no tmux.
"""

import json
import os
import pty
import re
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

CANCELS = int(os.environ.get("CANCELS", "20"))
SLOW = "range x from 1 to 4000000000 step 1 | summarize sum(x)"


class Screen:
    """A shell in a tmux window."""

    def __init__(self, engine, folder, *options):
        self.name = f"harrier-{os.getpid()}-{time.monotonic_ns()}"
        self.socket = os.path.join(folder, "tmux")
        command = f"HOME={folder} TERM=xterm-256color {engine} {' '.join(options)}; sleep 60"
        self.tmux("new-session", "-d", "-s", self.name, "-x", "100", "-y", "30", command)

    def tmux(self, *arguments):
        run = ["tmux", "-S", self.socket, "-f", "/dev/null", *arguments]
        return subprocess.run(run, check=True, capture_output=True, text=True).stdout

    def keys(self, *keys):
        self.tmux("send-keys", "-t", self.name, *keys)

    def text(self, text):
        if text.endswith(";"):  # tmux takes it as the end of its own command
            text = text[:-1] + "\\;"
        self.tmux("send-keys", "-t", self.name, "-l", "--", text)

    def paste(self, text):
        self.tmux("set-buffer", "--", text)
        self.tmux("paste-buffer", "-p", "-t", self.name)

    def shown(self, *flags):
        return self.tmux("capture-pane", "-p", *flags, "-t", self.name)

    def wait(self, pattern, seconds=20, flags=()):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if re.search(pattern, self.shown(*flags), re.MULTILINE):
                return True
            time.sleep(0.02)
        return False

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-session", "-t", self.name],
                       capture_output=True)


def write_events(path):
    """Events with what attackers write into names."""
    names = ["plain.exe", "\u001b[2J\u001b]0;owned\u0007x", "a\u202egnp.exe", "\u0085\u009b31mred",
             "bell\u0007\u0008\u0000", "line\r\nbreak"]
    with open(path, "w", encoding="utf-8") as file:
        for number, name in enumerate(names):
            file.write(json.dumps({"Timestamp": "2026-01-01T00:00:00Z", "FileName": name,
                                   "ProcessId": number}) + "\n")


def first_prompt(engine, folder):
    """Milliseconds from the start to the prompt."""
    started = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(HOME=folder, TERM="xterm-256color")
        os.execv(engine, [engine])
    seen = b""
    while b"harrier> " not in seen and time.monotonic() - started < 10:
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65536)
    taken = (time.monotonic() - started) * 1000
    os.write(terminal, b"\x04")
    time.sleep(0.02)
    os.close(terminal)
    os.waitpid(child, 0)
    return taken


def raw_output(engine, folder, options, entries):
    """The bytes that a session sends to its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(HOME=folder, TERM="xterm-256color")
        os.execv(engine, [engine, *options])
    seen = b""
    for entry in [b"", *entries, b"\x04"]:
        os.write(terminal, entry)
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            if not select.select([terminal], [], [], 0.2)[0]:
                continue
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                end = 0
    os.close(terminal)
    os.waitpid(child, 0)
    return seen


def hostile_bytes(seen):
    """Control bytes that are none of the shell's own."""
    own = rb"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|\x07(?=\x1b|$)"
    rest = re.sub(own, b"", seen)
    found = [byte for byte in rest if byte < 0x20 or byte == 0x7F]
    text = rest.decode("utf-8", "replace")
    found += [sign for sign in text if 0x80 <= ord(sign) < 0xA0 or sign in "\u202e\u2066\u200f"]
    found += [b"title"] if b"]0;" in rest and b"\x1b]0;" in seen else []
    return found


def cancel_times(screen):
    """Milliseconds from Ctrl-C to the prompt."""
    taken = []
    for _ in range(CANCELS):
        screen.keys("C-l")
        screen.text(SLOW + ";")
        screen.keys("Enter")
        time.sleep(0.4)
        started = time.monotonic()
        screen.keys("C-c")
        if not screen.wait(r"cancelled[^$]*^harrier> *$", 5):
            return taken + [5000]
        taken.append((time.monotonic() - started) * 1000)
    return taken


def drive(engine, folder):
    """What misses."""
    events = os.path.join(folder, "events.ndjson")
    write_events(events)
    load = ["--load", f"DeviceProcessEvents={events}"]
    wrong = []

    def check(name, passed):
        print(f"{'ok  ' if passed else 'FAIL'} {name}", flush=True)
        if not passed:
            wrong.append(name)

    times = [first_prompt(engine, folder) for _ in range(11)]
    median = statistics.median(times)
    check(f"first prompt after {median:.0f} ms (50 allowed)", median <= 50)

    screen = Screen(engine, folder, *load)
    check("prompt", screen.wait(r"^harrier>"))
    screen.text("DeviceProcessEvents")
    screen.keys("Enter")
    screen.text("| summarize Rows = count()")
    screen.keys("Enter", "Enter")
    check("several lines, ended by a blank one", screen.wait(r"^Rows\s*\n─+\s*\n\s*6"))
    screen.keys("C-l")
    screen.paste("DeviceProcessEvents\n\n| where ProcessId >= 3\n\n| summarize Some = count()")
    check("blank lines in a paste end nothing", not screen.wait(r"^Some\s*\n─", 1))
    screen.text(";")
    screen.keys("Enter")
    check("what was pasted runs", screen.wait(r"^Some\s*\n─+\s*\n\s*3"))
    screen.keys("C-l")
    screen.text("DeviceProc")
    screen.keys("Tab")
    check("a table is completed", screen.wait(r"harrier> DeviceProcessEvents"))
    screen.text(" | where Fol")
    screen.keys("Tab")
    check("a column is completed", screen.wait(r"where FolderPath"))
    check("colours", "\x1b[" in screen.shown("-e"))
    screen.keys("C-c")
    screen.keys("C-r")
    screen.text("Some =")
    check("the history is searched", screen.wait(r"summarize Some"))
    screen.keys("C-g")
    screen.tmux("resize-window", "-t", screen.name, "-x", "60", "-y", "20")
    screen.keys("C-u")
    screen.text("print 'resized', strcat('a', 'b'), 'a longer text that goes over the edge';")
    screen.keys("Enter")
    check("a resize leaves it usable", screen.wait(r"resized"))
    screen.keys("C-l")
    late = sorted(cancel_times(screen))
    p99 = late[min(len(late) - 1, int(len(late) * 0.99))]
    check(f"{len(late)} times Ctrl-C, p99 {p99:.0f} ms with the driver's own (100 allowed)", p99 <= 100)
    screen.text("print Alive = 41 + 1;")
    screen.keys("Enter")
    check("the shell outlives Ctrl-C", screen.wait(r"^Alive\s*\n─+\s*\n\s*42"))
    screen.close()

    screen = Screen(engine, folder, *load)
    screen.wait(r"^harrier>")
    screen.keys("Up")
    check("the history outlives the session", screen.wait(r"print Alive"))
    screen.close()

    seen = raw_output(engine, folder, load, [b"DeviceProcessEvents | project FileName;\r",
                                             b"DeviceProcessEvents | summarize count() by FileName "
                                             b"| render piechart;\r"])
    found = hostile_bytes(seen)
    check(f"{len(found)} raw control bytes of hostile data", not found and b"plain.exe" in seen)
    return wrong


def main():
    engine = os.path.abspath(sys.argv[1])
    if shutil.which("tmux") is None:
        print("skipped: tmux is missing")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        wrong = drive(engine, folder)
    print(f"{len(wrong)} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
