"""The GeoPackage opens in QGIS: layers valid, titles shown, in the right place. Exit code 77 where there is no QGIS."""

import os
import pathlib
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

try:
    from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsVectorLayer
except ImportError:
    print("no QGIS here (package python3-qgis)", file=sys.stderr)
    sys.exit(77)

import command
from tool_case import ToolCase, main

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi" / "study.toml"


class Qgis(ToolCase):
    @classmethod
    def setUpClass(cls):
        QgsApplication.setPrefixPath("/usr", True)
        cls.application = QgsApplication([], False)
        cls.application.initQgis()

    @classmethod
    def tearDownClass(cls):
        cls.application.exitQgis()

    def setUp(self):
        super().setUp()
        self.assert_done(command.run("gap", SAMPLE, "-o", self.target))
        self.schema = {layer["name"]: layer for layer in command.run("schema", "--json").json()["layers"]}

    def layer(self, name):
        layer = QgsVectorLayer(f"{self.target}|layername={name}", name, "ogr")
        self.assertTrue(layer.isValid(), name)
        return layer

    def names(self):
        whole = QgsVectorLayer(str(self.target), "all", "ogr")
        return {part.split("!!::!!")[1] for part in whole.dataProvider().subLayers()}

    def test_every_layer_is_valid_with_its_features(self):
        names = self.names()
        self.assertLessEqual({"units", "zones", "sources", "settlements", "rollups", "problems", "manifest"}, names)
        for name in names:
            layer = self.layer(name)
            self.assertEqual(layer.featureCount(), len(self.rows(name)), name)

    def test_titles_are_shown_as_aliases(self):
        for name in self.names():
            layer = self.layer(name)
            for column in self.schema[name]["columns"]:
                at = layer.fields().indexOf(column["name"])
                self.assertGreaterEqual(at, 0, f"{name}.{column['name']}")
                title = layer.attributeDisplayName(at)
                self.assertIn(title, (column["title_en"], f"{column['title_en']} ({column['unit']})"), column["name"])

    def test_layers_lie_in_the_crs_of_the_districts_where_they_should(self):
        for name in ("units", "zones", "sources", "settlements"):
            layer = self.layer(name)
            self.assertEqual(layer.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), name)
            extent = layer.extent()
            self.assertTrue(56 < extent.xMinimum() < extent.xMaximum() < 62, name)
            self.assertTrue(33 < extent.yMinimum() < extent.yMaximum() < 39, name)

    def test_shapes_are_valid_and_settlements_lie_in_their_districts(self):
        units = {unit["unit_id"]: unit.geometry() for unit in self.layer("units").getFeatures()}
        for name, shape in units.items():
            self.assertTrue(shape.isGeosValid(), name)
        placed = [s for s in self.layer("settlements").getFeatures() if s["rural_district_id"] in units]
        self.assertGreater(len(placed), 1000)
        for settlement in placed:
            distance = units[settlement["rural_district_id"]].distance(settlement.geometry())
            self.assertLess(distance, 1e-5, settlement["settlement_id"])


if __name__ == "__main__":
    main()
