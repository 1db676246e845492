#!/usr/bin/env python3
"""Make up eighteen monthly drops for somerset-wsoa-2020, October 2020 to March 2022.

    python3 datasets/generate_drops.py

The plan prints a start and targets, and hardly a reading. These drops fill the months so that charts, statuses and
reports have something to say. They are made up, and every row says `illustrative`. What is real: the months of
WSOA-8.3 add up to the published 358 of 1005 plans in 2020 and 524 of 810 in 2021 (DfE, "Education, health and care
plans", Open Government Licence v3.0), and August 2020 is the plan's own 41%.

The same seed gives the same bytes. A month arrives as provisional, is final a month later, and is sometimes revised
after that. Three drops carry faults on purpose; FAULTS lists them.
"""
import os
import random
import shutil

from make import MONTHS
from tables import HERE, write

SEED = 20201201  # the day the plan was approved
DROPS = os.path.join(HERE, "somerset-wsoa-2020", "drops")
FIRST, LAST = "2020-10", "2022-03"

# Percents with a count behind them: first month, plans or people a month, jitter of that, noise in points, and the
# path as month: percent, straight between. What each is there to show stands behind it.
COUNTED = {
    "WSOA-4.8": ("2020-10", 16, 2, 3, {"2020-10": 34, "2021-06": 52, "2021-12": 62, "2022-03": 66}),    # missed
    "WSOA-5.3b": ("2020-11", 130, 9, 1, {"2020-11": 98, "2021-06": 88, "2021-09": 82, "2022-03": 75}),  # slipping
    "WSOA-5.4": ("2020-10", 46, 5, 2, {"2020-10": 7, "2021-06": 25, "2021-09": 31, "2022-03": 41}),     # slipping
    "WSOA-7.5": ("2020-10", 380, 25, 1, {"2020-10": 84, "2021-07": 88, "2021-12": 91, "2022-03": 92}),  # recovered
    "WSOA-7.6": ("2020-10", 40, 0, 0, {"2020-10": 0, "2021-07": 38, "2022-02": 98, "2022-03": 98}),     # recovered
    "WSOA-8.1": ("2021-01", 31, 4, 2, {"2021-01": 17, "2021-08": 33, "2022-03": 40}),                   # achieved
    "WSOA-8.2B": ("2020-11", 85, 7, 2, {"2020-11": 71, "2021-06": 84, "2022-03": 88}),                  # held
    "WSOA-8.2C": ("2021-04", 70, 6, 3, {"2021-04": 54, "2021-07": 58, "2022-03": 66}),                  # missed
    "WSOA-8.2D": ("2020-11", 80, 7, 2, {"2020-11": 41, "2021-07": 56, "2021-12": 78, "2022-03": 85}),   # recovered
    "WSOA-8.2E": ("2020-11", 58, 5, 2, {"2020-11": 90, "2022-03": 91}),                                 # on track
    "WSOA-9.1": ("2021-04", 21, 3, 4, {"2021-04": 60, "2021-12": 82, "2022-03": 85}),                   # missed
}
# Bare figures: first month, noise, path.
VALUED = {
    "WSOA-5.5": ("2020-10", 0.8, {"2020-10": 29, "2021-06": 19, "2022-03": 13}),  # weeks; missed, closing
    "WSOA-7.4": ("2020-10", 1.5, {"2020-10": 87, "2021-06": 70, "2022-03": 81}),  # incidents; met, then lost
    "WSOA-QI-PROJ": ("2020-10", 0, {"2020-10": 0, "2021-09": 3, "2022-03": 3}),   # projects
}
# The month in which a deliverable was done; None: not by March 2022. WSOA-7.3 never reports.
DONE = {
    "WSOA-2.1a": "2020-11", "WSOA-2.1b": "2021-01", "WSOA-2.1c": "2021-02", "WSOA-2.4": "2021-04",
    "WSOA-2.5": "2021-10", "WSOA-2.6": None, "WSOA-3.1": "2021-06", "WSOA-3.2": "2021-04", "WSOA-3.3": "2021-07",
    "WSOA-4.1": "2021-03", "WSOA-4.2": None, "WSOA-4.3": "2021-09", "WSOA-4.4": "2021-08", "WSOA-4.5": "2021-03",
    "WSOA-4.6": "2021-11", "WSOA-4.7": "2021-03", "WSOA-5.6": "2021-04", "WSOA-5.7": "2021-07", "WSOA-5.8": None,
    "WSOA-5.9": None, "WSOA-7.1": "2021-05", "WSOA-7.2": "2020-12", "WSOA-9.3": "2020-12",
}
# Surveys and yearly figures, each in the drop in which it would come: indicator, period, value or (n, of), state.
SELDOM = {
    "2021-01": [("WSOA-1.1", "Dec-20", (46, 192), "final"), ("WSOA-1.3", "Dec-20", (35, 192), "final"),
                ("WSOA-2.3", "Dec-20", (65, 192), "final"), ("WSOA-1.2", "2020", "[x]", ""),
                ("WSOA-2.2", "2020", "[x]", ""), ("WSOA-5.1", "2020", (140, 451), "final"),
                ("WSOA-5.2", "2020", (99, 451), "final")],
    "2021-02": [("WSOA-6.6", "2020", (178, 251), "final")],
    "2021-04": [("WSOA-6.5", "2020", "82.6", "final")],
    "2021-05": [("WSOA-7.7", "2020/21", ("1,245", "2,002"), "final")],
    "2021-06": [("WSOA-6.1", "2020", "x", ""), ("WSOA-6.2", "2020", "x", ""), ("WSOA-8.4", "2020", "5.04%", "final")],
    "2021-07": [("WSOA-1.1", "Jun-21", (97, 236), "final"), ("WSOA-1.3", "Jun-21", (71, 236), "final"),
                ("WSOA-2.3", "Jun-21", (123, 236), "final")],
    "2021-10": [("WSOA-6.3", "2020", "[z]", ""), ("WSOA-6.4", "2020", "[x]", "")],
    "2022-01": [("WSOA-1.1", "Dec-21", (113, 217), "final"), ("WSOA-1.3", "Dec-21", (96, 217), "final"),
                ("WSOA-2.3", "Dec-21", (119, 217), "final"), ("WSOA-1.2", "2021", (212, 451), "final"),
                ("WSOA-2.2", "2021", (141, 371), "final"), ("WSOA-5.1", "2021", (162, 438), "final"),
                ("WSOA-5.2", "2021", (88, 438), "final"), ("WSOA-6.6", "2021", (206, 251), "final")],
    "2022-02": [("WSOA-6.4", "2021", "-1.28", "provisional")],
    "2022-03": [("WSOA-6.1", "2021", "29.4", "final"), ("WSOA-6.2", "2021", "33.0", "final"),
                ("WSOA-6.3", "2021", "[z]", ""), ("WSOA-6.5", "2021", "84.9", "final")],
}
# Late corrections: drop, indicator, months, what the first final count lacked, and whether the row owns up to it.
REVISED = [
    ("2021-03", "WSOA-8.2B", ("2020-12", "2021-01"), 6, True),
    ("2021-04", "WSOA-8.3", ("2020-10", "2020-11", "2020-12"), 3, True),
    ("2021-08", "WSOA-8.2D", ("2021-06",), -5, False),
    ("2021-12", "WSOA-7.5", ("2021-08", "2021-09"), 14, True),
    ("2022-02", "WSOA-8.3", ("2021-11",), 2, False),
]
# Rows put wrong on purpose. The first two are added; a row named in REPLACED stands in for the right one.
FAULTS = {
    "2021-02": [("WSOA-8.2B", "Dec-20", "", 91, 84, "final"),             # more on time than there were
                ("WSOA-8.9", "Feb-21", "52", "", "", "final")],           # no such indicator
    "2021-06": [("WSOA-7.5", "Jun-21", "900%", "", "", "provisional"),    # no share can be 900%
                ("WSOA-5.5", "2021-06", "awaiting figures", "", "", "final")],  # words in place of a number
    "2021-11": [("WSOA-5.4", "2021-11", "", 4, 46, "provisional")],       # the month twice, two figures
}
REPLACED = {("2021-06", "WSOA-7.5", "2021-06"), ("2021-06", "WSOA-5.5", "2021-06")}
LATE = {("WSOA-5.5", "2021-01"): "2021-03", ("WSOA-5.5", "2021-06"): "2021-07"}  # blank at first, filled then
ISO = ("WSOA-5.3", "WSOA-5.4", "WSOA-5.5")  # the provider writes 2021-06, the council Jun-21
SMALL = ("WSOA-4.8", "WSOA-5.4")            # counts under five are suppressed here
TOTALS = {"2020": (358, 1005), "2021": (524, 810)}
AUGUST_2020 = (41, 100)
TIMELINESS = {"2020-01": 25, "2020-07": 37, "2020-08": 41, "2020-09": 40, "2020-12": 43, "2021-04": 56,
              "2021-08": 68, "2021-12": 79, "2022-01": 76, "2022-03": 70}


