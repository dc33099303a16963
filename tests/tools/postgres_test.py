"""Layers of a PostgreSQL database with PostGIS, on a server that this test starts."""

import os
import pathlib
import shutil
import time

import command
import postgres_server
from small_study import write_layer
from tool_case import ToolCase, main

postgres_server.require_programs()

from osgeo import gdal  # noqa: E402: not before the test may be skipped

gdal.UseExceptions()
LAYERS = {"units", "unit_utilities", "zones", "sources", "allocations", "settlements", "rollups", "problems", "manifest"}
HOSTILE = "x'); DROP TABLE units; -- \"\\ مشهد\t$1"
SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi"
STANDARDS = SAMPLE.parent.parent / "standards" / "iran.toml"


def setUpModule():
    global server
    server = postgres_server.PostgresServer()


def tearDownModule():
    server.stop()


def identifier(name):
    return '"' + name.replace('"', '""') + '"'


def features(layer):
    """Each row's number, values and place, in the order of the numbers."""
    names = [field.name for field in layer.schema]
    shapes = ((row, row.GetGeometryRef()) for row in layer)
    return sorted((row["fid"] if "fid" in names else row.GetFID(), [row[n] for n in names if n != "fid"],
                   shape and shape.ExportToWkt()) for row, shape in shapes)


