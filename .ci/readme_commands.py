#!/usr/bin/env python3
"""Runs the commands that README.md shows, and the examples of all help texts, over the samples.

Each command must end with exit code 0, or with the one that its comment names ("exit code 1"); where
output is shown below a command, that must come out ("…" on a line stands for any lines). Commands of
README.md follow one another in one folder; each help text gets a folder of its own.

Usage: readme_commands.py PATH_OF_HARRIER
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SKIPPED = ("sudo apt-get ", "swift build ", "swift test ", ".ci/run")
LIMIT_SECONDS = 120

GROUP = "harrier tenants group logs europe contoso,fabrikam"
ADD_RULES = "harrier rules add --store logs rules"
ADD_ALERTS = "harrier alerts add --store logs Samples/alerts/alerts.ndjson"
LOAD = ["echo '{\"kind\": \"device\", \"deviceId\": \"d1\"}' > environment.ndjson",
        "harrier environment load --store logs --tenant contoso environment.ndjson"]
TAKE = "harrier actions take --store logs --tenant contoso isolateDevice deviceId=d1"
CONNECT = "harrier actions connect --store logs --kind isolateDevice --command /bin/"
ADD_MAIL = (
    "printf '{\"Timestamp\":\"%s\",\"NetworkMessageId\":\"m1\",\"ThreatTypes\":\"Malware\",'"
    "'\"RecipientEmailAddress\":\"ann@contoso.example\",\"DeliveryLocation\":\"Inbox\"}\\n' "
    "$(date -u +%FT%TZ) | harrier ingest --store logs --table EmailEvents -")
ADD_OWN_MAIL = (
    "echo '{\"Timestamp\":\"2026-03-10T00:00:00Z\",\"NetworkMessageId\":\"m1\",'"
    "'\"RecipientEmailAddress\":\"bob@contoso.example\",\"DeliveryLocation\":\"Inbox\",'"
    "'\"SenderFromAddress\":\"ann@contoso.example\",\"EmailDirection\":\"Intra-org\"}' "
    "| harrier ingest --store logs --tenant contoso --table EmailEvents -")
ADD_MAILS = ("harrier ingest --store logs --tenant contoso --table EmailEvents "
             "Samples/contoso/EmailEvents.ndjson")
INVESTIGATE = "harrier investigations start --store logs --tenant default --mail m1"
SUBMIT = "harrier submissions add --store logs --tenant default --url http://a.example --category spam"
RULE = """id: {id}
name: {name}
description: A program that runs others on devices far away.
severity: Low
queryFrequency: 1h
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics: [Execution]
query: DeviceProcessEvents | where FileName =~ 'psexec.exe'
kind: Scheduled
"""

# What must have been done before the examples of a help text.
BEFORE = {
    "access list": ["harrier access add logs ana"],
    "access remove": ["harrier access add logs ana"],
    "access grant": ["harrier access add logs ana", "harrier tenants group logs europe contoso"],
    "access revoke": ["harrier access add logs ana",
                      "harrier access grant logs ana analyst --for contoso"],
    "audit": ["harrier access add logs ana"],
    "audit list": ["harrier access add logs ana"],
    "audit verify": ["harrier access add logs ana"],
    "store restore": ["harrier store backup logs logs-backup"],
    "rules add": [GROUP],
    "rules list": [GROUP, ADD_RULES],
    "rules enable": [GROUP, ADD_RULES],
    "rules disable": [GROUP, ADD_RULES],
    "rules remove": [ADD_RULES],
    "rules run": [ADD_RULES],
    "rules show": [ADD_RULES],
    "tuning switch": ["harrier tuning add --store logs lab --when 'title = x'"],
    "tuning remove": ["harrier tuning add --store logs lab --when 'title = x'"],
    "schedule": [GROUP, ADD_RULES],
    "saved": ["for name in ana bob; do harrier access add logs $name; "
              "harrier access grant logs $name analyst --for all; done"],
    "saved list": ["harrier access add logs ana"],
    "saved show": ["harrier saved save encoded --file hunts/encoded_powershell.kql"],
    "saved run": ["harrier saved save encoded --file hunts/encoded_powershell.kql",
                  "harrier saved save logons DeviceLogonEvents --function --store logs"],
    "saved remove": ["harrier saved save encoded --file hunts/encoded_powershell.kql"],
    "incidents": [ADD_ALERTS],
    "incidents list": [ADD_ALERTS],
    "incidents show": [ADD_ALERTS],
    "incidents update": [ADD_ALERTS],
    "incidents tags": [ADD_ALERTS],
    "incidents correlate": [ADD_ALERTS],
    "incidents move": [
        ADD_ALERTS, "harrier incidents move --store logs --tenant default da1 --new"],
    "incidents graph": [ADD_ALERTS],
    "incidents similar": [ADD_ALERTS],
    "incidents report": [ADD_ALERTS],
    "incidents hunt": [
        "harrier ingest --store logs --table DeviceProcessEvents Samples/contoso/DeviceProcessEvents.ndjson",
        ADD_ALERTS,
    ],
    "incidents filters": [ADD_ALERTS],
    "alerts list": [ADD_ALERTS],
    "alerts show": [ADD_ALERTS],
    "alerts update": [ADD_ALERTS],
    "incidents merge": [ADD_ALERTS],
    "incidents undo-move": [
        ADD_ALERTS, "harrier incidents move --store logs --tenant default da1 --new"],
    "alerts": ["cp Samples/alerts/alerts.ndjson ."],
    "alerts add": ["cp Samples/alerts/alerts.ndjson ."],
    "actions": LOAD,
    "actions show": LOAD + [TAKE],
    "actions take": LOAD + [ADD_OWN_MAIL, ADD_ALERTS],
    "actions approve": LOAD + [TAKE + " --propose"],
    "actions reject": LOAD + [TAKE + " --propose"],
    "actions run": LOAD + [TAKE + " --later"],
    "actions retry": [TAKE + " || true"] + LOAD,
    "actions settle": [CONNECT + "cat --argument /dev/zero", TAKE + " || true"],
    "actions undo": LOAD + [TAKE],
    "actions disconnect": [CONNECT + "true"],
    "environment": LOAD,
    "environment show": LOAD,
    "environment load": LOAD[:1],
    "investigations": [ADD_MAIL, INVESTIGATE],
    "investigations show": [ADD_MAIL, INVESTIGATE],
    "investigations start": [ADD_ALERTS, ADD_OWN_MAIL],
    "investigations stop": [ADD_MAIL, INVESTIGATE],
    "investigations run": [ADD_ALERTS],
    "submissions add": [ADD_MAIL],
    "submissions show": [SUBMIT],
    "submissions review": [SUBMIT],
    "allow-block remove": ["harrier allow-block add --store logs --tenant contoso --block "
                           "--sender evil.example"],
    "mailboxes": [ADD_MAILS],
    "mailboxes show": [ADD_MAILS],
    "tenants resume": ["harrier tenants suspend logs fabrikam"],
}


class World:
    """A folder with the samples, in which `harrier` is in the path and nothing is configured.

    It is the home folder too, which ends the search for configuration files.
    """

    def __init__(self, engine, folder):
        self.folder = folder
        programs = os.path.join(folder, "bin")
        for path in (programs, os.path.join(folder, ".zfunc"),
                     os.path.join(folder, ".build/release")):
            os.makedirs(path)
        for path in (os.path.join(programs, "harrier"),
                     os.path.join(folder, ".build/release/harrier")):
            os.symlink(engine, path)
        shutil.copytree(os.path.join(ROOT, "Samples"), os.path.join(folder, "Samples"))
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("HARRIER_", "XDG_", "GIT_"))}
        self.environment = kept | {"HOME": folder, "PATH": programs + ":" + os.environ["PATH"],
                                   "SWIFT_BACKTRACE": "enable=no", "NO_COLOR": "1"}

    def run(self, command, stdin=""):
        """The exit code and what was written to standard output and error."""
        try:
            done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.folder,
                                  env=self.environment, input=stdin, capture_output=True, text=True,
                                  timeout=LIMIT_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return -1, "", f"not done after {LIMIT_SECONDS} s"
        return done.returncode, done.stdout, done.stderr

    def prepare(self, commands):
        for command in commands:
            code, _, errors = self.run(command)
            if code != 0:
                raise SystemExit(f"preparing: {command}\n{errors}")


class Command:
    """A command with what is typed into it and what is to come out."""

    def __init__(self, text):
        self.text = text
        self.typed = []
        self.output = []

    @property
    def code(self):
        named = re.search(r"#.*exit code (\d)(?! if)", self.text)
        if named:
            return int(named.group(1))
        return 1 if any(re.search(r": (warning|error) [A-Z]+\d+:", line)
                        for line in self.output) else 0

    def problem(self, world):
        """What is wrong with it; None where it does what it should."""
        code, output, errors = world.run(self.text, "\n".join(self.typed + [""]))
        if code != self.code:
            return f"exit code {code}, not {self.code}\n{(output + errors)[-600:]}"
        if self.output and not matches(self.output, output.splitlines()):
            return "the output is not what is shown\n" + output[-1500:]
        return None


def matches(shown, lines):
    """Whether lines are those that are shown, where "…" stands for any."""
    if not shown:
        return not lines
    if shown[0].strip() == "…":
        return any(matches(shown[1:], lines[index:]) for index in range(len(lines) + 1))
    return bool(lines) and shown[0].rstrip() == lines[0].rstrip() and matches(shown[1:], lines[1:])


def blocks(text):
    """(language, lines) of each fenced block."""
    for block in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S):
        yield block.group(1), block.group(2).splitlines()


def commands(lines, language):
    """The commands of a block: with prompts and what comes out, else a command a line."""
    if not any(line.startswith("$ ") for line in lines):
        if language != "sh":
            return []
        parts = [part for line in lines for part in line.split(" && ")]
        return [Command(part) for part in parts if part.strip() and not part.startswith("#")]
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append(Command(line[2:]))
        elif found and line.startswith(("harrier> ", "       | ")):
            found[-1].typed.append(line[9:])
        elif found and line.strip():
            found[-1].output.append(line)
    return found


def configuration(lines, language, world):
    """What is wrong with a configuration file that is shown; None where it is read as it is."""
    name = f"harrier.{language}"
    folder = tempfile.mkdtemp(dir=world.folder)
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    code, output, errors = world.run(f"cd '{folder}' && harrier config --command query --format json")
    if code != 0:
        return errors
    rows = {row["Key"]: row for row in json.loads(output)}
    if name not in rows["store"]["Source"] or rows["format"]["Value"] != "json":
        return "its values do not hold\n" + output
    return None


def readme(engine, folder):
    """(command, problem or None, whether it was skipped) of each command of README.md."""
    world = World(engine, folder)
    world.prepare(["git init -q . && git add Samples && git -c user.name=x -c user.email=x@example "
                   "commit -q -m samples"])
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        text = file.read()
    for language, lines in blocks(text):
        if language in ("yaml", "toml"):
            yield f"configuration in {language}", configuration(lines, language, world), False
        for command in commands(lines, language):
            if command.text.startswith(SKIPPED):
                yield command.text, None, True
            else:
                yield command.text, command.problem(world), False


def helps(engine):
    """(words of a command, its help text) of each command."""
    dumped = subprocess.run([engine, "--experimental-dump-help"], capture_output=True, check=True)

    def walk(command, words):
        yield " ".join(words), command.get("discussion") or ""
        for inner in command.get("subcommands", []):
            if inner["commandName"] != "help":
                yield from walk(inner, words + [inner["commandName"]])

    yield from walk(json.loads(dumped.stdout)["command"], [])


def make_base(engine, folder):
    """A folder in which the files are that help texts name."""
    world = World(engine, folder)
    world.prepare([
        "for tenant in contoso fabrikam; do for table in DeviceProcessEvents DeviceInfo "
        "DeviceLogonEvents AlertInfo; do harrier ingest --store logs --tenant $tenant --table $table "
        "Samples/$tenant/$table.ndjson; done; done",
        "echo '{\"Timestamp\": \"2026-03-10T00:00:00Z\"}' | harrier ingest --store logs --tenant "
        "contoso --table DeviceEvents -",
        "echo '{\"category\": \"x\"}' | harrier ingest --store logs -",
        "cp Samples/contoso/DeviceProcessEvents.ndjson events.ndjson",
        "cp Samples/contoso/AlertInfo.ndjson alerts.ndjson && gzip -k alerts.ndjson",
        "gzip -c events.ndjson > events-1.ndjson.gz",
        "cp Samples/contoso/DeviceInfo.ndjson devices.ndjson",
        "cp -r Samples/contoso contoso && cp -r Samples/queries queries && rm -r queries/checks",
        "mkdir hunts && printf 'DeviceInfo\\n| where Timestamp > ago(7d)\\n' > hunts/a.kql",
        "printf 'DeviceProcessEvents\\n| where Timestamp > ago(7d)\\n' "
        "> hunts/encoded_powershell.kql",
        "echo 'DeviceProcessEvents | take 5' > hunt.kql && harrier fmt --in-place --file hunt.kql",
        "echo '{\"id\": 1, \"query\": \"print 1\"}' > queries.ndjson",
        "mkdir rules && printf '%s' \"" + RULE.format(id="a", name="Odd sign-in")
        + "\" > rules/odd.yaml",
        "printf '%s' \"" + RULE.format(id="b", name="PsExec") + "\" > rules/psexec.yaml",
        "printf '%s' \"" + RULE.format(id="c", name="Beaconing") + "\" > rules/beaconing.yaml",
        "harrier rules fmt rules --write && cp rules/beaconing.yaml .",
        "echo '{\"JobId\": 1}' > jobs.ndjson",
        "printf '#!/bin/sh\\ncat Samples/fabrikam/AlertInfo.ndjson\\n' > bin/az-export",
        "chmod +x bin/az-export",
    ])
    return world


def examples(engine, folder):
    """The same of the examples of all help texts."""
    base = make_base(engine, os.path.join(folder, "base"))
    for index, (name, text) in enumerate(helps(engine)):
        lines = [line.strip() for line in re.sub(r"\\\n\s*", "", text).splitlines()
                 if re.match(r"\s{2,}(\w[^|]*\| )?harrier ", line)]
        if not lines:
            yield f"harrier help {name}", "there is no example in it", False
            continue
        world = World.__new__(World)
        world.folder = os.path.join(folder, str(index))
        shutil.copytree(base.folder, world.folder, symlinks=True)
        world.environment = base.environment | {
            name: value.replace(base.folder, world.folder)
            for name, value in base.environment.items() if name in ("HOME", "PATH")}
        world.prepare(BEFORE.get(name, []))
        for line in lines:
            if line.endswith(" ID"):
                _, listed, _ = world.run("harrier dead-letters list logs --format json")
                line = line[:-2] + json.loads(listed)[0]["Id"]
            # It runs on and on, and ends well where it is told to end.
            endless = "timeout --preserve-status 2 " if line.startswith("harrier schedule") else ""
            yield line, Command(endless + line).problem(world), False
        shutil.rmtree(world.folder)


def main():
    engine = os.path.abspath(sys.argv[1])
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "examples"))
        for found in (readme(engine, os.path.join(folder, "readme")),
                      examples(engine, os.path.join(folder, "examples"))):
            for text, problem, is_skipped in found:
                skipped += is_skipped
                failed += problem is not None
                passed += problem is None and not is_skipped
                if is_skipped:
                    print(f"skipped: {text[:80]}")
                if problem is not None:
                    print(f"FAILED: {text}\n{problem}")
    print(f"{skipped} skipped (packages and builds)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
