#!/usr/bin/env python3
"""Series a second inside PostgreSQL beside the embedded engine, and the coordinator's share at 1, 2 and 3 shards.

Usage: bench/bench_postgres.py BUILD_DIR [SERIES]. Seconds are of one core's time (user and system), best of three, so that what else
the machine does matters little; parallel workers are off. Prints tables; skips without PostgreSQL.
"""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile

build = sys.argv[1] if len(sys.argv) > 1 else "build/release"
n_series = int(sys.argv[2]) if len(sys.argv) > 2 else 4000
N_MONTHS, N_RUNS = 36, 3
os.environ.setdefault("WAYMARK_SOURCE", os.getcwd())
os.environ["WAYMARK_EXTENSION"] = os.path.abspath(os.path.join(build, "postgres", "waymark.so"))
sys.path.insert(0, "tests/postgres")
from servers import Farm  # noqa: E402 (its settings come from the environment)

CALLS = {"trend": '{"kind": "percent", "bounds": [0, 100], "frequency": "month"}',
         "chance": '{"kind": "percent", "bounds": [0, 100], "frequency": "month", "target": 60}',
         "spc": '{"kind": "percent", "points": false}',
         "assess": '{"kind": "percent", "bounds": [0, 100], "polarity": "higher", "frequency": "month", "measure_unit": "%", "baseline": {"value": 50, '
                   '"as_at": "2020-01"}, "milestones": [{"due": "2025-03", "target": 60}]}'}


