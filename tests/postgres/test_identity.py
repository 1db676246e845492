#!/usr/bin/env python3
"""The aggregates say what the command says of the same series, to the last bit."""

import json
import os
import tempfile

import long_series
from checks import compare, compare_assessments, run_cases
from servers import Farm

FARM = Farm()
SERVER = FARM.start("identity")
FOLDER = tempfile.mkdtemp(dir=FARM.folder)
ROWS = long_series.of_datasets(FOLDER) + long_series.random_series(7, 250)
FILE = os.path.join(FOLDER, "all.csv")
long_series.write_csv(FILE, ROWS)
SERVER.sql("CREATE EXTENSION waymark; CREATE TABLE readings (series text, period text, value float8, numerator float8, denominator float8)")
SERVER.copy("readings", ROWS[::-1], ", ".join(long_series.COLUMNS))

LEVELS = ["80", "95"]


def call(aggregate, options, period="period"):
    return "waymark_%s(%s, value, numerator, denominator, '%s')" % (aggregate, period, json.dumps(options))


def trend_rows(options, where="true", period="period"):
    columns = "".join(", (r).lo[%d] AS lo%s, (r).hi[%d] AS hi%s" % (i + 1, level, i + 1, level) for i, level in enumerate(LEVELS))
    return SERVER.rows("SELECT series, (r).period, (r).step, (r).mean, (r).sd%s FROM (SELECT series, unnest((%s).periods) AS r FROM readings "
                       "WHERE %s GROUP BY series) AS s" % (columns, call("trend", options, period), where))


TREND_NUMBERS = ["mean", "sd", "lo80", "hi80", "lo95", "hi95"]


def trend_is_the_commands():
    expected = long_series.read_csv(long_series.waymark("trend", "--priors", "builtin", "--bounds", ",", "--quiet", FILE))
    return "%d rows" % compare("trend", trend_rows({"bounds": [None, None]}), expected, ["series", "period", "step"], TREND_NUMBERS, [])


def trend_within_bounds_is_the_commands():
    expected = long_series.read_csv(long_series.waymark("trend", "--priors", "builtin", "--bounds", "-500,500", "--horizon", "3", "--levels",
                                                        "95,80", "--kind", "percent", "--quiet", FILE))
    options = {"bounds": [-500, 500], "horizon": 3, "levels": [80, 95], "kind": "percent"}
    return "%d rows" % compare("trend", trend_rows(options), expected, ["series", "period", "step"], TREND_NUMBERS, [])


def trend_guesses_what_the_command_guesses():
    """Kind of period and bounds of one series alone: days as well."""
    n = 0
    for series in sorted({row[0] for row in ROWS})[::15]:
        one = os.path.join(FOLDER, "one.csv")
        long_series.write_csv(one, [row for row in ROWS if row[0] == series])
        expected = long_series.read_csv(long_series.waymark("trend", "--priors", "builtin", "--quiet", one))
        n += compare(series, trend_rows({}, "series = '%s'" % series), expected, ["series", "period", "step"], TREND_NUMBERS, [])
    return "%d rows" % n


MODELS = ["ols", "wls", "huber", "bisquare", "theil_sen", "binomial", "poisson", "log_linear", "logit_linear", "ets", "ses", "holt", "damped",
          "ann", "aan", "aadn", "ana", "aaa", "aada", "mnn", "man", "madn", "level", "llt", "level_seasons", "llt_seasons", "level_harmonics",
          "llt_harmonics"]
EVENTS = [("2017-03", "intervention"), ("2016-05", "outlier"), ("2016-02", "break")]


def every_model_is_the_commands():
    """Some series, among them too short ones, shares and gaps, with what is known to have happened."""
    some = sorted({row[0] for row in ROWS if row[0].startswith("random")})[::9]
    path, events = os.path.join(FOLDER, "modelled.csv"), os.path.join(FOLDER, "events.csv")
    long_series.write_csv(path, [row for row in ROWS if row[0] in some])
    with open(events, "w") as out:
        out.write("series,period,kind\n" + "".join("%s,%s,%s\n" % (series, *event) for series in some for event in EVENTS))
    options = {"bounds": [-500, 500], "horizon": 2, "events": [{"period": period, "kind": kind} for period, kind in EVENTS]}
    where = "series IN (%s)" % ", ".join("'%s'" % series for series in some)
    n = 0
    for model in MODELS:
        expected = long_series.read_csv(long_series.waymark("trend", "--model", model, "--bounds", "-500,500", "--horizon", "2", "--events", events,
                                                            "--quiet", path))
        n += compare(model, trend_rows(dict(options, model=model), where), expected, ["series", "period", "step"], TREND_NUMBERS, [])
    return "%d models, %d rows" % (len(MODELS), n)


