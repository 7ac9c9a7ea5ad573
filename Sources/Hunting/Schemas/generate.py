#!/usr/bin/env python3
"""Writes Generated/*.swift, the built-in table schemas, from a folder of schema files.

    python3 generate.py ../../../../shared/schema

The folder holds xdr-tables.json, sentinel-tables.json and hunting-environment.json. The first two
are stored; the third is their union by a rule that SchemaCatalogue.swift applies and that is
checked here before anything is written.

Form: a column is a type letter and a name, ended by a comma. Columns are sorted by how many
tables use them, so that common ones have short references. A table is
"name:time column:renamed to:references," with references as numbers in base 64, low digits first,
where digits of 32 and more say that another digit follows. Line ends mean nothing.
"""

import collections
import json
import pathlib
import sys

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LETTERS = {
    "bool": "b", "int": "i", "long": "l", "real": "r", "decimal": "m", "string": "s",
    "datetime": "d", "timespan": "t", "guid": "g", "dynamic": "y",
}
LINE = 96
LINES_A_FILE = 540


def reference(index):
    """Writes a number with few digits for small ones."""
    digits = ""
    while index >= 32:
        digits += DIGITS[32 + index % 32]
        index = index // 32 - 1
    return digits + DIGITS[index]


def union_of(xdr, sentinel):
    """Joins both declarations of an XDR table as the hunting environment does."""
    there = dict(sentinel)
    columns = [(name, "dynamic" if there.get(name) == "dynamic" else kind) for name, kind in xdr]
    here = {name for name, _ in columns}
    columns += [(name, kind) for name, kind in sentinel if name not in here]
    here = {name for name, _ in columns}
    return columns + [
        (name, "datetime") for name in ("Timestamp", "TimeGenerated") if name not in here]


def lines_of(entries):
    """Breaks entries into lines, never inside an entry unless it alone is too long."""
    lines, line = [], ""
    for entry in entries:
        if line and len(line) + len(entry) > LINE:
            lines.append(line)
            line = ""
        line += entry
        while len(line) > LINE:
            lines.append(line[:LINE])
            line = line[LINE:]
    return lines + [line] if line else lines


def write_parts(folder, name, what, entries):
    """Writes entries as Swift files of bounded length; returns the names of their constants."""
    lines = lines_of(entries)
    # A line must not end in a blank, which editors remove.
    assert not any(line.endswith(" ") for line in lines), "a line ends in a blank"
    parts = [lines[at:at + LINES_A_FILE] for at in range(0, len(lines), LINES_A_FILE)]
    for number, part in enumerate(parts, 1):
        text = (
            "// Written by generate.py; do not edit.\n\n"
            "extension SchemaText {\n"
            f"  /// Holds {what}, part {number} of {len(parts)}.\n"
            f'  static let {name}{number} = #"""\n'
            + "".join(f"    {line}\n" for line in part)
            + '    """#\n}\n')
        file = folder / f"SchemaText+{name[0].upper()}{name[1:]}{number}.swift"
        file.write_text(text, encoding="utf-8")
    return [f"{name}{number}" for number in range(1, len(parts) + 1)]


def main(source):
    source = pathlib.Path(source)
    load = lambda name: json.loads((source / name).read_text(encoding="utf-8"))
    xdr_file, environment = load("xdr-tables.json"), load("hunting-environment.json")
    pairs = lambda columns: [(column["name"], column["type"]) for column in columns]
    xdr = {table["name"]: (table, pairs(table["columns"])) for table in xdr_file["tables"]}
    # Some published table names carry a blank at their end, which no query can write.
    sentinel = {
        name.strip(): pairs(table["columns"])
        for name, table in load("sentinel-tables.json").items()}
    for name, columns in environment["tables"].items():
        name, columns = name.strip(), [tuple(column) for column in columns]
        there = sentinel.get(name, [])
        expected = union_of(xdr[name][1], there) if name in xdr else there
        assert columns == expected, f"the union rule does not give {name}"

    uses = collections.Counter()
    for columns in [columns for _, columns in xdr.values()] + list(sentinel.values()):
        uses.update(columns)
    ordered = sorted(uses, key=lambda column: (-uses[column], column))
    position = {column: index for index, column in enumerate(ordered)}

    def entry(name, time, renamed, columns):
        references = "".join(reference(position[column]) for column in columns)
        return f"{name}:{time or ''}:{renamed or ''}:{references},"

    folder = pathlib.Path(__file__).parent / "Generated"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.swift"):
        old.unlink()
    groups = {
        "columns": write_parts(folder, "columns", "columns by use", [
            f"{LETTERS[kind]}{name}," for name, kind in ordered]),
        "xdr": write_parts(folder, "xdrTables", "the Defender XDR tables", [
            entry(name, table["time_column"], table.get("renamed_to"), columns)
            for name, (table, columns) in sorted(xdr.items())]),
        "sentinel": write_parts(folder, "sentinelTables", "the Sentinel tables", [
            entry(name, None, None, columns) for name, columns in sorted(sentinel.items())]),
    }
    removed = ", ".join(
        f'"{table["name"]}": "{table["renamed_to"]}"' for table in xdr_file["removed_tables"]
        if table["renamed_to"] in xdr)
    renamed = "".join(
        f'    RenamedColumn("{item["table"]}", from: "{item["old"]}", to: "{item["new"]}"),\n'
        for item in xdr_file["renamed_columns"])
    text = "// Written by generate.py; do not edit.\n\n"
    text += "/// The built-in schemas in the compact form that generate.py describes.\n"
    text += "enum SchemaText {\n"
    for group, parts in groups.items():
        text += f"  static var {group}: [String] {{\n    [{', '.join(parts)}]\n  }}\n\n"
    text += f"  /// Tables that are gone and the tables that took their place.\n"
    text += f"  static let removedTables = [{removed}]\n\n"
    text += "  /// Columns that have another name now.\n"
    text += f"  static let renamedColumns: [RenamedColumn] = [\n{renamed}  ]\n}}\n"
    (folder / "SchemaText.swift").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER_OF_SCHEMA_FILES")
    main(sys.argv[1])
