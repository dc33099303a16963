"""One study in four coordinate systems: the same statuses, the same assignments, areas and distances within the bound."""

import math
import os
import pathlib
import sqlite3

from osgeo import gdal, ogr, osr

from tool_case import ToolCase, main

gdal.UseExceptions()

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi"
SYSTEMS = {
    "degrees": "EPSG:4326",
    "UTM 39N": "EPSG:32639",
    "UTM 40N": "EPSG:32640",
    "Lambert of Iran": "+proj=lcc +lat_0=24 +lon_0=54 +lat_1=30 +lat_2=36 +x_0=5000000 +y_0=1166200 +datum=WGS84 +units=m",
}
LONGEST_EDGE_DEGREES = 0.01  # an edge of 1.1 km bends by at most 2 cm when it is straight in another of these systems
DECIMALS_OF_KM = 6
DISTANCES = ("nearest_zone_km",)
ROUNDING_M = 0.001
# Everything else in a unit's row that does not follow from where its border runs is equal to the letter.
MEASURED = {"fid", "geom", "area_ha", "centre_lon", "centre_lat", *DISTANCES}


def reference(text):
    crs = osr.SpatialReference()
    crs.SetFromUserInput(text)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def move_layers(source_folder, target_folder, crs_text):
    """Every layer of a folder in another system; edges that are straight in the old one stay where they are."""
    target_folder.mkdir()
    crs = reference(crs_text)
    for path in sorted(source_folder.glob("*.shp")):
        source = ogr.Open(str(path))
        layer = source.GetLayer()
        old = layer.GetSpatialRef()
        old.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        move = osr.CoordinateTransformation(old, crs)
        target = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(target_folder / path.name))
        copy = target.CreateLayer(path.stem, crs, layer.GetGeomType(), ["ENCODING=UTF-8"])
        for i in range(layer.GetLayerDefn().GetFieldCount()):
            copy.CreateField(layer.GetLayerDefn().GetFieldDefn(i))
        for row in layer:
            shape = row.GetGeometryRef().Clone()
            if shape.GetDimension() > 0:
                shape.Segmentize(LONGEST_EDGE_DEGREES if old.IsGeographic() else LONGEST_EDGE_DEGREES * 1e5)
            if not old.IsSame(crs):
                shape.Transform(move)
            feature = ogr.Feature(copy.GetLayerDefn())
            feature.SetFrom(row)
            feature.SetGeometry(shape)
            copy.CreateFeature(feature)


def perimeter_m(folder):
    """Id of a unit → length of its border in metres, from the layer in degrees."""
    source = ogr.Open(str(folder / "dehestan.shp"))
    lengths = {}
    for row in source.GetLayer():
        shape = row.GetGeometryRef().Clone()
        shape.Transform(osr.CoordinateTransformation(reference("EPSG:4326"), reference(SYSTEMS["UTM 40N"])))
        lengths[row["KOD"]] = shape.Boundary().Length()
    return lengths


class Systems(ToolCase):
    def result(self, study, name):
        target = self.outputs / f"{name}.gpkg"
        self.assert_done(self.amayesh("gap", study, "-o", target, "--quiet"))
        layers = {layer: self.rows(layer, target) for layer in ("units", "settlements", "rollups", "manifest")}
        return {
            "units": {row["unit_id"]: row for row in layers["units"]},
            "settlements": {row["settlement_id"]: row for row in layers["settlements"]},
            "rollups": layers["rollups"],
            "bound_m": next(float(r["value"]) for r in layers["manifest"] if r["key"] == "position_bound_m"),
        }

    def assert_row_agrees(self, row, expected, bound_m, km_columns, skipped):
        for column, value in row.items():
            with self.subTest(row=row.get("name"), column=column):
                if column in km_columns and value is not None:
                    self.assertLessEqual(abs(value - expected[column]) * 1000, bound_m + ROUNDING_M)
                elif column not in skipped:
                    self.assertEqual(value, expected[column])

    def assert_agree(self, found, expected, perimeters):
        bound_m = max(found["bound_m"], expected["bound_m"])
        self.assertLess(bound_m, 5)
        self.assertEqual(found["units"].keys(), expected["units"].keys())
        self.assertEqual(found["settlements"].keys(), expected["settlements"].keys())
        for key, row in found["units"].items():
            other = expected["units"][key]
            self.assert_row_agrees(row, other, bound_m, DISTANCES, MEASURED)
            if row["area_ha"] is not None:
                self.assertLessEqual(abs(row["area_ha"] - other["area_ha"]) * 10_000, bound_m * perimeters[key], key)
            if row["centre_lon"] is not None:
                east = (row["centre_lon"] - other["centre_lon"]) * math.cos(math.radians(row["centre_lat"]))
                north = row["centre_lat"] - other["centre_lat"]
                self.assertLessEqual(math.hypot(east, north) * 111_320, bound_m, key)
        km_columns = [c for c in next(iter(found["settlements"].values())) if c.endswith("_km")]
        for key, row in found["settlements"].items():
            self.assert_row_agrees(row, expected["settlements"][key], bound_m, km_columns, {"fid", "geom", *km_columns})
        for row, other in zip(found["rollups"], expected["rollups"], strict=True):
            self.assert_row_agrees(row, other, bound_m, (), {"area_ha"})

    def test_sample_is_the_same_in_four_systems(self):
        text = (SAMPLE / "study.toml").read_text(encoding="utf-8").replace("../../standards/iran.toml", "iran")
        found = {}
        for name, crs in SYSTEMS.items():
            folder = self.inputs / name
            move_layers(SAMPLE, folder, crs)
            (folder / "study.toml").write_text(text, encoding="utf-8")
            found[name] = self.result(folder / "study.toml", name)
        found["as it ships"] = self.result(SAMPLE / "study.toml", "as it ships")
        perimeters = perimeter_m(SAMPLE)
        for name in found:
            with self.subTest(system=name):
                self.assert_agree(found[name], found["degrees"], perimeters)

    def test_areas_are_those_of_the_ellipsoid(self):
        """Against rectangles of degrees, whose area on WGS 84 has a closed form."""
        self.study.write()
        self.assert_done(self.gap())
        for unit, south in zip(self.rows("units"), (36.0, 36.0, 36.3, 36.3), strict=True):
            self.assertAlmostEqual(unit["area_ha"], zone_area_ha(south, south + 0.3) * 0.4 / 360, delta=0.5)


def zone_area_ha(south, north):
    """Area between two parallels on WGS 84 (Snyder 1987, equation 3-12)."""
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    e = math.sqrt(e2)

    def q(latitude):
        s = math.sin(math.radians(latitude))
        return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)

    return math.pi * a * a * (q(north) - q(south)) / 10_000


if __name__ == "__main__":
    main()