def make_rows():
    chance = random.Random(1)
    rows = []
    for k in range(n_series):
        level = chance.uniform(30, 70)
        for i in range(N_MONTHS):
            level += chance.gauss(0, 0.5)
            value = repr(round(min(100, max(0, level + chance.gauss(0, 2))), 1))
            rows.append(["U%03d" % (k % 150), "I%03d" % (k // 150), "%04d-%02d" % (2020 + i // 12, i % 12 + 1), value])
    return rows


def cpu_of(pid):
    """Its parent, and seconds on a core, to the nanosecond."""
    with open("/proc/%d/stat" % pid) as stat, open("/proc/%d/schedstat" % pid) as schedule:
        return int(stat.read().rsplit(")", 1)[1].split()[1]), int(schedule.read().split()[0]) / 1e9


def cpu_of_server(server):
    """Of every process of a server."""
    with open(server.data + "/postmaster.pid") as file:
        postmaster = int(file.readline())
    total = 0
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parent, seconds = cpu_of(int(name))
            except OSError:
                continue
            total += seconds if postmaster in (parent, int(name)) else 0
    return total


def best_run(server, others, text):
    """Core seconds of one query on its server, and on the others together; of the cheapest of some runs."""
    runs = []
    for _ in range(N_RUNS):
        before = cpu_of_server(server), sum(map(cpu_of_server, others))
        server.sql(text)
        runs.append((cpu_of_server(server) - before[0], sum(map(cpu_of_server, others)) - before[1]))
    return min(runs, key=sum)


def show(name, header, rows):
    widths = [max(len(str(row[i])) for row in [header] + rows) for i in range(len(header))]
    print("\n" + name)
    for row in [header] + rows:
        print("  " + "  ".join(str(cell).rjust(width) for cell, width in zip(row, widths)))


def embedded(rows):
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("".join("%s/%s,%s,%s\n" % tuple(row) for row in rows))
        file.flush()
        with tempfile.TemporaryDirectory() as folder:
            with sqlite3.connect(folder + "/rows.db") as db:
                db.execute("CREATE TABLE readings (unit TEXT, indicator TEXT, period TEXT, value REAL)")
                db.executemany("INSERT INTO readings VALUES (?, ?, ?, ?)", rows)
            printed = subprocess.run([os.path.join(build, "bench", "bench_aggregates"), file.name, folder + "/rows.db"], capture_output=True, text=True,
                                     check=True).stdout
    return {line.split(",")[0]: float(line.split(",")[2]) for line in printed.splitlines()}


def query(name, table, group):
    extra = "NULL, NULL, " if name.startswith("assess") else ""
    return "SET max_parallel_workers_per_gather = 0; SELECT count(*), count(a) FROM (SELECT waymark_%s(period, value, NULL, NULL, %s'%s') AS a FROM %s GROUP BY %s OFFSET 0) AS s" % (
        name, extra, CALLS[name.split("_")[0]], table, group)


def bench_one_server(farm, rows):
    server = farm.start("one", settings="shared_buffers = 64MB\nwork_mem = 64MB\n")
    server.sql("CREATE EXTENSION waymark; CREATE TABLE readings (unit text, indicator text, period text, value float8)")
    server.copy("readings", rows, "unit, indicator, period, value")
    server.sql("VACUUM ANALYZE readings")
    peer = embedded(rows)
    table = []
    for name in CALLS:
        seconds, _ = best_run(server, [], query(name, "readings", "unit, indicator"))
        table.append([name, "in memory", round(n_series / peer[name]), "from rows", round(n_series / seconds), "%.2f" % (peer[name] / seconds), "rows with memory"])
    table.append(["spc", "from SQLite's rows", round(n_series / peer["spc_rows"]), "from rows", table[2][4], "%.2f" % (peer["spc_rows"] * table[2][4] / n_series),
                  "like for like: each reads rows of its own store"])
    server.sql("CREATE TABLE arrays AS SELECT unit, indicator, min(period) AS first, array_agg(value ORDER BY period) AS values FROM readings GROUP BY 1, 2; VACUUM ANALYZE arrays")
    seconds, _ = best_run(server, [], "SELECT count(a) FROM (SELECT waymark_spc(first, values, NULL, NULL, '%s') AS a FROM arrays OFFSET 0) AS s" % CALLS["spc"])
    table.append(["spc", "in memory", round(n_series / peer["spc"]), "from arrays", round(n_series / seconds), "%.2f" % (peer["spc"] / seconds), "like for like: a series' figures lie together"])
    seconds, _ = best_run(server, [], "SET max_parallel_workers_per_gather = 0; SELECT count(*) FROM (SELECT min(period), sum(value) FROM readings "
                                      "GROUP BY unit, indicator OFFSET 0) AS s")
    table.append(["min, sum", "", "", "from rows", round(n_series / max(seconds, 0.01)), "", "what its rows cost alone"])
    show("Series a second on one core, %d readings each" % N_MONTHS, ["aggregate", "readings", "embedded", "readings", "PostgreSQL", "ratio", "compared"], table)


EVERY_COLUMN = "SELECT 'SELECT ' || string_agg(format('count(%I)', attname), ', ') || ' FROM waymark.assessed' FROM pg_attribute WHERE attrelid = 'waymark.assessed'::regclass AND attnum > 0"


def hours(seconds):
    return "%.1f h" % (seconds / 3600) if seconds >= 3600 else "%.0f min" % (seconds / 60)


def show_estimate(name, here, there):
    """Of 10 billion readings, from what a series takes over three shards (µs of a core): servers work while the coordinator receives."""
    n = 10e9 / N_MONTHS
    rows = []
    for shards in (10, 100):
        for cores in (1, 10):
            on_shards, on_coordinator = n * there / 1e6 / shards / cores, n * here / 1e6
            rows.append([shards, cores, hours(on_shards), hours(on_coordinator), hours(max(on_shards, on_coordinator))])
    show("%s, 10 billion readings as %.0f million series, estimated from c = %.1f µs on the coordinator and s = %.1f µs on the shards" % (name, n / 1e6, here, there),
         ["shards", "cores of each", "shards'", "coordinator's", "the whole"], rows)


def bench_shards(farm, rows):
    tables = {"waymark_chance": [], "waymark_assess_record, as batch asks": [], "waymark.assessed, every column": []}
    units = sorted({row[0] for row in rows})
    for n in (1, 2, 3):
        hub = farm.start("hub%d" % n)
        shards = [farm.start("s%d_%d" % (n, i)) for i in range(n)]
        environment = {**farm.environment(), "PGHOST": farm.folder, "PGPORT": str(hub.port), "PGUSER": "postgres", "PGDATABASE": "postgres"}

        def script(*arguments):
            subprocess.run(farm.as_user([os.environ["WAYMARK_SOURCE"] + "/postgres/shards.sh", *arguments]), env=environment, cwd=farm.folder,
                           check=True, stdin=subprocess.DEVNULL)
        script("init")
        for i, shard in enumerate(shards):
            script("add", "s%d" % i, "host=127.0.0.1 port=%d dbname=postgres user=postgres" % shard.port)
            script("give", "s%d" % i, *units[i::n])
        for i, shard in enumerate(shards):  # each its own: COPY through the coordinator goes row by row on PostgreSQL 15
            own = set(units[i::n])
            shard.copy("waymark_s%d.readings" % i, [row + ["2026-01-31"] for row in rows if row[0] in own], "unit, indicator, period, value, received")
            shard.sql("INSERT INTO waymark_s{0}.options SELECT DISTINCT indicator, unit, '', '{1}'::jsonb FROM waymark_s{0}.readings; "
                      "VACUUM ANALYZE waymark_s{0}.readings, waymark_s{0}.options".format(i, CALLS["assess"]))
        hub.new_session()
        for table, text in zip(tables.values(), (query("chance", "waymark.readings", "unit, indicator, cohort"), query("assess_record", "waymark.readings", "unit, indicator, cohort"),
                                                   hub.sql(EVERY_COLUMN))):
            here, there = best_run(hub, shards, text)
            table.append([n, "%.3f" % here, "%.3f" % there, "%.2f%%" % (100 * here / (here + there)), "%.1f" % (1e6 * here / n_series),
                          "%.1f" % (1e6 * there / n_series)])
        for server in [hub] + shards:
            server.stop()
    for name, table in tables.items():
        show("%s, over shards, core seconds" % name, ["shards", "coordinator", "shards'", "its share", "µs a series there", "µs a series on shards"], table)
        show_estimate(name, float(table[-1][4]), float(table[-1][5]))


FARM = Farm()
ROWS = make_rows()
for bench in (bench_one_server, bench_shards):
    bench(FARM, ROWS)
    sys.stdout.flush()
