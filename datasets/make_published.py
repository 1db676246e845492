#!/usr/bin/env python3
"""Make somerset-published: two yearly measures of Somerset, from published statistics, as they became known.

    WAYMARK_SHARED=FOLDER python3 datasets/make_published.py

Sources, all under the Open Government Licence v3.0:
  DfE, Education, health and care plans, releases of 2022 (years 2014 to 2021) and 2025 (2019 to 2024);
  HMCTS and DfE, SEND appeal rate by local authority, 2014 to 2024.
We hold those files only, so a drop before 2022 is what they say of the year it first covered: for Somerset the two
DfE releases agree on every year they share. A drop stands in the month in which DfE released the year before:
May 2020, June 2021, May 2022, June 2023, June 2024, June 2025. The appeal rates came out at other times of the
year; they ride along in the same drops, so that each has one date.
"""
import csv
import os
import sys

from make import PLAN_INI
from tables import HERE, read, register_folder, write, write_text

SOMERSET = "E10000027"
FOLDER = os.path.join(HERE, "somerset-published")
PLANS, APPEALS = "EHC20-CY", "APPEAL-CY"
RELEASED = {2019: "2020-05", 2020: "2021-06", 2021: "2022-05", 2022: "2023-06", 2023: "2024-06", 2024: "2025-06"}
DFE = 'DfE, "Education, health and care plans"'
LICENCE = "Open Government Licence v3.0"


def plans_in_time(folder):
    """{release: {year: (numerator, denominator)}} of new plans issued in 20 weeks, exceptions left out."""
    old, new = {}, {}
    for r in read(os.path.join(folder, "sen2_mi.csv")):
        if r["new_la_code"] == SOMERSET:
            old[int(r["time_period"])] = (r["NoExc20weekEHC"], r["TotNoExcEHC"])
    for r in read(os.path.join(folder, "timeliness_20_week.csv")):
        if r["new_la_code"] == SOMERSET and r["breakdown"] == "All EHC plans issued":
            new[int(r["time_period"])] = (r["plans_issued_20_weeks_ex"], r["plans_issued_den_ex"])
    return {2022: old, 2025: new}


def england_in_time(folder):
    return {int(r["time_period"]): r["PC_plans_issued_20_weeks_ex"]
            for r in read(os.path.join(folder, "timeliness_20_week.csv"))
            if r["geographic_level"] == "National" and r["breakdown"] == "All EHC plans issued"}


def appeals(folder, place):
    """{year: (appeals, decisions, rate)} of the table's row that begins with PLACE; three columns a year."""
    path = os.path.join(folder, "SEND Tribunals and appeal rate 2014-2024.csv")
    with open(path, newline="", encoding="utf-8-sig") as file:
        row = next(r for r in csv.reader(file) if r and r[0].startswith(place))
    cells = [c.strip().replace(",", "").rstrip("%") for c in row[2:]]
    return {2014 + i: tuple(cells[3 * i:3 * i + 3]) for i in range(11)}


def drops(plans, rates):
    """{drop: rows}: each holds the year it first covers; the first one the years before; 2022 and 2025 all theirs."""
    for year, drop in RELEASED.items():
        release = 2022 if year <= 2021 else 2025
        years = {2019: range(2014, 2020), 2021: range(2014, 2022), 2024: range(2019, 2025)}.get(year, [year])
        rows = []
        for y in years:
            numerator, denominator = plans[release][y]
            note = f"{DFE}, released {drop}, figure as in the {release} release; {LICENCE}"
            counted = denominator not in ("0", "z")  # no plan was issued in 2014: not applicable, never nought
            rows.append({"indicator": PLANS, "period": y, "value": "" if counted else "z", "note": note,
                         "numerator": numerator if counted else "", "denominator": denominator if counted else "",
                         "state": "final" if counted else ""})
        for y in range(2014, 2020) if year == 2019 else [year]:
            rows.append({"indicator": APPEALS, "period": y, "numerator": rates[y][0], "denominator": rates[y][1],
                         "state": "final",
                         "note": f"HMCTS and DfE, SEND appeal rate 2014 to 2024; {LICENCE}"})
        yield drop, rows


