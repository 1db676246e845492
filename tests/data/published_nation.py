#!/usr/bin/env python3
"""The README's script for a nation from its published files, as it stands there: at most ten commands, every authority assessed and ranked.

Ranks are compared with another reading of the published file, which knows nothing of recipes. Prints `N passed, N failed`.

usage: published_nation.py (WAYMARK_COMMAND, WAYMARK_SOURCE and WAYMARK_SHARED in the environment; exits 77, skipped, without the last)
"""
import csv
import os
import re
import subprocess
import sys
import tempfile

WAYMARK = os.path.abspath(os.environ.get("WAYMARK_COMMAND", "build/dev/waymark"))
SOURCE = os.path.abspath(os.environ.get("WAYMARK_SOURCE", "."))
SHARED = os.environ.get("WAYMARK_SHARED")
MAX_COMMANDS = 10

n_passed = n_failed = 0


def check(is_so, what):
    global n_passed, n_failed
    n_passed += bool(is_so)
    n_failed += not is_so
    if not is_so:
        print(f"failed: {what}")


def rows_of(path, encoding="utf-8-sig"):
    with open(path, newline="", encoding=encoding) as file:
        return list(csv.DictReader(file))


def published_counts(path, breakdown, columns):
    """Authority -> the columns' counts of 2024, of those that published them all."""
    counts = {}
    for row in rows_of(path):
        if (row["geographic_level"], row["time_period"], row["breakdown"]) == ("Local authority", "2024", breakdown):
            texts = [row[column] for column in columns]
            if all(text.isdigit() for text in texts):
                counts[row["new_la_code"].replace("E06000060", "E10000002")] = [int(text) for text in texts]
    return counts


def check_ranking(indicator, shares, national, ranked):
    """Every authority's rank, and the national figure, by another reading of the file."""
    check(set(shares) == {unit for unit, row in ranked.items() if row["rank"]}, f"{indicator}: those with a figure are ranked")
    for unit, share in shares.items():
        rank = 1 + sum(other > share for other in shares.values())
        check(int(ranked[unit]["rank"]) == rank, f"{indicator} of {unit}: rank {ranked[unit]['rank']}, not {rank}")
        check(abs(float(ranked[unit]["national"]) - 100 * national) < 1e-9, f"{indicator}: national {ranked[unit]['national']}, not {national}")


def published_appeals(path, units):
    """Authority, by its name -> appeals and decisions of 2024."""
    by_name = {row["name"].lower().replace("&", "and"): unit for unit, row in units.items()}
    found = {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.reader(file):
            unit = by_name.get(row[0].rstrip("0123456789,").lower())
            if unit and row[32].replace(",", "").isdigit():
                found[unit] = [float(text.replace(",", "")) for text in row[32:34]]
    return found


if not SHARED or not os.path.isdir(f"{SHARED}/data/dfe"):
    print("skipped: WAYMARK_SHARED holds no data/dfe")
    sys.exit(77)

with open(f"{SOURCE}/README.md", encoding="utf-8") as readme:
    script = re.search(r"### A nation from its published files\n.*?```\n(.*?)```", readme.read(), re.S).group(1)
check(len(script.strip().splitlines()) <= MAX_COMMANDS, "at most ten commands")

with tempfile.TemporaryDirectory() as folder:
    os.symlink(f"{SHARED}/data/dfe", f"{folder}/published")
    os.symlink(f"{SOURCE}/examples", f"{folder}/examples")
    os.symlink(WAYMARK, f"{folder}/waymark")
    done = subprocess.run(["bash", "-e", "-c", script], cwd=folder, capture_output=True, text=True, env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})
    check(done.returncode == 0, f"the script ends well: {done.stderr[-500:]}")

    out = f"{folder}/england/batch"
    units = {row["unit"]: row for row in rows_of(f"{folder}/england/units.csv")}
    authorities = {unit for unit, row in units.items() if row["type"] == "local_authority"}
    packs = {row["pack"]: row for row in rows_of(f"{out}/summary.csv")}
    check(len(authorities) >= 153 and authorities <= set(packs), f"a pack for each of {len(authorities)} authorities")
    check(all(row["state"] == "done" for row in packs.values()), "none failed")
    with open(f"{out}/index.html", encoding="utf-8") as index:
        page = index.read()
    check(all(f'href="./packs/{pack}/exception-report.html"' in page for pack in packs), "the index leads to each")

    assessed = rows_of(f"{out}/assessments.csv")
    for indicator in ("EHC20", "REQUESTS", "IN_TIME", "APPEALS"):  # some withhold some: x
        found = {row["unit"] for row in assessed if row["indicator"] == indicator and row["value"]}
        check(len(found & authorities) >= 140, f"{indicator} of {len(found & authorities)} authorities")
    for indicator in ("EHC20", "IN_TIME", "APPEALS"):
        judged = [row for row in assessed if row["indicator"] == indicator and row["unit"] in authorities and row["status"] != "grey"]
        check(len(judged) > 140, f"{len(judged)} authorities are judged by {indicator}")

    areas = {(row["indicator"], row["unit"]): row for row in rows_of(f"{out}/areas.csv") if row["unit"] in authorities}
    ranked = {indicator: {unit: row for (id, unit), row in areas.items() if id == indicator} for indicator in ("EHC20", "IN_TIME", "APPEALS")}
    plans = published_counts(f"{folder}/published/timeliness_20_week.csv", "All EHC plans issued", ("plans_issued_within_20_weeks", "plans_issued_den"))
    plans = {unit: (within, of) for unit, (within, of) in plans.items() if of}
    check_ranking("EHC20", {unit: within / of for unit, (within, of) in plans.items()},
                  sum(n for n, _ in plans.values()) / sum(n for _, n in plans.values()), ranked["EHC20"])
    decisions = published_counts(f"{folder}/published/assessments.csv", "All EHC needs assessments",
                                 ("outcome_decision_within_time", "outcome_decision_over_time"))
    decisions = {unit: (within, within + late) for unit, (within, late) in decisions.items() if within + late}
    check_ranking("IN_TIME", {unit: within / of for unit, (within, of) in decisions.items()},
                  sum(n for n, _ in decisions.values()) / sum(n for _, n in decisions.values()), ranked["IN_TIME"])
    appeals = published_appeals(f"{folder}/published/SEND Tribunals and appeal rate 2014-2024.csv", units)
    check(len(appeals) > 140, f"{len(appeals)} authorities' appeals are found by name")
    for unit, counts in appeals.items():
        row = ranked["APPEALS"][unit]
        check([float(row[column] or 0) for column in ("numerator", "denominator")] == counts, f"{unit}: appeals {row}, not {counts}")
    check(os.listdir(f"{folder}/england/out/charts") != [], "a ranking is drawn")

print(f"{n_passed} passed, {n_failed} failed")
sys.exit(n_failed > 0)
