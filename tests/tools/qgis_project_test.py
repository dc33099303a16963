"""The GeoPackage opens finished in QGIS: project, styles, legend, layouts. Exit code 77 where there is no QGIS."""

import os
import pathlib
import shutil
import sqlite3

from qgis_case import LAYERS, QgisCase, layer_id
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayerMetadata,
    QgsRenderContext,
    QgsVectorLayer,
)

from qgis.PyQt.QtXml import QDomDocument

import command
from tool_case import main

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi"

# Styles of a layer: name and number of classes, English then Persian; the first is the default of its language.
SOURCE_STYLES = [("Utility", 11), ("Share of headroom left", 5), ("Power", 3), ("Water", 3), ("Gas", 3), ("Telecom", 2),
                 ("خدمت", 11), ("سهم ظرفیت باقی‌مانده", 5), ("برق", 3), ("آب", 3), ("گاز", 3), ("مخابرات", 2)]
STYLES = {
    "units": [("Status", 6), ("People left out", 7), ("Utilities in short supply", 5),
              ("وضعیت", 6), ("جمعیت بی‌بهره", 7), ("خدمات دچار کمبود", 5)],
    "zones": [("Status", 6), ("Kind", 4), ("وضعیت", 6), ("نوع", 4)],
    "sources": SOURCE_STYLES,
    "source_lines": SOURCE_STYLES,
    "allocations": [("Central case", 3), ("Low case", 3), ("High case", 3),
                    ("حالت میانه", 3), ("حالت کم", 3), ("حالت زیاد", 3)],
    "settlements": [("Zone in reach", 2), ("Population", 5), ("ناحیه در دسترس", 2), ("جمعیت", 5)],
    "problems": [("Severity", 3), ("شدت", 3)],
    "unit_utilities": [("Titles", 0), ("عنوان‌ها", 0)],
    "rollups": [("Titles", 0), ("عنوان‌ها", 0)],
    "manifest": [("Titles", 0), ("عنوان‌ها", 0)],
}
GROUPS = {
    "Need": ["units"],
    "Industrial zones": ["zones"],
    "Supply": ["sources", "allocations", "source_lines"],
    "Settlements": ["settlements"],
    "Findings about the input": ["problems"],
    "Tables": ["manifest", "rollups", "unit_utilities"],
}


def copy_in_persian(folder):
    """The sample as a study in Persian."""
    shutil.copytree(SAMPLE, folder)
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8").replace('language = "en"', 'language = "fa"')
    text = text.replace("Razavi Khorasan (sample)", "خراسان رضوی (نمونه)").replace("../../standards/iran.toml", "iran")
    study.write_text(text, encoding="utf-8")
    return study


