#!/usr/bin/env python3
"""Lints the corpus of published queries and tries every fix-it on data.

Usage: lint_corpus.py PATH_OF_HARRIER [--limit N] [--show N] [--bar PERCENT]

Prints the findings of each rule. Then applies the fix-its of rules one at a time and compares what
the query answers before and after, rows as a multiset. The data are the samples of the house, those
of ../shared/samples, moved to the last day, and rows made of the texts that the queries look for
(whole, within words, in other case), so that conditions meet something. Exits with 1 where fewer
than 99 % of the fix-its keep the result. Skips, saying so, where ../shared/corpus is absent.
"""
import argparse
import collections
import csv
import datetime
import glob
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared")
NOW = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
ROWS_PER_QUERY = 48
QUERIES_PER_GROUP = 20
CSV_TABLES = {
    "SecurityEvent_4688": "SecurityEvent", "SecurityEvent_logons": "SecurityEvent",
    "SecurityAlert": "SecurityAlert", "OfficeActivity_exchange": "OfficeActivity",
    "Syslog": "Syslog",
}
# The same events under a new name: what a deprecated table has, its successor has too.
RENAMED = {"AADSignInEventsBeta": "EntraIdSignInEvents",
           "AADSpnSignInEventsBeta": "EntraIdSpnSignInEvents"}
CONDITION = re.compile(
    r"([A-Za-z_][A-Za-z0-9_]*)\)?\s*(==|=~|!=|!~|!?contains_cs|!?contains|!?has_cs|!?has|"
    r"!?startswith_cs|!?startswith|!?endswith_cs|!?endswith|matches regex|in~|!in~|!?in|has_any|"
    r"has_all)\s*\(?((?:\s*,?\s*[hH]?@?(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'))+)")
TEXT = re.compile(r"(@?)(?:\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)')")


def instant(text):
    """The time that a text of the samples stands for, or None."""
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M"):
        try:
            return datetime.datetime.strptime(text.strip().rstrip("Z").split(".")[0], form)
        except ValueError:
            continue
    return None


def move(rows, column):
    """Moves rows so that the latest is an hour old; both time columns are set."""
    times = [instant(str(row.get(column, ""))) for row in rows]
    known = [time for time in times if time]
    if not known:
        return rows
    shift = NOW - datetime.timedelta(hours=1) - max(known)
    for row, time in zip(rows, times):
        moved = ((time or max(known)) + shift).isoformat() + "Z"
        row["Timestamp"] = row["TimeGenerated"] = moved
    return rows


def sample_rows():
    """Rows of recorded and sample telemetry, by table."""
    tables = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(HERE, "..", "Samples", "contoso", "*.ndjson"))):
        name = os.path.basename(path).split(".")[0]
        with open(path, encoding="utf-8") as file:
            tables[name] += move([json.loads(line) for line in file], "Timestamp")
    csv.field_size_limit(1 << 24)
    for name, table in CSV_TABLES.items():
        path = os.path.join(SHARED, "samples", "sentinel", name + ".csv")
        with open(path, encoding="utf-8-sig", newline="") as file:
            tables[table] += move(list(csv.DictReader(file))[:400], "TimeGenerated")
    return tables


def texts(part):
    """The values of the literals in a piece of a query."""
    found = []
    for verbatim, double, single in TEXT.findall(part):
        text = double or single
        found.append(text if verbatim else re.sub(r"\\(.)", r"\1", text))
    return found


def variant(text, draw):
    """A text as it may occur: whole, in other case, within words, among other words."""
    text = re.sub(r"\\([.\\])", r"\1", text) if draw.random() < 0.3 else text
    return draw.choice([
        text, text, text, text.lower(), text.upper(), "x" + text + "y", text + "z", "a " + text,
        text + " b", "C:\\Temp\\" + text, "(" + text + ")", text[:-1], text + "\n" + text,
    ])


