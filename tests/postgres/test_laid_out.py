#!/usr/bin/env python3
"""A store laid out over three servers by postgres/shards.sh: `waymark batch` makes the packs of SQLite, byte for byte, the servers assess
their own units, and a server that goes away is named."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time

import servers
from cable import Cable
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


def fails_and_completes(farm, name, path, words, put_right, received):
    """A drop that fails is on no server, and the same command completes it once what was wrong is put right."""
    before = farm.vintages("--store", farm.address)
    command = ["ingest", farm.plan, path, "--received", received, "--store", farm.address]
    done = waymark(*command)
    check("%s is told, naming the server" % name, done.returncode == 4 and all(word in done.stderr for word in words), done.stderr)
    put_right()
    check("the drop is on no server", farm.vintages("--store", farm.address) == before)
    succeed(*command)
    succeed(*command[:-2])
    check("and completes afterwards", farm.vintages("--store", farm.address) == farm.vintages())


def a_lock_is_waited_for_and_then_told(farm):
    holder = servers.Session(farm.shards["s2"])
    holder.run("BEGIN; LOCK TABLE waymark_s2.readings IN SHARE MODE")
    began = time.monotonic()
    fails_and_completes(farm, "a lock on one server", late_drop(farm, "locked.csv", 14), ["shard s2"], holder.end, "2021-07-27")
    check("it was waited for", time.monotonic() - began > 2)


def a_lost_network_is_told(farm):
    """Cut while the server is writing its part."""
    cable, there = Cable(farm.shards["s3"].port), farm.shards["s3"]
    farm.hub.sql("ALTER SERVER s3 OPTIONS (SET port '%d')" % cable.port)
    there.sql("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$; "
              "CREATE TRIGGER slow BEFORE INSERT ON waymark_s3.readings EXECUTE FUNCTION slow()")

    def cut():
        while there.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'").strip() == "0":
            time.sleep(0.05)
        cable.cut()

    def put_right():
        cutter.join()
        there.sql("DROP FUNCTION slow() CASCADE")
        farm.hub.sql("ALTER SERVER s3 OPTIONS (SET port '%d')" % there.port)
    cutter = threading.Thread(target=cut)
    cutter.start()
    fails_and_completes(farm, "a lost network", late_drop(farm, "cut.csv", 15), ["s3"], put_right, "2021-07-28")


def a_full_disk_is_told(farm):
    """A small file system of its own, where one may be mounted."""
    disk, there = os.path.join(farm.farm.folder, "small"), farm.shards["s1"]
    os.makedirs(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m,mode=0700", "tmpfs", disk], capture_output=True).returncode:
        print("skipped a full disk: nothing can be mounted here")
        return
    farm.farm.own(disk)
    try:
        there.sql("CREATE TABLESPACE small LOCATION '%s'" % disk)
        there.sql("ALTER TABLE waymark_s1.readings SET TABLESPACE small; ALTER INDEX waymark_s1.readings_pkey SET TABLESPACE small")
        facts = os.statvfs(disk)
        subprocess.run(["mount", "-o", "remount,size=%dk" % ((facts.f_blocks - facts.f_bfree) * facts.f_frsize // 1024 + 64), disk], check=True)
        path = os.path.join(farm.folder, "many.csv")
        with open(path, "w") as file:
            file.write("indicator,unit,cohort,period,value\n" + "".join("I03,%s,c%d,%d-%02d,%d\n" % (UNITS[0], c, 2015 + m // 12, m % 12 + 1, c) for c in range(50) for m in range(72)))
        fails_and_completes(farm, "a full disk", path, ["shard s1", "the server's disk is full"],
                            lambda: subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True), "2021-07-29")
        there.sql("ALTER TABLE waymark_s1.readings SET TABLESPACE pg_default; ALTER INDEX waymark_s1.readings_pkey SET TABLESPACE pg_default")
    finally:
        subprocess.run(["umount", "-l", disk])


def units_move_on(farm):
    wanted = farm.vintages()
    farm.script("move", "s1", *GIVEN["s2"][:1], UNITS[-1])
    check("units move on", farm.rows_on("s1") == " ".join(sorted(GIVEN["s1"] + GIVEN["s2"][:1] + UNITS[-1:])) and farm.vintages("--store", farm.address) == wanted)
    farm.script("move", "s2", *GIVEN["s1"], *GIVEN["s3"])
    farm.script("check")
    check("until a server has none", farm.rows_on("s3") == "" and farm.vintages("--store", farm.address) == wanted)


def units_here(farm):
    return farm.hub.sql("SELECT string_agg(DISTINCT unit, ' ' ORDER BY unit) FROM ONLY waymark.readings_here WHERE unit <> ''").strip()


def units_move_back(farm):
    wanted = farm.vintages()
    farm.script("move", "here", UNITS[0], UNITS[6])
    farm.script("check")
    check("units move back to the coordinator", units_here(farm) == UNITS[0] + " " + UNITS[6] and UNITS[0] not in farm.rows_on("s2"), (units_here(farm), farm.rows_on("s2")))
    check("and nothing is another", farm.vintages("--store", farm.address) == wanted)
    farm.script("move", "s3", UNITS[0], UNITS[6])
    check("and away again", farm.rows_on("s3") == UNITS[0] + " " + UNITS[6] and farm.vintages("--store", farm.address) == wanted)


def a_drop_between_two_halves_of_a_move_is_not_lost(farm):
    """The move stops when the old server has nothing left and the coordinator has not said so yet. A drop that comes then goes where the unit was."""
    for i, (to, table) in enumerate((("s1", "waymark_s1.readings"), ("here", "waymark.readings_back"))):
        farm.hub.sql("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$; "
                     "CREATE TRIGGER no BEFORE UPDATE OR DELETE ON waymark.unit EXECUTE FUNCTION no()")
        farm.script("move", to, UNITS[3], wanted=1)
        farm.hub.sql("DROP FUNCTION no() CASCADE")
        farm.script("check", wanted=1)
        server = farm.hub if to == "here" else farm.shards[to]
        check("a move to %s stops half way" % to, int(server.sql("SELECT count(*) FROM %s WHERE unit = '%s'" % (table, UNITS[3]))) > 0)
        for store in ([], ["--store", farm.address]):
            succeed("ingest", farm.plan, late_drop(farm, "between%d.csv" % i, 20 + i), "--received", "2021-08-0%d" % (i + 1), *store)
        farm.script("move", to, UNITS[3])
        farm.script("check")
        check("and the drop that came then is not lost, nor what was there", farm.vintages("--store", farm.address) == farm.vintages())


def partners_are_not_laid_out(farm):
    farm.hub.sql("CREATE DATABASE shared")
    shared = farm.address.rsplit("/", 1)[0] + "/shared"
    succeed("export", farm.plan, "--store", shared)
    subprocess.run(["psql", "-Xq", "-f", servers.SOURCE + "/postgres/partners.sql", shared], check=True, capture_output=True)
    done = subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-1", "-f", servers.SOURCE + "/postgres/shards.sql", shared], capture_output=True, text=True)
    check("a store of partners is not laid out", done.returncode and "partners write to this store" in done.stderr, done.stderr)
    done = subprocess.run(["psql", "-Xq", "-f", servers.SOURCE + "/postgres/partners.sql", farm.address], capture_output=True, text=True)
    check("nor does one that is take partners", done.returncode and "laid out over servers" in done.stderr, done.stderr)
    check("and keeps none of it", farm.hub.sql("SELECT to_regclass('waymark.partner') IS NULL").strip() == "t")


farm = Farm()
for part in (it_is_laid_out, each_server_assesses_its_own, a_server_killed_in_mid_batch_is_named, a_drop_that_one_server_refuses_is_on_none,
             a_drop_that_some_servers_have_kept_is_undone, a_lock_is_waited_for_and_then_told, a_lost_network_is_told,
             a_full_disk_is_told, units_move_on, units_move_back, a_drop_between_two_halves_of_a_move_is_not_lost, partners_are_not_laid_out):
    began = time.monotonic()
    part(farm)
    print("        %s: %.1f s" % (part.__name__, time.monotonic() - began), flush=True)
end()
