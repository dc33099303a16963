"""Sources that are not what they seem: missing, cut, damaged, disguised, archived, hostile, oddly named."""

import os
import random
import shutil
import sqlite3
import struct
import zipfile

from small_study import point
from tool_case import ToolCase, main

LONGEST_RUN_S = 10  # of processor time, whatever the files hold


class Source(ToolCase):
    def assert_refused(self, name, *words):
        """Neither command accepts the study; both say which source it is, at once, and nothing is written."""
        for outcome in (self.check(), self.gap()):
            self.assert_failed(outcome, name, *words)
            self.assertLess(outcome.cpu_s, LONGEST_RUN_S)
        self.assert_nothing_written()


class NoFile(Source):
    def test_missing_file(self):
        self.study.write()
        (self.inputs / "zones.geojson").unlink()
        self.assert_refused("zones.geojson", "there is no such file")

    def test_directory_instead_of_a_file(self):
        self.study.write()
        (self.inputs / "zones.geojson").unlink()
        (self.inputs / "zones.geojson").mkdir()
        self.assert_refused("zones.geojson", "it is a folder")

    def test_empty_file(self):
        self.study.write()
        (self.inputs / "zones.geojson").write_bytes(b"")
        self.assert_refused("zones.geojson", "it is empty")

    def test_glob_that_matches_nothing(self):
        self.study.write()
        self.study.zones.settings["source"] = "zones_*.geojson"
        self.study.write_study_file()
        self.assert_refused("zones_*.geojson", "no file matches")

    def test_device_and_pipe(self):
        self.study.write()
        (self.inputs / "zones.geojson").unlink()
        os.mkfifo(self.inputs / "zones.geojson")
        self.assert_refused("zones.geojson", "pipe")
        self.study.zones.settings["source"] = "/dev/zero"
        self.study.write_study_file()
        self.assert_refused("/dev/zero", "device")

    def test_file_that_may_not_be_read(self):
        if os.geteuid() == 0:
            return  # root reads everything; the check of a normal user's run covers it
        self.study.write()
        (self.inputs / "zones.geojson").chmod(0)
        self.assert_refused("zones.geojson", "permission")