def made_rows(query, columns, draw):
    """Rows of a table that meet conditions of a query now and then."""
    wanted = collections.defaultdict(list)
    for name, _, part in CONDITION.findall(query):
        wanted[name] += texts(part)
    numbers = [int(n) for n in re.findall(r"\b\d{1,9}\b", query)] or [0]
    rows = []
    for _ in range(ROWS_PER_QUERY):
        row = {}
        for name, kind in columns:
            if name in wanted and kind in ("string", "dynamic"):
                chosen = draw.choice(wanted[name])
                chosen = chosen if draw.random() < 0.4 else variant(chosen, draw)
                if draw.random() < 0.3:
                    chosen += " " + variant(draw.choice(wanted[name]), draw)
                row[name] = chosen
            elif kind == "string":
                row[name] = draw.choice(["v1", "v2", "V1", ""])
            elif kind == "datetime":
                back = datetime.timedelta(seconds=draw.randrange(60, 20 * 3600))
                row[name] = (NOW - back).isoformat() + "Z"
            elif kind in ("long", "int", "real", "decimal"):
                row[name] = draw.choice(numbers + [0, 1, 5000])
            elif kind == "bool":
                row[name] = draw.choice([True, False, None])
        rows.append(row)
    return rows


def write_tables(folder, queries, schema):
    """Writes the data of all tables and returns the options that load them."""
    draw = random.Random(20261128)
    tables = sample_rows()
    for query in queries:
        for table in query["tables"]:
            if table in schema:
                tables[table] += made_rows(query["query"], schema[table], draw)
    for old, new in RENAMED.items():
        tables[new] = tables[old] = tables[old] + tables[new]
    options = []
    for table, rows in sorted(tables.items()):
        known = dict(schema.get(table, []))
        path = os.path.join(folder, table + ".ndjson")
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                kept = {name: value for name, value in row.items() if name in known}
                file.write(json.dumps(kept) + "\n")
        options += ["--load", f"{table}={path}"]
    return options


