#!/usr/bin/env python3
"""Three shards and a coordinator: the whole aggregate is computed on every shard, the answers are those of one server to the last
bit, units move, and whatever goes wrong is told by its shard's name."""

import json
import re
import subprocess
import threading
import time

import long_series
from cable import Cable
from checks import compare_assessments, run_cases
from shard_farm import (CALLS, FARM, FIRST_UNITS, HUB, ONE, QUERY, SERIES, SHARDS, UNITS, connection, expect_same, fill, lay_out, refused, ROWS,
                        shards, slow_down, speed_up)

def it_is_laid_out_by_the_script():
    lay_out(["s1", "s2"])
    shards("give", "s1", *FIRST_UNITS["s1"])
    shards("give", "s2", *FIRST_UNITS["s2"], *FIRST_UNITS["s3"])
    fill()
    shards("check")


def a_server_is_added_and_units_move_to_it():
    expect_same()
    shards("add", "s3", connection(SHARDS["s3"].port))
    shards("move", "s3", *FIRST_UNITS["s3"])
    shards("check")
    for name, server in SHARDS.items():
        found = sorted(server.sql("SELECT DISTINCT unit FROM waymark_%s.readings" % name).splitlines())
        if found != sorted(FIRST_UNITS[name]):
            raise AssertionError("%s has %s" % (name, found))
    expect_same()


def every_shard_aggregates_and_sends_one_row_a_series():
    plan = json.loads(HUB.sql("EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) " + QUERY))[0]["Plan"]
    if plan["Node Type"] != "Append":
        raise AssertionError("the plan is %s" % plan["Node Type"])
    scans = plan["Plans"]
    for scan in scans:
        name = re.search(r"readings_(s\d)", scan["Relations"]).group(1)
        n_series = sum(unit in FIRST_UNITS[name] for _, unit in SERIES)
        if "Aggregate on" not in scan["Relations"] or not scan["Async Capable"] or "GROUP BY" not in scan["Remote SQL"]:
            raise AssertionError("%s: %s" % (name, scan["Remote SQL"]))
        if any("waymark_%s(" % call not in scan["Remote SQL"] for call, _ in CALLS):
            raise AssertionError("%s: %s" % (name, scan["Remote SQL"]))
        if scan["Actual Rows"] * scan["Actual Loops"] != n_series:
            raise AssertionError("%s sent %s rows for %d series" % (name, scan["Actual Rows"], n_series))
    if len(scans) != 3:
        raise AssertionError("%d scans" % len(scans))
    return "%d rows for %d readings" % (len(SERIES), len(ROWS))


def a_month_is_that_of_sqlite_to_the_last_bit():
    """A plan of every unit but the odd one: `waymark run` on SQLite, one PostgreSQL, and three shards. A series' options are on the shard
    that has it, so that it assesses, and the coordinator receives a row a series."""
    units = UNITS[:-1]
    plan = long_series.plan(FARM.folder, 6, units)
    HUB.copy("waymark.options", plan.options, "indicator, unit, options")
    HUB.copy("waymark.readings", [row + ["2026-01-31"] for row in plan.readings], "indicator, unit, period, value, received")
    ONE.copy("readings", [row + ["2026-01-31", ""] for row in plan.readings], "indicator, unit, period, value, received, cohort")
    ONE.sql("CREATE TABLE options (indicator text, unit text, options jsonb)")
    ONE.copy("options", plan.options, "indicator, unit, options")
    found = HUB.rows("SELECT * FROM waymark.assessed")
    plan_of_query = json.loads(HUB.sql("EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) SELECT * FROM waymark.assessed"))[0]["Plan"]
    scans = [scan for scan in plan_of_query.get("Plans", []) if scan["Node Type"] == "Foreign Scan" and scan["Async Capable"]]
    if len(scans) != 3 or sum(scan["Actual Rows"] for scan in scans) != len(plan.options):
        raise AssertionError(json.dumps(plan_of_query)[:3000])
    expected = ONE.rows("SELECT indicator, unit, (a).* FROM (SELECT indicator, unit, waymark_assess(period, value, NULL, NULL, NULL, received, options) AS a "
                        "FROM readings JOIN options USING (indicator, unit) GROUP BY indicator, unit) AS s")
    n = compare_assessments("three shards", found, plan.assessments)
    compare_assessments("one PostgreSQL", expected, plan.assessments)
    shards("move", "s3", "E00", "E01")
    compare_assessments("three shards, after a move", HUB.rows("SELECT * FROM waymark.assessed"), plan.assessments)
    shards("move", "s1", "E00", "E01")
    for table in ("readings", "options"):
        HUB.sql("DELETE FROM waymark.%s WHERE indicator LIKE 'I__'" % table)
    ONE.sql("DELETE FROM readings WHERE indicator LIKE 'I__'")
    expect_same()
    shards("check")
    return "%d series, %d statuses" % (n, len({row["status"] for row in found}))


def one_unit_asks_one_shard():
    plan = HUB.sql("EXPLAIN (VERBOSE, COSTS OFF) %s" % QUERY.replace(" GROUP BY", " WHERE unit = 'E05' GROUP BY"))
    if plan.count("Remote SQL") != 1 or "waymark_s2.readings" not in plan:
        raise AssertionError(plan)


def a_unit_of_nowhere_is_refused():
    refused(["no partition", "nowhere"], "INSERT INTO waymark.readings VALUES ('I', 'nowhere', '', '2020', 1, NULL, NULL, 'final', '2026-01-31')", "23514")


