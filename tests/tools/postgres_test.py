"""Layers of a PostgreSQL database with PostGIS, on a server that this test starts."""

import os
import pathlib
import shutil

import postgres_server
from small_study import write_layer
from tool_case import ToolCase, main

postgres_server.require_programs()

from osgeo import gdal  # noqa: E402: not before the test may be skipped

gdal.UseExceptions()
SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi"
STANDARDS = SAMPLE.parent.parent / "standards" / "iran.toml"


def setUpModule():
    global server
    server = postgres_server.PostgresServer()


def tearDownModule():
    server.stop()


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


if __name__ == "__main__":
    main()
