#!/usr/bin/env python3
"""Hold the committed plan folders against the register and the published files they were made from.

    WAYMARK_SHARED=FOLDER python3 tests/datasets/compare_register.py

It shares no code with datasets/make.py, so that a mistake there is not repeated here. One line `N passed, N failed`
at the end; exit 1 on a failure, 77 where the register is not at hand.
"""
import csv
import os
import re
import sys
from collections import Counter

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATASETS = os.environ.get("WAYMARK_DATASETS", os.path.join(ROOT, "datasets"))
SHARED = os.environ.get("WAYMARK_SHARED", os.path.join(ROOT, "..", "shared"))

#          folder                    plan           indicators, actions, date of the register's drop
PLANS = [("somerset-wsoa-2020",     "SOM-WSOA",     62,  53, "2020-12-01"),
         ("somerset-app-2023",      "SOM-APP",      30,  57, "2023-04-30"),
         ("somerset-strategy-2023", "SOM-STRAT",     7,   0, "2023-03-31"),
         ("somerset-tracker-2025",  "SOM-TRACKER",  11,  74, "2025-01-31"),
         ("somerset-scrutiny-2023", "SOM-SCR",       2,   8, "2023-03-31"),
         ("south-glos-wsoa-2018",   "SG-WSOA",     136, 120, "2018-12-31")]
KINDS = {"weeks": "duration", "days": "duration", "months": "duration"}
COLOURS = {"nys": "white", "unknown": "grey"}
FREQUENCIES = {"month", "quarter", "term", "half", "year", "academic_year", "financial_year", "once", ""}
MOVED = ("WSOA-8.3", "2019")  # a calendar year among months; somerset-published has it
MONTH = {m: i for i, m in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
tally = Counter()


def check(ok, what):
    tally["passed" if ok else "failed"] += 1
    if not ok:
        print(f"FAIL {what}")


def same(ours, theirs, what):
    check(ours == theirs, f"{what}: have {ours!r}, register says {theirs!r}")


def read(*path):
    path = os.path.join(*path)
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, restval=""))


def register(name):
    return read(SHARED, "register", name + ".csv")


def pairs(ours, theirs, what):
    """Rows side by side, in order; a difference in number is a failure of its own."""
    same(len(ours), len(theirs), f"{what}: rows")
    return zip(ours, theirs)


def fields(ours, theirs, names, what):
    """NAMES is 'ours=theirs' or 'both', separated by spaces."""
    for name in names.split():
        mine, _, other = name.partition("=")
        same(ours[mine], theirs[other or mine], f"{what}, {mine}")


def plain_period(text):
    """A period as people write it, back in the register's notation."""
    month = re.fullmatch(r"([A-Z][a-z]{2})[- ](?:20)?(\d\d)", text)
    part = re.fullmatch(r"([QH]\d) (\d{4}/\d\d)", text)
    if month:
        return f"20{month[2]}-{MONTH[month[1]]:02d}"
    return f"{part[2]}-{part[1]}" if part else text


def numbers(text):
    return re.findall(r"\d[\d,.]*", text)


def compare_indicators(folder, plan, expected, unusual):
    ours = read(folder, "indicators.csv")
    same(len(ours), expected, f"{plan}: indicators")
    printed = {}
    for table in ("baselines", "targets"):
        for r in register(table):
            if r["value"] and r.get("target_kind", "absolute") in ("absolute", "comparator"):
                printed.setdefault(r["indicator_id"], []).append(r["value"])
    for mine, r in pairs(ours, [r for r in register("indicators") if r["plan_id"] == plan], f"{plan} indicators"):
        what = r["indicator_id"]
        fields(mine, r, "indicator=indicator_id theme=theme_id polarity low=value_bounds_low "
                        "high=value_bounds_high source_ref", what)
        same(mine["kind"], KINDS.get(r["kind"], r["kind"]), f"{what}, kind")
        same(mine["measure_unit"], {"percent": "%", "yes_no": ""}.get(r["kind"], r["unit"]), f"{what}, measure_unit")
        check(mine["frequency"] in FREQUENCIES, f"{what}, frequency {mine['frequency']!r}")
        if r["kind"] == "yes_no":
            same(mine["frequency"], "once", f"{what}, frequency")
        elif r["reporting_frequency"].startswith("monthly") and what not in unusual:
            same(mine["frequency"], "month", f"{what}, frequency")
        check(0 < len(mine["title"]) <= 60, f"{what}: title of {len(mine['title'])} characters")
        for value in printed.get(what, []):
            needed = len(value.partition(".")[2])
            check(r["kind"] in ("yes_no", "text") or int(mine["decimals"]) >= needed, f"{what}: decimals hide {value}")


