#!/usr/bin/env python3
"""What the aggregates do at the edges: nothing, too little, too much, what makes no sense, and what is cancelled."""

import json
import subprocess
import time

from checks import bits, run_cases
from servers import MODULE, Failed, Farm

SERVER = Farm().start("behaviour")
SERVER.sql("CREATE EXTENSION waymark")

ALL = ["trend", "spc", "chance", "assess"]
OPTIONS = {"trend": {}, "spc": {}, "chance": {"target": 1}, "assess": {"polarity": "higher", "milestones": [{"due": "2030", "target": 1}]}}


def call(aggregate, options=None, period="period"):
    extra = "NULL, NULL, " if aggregate == "assess" else ""
    written = json.dumps(OPTIONS[aggregate] if options is None else options).replace("'", "''")
    return "waymark_%s(%s, value, numerator, denominator, %s'%s')" % (aggregate, period, extra, written)


def values(*rows):
    """Rows of (period, value[, numerator, denominator]) as SQL."""
    texts = []
    for row in rows:
        figures = list(row[1:]) + [None] * (4 - len(row))
        texts.append("(%s, %s)" % ("NULL::text" if row[0] is None else "'%s'::text" % row[0],
                                   ", ".join("NULL::float8" if one is None else "'%s'::float8" % one for one in figures)))
    return "(VALUES %s) AS r (period, value, numerator, denominator)" % ", ".join(texts)


def answer(aggregate, rows, options=None, settings="", period="period"):
    return SERVER.sql(settings + "SELECT %s FROM %s" % (call(aggregate, options, period), rows)).strip()


def refused(state, words, statement):
    try:
        SERVER.sql(statement)
    except Failed as error:
        if error.sqlstate != state or words not in str(error):
            raise AssertionError("refused as %s: %s" % (error.sqlstate, error)) from None
        return
    raise AssertionError("not refused: " + statement)


def check(what, found, expected):
    if found != expected:
        raise AssertionError("%s: %r, not %r" % (what, found, expected))


