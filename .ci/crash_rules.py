#!/usr/bin/env python3
"""Kills `harrier ingest`, `harrier rules run` and `harrier schedule` from outside at random points
and looks at what alerts there are.

Usage: crash_rules.py PATH_OF_HARRIER [KILLS]

Hour after hour of a simulated day events are ingested and an hourly rule runs, each again until it
ends well. Then a schedule with a continuous rule is killed and started again while batches land.
Afterwards each event of an acknowledged batch must be evidence of one alert of each rule that should
have seen it, and of no second one.
"""
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import time

from store_trial import Killer, answer

RULE = """displayName: {name}
queryCondition:
  queryText: "DeviceProcessEvents | where FileName == '{file}'"
schedule: {{frequency: {frequency}}}
detectionAction:
  alertTemplate:
    title: "{name} on {{{{DeviceId}}}}"
    severity: high
    category: Execution
    impactedAssets:
      - {{"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}}
"""


class Campaign:
    def __init__(self, engine, kills, seed, folder):
        self.engine = engine
        self.chance = random.Random(seed)
        self.killer = Killer(self.chance, seed)
        self.left = kills
        # Kills that are kept for what comes later.
        self.kept = 0
        self.killed = 0
        self.folder = folder
        self.store = os.path.join(folder, "store")
        self.number = 0

    def command(self, *words):
        return [self.engine, *words]

    def until_well(self, kind, command):
        """Runs a command until it ends well, killed at random points while kills are left."""
        killed = self.killer.run(kind, command, min(3, max(0, self.left - self.kept)))
        self.left -= killed
        self.killed += killed

    def write_rule(self, name, file, frequency):
        path = os.path.join(self.folder, name + ".yaml")
        with open(path, "w") as out:
            out.write(RULE.format(name=name, file=file, frequency=frequency))
        return path

    def ingest(self, file, times):
        """One batch with an event for each time; their devices."""
        self.number += 1
        devices = [f"{file}-{self.number}-{place}" for place in range(len(times))]
        path = os.path.join(self.folder, "batch.ndjson")
        with open(path, "w") as out:
            for place, (at, device) in enumerate(zip(times, devices)):
                out.write(json.dumps({"Timestamp": at.isoformat() + "Z", "ReportId": place,
                                      "DeviceId": device, "FileName": file}) + "\n")
        self.until_well("ingest", self.command(
            "ingest", "--store", self.store, "--tenant", "t", "--table", "DeviceProcessEvents",
            "--batch", f"batch-{self.number}", path))
        return devices

    def evidence(self, name):
        """How often each device is evidence of an alert of a rule."""
        query = (f"AlertEvidence | where Title startswith '{name} on' and EntityType == 'Machine' "
                 "| summarize n = count() by DeviceId")
        rows = answer(self.engine, self.store, query)
        return {row["DeviceId"]: row["n"] for row in rows}

    def hours(self, kills):
        """A simulated day and more under an hourly rule; the devices that it should have seen."""
        self.kept = self.left - kills
        rule = self.write_rule("Hourly", "hourly.exe", "PT1H")
        start = datetime.datetime(2026, 1, 10)
        wanted = self.ingest("hourly.exe", [start])
        subprocess.run(self.command("rules", "add", "--store", self.store, rule), check=True,
                       stdout=subprocess.DEVNULL)
        # The anchor is the time of adding, so simulated time goes on from there.
        start = datetime.datetime.utcnow()
        hour = 0
        while self.left > self.kept or hour < 6:
            hour += 1
            now = start + datetime.timedelta(hours=hour)
            offsets = [self.chance.uniform(0, 3600) for _ in range(8)]
            # Some come hours late.
            offsets += [self.chance.uniform(3600, 9 * 3600) for _ in range(2)]
            wanted += self.ingest(
                "hourly.exe", [now - datetime.timedelta(seconds=offset) for offset in offsets])
            self.until_well("run", self.command("rules", "run", "--store", self.store,
                                                "--at", now.isoformat() + "Z"))
        for _ in range(3):
            hour += 1
            now = start + datetime.timedelta(hours=hour)
            self.until_well("run", self.command("rules", "run", "--store", self.store,
                                                "--at", now.isoformat() + "Z"))
        subprocess.run(self.command("rules", "disable", "--store", self.store, "Hourly"),
                       check=True, stdout=subprocess.DEVNULL)
        return wanted[1:]

    def continuous(self):
        """A continuous rule whose schedule is killed while batches land."""
        rule = self.write_rule("Continuous", "continuous.exe", "PT0S")
        subprocess.run(self.command("rules", "add", "--store", self.store, rule), check=True,
                       stdout=subprocess.DEVNULL)
        schedule = self.command("schedule", "--store", self.store, "--quiet")
        wanted = []
        self.kept = self.left // 2
        while self.left > 0:
            self.kept = max(0, min(self.kept, self.left - 1))
            run = subprocess.Popen(schedule, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wanted += self.ingest("continuous.exe", [datetime.datetime.utcnow()] * 10)
            time.sleep(self.chance.uniform(0, 0.5))
            run.kill()
            run.communicate()
            self.left -= 1
            self.killed += 1
        run = subprocess.Popen(schedule, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and len(self.evidence("Continuous")) < len(wanted):
            time.sleep(0.3)
        run.terminate()
        if run.wait(20) != 0:
            raise SystemExit("the schedule did not end well on SIGTERM")
        return wanted


def main():
    engine = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    seed = random.SystemRandom().randrange(1 << 32)
    with tempfile.TemporaryDirectory() as folder:
        campaign = Campaign(engine, kills, seed, folder)
        expected = {"Hourly": campaign.hours(kills * 2 // 3)}
        expected["Continuous"] = campaign.continuous()
        failed = False
        for name, devices in expected.items():
            found = campaign.evidence(name)
            missed = [device for device in devices if device not in found]
            doubled = [device for device, count in found.items() if count > 1]
            print(f"{name}: {len(devices)} events, {len(missed)} missed, {len(doubled)} doubled")
            if missed or doubled:
                failed = True
                print("  ", missed[:5], doubled[:5])
    print(f"{campaign.killed} kills, seed {seed}: " + ("FAILED" if failed else "passed"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
