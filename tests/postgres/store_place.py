"""What the tests of stores on servers share: a server with databases, plans to put into them, and the command."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile

import servers

COMMAND = os.environ.get("WAYMARK_COMMAND", "build/release/waymark")

failures = []


def check(name, is_right, what=""):
    print(("ok      " if is_right else "FAILED  ") + name + ("" if is_right else ": " + str(what)[-2000:]), flush=True)
    if not is_right:
        failures.append(name)


class Place:
    """A server, a database for each that asks, and a temporary folder."""

    def __init__(self, farm):
        self.server = farm.start("store")
        self.folder = tempfile.mkdtemp(prefix="wmstore-")
        self.n = self.n_plans = 0

    def database(self, options=""):
        self.n += 1
        self.server.sql("CREATE DATABASE d%d%s" % (self.n, options))
        return self.address("d%d" % self.n)

    def address(self, database, user="postgres"):
        return "postgresql://%s@127.0.0.1:%d/%s" % (user, self.server.port, database)

    def plan(self, name):
        self.n_plans += 1
        to = os.path.join(self.folder, "%s-%d" % (name, self.n_plans))
        shutil.copytree(os.path.join(servers.SOURCE, "datasets", name), to, ignore=shutil.ignore_patterns("out", "waymark.db*"))
        return to

    def ask(self, address, sql):
        """What one query gives, as psql prints it."""
        return subprocess.run(["psql", "-XqAt", "-c", sql, address], capture_output=True, text=True).stdout.strip()


def waymark(*words, **more):
    environment = {**os.environ, **more}
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, env=environment)


def succeed(*words, **more):
    done = waymark(*words, **more)
    check("waymark " + " ".join(os.path.basename(w) for w in words[:2]), done.returncode == 0, done.stderr)
    return done.stdout


def is_same_folder(a, b):
    compared = filecmp.dircmp(a, b)
    files = filecmp.cmpfiles(a, b, compared.common_files, shallow=False)
    return not (compared.left_only or compared.right_only or files[1] or files[2]) and all(
        is_same_folder(os.path.join(a, c), os.path.join(b, c)) for c in compared.common_dirs)


def comparable(out):
    """A copy of a batch's output without the log, which tells of time, and without a record's key, which is of the store's drops too where others give them."""
    copy = out + "-compared"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(out, copy, ignore=shutil.ignore_patterns("log.jsonl"))
    for pack in os.listdir(copy + "/packs"):
        path = "%s/packs/%s/record.json" % (copy, pack)
        with open(path) as file:
            record = json.load(file)
        del record["key"]
        with open(path, "w") as file:
            json.dump(record, file)
    return copy


def end():
    sys.exit(1 if failures else 0)