def months(n, first=2016 * 12):
    return ["%04d-%02d" % (i // 12, i % 12 + 1) for i in range(first, first + n)]


def no_rows_are_null():
    for aggregate in ALL:
        check(aggregate, answer(aggregate, values(("2020-01", 1)) + " WHERE false"), "")


def rows_of_nothing_are_a_series_without_readings():
    """What an outer join makes of a series that has none."""
    for aggregate, expected in (("trend", "(too_few,0,auto,{})"), ("chance", "(,1,,,,,none,)")):
        check(aggregate, answer(aggregate, values((None, None))), expected)


def one_reading_is_no_trend():
    one = values(("2020-01", 4.5))
    found = SERVER.sql("SELECT (a).state, (a).n, (a).periods[1].step, (a).periods[1].mean, cardinality((a).periods) FROM (SELECT %s AS a FROM %s) AS s"
                       % (call("trend"), one))
    check("trend", found.strip(), "too_few|1|0||1")
    check("chance", answer("chance", one), "(,1,,,,,none,)")
    check("spc", answer("spc", one, {"points": False}), "(xmr,1,1,4.5,,,,common,none,measurement,none,,)")
    if "too_few_readings" not in answer("assess", one):
        raise AssertionError(answer("assess", one))


def null_and_nan_are_missing():
    rows = [(period, 10 + i % 3) for i, period in enumerate(months(12))]
    rows[5], rows[7] = (rows[5][0], None), (rows[7][0], None)
    for aggregate in ALL:
        nans = [(period, "NaN" if value is None else value) for period, value in rows]
        check(aggregate, answer(aggregate, values(*nans)), answer(aggregate, values(*rows)))
    absent = [row for row in rows if row[1] is not None]
    check("chance", answer("chance", values(*absent)), answer("chance", values(*rows)))


def order_plays_no_part():
    rows = [(period, i * 7 % 11) for i, period in enumerate(months(40))]
    for aggregate in ALL:
        check(aggregate, answer(aggregate, values(*(rows[1::2] + rows[::2][::-1]))), answer(aggregate, values(*rows)))


def a_ratio_stands_in_for_a_value():
    ratios = values(*[(period, None, 30 + i % 4, 60) for i, period in enumerate(months(12))])
    figures = values(*[(period, (30 + i % 4) / 60 * 100, 30 + i % 4, 60) for i, period in enumerate(months(12))])
    for aggregate in ALL:
        options = dict(OPTIONS[aggregate], kind="percent")
        check(aggregate, answer(aggregate, ratios, options), answer(aggregate, figures, options))


def dates_are_days():
    rows = values(*[(period + "-01", i % 5) for i, period in enumerate(months(18))])
    for aggregate in ALL:
        check(aggregate, answer(aggregate, rows, period="period::date"), answer(aggregate, rows))
        options = dict(OPTIONS[aggregate], frequency="month")
        plain = values(*[(period, i % 5) for i, period in enumerate(months(18))])
        check(aggregate, answer(aggregate, rows, options, period="period::date"), answer(aggregate, plain, options))


def academic_years_are_read_as_such():
    rows = values(*[("%d/%02d" % (2010 + i, (2011 + i) % 100), i) for i in range(6)])
    found = answer("spc", rows, {"frequency": "academic_year"})
    if "AY 2010/11" not in found:
        raise AssertionError(found)


def two_readings_of_a_period_are_refused():
    for aggregate in ALL:
        refused("21000", "two readings for Jan 2020", "SELECT %s FROM %s" % (call(aggregate), values(("2020-01", 1), ("Jan-20", 1))))


def mixed_indicators_are_refused():
    """Two measures in one group: their options tell them apart."""
    refused("22023", "options differ within one group",
            "SELECT waymark_spc(period, value, NULL, NULL, jsonb_build_object('target', value)) FROM " +
            values(("2020-01", 1), ("2020-02", 2)))


def what_makes_no_sense_is_refused():
    cases = [
        ("22007", '"2020-13" is no period', "trend", {}, values(("2020-13", 1))),
        ("22004", "a reading has no period", "trend", {}, values((None, 1))),
        ("22003", "a value is infinite", "spc", {}, values(("2020-01", "inf"))),
        ("22003", "a denominator is infinite", "spc", {}, values(("2020-01", 1, 1, "-inf"))),
        ("22023", 'no option "horizont"', "trend", {"horizont": 3}, values(("2020-01", 1))),
        ("22023", 'no option "horizon"', "spc", {"horizon": 3}, values(("2020-01", 1))),
        ("22023", 'option "model" is "arima"', "trend", {"model": "arima"}, values(("2020-01", 1))),
        ("22023", 'no option "model"', "chance", {"model": "ols", "target": 1}, values(("2020-01", 1))),
        ("22023", 'option "horizon" is no whole number', "trend", {"horizon": 1.5}, values(("2020-01", 1))),
        ("22023", 'option "horizon" is out of range', "trend", {"horizon": 100000}, values(("2020-01", 1))),
        ("22023", 'option "kind" is "percents"', "trend", {"kind": "percents"}, values(("2020-01", 1))),
        ("22023", 'option "levels"', "trend", {"levels": [80, 100]}, values(("2020-01", 1))),
        ("22023", 'option "levels"', "trend", {"levels": []}, values(("2020-01", 1))),
        ("22023", 'option "bounds"', "trend", {"bounds": [3, 1]}, values(("2020-01", 1))),
        ("22023", 'option "bounds" is no array', "trend", {"bounds": 3}, values(("2020-01", 1))),
        ("22023", "an event lacks", "trend", {"events": [{"kind": "break"}]}, values(("2020-01", 1))),
        ("22023", "there is no target", "chance", {}, values(("2020-01", 1))),
        ("22023", "there is no target", "chance", {"targets": []}, values(("2020-01", 1))),
        ("22023", "the options are no object", "chance", [1], values(("2020-01", 1))),
        ("55000", "has method", "spc", {"method": 999}, values(("2020-01", 1))),
        ("22023", 'no option "\'; DROP TABLE', "spc", {"'; DROP TABLE x; --": 1}, values(("2020-01", 1))),
    ]
    for state, words, aggregate, options, rows in cases:
        refused(state, words, "SELECT %s FROM %s" % (call(aggregate, options), rows))
    plan_cases = [
        ("an explicit path has no waypoints", {"path": "explicit"}),
        ("a waypoint lacks", {"path": "explicit", "waypoints": [{"due": "2026-04"}]}),
        ("a waypoint lacks", {"waypoints": [{"target": 3}]}),
        ('"2026-13", which is no period', {"waypoints": [{"due": "2026-13", "target": 3}]}),
        ('option "on" has "green eggs"', {"policy": {"on": ["green", "green eggs", "red", "red"]}}),
        ('option "off" has not one status for each outlook', {"policy": {"off": ["green"]}}),
        ('option "near" is no array', {"policy": {"near": "green"}}),
        ('no option "over"', {"policy": {"over": []}}),
        ('option "policy" is no object', {"policy": 3}),
        ('option "model" is "arima"', {"model": "arima"}),
        ('option "prior" is no prior', {"prior": {}}),
        ('option "prior" is no prior', {"prior": {"period": "month", "weights": [1], "centre": 1, "units": 1, "kappa": 0}}),
        ('option "period" is "moon"', {"prior": {"period": "moon"}}),
        ('option "hold_readings" is out of range', {"hold_readings": 0}),
    ]
    for words, options in plan_cases:
        refused("22023", words, "SELECT waymark_assess('2020', 1, NULL, NULL, NULL, NULL, '%s')" % json.dumps(options))
    refused("22023", 'no state of a reading',
            "SELECT waymark_assess('2020', 1, NULL, NULL, 'finall', NULL, NULL)")
    refused("22008", "outside the years", "SELECT waymark_spc('infinity'::date, 1, NULL, NULL, NULL)")
    return "%d ways" % (len(cases) + len(plan_cases) + 2)


def parts_are_no_functions_of_their_own():
    for name in ("waymark_combine(NULL, NULL)", "waymark_trend_final(NULL)", "waymark_deserialize(NULL, NULL)"):
        refused("42883", "does not exist", "SELECT " + name)


def null_options_are_none():
    rows = values(*[(period, i) for i, period in enumerate(months(9))])
    check("trend", SERVER.sql("SELECT waymark_trend(period, value, NULL, NULL, NULL) FROM " + rows).strip(), answer("trend", rows))
    check("null members", answer("trend", rows, {"horizon": None, "kind": None}), answer("trend", rows))


def levels_come_as_asked():
    rows = values(*[(period, i * i % 7) for i, period in enumerate(months(20))])
    query = "SELECT (r).periods[21].lo[%d], (r).periods[21].hi[%d] FROM (SELECT %s AS r FROM %s) AS s"
    found = SERVER.sql(query % (2, 2, call("trend", {"levels": [95, 50]}), rows))
    check("levels", found, SERVER.sql(query % (1, 1, call("trend", {"levels": [50, 95]}), rows)))


def the_last_received_counts():
    """An assessment may see every vintage: of one period the latest by its as-at."""
    text = ("SELECT (a).value, (a).state FROM (SELECT waymark_assess(period, value, NULL, NULL, state, received, "
            "jsonb_build_object('as_at', '%s')) AS a FROM (VALUES ('2020-01', 1::float8, 'provisional', date '2020-02-10'), "
            "('2020-01', 2, 'final', '2020-03-10'), ('2020-01', 3, 'revised', '2020-04-10')) AS r (period, value, state, received)) AS s")
    for day, expected in (("2020-02-28", "1|provisional"), ("2020-03-31", "2|final"), ("2020-12-31", "3|revised")):
        check(day, SERVER.sql(text % day).strip(), expected)


def a_model_that_has_no_fit_says_why():
    def said(model, *rows):
        return SERVER.sql("SELECT (a).state, (a).n, (a).model FROM (SELECT %s AS a FROM %s) AS s" % (call("trend", {"model": model}), values(*rows))).strip()
    few = [("2020-01", 4), ("2020-02", 5)]
    many = [(period, 10 + i * i % 7 + 3 * (i % 12 == 2)) for i, period in enumerate(months(48))]
    check("ols", said("ols", *few), "too_few|2|ols")
    check("log", said("LOG_LINEAR", ("2020-01", -1), *[(period, 3) for period, _ in many[1:]]), "out_of_range|48|log_linear")
    check("far", said("level", ("1900-01-01", 1), ("2020-01-02", 2), ("2020-01-03", 2)), "unsuitable|0|level")
    chosen = said("ets", *many).split("|")
    if chosen[:2] != ["fitted", "48"] or chosen[2] not in ("ann", "aan", "aadn", "mnn", "man", "madn", "ana", "aaa", "aada"):
        raise AssertionError(chosen)


def as_arrays(aggregate, rows, options=None):
    """The same call with the figures of consecutive periods as arrays."""
    def figures(i):
        listed = [(list(row[1:]) + [None] * 4)[i] for row in rows]
        return "NULL" if all(one is None for one in listed) else "ARRAY[%s]::float8[]" % ", ".join("NULL" if one is None else "'%s'" % one for one in listed)
    written = json.dumps(OPTIONS[aggregate] if options is None else options)
    return SERVER.sql("SELECT waymark_%s('%s', %s, %s, %s, '%s')" % (aggregate, rows[0][0], figures(0), figures(1), figures(2), written)).strip()


def arrays_say_what_rows_say():
    """Months, gaps, shares, days of months, one reading, a long series."""
    some = [[(period, None if i % 7 == 3 else i * i % 11) for i, period in enumerate(months(40))],
            [(period, None, 30 + i % 4, None if i == 9 else 60) for i, period in enumerate(months(12))],
            [("%d" % (2000 + i), i) for i in range(9)], [("Q%d %d" % (i % 4 + 1, 2001 + i // 4), "NaN" if i == 2 else i) for i in range(9)],
            [("2020-01", 4.5)], [("2020-02-%02d" % (i + 1), i % 4) for i in range(29)], [(period, i % 13) for i, period in enumerate(months(2000))]]
    for rows in some:
        for aggregate in ALL:
            options = dict(OPTIONS[aggregate], kind="percent") if len(rows[0]) > 2 else None
            check(aggregate, as_arrays(aggregate, rows, options), answer(aggregate, values(*rows), options))
    check("days of months", as_arrays("spc", [("2020-01-01", 1), (None, 2), (None, 4)], {"frequency": "month"}),
          answer("spc", values(("2020-01", 1), ("2020-02", 2), ("2020-03", 4)), {"frequency": "month"}))
    check("not kept", SERVER.sql("SELECT count(*) FROM (SELECT waymark_spc('2020-01', ARRAY[i, 1, 2]::float8[], NULL, NULL, CASE i % 3 WHEN 0 THEN "
                                 "'{\"target\": 1}' END::jsonb) AS a FROM generate_series(1, 99) AS i) AS s WHERE (a).target = 1").strip(), "33")


def arrays_that_make_no_sense_are_refused():
    for words in ("NULL, '{1}'", "'2020', NULL"):
        check(words, SERVER.sql("SELECT waymark_spc(%s::float8[], NULL, NULL, NULL) IS NULL" % words).strip(), "t")
    check("empty", SERVER.sql("SELECT waymark_trend('2020', '{}'::float8[], NULL, NULL, NULL)").strip(), "(too_few,0,auto,{})")
    for state, words, arguments in (("2202E", "numerators has 2 elements, not 3", "'2020', '{1,2,3}', '{1,2}', NULL"),
                                    ("2202E", "more than one dimension", "'2020', '{{1,2},{3,4}}', NULL, NULL"),
                                    ("22007", '"soon" is no period', "'soon', '{1,2}', NULL, NULL"),
                                    ("22003", "values is infinite", "'2020', '{1,inf}', NULL, NULL"),
                                    ("22008", "beyond the year 2199", "'2190', array_fill(1::float8, ARRAY[11]), NULL, NULL")):
        refused(state, words, "SELECT waymark_trend(%s, NULL)" % arguments.replace("}'", "}'::float8[]"))


def windows_work_too():
    rows = values(*[(period, i * 5 % 13) for i, period in enumerate(months(15))])
    found = SERVER.sql("SELECT count(*), count(a) FROM (SELECT %s OVER (ORDER BY period) AS a FROM %s) AS s" % (call("spc"), rows))
    check("rows", found.strip(), "15|15")


MANY = ("(SELECT to_char(date '1900-01-01' + i, 'YYYY-MM-DD') AS period, (i * 7919 %% 1000)::float8 AS value, NULL::float8 AS numerator, "
        "NULL::float8 AS denominator FROM generate_series(0, %d) AS i) AS r")


def a_hundred_thousand_readings_are_a_series():
    began = time.time()
    found = SERVER.sql("SELECT cardinality((a).periods), (a).periods[100001].step FROM (SELECT %s AS a FROM %s) AS s" % (
        call("trend", {"horizon": 1}), MANY % 99999))
    check("trend", found.strip(), "100001|1")
    found = SERVER.sql("SELECT (a).n, cardinality((a).points) FROM (SELECT %s AS a FROM %s) AS s" % (
        call("spc", {"establish": "ssa"}), MANY % 99999))
    check("spc", found.strip(), "100000|100000")
    refused("54000", "too many for the model theil_sen", "SELECT %s FROM %s" % (call("trend", {"model": "theil_sen"}), MANY % 99999))
    return "%.1f s" % (time.time() - began)


LONG_FIT = {"targets": [{"target": 1e6 + i} for i in range(300)]}  # none is met in ten years: each is sought to the end


def long_fits_can_be_cancelled():
    """One group, one final function: nothing but the core's own pauses could notice."""
    query = "SELECT cardinality((%s).targets) FROM %s" % (call("chance", LONG_FIT), values(*[(period, i % 9) for i, period in enumerate(months(60))]))

    def timed(settings):
        began = time.time()
        try:
            SERVER.sql(settings + query)
        except Failed as error:
            check("sqlstate", error.sqlstate, "57014")
        return time.time() - began
    whole = min(timed("") for _ in range(2))
    timeout = "SET statement_timeout = %d; " % (whole * 1000 / 10)
    refused("57014", "statement timeout", timeout + query)
    cut = min(timed(timeout) for _ in range(4))
    if cut > 0.6 * whole:
        raise AssertionError("cancelled after %.0f ms of %.0f" % (cut * 1000, whole * 1000))
    return "after %.0f ms of %.0f" % (cut * 1000, whole * 1000)


def a_backend_goes_on_unharmed_after_errors():
    """In one session: the answer, queries that fail, and the same answer; and no memory left behind."""
    rows = values(*[(period, i % 9) for i, period in enumerate(months(60))])
    script = """
        SET client_min_messages = warning;
        CREATE TEMP TABLE r AS SELECT * FROM %s;
        CREATE TEMP TABLE first AS SELECT %s AS a FROM r;
        DO $$ BEGIN FOR i IN 1..30 LOOP BEGIN
            PERFORM %s FROM r; RAISE EXCEPTION 'undo';
        EXCEPTION WHEN raise_exception THEN NULL; END;
        BEGIN
            PERFORM waymark_trend(period, value, NULL, NULL, '{"horizon": "x"}') FROM r;
        EXCEPTION WHEN invalid_parameter_value THEN NULL; END;
        END LOOP; END $$;
        SELECT first.a = (SELECT %s FROM r) FROM first;
        SELECT count(*) FROM pg_backend_memory_contexts WHERE name LIKE 'waymark%%';
    """ % (rows, call("trend"), call("chance"), call("trend"))
    check("same, and contexts", SERVER.sql(script).split(), ["t", "0"])


def many_series_keep_their_memory_small():
    """Thousands of groups through one workshop, one after the other: the backend's memory does not grow with them."""
    script = """
        SET enable_hashagg = off; SET max_parallel_workers_per_gather = 0; SET temp_buffers = '1MB'; SET work_mem = '1MB';
        CREATE TEMP TABLE many AS SELECT g, to_char(date '2016-01-01' + make_interval(months => i), 'YYYY-MM') AS period,
            (g * 31 + i * 17) %% 23 + 0.5 AS value, NULL::float8 AS numerator, NULL::float8 AS denominator
            FROM generate_series(1, %d) AS g, generate_series(0, 11) AS i;
        SELECT count(*) FROM (SELECT %s FROM many GROUP BY g) AS s;
        SELECT pg_backend_pid() AS pid \\gset
        \\setenv PID :pid
        \\! grep VmHWM /proc/$PID/status
    """
    peaks = []
    for n in (1000, 8000):
        SERVER.new_session()
        peaks.append(int(SERVER.sql(script % (n, call("spc"))).split()[-2]))
    if peaks[1] - peaks[0] > 3000:
        raise AssertionError("%d kB for 1000 series, %d kB for 8000" % tuple(peaks))


def many_queries_keep_their_memory_small():
    """GSL's own memory is no context's: it is given back after each query, and after one that fails."""
    script = """
        CREATE TEMP TABLE r AS SELECT * FROM %s;
        DO $$ BEGIN FOR i IN 1..%%d LOOP
            PERFORM %s FROM r;
            BEGIN PERFORM 1 / count(a) FROM (SELECT %s AS a FROM r OFFSET 0) AS s WHERE a IS NULL; EXCEPTION WHEN division_by_zero THEN NULL; END;
        END LOOP; END $$;
        SELECT pg_backend_pid() AS pid \\gset
        \\setenv PID :pid
        \\! grep VmHWM /proc/$PID/status
    """ % (values(*[(period, i % 5) for i, period in enumerate(months(6))]), call("trend", {"model": "ses"}), call("trend", {"model": "ses"}))
    peaks = []
    for n in (200, 3200):
        SERVER.new_session()
        peaks.append(int(SERVER.sql(script % n).split()[-2]))
    if peaks[1] - peaks[0] > 3000:
        raise AssertionError("%d kB after 400 queries, %d kB after 6400" % tuple(peaks))
    return "%d kB for 1000 series, %d kB for 8000" % tuple(peaks)


def numbers_are_never_negative_zero():
    found = SERVER.sql("SELECT (a).centre, (a).points[1].value FROM (SELECT %s AS a FROM %s) AS s" % (
        call("spc", {}), values(("2020-01", "-0"), ("2020-02", "-0")))).strip()
    check("zero", [bits(one) for one in found.split("|")], [bits("0"), bits("0")])


def the_module_asks_for_no_more_than_it_may():
    """No memory but the server's, no threads, no ending of the process, no GLib, no file but what snprintf formats in memory."""
    found = subprocess.run(["nm", "-D", "--undefined-only", MODULE], capture_output=True, text=True, check=True).stdout
    names = {line.split()[-1].split("@")[0] for line in found.splitlines()}
    banned = {"malloc", "calloc", "realloc", "free", "abort", "exit", "_exit", "fopen", "fprintf", "printf", "fputs", "fwrite", "puts",
              "stdout", "stderr", "__assert_fail", "setlocale", "signal", "longjmp"}
    bad = {name for name in names if name in banned or name.startswith(("g_", "pthread_", "sqlite3_", "thrd_"))}
    if bad:
        raise AssertionError("it asks for " + ", ".join(sorted(bad)))
    exported = subprocess.run(["nm", "-D", "--defined-only", MODULE], capture_output=True, text=True, check=True).stdout
    strange = [line for line in exported.splitlines() if not line.split()[-1].startswith(("waymark_", "pg_finfo_waymark_", "Pg_magic"))]
    check("exported", strange, [])


def versions_agree():
    control = open("postgres/waymark.control").read()
    version = SERVER.sql("SELECT waymark_version()").strip()
    if "default_version = '%s'" % version not in control:
        raise AssertionError("the module is of version %s" % version)
    check("installed", SERVER.sql("SELECT extversion FROM pg_extension WHERE extname = 'waymark'").strip(), version)


HELPERS = ("call", "values", "answer", "as_arrays", "refused", "check", "months")
run_cases([case for name, case in list(globals().items())
           if name not in HELPERS and callable(case) and getattr(case, "__module__", "") == "__main__"])
