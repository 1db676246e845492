#!/usr/bin/env python3
"""Make the plan folders from the facts of the register and our own titles and notes in source/.

    WAYMARK_SHARED=FOLDER python3 datasets/make.py

The outputs are committed, so only whoever changes the register or source/ needs to run this. The same inputs give
the same bytes. Hand-written tables of the demo plan (events, commentary, evidence, overrides) and the drops of
generate_drops.py and make_published.py are left alone.
"""
import os
import re
import sys

from tables import HERE, SOURCE, read, register_folder, write, write_text

FREQUENCY = {  # the register's words for how often a measure is reported
    "monthly": "month",
    "monthly board review; annual report": "month",
    "scorecard at 3, 6 and 12 months": "quarter",
    "3-monthly": "quarter",
    "6-monthly": "half",
}
MONTHLY_PLANS = {"SOM-WSOA", "SOM-APP", "SG-WSOA"}  # governed month by month, so an unstated frequency is a month
DURATIONS = {"weeks", "days", "months"}             # kinds of the register that are one kind here
RAG = {"nys": "white", "unknown": "grey"}           # other colours keep their names
STATUS = {"blue": "complete", "green": "under way", "amber": "under way, with concern", "red": "in difficulty",
          "nys": "not started", "unknown": ""}
SCRUTINY_STATUS = {"Completed": "complete", "To be scheduled": "not scheduled yet", "Agreed update": "update agreed",
                   "Update at March 2023": "updated in March 2023"}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def spoken_target(row):
    """The printed cell, with the least words added that make it readable alone."""
    text, kind = row["raw_text"], row["target_kind"]
    if kind == "deliverable" and not text:
        return "Done"
    if kind == "reduction_percent" and re.fullmatch(r"\d+%", text):
        return text + " reduction"
    if kind == "above_baseline" and re.fullmatch(r"\d+%", text):
        return text + " above baseline"
    return {"met or exceeded": "National average met or exceeded",
            "at least in line": "At least in line with national average"}.get(text, text)


def spoken_period(period, style):
    """A period as people write it: 2018/19-Q1 is Q1 2018/19, 2020-08 is Aug-20 or Aug 2020; a window is its end."""
    period = re.sub(r"^\d{4}-\d\d/(?=\d{4}-\d\d$)", "", period)
    part = re.fullmatch(r"(\d{4}/\d\d)-([QH]\d)", period)
    if part:
        return f"{part[2]} {part[1]}"
    month = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)", period)
    if not month:
        return period
    name = MONTHS[int(month[3]) - 1]
    return f"{name}-{month[2]}" if style == "Aug-20" else f"{name} {month[1]}{month[2]}"


def three_months_after(date):
    year, month, day = map(int, date.split("-"))
    year, month = year + (month + 2) // 12, (month + 2) % 12 + 1
    return f"{year}-{month:02d}-{day:02d}"


def decimals_of(texts):
    return max((len(t.partition(".")[2]) for t in texts), default=0)


class Register:
    """The register's tables, with our titles and notes beside them."""

    def __init__(self, folder):
        for name in ("themes", "indicators", "baselines", "targets", "comparators", "readings", "actions",
                     "action_rag", "milestones", "risks", "timeline", "costs"):
            setattr(self, name, read(os.path.join(folder, name + ".csv")))
        self.titles = {(r["kind"], r["id"]): r["title"] for r in read(os.path.join(SOURCE, "titles.csv"))}
        self.notes = {(r["kind"], r["id"]): r["note"] for r in read(os.path.join(SOURCE, "notes.csv"))}
        self.extras = {r["action"]: r for r in read(os.path.join(SOURCE, "actions.csv"))}
        self.risk_links = {r["risk"]: r["indicators"] for r in read(os.path.join(SOURCE, "risks.csv"))}
        self.measures = {r["indicator"]: r for r in read(os.path.join(SOURCE, "measures.csv"))}
        self.owner = {r["theme_id"]: r["owner_role"] for r in self.themes}
        self.plan_of = {r["indicator_id"]: r["plan_id"] for r in self.indicators}

    def note(self, kind, key):
        return self.notes.get((kind, key), "")

    def of(self, plan, table):
        """The rows of TABLE that belong to PLAN, through the indicator where they do not name the plan."""
        rows = getattr(self, table)
        if rows and "plan_id" in rows[0]:
            return [r for r in rows if r["plan_id"] == plan]
        return [r for r in rows if self.plan_of[r["indicator_id"]] == plan]

    def decimals(self, indicator, kind):
        if kind in ("yes_no", "text"):
            return ""
        printed = [r["value"] for t in (self.baselines, self.targets, self.comparators, self.readings) for r in t
                   if r["indicator_id"] == indicator and r["value"] and r.get("target_kind", "absolute") in
                   ("absolute", "comparator")]
        if not printed:
            return 1 if kind in ("percent", "rate") else 0
        return decimals_of(printed)


