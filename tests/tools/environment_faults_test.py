"""The machine around the program: locale, time zone, PROJ's database, GDAL's settings."""

import os
import pathlib
import shutil
import subprocess

import command
from tool_case import ToolCase, main


class Environment(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def result(self, changes):
        outcome = self.gap("--overwrite", changes=changes)
        self.assert_done(outcome)
        return outcome.stdout, self.target.read_bytes()

    def made_locales(self, *names):
        """A folder with these locales; made here, for few machines have them."""
        if not shutil.which("localedef") or not pathlib.Path("/usr/share/i18n/locales").is_dir():
            self.skipTest("no localedef here (package locales)")
        folder = self.folder / "locales"
        folder.mkdir()
        for name in names:
            subprocess.run(["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")], check=False,
                           capture_output=True)
            self.assertTrue((folder / f"{name}.UTF-8").is_dir(), name)
        return str(folder)

    def test_locale_with_a_decimal_comma_changes_no_byte(self):
        expected = self.result({})
        folder = self.made_locales("de_DE", "fa_IR")
        for name in ("de_DE.UTF-8", "fa_IR.UTF-8"):
            with self.subTest(locale=name):
                changes = {"LOCPATH": folder, "LC_ALL": name, "LANG": name, **command.WITHOUT_LEAK_CHECK}
                self.assertEqual(self.result(changes), expected)

    def test_locale_that_does_not_exist_changes_no_byte(self):
        expected = self.result({})
        for name in ("xx_YY.UTF-8", "C", "POSIX"):
            with self.subTest(locale=name):
                self.assertEqual(self.result({"LC_ALL": name, "LANG": name}), expected)

    def test_time_zone_changes_no_byte(self):
        expected = self.result({"TZ": "UTC"})
        for zone in ("Asia/Tehran", "Pacific/Kiritimati", "Nowhere/Atall"):
            with self.subTest(zone=zone):
                self.assertEqual(self.result({"TZ": zone}), expected)

    def test_settings_of_gdal_change_no_byte(self):
        expected = self.result({})
        changes = {"CPL_DEBUG": None, "OGR_CURRENT_DATE": "1999-01-01T00:00:00Z", "SHAPE_ENCODING": "CP1252",
                   "OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_GEOJSON_MAX_OBJ_SIZE": "1", "GDAL_NUM_THREADS": "1",
                   "OGR_CT_FORCE_TRADITIONAL_GIS_ORDER": "NO", "OSR_DEFAULT_AXIS_MAPPING_STRATEGY": "AUTHORITY_COMPLIANT"}
        self.assertEqual(self.result(changes), expected)

    def test_missing_proj_database_fails_at_start_and_names_the_path(self):
        for variable in ("PROJ_LIB", "PROJ_DATA"):
            nowhere = self.folder / "no proj here"
            nowhere.mkdir(exist_ok=True)
            with self.subTest(variable=variable):
                changes = {"PROJ_LIB": None, "PROJ_DATA": None, variable: str(nowhere)}
                for outcome in (self.check(changes=changes), self.gap(changes=changes)):
                    self.assert_failed(outcome, "proj.db", nowhere, "PROJ_LIB")
        self.assert_nothing_written()

    def test_broken_proj_database_fails_at_start(self):
        folder = self.folder / "broken"
        folder.mkdir()
        (folder / "proj.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
        self.assert_failed(self.check(changes={"PROJ_LIB": str(folder), "PROJ_DATA": str(folder)}), "proj.db")

    def test_missing_gdal_data_changes_nothing_or_says_so(self):
        expected = self.result({})
        nowhere = str(self.folder / "nowhere")
        outcome = self.gap("--overwrite", changes={"GDAL_DATA": nowhere, "GDAL_DRIVER_PATH": nowhere})
        if outcome.code == 0:
            self.assertEqual((outcome.stdout, self.target.read_bytes()), expected)
        else:
            self.assert_failed(outcome, nowhere)

    def test_home_that_may_not_be_written_is_not_needed(self):
        self.assert_done(self.gap(changes={"HOME": "/nonexistent", "XDG_CACHE_HOME": None}))

    def test_study_is_found_from_any_folder(self):
        relative = os.path.relpath(self.study.path, self.outputs)
        self.assert_done(self.amayesh("gap", relative, "-o", "gap.gpkg", cwd=self.outputs))
        self.assertTrue(self.target.exists())


if __name__ == "__main__":
    main()
