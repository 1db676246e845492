"""PostgreSQL servers for a test: each in a folder of its own, on a socket and a loopback port of its own, gone afterwards.

The extension is not installed for that. A server looks for its share and library folders beside its own program, so the program is
copied into a private tree whose other files are links to the installed ones, with the extension laid beside them. A server refuses
to run as root; then it runs as an ordinary user who exists already.
"""

import atexit
import csv
import io
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("WAYMARK_SOURCE", ".")
MODULE = os.environ.get("WAYMARK_EXTENSION", "")
SKIPPED = 77
SETTINGS = """
shared_buffers = 16MB
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 20
max_wal_size = 256MB
logging_collector = off
log_min_messages = fatal
jit = off
timezone = 'UTC'
"""


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIPPED)


def pg_config(what):
    done = subprocess.run(["pg_config", "--" + what], capture_output=True, text=True)
    return done.stdout.strip()


def ordinary_user():
    """A user to run a server as: oneself, unless that is root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    skip("a server does not run as root, and there is no ordinary user")


def needs_postgres():
    if not MODULE or not os.path.exists(MODULE):
        skip("the extension was not built: it needs the server's headers (postgresql-server-dev)")
    if not shutil.which("pg_config") or not shutil.which("setpriv"):
        skip("there is no pg_config or setpriv")
    if not os.path.exists(os.path.join(pg_config("bindir"), "postgres")):
        skip("there is no PostgreSQL server")


class Failed(Exception):
    """A statement that the server refused; its words are the server's."""

    def __init__(self, message, sqlstate):
        super().__init__(message)
        self.sqlstate = sqlstate


class Farm:
    """A temporary folder with an installation of its own, and the servers in it."""

    def __init__(self):
        needs_postgres()
        self.user = ordinary_user()
        self.folder = tempfile.mkdtemp(prefix="wmpg-", dir="/tmp")
        atexit.register(self.close)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(1))
        self.servers = []
        self.programs = self.link_installation("own", SOURCE + "/postgres/waymark--0.1.0.sql", MODULE)
        self.own(self.folder)

    def own(self, path):
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def link_installation(self, name, script, module):
        """A tree in which PostgreSQL finds itself, and the extension; returns its folder of programs."""
        root = os.path.join(self.folder, name)
        places = {what: pg_config(what) for what in ("bindir", "sharedir", "pkglibdir")}
        bindir, share, library = (root + places[what] for what in ("bindir", "sharedir", "pkglibdir"))
        os.makedirs(bindir)
        os.makedirs(share + "/extension")
        os.makedirs(library, exist_ok=True)
        for program in os.listdir(places["bindir"]):
            source = os.path.join(places["bindir"], program)
            if program in ("postgres", "initdb", "pg_ctl"):
                shutil.copy(os.path.realpath(source), os.path.join(bindir, program))
            else:
                os.symlink(source, os.path.join(bindir, program))
        for folder, into in ((places["sharedir"], share), (places["sharedir"] + "/extension", share + "/extension"),
                             (places["pkglibdir"], library)):
            for entry in os.listdir(folder):
                if entry not in ("extension", "bitcode", "pgxs") and not entry.startswith("waymark"):
                    os.symlink(os.path.join(folder, entry), os.path.join(into, entry))
        shutil.copy(SOURCE + "/postgres/waymark.control", share + "/extension/waymark.control")
        shutil.copy(script, share + "/extension/waymark--0.1.0.sql")
        shutil.copy(module, library + "/waymark.so")
        os.chmod(root, 0o755)
        return bindir

    def as_user(self, arguments):
        if not self.user:
            return arguments
        return ["setpriv", "--reuid=%d" % self.user.pw_uid, "--regid=%d" % self.user.pw_gid, "--clear-groups"] + arguments

    def run(self, arguments, **more):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        environment.update(LC_ALL="C", HOME=self.folder)
        return subprocess.run(self.as_user(arguments), capture_output=True, text=True, env=environment, cwd=self.folder, **more)

    def start(self, name, programs=None, settings=""):
        server = Server(self, name, programs or self.programs, settings)
        self.servers.append(server)
        return server

    def close(self):
        for server in self.servers:
            server.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    def __init__(self, farm, name, programs, settings):
        self.farm, self.name, self.programs = farm, name, programs
        self.data = os.path.join(farm.folder, name)
        self.port = free_port()
        done = farm.run([programs + "/initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
        if done.returncode:
            raise RuntimeError(done.stderr)
        with open(self.data + "/postgresql.conf", "a") as configuration:
            configuration.write(SETTINGS + settings)
            configuration.write("listen_addresses = '127.0.0.1'\nport = %d\nunix_socket_directories = '%s'\n" % (self.port, farm.folder))
        self.start()

    def start(self):
        done = self.farm.run([self.programs + "/pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.data + ".log", "start"])
        if done.returncode:
            with open(self.data + ".log") as log:
                raise RuntimeError(done.stdout + done.stderr + log.read())

    def stop(self, how="fast"):
        self.farm.run([self.programs + "/pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", how, "stop"])

    def arguments(self, database="postgres"):
        return ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-h", self.farm.folder, "-p", str(self.port), "-U",
                "postgres", "-d", database]

    def sql(self, text, database="postgres"):
        """Run statements; what they print."""
        done = self.farm.run(self.arguments(database), input=text)
        if done.returncode:
            words = done.stderr.strip()
            first = next((line for line in words.splitlines() if "ERROR:" in line or "FATAL:" in line), "")
            state = first.split("ERROR:")[-1].split("FATAL:")[-1].strip().split(":")[0]
            raise Failed(words, state)
        return done.stdout

    def rows(self, query, database="postgres"):
        """Rows of one query as dictionaries of text; None for NULL."""
        copied = self.sql("COPY (%s) TO STDOUT (FORMAT csv, HEADER, NULL '<null>')" % query.strip().rstrip(";"), database)
        return [{key: None if value == "<null>" else value for key, value in row.items()}
                for row in csv.DictReader(io.StringIO(copied))]

    def copy(self, table, rows, columns, database="postgres"):
        """Rows of text in; None is NULL."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            writer.writerow(["<null>" if value is None else value for value in row])
        self.sql("COPY %s (%s) FROM STDIN (FORMAT csv, NULL '<null>');\n%s\\.\n" % (table, columns, out.getvalue()), database)