def themes(reg, plan):
    for r in reg.of(plan["plan"], "themes"):
        yield {"theme": r["theme_id"], "title": reg.titles["theme", r["theme_id"]], "owner_role": r["owner_role"],
               "source_ref": r["source_ref"]}


def indicators(reg, plan):
    for r in reg.of(plan["plan"], "indicators"):
        key, kind = r["indicator_id"], r["kind"]
        stated = FREQUENCY.get(r["reporting_frequency"], "month" if plan["plan"] in MONTHLY_PLANS else "")
        frequency = reg.measures.get(key, {}).get("frequency") or ("once" if kind == "yes_no" else stated)
        unit = {"percent": "%", "yes_no": ""}.get(kind, r["unit"])
        yield {"indicator": key, "title": reg.titles["indicator", key], "theme": r["theme_id"],
               "kind": "duration" if kind in DURATIONS else kind, "measure_unit": unit, "polarity": r["polarity"],
               "frequency": frequency, "low": r["value_bounds_low"], "high": r["value_bounds_high"],
               "decimals": reg.decimals(key, kind), "owner_role": reg.owner[r["theme_id"]],
               "source": plan["document"], "note": reg.note("indicator", key),
               "year_to_date": reg.measures.get(key, {}).get("year_to_date", ""), "source_ref": r["source_ref"]}


def baselines(reg, plan):
    for r in reg.of(plan["plan"], "baselines"):
        is_first = r["role"] == "primary"
        yield {"indicator": r["indicator_id"], "value": r["value"], "qualifier": r["qualifier"], "as_at": r["as_at"],
               "note": reg.note("baseline" if is_first else "second baseline", r["indicator_id"]),
               "role": "" if is_first else r["role"], "source_ref": r["source_ref"]}


def targets(reg, plan):
    undated = {}
    for r in reg.of(plan["plan"], "targets"):
        key = r["indicator_id"]
        note = reg.note("target", f"{key}@{r['due']}")
        if not r["due"] and not note:  # several undated targets of one measure are told apart by their order
            undated[key] = undated.get(key, 0) + 1
            note = reg.note("target", f"{key}@#{undated[key]}")
        if not r["raw_text"] and r["target_kind"] == "tbc":
            note = f"Cell blank in the printed plan. {note}".strip()
        if r["due_basis"].startswith("derived"):
            note = f"{note} Date reckoned from March 2023.".strip()
        yield {"indicator": key, "due": r["due"], "target": spoken_target(r), "note": note,
               "target_kind": r["target_kind"], "value": r["value"], "comparator": r["comparator"],
               "resolved": r["resolved_value"], "source_ref": r["source_ref"]}


def comparators(reg, plan):
    for r in reg.of(plan["plan"], "comparators"):
        yield {"indicator": r["indicator_id"], "comparator": r["comparator"], "period": r["as_at"],
               "value": r["value"], "source_ref": r["source_ref"]}


def milestones(reg, plan):
    for i, r in enumerate(reg.of(plan["plan"], "milestones"), 1):
        key = f"SG-M-{i:03d}"
        yield {"milestone": key, "theme": r["theme_id"], "title": reg.titles["milestone", key], "due": r["due"],
               "indicator": r["indicator_id"], "owner_role": reg.owner[r["theme_id"]], "kind": r["kind"],
               "source_ref": r["source_ref"]}


