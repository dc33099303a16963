"""Maps printed by real QGIS beside reference pictures. Exit code 77 where there is no QGIS.

The references are renewed by hand, and looked at before they are kept:
    AMAYESH_RENEW_PICTURES=1 ctest --preset dev -R tool_qgis_picture
All letters are those of DejaVu Sans, whatever fonts the machine has, and the sheet is printed on a fixed day.
What is measured, and by which standard: perceptual_distance.py.
"""

import os
import pathlib
import tempfile
import zipfile

QGIS_TESTS = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "tests" / "qgis"
os.environ["FONTCONFIG_FILE"] = str(QGIS_TESTS / "fonts.conf")  # read once, when QGIS starts
os.environ["LC_ALL"] = "C.UTF-8"  # a scale bar has the digits of the locale

from qgis_case import QgisCase
from qgis.PyQt.QtGui import QImage

import command
from perceptual_distance import distance
from qgis_project_test import SAMPLE, copy_in_persian
from tool_case import main

PICTURES = QGIS_TESTS / "pictures"
VIEWS = {"وضعیت": ("fa", "status_fa.png"), "People left out": ("en", "people_left_out.png"), "Supply": ("en", "supply.png")}

# Farthest that a picture may be from its reference. Two printings of one map are 0 apart; the least that
# must be seen is the district that is alone in its class, 0.05 and 0.0012.
MEAN_DISTANCE = 0.03
PART_THAT_DIFFERS = 0.0005


class Picture(QgisCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="amayesh-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.results = pathlib.Path(folder.name)
        studies = {"en": SAMPLE / "study.toml", "fa": copy_in_persian(cls.results / "study")}
        for language, study in studies.items():
            outcome = command.run("gap", study, "-o", cls.results / f"{language}.gpkg")
            assert outcome.code == 0, outcome

    def sheet(self, view, project=None):
        """The print layout of the view, in the project as it was written or in another."""
        self.open(project or self.embedded(self.results / f"{VIEWS[view][0]}.gpkg"))
        layout = next(one for one in self.project.layoutManager().printLayouts() if one.name() == view)
        foot = layout.itemById("foot")
        self.assertIn("now()", foot.text())
        foot.setText(foot.text().replace("now()", "to_date('2026-03-21')"))
        return layout

    def changed(self, view, old, new):
        """The sheet from a project in which `old` is `new`."""
        language, _ = VIEWS[view]
        with zipfile.ZipFile(self.results / f"{language}.qgz") as archive:
            [name] = [one for one in archive.namelist() if one.endswith(".qgs")]
            text = archive.read(name).decode()
        self.assertIn(old, text)
        project = self.results / "changed.qgs"
        project.write_text(text.replace(old, new), encoding="utf-8")
        return self.sheet(view, project)

    def distance(self, view, layout):
        _, name = VIEWS[view]
        return distance(self.printed(layout, self.outputs / name), QImage(str(PICTURES / name)))

    def is_as_it_should_be(self, view, layout):
        mean, part = self.distance(view, layout)
        return mean < MEAN_DISTANCE and part < PART_THAT_DIFFERS

    def test_the_maps_look_as_they_should(self):
        for view, (_, name) in VIEWS.items():
            with self.subTest(picture=name):
                layout = self.sheet(view)
                if os.environ.get("AMAYESH_RENEW_PICTURES"):
                    self.printed(layout, PICTURES / name)
                mean, part = self.distance(view, layout)
                self.assertLess(mean, MEAN_DISTANCE)
                self.assertLess(part, PART_THAT_DIFFERS)

    def test_another_colour_of_any_class_is_seen(self):
        red, yellow, blue, grey = '"215,48,39,255"', '"254,224,144,255"', '"116,173,209,255"', '"242,242,242,255"'
        for old, new in ((red, blue), (blue, yellow), (yellow, blue), (grey, '"255,255,255,255"')):
            with self.subTest(old=old, new=new):
                self.assertFalse(self.is_as_it_should_be("وضعیت", self.changed("وضعیت", old, new)))

    def test_what_is_missing_is_seen(self):
        for view in VIEWS:
            with self.subTest(view=view, missing="labels"):
                layout = self.changed(view, 'labelsEnabled="1"', 'labelsEnabled="0"')
                self.assertFalse(self.is_as_it_should_be(view, layout))
            for item in ("map", "title", "legend", "scale_bar"):
                with self.subTest(view=view, missing=item):
                    layout = self.sheet(view)
                    layout.removeLayoutItem(layout.itemById(item))
                    self.assertFalse(self.is_as_it_should_be(view, layout))


if __name__ == "__main__":
    main()
