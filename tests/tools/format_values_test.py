"""Every value that `gap` writes, read by other programs from each format, against the GeoPackage: NULLs and hostile names too."""

import csv
import json
import math
import re
import xml.etree.ElementTree as ElementTree
import zipfile

from osgeo import gdal, ogr, osr

import command
from tool_case import ToolCase, main

gdal.UseExceptions()
osr.UseExceptions()

LAYERS = ("units", "unit_utilities", "zones", "sources", "allocations", "settlements", "rollups", "problems", "manifest")
UTM = "EPSG:32640"
DEGREE_DIGITS = 7  # of GeoJSON: a centimetre
LONGEST_DBF_TEXT = 254
FORMULAS = {
    "S1": '=HYPERLINK("http://example.com";"x")',
    "S2": "@SUM(1+1)*cmd|' /C calc'!A0",
    "S3": "-1+2",
    "S4": "+1",
    "S5": "'=1",
    "S6": "＝1+1",
}
RIGHT_TO_LEFT = "مشهد \u202etxt.exe\u202c!"
LINES = 'a\nb, "c"; <b>\t\x01&amp;'
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def content(layer):
    """Rows in their order, each with its values by name and its geometry (None where there is none)."""
    names = [field.name for field in layer.schema]
    found = []
    for row in layer:
        shape = row.GetGeometryRef()
        found.append(({name: row[name] for name in names}, shape and shape.Clone()))
    return found


def sorted_rows(rows):
    return sorted(rows, key=lambda row: repr(list(row[0].values())))


def without_guard(text):
    """As docs/reading-and-writing.md says."""
    return re.sub(r"^'('*(?!'|[+-]\d+(?:\.\d+)?$)[=+\-@\t\r\n＝＋－＠])", r"\1", text, flags=re.ASCII)


def is_counterclockwise(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:])) > 0


