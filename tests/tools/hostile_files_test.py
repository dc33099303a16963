"""Sources that are not what they seem: disguised, archived, or databases with a will of their own."""

import shutil
import sqlite3
import zipfile

from source_case import LONGEST_RUN_S, Source
from tool_case import main


class Disguise(Source):
    """The content decides what a file is, and the list of formats is short."""

    VRT = b'<OGRVRTDataSource><OGRVRTLayer name="zones"><SrcDataSource>%s</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    RASTER_VRT = (
        b'<VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand">'
        b'<SourceFilename relativetoVRT="0">/etc/passwd</SourceFilename></VRTRasterBand></VRTDataset>'
    )

    def source_with(self, name, content):
        self.study.write()
        (self.inputs / name).write_bytes(content)
        self.study.zones.settings["source"] = name
        self.study.write_study_file()

    def test_virtual_layer_under_any_name(self):
        content = self.VRT % str(self.inputs / "zones_true.geojson").encode()
        for name in ("zones.vrt", "zones.shp", "zones.tif", "zones.geojson", "zones.gpkg", "zones.csv", "zones.fgb"):
            with self.subTest(name=name):
                self.source_with(name, content)
                self.assert_refused(name)

    def test_virtual_raster_named_tif_maps_no_file(self):
        self.source_with("zones.tif", self.RASTER_VRT)
        self.assert_refused("zones.tif", "XML")
        self.assertNotIn("root:", self.check().stderr)

    def test_formats_that_are_not_on_the_list(self):
        for name, content in [
            ("zones.kml", b'<?xml version="1.0"?><kml><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark></kml>'),
            ("zones.gml", b'<?xml version="1.0"?><FeatureCollection xmlns:gml="http://www.opengis.net/gml"/>'),
            ("zones.shp", b"%PDF-1.4\n" + bytes(range(256)) * 4),
            ("zones.geojson", b"\x1f\x8b\x08" + bytes(range(256))),
            ("zones.gpkg", b"MZ" + bytes(512)),
        ]:
            with self.subTest(name=name):
                self.source_with(name, content)
                self.assert_refused(name)

    def test_connection_strings_are_no_file_names(self):
        self.study.write()
        for name in ("MEM:::DATAPOINTER=1,PIXELS=1,LINES=1", "SQLITE:zones.db", "OCI:scott/tiger@db", "MVT:http://x",
                     "<OGRVRTDataSource/>"):
            with self.subTest(name=name):
                self.study.zones.settings["source"] = name
                self.study.write_study_file()
                self.assert_failed(self.check(), name.partition(":")[0][:4])

    def test_nesting_without_end_is_refused_at_once(self):
        for name, content in [
            ("zones.geojson", b'{"type":"FeatureCollection","features":' + b"[" * 200_000),
            ("zones.geojson", b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
             + b'{"type":"GeometryCollection","geometries":[' * 20_000),
        ]:
            self.source_with(name, content)
            self.assert_refused(name)


