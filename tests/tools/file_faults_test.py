"""Sources that are missing, cut, damaged, in another encoding, oddly named, or very large."""

import os
import random
import shutil
import struct

from small_study import point
from source_case import LONGEST_RUN_S, Source
from tool_case import main


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
        self.assertEqual({path.name for path in self.outputs.iterdir()}, {"gap.gpkg", "gap.qgz"})


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
