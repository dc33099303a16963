"""Roads, speeds, friction rasters and targets that are wrong: refused with what, where, why and the way out."""

import struct

from reach_case import NORTH, UTM, ReachCase, line
from small_study import Layer, point, rectangle
from tool_case import listing, main

FRICTION, CELL_M, WEST = 0.02, 1000, 480_000  # 3 km/h
COLUMNS, ROWS = 130, 50
FILL_COLUMN, FILL_ROW = 25, 24  # 505 to 506 km east, where S1 comes by


def as_stored(value):
    """As a Float32 holds it."""
    return struct.unpack("f", struct.pack("f", value))[0]


class Friction(ReachCase):
    def write_friction(self, fill, nodata=None, value=FRICTION, corner=(WEST, NORTH + ROWS * CELL_M / 2), **settings):
        from osgeo import gdal, osr

        gdal.UseExceptions()
        file = gdal.GetDriverByName("GTiff").Create(
            str(self.inputs / "friction.tif"), COLUMNS, ROWS, 1, gdal.GDT_Float32)
        file.SetGeoTransform((corner[0], CELL_M, 0, corner[1], 0, -CELL_M))
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(int(UTM.partition(":")[2]))
        file.SetProjection(crs.ExportToWkt())
        band = file.GetRasterBand(1)
        band.Fill(value)
        if fill is not None:
            band.WriteRaster(FILL_COLUMN, FILL_ROW, 1, 1, struct.pack("f", fill), buf_type=gdal.GDT_Float32)
        if nodata is not None:
            band.SetNoDataValue(nodata)
        del band, file
        self.study.tables["layers.rasters"] = {"source": "friction.tif", "kind": "friction", **settings}
        self.study.write()

    def test_fill_values_that_nobody_declared_are_refused_with_their_place(self):
        for fill in (1e20, 3.4e38, 1e-30, 0, -1):
            with self.subTest(fill=fill):
                self.write_friction(fill)
                self.assert_failed(
                    self.run_reach("--by", "surface"), "friction.tif", f"column {FILL_COLUMN}, row {FILL_ROW}",
                    f"{fill:g}", "6e-05 to 60 min/m", "1000 to 0.001 km/h", "gdal_edit.py -a_nodata")
                self.assert_nothing_written()

    def test_declared_as_nodata_they_are_impassable(self):
        self.write_friction(1e20, nodata=as_stored(1e20))
        self.assert_done(self.run_reach("--by", "surface"))

    def test_limits_go_with_the_unit(self):
        self.write_friction(1e20, value=20, unit="min/km")
        self.assert_failed(self.run_reach("--by", "surface"), "0.06 to 60000 min/km")
        self.write_friction(1e20, value=1.2, unit="s/m")
        self.assert_failed(self.run_reach("--by", "surface"), "0.0036 to 3600 s/m")

    def test_nodata_everywhere(self):
        self.write_friction(None, nodata=as_stored(FRICTION))
        self.study.remove(self.roads)
        self.study.write()
        self.assert_failed(self.run_reach("--by", "surface"), "no cell that can be passed", "nodata everywhere")
        self.assert_nothing_written()


    def test_degrees_taken_for_metres(self):
        self.write_friction(None, corner=(57, 36))  # where it says UTM
        self.assert_failed(self.run_reach("--by", "surface"), "friction.tif", "nowhere in the study's area", "CRS")
        del self.study.tables["layers.rasters"]
        self.study.tables["crs"]["working"] = "EPSG:4326"
        self.study.write()
        self.assert_failed(self.run_reach("--by", "surface"), "[crs]", "WGS 84", "metres")
        self.assert_nothing_written()


class Speeds(ReachCase):
    def test_a_speed_at_which_nobody_arrives_is_an_error_with_its_row(self):
        self.roads.features[1][1]["kmh"] = 1e-9
        self.study.write()
        self.assert_finding(self.findings(), "error", "value_implausible", "roads.geojson", "kmh",
                            "slower than 1 km/h", "(1e-09 km/h)", "unit", layer="roads")
        outcome = self.run_reach("--by", "roads")
        self.assertEqual(outcome.code, 1, outcome)
        self.assertIn("value_implausible", outcome.stdout)
        self.assert_nothing_written()

    def test_a_walk_is_no_fault(self):
        self.roads.features[1][1]["kmh"] = 1
        self.study.write()
        self.reach()

    def test_too_fast_a_speed_is_told_with_its_value(self):
        self.roads.features[0][1]["kmh"] = 60_000
        self.study.write()
        self.assert_finding(self.findings(), "error", "value_implausible", "200 km/h", "(60000 km/h)", layer="roads")

    def test_speeds_of_the_standards_have_limits(self):
        for speed, limit in ((0.0001, "less than 0.1"), (5000, "more than 400")):
            for key in ("travel.walk", "travel.road.default", "travel.land_cover.bare"):
                with self.subTest(key=key, speed=speed):
                    self.study.tables["standards"]["values"] = {key: {"value": speed, "source": "a test"}}
                    self.study.write()
                    self.assert_failed(self.run_reach("--by", "roads"), key, f"{speed:g}", limit)
        self.assert_nothing_written()


