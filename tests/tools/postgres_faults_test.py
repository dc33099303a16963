"""Runs into a PostGIS database that fail or are killed: what was there stays as it was."""

import random
import time

import postgres_server
from postgres_case import DATABASE, LAYERS, PostgresCase
from tool_case import main

postgres_server.require_programs()

from osgeo import gdal  # noqa: E402: not before the test may be skipped

gdal.UseExceptions()
SEED = 20261122
ROWS = 20_000  # about a second to write


class Faults(PostgresCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def written(self):
        """What the tables hold after a first run; the next one would change it."""
        self.assert_done(self.into())
        before = self.content()
        self.change()
        return before

    def lock(self, table):
        """A reader holds the table until it is told to let it go: runs wait for it when they have all but finished."""
        database = gdal.OpenEx(self.database, gdal.OF_VECTOR | gdal.OF_UPDATE)
        database.StartTransaction()
        database.ExecuteSQL(f"LOCK TABLE {table} IN SHARE MODE")
        return database

    def wait_for_lock(self, run):
        self.wait_until(lambda: self.sql("SELECT count(*) FROM pg_locks WHERE NOT granted") != [["0"]], run)

    def test_statement_that_fails(self):
        before = self.written()
        for table in sorted(LAYERS):
            with self.subTest(fails_at=table):
                self.sql(f"CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no %', TG_TABLE_NAME; END $$;"
                         f"CREATE TRIGGER no BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION no()")
                self.assert_failed(self.into("--overwrite"), f"no {table}")
                self.sql("DROP FUNCTION no CASCADE")
                self.assertEqual(self.content(), before)
        self.assert_nothing_left()
        self.assert_done(self.into("--overwrite"))
        self.assertNotEqual(self.content(), before)

    def test_trigger_that_drops_rows_in_silence(self):
        before = self.written()
        self.sql("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;"
                 "CREATE TRIGGER no BEFORE DELETE ON units FOR EACH ROW EXECUTE FUNCTION no()")
        del self.study.districts.features[2]
        self.study.write()
        self.assert_failed(self.into("--overwrite"), "table 'units' has 4 rows instead of 3", "trigger")
        self.assertEqual(self.content(), before)
        self.assert_nothing_left()

    def test_key_of_others_that_refers_to_a_unit_that_is_gone(self):
        """Checked at once, or not before the commit."""
        for when in ("", "DEFERRABLE INITIALLY DEFERRED"):
            with self.subTest(when=when):
                self.database = self.server.make_database(DATABASE)
                self.study.districts.attributes("D1")["people"] = 12000
                self.study.write()
                self.assert_done(self.into())
                self.sql(f"CREATE TABLE visits (unit varchar REFERENCES units {when}); INSERT INTO visits VALUES ('D3')")
                before = self.content()
                self.change()
                self.assert_done(self.into("--overwrite"))
                self.assertEqual(self.sql("SELECT population FROM units WHERE unit_id = 'D1'"), [["13000"]])
                self.change(people=12000)
                self.assert_done(self.into("--overwrite"))
                gone = self.study.districts.features.pop(2)
                self.study.write()
                self.assert_failed(self.into("--overwrite"), "violates foreign key constraint")
                self.study.districts.features.insert(2, gone)
                self.assertEqual(self.content(), before)
                self.assert_nothing_left()

    def test_view_on_a_table_that_must_be_made_anew(self):
        self.assert_done(self.into())
        self.sql("ALTER TABLE units ALTER COLUMN area_ha TYPE real; CREATE VIEW mine AS SELECT area_ha FROM units")
        before = self.content()
        self.assert_failed(self.into("--overwrite"), "cannot drop table units")
        self.assertEqual(self.content(), before)

    def test_killed_run(self):
        before = self.written()
        reader = self.lock("manifest")
        run = self.start_into("--overwrite")
        self.wait_for_lock(run)
        self.assert_failed(self.into("--overwrite"), "another run is writing")
        self.assertEqual(self.content(), before)  # readers see it all the time
        run.kill()
        run.communicate()
        reader.RollbackTransaction()
        del reader
        self.wait_for_end_of_writing()
        self.assertEqual(self.content(), before)
        self.assert_nothing_left()
        self.assert_done(self.into("--overwrite"))

    def test_kills_at_any_moment(self):
        """Most of them while rows go to the server; a write that was not disturbed sets the time."""
        start = time.monotonic()
        run = self.worker(ROWS, "old")
        self.assertEqual((run.communicate()[1], run.returncode), ("", 0))
        longest_s = time.monotonic() - start
        words, chance = {"old"}, random.Random(SEED)
        for number in range(12):
            run = self.worker(ROWS, f"new {number}")
            time.sleep(chance.uniform(0, longest_s * 1.1))
            run.kill()
            run.communicate()
            self.wait_for_end_of_writing()
            (word, rows), = self.sql("SELECT status, count(*) FROM units GROUP BY status")
            self.assertEqual(int(rows), ROWS)
            words |= {f"new {number}"}
            self.assertIn(word, words)
            self.assert_nothing_left()

    def test_connection_that_the_server_ends(self):
        before = self.written()
        reader = self.lock("units")
        run = self.start_into("--overwrite")
        self.wait_for_lock(run)
        self.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
        _, error = run.communicate()
        self.assertEqual(run.returncode, 1)
        self.assertIn("terminating connection", error.decode())
        self.assertNotIn("geheim", error.decode())
        reader.RollbackTransaction()
        del reader
        self.assertEqual(self.content(), before)

    def test_server_that_crashes(self):
        before = self.written()
        reader = self.lock("units")
        run = self.start_into("--overwrite")
        self.wait_for_lock(run)
        self.server.crash()
        _, error = run.communicate()
        self.assertEqual(run.returncode, 1, error)
        self.assertEqual(len(error.decode().strip().splitlines()), 1, error)
        self.server.start()
        self.assertEqual(self.content(), before)
        self.assert_nothing_left()
        gdal.PushErrorHandler("CPLQuietErrorHandler")  # it tells that its connection is gone
        try:
            del reader
        except RuntimeError:
            pass
        gdal.PopErrorHandler()
        self.assert_done(self.into("--overwrite"))

    def test_server_that_is_gone_before_the_rows(self):
        """The connection is opened before the work; it breaks while the study is read."""
        run = self.worker(400_000, "new")
        backend = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        self.wait_until(lambda: self.sql(f"SELECT 1 {backend} AND query LIKE 'COPY%'") != [], run)
        self.sql(f"SELECT pg_terminate_backend(pid) {backend}")
        _, error = run.communicate()
        self.assertEqual(run.returncode, 3)
        self.assertIn("layer 'units'", error)
        self.assertEqual(self.tables(), set())

    def test_rights(self):
        self.assert_done(self.into())
        before = self.content()
        self.sql("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'; CREATE SCHEMA own; CREATE SCHEMA closed;"
                 "GRANT ALL ON SCHEMA own TO guest; GRANT ALL ON SCHEMA public TO guest")

        def guest(*options):
            target = self.server.connection(DATABASE, user="guest", password="guest")
            return self.into("--overwrite", *options, target=target)

        self.assert_failed(guest("--lco", "SCHEMA=closed"), "may not make tables in schema 'closed'")
        self.assert_failed(guest(), "permission denied for table")
        self.assert_done(guest("--lco", "SCHEMA=own"))
        self.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guest")
        self.assert_failed(guest(), "must be owner of table")
        self.sql(f"REVOKE TEMPORARY ON DATABASE {DATABASE} FROM PUBLIC")
        own = self.content("own")
        self.assert_failed(guest("--lco", "SCHEMA=own"), "permission denied to create temporary tables")
        self.assertEqual((self.content("own"), self.content()), (own, before))
        self.sql("ALTER DATABASE plan SET default_transaction_read_only = on")
        self.assert_failed(self.into("--overwrite"), "read-only transaction")
        self.sql("SET default_transaction_read_only = off; ALTER DATABASE plan RESET default_transaction_read_only;"
                 "DROP OWNED BY guest")
        self.assertEqual(self.content(), before)

    def test_databases_elsewhere_and_those_that_cannot_be_reached(self):
        self.assert_failed(self.into(target="PG:host=192.0.2.1 dbname=x"), "192.0.2.1", "--allow-network")
        faults = {
            "wrong password": ({"password": "geheimer"}, "password authentication failed"),
            "absent server": ({"port": postgres_server.free_port()}, "refused"),
            "absent database": ({"dbname": "no such plan"}, '"no such plan" does not exist'),
        }
        for fault, (changes, words) in faults.items():
            with self.subTest(fault=fault):
                outcome = self.into(target=self.server.connection(**{"database": DATABASE, **changes}))
                self.assert_failed(outcome, "no connection to the database", words, "check that the server runs")
                self.assertNotIn("geheim", outcome.stderr)
        self.sql("DROP EXTENSION postgis")
        self.assert_failed(self.into(), "no PostGIS")


if __name__ == "__main__":
    main()
