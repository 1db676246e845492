#!/usr/bin/env python3
"""The store on PostgreSQL: the tests of the store's own suite on a server, whole months against SQLite's, and what goes wrong."""

import os
import shutil
import subprocess
import threading
import time

import servers
from store_place import COMMAND, Place, check, end, is_same_folder, succeed, waymark

TESTS = os.environ.get("WAYMARK_TESTS_FOLDER", "")
# Of tests/data: those in which drops come, change, go, and are read.
SUITE = ["test_store_write", "test_store_revisions", "test_store_reading", "test_vintages", "test_again", "test_delivery"]
PLANS = ["somerset-wsoa-2020", "somerset-app-2023"]


def run_suite(place):
    """The same tests as on SQLite."""
    for name in SUITE if TESTS else []:
        done = subprocess.run([os.path.join(TESTS, name)], capture_output=True, text=True, cwd=servers.SOURCE,
                              env={**os.environ, "WAYMARK_TEST_SERVER": place.address("postgres")})
        check("suite " + name, done.returncode == 0, "\n".join(l for l in (done.stdout + done.stderr).splitlines() if " OK " not in l and "RUN" not in l))


def months_are_the_same(place):
    for name in PLANS:
        here, address, there = place.plan(name), place.database(), place.plan(name)
        succeed("run", here, "--out", here + "/out")
        succeed("run", there, "--out", there + "/out", "--store", address)
        with open(there + "/plan.ini", "a") as ini:
            ini.write("\n[store]\nurl = %s\n" % address)
        check("month of " + name, is_same_folder(here + "/out", there + "/out"), here)
        check("no file beside the plan of " + name, not os.path.exists(there + "/waymark.db"))
        words = ["--format", "csv", "--all-vintages"]
        check("vintages of " + name, succeed("export", here, *words) == succeed("export", there, *words))
        check("store of %s is sound" % name, waymark("store", "verify", there, "--fail-on", "error").returncode == 0)
        moves_both_ways(place, name, here, there)


def many_series_take_few_questions(place):
    """A server's answer takes its time however little is asked: a report of 120 series reads them in pages."""
    plan, address = place.plan(PLANS[0]), place.database()
    path = os.path.join(place.folder, "many.csv")
    many_rows(path, 120 * 60)
    succeed("ingest", plan, path, "--store", address, "--received", "2021-01-31", "--quiet")
    place.ask(address, "ALTER DATABASE %s SET log_statement = 'all'" % address.rsplit("/", 1)[1])
    place.ask(address, "ALTER DATABASE %s SET log_min_messages = 'log'" % address.rsplit("/", 1)[1])
    succeed("run", plan, "--store", address, "--out", plan + "/out", "--quiet")
    with open(place.server.data + ".log") as log:
        said = [line for line in log if "execute" in line or "statement: " in line]
    asked = sum("FROM waymark.readings WHERE series" in line for line in said)
    check("120 series are read in few questions", 1 <= asked <= 12, "%d of %d" % (asked, len(said)))


def moves_both_ways(place, name, here, there):
    """Out of SQLite into a server, out of a server into SQLite: the same vintages everywhere."""
    wanted = succeed("export", here, "--all-vintages")
    to, back = place.database(), here + "/back.db"
    succeed("store", "move", here, to)
    succeed("store", "move", there, back)
    for store in (to, back):
        check("moved vintages of " + name, waymark("export", here, "--all-vintages", "--store", store).stdout == wanted)
        check("moved store of %s is sound" % name, waymark("store", "verify", here, "--store", store, "--fail-on", "error").returncode == 0)
    again = waymark("store", "move", here, to)
    check("a store with drops is not moved into", again.returncode == 4 and "has drops already" in again.stderr, again.stderr)


