"""What people see of a result: maps, labels, a click, print layouts. Exit code 77 where there is no QGIS."""

import pathlib
import tempfile

from qgis_case import QgisCase, layer_id
from qgis.core import (
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContextUtils,
    QgsLayoutExporter,
    QgsMapSettings,
    QgsRenderContext,
    QgsTextRenderer,
)
from qgis.gui import QgsMapCanvas, QgsMapToolIdentify
from qgis.PyQt.QtCore import QPointF
from qgis.PyQt.QtGui import QColor, QImage, QPainter

import command
from qgis_project_test import SAMPLE, copy_in_persian
from tool_case import main


class Map(QgisCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="amayesh-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.results = {"en": pathlib.Path(folder.name) / "en.gpkg", "fa": pathlib.Path(folder.name) / "fa.gpkg"}
        studies = {"en": SAMPLE / "study.toml", "fa": copy_in_persian(pathlib.Path(folder.name) / "study")}
        for language, target in cls.results.items():
            outcome = command.run("gap", studies[language], "-o", target)
            assert outcome.code == 0, outcome

    def place_in(self, unit):
        """A point inside the unit, in the CRS of the map."""
        transform = QgsCoordinateTransform(self.layer("units").crs(), self.project.crs(), self.project)
        return transform.transform(unit.geometry().pointOnSurface().asPoint())

    def units(self):
        return {unit["unit_id"]: unit for unit in self.layer("units").getFeatures()}

    def test_unmet_need_has_its_colour_on_the_map(self):
        self.open(self.embedded(self.results["en"]))
        settings = self.settings("Status")
        settings.setFlag(QgsMapSettings.DrawLabeling, False)
        settings.setLayers([self.layer("units")])
        image, _ = self.drawn(settings)
        colours = {"no_zone_in_reach": "#d73027", "served": "#74add1", "zone_full": "#fee090", "not_over_threshold": "#f2f2f2"}
        seen = dict.fromkeys(colours, 0)
        for unit in self.units().values():
            if unit["status"] not in colours:
                continue
            pixel = settings.mapToPixel().transform(self.place_in(unit))
            colour = image.pixelColor(int(pixel.x()), int(pixel.y())).name()
            self.assertEqual(colour, colours[unit["status"]], unit["unit_id"])
            seen[unit["status"]] += 1
        self.assertEqual(seen, {"no_zone_in_reach": 10, "served": 3, "zone_full": 1, "not_over_threshold": 30})

    def test_every_unit_over_the_threshold_is_labelled_with_its_name_and_people(self):
        for language, theme in (("en", "Status"), ("fa", "وضعیت")):
            with self.subTest(language=language):
                self.open(self.embedded(self.results[language]))
                _, results = self.drawn(self.settings(theme))
                labels = [label for label in results.allLabels() if label.layerID == layer_id("units")]
                texts = {label.labelText for label in labels if not label.isUnplaced}
                expected = set()
                digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
                for unit in self.units().values():
                    if unit["threshold"] != "over":
                        continue
                    text = unit["name"]
                    if unit["people_left_out_min"]:
                        people = f"{unit['people_left_out_min']:,}"
                        text += "\n" + (people.translate(digits).replace(",", "٬") if language == "fa" else people)
                    expected.add(text)
                self.assertEqual(len(expected), 14)
                self.assertEqual(texts, expected)

    def test_labels_depend_on_the_scale(self):
        self.open(self.embedded(self.results["en"]))
        settings = self.settings("Status")
        everything = settings.extent()
        counts = {}
        for scale in (2_000_000, 500_000, 100_000):
            extent = everything.scaled(scale / settings.scale())
            closer = self.settings("Status")
            closer.setExtent(extent)
            context = closer.expressionContext()
            context.appendScope(QgsExpressionContextUtils.mapSettingsScope(closer))
            closer.setExpressionContext(context)
            _, results = self.drawn(closer)
            counts[scale] = {label.layerID for label in results.allLabels()}
        self.assertEqual(counts[2_000_000], {layer_id("units")})
        self.assertIn(layer_id("zones"), counts[500_000])
        self.assertIn(layer_id("settlements"), counts[100_000])

    def test_persian_labels_are_letters_and_no_boxes(self):
        """Letters without a glyph are all the same box; these differ, and join."""
        self.open(self.embedded(self.results["fa"]))
        text_format = self.layer("units").labeling().settings().format()

        def image_of(text):
            image = QImage(300, 60, QImage.Format_ARGB32)
            image.fill(QColor("white"))
            painter = QPainter(image)
            QgsTextRenderer.drawText(QPointF(20, 40), 0, QgsTextRenderer.AlignLeft, [text],
                                     QgsRenderContext.fromQPainter(painter), text_format)
            painter.end()
            return image

        letters = ["گ", "چ", "پ", "ژ", "ی", "ک", "م"]
        images = [image_of(letter) for letter in letters]
        empty = image_of(" ")
        for i, image in enumerate(images):
            self.assertNotEqual(image, empty, letters[i])
            for other in images[:i]:
                self.assertNotEqual(image, other, letters[i])
        box = image_of("\U0010FFFD")
        self.assertNotIn(box, images)
        context = QgsRenderContext()
        width = lambda text: QgsTextRenderer.textWidth(context, text_format, [text])
        self.assertLess(width("سلام"), sum(width(letter) for letter in "سلام"))

    def test_a_click_finds_the_feature_under_it(self):
        self.open(self.embedded(self.results["en"]))
        canvas = QgsMapCanvas()
        self.addCleanup(canvas.deleteLater)
        canvas.resize(1000, 800)
        canvas.setDestinationCrs(self.project.crs())
        layers = [self.layer("zones"), self.layer("units")]
        canvas.setLayers(layers)
        identify = QgsMapToolIdentify(canvas)
        units_to_map = QgsCoordinateTransform(self.layer("units").crs(), self.project.crs(), self.project)
        for unit in self.units().values():
            canvas.setExtent(units_to_map.transformBoundingBox(unit.geometry().boundingBox()))
            pixel = canvas.getCoordinateTransform().transform(self.place_in(unit))
            found = identify.identify(int(pixel.x()), int(pixel.y()), [self.layer("units")],
                                      QgsMapToolIdentify.TopDownStopAtFirst)
            self.assertEqual([hit.mFeature["unit_id"] for hit in found], [unit["unit_id"]])
        zone = next(self.layer("zones").getFeatures())
        place = zone.geometry().pointOnSurface().asPoint()
        to_map = QgsCoordinateTransform(self.layer("zones").crs(), self.project.crs(), self.project)
        canvas.setCenter(to_map.transform(place))
        canvas.zoomScale(20_000)
        pixel = canvas.getCoordinateTransform().transform(to_map.transform(place))
        found = identify.identify(int(pixel.x()), int(pixel.y()), layers, QgsMapToolIdentify.TopDownStopAtFirst)
        self.assertEqual([hit.mFeature["zone_id"] for hit in found], [zone["zone_id"]])

    def test_every_layout_is_printed_with_legend_scale_bar_and_date(self):
        self.open(self.embedded(self.results["en"]))
        layouts = self.project.layoutManager().printLayouts()
        self.assertEqual([layout.name() for layout in layouts], ["Status", "People left out", "Supply"])
        for layout in layouts:
            with self.subTest(layout=layout.name()):
                self.assertEqual(layout.itemById("map").followVisibilityPresetName(), layout.name())
                legend = layout.itemById("legend")
                self.assertIs(legend.linkedMap(), layout.itemById("map"))
                self.assertTrue(layout.itemById("scale_bar").linkedMap())
                self.assertEqual(layout.itemById("title").currentText(), "Razavi Khorasan (sample)")
                self.assertRegex(layout.itemById("foot").currentText(),
                                 r"Data as of 1395 – 1397\. Printed \d{4}-\d{2}-\d{2}$")
                exporter = QgsLayoutExporter(layout)
                pdf = self.outputs / "map.pdf"
                self.assertEqual(exporter.exportToPdf(str(pdf), QgsLayoutExporter.PdfExportSettings()), QgsLayoutExporter.Success)
                self.assertEqual(pdf.read_bytes()[:5], b"%PDF-")
                self.assertGreater(pdf.stat().st_size, 20_000)
                image = self.printed(layout, self.outputs / "map.png")
                self.assertEqual((image.width(), image.height()), (992, 701))
                for item in layout.items():  # nothing leaves the sheet
                    if getattr(item, "id", lambda: "")():
                        box = item.mapRectToScene(item.rect())
                        self.assertTrue(layout.pageCollection().page(0).rect().contains(box), item.id())

    def test_key_figures_are_those_of_the_result(self):
        totals = next(row for row in self.rows("rollups", self.results["en"]) if row["level"] == "nation")
        self.open(self.embedded(self.results["en"]))
        status, people, supply = self.project.layoutManager().printLayouts()
        texts = [status.itemById(f"figure {i}").currentText() for i in range(1, 7)]
        self.assertEqual(texts[:4], [str(totals[c]) for c in ("units_over", "units_no_zone", "units_zone_full", "units_served")])
        self.assertEqual(texts[4], f"{totals['people_left_out_min']:,}–{totals['people_left_out_max']:,}")
        self.assertEqual(people.itemById("figure 5").currentText(), f"{totals['new_zone_ha']:,.1f}")
        self.assertEqual(supply.itemById("figure 2").currentText(), f"{totals['water_shortfall_lps']:,.1f}")
        self.open(self.embedded(self.results["fa"]))
        persian = self.project.layoutManager().printLayouts()[0]
        self.assertEqual(persian.itemById("figure 1").currentText(), "۱۴")
        self.assertRegex(persian.itemById("foot").currentText(), "چاپ: [۰-۹]{4}/[۰-۹]{2}/[۰-۹]{2}$")

    def test_the_date_of_printing_is_right_in_the_solar_hijri_calendar(self):
        self.open(self.embedded(self.results["fa"]))
        text = self.project.layoutManager().printLayouts()[0].itemById("foot").text()
        expression = text[text.rindex("[%") + 2 : text.rindex("%]")]
        days = {"2021-03-20": "۱۳۹۹/۱۲/۳۰", "2021-03-21": "۱۴۰۰/۰۱/۰۱", "2024-03-19": "۱۴۰۲/۱۲/۲۹",
                "2024-03-20": "۱۴۰۳/۰۱/۰۱", "2025-03-20": "۱۴۰۳/۱۲/۳۰", "2025-03-21": "۱۴۰۴/۰۱/۰۱",
                "2025-09-22": "۱۴۰۴/۰۶/۳۱", "2025-09-23": "۱۴۰۴/۰۷/۰۱", "1979-02-11": "۱۳۵۷/۱۱/۲۲",
                "2017-10-18": "۱۳۹۶/۰۷/۲۶", "2030-12-21": "۱۴۰۹/۰۹/۳۰"}
        for day, expected in days.items():
            found = QgsExpression(expression.replace("now()", f"to_date('{day}')"))
            self.assertEqual(found.evaluate(), expected, day)


if __name__ == "__main__":
    main()
