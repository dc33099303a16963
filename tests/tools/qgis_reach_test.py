"""What `amayesh reach` writes, in real QGIS: themes, maps, rasters with their styles. Exit code 77 where there is no QGIS."""

import pathlib
import shutil
import tempfile

from qgis_case import QgisCase, layer_id
from qgis.core import QgsMapSettings, QgsPointXY, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

import command
from qgis_project_test import SAMPLE, copy_in_persian
from tool_case import main

TRAVEL_LAYERS = ("unit_travel", "unit_travel_people", "settlement_travel", "zone_travel", "unroutable", "travel_rollups",
                 "isochrones", "problems", "manifest")
# A theme shows these layers, the topmost first, each in this style of its own.
THEMES = {
    "en": {
        "Travel time": {"zone_travel": "Way to the zone", "settlement_travel": "Minutes to a zone",
                        "unit_travel": "Minutes from the centre"},
        "People beyond": {"unroutable": "Reason", "zone_travel": "Way to the zone",
                          "unit_travel": "People beyond the farthest limit"},
        "Isochrones": {"zone_travel": "Way to the zone", "isochrones": "Minutes to a zone", "unit_travel": "Borders"},
    },
    "fa": {
        "زمان سفر": {"zone_travel": "مسیر تا ناحیه", "settlement_travel": "دقیقه تا ناحیه",
                     "unit_travel": "دقیقه از مرکز"},
        "جمعیت دور": {"unroutable": "علت", "zone_travel": "مسیر تا ناحیه",
                      "unit_travel": "جمعیت فراتر از دورترین حد"},
        "هم‌زمان‌ها": {"zone_travel": "مسیر تا ناحیه", "isochrones": "دقیقه تا ناحیه", "unit_travel": "مرزها"},
    },
}
# Up to and with so many minutes: colour, label in English and in Persian.
CLASSES = [
    (15, "#4575b4", "up to 15 min", "تا ۱۵ دقیقه"),
    (30, "#abd9e9", "15–30 min", "۱۵ تا ۳۰ دقیقه"),
    (45, "#fee090", "30–45 min", "۳۰ تا ۴۵ دقیقه"),
    (60, "#f46d43", "45–60 min", "۴۵ تا ۶۰ دقیقه"),
    (120, "#a50026", "1–2 hours", "۱ تا ۲ ساعت"),
    (float("inf"), "#40000f", "over 2 hours", "بیش از ۲ ساعت"),
]
NO_WAY = 65535


def colour_of(minutes):
    return next(colour for up_to, colour, _, _ in CLASSES if minutes <= up_to)


def colours_of(image):
    """How many pixels of each colour."""
    counts = {}
    for x in range(image.width()):
        for y in range(image.height()):
            pixel = image.pixelColor(x, y).name()
            counts[pixel] = counts.get(pixel, 0) + 1
    return counts