SPC_POINTS = """SELECT series, (p).period, (p).value, (p).centre, (p).lower, (p).upper, (p).phase, (p).signal, (p).effect
    FROM (SELECT series, unnest((%s).points) AS p FROM readings GROUP BY series) AS s"""
POINT_NUMBERS = ["value", "centre", "lower", "upper", "phase"]

SPC_CASES = [
    ([], {}),
    (["--polarity", "higher", "--target", "60", "--kind", "percent"], {"polarity": "higher", "target": 60, "kind": "percent"}),
    (["--rules", "nelson", "--chart", "i", "--screen", "no", "--polarity", "lower"],
     {"rules": "nelson", "chart": "i", "screen": "no", "polarity": "lower"}),
    (["--rules", "anhoej", "--chart", "run"], {"rules": "anhoej", "chart": "run"}),
    (["--establish", "ssa", "--period-min", "12"], {"establish": "ssa", "period_min": 12}),
    (["--fix-after", "10", "--rebase", "2017-06,2018-01", "--exclude", "2016-05", "--lengths", "run=8,trend=6"],
     {"fix_after": 10, "rebase": ["2017-06", "2018-01"], "exclude": ["2016-05"], "lengths": "run=8,trend=6"}),
    (["--bounds", "0,100", "--as-at", "2018-12-31"], {"bounds": [0, 100], "as_at": "2018-12-31"}),
]


def spc_points_are_the_commands():
    n = 0
    for words, options in SPC_CASES:
        expected = long_series.read_csv(long_series.waymark("spc", *words, "--quiet", FILE))
        n += compare("spc " + " ".join(words), SERVER.rows(SPC_POINTS % call("spc", options)), expected, ["series", "period"],
                     POINT_NUMBERS, ["signal", "effect"])
    return "%d points" % n


def spc_summaries_are_the_commands():
    """The command adds what chance alone would give, which costs it seconds: some series will do."""
    n = 0
    some = sorted({row[0] for row in ROWS})[::40]
    path = os.path.join(FOLDER, "some.csv")
    long_series.write_csv(path, [row for row in ROWS if row[0] in some])
    names = ", ".join("'%s'" % name for name in some)
    for words, options in SPC_CASES[1:2]:
        expected = long_series.read_csv(long_series.waymark("spc", "--summary", *words, "--quiet", path))
        found = SERVER.rows("SELECT series, (s).* FROM (SELECT series, %s AS s FROM readings WHERE series IN (%s) GROUP BY series) AS t" %
                            (call("spc", dict(options, points=False)), names))
        n += compare("spc --summary " + " ".join(words), found, expected, ["series"],
                     ["n", "phase", "centre", "lower", "upper", "sigma", "target"],
                     ["chart", "variation", "assurance", "chart_reason", "signal"])
    return "%d series" % n


def chances_are_the_commands():
    targets = [("2018-06", 60, "higher"), ("2022-12", 45.5, "lower"), ("2035", 80, "plan"), ("2030-03", 10, "none")]
    path = os.path.join(FOLDER, "targets.csv")
    with open(path, "w") as out:
        out.write("series,due,target,polarity\n" + "".join(",%s,%s,%s\n" % one for one in targets))
    expected = long_series.read_csv(long_series.waymark("chance", "--targets", path, "--priors", "builtin", "--bounds", ",", "--quiet", FILE))
    options = {"bounds": [None, None], "targets": [{"due": due, "target": target, "polarity": way} for due, target, way in targets]}
    found = SERVER.rows("SELECT series, (c).* FROM (SELECT series, unnest((%s).targets) AS c FROM readings GROUP BY series) AS s" %
                        call("chance", options))
    return "%d chances" % compare("chance", found, expected, ["series", "due"], ["target", "chance"],
                                  ["expected", "expected_lo", "expected_hi", "basis"])


def assessments_are_those_of_a_plan():
    plan = long_series.plan(FOLDER, 40, [""])
    SERVER.sql("CREATE TABLE assessed (indicator text, unit text, period text, value float8); CREATE TABLE plan (indicator text, unit text, options jsonb)")
    SERVER.copy("assessed", plan.readings, "indicator, unit, period, value")
    SERVER.copy("plan", plan.options, "indicator, unit, options")
    found = SERVER.rows("SELECT indicator, unit, (a).* FROM (SELECT indicator, unit, waymark_assess(period, value, NULL, NULL, NULL, NULL, options) AS a "
                        "FROM assessed JOIN plan USING (indicator, unit) GROUP BY indicator, unit) AS s")
    n = compare_assessments("assess", found, plan.assessments)
    return "%d series, %d statuses" % (n, len({row["status"] for row in found}))


