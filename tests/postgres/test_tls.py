#!/usr/bin/env python3
"""A store over TLS, as libpq offers it: a server whose certificate a test authority has signed, clients that prove the server, and
servers that ask clients for a certificate."""

import os
import shutil
import subprocess

import servers
from store_place import Place, check, end, succeed, waymark


class Authority:
    """Certificates by openssl, good for a day."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.certificate = os.path.join(folder, name + ".crt")
        self.key = os.path.join(folder, name + ".key")
        self.openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=" + name, "-keyout", self.key, "-out", self.certificate)

    @staticmethod
    def openssl(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True)

    def sign(self, name, common_name, alternative=None):
        """A key and a certificate of that name."""
        path = os.path.join(self.folder, name)
        self.openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + common_name, "-keyout", path + ".key", "-out", path + ".csr")
        with open(path + ".ext", "w") as out:
            out.write("subjectAltName = %s\n" % alternative if alternative else "basicConstraints = CA:FALSE\n")
        self.openssl("x509", "-req", "-in", path + ".csr", "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-days", "1", "-extfile",
                     path + ".ext", "-out", path + ".crt")
        os.chmod(path + ".key", 0o600)
        return path + ".crt", path + ".key"


class Tls:
    """The place's server with TLS alone: `postgres` needs none but TLS, every other role a certificate of its name."""

    def __init__(self, place):
        self.place, self.server = place, place.server
        self.authority = Authority(place.folder, "authority")
        self.stranger = Authority(place.folder, "stranger")
        self.plan = place.plan("somerset-wsoa-2020")
        self.database = place.database().rsplit("/", 1)[1]
        with open(self.server.data + "/pg_hba.conf", "w") as hba:
            hba.write("local all all trust\nhostssl all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 cert\n")
        self.present(*self.authority.sign("server", "localhost", "DNS:localhost"))

    def present(self, certificate, key):
        """Let the server show this certificate from now on."""
        for source, name in ((certificate, "server.crt"), (key, "server.key"), (self.authority.certificate, "ca.crt")):
            shutil.copy(source, os.path.join(self.server.data, name))
            self.server.farm.own(os.path.join(self.server.data, name))
        os.chmod(self.server.data + "/server.key", 0o600)
        with open(self.server.data + "/postgresql.conf", "a") as settings:
            settings.write("ssl = on\nssl_ca_file = 'ca.crt'\n")
        self.server.stop()
        self.server.start()

    def address(self, mode, root=None, role="postgres", more=""):
        root = "&sslrootcert=" + root if root else ""
        return "postgresql://%s@localhost:%d/%s?hostaddr=127.0.0.1&sslmode=%s%s%s" % (role, self.server.port, self.database, mode, root, more)

    def export(self, address):
        return waymark("export", self.plan, "--store", address, "--format", "csv", HOME=self.place.folder)

    def refused(self, name, address, *words):
        done = self.export(address)
        check(name, done.returncode == 4 and "cannot open the store" in done.stderr and all(word in done.stderr for word in words), done.stderr)


def a_server_that_proves_itself(tls):
    address = tls.address("verify-full", tls.authority.certificate)
    succeed("run", tls.plan, "--store", address, "--out", tls.plan + "/out", "--quiet")
    here = waymark("export", tls.plan, "--all-vintages", "--format", "csv", "--store", tls.plan + "/here.db").stdout
    check("a store over TLS is that without", waymark("export", tls.plan, "--all-vintages", "--format", "csv", "--store", address).stdout == here and len(here) > 100)
    watch = subprocess.run(["psql", "-XqAt", "-c", "SELECT version, bits >= 128 FROM pg_stat_ssl WHERE pid = pg_backend_pid()", address], capture_output=True, text=True)
    check("it is TLS 1.3", watch.stdout.strip() == "TLSv1.3|t", watch.stdout + watch.stderr)
    with open(tls.plan + "/plan.ini", "a") as ini:
        ini.write("\n[store]\nurl = %s\n" % address)
    check("an address in plan.ini is as good", waymark("export", tls.plan, "--all-vintages", "--format", "csv").stdout == here)


def a_server_that_does_not(tls):
    tls.refused("another authority is not believed", tls.address("verify-full", tls.stranger.certificate), "certificate verify failed")
    tls.refused("nor is none", tls.address("verify-full", tls.place.folder + "/nothing.crt"), "nothing.crt")
    tls.refused("without TLS there is no way in", tls.address("disable"), "no encryption")
    tls.present(*tls.authority.sign("elsewhere", "elsewhere.example", "DNS:elsewhere.example"))
    tls.refused("a certificate for another host is not enough", tls.address("verify-full", tls.authority.certificate), "elsewhere.example", "localhost")
    check("but for verify-ca it is", tls.export(tls.address("verify-ca", tls.authority.certificate)).returncode == 0)
    tls.present(*tls.authority.sign("again", "localhost", "DNS:localhost"))
    bare = tls.server.farm.start("bare")
    address = "postgresql://postgres@localhost:%d/postgres?hostaddr=127.0.0.1&sslmode=" % bare.port
    tls.refused("a server without TLS is not spoken to", address + "require", "does not support SSL")


def a_client_that_proves_itself(tls):
    """The role is the name in the certificate; no password is anywhere."""
    certificate, key = tls.authority.sign("leeds", "leeds")
    foreign, foreign_key = tls.stranger.sign("forged", "leeds")
    made = subprocess.run(["psql", "-Xq", "-h", tls.server.farm.folder, "-p", str(tls.server.port), "-U", "postgres", "-f", servers.SOURCE + "/postgres/partners.sql", "-c",
                           "SELECT waymark.add_partner('leeds', 'submitter', ARRAY['']), waymark.add_partner('york', 'submitter', ARRAY['Y'])", tls.database],
                          capture_output=True, text=True)
    check("partners are set up", made.returncode == 0, made.stderr)
    with_certificate = "&sslcert=%s&sslkey=%s"
    full = lambda role, *pair: tls.address("verify-full", tls.authority.certificate, role, with_certificate % pair if pair else "")
    path = os.path.join(tls.place.folder, "leeds.csv")
    with open(path, "w") as out:
        out.write("indicator,unit,period,value\nWSOA-4.8,,2021-01,12\n")
    done = waymark("ingest", tls.plan, path, "--received", "2021-02-28", "--store", full("leeds", certificate, key), HOME=tls.place.folder)
    check("a submitter with a certificate gives a drop", done.returncode == 0, done.stderr)
    tls.refused("without one there is no way in", full("leeds"), "requires a valid client certificate")
    tls.refused("nor with another's name", full("york", certificate, key), "certificate authentication failed for user \"york\"")
    tls.refused("nor with one that another authority signed", full("leeds", foreign, foreign_key))
    os.chmod(key, 0o644)
    tls.refused("a key that everybody can read is not used", full("leeds", certificate, key), "leeds.key")


def main():
    if not shutil.which("openssl"):
        servers.skip("there is no openssl")
    place = Place(servers.Farm(needs_extension=False))
    try:
        tls = Tls(place)
        for part in (a_server_that_proves_itself, a_server_that_does_not, a_client_that_proves_itself):
            part(tls)
    finally:
        shutil.rmtree(place.folder, ignore_errors=True)
    end()


main()
