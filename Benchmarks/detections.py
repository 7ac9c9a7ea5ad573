#!/usr/bin/env python3
"""Measures scheduled rules: what many cost an hour, how soon new events alert, an alert storm.

    swift build -c release --product harrier
    python3 Benchmarks/detections.py .build/release/harrier EVENTS.ndjson FOLDER hourly
    python3 Benchmarks/detections.py .build/release/harrier EVENTS.ndjson FOLDER continuous
    python3 Benchmarks/detections.py .build/release/harrier EVENTS.ndjson FOLDER storm

EVENTS.ndjson are process events of one tenant in the order of their times. They get new times, so
that --rows of them come in an hour and the newest is of now; tenants are clones. The folder is
made, and holds the stores.

hourly: the first runs, which look back 30 days, are not counted. Then for each simulated hour an
hour of events comes in and what is due runs as `harrier rules run --at` that hour. All rules are
due at one instant there, without the jitter that spreads them over five minutes, so the lag of a
run is the time from the start to its end.
continuous: `harrier schedule` runs while batches come in; from the end of `harrier ingest` to the
alert in the database.
storm: rules that match every row of a day's table; ingestion beside their runs and, in turns, while
they are stopped.
"""
import argparse
import datetime
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import time

TABLE = "DeviceProcessEvents"
TIMES = re.compile(rb'"(Timestamp|ProcessCreationTime|InitiatingProcessCreationTime)": ?"[^"]*"')
TICKS_OF_1970 = 621_355_968_000_000_000
SHAPES = [
    "where FileName =~ '{file}' and ProcessCommandLine has '{word}'",
    "where ProcessCommandLine has_any ('{word}', '{other}')",
    "where FileName in~ ('{file}', 'psexec{n}.exe') and ProcessCommandLine contains '{part}'",
    "where ProcessCommandLine matches regex @'{word}\\s+/[a-z]{{1,3}}\\s+{n}'",
    "where InitiatingProcessFileName =~ 'winword.exe' and FileName =~ '{file}'"
    " and ProcessCommandLine has '{word}'",
    "where FileName =~ '{file}' | summarize Timestamp = max(Timestamp), ReportId = max(ReportId),"
    " Count = dcount(AccountName) by DeviceId | where Count > {most}",
    "where ProcessIntegrityLevel == 'System' and FileName =~ '{file}'"
    " and ProcessCommandLine !has '{word}' and ProcessCommandLine has '{other}'",
    "where isnotempty(AccountName) and FolderPath has '{part}' and FileName =~ '{file}'"
    " and ProcessCommandLine has '{word}{n}'",
]
FILES = ["powershell.exe", "cmd.exe", "rundll32.exe", "certutil.exe", "wmic.exe", "schtasks.exe",
         "reg.exe", "net.exe", "mshta.exe", "bitsadmin.exe"]
WORDS = ["mimikatz", "sekurlsa", "urlcache", "shadowcopy", "DownloadString", "minidump",
         "bypass", "encodedcommand", "lsass", "vssadmin", "ntdsutil", "whoami"]


def rule(name, query, hours):
    """A custom detection of Defender; 0 hours are continuous."""
    return f"""displayName: {name}
queryCondition:
  queryText: |
    {query}
schedule: {{frequency: PT{hours}H}}
detectionAction:
  alertTemplate:
    title: {name}
    severity: medium
    category: Execution
    impactedAssets:
      - {{"@odata.type": "#microsoft.graph.security.impactedDeviceAsset", identifier: deviceId}}
"""


def write_rules(folder, rules):
    os.makedirs(folder, exist_ok=True)
    for number, text in enumerate(rules):
        with open(f"{folder}/{number}.yaml", "w", encoding="utf-8") as file:
            file.write(text)