class Sample(QgisCase):
    def setUp(self):
        super().setUp()
        self.assert_done(command.run("gap", SAMPLE / "study.toml", "-o", self.target))

    def test_both_projects_open_without_a_word_and_every_layer_is_valid(self):
        for uri in (self.embedded(), self.target.with_suffix(".qgz")):
            with self.subTest(uri=uri):
                project = self.open(uri)
                names = {*LAYERS, "source_lines"}
                self.assertEqual(set(project.mapLayers()), {layer_id(name) for name in names})
                for name in names:
                    layer = self.layer(name)
                    self.assertTrue(layer.isValid(), name)
                    self.assertEqual(layer.featureCount(), len(self.rows(name)), name)
                    self.assertIn(str(self.target), layer.source())

    def test_title_crs_and_extent(self):
        project = self.open(self.embedded())
        self.assertEqual(project.title(), "Razavi Khorasan (sample)")
        self.assertTrue(project.crs().isValid())
        self.assertFalse(project.crs().isGeographic())
        extent = project.viewSettings().defaultViewExtent()
        self.assertEqual(extent.crs(), project.crs())
        units = self.layer("units")
        shown = QgsCoordinateTransform(units.crs(), project.crs(), project).transformBoundingBox(units.extent())
        self.assertTrue(extent.contains(shown))
        self.assertLess(extent.width(), 1.2 * shown.width())
        for name in ("units", "zones", "sources", "settlements", "allocations"):
            self.assertEqual(self.layer(name).crs(), QgsCoordinateReferenceSystem("EPSG:4326"), name)

    def test_groups_stand_in_reading_order_and_layers_are_drawn_bottom_up(self):
        root = self.open(self.embedded()).layerTreeRoot()
        shown = {group.name(): [node.layerId() for node in group.findLayers()] for group in root.findGroups()}
        self.assertEqual(list(shown), list(GROUPS))
        self.assertEqual(shown, {group: [layer_id(name) for name in names] for group, names in GROUPS.items()})
        order = [layer.id() for layer in root.layerOrder()]
        self.assertEqual(order[-1], layer_id("units"))
        self.assertLess(order.index(layer_id("zones")), order.index(layer_id("sources")))

    def test_every_style_is_listed_and_applied_with_its_classes(self):
        self.open(self.embedded())
        for name, expected in STYLES.items():
            layer = self.layer(name)
            manager = layer.styleManager()
            self.assertEqual(sorted(manager.styles()), sorted(style for style, _ in expected), name)
            self.assertEqual(manager.currentStyle(), expected[0][0], name)
            for style, classes in expected:
                self.assertTrue(manager.setCurrentStyle(style))
                if classes:
                    renderer = layer.renderer()
                    self.assertEqual(len(renderer.legendSymbolItems()), classes, f"{name}: {style}")
                    self.assertIn(renderer.type(), ("categorizedSymbol", "graduatedSymbol"))

    def test_layers_opened_alone_have_their_styles(self):
        for name, expected in STYLES.items():
            layer = QgsVectorLayer(f"{self.target}|layername={name}", name, "ogr")
            count, ids, names, _, _ = layer.listStylesInDatabase()
            self.assertEqual(sorted(names[:count]), sorted(style for style, _ in expected), name)
            for style_id, style in zip(ids[:count], names):  # those of other layers follow
                qml, problem = layer.getStyleFromDatabase(style_id)
                self.assertEqual(problem, "")
                self.assertTrue(qml, style)
            if expected[0][1]:
                self.assertEqual(len(layer.renderer().legendSymbolItems()), expected[0][1], name)

    def test_a_renderer_draws_every_feature_that_it_should(self):
        """Each row falls into a class, with the symbol of that class."""
        self.open(self.embedded())
        for name in ("units", "zones", "sources", "source_lines", "settlements", "problems"):
            layer = self.layer(name)
            for style, _ in STYLES[name]:
                if "source" in name and style in ("Power", "Water", "Gas", "Telecom", "برق", "آب", "گاز", "مخابرات"):
                    continue  # of one utility alone
                layer.styleManager().setCurrentStyle(style)
                renderer, context = layer.renderer().clone(), QgsRenderContext()
                context.setExpressionContext(layer.createExpressionContext())
                renderer.startRender(context, layer.fields())
                for feature in layer.getFeatures():
                    context.expressionContext().setFeature(feature)
                    self.assertIsNotNone(renderer.symbolForFeature(feature, context), f"{name}, {style}: {feature.id()}")
                renderer.stopRender(context)

    def test_moved_to_another_folder_it_still_opens(self):
        moved = self.outputs / "another folder"
        moved.mkdir()
        for ending in (".gpkg", ".qgz"):
            shutil.move(self.target.with_suffix(ending), moved)
        for uri in (self.embedded(moved / "gap.gpkg"), moved / "gap.qgz"):
            self.open(uri)
            for name in LAYERS:
                self.assertTrue(self.layer(name).isValid(), name)
                self.assertIn(str(moved), self.layer(name).source())

    def test_relations_between_layers_are_valid(self):
        relations = self.open(self.embedded()).relationManager().relations()
        self.assertEqual(len(relations), 4)
        for relation in relations.values():
            self.assertTrue(relation.isValid(), relation.id())
        rows = relations["unit_utilities_unit_id"].getRelatedFeatures(next(self.layer("units").getFeatures()))
        self.assertEqual(len(list(rows)), 12)

    def test_what_allocate_writes_opens_finished_too(self):
        target = self.outputs / "supply.gpkg"
        self.assert_done(command.run("allocate", SAMPLE / "study.toml", "-o", target))
        project = self.open(self.embedded(target))
        for layer in project.mapLayers().values():
            self.assertTrue(layer.isValid(), layer.id())
        areas = self.layer("service_areas")
        self.assertEqual(areas.styleManager().currentStyle(), "Power")
        self.assertEqual(len(areas.styleManager().styles()), 8)
        self.assertEqual(len(self.layer("unserved_rest").styleManager().styles()), 8)
        themes = ["Supply", "Reach of power", "Reach of water", "Reach of gas", "Reach of telecom"]
        self.assertEqual(sorted(project.mapThemeCollection().mapThemes()), sorted(themes))
        self.assertEqual([layout.name() for layout in project.layoutManager().printLayouts()], themes)
        self.assertIn("Areas in reach", [group.name() for group in project.layerTreeRoot().findGroups()])

    def test_metadata_say_what_it_is(self):
        project = self.open(self.embedded())
        self.assertEqual(project.metadata().title(), "Razavi Khorasan (sample)")
        units = self.layer("units")
        self.assertEqual((units.metadata().title(), units.metadata().abstract()),
                         ("Assessed units", "One row: one assessed unit"))
        with sqlite3.connect(f"file:{self.target}?mode=ro", uri=True) as database:
            self.addCleanup(database.close)
            ((standard, text),) = database.execute(
                "SELECT md_standard_uri, metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id "
                "WHERE reference_scope = 'geopackage'").fetchall()
            descriptions = dict(database.execute("SELECT table_name, description FROM gpkg_contents"))
        self.assertEqual(standard, "http://mrcc.com/qgis.dtd")
        document = QDomDocument()
        self.assertTrue(document.setContent(text)[0])
        metadata = QgsLayerMetadata()
        self.assertTrue(metadata.readMetadataXml(document.documentElement()))
        self.assertEqual(metadata.title(), "Razavi Khorasan (sample)")
        self.assertIn("Data as of 1395 – 1397", metadata.abstract())
        box = metadata.extent().spatialExtents()[0].bounds
        self.assertTrue(56 < box.xMinimum() < box.xMaximum() < 62)
        self.assertEqual(descriptions["zones"], "One row: one industrial estate, zone or special economic zone")

    def test_a_study_in_persian_is_shown_in_persian(self):
        study = copy_in_persian(self.inputs / "persian")
        target = self.outputs / "persian.gpkg"
        self.assert_done(command.run("gap", study, "-o", target))
        project = self.open(self.embedded(target))
        self.assertEqual(project.title(), "خراسان رضوی (نمونه)")
        self.assertEqual(self.layer("units").name(), "واحدهای ارزیابی‌شده")
        for name, expected in STYLES.items():
            manager = self.layer(name).styleManager()
            self.assertEqual(manager.currentStyle(), expected[len(expected) // 2][0], name)
        units = self.layer("units")
        self.assertEqual(units.attributeDisplayName(units.fields().indexOf("status")), "وضعیت")
        labels = [item.label() for item in units.renderer().legendSymbolItems()]
        self.assertEqual(labels[0], "بدون ناحیه در دسترس")
        units.styleManager().setCurrentStyle("Status")
        self.assertEqual(units.attributeDisplayName(units.fields().indexOf("status")), "Status")


if __name__ == "__main__":
    main()