def toml(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def load(connection, path, table, **options):
    """A file's only layer as a table whose fields keep their names."""
    gdal.VectorTranslate(connection, str(path), layerName=table, accessMode="append", geometryType="PROMOTE_TO_MULTI",
                         layerCreationOptions=["LAUNDER=NO", "GEOMETRY_NAME=shape"], **options)


class Sample(ToolCase):
    """The sample's rural districts, from the database instead of their Shapefile."""

    def test_districts_give_the_same_result(self):
        connection = server.make_database("sample")
        load(connection, SAMPLE / "dehestan.shp", "دهستان \"1395\"; --")
        shutil.rmtree(self.inputs)
        shutil.copytree(SAMPLE, self.inputs)
        file = self.inputs / "study.toml"
        text = file.read_text(encoding="utf-8").replace("../../standards/iran.toml", str(STANDARDS))
        self.assertEqual(text.count('source = "dehestan.shp"'), 1)
        named = f'source = {toml(connection)}\nlayer = {toml("دهستان " + chr(34) + "1395" + chr(34) + "; --")}'
        file.write_text(text, encoding="utf-8")
        of_file = self.amayesh("gap", file, "-o", self.target, "--json")
        self.assert_done(of_file)
        file.write_text(text.replace('source = "dehestan.shp"', named), encoding="utf-8")
        target = self.outputs / "database.gpkg"
        of_database = self.amayesh("gap", file, "-o", target, "--json")
        self.assert_done(of_database)

        units = self.rows("units", target)
        self.assertEqual(len(units), 58)
        self.assertEqual(sum(unit["population"] or 0 for unit in units), 549857)
        self.assertIn("تبادکان", {unit["name"] for unit in units})
        for layer in ("units", "unit_utilities", "zones", "allocations", "rollups"):
            self.assertEqual(self.rows(layer, target), self.rows(layer), layer)
        self.assertNotIn("geheim", of_database.stdout + of_database.stderr + str(self.rows("manifest", target)))


class Tables(ToolCase):
    def setUp(self):
        super().setUp()
        self.database = server.make_database("plan")

    def name_source(self, layer, source, table=None):
        layer.file = source
        layer.settings.update({"layer": table} if table else {})
        self.study.write_study_file()

    def test_table_without_geometry(self):
        """Settlements with coordinates in two fields; an unknown population is NULL."""
        self.study.write()
        self.assert_done(self.gap())
        rows = ", ".join(
            f"('{a['id']}', '{a['name']}', '{a['kind']}', {a['people'] or 'NULL'}, {g['coordinates'][0]}, {g['coordinates'][1]})"
            for g, a in self.study.settlements.features
        )
        server.sql("CREATE TABLE places (id text, name text, kind text, people int, lon float8, lat float8);"
                   f"INSERT INTO places VALUES {rows}", "plan")
        self.name_source(self.study.settlements, self.database, "places")
        target = self.outputs / "database.gpkg"
        self.assert_done(self.amayesh("gap", self.study.path, "-o", target))
        for layer in ("units", "settlements"):
            self.assertEqual(self.rows(layer, target), self.rows(layer), layer)

    def test_what_cannot_be_reached_is_told_in_one_line(self):
        self.study.write()
        faults = {
            "wrong password": (server.connection("plan", password="geheimer"), "password authentication failed"),
            "absent user": (server.connection("plan", user="nobody here"), "password authentication failed"),
            "absent server": (server.connection("plan", port=postgres_server.free_port()), "refused"),
            "absent database": (server.connection("no such plan"), '"no such plan" does not exist'),
        }
        for fault, (connection, words) in faults.items():
            with self.subTest(fault=fault):
                self.name_source(self.study.districts, connection, "districts")
                for outcome in (self.check(), self.gap()):
                    self.assert_failed(outcome, "no connection to the database", words, "check that the server runs")
                    self.assertNotIn("geheim", outcome.stderr)
        self.assert_nothing_written()

    def test_table_that_is_absent(self):
        self.study.write()
        write_layer(self.outputs / "districts.gpkg", self.study.districts)
        for table in ("districts", "other"):
            load(self.database, self.outputs / "districts.gpkg", table)
        (self.outputs / "districts.gpkg").unlink()
        server.sql("CREATE TABLE codes (id text)", "plan")
        self.name_source(self.study.districts, self.database, 'no "such"; table')
        self.assert_failed(self.gap(), "no layer 'no \"such\"; table'", "name one: districts, other, codes")
        self.name_source(self.study.districts, self.database, "districts")
        self.assert_done(self.gap())
        self.assertEqual(len(self.rows("units")), 4)


class Output(ToolCase):
    """`gap` into a database."""

    def setUp(self):
        super().setUp()
        self.database = server.make_database("plan")
        self.study.districts.attributes("D2").update(id=HOSTILE, name=HOSTILE)
        self.study.write()

    def into(self, *options, target=None, command="gap", **how):
        return self.amayesh(command, self.study.path, "-o", target or self.database, *options, **how)

    def sql(self, text):
        return server.sql(text, "plan")

    def tables(self, schema="public"):
        rows = self.sql(f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' ORDER BY 1")
        return {name for name, in rows} - {"spatial_ref_sys"}

    def content(self, schema="public"):
        """Every row of every table, each table in the order of its rows' texts, and what is said of it."""
        found = {}
        for name in self.tables(schema):
            rows = self.sql(f"SELECT t::text FROM {schema}.{name} t ORDER BY 1")
            found[name] = (rows, self.sql(f"SELECT obj_description('{schema}.{name}'::regclass)"))
        return found

    def test_tables_hold_what_the_geopackage_holds(self):
        self.assert_done(self.gap())
        outcome = self.into()
        self.assert_done(outcome)
        self.assertIn("wrote PG:host=127.0.0.1", outcome.stderr)
        self.assertNotIn("geheim", outcome.stdout + outcome.stderr)
        self.assertEqual(self.tables(), LAYERS)
        package, database = gdal.OpenEx(str(self.target)), gdal.OpenEx(
            self.database, gdal.OF_VECTOR, open_options=["LIST_ALL_TABLES=YES"])
        for name in LAYERS:
            with self.subTest(layer=name):
                self.assertEqual(features(database.GetLayerByName(name)), features(package.GetLayerByName(name)))
        self.assertEqual(self.sql("SELECT count(*) FROM units WHERE unit_id = name AND ST_SRID(geom) = 4326 AND "
                                  "GeometryType(geom) = 'MULTIPOLYGON'"), [["1"]])
        title = "SELECT col_description('units'::regclass, attnum) FROM pg_attribute WHERE attrelid = 'units'::regclass"
        self.assertIn(["Population (people; NULL: unknown)"], self.sql(title))
        self.assertEqual(self.sql("SELECT count(*) FROM pg_indexes WHERE tablename = 'units' AND indexdef LIKE '%gist%'"),
                         [["1"]])
        for table, key in (("units", "(unit_id)"), ("unit_utilities", '(unit_id, utility, "case")'), ("rollups", "(fid)")):
            definition = f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '{table}'::regclass"
            self.assertEqual(self.sql(definition), [[f"PRIMARY KEY {key}"]])

    def test_result_that_exists_needs_overwrite(self):
        self.assert_done(self.into())
        before = self.content()
        (self.inputs / "zones.geojson").rename(self.inputs / "away")
        self.assert_failed(self.into(), "a result exists in schema 'public'", "--overwrite")  # before the work
        (self.inputs / "away").rename(self.inputs / "zones.geojson")
        self.sql("CREATE VIEW over_units AS SELECT * FROM units; GRANT SELECT ON units TO PUBLIC")
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.content(), before)
        self.assertEqual(self.sql("SELECT count(*) FROM over_units"), [["4"]])

    def test_units_that_are_gone_are_removed_and_others_updated(self):
        self.assert_done(self.into())
        del self.study.districts.features[2]
        self.study.districts.attributes("D1")["people"] = 13000
        self.study.write()
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.sql("SELECT unit_id, population FROM units ORDER BY fid"),
                         [["D1", "13000"], ["D4", ""], [HOSTILE, "15000"]])
        self.assertEqual(self.sql("SELECT count(*) FROM unit_utilities WHERE unit_id = 'D3'"), [["0"]])
        again = self.content()
        fresh = server.make_database("fresh")
        self.assert_done(self.into(target=fresh))
        self.assertEqual({name: server.sql(f"SELECT t::text FROM {name} t ORDER BY 1", "fresh") for name in LAYERS},
                         {name: rows for name, (rows, _) in again.items()})

    def test_tables_of_an_earlier_result_go_and_those_of_others_stay(self):
        self.sql("CREATE TABLE mine AS SELECT 1 AS x")
        self.assert_done(self.into(command="allocate"))
        self.assertEqual(self.tables(), LAYERS - {"units", "settlements"} | {"mine", "service_areas", "unserved_rest"})
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.tables(), LAYERS | {"mine"})

    def test_table_that_is_no_result_is_left_alone(self):
        self.sql("CREATE TABLE rollups AS SELECT 1 AS x")
        self.assert_failed(self.into("--overwrite"), "table 'rollups'", "no result of this program", "SCHEMA")
        self.assertEqual(self.tables(), {"rollups"})
        self.assertEqual(self.sql("SELECT x FROM rollups"), [["1"]])

    def test_schema(self):
        name = 'مشهد "x"; DROP TABLE units; --\''
        self.sql(f'CREATE SCHEMA {identifier(name)}; CREATE SCHEMA plan')
        self.assert_done(self.into("--lco", f"SCHEMA={name}"))
        self.assertEqual(self.sql(f"SELECT count(*) FROM {identifier(name)}.units"), [["4"]])
        self.assert_done(self.into(target=server.connection("plan", active_schema="plan")))
        self.assertEqual((self.tables("plan"), self.tables()), (LAYERS, set()))
        self.assert_failed(self.into("--lco", "SCHEMA=nowhere"), "no schema 'nowhere'")
        self.assert_failed(self.into("--lco", "OVERWRITE=YES"), "no layer option 'OVERWRITE'", "SCHEMA")
        self.assert_failed(self.into("-f", "GPKG"), "a database holds no GPKG")

    def test_failed_run_leaves_the_old_tables(self):
        self.assert_done(self.into())
        before = self.content()
        self.study.districts.attributes("D1")["people"] = 13000
        self.study.write()
        for table in sorted(LAYERS):
            with self.subTest(fails_at=table):
                self.sql(f"CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no %', TG_TABLE_NAME; END $$;"
                         f"CREATE TRIGGER no BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION no()")
                self.assert_failed(self.into("--overwrite"), f"no {table}")
                self.sql("DROP FUNCTION no CASCADE")
                self.assertEqual(self.content(), before)
        self.assert_done(self.into("--overwrite"))
        self.assertNotEqual(self.content(), before)

    def test_killed_run_leaves_the_old_tables(self):
        """The run waits for a lock that a reader holds while it has all but finished; then it is killed."""
        self.assert_done(self.into())
        before = self.content()
        self.study.districts.attributes("D1")["people"] = 13000
        self.study.write()
        database = gdal.OpenEx(self.database, gdal.OF_VECTOR | gdal.OF_UPDATE)
        database.StartTransaction()
        database.ExecuteSQL("LOCK TABLE manifest IN SHARE MODE")
        run = command.start("gap", self.study.path, "-o", self.database, "--overwrite")
        self.addCleanup(run.communicate)
        self.addCleanup(run.kill)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        self.wait_until(lambda: self.sql(waiting) != [["0"]], run)
        self.assert_failed(self.into("--overwrite"), "another run is writing")
        run.kill()
        run.communicate()
        database.RollbackTransaction()
        database = None
        self.wait_until(lambda: self.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == [["0"]])
        self.assertEqual(self.content(), before)
        self.assertEqual(self.sql("SELECT count(*) FROM pg_class WHERE relname LIKE 'amayesh_staging%'"), [["0"]])
        self.assert_done(self.into("--overwrite"))

    def wait_until(self, condition, run=None):
        end = time.monotonic() + 60
        while not condition():
            self.assertLess(time.monotonic(), end)
            self.assertTrue(run is None or run.poll() is None, run)
            time.sleep(0.05)

    def test_databases_elsewhere_and_those_that_cannot_be_reached(self):
        self.assert_failed(self.into(target="PG:host=192.0.2.1 dbname=x"), "192.0.2.1", "--allow-network")
        outcome = self.into(target=server.connection("plan", password="geheimer"))
        self.assert_failed(outcome, "no connection to the database", "password authentication failed")
        self.assertNotIn("geheim", outcome.stderr)
        self.sql("DROP EXTENSION postgis")
        self.assert_failed(self.into(), "no PostGIS")


if __name__ == "__main__":
    main()
