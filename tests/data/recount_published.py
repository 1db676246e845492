#!/usr/bin/env python3
"""Load six published files, unedited, by the recipes of docs/recipes.md, and compare every figure with another reading of the same files.

The recipes are taken out of the docs as they stand there, so that the docs are what is tested; each has at most 15 lines. The other reading
uses Python's csv module and knows nothing of recipes: which columns count is written out below. Every indicator, unit, cohort and year is
compared to the last digit, then counts and sums, then what was revised. Prints `N passed, N failed`.

With WAYMARK_WORKBOOKS set two of them are first saved as workbooks by LibreOffice, and read by the same recipes.

usage: recount_published.py (WAYMARK_COMMAND, WAYMARK_SOURCE and WAYMARK_SHARED in the environment; exits 77, skipped, without
the last, or without LibreOffice)
"""
import collections
import csv
import glob
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

WAYMARK = os.environ.get("WAYMARK_COMMAND", "build/dev/waymark")
SOURCE = os.environ.get("WAYMARK_SOURCE", ".")
SHARED = os.environ.get("WAYMARK_SHARED")
MAX_RECIPE_LINES = 15

FILES = {  # base name -> folder, the day it was received
    "sen2_mi.csv": ("dfe", "2022-05-12"),
    "timeliness_20_week.csv": ("dfe", "2025-06-26"),
    "requests.csv": ("dfe", "2025-06-26"),
    "assessments.csv": ("dfe", "2025-06-26"),
    "SEND Tribunals and appeal rate 2014-2024.csv": ("dfe", "2025-12-11"),
    "ae_attendances.csv": ("nhs", "2019-04-11"),
}
INDICATORS = """indicator,title,kind,measure_unit,polarity,frequency,low,high
EHC20,Plans within 20 weeks,percent,%,higher,year,0,100
NEW_PLANS,New plans,count,,none,year,0,
REQUESTS,Requests,count,,none,year,0,
REQUESTS_REFUSED,Requests refused,percent,%,none,year,0,100
ASSESSED_ISSUED,Plans issued,count,,none,year,0,
ASSESSED_IN_TIME,Decided in time,percent,%,higher,year,0,100
APPEALS,Appeals registered,count,,none,year,0,
APPEAL_RATE,Appeal rate,percent,%,lower,year,0,100
AE_BREACHES,Breaches of four hours,percent,%,lower,month,0,100
AE_ADMISSIONS,Admissions,count,,none,month,0,
"""
STATES = {"x": "not_available", "z": "not_applicable", "c": "suppressed", ":": "not_available", "-": "not_available", "..": "not_available",
          "": "missing"}
SAME_PLACE = {"E06000060": "E10000002"}  # Buckinghamshire stands under both
THE_AREA = "E92000001"  # of units.csv England, by the name of the plan's area

n_passed = n_failed = 0


def check(is_so, what):
    global n_passed, n_failed
    n_passed += bool(is_so)
    n_failed += not is_so
    if not is_so and n_failed <= 20:
        print("FAILED:", what)


def path_of(name):
    return os.path.join(SHARED, "data", FILES[name][0], name)


