#!/usr/bin/env python3
"""The generated nation is the same each time, loads without a finding about its plan or a refused row, and every area gets its pack.

Then the bench's own parts are asked for, so that none is left out: every kind of chart in every format, every paper.

usage: test_national.py GENERATE_NATIONAL WAYMARK BENCH_NATION BENCH_FOLDER
"""
import csv
import filecmp
import os
import statistics
import subprocess
import sys
import tempfile

generate, waymark, bench_nation, bench_folder = sys.argv[1:5]
sys.path.insert(0, bench_folder)
sys.dont_write_bytecode = True
from parts.nation import add_tables  # noqa: E402: the path is an argument
n_failed = 0


def check(is_so, what):
    global n_failed
    n_failed += not is_so
    if not is_so:
        print(f"FAILED: {what}")


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


with tempfile.TemporaryDirectory() as top:
    first, second = f"{top}/first", f"{top}/second"
    for folder in (first, second):
        subprocess.run([generate, folder, "4", "30", "28"], check=True, stdout=subprocess.DEVNULL)
    names = files_below(first)
    check(names == files_below(second), "the same files twice")
    check(filecmp.cmpfiles(first, second, names, shallow=False)[0] == names, "the same bytes twice")
    check(len(names) == 6 * 3 + 6 + 6, f"three drops of six files, six recipes, six tables: {names}")

    run = subprocess.run([waymark, "batch", first, "--charts", "none", "--format", "csv", "--quiet"], capture_output=True, text=True)
    check(run.returncode == 0, f"the batch ends well: {run.returncode} {run.stderr}")
    packs = list(csv.DictReader(run.stdout.splitlines()))
    check([pack["area"] for pack in packs] == ["Area 1", "Area 2", "Area 3", "Area 4"], "a pack for each area")
    check(all(pack["series"] == "60" for pack in packs), "sixty series each")
    grave = [row for row in rows_of(f"{first}/batch/checks.csv") if row["severity"] != "info"]
    check(grave == [], f"no finding about plan or drops: {grave[:3]}")

    readings = subprocess.run([waymark, "export", first, "--format", "csv"], capture_output=True, text=True, check=True)
    states = [row["state"] for row in csv.DictReader(readings.stdout.splitlines())]
    check(len(states) > 4 * 60 * 30 * 0.95, f"most readings are there: {len(states)}")
    # what follows the school year is rare in August, and not in June
    schools = [row for row in csv.DictReader(readings.stdout.splitlines()) if row["indicator"] in ("I17", "I37", "I57") and row["value"]]
    june, august = (statistics.mean(float(row["value"]) for row in schools if row["period"].endswith(month)) for month in ("-06", "-08"))
    check(0.6 < august / june < 0.9, f"the terms show: {august} in August, {june} in June")
    for state in ("suppressed", "not_applicable", "not_available"):
        check(state in states, f"some are {state}")
    check(0.95 < sum(state in ("final", "") for state in states) / len(states) < 1, "most are figures")

    add_tables(first)
    parts = subprocess.run([bench_nation, first, "1"], capture_output=True, text=True, check=True).stdout
    rows = {row["part"]: row for row in csv.DictReader(parts.splitlines())}
    with open(f"{bench_folder}/../docs/charts.md", encoding="utf-8") as file:
        table = file.read().split("| kind |", 1)[1].split("\n\n", 1)[0]
    kinds = [line.split("|")[1].strip() for line in table.split("\n")[2:]]
    check("trajectory" in kinds and "risk_matrix" in kinds, f"the kinds of charts.md: {kinds}")
    for kind in kinds + ["calibration"]:
        for format in ("svg", "png", "pdf"):
            check(f"{format} {kind}" in rows, f"a row for {format} {kind}")
    papers = ("summary", "exception report", "quarterly report", "impact scorecard", "action tracker", "risk register", "chase list", "area comparison")
    for paper in papers:
        for format in ("html", "pdf"):
            check(f"{format} {paper}" in rows, f"a row for {format} {paper}")
    check("assess series" in rows and "html batch index" in rows and "csv and json tables" in rows, "rows for the rest")
    check(all(int(row["n"]) > 0 and float(row["seconds"]) > 0 for row in rows.values()), "each did something")

print(f"{n_failed} failed")
sys.exit(n_failed > 0)
