#!/usr/bin/env python3
"""Partners of one store through the command: each gives drops of its own units alone, is told which unit is another's, sees its own,
and two at once lose nothing."""

import os
import shutil
import subprocess
import threading

import servers
from store_place import Place, check, end, succeed, waymark

UNITS = {"leeds": ["L1", "L2"], "york": ["Y1"]}


def plan_of(place, name):
    """A partner's own copy of the plan: all units are in it, and no drops."""
    folder = os.path.join(place.folder, name)
    os.makedirs(folder)
    with open(folder + "/plan.ini", "w") as out:
        out.write("[plan]\ntitle = Homes\narea = North\nstart = 2020-01\n")
    with open(folder + "/indicators.csv", "w") as out:
        out.write("indicator,title,kind,frequency,polarity\nHOMES,Homes built,count,month,higher\n")
    with open(folder + "/units.csv", "w") as out:
        out.write("unit,name\n" + "".join("%s,%s\n" % (unit, unit) for units in UNITS.values() for unit in units))
    return folder


def rows_of(place, name, rows):
    path = os.path.join(place.folder, name)
    with open(path, "w") as out:
        out.write("indicator,unit,cohort,period,value,note\n")
        out.writelines("HOMES,%s,%s,%s,%s,%s\n" % row for row in rows)
    return path


class Store:
    """A store with partners, and a plan for each."""

    def __init__(self, place):
        self.place, self.owner = place, place.database()
        self.database = self.owner.rsplit("/", 1)[1]
        self.plans = {name: plan_of(place, "%s-%s" % (self.database, name)) for name in ("owner", *UNITS, "ana", "chair")}
        succeed("export", self.plans["owner"], "--store", self.owner)  # which makes the tables
        made = subprocess.run(["psql", "-Xq", "-f", servers.SOURCE + "/postgres/partners.sql", "-c",
                               "SELECT waymark.add_partner('leeds', 'submitter', ARRAY['L1', 'L2']), waymark.add_partner('york', 'submitter', ARRAY['Y1']), "
                               "waymark.add_partner('ana', 'analyst'), waymark.add_partner('chair', 'board')", self.owner], capture_output=True, text=True)
        check("partners are set up", made.returncode == 0, made.stderr)

    def address(self, role):
        return self.place.address(self.database, role)

    def ingest(self, role, path, received, *words):
        return waymark("ingest", self.plans[role], path, "--received", received, "--store", self.address(role), "--format", "csv", *words)

    def seen_by(self, role):
        return waymark("export", self.plans[role], "--all-vintages", "--format", "csv", "--store", self.address(role))

    def ask(self, sql):
        return self.place.ask(self.owner, sql)

    def everything(self):
        return self.ask("SELECT d::text FROM waymark.drops d ORDER BY id") + self.ask("SELECT r::text FROM waymark.readings r ORDER BY 1") + \
            self.ask("SELECT s::text FROM waymark.series s ORDER BY 1") + self.ask("SELECT q::text FROM waymark.quarantine q ORDER BY 1")


def own_units_are_taken(store):
    for role, units in UNITS.items():
        path = rows_of(store.place, role + "-1.csv", [(unit, "", "2021-%02d" % month, 10 * month, "by " + role) for unit in units for month in (1, 2, 3)])
        done = store.ingest(role, path, "2021-04-30")
        check("%s gives its own units" % role, done.returncode == 0 and ",%d,%d," % (3 * len(units), 3 * len(units)) in done.stdout, done.stdout + done.stderr)
    counted = store.ask("SELECT submitter, string_agg(DISTINCT unit, ' ' ORDER BY unit), count(*) FROM waymark.readings r JOIN waymark.drops d ON d.id = drop_id "
                        "GROUP BY 1 ORDER BY 1")
    check("each drop is its submitter's", counted == "leeds|L1 L2|6\nyork|Y1|3", counted)
    seen = store.seen_by("york").stdout
    check("a submitter sees its own readings alone", seen.count("\n") == 4 and "Y1" in seen and "L1" not in seen and "leeds" not in seen, seen)
    check("an analyst sees all", store.seen_by("ana").stdout.count("\n") == 10)


