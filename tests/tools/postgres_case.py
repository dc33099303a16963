"""What tests share that let `gap` write into a database: a server, an empty database, and what it holds."""

import os
import subprocess
import time

import command
import postgres_server
from tool_case import ToolCase

DATABASE = "plan"
LAYERS = {"units", "unit_utilities", "zones", "sources", "allocations", "settlements", "rollups", "problems", "manifest"}
HOSTILE = "x'); DROP TABLE units; -- \"\\ مشهد\t$1"
LONGEST_WAIT_S = 60


def identifier(name):
    return '"' + name.replace('"', '""') + '"'


def end(run):
    run.kill()
    run.wait()
    for stream in (run.stdout, run.stderr):
        if stream is not None:
            stream.close()


class PostgresCase(ToolCase):
    @classmethod
    def setUpClass(cls):
        cls.server = postgres_server.PostgresServer()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.database = self.server.make_database(DATABASE)

    def into(self, *options, target=None, command="gap", **how):
        return self.amayesh(command, self.study.path, "-o", target or self.database, *options, **how)

    def start_into(self, *options):
        """A run that goes on; it is ended with the test."""
        run = command.start("gap", self.study.path, "-o", self.database, *options)
        self.addCleanup(end, run)
        return run

    def worker(self, rows, word, layer="units", target=None):
        """Starts a program that replaces the result by one layer, of which every row carries the word."""
        words = [os.environ["AMAYESH_IO_WORKER"], "write", target or self.database, str(rows), word, "", layer]
        run = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env=command.environment_with(None), encoding="utf-8")
        self.addCleanup(end, run)
        return run

    def change(self, district="D1", people=13000):
        self.study.districts.attributes(district)["people"] = people
        self.study.write()

    def sql(self, text):
        return self.server.sql(text, DATABASE)

    def tables(self, schema="public"):
        rows = self.sql(f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' ORDER BY 1")
        return {name for name, in rows} - {"spatial_ref_sys"}

    def content(self, schema="public"):
        """Every row of every table, each table in the order of its rows' texts, and what is said of it."""
        found = {}
        for name in self.tables(schema):
            table = f"{schema}.{identifier(name)}"
            rows = self.sql(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[name] = (rows, self.sql(f"SELECT obj_description('{table}'::regclass)"))
        return found

    def wait_until(self, condition, run=None):
        end = time.monotonic() + LONGEST_WAIT_S
        while not condition():
            self.assertLess(time.monotonic(), end)
            if run is not None and run.poll() is not None:
                self.fail(run.communicate())
            time.sleep(0.02)

    def wait_for_end_of_writing(self):
        """Until the server has noticed that the run is gone."""
        self.wait_until(lambda: self.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [["0"]])

    def assert_nothing_left(self):
        """No table of a run's own is there, and no transaction is open."""
        self.assertEqual(self.sql("SELECT relname FROM pg_class WHERE relname LIKE 'amayesh_staging%'"), [])
        self.assertEqual(self.sql("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"), [["0"]])