def compare_targets(folder, plan, mine_ids):
    theirs = [r for r in register("targets") if r["indicator_id"] in mine_ids]
    for mine, r in pairs(read(folder, "targets.csv"), theirs, f"{plan} targets"):
        what = f"target {r['indicator_id']} {r['due']}"
        fields(mine, r, "indicator=indicator_id due target_kind value comparator resolved=resolved_value source_ref",
               what)
        raw, text = r["raw_text"], mine["target"]
        if not raw:
            same(text, "Done" if r["target_kind"] == "deliverable" else "", f"{what}, target")
        else:
            check(raw.lower() in text.lower(), f"{what}: {text!r} lacks the printed {raw!r}")
            same(numbers(text), numbers(raw), f"{what}, numbers")
        check(bool(mine["note"]) or not (r["anomaly"] or r["due_basis"].startswith("derived")), f"{what}: no note")


def compare_actions(folder, plan, expected):
    ours = read(folder, "actions.csv")
    same(len(ours), expected, f"{plan}: actions")
    for mine, r in pairs(ours, [r for r in register("actions") if r["plan_id"] == plan], f"{plan} actions"):
        what = r["action_id"]
        fields(mine, r, "action=action_id theme owner_role=lead_role start due source_ref", what)
        same(mine["rag"], COLOURS.get(r["current_rag"], r["current_rag"]), f"{what}, rag")
        same(mine["change_request"] != "", r["has_change_request"] == "1", f"{what}, change_request")
        noted = mine["barrier"] or mine["change_request"]
        same(bool(noted), bool(r["risk_note_summary"]) or r["has_change_request"] == "1", f"{what}, has a note")
    mine_ids = {r["action"] for r in ours}
    rag = [r for r in register("action_rag") if r["action_id"] in mine_ids]
    for mine, r in pairs(read(folder, "action_rag.csv"), rag, f"{plan} action_rag"):
        fields(mine, r, "action=action_id as_at source_ref", f"rag {r['action_id']}")
        same(mine["rag"], COLOURS.get(r["rag"], r["rag"]), f"rag {r['action_id']} {r['as_at']}")
    timeline = {r["action_id"]: r["timeline_due"] for r in register("timeline")}
    for r in ours:
        same(r["timeline_due"], timeline.get(r["action"], ""), f"{r['action']}, timeline_due")


def compare_readings(folder, plan, drop, mine_ids):
    theirs = [r for r in register("readings")
              if r["indicator_id"] in mine_ids and (r["indicator_id"], r["period"]) != MOVED]
    for mine, r in pairs(read(folder, "drops", drop, "readings.csv"), theirs, f"{plan} readings"):
        what = f"reading {r['indicator_id']} {r['period']}"
        fields(mine, r, "indicator=indicator_id value source_ref", what)
        period = r["period"].split("/")[-1] if r["period_type"] == "window" else r["period"]
        same(plain_period(mine["period"]), period, f"{what}, period")
        check(mine["state"] in ("final", "provisional"), f"{what}, state {mine['state']!r}")
        check(bool(mine["note"]) or (r["qualifier"] == "exact" and r["is_baseline"] == "0"), f"{what}: no note")
        if r["is_baseline"] == "1":
            check(mine["note"].startswith("Baseline"), f"{what}: not marked as baseline")


def compare_small_tables(folder, plan, mine_ids):
    for mine, r in pairs(read(folder, "themes.csv"), [r for r in register("themes") if r["plan_id"] == plan],
                         f"{plan} themes"):
        fields(mine, r, "theme=theme_id owner_role source_ref", r["theme_id"])
    theirs = [r for r in register("baselines") if r["indicator_id"] in mine_ids]
    for mine, r in pairs(read(folder, "baselines.csv"), theirs, f"{plan} baselines"):
        fields(mine, r, "indicator=indicator_id value qualifier as_at source_ref", f"baseline {r['indicator_id']}")
        same(mine["role"] or "primary", r["role"], f"role of baseline {r['indicator_id']}")
    theirs = [r for r in register("comparators") if r["indicator_id"] in mine_ids]
    for mine, r in pairs(read(folder, "comparators.csv"), theirs, f"{plan} comparators"):
        fields(mine, r, "indicator=indicator_id comparator value period=as_at source_ref",
               f"comparator {r['indicator_id']}")
    theirs = [r for r in register("milestones") if r["plan_id"] == plan]
    for mine, r in pairs(read(folder, "milestones.csv"), theirs, f"{plan} milestones"):
        fields(mine, r, "theme=theme_id due kind indicator=indicator_id source_ref", mine["milestone"])
        same(mine["done"], "", f"{mine['milestone']}, done")
    theirs = [r for r in register("risks") if r["plan_id"] == plan]
    for mine, r in pairs(read(folder, "risks.csv"), theirs, f"{plan} risks"):
        fields(mine, r, "risk=risk_id raised likelihood_before impact_before likelihood_after impact_after progress "
                        "source_ref", r["risk_id"])
        y, m, d = map(int, r["raised"].split("-"))
        same(mine["review_due"], f"{y}-{m + 3:02d}-{d:02d}", f"{r['risk_id']}, review_due")
    theirs = [r for r in register("costs") if r["plan_id"] == plan]
    for mine, r in pairs(read(folder, "costs.csv"), theirs, f"{plan} costs"):
        fields(mine, r, "action=action_id cost_gbp source_ref", f"cost {r['source_ref']}")


