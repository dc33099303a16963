"""The example program that sums a raster over the polygons of a layer: what it writes, and what it refuses."""

import array
import csv
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from osgeo import gdal, osr

from tool_case import main

gdal.UseExceptions()
PROGRAM = pathlib.Path(os.environ["AMAYESH_EXAMPLES"]) / "zonal_statistics"


def crs(epsg):
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


class ZonalStatistics(unittest.TestCase):
    """A raster of 60 × 40 cells of 500 m in UTM zone 40; its values are 0, 1, 2 …"""

    west, north, cell, width, height = 500_000, 4_000_000, 500, 60, 40

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="amayesh-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def raster(self, name="r.tif", epsg=32640, nodata=None, fill=None):
        made = gdal.GetDriverByName("GTiff").Create(str(self.folder / name), self.width, self.height, 1,
                                                    gdal.GDT_Float32, ["COMPRESS=DEFLATE", "TILED=YES"])
        made.SetGeoTransform((self.west, self.cell, 0, self.north, 0, -self.cell))
        if epsg:
            made.SetProjection(crs(epsg).ExportToWkt())
        band = made.GetRasterBand(1)
        if nodata is not None:
            band.SetNoDataValue(nodata)
        values = [float(i) if fill is None else fill for i in range(self.width * self.height)]
        band.WriteRaster(0, 0, self.width, self.height, array.array("f", values).tobytes())
        return self.folder / name

    def ring(self, columns, rows):
        """A rectangle in cells of the raster, with corners every quarter of a cell."""
        (left, right), (top, bottom) = columns, rows
        def side(a, b):
            return [a + (b - a) * i / 200 for i in range(200)]
        cells = ([(x, top) for x in side(left, right)] + [(right, y) for y in side(top, bottom)] +
                 [(x, bottom) for x in side(right, left)] + [(left, y) for y in side(bottom, top)])
        ring = [[self.west + self.cell * x, self.north - self.cell * y] for x, y in cells]
        return [*ring, ring[0]]

    def layer(self, rings, epsg=32640, name="p.gpkg"):
        """Polygons given in UTM, written in another CRS."""
        source = self.folder / (name + ".json")
        features = [{"type": "Feature", "properties": {"code": f"0{i}"},
                     "geometry": ring and {"type": "Polygon", "coordinates": [ring]}} for i, ring in enumerate(rings)]
        system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32640"}}
        source.write_text(json.dumps({"type": "FeatureCollection", "crs": system, "features": features}))
        gdal.VectorTranslate(str(self.folder / name), str(source), dstSRS=f"EPSG:{epsg}", reproject=True)
        return self.folder / name

    def run_program(self, layer, raster, field="code", target="out.csv"):
        return subprocess.run([PROGRAM, layer, field, raster, self.folder / target], capture_output=True, text=True,
                              timeout=120)

    def table(self, layer, raster):
        done = self.run_program(layer, raster)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.folder / "out.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        (self.folder / "out.csv").unlink()
        return rows

    def refusal(self, layer, raster, **how):
        done = self.run_program(layer, raster, **how)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertFalse((self.folder / "out.csv").exists())
        return done.stderr

    def test_tiles_add_up_to_the_raster(self):
        cuts, levels = (0, 13.37, 40.5, self.width), (0, 7.25, 22.9, self.height)
        rings = [self.ring(x, y) for x in zip(cuts, cuts[1:]) for y in zip(levels, levels[1:])]
        rows = self.table(self.layer(rings), self.raster())
        cells = self.width * self.height
        total = cells * (cells - 1) / 2
        self.assertEqual([row["code"] for row in rows], [f"0{i}" for i in range(9)])
        self.assertAlmostEqual(sum(float(row["sum"]) for row in rows) / total, 1, delta=1e-9)
        self.assertAlmostEqual(sum(float(row["area_cells"]) for row in rows), cells, delta=1e-6)
        self.assertEqual(max(float(row["max"]) for row in rows), cells - 1)

    def test_rectangle_by_hand(self):
        [row] = self.table(self.layer([self.ring((1.5, 3), (0, 2.25))]), self.raster())
        first, second, third = (0.5 * 1 + 2), (0.5 * 61 + 62), (0.5 * 121 + 122)
        self.assertAlmostEqual(float(row["sum"]), first + second + 0.25 * third, places=6)
        self.assertAlmostEqual(float(row["mean"]), (first + second + 0.25 * third) / (1.5 * 2.25), places=6)
        self.assertEqual((float(row["min"]), float(row["max"])), (1, 122))
        self.assertEqual(float(row["without_value"]), 0)

    def test_layer_in_another_crs_is_transformed(self):
        ring = self.ring((5.3, 44.4), (6.6, 31.1))
        raster = self.raster()
        [same] = self.table(self.layer([ring]), raster)
        for epsg in (4326, 3857, 32639):
            with self.subTest(epsg=epsg):
                [other] = self.table(self.layer([ring], epsg, f"p{epsg}.gpkg"), raster)
                self.assertAlmostEqual(float(other["sum"]) / float(same["sum"]), 1, delta=1e-5)  # 0.1 m of 15 km

    def test_polygon_beyond_the_raster_and_row_without_polygon(self):
        half, beyond, none = self.table(
            self.layer([self.ring((-10, 10), (0, 10)), self.ring((200, 210), (0, 10)), None]), self.raster())
        self.assertAlmostEqual(float(half["without_value"]), 0.5, places=9)
        for row in (beyond, none):
            self.assertEqual((row["sum"], row["mean"], row["min"], row["without_value"]), ("", "", "", "1"))

    def test_raster_of_nothing_but_nodata(self):
        [row] = self.table(self.layer([self.ring((0, 10), (0, 10))]), self.raster(nodata=-1, fill=-1))
        self.assertEqual((row["sum"], row["mean"], row["min"], row["max"]), ("", "", "", ""))
        self.assertEqual(float(row["without_value"]), 1)

    def test_undeclared_fill_values_are_no_values(self):
        [row] = self.table(self.layer([self.ring((0, 10), (0, 10))]), self.raster(fill=-9999))
        self.assertEqual((row["sum"], float(row["without_value"])), ("", 1))

    def test_raster_without_crs_is_refused_with_the_way_out(self):
        said = self.refusal(self.layer([self.ring((0, 10), (0, 10))]), self.raster(epsg=None))
        self.assertRegex(said, r"r\.tif.*no CRS.*gdal_edit\.py -a_srs")

    def test_cut_raster_is_refused(self):
        raster = self.raster()
        whole = raster.read_bytes()
        layer = self.layer([self.ring((0, 60), (0, 40))])
        for part in (0.2, 0.6, 0.95):
            raster.write_bytes(whole[:int(len(whole) * part)])
            with self.subTest(part=part):
                self.assertRegex(self.refusal(layer, raster), "cut|again")

    def test_what_is_no_geotiff_is_refused(self):
        layer = self.layer([self.ring((0, 10), (0, 10))])
        disguised = self.folder / "vrt.tif"
        disguised.write_text('<VRTDataset rasterXSize="4" rasterYSize="4"/>')
        self.assertIn("vrt.tif", self.refusal(layer, disguised))
        self.assertIn("no such file", self.refusal(layer, self.folder / "none.tif"))

    def test_field_that_is_not_there_is_refused(self):
        self.assertIn("name", self.refusal(self.layer([self.ring((0, 10), (0, 10))]), self.raster(), field="name"))


if __name__ == "__main__":
    main()