class Archive(Source):
    def zip_with(self, members):
        """A zip of the zones, and the study that names it."""
        self.study.write()
        with zipfile.ZipFile(self.inputs / "zones.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        self.study.zones.settings["source"] = "zones.zip"

    def test_layer_inside_a_zip_is_read(self):
        self.study.write()
        content = (self.inputs / "zones.geojson").read_bytes()
        (self.inputs / "zones.geojson").unlink()
        for source in ("zones.zip", "zones.zip/inner/zones.geojson", f"/vsizip/{self.inputs}/zones.zip/inner/zones.geojson"):
            with self.subTest(source=source):
                self.zip_with({"inner/zones.geojson": content})
                self.study.zones.settings["source"] = source
                self.study.write_study_file()
                self.assert_done(self.gap("--overwrite"))
                self.assertEqual(len(self.rows("zones")), 1)

    def test_bomb_is_refused(self):
        self.zip_with({"zones.geojson": b'{"type":"FeatureCollection","features":[' + b" " * 90_000_000 + b"]}"})
        self.study.write_study_file()
        self.assert_refused("zones.zip", "inflates")

    def test_archive_in_an_archive_is_refused(self):
        self.zip_with({"inner.zip": b"PK\x05\x06" + bytes(18)})
        self.study.zones.settings["source"] = f"/vsizip//vsizip/{self.inputs}/zones.zip/inner.zip/zones.geojson"
        self.study.write_study_file()
        self.assert_refused("inner.zip")

    def test_names_that_climb_out_of_the_archive_lead_nowhere(self):
        self.zip_with({"../../zones.geojson": b"{}", "zones.txt": b""})
        self.study.zones.settings["source"] = "zones.zip/../../../etc/passwd"
        self.study.write_study_file()
        outcome = self.check()
        self.assertEqual(outcome.code, 1, outcome)
        self.assertNotIn("root:", outcome.stdout + outcome.stderr)

    def test_cut_zip_is_refused(self):
        self.study.write()
        self.zip_with({"zones.geojson": (self.inputs / "zones.geojson").read_bytes()})
        path = self.inputs / "zones.zip"
        path.write_bytes(path.read_bytes()[:-30])
        self.study.write_study_file()
        self.assert_refused("zones.zip")


class GeoPackage(Source):
    def setUp(self):
        super().setUp()
        self.study.districts.file = "districts.gpkg"
        self.study.write()
        self.path = self.inputs / "districts.gpkg"

    def database(self):
        database = sqlite3.connect(self.path, isolation_level=None)
        database.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            database.create_function(name, 1, lambda _: 0)
        self.addCleanup(database.close)
        return database

    def population_of_d2(self):
        self.assert_done(self.gap("--overwrite"))
        return {unit["unit_id"]: unit for unit in self.rows("units")}["D2"]["population"]

    def test_write_ahead_log_of_an_open_program_is_read_with_the_rest(self):
        database = self.database()
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("UPDATE districts SET people = 16000 WHERE id = 'D2'")
        self.assertGreater((self.inputs / "districts.gpkg-wal").stat().st_size, 0)
        self.assertEqual(self.population_of_d2(), 16000)

    def test_write_ahead_log_that_was_left_over_is_read(self):
        database = self.database()
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA wal_autocheckpoint = 0")
        database.execute("UPDATE districts SET people = 17000 WHERE id = 'D2'")
        elsewhere = self.folder / "left over"
        elsewhere.mkdir()
        for name in ("districts.gpkg", "districts.gpkg-wal"):
            shutil.copy(self.inputs / name, elsewhere)
        database.close()
        for name in ("districts.gpkg", "districts.gpkg-wal"):
            shutil.copy(elsewhere / name, self.inputs)
        self.assertEqual(self.population_of_d2(), 17000)

    def test_another_program_that_is_writing(self):
        database = self.database()
        database.execute("BEGIN EXCLUSIVE")
        database.execute("UPDATE districts SET people = 1 WHERE id = 'D2'")
        outcome = self.check()
        if outcome.code == 1:
            self.assert_failed(outcome, "districts.gpkg", "another program")
        else:
            self.assertEqual(self.population_of_d2(), 15000)

    def test_triggers_and_views_do_nothing(self):
        database = self.database()
        database.execute("CREATE TRIGGER t AFTER INSERT ON gpkg_contents BEGIN DELETE FROM districts; END")
        database.execute("CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n")
        database.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('v', 'attributes', 'v')")
        database.close()
        self.study.write_study_file()
        outcome = self.check()
        self.assertIn(outcome.code, (0, 1), outcome)
        self.assertLess(outcome.cpu_s, LONGEST_RUN_S)

    def test_view_in_the_place_of_the_layer_is_refused_or_read(self):
        database = self.database()
        database.execute("ALTER TABLE districts RENAME TO hidden")
        database.execute("CREATE VIEW districts AS SELECT *, load_extension('/tmp/x') AS y FROM hidden")
        database.close()
        outcome = self.check()
        self.assertEqual(outcome.code, 1, outcome)
        self.assertIn("districts.gpkg", outcome.stderr)

    def test_oversized_value_is_refused_or_cut(self):
        database = self.database()
        database.execute("UPDATE districts SET name = hex(zeroblob(30000000)) WHERE id = 'D2'")
        database.close()
        outcome = self.check()
        self.assertIn(outcome.code, (0, 1), outcome)
        self.assertLess(len(outcome.stdout) + len(outcome.stderr), 100_000)


if __name__ == "__main__":
    main()