def check_keys(folder, plan):
    """Keys are unique and every reference resolves, within one folder."""
    table = {name: read(folder, name + ".csv") for name in
             ("themes", "indicators", "baselines", "targets", "comparators", "milestones", "actions", "action_rag",
              "risks", "events", "commentary", "evidence", "overrides")}
    key = {"themes": "theme", "indicators": "indicator", "milestones": "milestone", "actions": "action",
           "risks": "risk", "baselines": "indicator role", "action_rag": "action as_at",
           "comparators": "indicator comparator period"}
    for name, columns in key.items():
        seen = Counter(tuple(r.get(c, "") for c in columns.split()) for r in table[name])
        check(all(n == 1 for n in seen.values()), f"{plan}, {name}: twice {[k for k, n in seen.items() if n > 1]}")
    for name in ("themes", "indicators", "actions", "milestones", "risks"):
        titles = Counter(r["title"] for r in table[name])
        check(all(n == 1 for n in titles.values()), f"{plan}, {name}: same title {titles.most_common(1)}")
    known = {name: {r[c] for r in table[name]} for name, c in
             (("themes", "theme"), ("indicators", "indicator"), ("actions", "action"))}
    for name, rows in table.items():
        for r in rows:
            wanted = (r.get("indicator") or "").split() + (r.get("indicators") or "").split()
            check(set(wanted) <= known["indicators"], f"{plan}, {name}: unknown indicator in {wanted}")
            check(r.get("theme", "") in known["themes"] | {""}, f"{plan}, {name}: unknown theme {r.get('theme')}")
    check({r["action"] for r in table["action_rag"]} <= known["actions"], f"{plan}: RAG of an unknown action")


def check_wording():
    """Titles and notes are ours: none repeats the register's, or seven words in a row of a document."""
    theirs = {r["title"].lower() for name in ("themes", "indicators", "actions", "milestones", "risks")
              for r in register(name)} | {r["mitigation"].lower() for r in register("risks")}
    runs = set()
    seeds = os.path.join(SHARED, "seeds")
    for name in sorted(os.listdir(seeds)) if os.path.isdir(seeds) else []:
        with open(os.path.join(seeds, name), encoding="utf-8", errors="replace") as file:
            words = re.findall(r"[a-z0-9']+", file.read().lower())
        runs.update(tuple(words[i:i + 7]) for i in range(len(words) - 6))
    for r in read(DATASETS, "source", "titles.csv") + read(DATASETS, "source", "notes.csv"):
        text = r.get("title") or r["note"]
        check(text.lower() not in theirs, f"{r['kind']} {r['id']}: the register's own words")
        words = re.findall(r"[a-z0-9']+", text.lower())
        check(not any(tuple(words[i:i + 7]) in runs for i in range(len(words) - 6)),
              f"{r['kind']} {r['id']}: seven words of a document: {text}")


def last_known(folder):
    """{(indicator, period): row} as the last drop has it, and every row of the drops."""
    rows = [(drop, r) for drop in sorted(os.listdir(os.path.join(folder, "drops")))
            for r in read(folder, "drops", drop, "readings.csv")]
    return {(r["indicator"], plain_period(r["period"])): r for _, r in rows}, rows


def check_demonstration():
    last, rows = last_known(os.path.join(DATASETS, "somerset-wsoa-2020"))
    made = [r for drop, r in rows if drop != "2020-12-01"]
    same(len({d for d, _ in rows}), 19, "demonstration: drops")
    check(all(r["note"].startswith("illustrative") for r in made), "demonstration: a made-up row does not say so")
    check(all(r["note"] == "illustrative" for r in made if r["indicator"] != "WSOA-8.4"), "demonstration: notes")
    for year, total in (("2020", (358, 1005)), ("2021", (524, 810))):
        months = [last["WSOA-8.3", f"{year}-{m:02d}"] for m in range(1, 13)]
        same((sum(int(r["numerator"]) for r in months), sum(int(r["denominator"]) for r in months)), total,
             f"demonstration: WSOA-8.3 in {year}")
    states = Counter(r["state"] for r in made)
    check(all(states[s] for s in ("final", "provisional", "revised", "missing")), f"demonstration: states {states}")
    for name in ("commentary", "evidence", "overrides"):
        check(all(r["note"] == "illustrative" for r in read(DATASETS, "somerset-wsoa-2020", name + ".csv")),
              f"demonstration: {name} does not say that it is made up")


