"""Series to compare on: those of every plan folder in datasets/, and random ones of every kind of period."""

import collections
import csv
import io
import json
import os
import random
import shutil
import subprocess

SOURCE = os.environ.get("WAYMARK_SOURCE", ".")
COMMAND = os.environ.get("WAYMARK_COMMAND", "waymark")
COLUMNS = ["series", "period", "value", "numerator", "denominator"]


def waymark(*arguments):
    done = subprocess.run([COMMAND, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError("waymark %s: %s" % (" ".join(arguments), done.stderr))
    return done.stdout


def number(text):
    """A figure as a column of numbers takes it: a marker is none."""
    try:
        return repr(float(text))
    except ValueError:
        return None


def of_datasets(folder):
    """Readings of every dataset, each of its plan's series under a name of its own."""
    rows = []
    for name in sorted(os.listdir(SOURCE + "/datasets")):
        plan = os.path.join(SOURCE, "datasets", name)
        if not os.path.exists(plan + "/plan.ini"):
            continue
        copy = os.path.join(folder, name)
        shutil.copytree(plan, copy)
        for row in csv.DictReader(io.StringIO(waymark("export", copy, "--format", "csv"))):
            series = "/".join([name, row["indicator"], row["unit"], row["cohort"]])
            rows.append([series, row["period"], number(row["value"]), number(row["numerator"]), number(row["denominator"])])
    return rows


def months(n, first=2016 * 12):
    return ["%04d-%02d" % (i // 12, i % 12 + 1) for i in range(first, first + n)]


def periods(kind, n):
    if kind == "month":
        return months(n)
    if kind == "quarter":
        return ["%d-Q%d" % (2001 + i // 4, i % 4 + 1) for i in range(n)]
    if kind == "year":
        return ["%d" % (1950 + i) for i in range(n)]
    return ["FY %d/%02d" % (1950 + i, (1951 + i) % 100) for i in range(n)]


def random_series(seed, n_series):
    """Levels, drifts, seasons, steps, gaps, ties and constants; some with denominators, some with one reading or none at all."""
    chance = random.Random(seed)
    rows = []
    for k in range(n_series):
        kind = chance.choice(["month", "month", "month", "quarter", "year", "financial"])
        n = chance.choice([1, 2, 3, 4, 6, 12, 18, 24, 36, 60, 80 if kind == "month" else 40])
        level, noise = chance.uniform(-20, 90), chance.choice([0, 0.5, 5, 20])
        drift, season = chance.choice([0, 0.3, -0.5]), chance.choice([0, 0, 8])
        has_shares = chance.random() < 0.3
        decimals = chance.choice([0, 1, 3, 15])
        for i, period in enumerate(periods(kind, n)):
            value = level + drift * i + season * (i % 12 == 3) + chance.gauss(0, noise)
            if chance.random() < 0.05:
                continue
            numerator = denominator = None
            if has_shares:
                denominator = chance.randint(5, 400)
                numerator = min(denominator, max(0, round(denominator * (0.5 + 0.004 * value) + chance.gauss(0, 2))))
                value = numerator / denominator * 100 if chance.random() < 0.5 else None
            elif chance.random() < 0.05:
                value = None
            rows.append(["random/%03d" % k, period, None if value is None else repr(round(value, decimals)), numerator, denominator])
    return rows


def write_csv(path, rows):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])


def read_csv(text):
    return [{key: value or None for key, value in row.items()} for row in csv.DictReader(io.StringIO(text))]


Plan = collections.namedtuple("Plan", "readings options assessments")


def plan(folder, n_indicators, units):
    """A plan of random series with a path each, and one drop: nothing earlier that would hold a status. Its readings and the options of
    each series as the aggregates take them, and the assessments that `waymark run` makes of it, from SQLite."""
    folder = os.path.join(folder, "plan")
    os.makedirs(folder + "/drops/2026-01-31")
    chance = random.Random(5)
    tables = {"indicators": ["indicator,title,theme,kind,measure_unit,polarity,frequency,decimals"], "baselines": ["indicator,unit,value,qualifier,as_at"],
              "targets": ["indicator,unit,due,target"], "drops/2026-01-31/readings": ["indicator,unit,period,value"]}
    if any(units):
        tables["units"] = ["unit,name,type,parent"] + ["%s,%s,authority," % (unit, unit) for unit in units]
    options = []
    for name, unit in [("I%02d" % k, unit) for k in range(n_indicators) for unit in units]:
        kind, polarity = (["duration", "score", "rate"][int(name[1:]) % 3], ["higher", "lower", "plan"][int(name[1:]) // 3 % 3])
        level, drift = chance.uniform(20, 80), chance.choice([-0.5, 0, 0.4])
        baseline, dues = round(level, 1), sorted(chance.sample(["2024-03", "2025-03", "2025-12", "2026-03", "2026-09", "2027-03"], chance.randint(1, 4)))
        targets = [round(level + (i + 1) * chance.uniform(-10, 10), 1) for i in range(len(dues))]
        if unit == units[0]:
            tables["indicators"].append("%s,%s,,%s,weeks,%s,month,1" % (name, name, kind, polarity))
        tables["baselines"].append("%s,%s,%s,exact,2023-01-31" % (name, unit, baseline))
        tables["targets"] += ["%s,%s,%s,%s" % (name, unit, due, target) for due, target in zip(dues, targets)]
        for i, period in enumerate(months(36, 2023 * 12 + 1)[-chance.choice([1, 2, 4, 12, 36]):]):
            tables["drops/2026-01-31/readings"].append("%s,%s,%s,%s" % (name, unit, period, round(level + drift * i + chance.gauss(0, 2), 1)))
        options.append([name, unit, json.dumps(
            {"kind": kind, "polarity": polarity, "frequency": "month", "measure_unit": "weeks", "decimals": 1, "as_at": "2026-01-31", "start": "2023-01-01",
             "baseline": {"value": baseline, "as_at": "2023-01-31"}, "milestones": [{"due": due, "target": target} for due, target in zip(dues, targets)]})])
    for table, lines in tables.items():
        with open("%s/%s.csv" % (folder, table), "w") as out:
            out.write("\n".join(lines) + "\n")
    with open(folder + "/plan.ini", "w") as out:
        out.write("[plan]\ntitle = Test\narea = Here\nstart = 2023-01-01\n")
    waymark("run", folder, "--quiet", "--out", folder + "/out")
    with open(folder + "/out/assessments.csv") as file:
        return Plan([line.split(",") for line in tables["drops/2026-01-31/readings"][1:]], options, read_csv(file.read()))


def as_the_plan_says(folder, name, ini, files):
    """The plan that plan() made in a folder, with more in its plan.ini and in files of its own: the options of each series as `waymark
    export --options` tells them, and the assessments of `waymark run`."""
    copy = os.path.join(folder, name)
    shutil.copytree(os.path.join(folder, "plan"), copy, ignore=shutil.ignore_patterns("out", "waymark.db*"))
    with open(copy + "/plan.ini", "a") as out:
        out.write(ini)
    for path, text in files.items():
        with open(os.path.join(copy, path), "w") as out:
            out.write(text)
    waymark("run", copy, "--quiet", "--out", copy + "/out")
    options = [[row["indicator"], row["unit"], row["options"]] for row in csv.DictReader(io.StringIO(waymark("export", copy, "--options", "--format", "csv")))]
    with open(copy + "/out/assessments.csv") as file:
        return options, read_csv(file.read())
