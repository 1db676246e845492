#!/usr/bin/env python3
"""A store laid out over three servers by postgres/shards.sh: `waymark batch` makes the packs of SQLite, byte for byte, the servers assess
their own units, and a server that goes away is named."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import servers
from store_place import COMMAND, check, comparable, end, is_same_folder, succeed, waymark

GENERATE = sys.argv[1] if len(sys.argv) > 1 else "build/dev/bench/generate_national"
AREAS, MONTHS, FIRST = 7, "30", "28"  # three drops
UNITS = ["E%08d" % (i + 1) for i in range(AREAS)]
GIVEN = {"s1": UNITS[:2], "s2": UNITS[2:4], "s3": UNITS[4:6]}  # the last stays on the coordinator


class Farm:
    def __init__(self):
        self.farm = servers.Farm()
        self.hub = self.farm.start("hub")
        self.shards = {name: self.farm.start(name) for name in GIVEN}
        self.address = "postgresql://postgres@127.0.0.1:%d/postgres" % self.hub.port
        self.folder = os.path.join(self.farm.folder, "plans")
        os.makedirs(self.folder)
        self.plan = os.path.join(self.folder, "nation")
        subprocess.run([GENERATE, self.plan, str(AREAS), MONTHS, FIRST], check=True, stdout=subprocess.DEVNULL)

    def script(self, *arguments, wanted=0):
        done = subprocess.run(self.farm.as_user([self.farm.scripts + "/shards.sh", *arguments]), capture_output=True, text=True, check=False, cwd=self.farm.folder,
                              timeout=120, stdin=subprocess.DEVNULL, env={**self.farm.environment(), "PGHOST": self.farm.folder, "PGPORT": str(self.hub.port), "PGUSER": "postgres",
                                                                          "PGDATABASE": "postgres", "WAYMARK_LOCK_TIMEOUT": "2s"})
        check("shards.sh " + " ".join(arguments), done.returncode == wanted, done.stdout + done.stderr)

    def batch(self, out, *words):
        return waymark("batch", self.plan, "--out", os.path.join(self.folder, out), "--charts", "none", "--jobs", "2", "--format", "csv", *words)

    def compare(self, name, out, with_out="sqlite"):
        a, b = (comparable(os.path.join(self.folder, one)) for one in (out, with_out))
        check(name, is_same_folder(a, b), subprocess.run(["diff", "-rq", a, b], capture_output=True, text=True).stdout)
        shutil.rmtree(a)
        shutil.rmtree(b)

    def vintages(self, *words):
        return succeed("export", self.plan, "--all-vintages", "--format", "csv", *words)

    def rows_on(self, name):
        return self.shards[name].sql("SELECT string_agg(DISTINCT unit, ' ' ORDER BY unit) FROM waymark_%s.readings" % name).strip()


def it_is_laid_out(farm):
    """Units are moved to servers that a store has readings of already, and drops come afterwards."""
    later = os.path.join(farm.folder, "later")
    drops = sorted(os.listdir(farm.plan + "/drops"))
    os.makedirs(later)
    shutil.move(os.path.join(farm.plan, "drops", drops[-1]), later)
    succeed("export", farm.plan, "--store", farm.address, "--all-vintages")
    farm.script("init")
    for name, server in farm.shards.items():
        farm.script("add", name, "host=127.0.0.1 port=%d dbname=postgres user=postgres" % server.port)
    for name, units in GIVEN.items():
        farm.script("move", name, *units)
    farm.script("check")
    for name, units in GIVEN.items():
        check("the units of %s are there" % name, farm.rows_on(name) == " ".join(units), farm.rows_on(name))
    shutil.move(os.path.join(later, drops[-1]), farm.plan + "/drops")
    first = farm.batch("laid-out", "--store", farm.address)
    check("a drop comes to a store that is laid out", first.returncode == 0 and "6 new drops" in first.stderr and "server assesses" in first.stderr, first.stderr)
    farm.batch("sqlite")
    farm.compare("packs are those of SQLite", "laid-out")
    here = farm.vintages("--store", farm.plan + "/waymark.db")
    check("every vintage is", farm.vintages("--store", farm.address) == here)
    check("the store is sound", waymark("store", "verify", farm.plan, "--store", farm.address, "--fail-on", "error").returncode == 0)


def each_server_assesses_its_own(farm):
    """The question of a unit goes to its server alone, the aggregate with it, and a row a series comes back."""
    query = ("SELECT indicator, cohort, public.waymark_assess_record(period, value, numerator, denominator, state, DATE '1900-01-01' + array_position('{1,7,13}'::integer[], drop_id), "
             "'{}'::jsonb -> indicator -> cohort) FROM waymark.readings WHERE unit = '%s' AND series = ANY ('{%s}'::integer[]) AND drop_id = ANY ('{1,7,13}'::integer[]) "
             "GROUP BY indicator, unit, cohort")
    for name, units in GIVEN.items():
        ids = farm.hub.sql("SELECT string_agg(id::text, ',') FROM waymark.series WHERE unit = '%s'" % units[0]).strip()
        plan = json.loads(farm.hub.sql("EXPLAIN (ANALYZE, VERBOSE, FORMAT JSON) " + query % (units[0], ids)))[0]["Plan"]
        check("the plan of %s's unit is one foreign scan" % name, plan["Node Type"] == "Foreign Scan" and "Aggregate on" in plan["Relations"] and
              "waymark_%s.readings" % name in plan["Remote SQL"] and "GROUP BY" in plan["Remote SQL"], plan)
        n_series = farm.shards[name].sql("SELECT count(DISTINCT series) FROM waymark_%s.readings WHERE unit = '%s' AND drop_id IN (1, 7, 13)" % (name, units[0])).strip()
        check("and a row a series comes from %s" % name, str(plan["Actual Rows"]) == n_series and int(n_series) > 5, (plan["Actual Rows"], n_series))


def a_server_killed_in_mid_batch_is_named(farm):
    running = subprocess.Popen([COMMAND, "batch", farm.plan, "--out", farm.folder + "/killed", "--charts", "svg", "--jobs", "1", "--format", "csv", "--store", farm.address],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while running.poll() is None and not os.path.exists(farm.folder + "/killed/packs/%s/record.json" % UNITS[0]):
        time.sleep(0.02)
    farm.shards["s2"].kill()
    said = running.communicate()[1]
    failed = set(re.findall(r"waymark batch: (E\d+): ", said))
    check("a server killed in mid-batch is named", running.returncode == 4 and re.search('shard s2|server "s2"', said) and failed >= set(GIVEN["s2"][1:]), said)
    farm.shards["s2"].stop("immediate")
    farm.shards["s2"].start()
    again = waymark("batch", farm.plan, "--out", farm.folder + "/killed", "--charts", "svg", "--jobs", "2", "--format", "csv", "--store", farm.address)
    check("the rerun completes, and keeps what was made", again.returncode == 0 and re.search(r"[1-9] unchanged, 0 failed", again.stderr), again.stderr)
    waymark("batch", farm.plan, "--out", farm.folder + "/whole", "--charts", "svg", "--jobs", "2", "--format", "csv")
    farm.compare("its packs are those of SQLite", "killed", "whole")


def late_drop(farm, name, value):
    path = os.path.join(farm.folder, name)
    with open(path, "w") as file:
        file.write("indicator,unit,period,value\n" + "".join("I03,%s,2021-06,%s\n" % (unit, value) for unit in UNITS))
    return path


def a_drop_that_one_server_refuses_is_on_none(farm):
    before = farm.vintages("--store", farm.address)
    farm.shards["s3"].sql("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$; "
                          "CREATE TRIGGER no BEFORE INSERT ON waymark_s3.readings EXECUTE FUNCTION no()")
    done = waymark("ingest", farm.plan, late_drop(farm, "late.csv", 12), "--received", "2021-07-31", "--store", farm.address)
    check("a drop that one server refuses fails, naming it", done.returncode == 4 and "shard s3" in done.stderr and "not now" in done.stderr, done.stderr)
    farm.shards["s3"].sql("DROP TRIGGER no ON waymark_s3.readings")
    check("and is on none", farm.vintages("--store", farm.address) == before)


def a_drop_that_some_servers_have_kept_is_undone(farm):
    """A commit is each server's own: s1 has kept its part of a drop, and s3, at the last moment, has not."""
    before = farm.vintages("--store", farm.address)
    farm.shards["s3"].sql("CREATE CONSTRAINT TRIGGER no AFTER INSERT ON waymark_s3.readings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()")
    done = waymark("ingest", farm.plan, late_drop(farm, "late.csv", 12), "--received", "2021-07-31", "--store", farm.address)
    check("a drop that fails as it is kept is told", done.returncode == 4 and "not now" in done.stderr, done.stderr)
    farm.shards["s3"].sql("DROP TRIGGER no ON waymark_s3.readings")
    kept = sum(int(server.sql("SELECT count(*) FROM waymark_%s.readings WHERE drop_id > 18" % name)) for name, server in farm.shards.items())
    check("some server has kept its part", kept > 0, kept)
    check("nobody sees it", farm.vintages("--store", farm.address) == before)
    check("verify tells of it", "broken_reference" in waymark("store", "verify", farm.plan, "--store", farm.address, "--format", "csv").stdout)
    for store in ([], ["--store", farm.address]):
        succeed("ingest", farm.plan, late_drop(farm, "other.csv", 13), "--received", "2021-07-31", *store)
    check("and the next drop has its own alone", farm.vintages("--store", farm.address) == farm.vintages())
    check("and the store is sound", "broken_reference" not in waymark("store", "verify", farm.plan, "--store", farm.address, "--format", "csv").stdout)


