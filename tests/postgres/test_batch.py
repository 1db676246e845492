#!/usr/bin/env python3
"""`waymark batch` from a store on a server: the packs are those from SQLite, byte for byte, and a server that goes away is told."""

import os
import shutil
import subprocess
import sys
import time

import servers
from store_place import COMMAND, Place, check, comparable, end, is_same_folder, succeed, waymark

GENERATE = sys.argv[1] if len(sys.argv) > 1 else "build/dev/bench/generate_national"
TESTS = os.environ.get("WAYMARK_TESTS_FOLDER", "")
AREAS, MONTHS, FIRST = "5", "30", "27"  # four drops


def nation(place):
    folder = os.path.join(place.folder, "nation")
    subprocess.run([GENERATE, folder, AREAS, MONTHS, FIRST], check=True, stdout=subprocess.DEVNULL)
    return folder


def batch(plan, out, *words):
    return waymark("batch", plan, "--out", out, "--charts", "none", "--jobs", "2", "--format", "csv", *words)


def compare_packs(name, *outs):
    a, b = map(comparable, outs)
    check(name, is_same_folder(a, b), subprocess.run(["diff", "-rq", a, b], capture_output=True, text=True).stdout)


def packs_are_those_of_sqlite(place, plan):
    here, there, address = plan + "-sqlite", plan + "-server", place.database()
    if place.has_engine:
        place.ask(address, "CREATE EXTENSION waymark")
    done = batch(plan, here), batch(plan, there, "--store", address)
    check("it is said who assesses", ("server assesses" in done[1].stderr) == place.has_engine and "server assesses" not in done[0].stderr, done[1].stderr)
    check("both batches are done", done[0].returncode == done[1].returncode == 0, done[0].stderr + done[1].stderr)
    check("both print the same", done[0].stdout == done[1].stdout)
    compare_packs("packs of a nation are the same", here, there)
    check("a nation is on the server", place.ask(address, "SELECT count(*) FROM waymark.drops") == "24")
    return address


def a_role_that_may_not_ask_does_it_itself(place, plan, address):
    place.ask(address, "REVOKE ALL ON SCHEMA public FROM PUBLIC; CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA waymark TO reader; "
                       "GRANT SELECT ON ALL TABLES IN SCHEMA waymark TO reader")
    done = batch(plan, plan + "-reader", "--only", "E00000001", "--store", address.replace("postgres@", "reader@"))
    check("a role that may only read makes packs, and assesses itself", done.returncode == 0 and "1 pack made" in done.stderr and "server assesses" not in done.stderr,
          done.stderr)
    check("the same ones", is_same_folder(*(comparable(out) + "/packs/E00000001" for out in (plan + "-reader", plan + "-sqlite"))))


def a_partner_s_drop_is_noticed(place, plan, address):
    """Nothing in the folder has changed: another gave a drop, from elsewhere."""
    out, elsewhere = plan + "-server", plan + "-elsewhere"
    again = batch(plan, out, "--store", address)
    check("nothing is made twice", "0 packs made, 5 unchanged" in again.stderr, again.stderr)
    shutil.copytree(plan, elsewhere, ignore=shutil.ignore_patterns("drops", "waymark.db*"))
    path = os.path.join(place.folder, "late.csv")
    with open(path, "w") as file:
        file.write("indicator,unit,period,value\nI03,E00000001,2021-06,12\n")
    succeed("ingest", elsewhere, path, "--received", "2021-07-31", "--store", address)
    again = batch(plan, out, "--store", address)
    check("packs are made of a partner's drop", "5 packs made, 0 unchanged" in again.stderr, again.stderr)


def many_plans_say_where_theirs_is(place):
    root = os.path.join(place.folder, "plans")
    os.makedirs(root)
    for name in ("one", "two"):
        plan = place.plan("somerset-wsoa-2020")
        with open(plan + "/plan.ini", "a") as ini:
            ini.write("\n[store]\nurl = %s\n" % place.database())
        os.rename(plan, os.path.join(root, name))
    refused = batch(root, root + "-out", "--store", place.database())
    check("several plans are not put into one store", refused.returncode == 2 and "there are 2 plans" in refused.stderr, refused.stderr)
    first = batch(root, root + "-out")
    check("each of them has its own", "2 packs made" in first.stderr and not os.path.exists(root + "/one/waymark.db"), first.stderr)
    again = batch(root, root + "-out")
    check("and is not made again", "0 packs made, 2 unchanged" in again.stderr, again.stderr)


def a_server_killed_in_mid_batch(place, plan):
    out, address = plan + "-killed", place.database()
    if place.has_engine:
        place.ask(address, "CREATE EXTENSION waymark")
    running = subprocess.Popen([COMMAND, "batch", plan, "--out", out, "--jobs", "1", "--store", address, "--format", "csv"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    while running.poll() is None and not os.path.exists(out + "/packs/E00000001/record.json"):
        time.sleep(0.02)
    place.server.kill()
    said = running.communicate()[1]
    check("a server killed in mid-batch is told", running.returncode == 4 and address in said, said)
    place.server.stop("immediate")
    place.server.start()
    again = waymark("batch", plan, "--out", out, "--jobs", "1", "--store", address, "--format", "csv")
    check("the rerun completes", again.returncode == 0 and "failed" not in again.stdout, again.stderr + again.stdout)
    check("and keeps what was made", "1 unchanged" in again.stderr or "2 unchanged" in again.stderr or "3 unchanged" in again.stderr, again.stderr)
    whole = plan + "-whole"
    waymark("batch", plan, "--out", whole, "--jobs", "2", "--format", "csv")
    compare_packs("its packs are those of SQLite", whole, out)


def months_are_the_same(place):
    """Months of units, by the server and here: tests/data/test_served.c."""
    if not TESTS:
        return
    done = subprocess.run([os.path.join(TESTS, "test_served")], capture_output=True, text=True, cwd=servers.SOURCE,
                          env={**os.environ, "WAYMARK_TEST_SERVER": place.address("postgres"), "WAYMARK_TEST_ENGINE": "1"})
    check("months that the server assesses", done.returncode == 0 and "SKIPPED" not in done.stderr, done.stdout + done.stderr)
    print("".join("        %s\n" % line for line in done.stdout.splitlines() if "by the server" in line), end="")


def main():
    has_engine = os.path.exists(servers.MODULE)
    place = Place(servers.Farm(needs_extension=has_engine))
    place.has_engine = has_engine
    try:
        if has_engine:
            months_are_the_same(place)
        plan = nation(place)
        address = packs_are_those_of_sqlite(place, plan)
        a_role_that_may_not_ask_does_it_itself(place, plan, address)
        a_partner_s_drop_is_noticed(place, plan, address)
        many_plans_say_where_theirs_is(place)
        a_server_killed_in_mid_batch(place, plan)
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)
    end()


main()