class CutFile(Source):
    """A plan over half of the data is worse than none."""

    def assert_cut_is_refused(self, layer, ending, fractions=(0.02, 0.3, 0.6, 0.97)):
        layer.file = layer.role + ending
        self.study.write()
        path = self.inputs / layer.file
        whole = path.read_bytes()
        for fraction in fractions:
            with self.subTest(ending=ending, fraction=fraction):
                path.write_bytes(whole[: int(len(whole) * fraction)])
                self.assert_failed(self.check(), layer.file)
        path.write_bytes(whole[:-1])
        self.assert_failed(self.gap(), layer.file)
        self.assert_nothing_written()

    def test_geojson(self):
        self.assert_cut_is_refused(self.study.districts, ".geojson")

    def test_geopackage(self):
        self.assert_cut_is_refused(self.study.districts, ".gpkg")

    def test_flatgeobuf(self):
        self.assert_cut_is_refused(self.study.districts, ".fgb")

    def test_each_part_of_a_shapefile(self):
        self.study.districts.file = "districts.shp"
        for ending in (".shp", ".shx", ".dbf"):
            self.study.write()
            path = self.inputs / f"districts{ending}"
            whole = path.read_bytes()
            for length in (0, 20, len(whole) // 2, len(whole) - 2):
                with self.subTest(ending=ending, length=length):
                    path.write_bytes(whole[:length])
                    self.assert_failed(self.check(), "districts.shp", ending)

    def test_missing_part_of_a_shapefile(self):
        self.study.districts.file = "districts.shp"
        for ending in (".shx", ".dbf"):
            with self.subTest(ending=ending):
                self.study.write()
                (self.inputs / f"districts{ending}").unlink()
                self.assert_refused("districts.shp", ending, "missing")

    def test_parts_of_different_shapefiles(self):
        self.study.districts.file = "districts.shp"
        self.study.write()
        whole = self.inputs / "whole"
        whole.mkdir()
        shutil.copy(self.inputs / "districts.dbf", whole)
        self.study.districts.features.pop()
        self.study.write()
        shutil.copy(whole / "districts.dbf", self.inputs)
        self.assert_refused("districts.shp", "3 features", "4 rows")


class DamagedFile(Source):
    def records_of(self, shapes):
        """Offset and length in bytes of each record's content in a .shp file."""
        at = 100
        while at < len(shapes):
            length = struct.unpack(">i", shapes[at + 4 : at + 8])[0] * 2
            yield at + 8, length
            at += 8 + length

    def test_shapefile_that_gdal_opens_with_a_record_it_cannot_read(self):
        """Features in = used + reported, whatever is damaged."""
        self.study.districts.file = "districts.shp"
        self.study.districts.settings["complete"] = False
        self.study.write()
        path = self.inputs / "districts.shp"
        whole = path.read_bytes()
        start, length = list(self.records_of(whole))[1]
        for what, offset, value in [
            ("number of points", 40, struct.pack("<i", 2**30)),
            ("number of parts", 36, struct.pack("<i", -7)),
            ("first part", 44, struct.pack("<i", 10**6)),
            ("kind of shape", 0, struct.pack("<i", 77)),
            ("a coordinate", 48, struct.pack("<d", float("nan"))),
            ("a coordinate", 48, struct.pack("<d", float("inf"))),
        ]:
            with self.subTest(damaged=what, value=value):
                self.assertLess(offset + len(value), length)
                path.write_bytes(whole[: start + offset] + value + whole[start + offset + len(value) :])
                outcome = self.check("--json")
                if outcome.code == 1 and not outcome.stdout:
                    self.assert_failed(outcome, "districts.shp")
                    continue
                found = outcome.json()
                self.assert_accounted(found["inputs"])
                (districts,) = [layer for layer in found["inputs"]["layers"] if layer["layer"] == "rural_districts"]
                self.assertEqual(districts["features_in"], 4)
                reported = [p for p in found["problems"] if p["file"] == "districts.shp" and p["feature"] in ("D2", "2", "1", "row 2")]
                self.assertTrue(reported, found["problems"])

    def test_random_bytes_in_any_file_never_crash(self):
        seed = 20231
        lottery = random.Random(seed)
        for layer, ending in [(self.study.districts, ".shp"), (self.study.zones, ".gpkg"), (self.study.settlements, ".csv")]:
            layer.file = layer.role + ending
        self.study.write()
        names = ["rural_districts.shp", "rural_districts.dbf", "zones.gpkg", "settlements.csv", "power.geojson"]
        for name in names:
            path = self.inputs / name
            whole = path.read_bytes()
            for _ in range(6):
                damaged = bytearray(whole)
                for _ in range(lottery.choice([1, 8, 64])):
                    damaged[lottery.randrange(len(damaged))] = lottery.randrange(256)
                path.write_bytes(damaged)
                with self.subTest(name=name, seed=seed):
                    outcome = self.check("--json")
                    self.assertIn(outcome.code, (0, 1), outcome)
                    self.assertLess(outcome.cpu_s, LONGEST_RUN_S)
                    if outcome.stdout:
                        self.assert_accounted(outcome.json()["inputs"])
            path.write_bytes(whole)


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


class Encodings(Source):
    """A .dbf in CP1256, as offices have it: named after its bytes, with a warning, or by the study's word."""

    def write_cp1256(self, page=None, language_byte=0x57):
        self.study.districts.file = "districts.shp"
        self.study.write()
        table = bytearray((self.inputs / "districts.dbf").read_bytes())
        for _, attributes in self.study.districts.features:
            for text in (attributes["name"], attributes["county"], attributes["province"]):
                arabic = text.replace("ی", "ي").replace("ک", "ك").encode("cp1256")
                utf8 = text.encode("utf-8")
                while (at := table.find(utf8)) >= 0:
                    table[at : at + len(utf8)] = arabic.ljust(len(utf8))
        table[29] = language_byte
        (self.inputs / "districts.dbf").write_bytes(table)
        (self.inputs / "districts.cpg").unlink()
        if page:
            (self.inputs / "districts.cpg").write_text(page)

    def names(self):
        self.assert_done(self.gap("--overwrite"))
        return {unit["unit_id"]: unit["name"] for unit in self.rows("units")}

    def test_missing_page_and_wrong_language_byte(self):
        self.write_cp1256()
        self.assert_finding(self.findings(), "warning", "encoding_guessed", "districts.shp", "CP1256", "تبادكان")
        self.assertEqual(self.names()["D2"], "شانديز")

    def test_wrong_page(self):
        self.write_cp1256(page="UTF-8")
        self.assert_finding(self.findings(), "warning", "encoding_guessed", "districts.shp", "CP1256")
        self.assertEqual(self.names()["D2"], "شانديز")

    def test_encoding_that_the_study_states(self):
        self.write_cp1256()
        self.study.districts.settings["encoding"] = "CP1256"
        self.study.write_study_file()
        self.assert_done(self.check("--strict"))
        self.assertEqual(self.names()["D2"], "شانديز")

    def test_letters_that_were_lost_are_reported(self):
        self.study.districts.file = "districts.shp"
        for _, attributes in self.study.districts.features:
            attributes["name"] = "?????"
        self.study.write()
        self.assert_finding(self.findings(), "warning", "text_implausible", "districts.shp", "question marks")


class FileNames(Source):
    NAMES = ["زیر پوشه", "two words", "line\nbreak", "-o", "100%s", "a'b\"c", "[1-9]*", "ünïcode", "tab\tbed", "semi;colon"]

    def test_folders_and_files_of_any_name(self):
        for name in self.NAMES:
            with self.subTest(name=name):
                folder = self.inputs / name
                self.study.folder = folder
                self.study.zones.file = f"{name}.geojson"
                self.study.districts.file = f"{name} districts.shp"
                self.study.write()
                target = self.outputs / f"{name}.gpkg"
                self.assert_done(self.amayesh("gap", self.study.path, "-o", target))
                self.assertEqual(len(self.rows("zones", target)), 1)
                target.unlink()

    def test_relative_names_that_start_with_a_dash(self):
        self.study.folder = self.inputs / "-x"
        self.study.write()
        (self.study.path).rename(self.study.folder / "-study.toml")
        outcome = self.amayesh("gap", f"--output={self.target}", "--", "-study.toml", cwd=self.study.folder)
        self.assert_done(outcome)

    def test_odd_names_are_shown_on_one_line(self):
        for name, words in (("line\nbreak \x1b31m.geojson", "there is no such file"), ("\x1b[31m", "no file matches")):
            with self.subTest(name=name):
                self.study.zones.settings["source"] = name
                self.study.write()
                outcome = self.check()
                self.assert_failed(outcome, words)
                self.assertNotIn("\x1b", outcome.stderr)

    def test_control_characters_of_the_data_reach_no_terminal(self):
        for _, attributes in self.study.districts.features:
            attributes["name"] = "\x1b[31m red\r\nname\x07"
        self.study.settings["title"] = "\x1b]0;title\x07"
        self.study.districts.set_geometry("D2", None)
        self.study.write()
        for outcome in (self.check(), self.gap()):
            self.assert_done(outcome)
            self.assertNotRegex(outcome.stdout + outcome.stderr, "[\x00-\x09\x0b-\x1f\x7f]")

    def test_names_in_the_data_build_no_path(self):
        for geometry, attributes in self.study.districts.features:
            attributes["name"] = "../../../tmp/x"
            attributes["county"] = "/etc/passwd"
        self.study.write()
        self.assert_done(self.gap())
        self.assertEqual([path.name for path in self.outputs.iterdir()], [self.target.name])


class ManyVertices(Source):
    def test_polygon_of_a_hundred_thousand_vertices(self):
        ring = [[59.0 + 0.4 * i / 50_000, 36.0] for i in range(50_000)]
        ring += [[59.4 - 0.4 * i / 50_000, 36.3] for i in range(50_000)] + [[59.0, 36.0]]
        self.study.districts.set_geometry("D2", {"type": "Polygon", "coordinates": [ring]})
        self.study.settlements.features += [
            (point(59.0 + i % 100 * 0.004 + 0.001, 36.0 + i // 100 * 0.003 + 0.001),
             {"id": f"T{i}", "name": "ده", "kind": "روستا", "people": 1})
            for i in range(5_000)
        ]
        self.study.write()
        outcome = self.gap()
        self.assert_done(outcome)
        self.assertLess(outcome.cpu_s, LONGEST_RUN_S)
        self.assertEqual(len(self.rows("settlements")), 5_007)


if __name__ == "__main__":
    main()