def actions(reg, plan):
    timeline = {r["action_id"]: r["timeline_due"] for r in reg.of(plan["plan"], "timeline")}
    for r in reg.of(plan["plan"], "actions"):
        key, ours = r["action_id"], reg.extras[r["action_id"]]
        yield {"action": key, "theme": r["theme"], "title": reg.titles["action", key], "owner_role": r["lead_role"],
               "start": r["start"], "due": r["due"],
               "status": SCRUTINY_STATUS.get(r["status_text"]) or STATUS[r["current_rag"]],
               "progress": ours["progress"], "barrier": ours["barrier"], "change_request": ours["change_request"], "new_due": ours["new_due"],
               "indicators": ours["indicators"], "rag": RAG.get(r["current_rag"], r["current_rag"]),
               "group": reg.titles["group", r["group"]] if r["group"] else "",
               "printed_ref": r["printed_ref"].replace(" (bullet)", ""),
               "timeline_due": timeline.get(key, ""), "source_ref": r["source_ref"]}


def action_rag(reg, plan):
    mine = {r["action_id"] for r in reg.of(plan["plan"], "actions")}
    for r in reg.action_rag:
        if r["action_id"] in mine:
            yield {"action": r["action_id"], "as_at": r["as_at"], "rag": RAG.get(r["rag"], r["rag"]),
                   "source_ref": r["source_ref"]}


def risks(reg, plan):
    for r in reg.of(plan["plan"], "risks"):
        key = r["risk_id"]
        yield {"risk": key, "title": reg.titles["risk", key], "raised": r["raised"],
               "likelihood_before": r["likelihood_before"], "impact_before": r["impact_before"],
               "mitigation": reg.titles["mitigation", key], "likelihood_after": r["likelihood_after"],
               "impact_after": r["impact_after"], "review_due": three_months_after(r["raised"]),
               "indicators": reg.risk_links[key], "source_ref": r["source_ref"]}


def costs(reg, plan):
    for i, r in enumerate(reg.of(plan["plan"], "costs"), 1):
        key = f"SG-C-{i:02d}"
        yield {"action": r["action_id"], "item": reg.titles["cost", key], "cost_gbp": r["cost_gbp"],
               "budget": reg.titles.get(("budget", key), ""), "source_ref": r["source_ref"]}


def readings(reg, plan):
    for r in reg.of(plan["plan"], "readings"):
        if (r["indicator_id"], r["period"]) == ("WSOA-8.3", "2019"):
            continue  # a whole year among months: it stands in somerset-published
        note = reg.note("reading", f"{r['indicator_id']}@{r['period']}")
        if r["is_baseline"] == "1":
            note = f"Baseline. {note}".strip()
        state = "provisional" if r["indicator_id"] == "TRK-LISTEN-BK" else "final"  # booked, not held
        yield {"indicator": r["indicator_id"], "period": spoken_period(r["period"], plan["month_style"]),
               "value": r["value"], "state": state, "note": note, "source_ref": r["source_ref"]}


PLAN_INI = """# Made by datasets/make.py; titles are ours, dates and version are the document's.
[plan]
title = {title}
area = {area}
owner_role = {owner_role}
start = {start}
end = {end}
version = {version}

[policy]
# The default status policy applies.

[model]
model = auto

[reports]
board = {board}
"""
TABLES = (themes, indicators, baselines, targets, comparators, milestones, actions, action_rag, risks, costs)


def make(reg, plan):
    folder = os.path.join(HERE, plan["folder"])
    write_text(os.path.join(folder, "plan.ini"), PLAN_INI.format(**plan))
    for table in TABLES:
        rows = list(table(reg, plan))
        if rows:
            write(os.path.join(folder, table.__name__ + ".csv"), table.__name__, rows)
    drop = os.path.join(folder, "drops", plan["received"], "readings.csv")
    write(drop, "readings", list(readings(reg, plan)))


def main():
    folder = os.path.join(register_folder(), "register")
    if not os.path.isdir(folder):
        sys.exit("make.py: the register is not at hand; set WAYMARK_SHARED to the folder that holds register/")
    reg = Register(folder)
    for plan in read(os.path.join(SOURCE, "plans.csv")):
        make(reg, plan)


if __name__ == "__main__":
    main()
