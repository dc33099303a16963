"""Names from data and files are text to QGIS: never markup, never expressions, never paths. Exit code 77 without QGIS."""

import html
import shutil

from qgis_case import LAYERS, QgisCase
from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContextUtils,
    QgsMapRendererParallelJob,
    QgsMapSettings,
)
from qgis.PyQt.QtCore import QSize

from tool_case import main

NAMES = {
    "D1": "<b>bold</b><script>alert(1)</script> & &amp;",
    "D2": "[% 1 + 1 %] \"name\" || 'x' {language}",
    "D3": "'); DROP TABLE units; --",
    "D4": "../../etc/passwd\u202e|layername=zones",
}
TITLE = "</title><qgis> & \"q\" 'a' [% 40 + 2 %] ]]> %s \\"


class Hostile(QgisCase):
    def setUp(self):
        super().setUp()
        for _, attributes in self.study.districts.features:
            attributes["name"] = NAMES[attributes["id"]]
            attributes["county"] = NAMES[attributes["id"]]
        self.study.settings["title"] = TITLE
        self.study.write()

    def opened(self, *options):
        self.assert_done(self.gap(*options))
        self.open(self.embedded())
        for name in LAYERS:
            self.assertTrue(self.layer(name).isValid(), name)

    def test_title_is_text_everywhere(self):
        self.opened()
        self.assertEqual(self.project.title(), TITLE)
        for layout in self.project.layoutManager().printLayouts():
            self.assertEqual(layout.itemById("title").currentText(), TITLE)

    def test_control_characters_that_xml_cannot_hold_are_left_out(self):
        self.study.settings["title"] = "a\x07b\x1b[31mc\u0000"[:-1]
        self.study.write()
        self.opened()
        self.assertEqual(self.project.title(), "ab[31mc")

    def test_names_are_drawn_as_they_stand(self):
        self.opened()
        settings = QgsMapSettings()
        settings.setLayers([self.layer("units")])
        settings.setDestinationCrs(self.project.crs())
        settings.setExtent(self.project.viewSettings().defaultViewExtent())
        settings.setOutputSize(QSize(1600, 1200))
        settings.setOutputDpi(30)  # small letters: every label has its place
        context = self.project.createExpressionContext()
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        results = job.takeLabelingResults()  # holds what its labels refer to
        texts = {label.labelText.split("\n")[0] for label in results.allLabels()}
        self.assertLessEqual({NAMES["D1"], NAMES["D2"]}, texts)
        self.assertFalse(self.layer("units").labeling().settings().format().allowHtmlFormatting())

    def test_what_is_shown_beside_the_pointer_is_escaped(self):
        self.opened()
        units = self.layer("units")
        context = units.createExpressionContext()
        for unit in units.getFeatures():
            context.setFeature(unit)
            shown = QgsExpression.replaceExpressionText(units.mapTipTemplate(), context)
            self.assertNotIn("<", shown)
            self.assertEqual(html.unescape(shown), unit["name"])

    def test_form_and_list_of_features_show_the_name(self):
        self.opened()
        units = self.layer("units")
        context = units.createExpressionContext()
        for unit in units.getFeatures():
            context.setFeature(unit)
            self.assertEqual(QgsExpression(units.displayExpression()).evaluate(context), NAMES[unit["unit_id"]])

    def test_file_names_that_look_like_something_else(self):
        for name in ("a & <b> \"q\" 'x'", "50% of #1?", "[% 1 + 1 %]", "-leading", "layername=units", "نتیجه‌ها ۱۴۰۲", "a b.c",
                     "new\nline", "{x}", "~home", "$HOME", "a;b,c"):
            with self.subTest(name=name):
                target = self.outputs / f"{name}.gpkg"
                self.assert_done(self.amayesh("gap", self.study.path, "-o", target))
                self.open(target.with_suffix(".qgz"))
                for layer in LAYERS:
                    self.assertTrue(self.layer(layer).isValid(), layer)
                    self.assertTrue(self.layer(layer).source().startswith(str(target)), self.layer(layer).source())
                plain = self.outputs / "plain.gpkg"
                shutil.copy(target, plain)
                self.assert_done(self.amayesh("report", "--project", plain, "--overwrite"))
                self.open(self.embedded(plain))
                self.assertTrue(self.layer("units").isValid())

    def test_a_file_name_that_qgis_cannot_follow_is_refused_before_the_work(self):
        (self.inputs / "zones.geojson").write_text("{")
        for name in ("a|b.gpkg", "bell\x07.gpkg"):
            with self.subTest(name=name):
                target = self.outputs / name
                self.assert_failed(self.amayesh("gap", self.study.path, "-o", target), "QGIS", "name another")
        self.assert_nothing_written()


class Settlements(QgisCase):
    def test_settlements_as_units_are_points_with_the_same_styles(self):
        self.study.write()
        self.assert_done(self.gap("--unit", "settlement"))
        self.open(self.embedded())
        units = self.layer("units")
        self.assertTrue(units.isValid())
        self.assertEqual(units.renderer().legendSymbolItems()[0].label(), "No zone in reach")
        categories = units.renderer().categories()
        self.assertEqual({category.symbol().type() for category in categories}, {Qgis.SymbolType.Marker})
        for layout in self.project.layoutManager().printLayouts():
            self.assertTrue(layout.itemById("map"))

    def test_other_names_of_columns_in_the_file(self):
        self.study.write()
        self.assert_done(self.gap("--lco", "GEOMETRY_NAME=shape", "--lco", "FID=number", "--lco", "SPATIAL_INDEX=NO"))
        self.open(self.embedded())
        for name in LAYERS:
            self.assertTrue(self.layer(name).isValid(), name)
        self.assertEqual(len(self.layer("units").renderer().legendSymbolItems()), 6)


if __name__ == "__main__":
    main()
