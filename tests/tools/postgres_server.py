"""Starts a PostgreSQL server with PostGIS on the loopback interface, in a folder of its own, for as long as a test runs."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
LONGEST_START_S = 60
NEVER_ROOT = ("postgres", "nobody")  # initdb refuses root: the first of these that exists


def _programs():
    """Folder of the newest server's programs that has PostGIS too; None where there is none."""
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        extension = pathlib.Path("/usr/share/postgresql") / folder.parent.name / "extension" / "postgis.control"
        if (folder / "initdb").exists() and extension.exists():
            return folder
    return None


def require_programs():
    """Ends the test as skipped where the server is not installed."""
    if _programs() is None or shutil.which("setpriv") is None:
        print("no PostgreSQL server with PostGIS here", file=sys.stderr)
        sys.exit(SKIPPED)


def quoted(text):
    """A value of a connection string."""
    return "'" + str(text).replace("\\", "\\\\").replace("'", "\\'") + "'"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgresServer:
    """Listens on 127.0.0.1 alone, has no Unix socket, and asks for a password. `stop` removes all of it."""

    user = "planner"
    password = "geheim 'رمز' \\"

    def __init__(self):
        self._programs = _programs()
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="amayesh-postgres-", dir="/tmp"))
        self._process = None
        self.port = free_port()
        try:
            self._make_cluster()
            self.start()
        except BaseException:
            self.stop()
            raise

    def _command(self, name, *arguments):
        """Of a program of the server, which ends with this one, and as a user that it accepts."""
        other = []
        if os.geteuid() == 0:
            other = [f"--reuid={self._account.pw_uid}", f"--regid={self._account.pw_gid}", "--clear-groups"]
        return ["setpriv", "--pdeathsig", "INT", *other, str(self._programs / name), *map(str, arguments)]

    def _make_cluster(self):
        if os.geteuid() == 0:
            known = {entry.pw_name: entry for entry in pwd.getpwall()}
            self._account = next(known[name] for name in NEVER_ROOT if name in known)
        secret = self._folder / "password"
        secret.write_text(self.password + "\n", encoding="utf-8")
        if os.geteuid() == 0:
            for path in (self._folder, secret):
                os.chown(path, self._account.pw_uid, self._account.pw_gid)
        options = ("--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--username={self.user}")
        subprocess.run(self._command("initdb", *options, f"--pwfile={secret}", "-D", self._folder / "data"),
                       cwd=self._folder, check=True, stdout=subprocess.DEVNULL)

    def start(self):
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "off",
                    "shared_buffers": "16MB", "max_connections": "20", "autovacuum": "off"}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(self._folder / "log", "ab") as log:
            self._process = subprocess.Popen(self._command("postgres", "-D", self._folder / "data", *arguments),
                                             cwd=self._folder, stdout=log, stderr=log)
        end = time.monotonic() + LONGEST_START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("PostgreSQL does not start:\n" + (self._folder / "log").read_text(errors="replace"))
            time.sleep(0.1)

    def _answers(self):
        ready = subprocess.run([self._programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False)
        return ready.returncode == 0

    def crash(self):
        """Ends it as a crash does: nothing is put in order before `start` comes again."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(LONGEST_START_S)

    def stop(self):
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)  # ends sessions at once
            self._process.wait(LONGEST_START_S)
        shutil.rmtree(self._folder)

    def connection(self, database, **changes):
        """A source for the command and for GDAL. A setting that is None is left out."""
        settings = {"host": "127.0.0.1", "port": self.port, "dbname": database, "user": self.user,
                    "password": self.password, **changes}
        return "PG:" + " ".join(f"{name}={quoted(value)}" for name, value in settings.items() if value is not None)

    def sql(self, text, database="postgres"):
        """Runs statements; the rows of the last one, each a list of texts ('' for NULL)."""
        where = self.connection(database).removeprefix("PG:")
        options = ("-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", "-v", "ON_ERROR_STOP=1", "-d", where)
        done = subprocess.run([self._programs / "psql", *options], input=text, encoding="utf-8", stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        rows = done.stdout.removesuffix("\n")
        return [row.split("\x1f") for row in rows.split("\x1e")] if rows else []

    def make_database(self, name):
        """An empty database with PostGIS, in place of one of that name."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE);\nCREATE DATABASE "{name}"')
        self.sql("SET client_min_messages = warning; CREATE EXTENSION postgis", name)
        return self.connection(name)
