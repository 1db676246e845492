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


def published_shares(path):
    """Authority -> share of plans in time in 2024."""
    shares = {}
    for row in rows_of(path):
        if (row["geographic_level"], row["time_period"], row["breakdown"]) == ("Local authority", "2024", "All EHC plans issued"):
            within, of = row["plans_issued_within_20_weeks"], row["plans_issued_den"]
            if within.isdigit() and of.isdigit() and int(of):
                shares[row["new_la_code"].replace("E06000060", "E10000002")] = int(within) / int(of)
    return shares


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
    units = {row["unit"]: row["type"] for row in rows_of(f"{folder}/england/units.csv")}
    authorities = {unit for unit, type in units.items() if type == "local_authority"}
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
    judged = [row for row in assessed if row["indicator"] == "EHC20" and row["unit"] in authorities and row["status"] != "grey"]
    check(len(judged) > 100, f"{len(judged)} authorities are judged in time")

    shares = published_shares(f"{folder}/published/timeliness_20_week.csv")
    ranked = {row["unit"]: row for row in rows_of(f"{out}/areas.csv") if row["indicator"] == "EHC20" and row["unit"] in authorities}
    check(set(shares) == {unit for unit, row in ranked.items() if row["rank"]}, "those with a figure are ranked")
    for unit, share in shares.items():
        rank = 1 + sum(other > share for other in shares.values())
        check(int(ranked[unit]["rank"]) == rank, f"{unit}: rank {ranked[unit]['rank']}, not {rank}")
    check(os.listdir(f"{folder}/england/charts") != [], "a ranking is drawn")

print(f"{n_passed} passed, {n_failed} failed")
sys.exit(n_failed > 0)