def refusals(place):
    plan, address = place.plan(PLANS[0]), place.database()
    secret = waymark("run", plan, "--store", address.replace("postgres@", "postgres:pa55word@"))
    check("a password in the address is refused", secret.returncode == 3 and "has a password in it" in secret.stderr, secret.stderr)
    check("and not repeated", "pa55word" not in secret.stderr + secret.stdout, secret.stderr)
    secret = waymark("run", plan, "--store", address + "?password=pa55word")
    check("nor as a parameter", secret.returncode == 3 and "pa55word" not in secret.stderr, secret.stderr)
    check("nothing was made", place.ask(address, "SELECT to_regnamespace('waymark') IS NULL") == "t")
    dry = waymark("ingest", plan, plan + "/drops/2020-10-31/readings.csv", "--store", address, "--dry-run", "--received", "2020-10-31")
    check("a dry run makes nothing", dry.returncode == 0 and place.ask(address, "SELECT to_regnamespace('waymark') IS NULL") == "t", dry.stderr)
    succeed("export", plan, "--store", address)  # takes up the drops, and makes no report
    place.ask(address, "UPDATE waymark.store SET version = 99")
    newer = waymark("export", plan, "--store", address)
    check("a newer store is refused", newer.returncode == 4 and "newer Waymark (schema 99" in newer.stderr, newer.stderr)
    other = place.database()
    place.ask(other, "CREATE SCHEMA waymark")
    foreign = waymark("run", plan, "--store", other, "--out", plan + "/out")
    check("a foreign schema is left alone", foreign.returncode == 4 and "that is no store" in foreign.stderr, foreign.stderr)
    latin = place.database(" ENCODING 'LATIN1' TEMPLATE template0")
    wrong = waymark("run", plan, "--store", latin, "--out", plan + "/out")
    check("a database of another encoding is refused", wrong.returncode == 4 and "not in UTF-8" in wrong.stderr, wrong.stderr)
    nobody = waymark("run", plan, "--store", place.address("nowhere"), "--out", plan + "/out")
    backup = waymark("store", "backup", plan, other, "--store", plan + "/waymark.db")
    check("a backup is no database", backup.returncode == 2 and "waymark store move" in backup.stderr and not os.path.exists("postgresql:"), backup.stderr)
    away = waymark("run", plan, "--store", "postgresql://127.0.0.1:%d/plans" % servers.free_port(), "--out", plan + "/out")
    check("a server that cannot be reached says so", away.returncode == 4 and "cannot open the store" in away.stderr and "whether the server runs" in away.stderr, away.stderr)
    check("a database that is not there says so", nobody.returncode == 4 and "cannot open the store" in nobody.stderr, nobody.stderr)