def hourly_rules(count):
    for n in range(count):
        words = {"file": FILES[n % 10], "word": WORDS[n % 12], "other": WORDS[(n + 5) % 12],
                 "part": WORDS[(n + 3) % 12][:5], "n": n, "most": 400 + n}
        query = TABLE + " | " + SHAPES[n % len(SHAPES)].format(**words)
        yield rule(f"Rule {n}", query, 1)


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def timed(command):
    """Wall and CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    run(command)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def zulu(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime(
        "%Y-%m-%dT%H:%M:%S.%fZ")


def shifted(source, target, count, first, last):
    """Writes the next events of a file with times from one instant to another."""
    with open(target, "wb") as file:
        for number in range(count):
            line = source.readline()
            if not line:
                source.seek(0)
                line = source.readline()
            at = zulu(first + (last - first) * number / count).encode()
            line = TIMES.sub(lambda match: b'"' + match[1] + b'":"' + at + b'"', line)
            # An event has a number of its own, however often the file is read.
            line = re.sub(rb'"ReportId": ?\d+', b'"ReportId":%d' % (int(first) % 10**7 * 10**6
                                                                   + number), line)
            file.write(line)
    return target


def ingest(args, store, tenant, path):
    return timed([args.harrier, "ingest", "--store", store, "--tenant", tenant, "--table", TABLE,
                  path])


def alerts(store):
    return sqlite3.connect(f"file:{store}/detections.db?mode=ro", uri=True, timeout=30)


def hourly(args):
    store = args.folder + "/hourly"
    now = time.time()
    source = open(args.events, "rb")
    tenants = [f"tenant{n}" for n in range(args.tenants)]
    # In four pieces, as a store that lives has segments of many batches.
    for hour in range(4):
        first = now - (4 - hour) * 3600
        path = shifted(source, args.folder + "/in.ndjson", args.rows, first, first + 3600)
        took = [ingest(args, store, tenant, path) for tenant in tenants]
        print(f"hour {hour - 4}: {args.rows} rows for each of {len(tenants)} tenants in "
              f"{sum(wall for wall, _ in took):.0f} s", flush=True)
    write_rules(args.folder + "/rules", hourly_rules(args.rules))
    run([args.harrier, "rules", "add", "--store", store, args.folder + "/rules"])
    added = time.time()
    due = [args.harrier, "rules", "run", "--store", store, "--threads", str(args.threads),
           "--memory", str(args.memory), "--format", "ndjson"]
    wall, cpu = timed(due)
    print(f"first runs, not counted: {wall:.0f} s, {cpu / 60:.1f} CPU minutes", flush=True)
    for hour in range(args.hours):
        first = added + hour * 3600
        path = shifted(source, args.folder + "/in.ndjson", args.rows, first, first + 3600)
        for tenant in tenants:
            ingest(args, store, tenant, path)
        # A minute behind the end of the jitter, and of the grid of the rule that was added last.
        at = zulu(added + (hour + 1) * 3600 + 600)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        printed = run(due + ["--at", at])
        wall = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        runs = [json.loads(line) for line in printed.splitlines()]
        failed = sum(1 for item in runs if item["Status"] != "completed")
        print(f"simulated hour {hour + 1}: {len(runs)} runs ({failed} failed, "
              f"{sum(item['Rows'] for item in runs)} rows, {sum(item['Alerts'] for item in runs)} "
              f"alerts), {cpu / 60:.2f} CPU minutes, {wall:.0f} s; lag p99 at most "
              f"{wall * 0.99:.0f} s, where all are due at one instant", flush=True)


def continuous(args):
    store = args.folder + "/continuous"
    events = open(args.events, "rb")
    now = time.time()
    path = shifted(events, args.folder + "/in.ndjson", args.rows, now - 3600, now)
    ingest(args, store, "tenant0", path)
    planted = {"DeviceId": "d", "DeviceName": "n", "FileName": "planted.exe"}
    rules = [rule(f"Watch {n}", f"{TABLE} | where FileName =~ 'planted.exe'"
                  f" and ProcessCommandLine has 'word{n}'", 0) for n in range(args.watching)]
    write_rules(args.folder + "/watching", rules)
    run([args.harrier, "rules", "add", "--store", store, args.folder + "/watching"])
    schedule = subprocess.Popen([args.harrier, "schedule", "--store", store, "--quiet"],
                                stderr=subprocess.DEVNULL)
    try:
        wait(store, args.watching)
        ended = {}
        for batch in range(args.batches):
            path = shifted(events, args.folder + "/in.ndjson", 2_000, time.time() - 60, time.time())
            with open(path, "a", encoding="utf-8") as file:
                event = dict(planted, Timestamp=zulu(time.time()), ReportId=10**12 + batch,
                             ProcessCommandLine=f"planted word{batch % args.watching}",
                             DeviceId=f"d{batch}")
                file.write(json.dumps(event) + "\n")
            ingest(args, store, "tenant0", path)
            ended[f"d{batch}"] = time.time()
        deadline = time.time() + 60
        while time.time() < deadline:
            found = raised(store)
            if len(found) >= args.batches:
                break
            time.sleep(0.5)
    finally:
        schedule.terminate()
        schedule.wait()
    took = [found[device] - end for device, end in ended.items() if device in found]
    print(f"{len(took)} of {args.batches} planted events alerted beside {args.watching} rules; "
          f"from ingestion to alert p50 {quantile(took, 0.5):.2f} s, p99 "
          f"{quantile(took, 0.99):.2f} s, most {max(took):.2f} s")


def wait(store, count):
    """Waits for the first runs of rules."""
    for _ in range(600):
        try:
            if alerts(store).execute("SELECT count(*) FROM runs").fetchone()[0] >= count:
                return
        except sqlite3.OperationalError:
            pass
        time.sleep(0.2)
    raise SystemExit("the rules did not start")


def raised(store):
    """When the alert of each planted event was raised, by its device."""
    rows = alerts(store).execute(
        "SELECT entities.identifiers, alerts.created FROM alerts "
        "JOIN alert_entities AS entities ON entities.alert = alerts.id")
    return {json.loads(names)["DeviceId"]: (ticks - TICKS_OF_1970) / 1e7 for names, ticks in rows}


def storm(args):
    store = args.folder + "/storm"
    events = open(args.events, "rb")
    now = time.time()
    path = shifted(events, args.folder + "/in.ndjson", args.storm, now - 86_400, now)
    ingest(args, store, "tenant0", path)
    write_rules(args.folder + "/storm-rules",
                [rule(f"Storm {n}", f"{TABLE} | where strlen(FileName) >= 0 // {n}", 1)
                 for n in range(args.storms)])
    batch = shifted(events, args.folder + "/batch.ndjson", 50_000, now, now + 60)
    run([args.harrier, "rules", "add", "--store", store, args.folder + "/storm-rules"])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    schedule = subprocess.Popen([args.harrier, "schedule", "--store", store, "--quiet"],
                                stderr=subprocess.DEVNULL)
    alone, beside = [], []
    stopped = 0.0
    try:
        # Into another tenant of the same store: the storm's rows stay as they are. In turns with
        # the schedule and while it is stopped, so that whatever else the machine does counts alike.
        while runs_ended(store) < args.storms:
            beside.append(ingest(args, store, "tenant1", batch))
            schedule.send_signal(signal.SIGSTOP)
            alone.append(ingest(args, store, "tenant1", batch))
            schedule.send_signal(signal.SIGCONT)
            stopped += alone[-1][0]
            time.sleep(args.pause)
        wall = time.monotonic() - start - stopped
    finally:
        schedule.terminate()
        schedule.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cpu -= sum(used for _, used in alone + beside)
    database = alerts(store)
    totals = database.execute("SELECT events, alerts, total FROM (SELECT rule, sum(events) AS "
                              "events, count(*) AS alerts, sum(max(stands_for, 1)) AS total "
                              "FROM alerts WHERE tenant = 'tenant0' GROUP BY rule)").fetchall()
    exact = sum(1 for total, _, _ in totals if total == args.storm)
    failed = database.execute("SELECT count(*) FROM runs WHERE status = 'failed'").fetchone()[0]
    print(f"{args.storms} rules of {args.storm} rows in {wall:.0f} s, {cpu / 60:.1f} CPU minutes; "
          f"{exact} have exact totals, {failed} runs failed, at most "
          f"{max((count for _, count, _ in totals), default=0)} alerts of a rule")
    rate = [50_000 / quantile([wall for wall, _ in times], 0.5) for times in (alone, beside)]
    print(f"ingestion of batches of 50,000: {rate[0]:.0f} rows/s alone, {rate[1]:.0f} beside it "
          f"({rate[1] / rate[0]:.0%}) in {len(beside)} batches")


def runs_ended(store):
    return alerts(store).execute("SELECT count(*) FROM runs").fetchone()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("harrier")
    parser.add_argument("events")
    parser.add_argument("folder")
    parser.add_argument("what", choices=["hourly", "continuous", "storm"])
    parser.add_argument("--tenants", type=int, default=20)
    parser.add_argument("--rules", type=int, default=500)
    parser.add_argument("--rows", type=int, default=400_000, help="rows of a tenant-hour")
    parser.add_argument("--hours", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", type=int, default=4096)
    parser.add_argument("--watching", type=int, default=20)
    parser.add_argument("--batches", type=int, default=100)
    parser.add_argument("--storm", type=int, default=1_000_000)
    parser.add_argument("--storms", type=int, default=50)
    parser.add_argument("--pause", type=float, default=3, help="seconds between ingestions")
    args = parser.parse_args()
    os.makedirs(args.folder, exist_ok=True)
    shutil.rmtree(f"{args.folder}/{args.what}", ignore_errors=True)
    {"hourly": hourly, "continuous": continuous, "storm": storm}[args.what](args)


if __name__ == "__main__":
    main()
