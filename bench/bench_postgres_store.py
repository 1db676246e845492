#!/usr/bin/env python3
"""Rows a second of `waymark ingest` into PostgreSQL beside psql's \\copy of the same rows into the same table with its index.

Usage: bench/bench_postgres_store.py BUILD_DIR [ROWS]. The one reads a long file, checks, versions and counts; the other only copies what
the first one made of it. By the clock the command reads while the server writes; one core's time is of the program and of its server
process together, and depends little on what else the machine does. Medians of the rounds. Skips without PostgreSQL.
"""

import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

build = sys.argv[1] if len(sys.argv) > 1 else "build/release"
n_rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
N_MONTHS, N_INDICATORS, N_ROUNDS = 60, 60, 5
os.environ.setdefault("WAYMARK_SOURCE", os.getcwd())
sys.path.insert(0, "tests/postgres")
from servers import Farm  # noqa: E402 (its settings come from the environment)


def write_plan(folder):
    n_series = n_rows // N_MONTHS
    with open(folder + "/plan.ini", "w") as out:
        out.write("[plan]\ntitle = Bench\nstart = 2015-01\n")
    with open(folder + "/indicators.csv", "w") as out:
        out.write("indicator,title,kind,frequency\n" + "".join("I%d,Indicator %d,count,month\n" % (i, i) for i in range(N_INDICATORS)))
    with open(folder + "/units.csv", "w") as out:
        out.write("unit,name\n" + "".join("U%d,Unit %d\n" % (u, u) for u in range(n_series // N_INDICATORS + 1)))
    chance = random.Random(1)
    with open(folder + "/all.csv", "w") as out:
        out.write("indicator,unit,period,value\n")
        for s in range(n_series):
            for m in range(N_MONTHS):
                out.write("I%d,U%d,%d-%02d,%d\n" % (s % N_INDICATORS, s // N_INDICATORS, 2015 + m // 12, m % 12 + 1, chance.randint(0, 100000)))


def used(server):
    """Seconds of one core's time that programs here, and the server's processes for them, have used and ended."""
    with open(server.data + "/postmaster.pid") as file:
        pid = file.readline().strip()
    with open("/proc/%s/stat" % pid) as file:
        ticks = file.read().rsplit(")", 1)[1].split()[13:15]
    here = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") + here.ru_utime + here.ru_stime


def timed(server, command):
    start, clock = used(server), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    clock = time.monotonic() - clock
    time.sleep(0.5)  # its server process ends
    return clock, used(server) - start


def measure(server, folder):
    """Seconds of both, in databases of their own."""
    address = "postgresql://postgres@127.0.0.1:%d/" % server.port
    for name in ("ingest", "copy"):
        server.sql("DROP DATABASE IF EXISTS %s" % name)
        server.sql("CREATE DATABASE %s" % name)
    shutil.rmtree(folder + "/drops", ignore_errors=True)
    ingest = timed(server, [os.path.join(build, "waymark"), "ingest", folder, folder + "/all.csv", "--received", "2020-01-31", "--store", address + "ingest"])
    subprocess.run(["psql", "-Xq", address + "ingest", "-c", "\\copy waymark.readings TO '%s/rows' CSV" % folder], check=True)
    with open("postgres/store/1.sql") as schema:
        subprocess.run(["psql", "-Xq", address + "copy"], stdin=schema, check=True, stdout=subprocess.DEVNULL)
    return ingest, timed(server, ["psql", "-Xq", address + "copy", "-c", "\\copy waymark.readings FROM '%s/rows' CSV" % folder])


def main():
    server = Farm(needs_extension=False).start("bench")
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        write_plan(folder)
        rounds = [measure(server, folder) for _ in range(N_ROUNDS)]
    print("\ninto PostgreSQL: rows a second")
    print("%22s  %10s  %10s  %6s" % ("", "ingest", "\\copy", "ratio"))
    for i, name in enumerate(("by the clock", "of one core's time")):
        ingest, copy = (statistics.median(one[k][i] for one in rounds) for k in range(2))
        print("%22s  %10.0f  %10.0f  %6.2f" % (name, n_rows / ingest, n_rows / copy, statistics.median(c[i] / g[i] for g, c in rounds)))


main()
