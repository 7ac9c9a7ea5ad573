"""Harrier as one more engine of the hunting benchmark: one open process that answers JSON lines.

Wall time goes from the query to the last byte of the answer; CPU is that of the open process.
"""
import json
import os
import subprocess
import sys
import time

import pyarrow as pa
from queries import Q, TABLES

ERROR = b',"error":'
BINARY = os.environ["HARRIER"]
ARROW = {"long": pa.int64(), "int": pa.int64(), "real": pa.float64(), "bool": pa.bool_()}


def process_cpu(pid):
    """CPU seconds of a process, all threads: its clock as clock_getcpuclockid(3) names it."""
    return time.clock_gettime((~pid) << 3 | 2)


class Answer:
    """The bytes of an answer; they are made rows of outside the clock."""

    def __init__(self, line):
        self.line, self.made = line, None

    def __getattr__(self, name):
        if self.made is None:
            self.made = table(json.loads(self.line))
        return getattr(self.made, name)


def table(answer):
    columns = answer["columns"]
    values = list(zip(*answer["rows"])) or [()] * len(columns)
    arrays = [pa.array([cell(v, c["type"]) for v in column], type=ARROW.get(c["type"]))
              for c, column in zip(columns, values)]
    return pa.table(arrays, names=[f"{i}:{c['name']}" for i, c in enumerate(columns)])


class Adapter:
    def __init__(self, data, work, threads, mode="store"):
        self.data, self.threads = data, threads
        self.name, self.version = "harrier", ""
        self.store = os.path.join(work, "harrier-" + os.path.basename(data.rstrip("/")))
        self.queries = set(Q)

    def prepare(self):
        """Ingests the NDJSON files of the data where the store is not there."""
        if os.path.exists(self.store):
            return {}
        start = time.time()
        sizes, cpu = {}, 0.0
        for table in TABLES:
            path = os.path.join(self.data, table + ".ndjson")
            run = subprocess.Popen([BINARY, "ingest", "--store", self.store, "--table", table,
                                    "--threads", str(self.threads), path])
            _, status, usage = os.wait4(run.pid, 0)
            if status:
                raise RuntimeError(f"ingest of {table} ended with {status}")
            cpu += usage.ru_utime + usage.ru_stime
            folder = os.path.join(self.store, "segments", "default", table)
            sizes[table] = sum(os.path.getsize(os.path.join(folder, name))
                               for name in os.listdir(folder))
        return {"load_s": round(time.time() - start, 1), "load_cpu_s": round(cpu, 1),
                "bytes": sizes}

    def open(self):
        self.process = subprocess.Popen(
            [BINARY, "batch", "--json-lines", "--store", self.store, "--timespan", "all", "--threads",
             str(self.threads), "--memory", "8192"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1 << 20)
        # The harness counts its own process; the engine runs in another one.
        sys.modules["__main__"].cpu = lambda: process_cpu(self.process.pid)

    def files(self):
        return [self.store]

    def run(self, query):
        line = json.dumps({"id": query, "query": Q[query][1]}) + "\n"
        self.process.stdin.write(line.encode())
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if answer.startswith(ERROR, answer.find(b",")):
            raise RuntimeError(json.loads(answer)["error"])
        return Answer(answer)


def cell(value, kind):
    """A cell as the harness compares it: times without zone, nested values as text."""
    if kind == "datetime" and isinstance(value, str):
        return value.replace("T", " ").rstrip("Z")[:23]
    return json.dumps(value) if isinstance(value, (dict, list)) else value
