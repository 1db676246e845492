#!/usr/bin/env python3
"""What only the machine can do to a shard: its network goes silent, its disk is full, a process stands still. The test makes itself a
network and mounts of its own for that, which end with it; it needs root, and skips without."""

import os
import shutil
import signal
import subprocess
import threading
import time

from servers import skip

INSIDE = "WAYMARK_TEST_NAMESPACE"

if INSIDE not in os.environ:
    if os.getuid() != 0 or not all(map(shutil.which, ("ip", "unshare", "nsenter"))) or subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, check=False).returncode:
        skip("a network and mounts of one's own need root, ip and unshare")
    os.environ[INSIDE] = "1"
    os.execvp("unshare", ["unshare", "--net", "--mount", "python3", os.path.abspath(__file__)])
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)

from checks import run_cases  # noqa: E402 (the network comes first)
from servers import Failed  # noqa: E402
from shard_farm import (FARM, FIRST_UNITS, HUB, QUERY, ROWS, SHARDS, connection, expect_same, fill, lay_out, refused, shards, slow_down,  # noqa: E402
                        speed_up)


class Elsewhere:
    """A second network with a cable to this one, and a shard that runs there."""

    def __init__(self, name):
        # It ends with this process, however that ends, and holds none of its output open.
        self.keeper = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        while os.readlink("/proc/%d/ns/net" % self.keeper.pid) == os.readlink("/proc/self/ns/net"):
            time.sleep(0.05)
        self.run("ip", "link", "set", "lo", "up")
        subprocess.run(["ip", "link", "add", "here", "type", "veth", "peer", "name", "there", "netns", str(self.keeper.pid)], check=True)
        subprocess.run("ip address add 10.99.0.1/24 dev here && ip link set here up", shell=True, check=True)
        self.run("ip", "address", "add", "10.99.0.2/24", "dev", "there")
        self.cable("up")
        server = SHARDS[name]
        server.stop()
        with open(server.data + "/postgresql.conf", "a") as settings, open(server.data + "/pg_hba.conf", "a") as hosts:
            settings.write("listen_addresses = '*'\n")
            hosts.write("host all all 10.99.0.0/24 trust\n")
        self.run(*FARM.as_user([server.programs + "/pg_ctl", "-D", server.data, "-w", "-l", server.data + ".log", "start"]))
        HUB.sql("ALTER SERVER %s OPTIONS (SET host '10.99.0.2')" % name)

    def run(self, *arguments):
        subprocess.run(["nsenter", "-t", str(self.keeper.pid), "-n", *arguments], check=True, stdout=subprocess.DEVNULL, env=FARM.environment())

    def cable(self, how):
        self.run("ip", "link", "set", "there", how)

    def end(self, name):
        """The shard back where the others are."""
        SHARDS[name].stop()
        SHARDS[name].start()
        HUB.sql("ALTER SERVER %s OPTIONS (SET host '127.0.0.1')" % name)
        self.keeper.kill()
        self.keeper.wait()


def it_is_laid_out():
    lay_out(SHARDS)
    for name, units in FIRST_UNITS.items():
        shards("give", name, *units)
    fill()
    expect_same()


def a_silent_network_is_given_up_on():
    """The cable of one shard is pulled: no packet goes through any more and nobody says so. What the shards' script sets ends the wait, in
    mid-query and for who then connects."""
    elsewhere = Elsewhere("s3")
    expect_same()
    slow_down("s3")
    threading.Timer(1, elsewhere.cable, ["down"]).start()
    took = refused(["waymark_s3.readings"], QUERY, "08006")
    again = refused(['could not connect to server "s3"'], QUERY, "08001")
    elsewhere.cable("up")
    speed_up("s3")
    expect_same()
    elsewhere.end("s3")
    expect_same()
    shards("check")
    if not 10 < took < 60 or not again < 30:
        raise AssertionError("after %.0f and %.0f s" % (took, again))
    return "after %.0f s, and %.0f to connect" % (took, again)


def a_backend_that_stands_still_can_be_cancelled():
    """It is there, so its network acknowledges: only a limit on the statement ends the wait, and then the connection is given up."""
    slow_down("s1")
    stopped = []

    def stop():
        stopped.extend(map(int, SHARDS["s1"].sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'postgres_fdw'").split()))
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
    threading.Timer(1, stop).start()
    try:
        took = refused(["statement timeout"], "SET statement_timeout = '3s'; " + QUERY, "57014")
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    if not stopped or took > 90:
        raise AssertionError("stopped %s, cancelled after %.0f s" % (stopped, took))
    HUB.new_session()
    speed_up("s1")
    expect_same()
    return "after %.1f s" % took


def count_everywhere():
    return HUB.sql("SELECT tableoid::regclass, count(*), sum(value) FROM waymark.readings GROUP BY 1 ORDER BY 1")


def a_full_disk_is_told_and_nothing_is_half_written():
    place = os.path.join(FARM.folder, "small")
    os.mkdir(place)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", place], check=True)
    FARM.own(place)
    os.chmod(place, 0o700)
    SHARDS["s2"].sql("CREATE TABLESPACE small LOCATION '%s'" % place)
    SHARDS["s2"].sql("ALTER TABLE waymark_s2.readings SET TABLESPACE small; ALTER INDEX waymark_s2.readings_pkey SET TABLESPACE small")
    before = count_everywhere()
    load = ("INSERT INTO waymark.readings (indicator, unit, period, value, received) SELECT 'MANY', u, to_char(date '1900-01-01' + i, 'YYYY-MM-DD'), i, "
            "'2026-01-31' FROM generate_series(1, 4000) AS i, unnest(ARRAY['%s', '%s', '%s']) AS u" % tuple(units[0] for units in FIRST_UNITS.values()))
    refused(["No space left on device", "waymark_s2.readings"], load, "53100")
    if count_everywhere() != before:
        raise AssertionError("half of it was written: %s" % count_everywhere())
    shards("check")
    subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
    HUB.sql(load)
    if HUB.sql("SELECT count(*) FROM waymark.readings WHERE indicator = 'MANY'").strip() != "12000":
        raise AssertionError("the rerun did not complete")
    HUB.sql("DELETE FROM waymark.readings WHERE indicator = 'MANY'")
    expect_same()


def a_move_to_a_full_disk_moves_nothing():
    place = os.path.join(FARM.folder, "small")
    facts = os.statvfs(place)
    room = (facts.f_blocks - facts.f_bfree) * facts.f_frsize // 1024 + 64
    subprocess.run(["mount", "-o", "remount,size=%dk" % room, place], check=True)
    HUB.sql("INSERT INTO waymark.readings (indicator, unit, period, value, received) SELECT 'MANY', '%s', to_char(date '1900-01-01' + i, 'YYYY-MM-DD'), i, "
            "'2026-01-31' FROM generate_series(1, 8000) AS i" % FIRST_UNITS["s3"][0])
    before = count_everywhere()
    said = shards("move", "s2", FIRST_UNITS["s3"][0], wanted=1)
    if "shard s2" not in said or "No space left" not in said:
        raise AssertionError(said)
    if count_everywhere() != before:
        raise AssertionError("a part was moved: %s" % count_everywhere())
    shards("check")


run_cases([it_is_laid_out, a_silent_network_is_given_up_on, a_backend_that_stands_still_can_be_cancelled, a_full_disk_is_told_and_nothing_is_half_written,
           a_move_to_a_full_disk_moves_nothing])
