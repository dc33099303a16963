"""`amayesh report --project`: a project written anew; nothing else is changed."""

import sqlite3
import zipfile

from tool_case import ToolCase, listing, main


def project_of(path):
    """The XML of the project beside a GeoPackage."""
    with zipfile.ZipFile(path.with_suffix(".qgz")) as archive:
        return archive.read("project.qgs").decode("utf-8")


class Report(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()
        self.assert_done(self.gap())

    def stored(self, path):
        """The project that the GeoPackage holds, as bytes of a zip."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            self.addCleanup(database.close)
            ((content,),) = database.execute("SELECT content FROM qgis_projects WHERE name = 'amayesh'").fetchall()
        return bytes.fromhex(content)

    def renamed(self, name="other.gpkg"):
        self.target.with_suffix(".qgz").unlink()
        return self.target.rename(self.outputs / name)

    def save_in_qgis(self, path):
        """What QGIS leaves: another who saved it, in a zip of its own."""
        text = project_of(path).replace('saveUser="amayesh"', 'saveUser="somebody"')
        with zipfile.ZipFile(path.with_suffix(".qgz"), "w") as archive:
            archive.writestr("other.qgs", text)
        return path.with_suffix(".qgz").read_bytes()

    def test_renamed_file_gets_a_project_that_names_it(self):
        other = self.renamed()
        self.assert_done(self.amayesh("report", "--project", other))
        self.assertIn("./other.gpkg|layername=units", project_of(other))
        self.assertNotIn("gap.gpkg", project_of(other))
        self.assertEqual(self.stored(other), other.with_suffix(".qgz").read_bytes())
        self.assertEqual({path.name for path in self.outputs.iterdir()}, {"other.gpkg", "other.qgz"})

    def test_the_same_name_gives_the_same_project(self):
        project = self.target.with_suffix(".qgz")
        before = project.read_bytes()
        project.unlink()
        self.assert_done(self.amayesh("report", "--project", self.target))
        self.assertEqual(project.read_bytes(), before)
        self.assertEqual(self.stored(self.target), before)

    def test_rows_and_styles_stay_as_they_are(self):
        tables = ("units", "zones", "manifest", "layer_styles", "gpkg_contents", "gpkg_geometry_columns")
        def content(path):
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
                self.addCleanup(database.close)
                return [database.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
        before = content(self.target)
        other = self.renamed()
        self.assert_done(self.amayesh("report", "--project", other))
        self.assertEqual(content(other), before)

    def test_a_project_that_is_there_needs_overwrite(self):
        before = listing(self.outputs, with_folder_times=False)
        self.assert_failed(self.amayesh("report", "--project", self.target), "gap.qgz", "--overwrite")
        self.assertEqual(listing(self.outputs, with_folder_times=False), before)
        self.assert_done(self.amayesh("report", "--project", self.target, "--overwrite"))

    def test_a_project_that_was_saved_in_qgis_is_kept(self):
        saved = self.save_in_qgis(self.target)
        self.assert_failed(self.amayesh("report", "--project", self.target, "--overwrite"), "gap.qgz", "saved in QGIS")
        self.assert_failed(self.gap("--overwrite"), "gap.qgz", "saved in QGIS")
        self.assertEqual(self.target.with_suffix(".qgz").read_bytes(), saved)
        with sqlite3.connect(self.target) as database:
            database.execute("UPDATE qgis_projects SET content = ?", [saved.hex()])
        database.close()
        self.target.with_suffix(".qgz").unlink()
        self.assert_failed(self.amayesh("report", "--project", self.target), "gap.gpkg", "saved in QGIS")
        self.assertEqual(self.stored(self.target), saved)
        self.assert_done(self.amayesh("report", "--project", self.target, "--overwrite"))
        self.assertNotEqual(self.stored(self.target), saved)

    def test_what_is_no_result_is_refused(self):
        self.assert_failed(self.amayesh("report", "--project", self.outputs / "nothing.gpkg"), "nothing.gpkg")
        self.assert_failed(self.amayesh("report", "--project", self.inputs / "zones.geojson"), "zones.geojson", "no result")
        text = self.outputs / "text.gpkg"
        text.write_text("no database")
        self.assert_failed(self.amayesh("report", "--project", text), "text.gpkg")
        self.assert_misused(self.amayesh("report"), "--project")
        self.assertFalse((self.outputs / "text.qgz").exists())

    def test_a_file_that_another_program_writes_is_left_alone(self):
        self.target.with_suffix(".qgz").unlink()
        (self.outputs / "gap.gpkg-wal").write_bytes(b"")
        self.assert_failed(self.amayesh("report", "--project", self.target), "another program")

    def test_a_link_is_followed(self):
        other = self.renamed("real.gpkg")
        link = self.outputs / "link.gpkg"
        link.symlink_to(other)
        self.assert_done(self.amayesh("report", "--project", link))
        self.assertIn("./real.gpkg|layername=units", project_of(other))
        self.assertTrue(link.is_symlink())


if __name__ == "__main__":
    main()