class Values(ToolCase):
    crs = None

    def setUp(self):
        super().setUp()
        self.study.settlements.file = "settlements.geojson"
        self.study.settlements.settings = {}
        for code, name in FORMULAS.items():
            self.study.settlements.attributes(code)["name"] = name
        self.study.settlements.attributes("C1")["name"] = LINES
        self.study.settlements.features.append((None, {**self.study.settlements.features[0][1], "id": "-1", "name": "-1"}))
        self.study.districts.attributes("D2").update(id="../D2", name="=1+1")
        self.study.zones.attributes("Z1")["name"] = RIGHT_TO_LEFT
        if self.crs:
            self.study.tables["output"] = {"crs": self.crs}
        self.study.write()
        self.assert_done(self.gap())
        whole = gdal.OpenEx(str(self.target))
        self.whole = {name: content(whole.GetLayerByName(name)) for name in LAYERS}
        self.crs_of = {name: whole.GetLayerByName(name).GetSpatialRef() for name in LAYERS}

    def write(self, driver, name="result"):
        target = self.outputs / name
        self.assert_done(self.amayesh("gap", self.study.path, "-o", target, "-f", driver, "-q"))
        return target

    def test_names_are_there_as_they_were_given(self):
        names = {row["name"] for row, _ in self.whole["settlements"]}
        self.assertLessEqual(set(FORMULAS.values()) | {LINES, "-1"}, names)
        self.assertIn(RIGHT_TO_LEFT, {row["name"] for row, _ in self.whole["zones"]})
        self.assertIn("../D2", {row["unit_id"] for row, _ in self.whole["units"]})
        for layer, rows in self.whole.items():
            if layer not in ("manifest", "allocations", "zones"):
                self.assertTrue(any(value is None for row, _ in rows for value in row.values()), layer)

    def assert_same_place(self, drawn, expected, tolerance):
        """Both are shapes of one CRS; vertices may be more, and lie a little aside."""
        if expected is None:
            self.assertIsNone(drawn)
            return
        self.assertIsNotNone(drawn)
        drawn = ogr.ForceTo(drawn, expected.GetGeometryType())  # a format may write one part as such
        for found, wanted in zip(drawn.GetEnvelope(), expected.GetEnvelope()):
            self.assertAlmostEqual(found, wanted, delta=tolerance)
        if expected.GetDimension() == 2:
            self.assertLess(drawn.SymDifference(expected).Area(), tolerance * expected.Boundary().Length())
        if expected.GetDimension() == 1:
            self.assertAlmostEqual(drawn.Length(), expected.Length(), delta=tolerance * max(2, expected.GetPointCount()))

    def test_geojson(self):
        """RFC 7946: WGS 84, longitude first, outer rings counterclockwise, no member crs; read without GDAL."""
        target = self.write("GeoJSON")
        self.assertEqual({path.name for path in target.iterdir()}, {f"{name}.geojson" for name in LAYERS})
        degrees = osr.SpatialReference()
        degrees.ImportFromEPSG(4326)
        degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        for name in LAYERS:
            with self.subTest(layer=name):
                collection = json.loads((target / f"{name}.geojson").read_bytes().decode("utf-8"))
                self.assertEqual(collection["type"], "FeatureCollection")
                self.assertNotIn("crs", collection)
                self.assertEqual([f["properties"] for f in collection["features"]], [row for row, _ in self.whole[name]])
                for feature, (_, shape) in zip(collection["features"], self.whole[name]):
                    self.assertEqual(feature["type"], "Feature")
                    self.check_rings(feature["geometry"])
                    drawn = feature["geometry"] and ogr.CreateGeometryFromJson(json.dumps(feature["geometry"]))
                    if shape is not None:
                        shape.TransformTo(degrees)
                        self.assertTrue(58 < shape.Centroid().GetX() < 60, shape)
                    self.assert_same_place(drawn, shape, 2e-6 if self.crs else 2 * 10**-DEGREE_DIGITS)

    def check_rings(self, geometry):
        if geometry is None or "Polygon" not in geometry["type"]:
            return
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for outer, *holes in parts:
            self.assertTrue(is_counterclockwise(outer))
            self.assertFalse(any(map(is_counterclockwise, holes)))
            for ring in (outer, *holes):
                self.assertEqual(ring[0], ring[-1])

    def test_flatgeobuf(self):
        """Rows lie in the order of its index; those without a place, and tables, are in CSV beside it."""
        target = self.write("FlatGeobuf")
        for name in LAYERS:
            path = target / f"{name}.fgb"
            if not path.exists():
                self.check_csv(target / f"{name}.csv", self.whole[name])
                continue
            with self.subTest(layer=name):
                drawn = [row for row in self.whole[name] if row[1] is not None]
                source = gdal.OpenEx(str(path))
                layer = source.GetLayer(0)
                self.assertTrue(layer.GetSpatialRef().IsSame(self.crs_of[name]))
                found = sorted_rows(content(layer))
                self.assertEqual([row for row, _ in found], [row for row, _ in sorted_rows(drawn)])
                for (_, shape), (_, expected) in zip(found, sorted_rows(drawn)):
                    self.assertEqual(shape.ExportToIsoWkb(), expected.ExportToIsoWkb())
                if len(drawn) < len(self.whole[name]):
                    rest = [(row, None) for row, shape in self.whole[name] if shape is None]
                    self.check_csv(target / f"{name}_without_place.csv", rest)

    def test_csv(self):
        target = self.write("CSV")
        self.assertEqual({path.name for path in target.iterdir()}, {f"{name}.csv" for name in LAYERS})
        for name in LAYERS:
            with self.subTest(layer=name):
                self.check_csv(target / f"{name}.csv", self.whole[name])

    def check_csv(self, path, rows):
        """Cells that are texts for Python's own reader; NULL is an empty one, numbers have 15 digits."""
        with path.open(encoding="utf-8", newline="") as lines:
            found = list(csv.DictReader(lines, strict=True))
        self.assertEqual(len(found), len(rows))
        for cells, (row, shape) in zip(found, rows):
            place = {name: cells.pop(name) for name in ("X", "Y", "WKT") if name in cells}
            self.assertEqual(list(cells), list(row))
            for name, value in row.items():
                cell = cells[name]
                if value is None or value == "":
                    self.assertEqual(cell, "", name)
                elif isinstance(value, str):
                    self.assertEqual(without_guard(cell), value.replace("\r\n", "\n"), name)
                    if not re.fullmatch(r"[+-]\d+(\.\d+)?", cell):
                        self.assertNotRegex(cell, r"\A[=+\-@\t\r\n＝＋－＠]", name)
                else:
                    self.assertEqual(float(cell), float(f"{value:.15g}"), name)
            if "WKT" in place:
                drawn = ogr.CreateGeometryFromWkt(place["WKT"]) if place["WKT"] else None
                self.assert_same_place(drawn, shape, 1e-6 if self.crs else 1e-11)
            elif place:
                expected = [shape.GetX(), shape.GetY()] if shape else []
                found_place = [float(text) for text in place.values() if text]
                self.assertEqual(found_place, [float(f"{value:.15g}") for value in expected])

    def test_xlsx(self):
        """Read as XML: each cell is text or a number, none a formula; NULL is no cell."""
        with zipfile.ZipFile(self.write("XLSX", "result.xlsx")) as book:
            names = [sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
            self.assertEqual(names, list(LAYERS))
            strings = ["".join(text.text or "" for text in item.iter(f"{SHEET}t"))
                       for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")]
            for number, name in enumerate(names, 1):
                with self.subTest(layer=name):
                    sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
                    self.assertEqual(list(sheet.iter(f"{SHEET}f")), [])
                    self.check_sheet(sheet, strings, [row for row, _ in self.whole[name]])

    def check_sheet(self, sheet, strings, rows):
        def cells_of(row):
            found = {}
            for cell in row.iter(f"{SHEET}c"):
                text = cell.find(f"{SHEET}v").text
                self.assertIn(cell.get("t"), (None, "s"))
                found[re.match("[A-Z]+", cell.get("r"))[0]] = strings[int(text)] if cell.get("t") else float(text)
            return found

        head, *found = map(cells_of, sheet.iter(f"{SHEET}row"))
        self.assertEqual(list(head.values()), list(rows[0]))
        self.assertEqual(len(found), len(rows))
        for cells, row in zip(found, rows):
            for column, name in head.items():
                value = row[name]
                if isinstance(value, str):
                    value = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value).replace("\r", "\n")
                if isinstance(value, (int, float)):
                    value = float(f"{value:.16g}")
                self.assertEqual(cells.get(column), None if value == "" else value, name)

    def test_shapefile(self):
        """Short names of the schema; UTF-8, as the .cpg says; what is too long is cut between letters."""
        target = self.write("ESRI Shapefile")
        schema = {layer["name"]: layer for layer in command.run("schema", "--json").json()["layers"]}
        for name in LAYERS:
            with self.subTest(layer=name):
                short = [column["short_name"] for column in schema[name]["columns"]]
                self.assertTrue(all(0 < len(word.encode()) <= 10 for word in short), short)
                self.assertEqual((target / f"{name}.cpg").read_bytes(), b"UTF-8")
                path = target / f"{name}.shp"
                source = gdal.OpenEx(str(path if path.exists() else path.with_suffix(".dbf")))
                found = content(source.GetLayer(0))
                self.assertEqual(len(found), len(self.whole[name]))
                for (cells, shape), (row, expected) in zip(found, self.whole[name]):
                    self.assertEqual(list(cells), short)
                    for cell, (column, value) in zip(cells.values(), row.items()):
                        self.check_dbf_cell(cell, value, column)
                    self.check_shape(shape, expected)

    def check_dbf_cell(self, cell, value, column):
        if isinstance(value, str):
            cut = value.encode("utf-8")[:LONGEST_DBF_TEXT].decode("utf-8", errors="ignore")
            self.assertEqual(cell or "", cut.rstrip(" "), column)
        elif isinstance(value, float):
            self.assertTrue(math.isclose(cell, value, rel_tol=1e-14, abs_tol=1e-14), (column, cell, value))
        else:
            self.assertEqual(cell, value, column)

    def check_shape(self, shape, expected):
        if expected is None:
            self.assertIsNone(shape)
            return
        shape = ogr.ForceTo(shape, expected.GetGeometryType())
        if expected.GetDimension() == 2:  # rings run the other way
            self.assertEqual(shape.SymDifference(expected).Area(), 0)
            self.assertEqual(shape.Boundary().GetPointCount(), expected.Boundary().GetPointCount())
        else:
            self.assertEqual(shape.ExportToIsoWkb(), expected.ExportToIsoWkb())


class ValuesInMetres(Values):
    crs = UTM

    def test_geojson_that_keeps_its_crs(self):
        target = self.outputs / "metres"
        self.assert_done(self.amayesh("gap", self.study.path, "-o", target, "-f", "GeoJSON", "--lco", "RFC7946=NO"))
        units = json.loads((target / "units.geojson").read_bytes())
        self.assertEqual(units["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::32640")
        self.assertEqual(ogr.CreateGeometryFromJson(json.dumps(units["features"][0]["geometry"])).ExportToWkt(),
                         self.whole["units"][0][1].ExportToWkt())


if __name__ == "__main__":
    main()