def run_batch(engine, options, texts_by_id):
    """What each text answers, by id: the number of rows and a digest, or an error."""
    lines = "".join(json.dumps({"id": key, "query": text}) + "\n" for key, text in texts_by_id)
    command = [engine, "batch", "--json-lines", "--allow-missing-tables", "--timeout", "20",
               "--memory", "1024"]
    answers = {}
    with tempfile.TemporaryFile("w+") as file:
        file.write(lines)
        file.seek(0)
        with subprocess.Popen(command + options, stdin=file, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:
            for line in process.stdout:
                answer = json.loads(line)
                answers[answer["id"]] = digest(answer)
    return answers


def digest(answer):
    """What is compared: names and types of columns, and rows in any order."""
    if "rows" not in answer:
        return {"error": answer["error"]}
    rows = sorted(json.dumps(row, sort_keys=True) for row in answer["rows"])
    text = json.dumps([answer["columns"], rows])
    return {"rows": len(rows), "digest": hashlib.sha256(text.encode()).hexdigest()}


def lint(engine, folder, queries):
    """The findings of `harrier lint` over all queries."""
    for number, query in enumerate(queries):
        with open(os.path.join(folder, f"{number:05}.kql"), "w", encoding="utf-8") as file:
            file.write(query["query"])
    done = subprocess.run([engine, "lint", "--severity", "hint", "--format", "json", folder],
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"harrier lint: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)["findings"]


def show_counts(findings, count):
    """Prints the findings of each rule."""
    names, places, fixes = {}, collections.defaultdict(list), collections.Counter()
    for finding in findings:
        code = finding["code"]
        if "rule" not in finding:
            code = finding["severity"] + "s of the language"
        names[code] = finding.get("rule", "")
        places[code].append(finding["file"])
        fixes[code] += bool(finding["fixes"]) and "rule" in finding
    print(f"{count} queries")
    for code in sorted(places):
        print(f"{code:25} {names[code]:24} {len(places[code]):6} findings in "
              f"{len(set(places[code])):5} queries, {fixes[code]:4} fix-its")


def fixed(query, fix):
    """The text after one fix-it; places are bytes."""
    data = query.encode()
    return (data[:fix["start"]] + fix["replacement"].encode() + data[fix["end"]:]).decode()


class Tally:
    """Counts fix-its that keep the result."""

    def __init__(self, show):
        self.total, self.kept, self.with_rows = (collections.Counter() for _ in range(3))
        self.silent = collections.Counter()
        self.unsteady = 0
        self.show = show

    def add(self, finding, answers, query, message):
        """Counts one fix-it by what the query answers before, again and after."""
        first, second, result = answers
        code = finding["code"]
        if "rows" not in first:
            reason = re.sub(r" at \d+:|'[^']*'", "", first["error"])[:70]
            self.silent[reason] += 1
        elif first != second:
            self.unsteady += 1
        else:
            self.total[code] += 1
            self.with_rows[code] += first["rows"] > 0
            self.kept[code] += result == first
            if result != first and self.show > 0:
                self.show -= 1
                print(f"DIFFERS {code} {query['id']} at {finding['line']}:{finding['column']}: "
                      f"{message}\n  {first['rows']} rows, then "
                      f"{result.get('rows', result.get('error'))}")

    def print(self):
        """Prints the counts of each rule."""
        for code in sorted(self.total):
            print(f"{code}: {self.kept[code]} of {self.total[code]} keep the result, "
                  f"{self.with_rows[code]} over a result with rows")
        print(f"left out: {sum(self.silent.values())} of queries that give no answer here, "
              f"{self.unsteady} of queries that answer differently each time")
        for reason, count in self.silent.most_common(8):
            print(f"  {count:4} {reason}")


def compare(engine, queries, schema, findings, arguments):
    """Applies each fix-it by itself and counts those that keep the result."""
    tally = Tally(arguments.show)
    by_query = collections.defaultdict(list)
    for finding in findings:
        if "rule" in finding and finding["fixes"]:
            by_query[number_of(finding)].append(finding)
    numbers = sorted(by_query)[:arguments.limit or len(by_query)]
    for start in range(0, len(numbers), QUERIES_PER_GROUP):
        group = numbers[start:start + QUERIES_PER_GROUP]
        with tempfile.TemporaryDirectory() as folder:
            options = write_tables(folder, [queries[number] for number in group], schema)
            texts_by_id = [(f"{number} {run}", queries[number]["query"])
                           for number in group for run in ("first", "second")]
            texts_by_id += [(f"{number} {index}", fixed(queries[number]["query"], fix["fixes"][0]))
                            for number in group for index, fix in enumerate(by_query[number])]
            answers = run_batch(engine, options, texts_by_id)
        for number in group:
            for index, finding in enumerate(by_query[number]):
                runs = [answers.get(f"{number} {run}", {"error": "no answer"})
                        for run in ("first", "second", index)]
                tally.add(finding, runs, queries[number], finding["fixes"][0]["message"])
    tally.print()
    return tally


def number_of(finding):
    """The number of the query that a finding is in."""
    return int(os.path.basename(finding["file"]).split(".")[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--bar", type=float, default=99.0)
    arguments = parser.parse_args()
    if not os.path.isdir(os.path.join(SHARED, "corpus")):
        print("skipped: the corpus is not here")
        return 0
    engine = os.path.abspath(arguments.engine)
    with open(os.path.join(SHARED, "corpus", "hunting-queries.jsonl"), encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    with open(os.path.join(SHARED, "schema", "hunting-environment.json"), encoding="utf-8") as file:
        schema = {name: [tuple(column) for column in columns]
                  for name, columns in json.load(file)["tables"].items()}
    with tempfile.TemporaryDirectory() as folder:
        findings = lint(engine, folder, queries)
    show_counts(findings, len(queries))
    tally = compare(engine, queries, schema, findings, arguments)
    kept, total = sum(tally.kept.values()), sum(tally.total.values())
    share = 100 * kept / total if total else 100
    print(f"{kept} of {total} fix-its keep the result ({share:.2f} %), "
          f"{sum(tally.with_rows.values())} over a result with rows")
    return 0 if share >= arguments.bar else 1


if __name__ == "__main__":
    sys.exit(main())