def check_published():
    folder, dfe = os.path.join(DATASETS, "somerset-published"), os.path.join(SHARED, "data", "dfe")
    if not os.path.isdir(dfe):
        return print("published files not at hand: somerset-published is not compared", file=sys.stderr)
    last, rows = last_known(folder)
    truth = {}
    for name, code, breakdown, top, of in (
            ("sen2_mi.csv", "new_la_code", None, "NoExc20weekEHC", "TotNoExcEHC"),
            ("timeliness_20_week.csv", "new_la_code", "All EHC plans issued", "plans_issued_20_weeks_ex",
             "plans_issued_den_ex")):
        for r in read(dfe, name):
            if r[code] == "E10000027" and breakdown in (None, r.get("breakdown")):
                truth["EHC20-CY", r["time_period"]] = (r[top], r[of])
    with open(os.path.join(dfe, "SEND Tribunals and appeal rate 2014-2024.csv"), newline="",
              encoding="utf-8-sig") as file:
        row = next(r for r in csv.reader(file) if r and r[0] == "Somerset")
    for i, year in enumerate(range(2014, 2025)):
        truth["APPEAL-CY", str(year)] = (row[2 + 3 * i].replace(",", ""), row[3 + 3 * i].replace(",", ""))
    same(set(last), set(truth), "published: series and years")
    for drop, r in rows:
        top, of = truth.get((r["indicator"], r["period"]), ("?", "?"))
        same((r["numerator"], r["denominator"]), ("", "") if of == "0" else (top, of),
             f"published {r['indicator']} {r['period']} in {drop}")
    same(len({d for d, _ in rows}), 6, "published: drops")
    check(all("Open Government Licence v3.0" in r["note"] for _, r in rows), "published: a row without its licence")
    same([r["value"] for r in read(folder, "baselines.csv")], ["21.8", "4.68"], "published: baselines")
    dues = [(r["due"], r["raw_text"]) for r in register("targets")
            if r["indicator_id"] in ("WSOA-8.3", "WSOA-8.4") and r["due"]]
    same([(r["due"], r["target"]) for r in read(folder, "targets.csv")], dues, "published: targets")
    check_keys(folder, "published")


def check_files():
    """UTF-8, LF, rows as long as their header, and a plan.ini and a drop in every folder."""
    for folder, _, names in os.walk(DATASETS):
        for name in names:
            if name.endswith((".csv", ".ini", ".md", ".py")):
                with open(os.path.join(folder, name), "rb") as file:
                    data = file.read()
                check(b"\r" not in data and data.endswith(b"\n"), f"{name} in {folder}: line ends")
                lines = list(csv.reader(data.decode("utf-8").splitlines())) if name.endswith(".csv") else []
                check(len({len(line) for line in lines}) <= 1, f"{name} in {folder}: a row longer or shorter")
    for folder in [p[0] for p in PLANS] + ["somerset-published"]:
        check(os.path.exists(os.path.join(DATASETS, folder, "plan.ini")), f"{folder}: no plan.ini")
        check(os.path.isdir(os.path.join(DATASETS, folder, "drops")), f"{folder}: no drops")


def main():
    if not os.path.isdir(os.path.join(SHARED, "register")):
        print("compare_register: skipped, no register; set WAYMARK_SHARED to the folder that holds it",
              file=sys.stderr)
        return 77
    unusual = {r["indicator"] for r in read(DATASETS, "source", "measures.csv") if r["reason"]}
    for name, plan, n_indicators, n_actions, drop in PLANS:
        folder = os.path.join(DATASETS, name)
        mine_ids = {r["indicator_id"] for r in register("indicators") if r["plan_id"] == plan}
        compare_indicators(folder, plan, n_indicators, unusual)
        compare_targets(folder, plan, mine_ids)
        compare_actions(folder, plan, n_actions)
        compare_readings(folder, plan, drop, mine_ids)
        compare_small_tables(folder, plan, mine_ids)
        check_keys(folder, plan)
    check_wording()
    check_demonstration()
    check_published()
    check_files()
    print(f"{tally['passed']} passed, {tally['failed']} failed")
    return 1 if tally["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
