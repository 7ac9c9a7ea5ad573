#!/usr/bin/env python3
"""Has one tenant of several meet the limits of a hunt, with the command as users have it.

Usage: tenant_limits.py PATH_OF_HARRIER

In per-tenant mode it must be named beside the rows of the others, with the exit code of an error; a
tenant that fits alone must answer; Ctrl-C must end all of it.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

LARGE, SMALL = 400_000, 50
TENANTS = ["alpha", "bravo", "charlie"]
MEMORY = "summarize l = make_list(strcat(Text, Number)) | project n = array_length(l)"
# Pairs each row with each, which nobody waits for in the large tenant.
TIME = "extend k = 1 | join kind=inner (Events | extend k = 1) on k | summarize n = count()"


def fail(message):
    sys.exit(f"FAILED: {message}")


def make_store(engine, folder):
    store = os.path.join(folder, "store")
    for tenant in TENANTS:
        path = os.path.join(folder, tenant + ".ndjson")
        with open(path, "w", encoding="utf-8") as out:
            for row in range(LARGE if tenant == "bravo" else SMALL):
                out.write(json.dumps({"Number": row, "Text": f"{row} of {tenant} " * 4}) + "\n")
        subprocess.run([engine, "ingest", "--store", store, "--tenant", tenant, "--table",
                        "Events(Number:long, Text:string)", path], check=True, capture_output=True)
    return store


def command(engine, store, query, *further):
    return [engine, "query", "--store", store, "--tenant-mode", "per-tenant", "--timespan", "all",
            "--format", "ndjson", *further, f"Events | {query}"]


def counts(output):
    return {row["TenantName"]: row["n"] for row in map(json.loads, output.splitlines())}


def check_named(engine, store, query, small, what, *further):
    """The large tenant is named with what it met, and the others have their rows."""
    done = subprocess.run(command(engine, store, query, *further), capture_output=True, text=True,
                          check=False)
    expected = {tenant: small for tenant in TENANTS if tenant != "bravo"}
    if done.returncode != 1 or counts(done.stdout) != expected:
        fail(f"{further}: ends with {done.returncode}: {done.stdout}{done.stderr}")
    if "no rows of the tenant 'bravo'" not in done.stderr or what not in done.stderr:
        fail(f"{further}: the tenant is not named: {done.stderr}")


def check_alone(engine, store):
    """With enough memory for it alone all have rows."""
    done = subprocess.run(command(engine, store, MEMORY, "--memory", "1024"), capture_output=True,
                          text=True, check=False)
    if done.returncode or counts(done.stdout).get("bravo") != LARGE:
        fail(f"--memory 1024: ends with {done.returncode}: {done.stderr}")


def check_all(engine, store):
    """Where no tenant has an answer, the hunt ends as a query that met the limit does."""
    done = subprocess.run(command(engine, store, TIME, "--timeout", "0.000001"),
                          capture_output=True, text=True, check=False)
    if done.returncode != 3 or done.stdout:
        fail(f"all out of time: ends with {done.returncode}: {done.stderr}")


def check_cancel(engine, store):
    """Ctrl-C ends the hunt and not a tenant."""
    # A shell that was started in the background ignores SIGINT, and what it starts would too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    child = subprocess.Popen(command(engine, store, TIME), stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    output, notes = child.communicate()
    if child.returncode not in (-signal.SIGINT, 130) or output or "no rows of" in notes:
        fail(f"after SIGINT: ends with {child.returncode}: {output}{notes}")


def main():
    engine = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(engine, folder)
        check_named(engine, store, MEMORY, SMALL, "memory limit", "--memory", "48")
        check_named(engine, store, TIME, SMALL * SMALL, "time limit", "--timeout", "3")
        check_alone(engine, store)
        check_all(engine, store)
        check_cancel(engine, store)
    print("limits that one tenant meets leave the others theirs: 5 checks")


if __name__ == "__main__":
    main()
