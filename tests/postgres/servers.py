"""PostgreSQL servers for a test: each in a folder of its own, on a socket and a loopback port of its own, gone afterwards.

The extension is not installed for that. A server looks for its share and library folders beside its own program, so the program is
copied into a private tree whose other files are links to the installed ones, with the extension laid beside them. A server refuses
to run as root; then it runs as an ordinary user who exists already.
"""

import atexit
import csv
import hashlib
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


INITDB = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]

# Waits for the test's end, however it comes (even killed it lets go of the pipe), then ends what is left of its servers.
GUARDIAN = '''cat; for file in "$0"/*/postmaster.pid; do [ -f "$file" ] && kill -QUIT "$(head -n 1 "$file")" && sleep 1; done; rm -rf "$0" '''


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


def needs_postgres(needs_extension):
    if needs_extension and (not MODULE or not os.path.exists(MODULE)):
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

    def __init__(self, needs_extension=True):
        needs_postgres(needs_extension)
        self.user = ordinary_user()
        self.folder = tempfile.mkdtemp(prefix="wmpg-", dir="/tmp")
        self.guardian = subprocess.Popen(["sh", "-c", GUARDIAN, self.folder], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL, start_new_session=True)
        atexit.register(self.close)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(1))
        self.servers = []
        self.programs = self.link_installation("own", SOURCE + "/postgres/waymark--0.1.0.sql", MODULE if needs_extension else None)
        self.scripts = os.path.join(self.folder, "scripts")  # the checkout may lie where the servers' user cannot read
        os.makedirs(self.scripts)
        for name in ("shards.sh", "shards.sql"):
            shutil.copy(os.path.join(SOURCE, "postgres", name), self.scripts)
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
        if module:
            shutil.copy(module, library + "/waymark.so")
        os.chmod(root, 0o755)
        return bindir

    def as_user(self, arguments):
        if not self.user:
            return arguments
        return ["setpriv", "--reuid=%d" % self.user.pw_uid, "--regid=%d" % self.user.pw_gid, "--clear-groups"] + arguments

    def environment(self):
        return {**{key: value for key, value in os.environ.items() if not key.startswith("PG")}, "LC_ALL": "C", "HOME": self.folder}

    def run(self, arguments, **more):
        return subprocess.run(self.as_user(arguments), capture_output=True, text=True, env=self.environment(), cwd=self.folder, check=False,
                              **more)

    def template(self):
        """A fresh data folder, made once; where the build keeps one, for all programs."""
        made = os.path.join(self.folder, "template")
        if not os.path.exists(made) and not self.take_template(made):
            done = self.run([self.programs + "/initdb", "-D", made] + INITDB)
            if done.returncode:
                raise RuntimeError(done.stderr)
            self.share_template(made)
        return made

    @staticmethod
    def shared_template():
        """Of this version of the server, made so; None where nothing is kept."""
        kept = os.environ.get("WAYMARK_POSTGRES_TEMPLATE")
        return kept and "%s-%s" % (kept, hashlib.sha256((pg_config("version") + " ".join(INITDB)).encode()).hexdigest()[:12])

    def take_template(self, made):
        shared = self.shared_template()
        if not shared or subprocess.run(["cp", "-r", shared, made], capture_output=True).returncode:
            shutil.rmtree(made, ignore_errors=True)
            return False
        if self.user:
            subprocess.run(["chown", "-R", "%d:%d" % (self.user.pw_uid, self.user.pw_gid), made], check=True)
        return True

    def share_template(self, made):
        """Whole or not at all: another program may be doing the same."""
        shared = self.shared_template()
        if shared:
            part = "%s.%d" % (shared, os.getpid())
            try:
                shutil.copytree(made, part)
                os.rename(part, shared)
            except OSError:  # it is there by now, or cannot be kept
                shutil.rmtree(part, ignore_errors=True)

    def start(self, name, programs=None, settings=""):
        server = Server(self, name, programs or self.programs, settings)
        self.servers.append(server)
        return server

    def close(self):
        for server in self.servers:
            server.stop("immediate")
        self.guardian.stdin.close()
        self.guardian.wait()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Session:
    """One psql: statements in, what they print out, the first error raised. A statement after a failed one runs all the same."""

    def __init__(self, server):
        arguments = ["psql", "-XqAt", "-v", "VERBOSITY=verbose", "-h", server.farm.folder, "-p", str(server.port), "-U", "postgres", "postgres"]
        self.process = subprocess.Popen(server.farm.as_user(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, env=server.farm.environment(), cwd=server.farm.folder)

    def run(self, text):
        try:
            self.process.stdin.write(text + "\n;\n\\echo @done\n\\warn @done\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        printed, warned = ("".join(self.until_done(pipe)) for pipe in (self.process.stdout, self.process.stderr))
        error = next((line for line in warned.splitlines() if line.startswith(("ERROR:", "FATAL:", "psql: error"))), None)
        if error or self.is_over():
            raise Failed(warned.strip(), (error or "").split(":")[1].strip() if error else "")
        return printed

    @staticmethod
    def until_done(pipe):
        for line in pipe:
            if line == "@done\n":
                return
            yield line

    def is_over(self):
        return self.process.poll() is not None

    def end(self):
        self.process.kill()
        self.process.wait()


class Server:
    def __init__(self, farm, name, programs, settings):
        self.farm, self.name, self.programs = farm, name, programs
        self.data = os.path.join(farm.folder, name)
        self.port, self.session = free_port(), None
        farm.run(["cp", "-r", farm.template(), self.data])
        with open(self.data + "/postgresql.conf", "a") as configuration:
            configuration.write(SETTINGS + settings)
            configuration.write("listen_addresses = '127.0.0.1'\nport = %d\nunix_socket_directories = '%s'\n" % (self.port, farm.folder))
        self.start()

    def start(self):
        done = self.farm.run([self.programs + "/pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.data + ".log", "start"])
        if done.returncode:
            with open(self.data + ".log") as log:
                raise RuntimeError(done.stdout + done.stderr + log.read())

    def new_session(self):
        if self.session:
            self.session.end()
            self.session = None

    def stop(self, how="fast"):
        self.new_session()
        self.farm.run([self.programs + "/pg_ctl", "-D", self.data, "-w", "-t", "60", "-m", how, "stop"])

    def kill(self):
        """End it as a crash would."""
        with open(self.data + "/postmaster.pid") as file:
            os.kill(int(file.readline()), signal.SIGQUIT)

    def sql(self, text):
        """Run statements, settings as they are at the start of a session; what they print. A session of psql is kept for that."""
        if not self.session:
            self.session = Session(self)
        try:
            return self.session.run("DISCARD ALL;\n" + text)
        except Failed:
            if self.session.is_over():
                self.session = None
            raise

    def rows(self, query):
        """Rows of one query as dictionaries of text; None for NULL."""
        copied = self.sql("COPY (%s) TO STDOUT (FORMAT csv, HEADER, NULL '<null>')" % query.strip().rstrip(";"))
        return [{key: None if value == "<null>" else value for key, value in row.items()}
                for row in csv.DictReader(io.StringIO(copied))]

    def copy(self, table, rows, columns):
        """Rows of text in; None is NULL."""
        path = os.path.join(self.farm.folder, self.name + ".csv")
        with open(path, "w") as out:
            csv.writer(out, lineterminator="\n").writerows([["<null>" if value is None else value for value in row] for row in rows])
        self.sql("\\copy %s (%s) FROM '%s' (FORMAT csv, NULL '<null>')\n" % (table, columns, path))
