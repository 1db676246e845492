#!/usr/bin/env python3
"""Recompute the demonstration's assessments from its CSV files alone, and compare them with assessments.csv to 1e-9.

Written from contracts and docs/methods.md, not from the sources: another reading of the rules in another language, with its own calendar,
least squares and Student's t. The plan is the demonstration's with `[model] model = ols` and `[policy] hold_readings = 1`, under which no
status is held: what the pooled model and hysteresis add is checked elsewhere. Prints `N passed, N failed`.

usage: recompute_assessments.py (WAYMARK_COMMAND and WAYMARK_SOURCE in the environment)
"""
import csv
import datetime
import decimal
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOLERANCE = 1e-9
SLACK = 1e-9  # a figure at a threshold reaches it
AS_ATS = ["2020-08-15", "2020-10-31", "2020-12-01", "2021-01-31", "2021-03-31", "2021-06-30", "2021-07-31", "2021-08-31", "2021-09-15",
          "2021-11-30", "2022-01-31", "2022-02-28", "2022-03-31", "2022-12-31"]
LAG_DAYS = 31
STALE_DAYS = 92
HORIZON_MONTHS = 120

MONTHS = {name: i + 1 for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
FREQUENCY_MONTHS = {"month": 1, "quarter": 3, "term": 4, "half": 6, "year": 12, "academic_year": 12, "financial_year": 12, "once": 0}
FREQUENCY_ANCHOR = {"month": 1, "quarter": 1, "term": 1, "half": 4, "year": 1, "academic_year": 9, "financial_year": 4}
MARKERS = {"": "missing", "c": "suppressed", "[c]": "suppressed", "x": "not_available", "[x]": "not_available", "z": "not_applicable",
           "[z]": "not_applicable"}
WITH_VALUE = ("final", "provisional", "revised")


# ---- calendar ---------------------------------------------------------------------------------------------------------------------------

def month_end(year, month):
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def period(text):
    """First and last day of a period as the demonstration writes them."""
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        day = datetime.date(*map(int, match.groups()))
        return day, day
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = map(int, match.groups())
        return datetime.date(year, month, 1), month_end(year, month)
    if match := re.fullmatch(r"([A-Z][a-z]{2})-(\d{2})", text):
        year, month = 2000 + int(match[2]), MONTHS[match[1].lower()]
        return datetime.date(year, month, 1), month_end(year, month)
    if match := re.fullmatch(r"(\d{4})/(\d{2})", text):
        year = int(match[1])
        return datetime.date(year, 4, 1), month_end(year + 1, 3)
    if match := re.fullmatch(r"\d{4}", text):
        return datetime.date(int(text), 1, 1), month_end(int(text), 12)
    raise ValueError(text)


def months(day):
    return day.year * 12 + day.month - 1 + day.day / month_end(day.year, day.month).day


def end_of_month_number(number):
    """The day on which a whole number of months stands."""
    return month_end(number // 12, 0) if number % 12 == 0 else month_end(number // 12, number % 12)


def last_period_end(frequency, day):
    """End of the last period of a frequency that ends by a day."""
    if frequency == "once":
        return day
    n, anchor = FREQUENCY_MONTHS[frequency], FREQUENCY_ANCHOR[frequency]
    number = math.floor(months(day) + 1e-12)  # whole months gone by
    first = anchor - 1
    return end_of_month_number((number - first) // n * n + first)


# ---- numbers ----------------------------------------------------------------------------------------------------------------------------

def published(value, decimals):
    """Rounded half away from zero, as a person would from the shortest decimal text."""
    quantum = decimal.Decimal(1).scaleb(-decimals)
    return float(decimal.Decimal(repr(value)).quantize(quantum, rounding=decimal.ROUND_HALF_UP))


def incomplete_beta(a, b, x):
    """Regularised, by Lentz's continued fraction (Numerical Recipes, 3rd ed., 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny, c = 1e-300, 1.0
    d = 1 / (1 - (a + b) * x / (a + 1) or tiny)
    f = d
    for m in range(1, 2000):
        for numerator in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + numerator * d or tiny)
            c = 1 + numerator / c or tiny
            f *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * f


def student_cdf(t, df):
    """Through whichever tail keeps the digits."""
    tail = incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2
    return tail if t < 0 else 1 - tail


class Trend:
    """Least squares on months, with a level of its own between each two steps: analysis of covariance."""

    def __init__(self, points, steps):
        """Steps are times; those that leave too few readings are left out, the earliest first."""
        while len(points) <= 2 + len(steps):
            steps = steps[1:]
        groups = {}
        for t, y in points:
            groups.setdefault(sum(t > step for step in steps), []).append((t, y))
        means = {g: (math.fsum(t for t, _ in of) / len(of), math.fsum(y for _, y in of) / len(of)) for g, of in groups.items()}
        near = [(t - means[g][0], y - means[g][1]) for g, of in groups.items() for t, y in of]
        last = max(groups)
        self.n, (self.t, self.y) = len(groups[last]), means[last]
        self.df = len(points) - len(groups) - 1
        self.stt = math.fsum(t * t for t, _ in near)
        self.slope = math.fsum(t * y for t, y in near) / self.stt
        self.sd = math.sqrt(math.fsum((y - self.slope * t) ** 2 for t, y in near) / self.df)
        if self.sd <= 1e-13 * max(abs(y) for _, y in points):
            self.sd = 0.0

    def chance(self, indicator, t, target):
        level = self.y + self.slope * (t - self.t)
        if self.sd == 0:
            return float(indicator.is_met(level, target))
        scale = self.sd * math.sqrt(1 + 1 / self.n + (t - self.t) ** 2 / self.stt)

        def cdf(y):
            return student_cdf((y - level) / scale, self.df)

        if indicator.polarity == "higher":
            return student_cdf((level - target) / scale, self.df)
        if indicator.polarity == "lower":
            return cdf(target)
        tolerance = indicator.band("tolerance", target)
        return cdf(target + tolerance) - cdf(target - tolerance)


# ---- the plan ---------------------------------------------------------------------------------------------------------------------------

def table(folder, name):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return []
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number_or_none(text):
    return float(text) if text.strip() else None


class Indicator:
    def __init__(self, row):
        self.id, self.kind, self.unit = row["indicator"], row["kind"], row["measure_unit"]
        self.polarity = row["polarity"] or "none"
        if self.kind == "yes_no" and self.polarity == "plan":
            self.polarity = "higher"  # done is better than not, and early is not off plan
        self.frequency = row["frequency"] or "month"
        self.low, self.high = number_or_none(row["low"]), number_or_none(row["high"])
        self.decimals = int(row["decimals"]) if row["decimals"] else int(self.kind in ("percent", "rate", "duration", "score"))
        self.bands = {name: number_or_none(row[name]) for name in ("tolerance", "near")}
        self.is_yearly = FREQUENCY_MONTHS[self.frequency] in (0, 12)
        self.n_to_hold = 1 if self.is_yearly or self.kind == "yes_no" else 2

    def band(self, name, level):
        if self.bands[name] is not None:
            return self.bands[name]
        points, share = {"tolerance": (1, 0.02), "near": (5, 0.10)}[name]
        return points if self.kind == "percent" else share * abs(level)

    def is_met(self, value, target):
        value, target = published(value, self.decimals), published(target, max(self.decimals, 3))
        slack = SLACK * max(1, abs(value), abs(target))
        if self.polarity == "higher":
            return value >= target - slack
        if self.polarity == "lower":
            return value <= target + slack
        return self.polarity == "plan" and abs(value - target) <= self.band("tolerance", target) + slack

    def gap(self, value, level):
        return {"higher": value - level, "lower": level - value, "plan": -abs(value - level)}.get(self.polarity)

    def holds(self, number):
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


class Plan:
    def __init__(self, folder):
        self.folder = folder
        ini = open(os.path.join(folder, "plan.ini"), encoding="utf-8").read()
        self.start = period(re.search(r"^start = (\S+)", ini, re.M)[1])[0]
        self.indicators = {row["indicator"]: Indicator(row) for row in table(folder, "indicators.csv")}
        self.targets, self.comparators, self.overrides = (table(folder, name) for name in ("targets.csv", "comparators.csv", "overrides.csv"))
        self.events = table(folder, "events.csv")
        self.baselines = {}
        for row in table(folder, "baselines.csv"):
            self.baselines.setdefault(row["indicator"], row)

    def baseline(self, indicator):
        row = self.baselines.get(indicator.id)
        if row is None:
            return (0.0, self.start) if indicator.kind == "yes_no" else (None, None)
        has_figure = (row["qualifier"] or "exact") in ("exact", "less_than", "greater_than", "approx")
        value = number_or_none(row["value"]) if has_figure else None
        return value, period(row["as_at"])[1] if row["as_at"] else self.start

    def resolve(self, indicator, text, baseline, as_at):
        """A target's text as a number, or None."""
        words = text.lower()
        figure = re.search(r"-?\d+(?:\.\d+)?", words)
        if indicator.kind == "yes_no":
            return 1.0 if words == "done" else None
        if "quartile" in words or "average" in words:
            name = "upper_quartile" if "quartile" in words else "national"
            known = [row for row in self.comparators
                     if row["indicator"] == indicator.id and row["comparator"] == name and row["value"] and
                     (not row["period"] or period(row["period"])[1] <= as_at)]
            if known:
                latest = max(known, key=lambda row: period(row["period"])[1] if row["period"] else datetime.date.min)
                number = float(latest["value"])
            else:
                number = float(figure[0]) if figure else None
        elif figure is None:
            return None
        elif "reduction" in words or "above baseline" in words:
            share = float(figure[0]) / 100 * (-1 if "reduction" in words else 1)
            number = None if baseline is None else baseline * (1 + share)
        else:
            number = float(figure[0])
        return number if number is not None and indicator.holds(number) else None

    def milestones(self, indicator, baseline, as_at):
        """Resolved and dated ones, by due date; and how many are neither and come later, unless they ask nothing."""
        resolved, unresolved = [], []
        for row in self.targets:
            if row["indicator"] != indicator.id:
                continue
            if row["from"] and period(row["from"])[0] > as_at or row["to"] and period(row["to"])[1] < as_at:
                continue
            target = self.resolve(indicator, row["target"], baseline, as_at)
            if target is None or not row["due"]:
                if row["target"].strip().lower() not in ("n/a", "not applicable", "none"):
                    unresolved.append(period(row["due"])[1] if row["due"] else datetime.date.max)
            else:
                due = period(row["due"])[1]
                resolved.append((month_end(due.year, due.month), target))
        resolved.sort(key=lambda one: one[0])
        return resolved, sum(not resolved or due > resolved[-1][0] for due in unresolved)


# ---- the drops --------------------------------------------------------------------------------------------------------------------------

class Reading:
    def __init__(self, start, end, value, numerator, denominator, state):
        self.start, self.end, self.value, self.numerator, self.denominator, self.state = start, end, value, numerator, denominator, state
        self.t = months(end)

    def same_figures(self, other):
        return (self.value, self.numerator, self.denominator) == (other.value, other.numerator, other.denominator) and \
            (self.value is not None or self.state == other.state)


class Refused(Exception):
    pass


def figure(text, indicator):
    text = text.strip()
    if text.lower() in MARKERS:
        return None, MARKERS[text.lower()]
    if text.lower() in ("yes", "done", "no", "not done"):
        return float(text.lower() in ("yes", "done")), "final"
    match = re.fullmatch(r"(-?[\d,]*\.?\d+)\s*(%|[a-z]+)?", text)
    if not match or match[2] and not indicator.unit.startswith(match[2]):
        raise Refused(text)
    return float(match[1].replace(",", "")), "final"


def read_row(row, plan):
    indicator = plan.indicators.get(row["indicator"])
    if indicator is None:
        raise Refused("indicator")
    start, end = period(row["period"])
    value, state = figure(row.get("value") or "", indicator)
    numerator, _ = figure(row.get("numerator") or "", indicator)
    denominator, _ = figure(row.get("denominator") or "", indicator)
    is_share = indicator.kind == "percent"
    if is_share and None not in (numerator, denominator) and numerator > denominator:
        raise Refused("numerator")
    if value is None and state == "missing" and None not in (numerator, denominator):
        if denominator > 0:
            value, state = numerator / denominator * (100 if is_share else 1), "final"
        else:
            state = "not_applicable"
    if row.get("state"):
        state = row["state"]
        if (value is None) == (state in WITH_VALUE):
            raise Refused("state")
    if value is not None and not indicator.holds(value):
        raise Refused("bounds")
    return indicator.id, Reading(start, end, value, numerator, denominator, state)


def read_drops(plan):
    """{indicator: {(end, start): [(received, reading), ...]}} in the order in which drops stand."""
    series = {name: {} for name in plan.indicators}
    root = os.path.join(plan.folder, "drops")
    received_days = set()
    for folder in sorted(os.listdir(root), key=lambda name: period(name)[1]):
        received = period(folder)[1]
        received_days.add(received)
        for name in sorted(os.listdir(os.path.join(root, folder))):
            seen = set()
            for row in table(root, os.path.join(folder, name)):
                try:
                    indicator, reading = read_row(row, plan)
                except Refused:
                    continue
                vintages = series[indicator].setdefault((reading.end, reading.start), [])
                if (indicator, reading.end, reading.start) in seen:
                    continue  # said again, or a conflict: the first stands
                seen.add((indicator, reading.end, reading.start))
                before = vintages[-1][1] if vintages else None
                if before and reading.numerator is None and reading.denominator is None and reading.value == before.value:
                    reading.numerator, reading.denominator = before.numerator, before.denominator
                vintages.append((received, reading))
    return series, sorted(received_days)


def as_at_readings(vintages, as_at):
    out = []
    for key in sorted(vintages):
        if key[1] > as_at:
            continue  # a period that has not begun has no reading
        known = [reading for received, reading in vintages[key] if received <= as_at]
        if known:
            out.append(known[-1])
    return out


# ---- the path ---------------------------------------------------------------------------------------------------------------------------

class Path:
    def __init__(self, indicator, baseline, start, milestones):
        self.is_step = indicator.kind == "yes_no"
        self.has_start = baseline is not None and start is not None
        points = [(months(start), baseline)] if self.has_start else []
        self.points = []
        for t, value in points + [(months(due), target) for due, target in milestones]:
            if not self.points or t > self.points[-1][0]:
                self.points.append((t, value))
        self.exists = bool(milestones)

    def at(self, t):
        if not self.exists or t < self.points[0][0] and not self.has_start:
            return None
        if t < self.points[0][0]:
            return self.points[0][1]
        for (t0, y0), (t1, y1) in zip(self.points, self.points[1:]):
            if t < t1:
                return y0 if self.is_step else y0 + (y1 - y0) * ((t - t0) / (t1 - t0))
        return self.points[-1][1]

    def months_gap(self, indicator, t, y):
        level = self.at(t)
        if indicator.polarity not in ("higher", "lower") or level is None:
            return None
        sign = 1 if indicator.polarity == "higher" else -1
        best, best_time = sign * self.points[0][1], self.points[0][0]
        tau = best_time if sign * y <= best else None
        improves = False
        for (t0, y0), (t1, y1) in zip(self.points, self.points[1:]):
            if sign * y1 <= best:
                continue
            improves = True
            if tau is None and sign * y <= sign * y1:
                tau = t1 if self.is_step else t0 + (t1 - t0) * ((y - y0) / (y1 - y0))
            best, best_time = sign * y1, t1
        if not improves:
            return None
        ahead = (best_time if tau is None else tau) - t
        return max(0.0, ahead) if indicator.gap(y, level) >= 0 else min(0.0, ahead)


# ---- the assessment ---------------------------------------------------------------------------------------------------------------------

POLICY = {
    "on": {"likely": ("green", ""), "uncertain": ("green", "watch"), "unlikely": ("amber", "early_warning"), "none": ("green", "position_only")},
    "near": {"likely": ("green", ""), "uncertain": ("amber", ""), "unlikely": ("red", ""), "none": ("amber", "position_only")},
    "off": {"likely": ("amber", "recovering"), "uncertain": ("amber", ""), "unlikely": ("red", ""), "none": ("red", "position_only")},
}


class Assessment:
    def __init__(self, plan, indicator, vintages, as_at):
        self.plan, self.indicator, self.as_at = plan, indicator, as_at
        self.readings = as_at_readings(vintages, as_at)
        self.values = [reading for reading in self.readings if reading.value is not None]
        self.latest = self.values[-1] if self.values else None
        self.baseline, start = plan.baseline(indicator)
        self.milestones, self.n_later_unresolved = plan.milestones(indicator, self.baseline, as_at)
        self.path = Path(indicator, self.baseline, start, self.milestones)
        self.trend = None
        fitted = self.fitted()
        if indicator.kind not in ("yes_no", "text") and len(fitted) >= 3:
            self.trend = Trend([(reading.t, reading.value) for reading in fitted], self.steps(fitted))

    def steps(self, fitted):
        """When interventions begin that have a reading on either side, and one between each two."""
        steps = {}
        for row in self.plan.events:
            if row["kind"] == "intervention" and row["indicator"] == self.indicator.id:
                start, _ = period(row["period"])
                n_before = sum(reading.end < start for reading in fitted)
                if 0 < n_before < len(fitted):
                    at = months(start - datetime.timedelta(days=1))
                    steps[n_before] = min(at, steps.get(n_before, at))
        return sorted(steps.values())

    def fitted(self):
        """The readings that a line takes: those since the last break that some reading follows, without outliers."""
        events = [(row["kind"], *period(row["period"])) for row in self.plan.events if row["indicator"] == self.indicator.id]
        breaks = [start for kind, start, _ in events if kind == "break" and self.latest and start <= self.latest.end]
        return [reading for reading in self.values if all(reading.end >= start for start in breaks) and
                not any(kind == "outlier" and start <= reading.end <= end for kind, start, end in events)]

    def judging_day(self, due):
        """The end of the period that judges; the periods follow the latest reading's."""
        n = FREQUENCY_MONTHS[self.indicator.frequency]
        if n <= 1 or not self.latest:
            return last_period_end(self.indicator.frequency, due)
        latest = month_end(self.latest.end.year, self.latest.end.month)
        steps = math.floor((months(due) - months(latest)) / n)
        return end_of_month_number(round(months(latest)) + steps * n)

    def is_held(self, target):
        last = self.values[-self.indicator.n_to_hold:]
        return len(last) == self.indicator.n_to_hold and all(self.indicator.is_met(reading.value, target) for reading in last)

    def judge(self, due, target):
        by_due = [reading for reading in self.values if reading.end <= due]
        met = self.indicator.is_met
        if self.indicator.kind == "yes_no" and by_due and met(by_due[-1].value, target) and met(self.latest.value, target):
            return "met"
        if due > self.as_at:
            return "ahead"
        judge = by_due[-1] if by_due else None
        judging_day = self.judging_day(due)
        if judge and self.path.has_start and judge.t <= self.path.points[0][0] and judge.end < judging_day:
            judge = None  # no younger than the baseline: nothing has been told since
        if judge is None:
            later = [reading for reading in self.values if reading.end > due]
            if not later:
                return "pending"
            judge = later[0]
        else:
            is_last_word = self.indicator.frequency == "once" and (self.as_at - due).days >= LAG_DAYS
            if not (judge.end >= judging_day or self.readings[-1].end > due or is_last_word):
                return "pending"
        if met(judge.value, target):
            return "met"
        return "recovered" if self.is_held(target) else "missed"

    def chance(self, due, target):
        if self.indicator.polarity == "none" or not self.latest or self.judge(due, target) not in ("ahead", "pending"):
            return None
        t = months(self.judging_day(due))
        if t <= self.latest.t:
            return float(self.indicator.is_met(self.latest.value, target))
        return self.trend.chance(self.indicator, t, target) if self.trend else None

    def expected(self, target, wanted):
        if not self.trend:
            return None
        first = math.floor(max(self.latest.t, math.ceil(months(self.as_at)) - 1)) + 1
        for number in range(first, first + HORIZON_MONTHS):
            chance = self.trend.chance(self.indicator, number, target) if self.indicator.polarity != "none" else -1
            if chance >= wanted - SLACK:
                return end_of_month_number(number).isoformat()
        return None

    def first_reading_due(self):
        lag = datetime.timedelta(days=LAG_DAYS)
        if self.indicator.frequency == "once":
            return self.milestones[0][0] + lag if self.milestones else None
        n = FREQUENCY_MONTHS[self.indicator.frequency]
        before = months(last_period_end(self.indicator.frequency, self.plan.start))
        return end_of_month_number(round(before) + n) + lag

    def cannot_be_judged(self):
        indicator, path = self.indicator, self.path
        if indicator.kind == "text" or indicator.polarity == "none" or not path.exists:
            return True
        t = self.latest.t if self.latest else months(self.as_at)
        if not path.has_start and t < path.points[0][0] and self.judge(*self.milestones[0]) in ("ahead", "pending"):
            return True
        due = self.first_reading_due()
        is_awaited = not self.readings and due is not None and due > self.as_at
        return not self.latest and self.as_at >= self.plan.start and not is_awaited

    def is_stale(self):
        n = FREQUENCY_MONTHS[self.indicator.frequency]
        if n == 0:
            return False
        latest = round(months(month_end(self.latest.end.year, self.latest.end.month)))
        return (self.as_at - end_of_month_number(latest + n)).days > LAG_DAYS + STALE_DAYS

    def verdict(self, position, outlook):
        if self.cannot_be_judged():
            return "grey", ""
        if self.as_at < self.plan.start or not self.latest:
            return "white", ""
        states = [self.judge(*milestone) for milestone in self.milestones]
        if "missed" in states:
            return "red", ""
        if states[-1] in ("met", "recovered") and self.is_held(self.milestones[-1][1]) and not self.n_later_unresolved:
            return "blue", ""
        if self.is_stale() or position == "none":
            return "grey", ""
        return POLICY[position][outlook]

    def overridden(self, verdict):
        for row in self.plan.overrides:
            begins = not row["from"] or period(row["from"])[0] <= self.as_at
            lasts = not row["expires"] or self.as_at <= period(row["expires"])[1]
            if row["indicator"] == self.indicator.id and begins and lasts:
                return row["status"], "override"
        return verdict

    def position(self, gap, level):
        if gap is None:
            return "none"
        slack = SLACK * max(1, abs(level))
        for name, band in (("on", "tolerance"), ("near", "near")):
            if gap >= -self.indicator.band(band, level) - slack:
                return name
        return "off"

    def months_gap(self):
        """What is to be done by a date is late by the months since that date, while it is not done."""
        indicator, latest = self.indicator, self.latest
        if not latest or not self.path.exists:
            return None
        if indicator.kind != "yes_no":
            return self.path.months_gap(indicator, latest.t, latest.value)
        if indicator.polarity == "none":
            return None
        undone = [months(due) for due, target in self.milestones if not indicator.is_met(latest.value, target)]
        return min(0.0, undone[0] - latest.t) if undone else 0.0

    def row(self):
        indicator, latest = self.indicator, self.latest
        level = self.path.at(latest.t) if latest and self.path.exists else None
        gap = None if level is None else indicator.gap(latest.value, level)
        position = self.position(gap, level)
        open_ones = [one for one in self.milestones if self.judge(*one) in ("ahead", "pending")]
        ahead, due = [one for one in open_ones if one[0] > self.as_at], [one for one in open_ones if one[0] <= self.as_at]
        following, pending = ahead[0] if ahead else None, due[0] if due else None
        last = self.milestones[-1] if self.milestones else None
        chance = self.chance(*following) if following else None
        pending_chance = self.chance(*pending) if pending else None
        asked = pending_chance if pending else chance
        outlook = "none" if asked is None else next((name for name, least in (("likely", 0.5), ("uncertain", 0.2)) if asked >= least - SLACK), "unlikely")
        wanted = following[1] if following else None
        if latest and not following and last and not indicator.is_met(latest.value, last[1]):
            wanted = last[1]
        months_left = months(self.judging_day(following[0])) - latest.t if following and latest else 0
        status, mark = self.overridden(self.verdict(position, outlook))
        expected = [self.expected(wanted, p) if latest and wanted is not None else None for p in (0.5, 0.1, 0.9)]
        return {
            "indicator": indicator.id, "as_at": self.as_at.isoformat(), "value": latest and latest.value, "numerator": latest and latest.numerator,
            "denominator": latest and latest.denominator, "state": latest and latest.state, "baseline": self.baseline, "trajectory": level, "gap": gap,
            "months_gap": self.months_gap(),
            "due": following and following[0].isoformat(), "target": following and following[1], "chance": chance, "last_due": last and last[0].isoformat(),
            "last_target": last and last[1], "last_chance": self.chance(*last) if last else None, "expected": expected[0], "expected_lo": expected[1],
            "expected_hi": expected[2], "required_pace": (following[1] - latest.value) / months_left if months_left > 0 else None,
            "pending_due": pending and pending[0].isoformat(), "pending_target": pending and pending[1], "pending_chance": pending_chance,
            "achieved_pace": self.trend.slope if self.trend else None, "position": position, "outlook": outlook, "status": status, "mark": mark,
        }


# ---- the comparison ---------------------------------------------------------------------------------------------------------------------

def agrees(theirs, ours):
    if ours is None or ours == "":
        return theirs == ""
    if isinstance(ours, str):
        return theirs == ours
    return theirs != "" and abs(float(theirs) - ours) <= TOLERANCE * max(1, abs(ours))


def compare(plan, series, days, as_at, rows):
    """(passed, failures) for one as-at."""
    passed, failures = 0, []
    date = datetime.date.fromisoformat(as_at)
    earlier = [day for day in days if day < date]
    if len(rows) != len(plan.indicators):
        failures.append(f"{as_at}: {len(rows)} rows, not {len(plan.indicators)}")
    for row in rows:
        indicator = plan.indicators[row["indicator"]]
        ours = Assessment(plan, indicator, series[indicator.id], date).row()
        ours["previous_status"] = Assessment(plan, indicator, series[indicator.id], earlier[-1]).row()["status"] if earlier else None
        wrong = [f"{name}: {row[name]!r}, recomputed {value!r}" for name, value in ours.items() if not agrees(row[name], value)]
        passed += not wrong
        if wrong:
            failures.append(f"{as_at} {indicator.id}: " + "; ".join(wrong))
    return passed, failures


def main():
    command, source = os.environ.get("WAYMARK_COMMAND"), os.environ.get("WAYMARK_SOURCE")
    if not command or not source:
        print("WAYMARK_COMMAND and WAYMARK_SOURCE are not set")
        return 77
    passed, failures = 0, []
    with tempfile.TemporaryDirectory() as root:
        folder = os.path.join(root, "plan")
        shutil.copytree(os.path.join(source, "datasets", "somerset-wsoa-2020"), folder, ignore=shutil.ignore_patterns("out", "waymark.db*"))
        ini = os.path.join(folder, "plan.ini")
        with open(ini, encoding="utf-8") as file:
            text = re.sub(r"^model = .*$", "model = ols", file.read(), flags=re.M).replace("[policy]\n", "[policy]\nhold_readings = 1\n")
        assert "model = ols" in text and "hold_readings" in text
        with open(ini, "w", encoding="utf-8") as file:
            file.write(text)
        plan = Plan(folder)
        series, days = read_drops(plan)
        for as_at in AS_ATS:
            out = os.path.join(root, "out")
            subprocess.run([command, "run", folder, "--as-at", as_at, "--out", out, "--quiet"], check=True)
            n, wrong = compare(plan, series, days, as_at, table(out, "assessments.csv"))
            passed += n
            failures += wrong
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