class Roads(ReachCase):
    def set_roads(self, *geometries):
        self.roads.features = [(geometry, {"kmh": 60, "way": "no"}) for geometry in geometries]
        self.study.write()

    def test_nothing_that_is_a_road_is_left(self):
        dot = line(500, 500)
        area = rectangle(500_000, NORTH, 501_000, NORTH + 1000)
        for name, geometries in (("no lines", (area, None)), ("no length", (dot,)), ("points", (point(500_000, NORTH),))):
            with self.subTest(name):
                self.set_roads(*geometries)
                self.assert_failed(self.run_reach("--by", "roads"), "[layers.roads]", "roads.geojson",
                                   "none is left", "amayesh check", "--by surface")
        self.assert_nothing_written()
        self.study.tables["assess"]["reach"] = "roads"
        self.study.write()
        self.assert_finding(self.findings(), "error", "value_implausible", "roads.geojson", "none is left", layer="reach")
        self.assert_failed(self.gap(), "[layers.roads]")

    def test_a_surface_needs_no_road(self):
        self.set_roads(None)
        self.assert_done(self.run_reach("--by", "surface"))

    def test_a_road_across_half_the_earth_is_named(self):
        astray = line(500, 510)
        astray["coordinates"].append([500_000, 500_000])  # 3,500 km south
        self.set_roads(line(500, 562), astray)
        self.assert_finding(self.findings(), "error", "geometry_invalid", "roads.geojson", "1 roads are longer than 3000 km",
                            "for example row 1", "vertex", "'where'", layer="roads")  # rows count from 0
        outcome = self.run_reach("--by", "roads")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_nothing_written()
        astray["coordinates"][-1] = [500_000, 1_200_000]  # 2,800 km
        self.set_roads(line(500, 562), astray)
        self.assert_done(self.run_reach("--by", "roads"))


    def test_a_road_where_the_working_crs_has_no_places_is_left_out_and_named(self):
        def degrees(*places):
            return {"type": "LineString", "coordinates": [list(place) for place in places]}

        atlantic, date_line = degrees((-33, 0), (-33, 1)), degrees((179, 10), (-179, 10))
        for name, far in (("the Atlantic", atlantic), ("the date line", date_line)):
            with self.subTest(name):
                self.study.layers = [layer for layer in self.study.layers if layer.file != "far.geojson"]
                self.study.layers.append(Layer("roads", "far.geojson", [
                    (degrees((57.3, 36.5), (57.4, 36.5)), {"kmh": 60, "way": "no"}),
                    (far, {"kmh": 60, "way": "no"}),
                ], self.roads.fields))
                self.study.write()
                outcome = self.reach("--json", "--overwrite").json()
                self.assert_finding(outcome["problems"], "warning", "geometry_invalid", "far.geojson", "1 roads reach where",
                                    "UTM zone 40N", "for example row 1", "left out", "'where'", layer="roads")
                self.assertEqual(self.minutes()["S4"], 45)
                self.assert_done(self.run_reach("--by", "surface", "--overwrite"))


class Targets(ReachCase):
    def test_one_raster_by_way_of_a_link(self):
        folder, link = self.outputs / "a", self.outputs / "b"
        folder.mkdir()
        link.symlink_to(folder)
        same = self.run_reach("--by", "surface", "--travel-time", folder / "x.tif", "--whole-minutes", link / "x.tif")
        self.assert_failed(same, "--travel-time and --whole-minutes name the same file", "b/x.tif")
        style = self.run_reach("--by", "surface", "--travel-time", folder / "x.tif", "--whole-minutes", link / "x.tiff")
        self.assert_failed(style, "x.qml")
        self.target = link / "x.tif"
        layers = self.run_reach("--by", "surface", "--travel-time", folder / "x.tif", "-f", "GPKG")
        self.assert_failed(layers, "--travel-time and --output name the same file")
        self.assertEqual(list(listing(folder)), [])

    def test_one_raster_by_way_of_a_linked_file(self):
        (self.outputs / "x.tif").write_bytes(b"")
        (self.outputs / "y.tif").symlink_to("x.tif")
        same = self.run_reach("--by", "surface", "--overwrite", "--travel-time", self.outputs / "x.tif",
                              "--whole-minutes", self.outputs / "y.tif")
        self.assert_failed(same, "name the same file")


if __name__ == "__main__":
    main()
