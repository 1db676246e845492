#!/usr/bin/env python3
"""Hold every JSON file of a month to its schema in docs/schema, and its rows to those of the CSV beside it.

The validator is Debian's python3-jsonschema; without it the test is skipped. Prints `N passed, N failed`.

usage: validate_json.py (WAYMARK_COMMAND and WAYMARK_SOURCE in the environment)
"""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

SOURCE, COMMAND = os.environ["WAYMARK_SOURCE"], os.environ["WAYMARK_COMMAND"]
PLANS = ["somerset-wsoa-2020", "somerset-app-2023", "south-glos-wsoa-2018"]


def same(text, value):
    if value is None:
        return text == ""
    return float(text) == value if isinstance(value, (int, float)) else text == value


def differences(folder, name, document):
    schema = json.load(open(os.path.join(SOURCE, "docs", "schema", name + ".json"), encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
        yield f"{'/'.join(map(str, error.path))}: {error.message[:200]}"
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if len(rows) != len(document[name]):
        yield f"{len(rows)} rows as CSV, {len(document[name])} as JSON"
    for i, (row, members) in enumerate(zip(rows, document[name])):
        if list(members) != header or not all(map(same, row, members.values())):
            yield f"row {i + 2} differs from the CSV's"


n_passed = n_failed = 0
for plan in PLANS:
    with tempfile.TemporaryDirectory() as place:
        copy, out = os.path.join(place, plan), os.path.join(place, "out")
        shutil.copytree(os.path.join(SOURCE, "datasets", plan), copy, ignore=shutil.ignore_patterns("waymark.db", "out"))
        subprocess.run([COMMAND, "run", copy, "--out", out, "--quiet"], check=True)
        for file in sorted(name for name in os.listdir(out) if name.endswith(".json")):
            found = list(differences(out, file[:-5], json.load(open(os.path.join(out, file), encoding="utf-8"))))
            n_passed, n_failed = n_passed + (not found), n_failed + bool(found)
            for one in found[:5]:
                print(f"{plan}/{file}: {one}")
print(f"{n_passed} passed, {n_failed} failed")
sys.exit(n_failed > 0 or n_passed == 0)