def month_number(month):
    return int(month[:4]) * 12 + int(month[5:]) - 1


def months(first, last):
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(month_number(first), month_number(last) + 1)]


def month_end(month):
    year, number = int(month[:4]), int(month[5:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{month}-{(31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[number - 1]}"


def on_path(path, month):
    """The level of PATH in MONTH: straight between its points, level after the last."""
    points = sorted((month_number(m), v) for m, v in path.items())
    t = month_number(month)
    for (t0, v0), (t1, v1) in zip(points, points[1:]):
        if t <= t1:
            return v0 + (v1 - v0) * (t - t0) / (t1 - t0)
    return points[-1][1]


def shared_out(total, weights):
    """Whole numbers in proportion to WEIGHTS that add up to TOTAL (largest remainders)."""
    exact = [total * w / sum(weights) for w in weights]
    whole = [int(e) for e in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[:total - sum(whole)]:
        whole[i] += 1
    return whole


def timeliness(rng):
    """WSOA-8.3 by month; each whole year adds up to the published one."""
    truth = {}
    for year, (in_time, issued) in TOTALS.items():
        fixed = {"2020-08": AUGUST_2020} if year == "2020" else {}
        free = [m for m in months(f"{year}-01", f"{year}-12") if m not in fixed]
        of = shared_out(issued - sum(d for _, d in fixed.values()), [rng.uniform(0.85, 1.15) for _ in free])
        wanted = [d * (on_path(TIMELINESS, m) + rng.gauss(0, 1.2)) for m, d in zip(free, of)]
        counts = shared_out(in_time - sum(n for n, _ in fixed.values()), wanted)
        truth.update(fixed, **dict(zip(free, zip(counts, of))))
    for m in months("2022-01", LAST):
        d = rng.randint(50, 62)
        truth[m] = (round(d * on_path(TIMELINESS, m) / 100), d)
    return truth


def truths(rng):
    """What was so, by indicator and month: (numerator, denominator), or a bare figure."""
    truth = {"WSOA-8.3": timeliness(rng)}
    for key, (first, size, jitter, noise, path) in COUNTED.items():
        truth[key] = {}
        for m in months(first, LAST):
            d = size + rng.randint(-jitter, jitter)
            n = round(d * (on_path(path, m) + rng.gauss(0, noise)) / 100)
            truth[key][m] = (min(max(n, 0), d), d)
    for key, (first, noise, path) in VALUED.items():
        truth[key] = {m: int(on_path(path, m) + rng.gauss(0, noise) + 0.01) for m in months(first, LAST)}
    truth["WSOA-5.3a"] = {m: n for m, (n, _) in truth["WSOA-5.3b"].items()}
    return truth


def row(indicator, month, figure, state):
    period = month if indicator.startswith(ISO) else f"{MONTHS[int(month[5:]) - 1]}-{month[2:4]}"
    r = {"indicator": indicator, "period": period, "state": state, "note": "illustrative"}
    if not isinstance(figure, tuple):
        return {**r, "value": figure}
    if indicator in SMALL and figure[0] < 5:
        return {**r, "value": "c" if state == "provisional" else "[c]", "state": ""}
    return {**r, "numerator": figure[0], "denominator": figure[1]}


def as_first_counted(rng, figure):
    """A provisional count: a few cases are not in yet."""
    n, d = figure
    return (max(n - rng.randint(0, 2), 0), max(d - rng.randint(0, 3), n))


def monthly_rows(rng, truth, drop):
    before = f"{(month_number(drop) - 1) // 12}-{(month_number(drop) - 1) % 12 + 1:02d}"
    lacking = {(key, m): lack for due, key, ms, lack, _ in REVISED for m in ms if due > drop}
    for key in sorted(truth):
        known = truth[key]
        for m in sorted(known) if drop == FIRST else (before, drop):
            if m not in known or m > drop or (drop, key, m) in REPLACED:
                continue
            figure, counted = known[m], isinstance(known[m], tuple)
            if counted and m == drop and key != "WSOA-7.6":
                yield row(key, m, as_first_counted(rng, figure), "provisional")
            elif LATE.get((key, m), "") > drop:
                if m == drop:
                    yield row(key, m, "", "missing")
            elif counted or m == drop:
                if (key, m) in lacking:
                    figure = (figure[0] - lacking[key, m], figure[1])
                text = f"{figure} weeks" if key == "WSOA-5.5" and int(m[5:]) % 2 else figure
                if (key, m) == ("WSOA-8.2E", "2021-10"):
                    text = f"{100 * figure[0] / figure[1]:.1f}%"
                yield row(key, m, text, "final")
    for (key, m), filled in LATE.items():
        if filled == drop:
            yield row(key, m, f"{truth[key][m]} weeks", "final")
    for due, key, ms, _, owned in REVISED:
        if due == drop:
            for m in ms:
                yield row(key, m, truth[key][m], "revised" if owned else "final")
    if drop == "2020-12":  # the plan of 1 December printed a bare 41%; the counts behind it are given again
        yield row("WSOA-8.3", "2020-08", AUGUST_2020, "final")
    for key, done in sorted(DONE.items()):
        yield row(key, drop, int(done is not None and done <= drop), "final")


def seldom_rows(drop):
    for key, period, figure, state in SELDOM.get(drop, ()):
        r = {"indicator": key, "period": period, "state": state, "note": "illustrative"}
        if key == "WSOA-8.4":
            r["note"] = ("illustrative date; figure as published, 180 of 3569: HMCTS and DfE, SEND appeal rate, "
                         "Open Government Licence v3.0")
        yield {**r, "numerator": figure[0], "denominator": figure[1]} if isinstance(figure, tuple) else {
            **r, "value": figure}


def faulty_rows(drop):
    for key, period, value, numerator, denominator, state in FAULTS.get(drop, ()):
        yield {"indicator": key, "period": period, "value": value, "numerator": numerator,
               "denominator": denominator, "state": state, "note": "illustrative"}


def main():
    rng = random.Random(SEED)
    truth = truths(rng)
    for drop in months(FIRST, LAST):
        folder = os.path.join(DROPS, month_end(drop))
        shutil.rmtree(folder, ignore_errors=True)
        rows = list(monthly_rows(rng, truth, drop)) + list(seldom_rows(drop)) + list(faulty_rows(drop))
        write(os.path.join(folder, "readings.csv"), "counted", rows)


if __name__ == "__main__":
    main()