def a_lock_on_a_shard_is_waited_for_and_then_told():
    holder = subprocess.Popen(FARM.as_user(["psql", "-Xq", "-h", FARM.folder, "-p", str(SHARDS["s2"].port), "-U", "postgres", "postgres"]),
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=FARM.environment(), cwd=FARM.folder)
    holder.stdin.write("BEGIN; LOCK TABLE waymark_s2.readings; SELECT 'locked';\n")
    holder.stdin.flush()
    while "locked" not in holder.stdout.readline():
        pass
    took = refused(["lock timeout", "waymark_s2.readings"], QUERY, "55P03")
    said = shards("move", "s2", "E00", wanted=1)
    holder.kill()
    holder.wait()
    if "shard s2" not in said:
        raise AssertionError(said)
    time.sleep(0.5)
    expect_same()
    return "after %.1f s" % took


def a_move_that_stops_half_way_loses_nothing():
    SHARDS["s1"].sql("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$; "
                     "CREATE TRIGGER no BEFORE DELETE ON waymark_s1.readings EXECUTE FUNCTION no()")
    said = shards("move", "s2", "E00", "E01", wanted=1)
    if "shard s1" not in said or "not now" not in said:
        raise AssertionError(said)
    told = shards("check", wanted=1)
    if "shard s2: it has readings of unit E00" not in told:
        raise AssertionError(told)
    SHARDS["s1"].sql("DROP TRIGGER no ON waymark_s1.readings")
    shards("move", "s2", "E00", "E01")
    shards("check")
    expect_same()
    shards("move", "s1", "E00", "E01")
    shards("check")
    expect_same()


def another_version_on_one_shard_is_told():
    SHARDS["s3"].sql("UPDATE pg_extension SET extversion = '0.0.9' WHERE extname = 'waymark'")
    told = shards("check", wanted=1)
    if "shard s3: its extension is of version 0.0.9" not in told or "s1" in told:
        raise AssertionError(told)
    SHARDS["s3"].sql("UPDATE pg_extension SET extversion = '0.1.0' WHERE extname = 'waymark'")
    refused(["this server has method", "waymark_s"], QUERY.replace('"horizon": 4', '"method": 77'), "55000")
    SHARDS["s3"].sql("ALTER FUNCTION waymark_trend_final(internal) RENAME TO gone; ALTER AGGREGATE waymark_trend(text, float8, float8, float8, jsonb) "
                     "RENAME TO waymark_trend_of_old")
    refused(["does not exist", "waymark_s3.readings"], QUERY, "42883")
    SHARDS["s3"].sql("ALTER FUNCTION gone(internal) RENAME TO waymark_trend_final; ALTER AGGREGATE waymark_trend_of_old(text, float8, float8, "
                     "float8, jsonb) RENAME TO waymark_trend")
    shards("check")


def a_shard_killed_in_mid_query_is_named_and_a_rerun_completes():
    """The shard is held in the middle of its part by a slow reading, then its server is killed as by a crash."""
    slow_down("s2")
    killer = threading.Timer(1.5, lambda: SHARDS["s2"].kill())
    killer.start()
    took = refused(["waymark_s2.readings"], QUERY)
    killer.join()
    if took < 1:
        raise AssertionError("it was not in mid-query: %.1f s" % took)
    refused(['could not connect to server "s2"'], QUERY, "08001")
    told = shards("check", wanted=1)
    if 'shard s2: could not connect to server "s2"' not in told:
        raise AssertionError(told)
    SHARDS["s2"].start()
    SHARDS["s2"].new_session()
    speed_up("s2")
    expect_same()
    return "after %.1f s" % took


def a_lost_network_is_told():
    cable = Cable(SHARDS["s3"].port)
    HUB.sql("ALTER SERVER s3 OPTIONS (SET port '%d')" % cable.port)
    expect_same()
    slow_down("s3")
    threading.Timer(1, cable.cut).start()
    refused(["waymark_s3.readings"], QUERY)
    refused(['could not connect to server "s3"'], QUERY, "08001")
    HUB.sql("ALTER SERVER s3 OPTIONS (SET port '%d')" % SHARDS["s3"].port)
    speed_up("s3")
    expect_same()
    shards("check")


def without_partitionwise_aggregate_the_check_says_so():
    HUB.sql("ALTER DATABASE postgres SET enable_partitionwise_aggregate = off")
    told = shards("check", wanted=1)
    HUB.sql("ALTER DATABASE postgres SET enable_partitionwise_aggregate = on")
    HUB.new_session()
    if "enable_partitionwise_aggregate" not in told:
        raise AssertionError(told)


def names_and_words_that_make_no_sense_are_refused():
    for arguments in (("add", "S 1", "host=x"), ("move", "s9", "E00"), ("give", "s1", "E00")):
        shards(*arguments, wanted=3 if arguments[0] == "give" else 1)
    if "shards.sh init" not in shards():
        raise AssertionError("no help")


run_cases([it_is_laid_out_by_the_script, a_server_is_added_and_units_move_to_it, every_shard_aggregates_and_sends_one_row_a_series,
           a_month_is_that_of_sqlite_to_the_last_bit,
           one_unit_asks_one_shard, a_unit_of_nowhere_is_refused, a_lock_on_a_shard_is_waited_for_and_then_told,
           a_move_that_stops_half_way_loses_nothing, another_version_on_one_shard_is_told, without_partitionwise_aggregate_the_check_says_so,
           names_and_words_that_make_no_sense_are_refused, a_lost_network_is_told,
           a_shard_killed_in_mid_query_is_named_and_a_rerun_completes])
