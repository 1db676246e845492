"""A coordinator, three shards and one server that has everything: what the tests of several servers share."""

import json
import subprocess
import time

import long_series
from servers import Failed, Farm

FARM = Farm()
HUB = FARM.start("hub")
ONE = FARM.start("one")
SHARDS = {name: FARM.start(name) for name in ("s1", "s2", "s3")}
UNITS = ["E%02d" % i for i in range(11)] + ["it's \\n \"odd\""]
COLUMNS = "indicator, unit, cohort, period, value, numerator, denominator, received"


def shards(*arguments, wanted=0, **environment):
    done = subprocess.run(FARM.as_user([FARM.scripts + "/shards.sh", *arguments]), capture_output=True, text=True, check=False,
                          cwd=FARM.folder, timeout=120, stdin=subprocess.DEVNULL,
                          env={**FARM.environment(), "PGHOST": FARM.folder, "PGPORT": str(HUB.port), "PGUSER": "postgres",
                               "PGDATABASE": "postgres", "WAYMARK_LOCK_TIMEOUT": "1s", **environment})
    if done.returncode != wanted:
        raise AssertionError("shards.sh %s: exit %d: %s%s" % (" ".join(arguments), done.returncode, done.stdout, done.stderr))
    return done.stdout + done.stderr


def connection(port):
    return "host=127.0.0.1 port=%d dbname=postgres user=postgres" % port


def readings():
    """Random series, dealt to units; every unit has a few."""
    return [["I%d" % (int(series[-3:]) // len(UNITS)), UNITS[int(series[-3:]) % len(UNITS)], "", period, value, numerator, denominator,
             "2026-01-31"] for series, period, value, numerator, denominator in long_series.random_series(11, 96)]


ROWS = readings()
SERIES = sorted({(row[0], row[1]) for row in ROWS})

CALLS = [("trend", {"bounds": [None, None], "horizon": 4}), ("spc", {"polarity": "lower", "target": 40}), ("chance", {"target": 50, "due": "2031"}),
         ("assess", {"polarity": "higher", "baseline": {"value": 30, "as_at": "2016-01"}, "milestones": [{"due": "2031-03", "target": 60}]})]


def query(table):
    calls = ["waymark_%s(period, value, numerator, denominator, %s'%s') AS %s" % (
        name, "state, received, " if name == "assess" else "", json.dumps(options), name) for name, options in CALLS]
    return "SELECT indicator, unit, cohort, %s FROM %s GROUP BY indicator, unit, cohort" % (", ".join(calls), table)


QUERY = query("waymark.readings")
FIRST_UNITS = {"s1": UNITS[:4], "s2": UNITS[4:8], "s3": UNITS[8:]}


def lay_out(names):
    shards("init")
    for name in names:
        shards("add", name, connection(SHARDS[name].port))


def answers(server, text):
    return server.sql("SELECT t::text FROM (%s) AS t ORDER BY indicator, unit COLLATE \"C\"" % text)


def expect_same():
    if answers(HUB, QUERY) != answers(ONE, query("readings")):
        raise AssertionError("the shards' answers differ from one server's")


def refused(words, text, state=None):
    began = time.time()
    try:
        HUB.sql(text)
    except Failed as error:
        missing = [word for word in words if word not in str(error)]
        if missing or (state and error.sqlstate != state):
            raise AssertionError("%s does not say %s" % (str(error)[:2000], missing)) from None
        return time.time() - began
    raise AssertionError("not refused")


def fill():
    """The readings, through the coordinator and on the one server."""
    HUB.copy("waymark.readings", ROWS, COLUMNS)
    ONE.sql("CREATE EXTENSION waymark; CREATE TABLE readings (indicator text, unit text, cohort text, period text, value float8, "
            "numerator float8, denominator float8, state text DEFAULT 'final', received date)")
    ONE.copy("readings", ROWS, COLUMNS)


def slow_down(name):
    """Put a view in the table's place, each of whose readings takes a while: then there is a middle of a query."""
    SHARDS[name].sql("CREATE OR REPLACE FUNCTION slow(float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN $1; END $$; "
                     "ALTER TABLE waymark_{0}.readings RENAME TO fast; CREATE VIEW waymark_{0}.readings AS SELECT indicator, unit, cohort, period, "
                     "slow(value) AS value, numerator, denominator, state, received FROM waymark_{0}.fast".format(name))


def speed_up(name):
    SHARDS[name].sql("DROP VIEW waymark_{0}.readings; ALTER TABLE waymark_{0}.fast RENAME TO readings".format(name))