class ReachedCase(QgisCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory(prefix="amayesh-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.results = pathlib.Path(folder.name)
        studies = {"en": SAMPLE / "study.toml", "fa": copy_in_persian(cls.results / "study")}
        for language, study in studies.items():
            rasters = {option: cls.results / f"{name}_{language}.tif"
                       for option, name in (("--travel-time", "minutes"), ("--whole-minutes", "whole"))}
            outcome = command.run("reach", study, "--by", "surface", "-o", cls.results / f"{language}.gpkg",
                                  *(part for pair in rasters.items() for part in pair))
            assert outcome.code == 0, outcome

    def drawn_alone(self, layer, extent=None, width=600):
        """The layer on a page of green, which no class has."""
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(extent or layer.extent())
        shape = settings.extent().height() / settings.extent().width()
        settings.setOutputSize(QSize(width, round(width * shape)))
        settings.setBackgroundColor(QColor("#00ff00"))
        settings.setFlag(QgsMapSettings.Antialiasing, False)
        return self.drawn(settings)[0]


class Project(ReachedCase):
    def test_both_projects_open_without_a_word_and_every_layer_is_valid(self):
        for language in THEMES:
            target = self.results / f"{language}.gpkg"
            for uri in (self.embedded(target), target.with_suffix(".qgz")):
                with self.subTest(uri=uri):
                    project = self.open(uri)
                    self.assertEqual(set(project.mapLayers()), {layer_id(name) for name in TRAVEL_LAYERS})
                    for name in TRAVEL_LAYERS:
                        self.assertTrue(self.layer(name).isValid(), name)
                        self.assertEqual(self.layer(name).featureCount(), len(self.rows(name, target)), name)

    def test_themes_hold_their_layers_in_their_styles(self):
        for language, themes in THEMES.items():
            collection = self.open(self.embedded(self.results / f"{language}.gpkg")).mapThemeCollection()
            self.assertEqual(set(collection.mapThemes()), set(themes))
            for theme, layers in themes.items():
                with self.subTest(theme=theme):
                    shown = [layer.id() for layer in collection.mapThemeVisibleLayers(theme)]
                    self.assertEqual(shown, [layer_id(name) for name in layers])
                    styles = {record.layer().id(): record.currentStyle
                              for record in collection.mapThemeState(theme).layerRecords() if record.isVisible}
                    self.assertEqual(styles, {layer_id(name): style for name, style in layers.items()})

    def test_each_theme_draws_several_colours(self):
        for language, themes in THEMES.items():
            self.open(self.embedded(self.results / f"{language}.gpkg"))
            for theme in themes:
                with self.subTest(theme=theme):
                    image, _ = self.drawn(self.settings(theme, width=500, height=420))
                    colours = colours_of(image)
                    self.assertLess(colours.pop("#ffffff", 0), 0.97 * 500 * 420)
                    self.assertGreaterEqual(sum(count > 100 for count in colours.values()), 4, colours)

    def test_units_have_the_colour_of_their_minutes(self):
        self.open(self.embedded(self.results / "en.gpkg"))
        settings = self.settings("Travel time")
        settings.setFlag(QgsMapSettings.DrawLabeling, False)
        units = self.layer("unit_travel")
        settings.setLayers([units])
        image, _ = self.drawn(settings)
        seen = set()
        for unit in units.getFeatures():
            minutes = unit["zone_min"]
            pixel = settings.mapToPixel().transform(settings.layerToMapCoordinates(
                units, unit.geometry().pointOnSurface().asPoint()))
            seen.add(image.pixelColor(int(pixel.x()), int(pixel.y())).name() == colour_of(minutes))
        self.assertEqual(seen, {True})

    def test_a_number_stands_under_each_name_in_the_digits_of_the_language(self):
        digits = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")
        columns = ("zone_min", "people_beyond_at_least", None)
        for language, themes in THEMES.items():
            self.open(self.embedded(self.results / f"{language}.gpkg"))
            for theme, column in zip(themes, columns, strict=True):
                with self.subTest(theme=theme):
                    _, results = self.drawn(self.settings(theme))
                    texts = {label.labelText for label in results.allLabels()
                             if label.layerID == layer_id("unit_travel") and not label.isUnplaced}
                    expected = set()
                    for unit in self.layer("unit_travel").getFeatures():
                        if unit["threshold"] == "over":
                            number = f"{round(unit[column] or 0):,}" if column else "0"
                            number = "" if number == "0" else "\n" + number
                            expected.add(unit["name"] + (number.translate(digits) if language == "fa" else number))
                    self.assertEqual(len(expected), 14)
                    self.assertEqual(texts, expected)

    def test_a_sheet_is_printed_for_each_theme(self):
        project = self.open(self.embedded(self.results / "en.gpkg"))
        layouts = {layout.name(): layout for layout in project.layoutManager().printLayouts()}
        self.assertEqual(list(layouts), list(THEMES["en"]))
        for name, layout in layouts.items():
            with self.subTest(layout=name):
                picture = self.printed(layout, self.outputs / "sheet.png")
                seen = colours_of(picture.scaled(400, 283))
                self.assertGreater(len(seen), 20)


class Rasters(ReachedCase):
    def raster(self, name):
        path = self.results / f"{name}.tif"
        layer = QgsRasterLayer(str(path), name)
        self.assertTrue(layer.isValid(), path)
        self.assertEqual(self.messages, [])
        return layer

    def classes_of(self, layer):
        items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
        return [(item.value, item.color.name(), item.label) for item in items]

    def value_at(self, layer, x, y):
        value, is_known = layer.dataProvider().sample(QgsPointXY(x, y), 1)
        return value if is_known else None

    def centres_of_cells(self, layer, columns, rows):
        """Every so many cells of it, in their middle."""
        extent = layer.extent()
        for column in range(5, layer.width(), layer.width() // columns):
            for row in range(5, layer.height(), layer.height() // rows):
                yield (extent.xMinimum() + (column + 0.5) * layer.rasterUnitsPerPixelX(),
                       extent.yMaximum() - (row + 0.5) * layer.rasterUnitsPerPixelY())

    def cell_image(self, layer, x, y):
        half = layer.rasterUnitsPerPixelX() / 2
        return self.drawn_alone(layer, QgsRectangle(x - half, y - half, x + half, y + half), width=3)

    def test_minutes_open_in_their_classes(self):
        for language, label in (("en", 2), ("fa", 3)):
            layer = self.raster(f"minutes_{language}")
            self.assertEqual(layer.renderer().type(), "singlebandpseudocolor")
            self.assertEqual(self.classes_of(layer), [(one[0], one[1], one[label]) for one in CLASSES])

    def test_each_cell_has_the_colour_of_its_minutes(self):
        for name in ("minutes_en", "whole_en"):
            layer = self.raster(name)
            seen = set()
            for x, y in self.centres_of_cells(layer, 12, 12):
                minutes = self.value_at(layer, x, y)
                if minutes is None:
                    continue
                shown = self.cell_image(layer, x, y).pixelColor(1, 1).name()
                self.assertEqual(shown, colour_of(minutes), f"{name}: {minutes} min at {x}, {y}")
                seen.add(shown)
            self.assertGreaterEqual(len(seen), 3)

    def test_the_picture_has_every_class_and_no_other_colour(self):
        for name in ("minutes_en", "whole_en"):
            seen = colours_of(self.drawn_alone(self.raster(name)))
            self.assertLessEqual({colour for _, colour, _, _ in CLASSES}, set(seen))
            self.assertLessEqual(set(seen), {colour for _, colour, _, _ in CLASSES} | {"#00ff00"})

    def test_a_cell_without_a_way_is_transparent(self):
        for name in ("minutes_en", "whole_en"):
            layer = self.raster(name)
            place = next(((x, y) for x, y in self.centres_of_cells(layer, layer.width() // 8, layer.height() // 8)
                          if self.value_at(layer, x, y) is None), None)
            self.assertIsNotNone(place, "the sample's river has cells without a way")
            self.assertEqual(self.cell_image(layer, *place).pixelColor(1, 1).name(), "#00ff00")

    def test_whole_minutes_have_a_palette_of_their_own(self):
        alone = self.outputs / "alone.tif"
        shutil.copy(self.results / "whole_en.tif", alone)  # without its .qml
        layer = QgsRasterLayer(str(alone), "alone")
        self.assertEqual(layer.renderer().type(), "paletted")
        colours = {one.value: one.color for one in layer.renderer().classes()}
        for minutes in (0, 15, 16, 30, 31, 45, 46, 60, 61, 120, 121, NO_WAY - 1):
            self.assertEqual(colours[minutes].name(), colour_of(minutes), minutes)
        if NO_WAY in colours:
            self.assertEqual(colours[NO_WAY].alpha(), 0)
        seen = colours_of(self.drawn_alone(layer))
        self.assertLessEqual({colour for _, colour, _, _ in CLASSES}, set(seen))

    def test_no_way_is_nodata(self):
        for name, nodata in (("minutes_en", "nan"), ("whole_en", str(float(NO_WAY)))):
            layer = self.raster(name)
            self.assertTrue(layer.dataProvider().sourceHasNoDataValue(1))
            self.assertEqual(str(layer.dataProvider().sourceNoDataValue(1)), nodata)


if __name__ == "__main__":
    main()
