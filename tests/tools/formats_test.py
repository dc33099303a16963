"""`gap` in every format that is written: all layers and rows are there, whatever the format cannot hold itself."""

import collections

from osgeo import gdal

from tool_case import ToolCase, main

gdal.UseExceptions()
gdal.SetConfigOption("OGR_XLSX_HEADERS", "FORCE")
LAYERS = ("units", "unit_utilities", "zones", "sources", "allocations", "settlements", "rollups", "problems", "manifest")
FOLDERS = {"GeoJSON": ".geojson", "FlatGeobuf": ".fgb", "CSV": ".csv", "ESRI Shapefile": ".shp"}
IN_ONE_FILE = {"GPKG": "result.gpkg", "XLSX": "result.xlsx"}


def rows(layer):
    """How often each pair of the first two fields' texts comes; the place is no field."""
    names = [field.name for field in layer.schema if field.name not in ("X", "Y", "WKT")][:2]
    return collections.Counter(tuple(str(feature[name] or "") for name in names) for feature in layer)


def rows_with_place(layer):
    return sum(feature.GetGeometryRef() is not None for feature in layer)


def opened(path):
    return gdal.OpenEx(str(path), gdal.OF_VECTOR)


def files_of(folder, name, ending):
    """The files that hold a layer of that name, in a folder of files of a layer each."""
    found = [folder / (name + end) for end in dict.fromkeys((ending, ".dbf", ".csv", "_without_place.csv"))]
    found = [path for path in found if path.exists()]
    return [path for path in found if path.suffix != ".dbf" or path.with_suffix(".shp") not in found]


class Formats(ToolCase):
    """A study with findings that have a place and findings that have none."""

    def setUp(self):
        super().setUp()
        self.study.settlements.features.append((None, {**self.study.settlements.features[0][1], "id": "LOST"}))
        self.study.write()
        self.assert_done(self.gap())
        self.whole = opened(self.target)

    def write(self, driver, name):
        target = self.outputs / name
        self.assert_done(self.amayesh("gap", self.study.path, "-o", target, "-f", driver, "-q"))
        return target

    def test_study_has_rows_without_a_place(self):
        problems = self.whole.GetLayerByName("problems")
        self.assertLess(0, rows_with_place(problems))
        self.assertLess(rows_with_place(problems), problems.GetFeatureCount())

    def test_formats_of_one_file(self):
        for driver, name in IN_ONE_FILE.items():
            with self.subTest(driver=driver):
                result = opened(self.write(driver, f"again-{name}"))
                for layer in LAYERS:
                    self.assertEqual(rows(result.GetLayerByName(layer)), rows(self.whole.GetLayerByName(layer)), layer)

    def test_shapefile_in_an_encoding_that_loses_names(self):
        target = self.outputs / "old"
        run = self.amayesh("gap", self.study.path, "-o", target, "-f", "ESRI Shapefile", "--lco", "ENCODING=CP1256")
        self.assert_failed(run, "ENCODING")
        self.assertFalse(target.exists())
        self.assert_done(
            self.amayesh("gap", self.study.path, "-o", target, "-f", "ESRI Shapefile", "--lco", "ENCODING=UTF-8", "-q"))

    def test_formats_of_a_file_a_layer(self):
        for driver, ending in FOLDERS.items():
            target = self.write(driver, driver)
            for layer in LAYERS:
                with self.subTest(driver=driver, layer=layer):
                    parts = [opened(path) for path in files_of(target, layer, ending)]
                    whole = self.whole.GetLayerByName(layer)
                    self.assertEqual(sum((rows(part.GetLayer(0)) for part in parts), collections.Counter()), rows(whole))
                    if driver != "CSV":
                        places = sum(rows_with_place(part.GetLayer(0)) for part in parts)
                        self.assertEqual(places, rows_with_place(whole))

    def test_findings_alone(self):
        """`check -o`: one layer, with findings without a place."""
        for driver, ending in FOLDERS.items():
            with self.subTest(driver=driver):
                target = self.outputs / f"findings-{driver}"
                self.assert_done(self.check("-o", target, "-f", driver))
                parts = [opened(path) for path in files_of(target, "problems", ending)]
                found = sum(part.GetLayer(0).GetFeatureCount() for part in parts)
                self.assertEqual(found, len(self.findings()))
        target = self.outputs / "findings.fgb"
        self.assert_failed(self.check("-o", target), "row without geometry", "name a folder")
        self.assertFalse(target.exists())


if __name__ == "__main__":
    main()