def main():
    folder = os.path.join(register_folder(), "data", "dfe")
    if not os.path.isdir(folder):
        sys.exit("make_published.py: set WAYMARK_SHARED to the folder that holds data/dfe")
    register = {name: read(os.path.join(register_folder(), "register", name + ".csv"))
                for name in ("baselines", "targets")}
    write_text(os.path.join(FOLDER, "plan.ini"), PLAN_INI.format(
        title="Somerset EHC plans and appeals: published figures", area="Somerset", start="2020-09-01",
        end="2023-12-31", owner_role="Director of Children's Services, Somerset", version="2025-06",
        board="SEND Improvement Board").replace("datasets/make.py", "datasets/make_published.py"))

    common = {"theme": "TIME", "kind": "percent", "measure_unit": "%", "frequency": "year", "low": 0, "high": 100,
              "decimals": 1, "owner_role": "SEND Strategic Manager, county council"}
    write(os.path.join(FOLDER, "themes.csv"), "themes", [
        {"theme": "TIME", "title": "EHC assessments on time and without dispute",
         "owner_role": common["owner_role"]}])
    write(os.path.join(FOLDER, "indicators.csv"), "indicators", [
        {**common, "indicator": PLANS, "title": "EHC plans issued within 20 weeks, year", "polarity": "higher",
         "source": f"{DFE}, {LICENCE}", "note": "New plans in the calendar year; plans with an exception left out."},
        {**common, "indicator": APPEALS, "title": "SEND appeals per 100 decisions, year", "polarity": "lower",
         "source": f"HMCTS and DfE, SEND appeal rate, {LICENCE}",
         "note": "Appeals registered, of all decisions that could be appealed, in the calendar year."}])

    base = {(r["indicator_id"], r["role"]): r for r in register["baselines"]}
    write(os.path.join(FOLDER, "baselines.csv"), "baselines", [
        {"indicator": ours, "value": base[key]["value"], "qualifier": base[key]["qualifier"],
         "as_at": base[key]["as_at"], "note": note, "source_ref": base[key]["source_ref"]}
        for ours, key, note in ((PLANS, ("WSOA-8.3", "secondary"), "The figure in brackets in the 2020 plan."),
                                (APPEALS, ("WSOA-8.4", "primary"), "129 of 2757."))])
    write(os.path.join(FOLDER, "targets.csv"), "targets", [
        {"indicator": {"WSOA-8.3": PLANS, "WSOA-8.4": APPEALS}[r["indicator_id"]], "due": r["due"],
         "target": r["raw_text"], "note": "As in the 2020 plan.", "target_kind": r["target_kind"],
         "value": r["value"], "comparator": r["comparator"], "resolved": r["resolved_value"],
         "source_ref": r["source_ref"]}
        for r in register["targets"] if r["indicator_id"] in ("WSOA-8.3", "WSOA-8.4") and r["due"]])

    england = appeals(folder, "England Total")
    write(os.path.join(FOLDER, "comparators.csv"), "comparators",
          [{"indicator": PLANS, "comparator": "upper_quartile", "value": 75}]
          + [{"indicator": PLANS, "comparator": "national", "period": y, "value": v}
             for y, v in sorted(england_in_time(folder).items())]
          + [{"indicator": APPEALS, "comparator": "national", "period": y, "value": f"{float(v[2]):g}"}
             for y, v in sorted(england.items())])
    write(os.path.join(FOLDER, "events.csv"), "events", [
        {"indicator": PLANS, "period": 2022, "kind": "break", "title": "Collected child by child, not as totals",
         "note": f"{DFE}, 2025 release, data guidance: the source changed in the collection of 2023"},
        {"indicator": APPEALS, "period": 2023, "kind": "break", "title": "Decisions counted from a new collection",
         "note": "HMCTS and DfE ask for caution when 2023 is set beside earlier years"}])
    for drop, rows in drops(plans_in_time(folder), appeals(folder, "Somerset")):
        write(os.path.join(FOLDER, "drops", drop, "readings.csv"), "counted", rows)


if __name__ == "__main__":
    main()