def others_rows_are_refused(store):
    """In the same words whether the unit has readings or not, and in whatever way the rows come."""
    before = store.everything()
    for unit in ("Y1", "Y9", ""):
        rows = [("L1", "", "2021-05", 1, ""), (unit, "", "2021-05", 2, "")]
        path = rows_of(store.place, "mixed.csv", rows)
        done = store.ingest("leeds", path, "2021-06-30")
        wanted = "may not give readings of unit “%s”" % unit if unit else "may not give readings of the area as a whole"
        refused = done.returncode == 3 and wanted in done.stderr and "leave its rows out" in done.stderr
        quarantined = unit == "Y9" and done.returncode == 0  # which the plan does not know
        check("rows of “%s” are refused" % unit, refused or quarantined, done.stdout + done.stderr)
        if quarantined:
            check("and its own row beside them is taken", ",2,1," in done.stdout, done.stdout)
            number = store.ask("SELECT max(id) FROM waymark.drops")
            withdrawn = waymark("ingest", store.plans["leeds"], "--withdraw", number, "--as-at", "2021-06-30", "--store", store.address("leeds"))
            check("and can be withdrawn by who gave it", withdrawn.returncode == 0, withdrawn.stderr)
            before = store.everything()
    check("nothing of a refused drop is kept", store.everything() == before)
    theirs = store.ask("SELECT id FROM waymark.drops WHERE submitter = 'york' LIMIT 1")
    withdrawn = waymark("ingest", store.plans["leeds"], "--withdraw", theirs, "--as-at", "2021-06-30", "--store", store.address("leeds"))
    nothing = waymark("ingest", store.plans["leeds"], "--withdraw", "9999", "--as-at", "2021-06-30", "--store", store.address("leeds"))
    check("another's drop cannot be withdrawn", withdrawn.returncode == 3 and nothing.stderr.replace("9999", theirs) == withdrawn.stderr,
          withdrawn.stderr + nothing.stderr)
    again = store.ingest("leeds", rows_of(store.place, "york-1.csv", [("Y1", "", "2021-%02d" % month, 10 * month, "by york") for month in (1, 2, 3)]), "2021-04-30")
    check("another's file is no news of one's own", again.returncode == 3 and "unit “Y1”" in again.stderr, again.stdout + again.stderr)
    board = store.ingest("chair", rows_of(store.place, "board.csv", [("L1", "", "2021-05", 1, "")]), "2021-06-30")
    check("a board reader gives nothing", board.returncode == 4 and "this role may not do that" in board.stderr, board.stderr)
    check("nor reads a reading", store.seen_by("chair").returncode == 4)
    check("and nothing has changed", store.everything() == before)


def two_at_once(store):
    """Of other sizes, several times each: whoever comes second waits."""
    n = {"leeds": 4000, "york": 9000}
    done = {role: [] for role in n}

    def submit(role):
        for k in range(3):
            path = rows_of(store.place, "%s-many-%d.csv" % (role, k), [(UNITS[role][0], "c%d" % (i // 60), "%d-%02d" % (2015 + i % 60 // 12, i % 12 + 1), i % 100 + k, "")
                                                                     for i in range(n[role])])
            done[role].append(store.ingest(role, path, "2022-0%d-28" % (k + 1)))

    threads = [threading.Thread(target=submit, args=(role,)) for role in n]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("two submitters at once succeed", all(one.returncode == 0 for runs in done.values() for one in runs), [one.stderr for runs in done.values() for one in runs])
    for role, size in n.items():
        kept = store.ask("SELECT count(*), count(DISTINCT drop_id) FROM waymark.readings r JOIN waymark.drops d ON d.id = drop_id WHERE submitter = '%s' AND "
                         "received >= '2022-01-01'" % role)
        check("and nothing of %s is lost" % role, kept == "%d|3" % (3 * size), kept)
        check("%s's revisions are counted" % role, [",%d,%d,%d," % (size, size, size if k else 0) in one.stdout for k, one in enumerate(done[role])] == [True] * 3,
              done[role][1].stdout)
    sound = waymark("store", "verify", store.plans["owner"], "--store", store.owner, "--format", "csv")
    check("the store is sound", not any(code in sound.stdout for code in ("wrong_count", "broken_reference", "damaged_reading")), sound.stdout + sound.stderr)


def a_folder_is_taken_up(store):
    """A partner's drops folder goes into the store by whatever command comes first."""
    folder = store.plans["york"]
    os.makedirs(folder + "/drops/2023-01-31", exist_ok=True)
    shutil.copy(rows_of(store.place, "2023.csv", [("Y1", "", "2022-12", 7, "")]), folder + "/drops/2023-01-31")
    done = waymark("run", folder, "--store", store.address("york"), "--out", folder + "/out", "--quiet")
    check("a submitter's own month", done.returncode == 0, done.stderr)
    check("has its units alone", "L1" not in open(folder + "/out/assessments.csv").read())
    check("and its folder is taken in", store.ask("SELECT submitter FROM waymark.drops WHERE file LIKE '%2023.csv'") == "york")


def main():
    place = Place(servers.Farm(needs_extension=False))
    os.chmod(place.folder, 0o755)
    try:
        store = Store(place)
        for part in (own_units_are_taken, others_rows_are_refused, two_at_once, a_folder_is_taken_up):
            part(store)
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)
    end()


main()