def units_move_on(farm):
    wanted = farm.vintages()
    farm.script("move", "s1", *GIVEN["s2"][:1], UNITS[-1])
    check("units move on", farm.rows_on("s1") == " ".join(sorted(GIVEN["s1"] + GIVEN["s2"][:1] + UNITS[-1:])) and farm.vintages("--store", farm.address) == wanted)
    farm.script("move", "here", UNITS[0], wanted=1)
    farm.script("move", "s2", *GIVEN["s1"], *GIVEN["s3"])
    farm.script("check")
    check("until a server has none", farm.rows_on("s3") == "" and farm.vintages("--store", farm.address) == wanted)


def partners_are_not_laid_out(farm):
    farm.hub.sql("CREATE DATABASE shared")
    shared = farm.address.rsplit("/", 1)[0] + "/shared"
    succeed("export", farm.plan, "--store", shared)
    subprocess.run(["psql", "-Xq", "-f", servers.SOURCE + "/postgres/partners.sql", shared], check=True, capture_output=True)
    done = subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-1", "-f", servers.SOURCE + "/postgres/shards.sql", shared], capture_output=True, text=True)
    check("a store of partners is not laid out", done.returncode and "partners write to this store" in done.stderr, done.stderr)


farm = Farm()
for part in (it_is_laid_out, each_server_assesses_its_own, a_server_killed_in_mid_batch_is_named, a_drop_that_one_server_refuses_is_on_none,
             a_drop_that_some_servers_have_kept_is_undone, units_move_on, partners_are_not_laid_out):
    began = time.monotonic()
    part(farm)
    print("        %s: %.1f s" % (part.__name__, time.monotonic() - began), flush=True)
end()