def waymark(*words):
    done = subprocess.run([WAYMARK, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"waymark {' '.join(words)}: {done.stderr}")
    return done.stdout


# ---- the plan -----------------------------------------------------------------------------------------------------------------------------

def doc_recipes():
    """Base name -> the recipe that the docs give for it."""
    text = open(os.path.join(SOURCE, "docs", "recipes.md"), encoding="utf-8").read()
    found = {}
    for recipe in re.findall(r"^```\n(\[file\].*?)^```$", text, re.S | re.M):
        match = re.search(r"match = (.+?)(?:  |$)", recipe, re.M)[1]
        pattern = re.compile(re.escape(match).replace(r"\*", ".*"))
        for name in FILES:
            if pattern.fullmatch(name):
                found.setdefault(name, recipe)
    return found


def merged_units():
    """Who is measured in three of the files, each as `waymark recipe units` sees it; the twin code left out as it advises."""
    units = {}
    for name in ("timeliness_20_week.csv", "sen2_mi.csv", "ae_attendances.csv"):
        for row in csv.DictReader(waymark("recipe", "units", path_of(name)).splitlines()):
            if row["unit"] not in SAME_PLACE:
                units.setdefault(row["unit"], row)
    return units


def write_plan(folder, units, recipes):
    with open(os.path.join(folder, "plan.ini"), "w") as file:
        file.write("[plan]\ntitle = National\narea = England\nstart = 2014-01-01\n")
    with open(os.path.join(folder, "indicators.csv"), "w") as file:
        file.write(INDICATORS)
    with open(os.path.join(folder, "units.csv"), "w", newline="") as file:
        writer = csv.DictWriter(file, ["unit", "name", "parent", "type", "code"])
        writer.writeheader()
        writer.writerows(units.values())
    os.mkdir(os.path.join(folder, "recipes"))
    for i, recipe in enumerate(recipes.values()):
        with open(os.path.join(folder, "recipes", f"r{i}.ini"), "w") as file:
            file.write(recipe)


# ---- the other reading --------------------------------------------------------------------------------------------------------------------

def figure(text):
    """A number, or None and a state."""
    text = text.strip().replace(",", "").rstrip("%")
    return (None, STATES[text]) if text in STATES else (float(text), "final")


def ratio(numerator, denominator):
    n, n_state = figure(numerator)
    d, d_state = figure(denominator)
    if n is not None and d:
        return n / d * 100, n, d, "final"
    if d == 0:
        return None, n, d, "not_applicable"
    return None, n, d, n_state if n_state not in ("final", "missing") else d_state


def single(text):
    value, state = figure(text)
    return value, None, None, state


def rows_of(name):
    return csv.DictReader(open(path_of(name), encoding="utf-8-sig", newline=""))


def release_key(row):
    unit = row["new_la_code"] or row["region_code"] or row["country_code"]
    groups = f"{row['breakdown_topic']} {row['breakdown']}" if "breakdown" in row else ""
    return "" if unit == THE_AREA else SAME_PLACE.get(unit, unit), "" if groups.startswith("All ") else groups, row["time_period"]


def read_timeliness():
    for row in rows_of("timeliness_20_week.csv"):
        yield ("EHC20", *release_key(row)), ratio(row["plans_issued_within_20_weeks"], row["plans_issued_den"])


def read_requests():
    for row in rows_of("requests.csv"):
        yield ("REQUESTS", *release_key(row)), single(row["requests_received_in_year"])
        yield ("REQUESTS_REFUSED", *release_key(row)), ratio(row["requests_decided_not_to_assess"], row["requests_received_in_year"])


def read_assessments():
    for row in rows_of("assessments.csv"):
        yield ("ASSESSED_ISSUED", *release_key(row)), single(row["assess_issued"])
        value, state = figure(row["outcome_decision_within_time_pc"])
        in_time, late = (figure(row[f"outcome_decision_{when}_time"])[0] for when in ("within", "over"))
        yield ("ASSESSED_IN_TIME", *release_key(row)), (value, in_time, None if in_time is None or late is None else in_time + late, state)


def read_sen2():
    for row in rows_of("sen2_mi.csv"):
        yield ("EHC20", *release_key(row)), ratio(row["IncExc20weekEHC"], row["TotIncExcEHC"])
        yield ("NEW_PLANS", *release_key(row)), single(row["NewallEHC"])


def read_tribunal(units):
    by_name = {row["name"].lower().replace("&", "and"): row["unit"] for row in units.values()}
    rows = list(csv.reader(open(path_of("SEND Tribunals and appeal rate 2014-2024.csv"), encoding="utf-8-sig", newline="")))
    years = [(int(text), i) for i, text in enumerate(rows[3]) if text.strip()[:2] == "20"]
    for row in rows[5:]:
        if row[0].startswith("Sources"):
            break
        if not any(text.strip() for text in row[2:]) or row[0].startswith("England total excluding"):
            continue
        name = row[0].rstrip("0123456789,")  # not by its code: five of them stand beside another's name
        name = {"Durham": "County Durham", "Herefordshire": "Herefordshire, County of"}.get(name, name)
        unit = "" if name.startswith("England") else "E06000059" if name == "Dorset" else by_name[name.lower().replace("&", "and")]
        for year, i in years:
            appeals, decisions, rate = row[i:i + 3]
            if appeals.strip():
                yield ("APPEALS", unit, "", str(year)), single(appeals)
            if appeals.strip() or decisions.strip() or rate.strip():
                value, state = figure(rate)
                counts = figure(appeals)[0], figure(decisions)[0]
                if not rate.strip():
                    value, *_, state = ratio(appeals, decisions)
                yield ("APPEAL_RATE", unit, "", str(year)), (value, *counts, state)


def read_ae():
    for row in rows_of("ae_attendances.csv"):
        key = row["org_code"], row["type"], row["period"][:7]
        yield ("AE_BREACHES", *key), ratio(row["breaches"], row["attendances"])
        yield ("AE_ADMISSIONS", *key), single(row["admissions"])


# ---- comparing ----------------------------------------------------------------------------------------------------------------------------

def number(text):
    return float(text) if text and not text.startswith("[") else None


def exported(folder, *options):
    """What the store says, by (indicator, unit, cohort, period)."""
    out = {}
    for row in csv.DictReader(waymark("export", folder, "--format", "csv", *options).splitlines()):
        key = row["indicator"], row["unit"], row["cohort"], row["period"]
        check(key not in out, f"{key} is exported once")
        out[key] = number(row["value"]), number(row["numerator"]), number(row["denominator"]), row["state"]
    return out


def sums(figures):
    """Per indicator, unit and year: how many readings have a value, and their exact sum."""
    out = collections.defaultdict(list)
    for (indicator, unit, _, period), reading in figures.items():
        if reading[0] is not None:
            out[indicator, unit, period[:4]].append(reading[0])
    return {key: (len(values), math.fsum(values)) for key, values in out.items()}


def compare(actual, expected, what):
    check(set(actual) == set(expected), f"{what}: {len(set(expected) - set(actual))} readings lost, {len(set(actual) - set(expected))} invented: "
          f"{sorted(set(expected) ^ set(actual))[:3]}")
    for key in expected:
        if key in actual:
            check(actual[key] == expected[key], f"{what}: {key} is {actual[key]}, and {expected[key]} in the file")
    check(sums(actual) == sums(expected), f"{what}: counts and sums of every indicator, unit and year")


def value_changes(was, now):
    return sum(key in was and was[key] != reading for key, reading in now.items())


def check_revision(folder, work):
    """One figure of a file changed, as in a later edition: a dry run shows it, old and new, and nothing else."""
    name = "timeliness_20_week.csv"
    lines = open(path_of(name), encoding="utf-8-sig", newline="").read().split("\r\n")
    i = next(i for i, line in enumerate(lines) if line.startswith("2024,") and ",E10000027,933,Somerset,All EHC plans issued," in line)
    check(",190," in lines[i], "Somerset's figure for 2024 is where it was")
    lines[i] = lines[i].replace(",190,", ",191,", 1)
    revised = os.path.join(work, "timeliness_20_week_2.csv")
    with open(revised, "w", encoding="utf-8", newline="") as file:
        file.write("\r\n".join(lines))
    rows = list(csv.DictReader(waymark("ingest", folder, revised, "--received", "2026-01-15", "--dry-run", "--show", "revised", "--format",
                                       "csv", "--quiet").splitlines()))
    check(len(rows) == 1, f"one figure is revised, not {len(rows)}")
    key = [rows[0][column] for column in ("indicator", "unit", "cohort", "period")] if rows else []
    check(key == ["EHC20", "E10000027", "", "2024"], f"it is Somerset's, not {key}")
    check(rows and rows[0]["was"].endswith("(190 of 567)") and rows[0]["now"].endswith("(191 of 567)"), f"old and new are shown: {rows}")
    summary = next(csv.DictReader(waymark("ingest", folder, revised, "--received", "2026-01-15", "--dry-run", "--format", "csv", "--quiet").splitlines()))
    check((summary["revised"], summary["drop"]) == ("1", "0"), f"the summary says so: {summary}")


def check_guess(folder, name):
    """What is guessed from a file alone loads it, every row."""
    for file, verb in (("indicators.csv", "indicators"), ("units.csv", "units"), ("recipes/guess.ini", "guess")):
        os.makedirs(os.path.join(folder, "recipes"), exist_ok=True)
        with open(os.path.join(folder, file), "w") as out:
            out.write(waymark("recipe", verb, path_of(name)))
    with open(os.path.join(folder, "plan.ini"), "w") as file:
        file.write("[plan]\ntitle = Guess\narea = Nowhere\nstart = 2014-01-01\n")
    row = next(csv.DictReader(waymark("ingest", folder, path_of(name), "--dry-run", "--format", "csv", "--quiet").splitlines()))
    check(row["quarantined"] == "0", f"{name}: the guessed recipe leaves {row['quarantined']} refused")
    check(int(row["loaded"]) > int(row["rows"]) > 0, f"{name}: the guessed recipe loads {row['loaded']} readings of {row['rows']} rows")


def readers(units):
    return {"sen2_mi.csv": read_sen2, "timeliness_20_week.csv": read_timeliness, "requests.csv": read_requests,
            "assessments.csv": read_assessments, "SEND Tribunals and appeal rate 2014-2024.csv": lambda: read_tribunal(units),
            "ae_attendances.csv": read_ae}


def load(folder, name, path, figures, known, *options):
    """Ingest one file, and compare what the command says of it with what it holds."""
    row = next(csv.DictReader(waymark("ingest", folder, path, "--received", FILES[name][1], "--format", "csv", "--quiet", *options).splitlines()))
    changes = value_changes(known, figures)
    check(row["quarantined"] == "0", f"{name}: {row['quarantined']} rows are refused")
    check(int(row["loaded"]) == len(figures), f"{name}: {row['loaded']} readings are loaded, {len(figures)} are in the file")
    check(int(row["revised"]) == changes, f"{name}: {row['revised']} are revised, {changes} differ from earlier files")
    check(int(row["unchanged"]) == sum(known.get(key) == reading for key, reading in figures.items()),
          f"{name}: {row['unchanged']} are said to be as before")
    known.update(figures)
    print(f"{os.path.basename(path)}: {row['rows']} rows, {len(figures)} readings, {row['unchanged']} as before")


def check_recipes(recipes):
    for name in FILES:
        check(name in recipes, f"docs/recipes.md has a recipe for {name}")
    for name, recipe in recipes.items():
        check(len(recipe.strip().splitlines()) <= MAX_RECIPE_LINES, f"the recipe for {name} has at most {MAX_RECIPE_LINES} lines")


def check_published(recipes, units):
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as work:
        write_plan(folder, units, recipes)
        known = {}
        for name, _ in sorted(FILES.items(), key=lambda item: item[1][1]):
            load(folder, name, path_of(name), dict(readers(units)[name]()), known)
        compare(exported(folder), known, "all six files")
        compare(exported(folder, "--as-at", "2024-12-31", "--indicator", "EHC20"),
                {key: reading for key, reading in read_sen2() if key[0] == "EHC20"}, "as at the end of 2024")
        check_revision(folder, work)
        check(not glob.glob(os.path.join(folder, "out", "*")), "nothing but the store and the drops is written")


def check_workbooks(recipes, units):
    """The same figures out of workbooks: dates, percents and numbers are cells now, and the names' cells may be merged."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as work:
        write_plan(folder, units, recipes)
        known = {}
        for name in ("sen2_mi.csv", "SEND Tribunals and appeal rate 2014-2024.csv"):
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--infilter=CSV:44,34,76,1", "--convert-to",
                            "xlsx", "--outdir", work, path_of(name)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
            recipe = os.path.join(work, "recipe.ini")
            with open(recipe, "w") as file:
                file.write(recipes[name])
            load(folder, name, os.path.join(work, name[:-4] + ".xlsx"), dict(readers(units)[name]()), known, "--recipe", recipe)
        compare(exported(folder), known, "two workbooks")


def main():
    has_files = SHARED and all(os.path.exists(path_of(name)) for name in FILES)
    wants_workbooks = bool(os.environ.get("WAYMARK_WORKBOOKS"))
    if not has_files or (wants_workbooks and not shutil.which("soffice")):
        print("skipped: the published files (WAYMARK_SHARED) or LibreOffice are not here")
        sys.exit(77)
    recipes, units = doc_recipes(), merged_units()
    check_recipes(recipes)
    if wants_workbooks:
        check_workbooks(recipes, units)
    else:
        check_published(recipes, units)
        for name in ("sen2_mi.csv", "SEND Tribunals and appeal rate 2014-2024.csv", "ae_attendances.csv"):
            with tempfile.TemporaryDirectory() as folder:
                check_guess(folder, name)
    print(f"{n_passed} passed, {n_failed} failed")
    sys.exit(n_failed > 0)


if __name__ == "__main__":
    main()