ASSESS_THE_PLAN = ("SELECT indicator, unit, (a).* FROM (SELECT indicator, unit, waymark_assess(period, value, NULL, NULL, NULL, NULL, options) AS a "
                   "FROM assessed JOIN plan USING (indicator, unit) GROUP BY indicator, unit) AS s")


def whatever_a_plan_says_is_exported_and_assessed_so():
    """A policy, a path, priors, events and models of its own; the options are the command's export. Needs the plan of the case before."""
    readings = [line for line in SERVER.sql("COPY (SELECT indicator, period, value FROM assessed ORDER BY 1, 2) TO STDOUT (FORMAT csv)").splitlines()]
    long_file = os.path.join(FOLDER, "assessed.csv")
    with open(long_file, "w") as out:
        out.write("series,period,value\n" + "\n".join(readings) + "\n")
    priors = long_series.waymark("priors", "learn", "--bounds", ",", "--quiet", long_file)
    path = "indicator,unit,period,value\n" + "".join(
        "I%02d,,%s,%s\n" % (i, period, 40 + i * 0.5 + k * (i % 5 - 2)) for i in range(0, 40, 2) for k, period in enumerate(("2024-03", "2025-01", "2026-12")))
    events = "indicator,unit,period,kind,title\n" + "".join("I%02d,,2025-0%d,%s,It happened\n" % (i, 2 + i % 7, ["intervention", "break", "outlier"][i % 3])
                                                           for i in range(0, 40, 3))
    cases = {"usual": ("", {}),
             "events": ("", {"events.csv": events}),
             "policy": ("[policy]\nlikely = 0.6\nuncertain = 0.3\nhold_chance = 0.1\non = blue, green watch, amber early_warning, green position_only\n"
                        "off = amber recovering, red, red watch, red position_only\n", {}),
             "path": ("[policy]\ntrajectory = explicit\n", {"trajectory.csv": path}),
             "priors": ("[model]\npriors = priors.ini\n", {"priors.ini": priors})}
    for model in ("ols", "holt"):
        cases[model] = ("[model]\nmodel = %s\n" % model, {"events.csv": events})
    told, said = [], {}
    for name, (ini, files) in cases.items():
        options, expected = long_series.as_the_plan_says(FOLDER, name, ini, files)
        SERVER.sql("TRUNCATE plan")
        SERVER.copy("plan", options, "indicator, unit, options")
        found = SERVER.rows(ASSESS_THE_PLAN)
        n = compare_assessments(name, found, expected)
        said[name] = [(row["indicator"], row["status"], row["mark"], row["chance"], row["trajectory"]) for row in sorted(found, key=lambda row: row["indicator"])]
        told.append("%s %d" % (name, n))
    same = [name for name in said if name != "usual" and said[name] == said["usual"]]
    if same:
        raise AssertionError("these say nothing else than the usual plan: %s" % same)
    return ", ".join(told)


PARALLEL = ("SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; "
            "SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = on; SET enable_sort = off;")


def every_plan_gives_the_same():
    """Sorted or hashed, whole or put together from two workers' parts, whatever the order of the rows."""
    query = "SELECT md5(string_agg(t::text, ',' ORDER BY series)) FROM (SELECT series, %s AS a, %s AS b, %s AS c FROM readings GROUP BY series) AS t" % (
        call("trend", {}), call("spc", {}), call("chance", {"target": 50}))
    plan = SERVER.sql(PARALLEL + "EXPLAIN " + query)
    if "Partial" not in plan or "Gather" not in plan:
        raise AssertionError("not parallel:\n" + plan)
    answers = {SERVER.sql(settings + query) for settings in (
        "SET max_parallel_workers_per_gather = 0;", PARALLEL, "SET enable_hashagg = off;",
        "SET enable_sort = off; SET work_mem = '64kB';")}
    if len(answers) != 1:
        raise AssertionError("%d different answers" % len(answers))


run_cases([trend_is_the_commands, every_model_is_the_commands, trend_within_bounds_is_the_commands, trend_guesses_what_the_command_guesses,
           spc_points_are_the_commands, spc_summaries_are_the_commands, chances_are_the_commands, assessments_are_those_of_a_plan, whatever_a_plan_says_is_exported_and_assessed_so,
           every_plan_gives_the_same])