def many_rows(path, n, first=0):
    with open(path, "w") as out:
        out.write("indicator,unit,cohort,period,value,numerator,denominator,state,note\n")
        for i in range(n):
            out.write("WSOA-4.8,,c%d,%d-%02d,%d,,,,\n" % (first + i // 60, 2015 + i % 60 // 12, i % 12 + 1, i % 100))


def two_at_once(place):
    """Neither loses a row, and the counts are those of one after the other."""
    address = place.database()
    plans = [place.plan(PLANS[0]) for _ in range(2)]  # each has a plan's folder of its own
    for plan in plans:
        shutil.rmtree(plan + "/drops")
    files = [os.path.join(place.folder, "part%d.csv" % i) for i in range(2)]
    for i, path in enumerate(files):
        many_rows(path, 30000, 10000 * i)
    done = [None, None]

    def submit(i):
        done[i] = waymark("ingest", plans[i], files[i], "--store", address, "--received", "2021-01-31")

    threads = [threading.Thread(target=submit, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("two submitters at once both succeed", all(d.returncode == 0 for d in done), [d.stderr for d in done])
    check("and lose nothing", place.ask(address, "SELECT count(*), count(DISTINCT drop_id) FROM waymark.readings") == "60000|2")


def a_lock_is_waited_for(place):
    plan, address = place.plan(PLANS[0]), place.database()
    succeed("export", plan, "--store", address)
    holder = subprocess.Popen(["psql", "-XqAt", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdin.write("BEGIN; SELECT pg_advisory_xact_lock(1464685396); \\echo held\n")
    holder.stdin.flush()
    while holder.stdout.readline().strip() != "held":
        pass
    path = os.path.join(place.folder, "late.csv")
    many_rows(path, 60)
    waited = waymark("ingest", plan, path, "--store", address + "?options=-c%20lock_timeout%3D300ms", "--received", "2022-01-31")
    check("a lock wait ends with what to do", waited.returncode == 4 and "another Waymark is writing to it" in waited.stderr, waited.stderr)
    reading = waymark("export", plan, "--store", address)
    check("who reads does not wait", reading.returncode == 0, reading.stderr)
    holder.stdin.close()
    holder.wait()
    succeed("ingest", plan, path, "--store", address, "--received", "2022-01-31")


def a_lost_server(place):
    """Killed in the middle of a drop: nothing of it is there, and the same command completes."""
    plan, address = place.plan(PLANS[0]), place.database()
    shutil.rmtree(plan + "/drops")
    path = os.path.join(place.folder, "big.csv")
    many_rows(path, 300000)
    ingest = subprocess.Popen([COMMAND, "ingest", plan, path, "--store", address, "--received", "2021-01-31"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
    for _ in range(600):  # until rows are under way
        if place.ask(address, "SELECT count(*) > 0 FROM pg_stat_progress_copy WHERE tuples_processed > 1000") == "t":
            break
        time.sleep(0.02)
    place.server.kill()
    said = ingest.communicate()[1]
    check("a lost server says so", ingest.returncode == 4 and "the connection was lost" in said or "ended the connection" in said, said)
    place.server.stop("immediate")
    place.server.start()
    check("nothing is half-written", place.ask(address, "SELECT (SELECT count(*) FROM waymark.readings) + (SELECT count(*) FROM waymark.drops)") in ("0", ""))
    succeed("ingest", plan, path, "--store", address, "--received", "2021-01-31")
    check("a rerun completes", place.ask(address, "SELECT count(*) FROM waymark.readings") == "300000")


def a_full_disk(place):
    """A small file system of its own, where one may be mounted."""
    disk = os.path.join(place.server.farm.folder, "disk")
    os.makedirs(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m,mode=0777", "tmpfs", disk], capture_output=True).returncode:
        print("skipped a full disk: nothing can be mounted here")
        return
    try:
        os.makedirs(disk + "/space", mode=0o700)
        place.server.farm.own(disk + "/space")
        place.server.sql("CREATE TABLESPACE small LOCATION '%s/space'" % disk)
        address, plan = place.database(" TABLESPACE small"), place.plan(PLANS[0])
        shutil.rmtree(plan + "/drops")
        path = os.path.join(place.folder, "full.csv")
        many_rows(path, 300000)
        full = waymark("ingest", plan, path, "--store", address, "--received", "2021-01-31")
        check("a full disk says so", full.returncode == 4 and "the server's disk is full" in full.stderr, full.stderr)
        kept = place.ask(address, "SELECT count(*) FROM waymark.drops")
        check("and nothing is half-written", kept == "0", kept)
        subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
        succeed("ingest", plan, path, "--store", address, "--received", "2021-01-31")
        check("with room a rerun completes", place.ask(address, "SELECT count(*) FROM waymark.readings") == "300000")
    finally:
        place.server.stop("immediate")
        subprocess.run(["umount", "-l", disk])


def hostile_text(place):
    """Whatever a field says, it is data."""
    plan, address = place.plan(PLANS[0]), place.database()
    shutil.rmtree(plan + "/drops")
    path = os.path.join(place.folder, "hostile.csv")
    texts = ["'; DROP SCHEMA waymark CASCADE; --", "{\"a\",b}", "\\\\x41\\N", "$1 %s %n", "a\tb", "“ü” 🙂", "NULL", "\\."]
    with open(path, "w") as out:
        out.write("indicator,unit,cohort,period,value,numerator,denominator,state,note\n")
        for i, text in enumerate(texts):
            quoted = '"' + text.replace('"', '""') + '"'
            out.write("WSOA-4.8,,%s,2021-%02d,%d,,,,%s\n" % (quoted, i + 1, i, quoted))
        out.write('WSOA-4.8,,"%s",2021-01,nonsense,,,,\n' % texts[0])
    succeed("ingest", plan, path, "--store", address, "--received", "2021-09-30")
    succeed("ingest", plan, path, "--received", "2021-09-30")
    words = ["--all-vintages", "--format", "csv"]
    there, here = succeed("export", plan, "--store", address, *words), succeed("export", plan, *words)
    check("hostile text stays data", there == here and there.count("\n") == len(texts) + 1, there)


def damage_is_found(place):
    plan, address = place.plan(PLANS[0]), place.database()
    succeed("export", plan, "--store", address)
    for sql, code in (("UPDATE waymark.readings SET period = '1999-01' WHERE ctid IN (SELECT ctid FROM waymark.readings LIMIT 1)", "damaged_reading"),
                      ("UPDATE waymark.readings SET unit = 'X' WHERE ctid IN (SELECT ctid FROM waymark.readings LIMIT 1)", "broken_reference"),
                      ("UPDATE waymark.readings SET value = 'NaN' WHERE ctid IN (SELECT ctid FROM waymark.readings LIMIT 1)", "damaged_reading"),
                      ("DELETE FROM waymark.readings WHERE ctid IN (SELECT ctid FROM waymark.readings LIMIT 1)", "wrong_count")):
        place.ask(address, sql)
        said = waymark("store", "verify", plan, "--store", address, "--format", "csv")
        check("verify finds %s" % code, code in said.stdout and "restore the database" in said.stdout and "waymark.db" not in said.stdout,
              said.stdout + said.stderr)


def main():
    place = Place(servers.Farm(needs_extension=False))
    os.chmod(place.folder, 0o755)
    try:
        for part in (months_are_the_same, many_series_take_few_questions, refusals, two_at_once, a_lock_is_waited_for, hostile_text, damage_is_found, run_suite, a_lost_server,
                     a_full_disk):
            start = time.monotonic()
            part(place)
            print("        %s: %.1f s" % (part.__name__, time.monotonic() - start), flush=True)
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)
    end()


main()
