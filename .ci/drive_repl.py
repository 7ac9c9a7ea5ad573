#!/usr/bin/env python3
"""Drives the shell in tmux as a person would, and takes its times.

Usage: drive_repl.py HARRIER

Checked: the time to the first prompt (50 ms at most, median), entries of several lines, a paste with
blank lines, completion, history over sessions, Ctrl-C (the query ends, the shell stays; 100 ms at
most in 99 of 100), colours, resizing, paging, completion of tenants, and that no control byte of
hostile data reaches the terminal; besides, that readers of pipes may leave, and `harrier saved`.
Exit code 1 where something misses; skipped, saying so, where there is no tmux.
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
        unset = "env -u PAGER -u HARRIER_PAGER -u LESS -u XDG_DATA_HOME -u XDG_STATE_HOME"
        own = f"HOME={folder} TERM=xterm-256color"
        command = f"{unset} {own} {engine} {' '.join(options)}; echo left; cat"
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

    def enter(self, text):
        self.text(text)
        self.keys("Enter")

    def clear(self):
        self.keys("C-l")
        time.sleep(0.1)

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


def paging(engine, folder, check):
    """Results that do not fit the screen."""
    if shutil.which("less") is None:
        print("skipped: less is missing")
        return
    alive = r"^Alive\s*\n─+\s*\n\s*42"
    screen = Screen(engine, folder)
    screen.wait(r"^harrier>")
    screen.enter("range Number from 1 to 200 step 1;")
    check("a long result opens the pager", screen.wait(r"^\s+1$(.|\n)*^:\s*$"))
    screen.keys("G")
    check("the pager goes to the end", screen.wait(r"^\s+200$(.|\n)*\(END\)"))
    screen.keys("C-c")
    time.sleep(0.3)
    check("Ctrl-C in the pager leaves it open", screen.wait(r"\(END\)|^:\s*$"))
    screen.keys("q")
    check("q leads back to the prompt", screen.wait(r"200 rows(.|\n)*^harrier> *$"))
    screen.clear()
    screen.enter("print Alive = 41 + 1;")
    check("the prompt works", screen.wait(alive))
    screen.clear()
    screen.enter("range Number from 1 to 20 step 1;")
    check("what fits needs no pager", screen.wait(r"^\s+20$(.|\n)*^harrier> *$"))
    screen.clear()
    wide = ", ".join(f"Column{number} = {number * 1111}" for number in range(40))
    screen.enter(f"print {wide};")
    check("a wide result opens the pager", screen.wait(r"^(:|\(END\))\s*$"))
    screen.keys("q")
    screen.wait(r"^harrier> *$")
    screen.clear()
    screen.enter(".functions")
    check("a long listing opens the pager", screen.wait(r"^:\s*$"))
    screen.keys("q")
    screen.wait(r"^harrier> *$")
    screen.clear()
    screen.enter(".pager head -n 3")
    screen.enter("range Number from 1 to 900 step 1;")
    check("a pager may leave early", screen.wait(r"^\s+1\s*\n(.|\n)*900 rows(.|\n)*^harrier> *$"))
    screen.clear()
    screen.enter(".pager no-such-pager")
    screen.enter("range Number from 1 to 200 step 1;")
    check("without the pager all is shown", screen.wait(r"^\s+200$(.|\n)*could not be started"))
    screen.clear()
    screen.enter(".pager off")
    screen.enter("range Number from 1 to 200 step 1;")
    check("no pager where none is wanted", screen.wait(r"^\s+200\s*\n200 rows(.|\n)*^harrier> *$"))
    screen.clear()
    screen.enter(".pager stty raw -echo < /dev/tty; head -n 1")
    screen.enter("range Number from 1 to 200 step 1;")
    screen.wait(r"200 rows")
    screen.enter(".quit")
    screen.wait(r"^left")
    screen.text("echoed")
    check("the terminal is as before after a pager that was not", screen.wait(r"^echoed", 3))
    screen.close()


def tenants(engine, folder, check):
    """What Tab offers of tenants."""
    store = os.path.join(folder, "store")
    events = os.path.join(folder, "events.ndjson")

    def run(*arguments):
        subprocess.run([engine, *arguments], check=True, capture_output=True)

    for tenant in ["contoso", "fabrikam"]:
        run("ingest", "--store", store, "--tenant", tenant, "--table", "DeviceEvents", events)
    run("tenants", "group", store, "europe", "contoso,fabrikam")
    run("tenants", "group", store, "asia", "fabrikam")
    run("access", "add", store, "ana")
    run("access", "grant", store, "ana", "analyst", "--for", "contoso")
    screen = Screen(engine, folder, "--store", store, "--as", "ana")
    screen.wait(r"^harrier>")
    screen.text(".use ")
    screen.keys("Tab")
    seen = screen.wait(r"contoso") and screen.shown()
    check("tenants and groups are offered", seen and "group:europe" in seen)
    check("those of others are not", seen and "fabrikam" not in seen and "asia" not in seen)
    screen.keys("C-u", "C-u")
    screen.text(".use c")
    screen.keys("Tab", "Enter")
    check("a tenant is completed", screen.wait(r"^in use: contoso"))
    screen.close()


def commands(engine, folder, check):
    """Pipes whose readers leave, and saved queries by name."""
    environment = {**os.environ, "HOME": folder}
    environment.pop("XDG_DATA_HOME", None)

    def shell(script):
        text = script.replace("harrier", engine)
        return subprocess.run(["bash", "-c", f"set -o pipefail; {text}"], env=environment,
                              capture_output=True, text=True)

    many = "range Number from 1 to 500000 step 1"
    for script in [f"harrier query '{many}' | head -n 1", f"echo '{many};' | harrier | head -n 1",
                   "harrier schema | head -n 1", "harrier functions | head -n 1"]:
        run = shell(script)
        quiet = run.returncode == 0 and run.stderr == "" and run.stdout.count("\n") == 1
        check(f"{script.split('|')[0][:20]}… | head ends quietly", quiet)
    run = shell("(for i in $(seq 3000); do echo 'T | join (U) on x;'; done) > $HOME/bad.kql; "
                "harrier lint $HOME/bad.kql | head -n 1")
    check("findings are an exit code, read or not", run.returncode == 1)
    run = shell("harrier saved save answer 'print Alive = 41 + 1' && harrier saved run answer && "
                "harrier saved save upTo '(n:long) { range Number from 1 to n step 1 }' --function "
                "&& harrier query 'upTo(3) | count' && harrier saved show answer")
    check("saved queries run, saved functions are called",
          run.stdout == '{"Alive":42}\n{"Count":3}\nprint Alive = 41 + 1\n')
    run = shell("harrier saved list --format json")
    names = [row["Name"] for row in json.loads(run.stdout or "[]")]
    check("saved texts are listed", names == ["answer", "upTo"])
    run = shell("harrier saved remove answer && harrier saved run answer")
    check("what was removed is gone", run.returncode == 1 and "'answer'" in run.stderr)


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

    paging(engine, folder, check)
    tenants(engine, folder, check)
    commands(engine, folder, check)

    seen = raw_output(engine, folder, load, [b".pager cat | cat\r",
                                             b"DeviceProcessEvents | project FileName;\r",
                                             b"DeviceProcessEvents | summarize count() by FileName "
                                             b"| render piechart;\r",
                                             b".mode csv\r", b"DeviceProcessEvents;\r",
                                             b".mode ndjson\r", b"DeviceProcessEvents;\r"])
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
