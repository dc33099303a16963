"""`amayesh gap` and `check` where minutes over roads or a surface decide which zones are in reach."""

import os
import pathlib
import random
import subprocess
import sys

from small_study import Layer, point, rectangle
from tool_case import ToolCase, main

KM_PER_DEGREE_OF_LATITUDE = 110.97  # at 36° N
KM_PER_DEGREE_OF_LONGITUDE = 89.97  # at 36.15° N


def line(*vertices):
    return {"type": "LineString", "coordinates": [list(v) for v in vertices]}


WEST_BANK, RIVER, EAST_BANK, BRIDGE = 58.995, 59.02, 59.05, 36.28
SOUTH, ZONE_TOP = 36.15, 36.152


class TravelCase(ToolCase):
    """Z1 on the west bank, the centre of D2 on the east bank, 5 km away; one bridge, 14 km to the north.

    36.28      ┌───═══───┐
               │    ║    │        roads ─, bridge ═, river ║
    36.15     Z1    ║    S3
             58.99 59.02 59.05
    """

    def setUp(self):
        super().setUp()
        self.study.zones.set_geometry("Z1", rectangle(58.985, 36.148, WEST_BANK, ZONE_TOP))
        self.study.settlements.set_geometry("S3", point(EAST_BANK, SOUTH))
        self.roads = Layer(
            "roads",
            "roads.geojson",
            [
                (line((EAST_BANK, SOUTH), (EAST_BANK, BRIDGE)), {"class": "tertiary", "speed": None, "one_way": "no"}),
                (line((EAST_BANK, BRIDGE), (WEST_BANK, BRIDGE)), {"class": "tertiary", "speed": None, "one_way": "no"}),
                (line((WEST_BANK, BRIDGE), (WEST_BANK, SOUTH)), {"class": "tertiary", "speed": None, "one_way": "no"}),
            ],
            {"class": "class", "speed": "speed", "one_way": "one_way"},
        )
        river = (line((RIVER, 35.0), (RIVER, 37.5)), {"kind": "رودخانه"})
        self.constraints = Layer("constraints", "constraints.geojson", [river], {"kind": "kind"})
        self.study.layers += [self.roads, self.constraints]
        self.study.tables["reach"] = {}

    def set_reach(self, kind, **settings):
        self.study.tables["assess"]["reach"] = kind
        self.study.tables["reach"] = settings
        self.study.write()

    def set_speed(self, km_per_hour):
        for _, attributes in self.roads.features:
            attributes["speed"] = km_per_hour

    def unit(self, name="D2"):
        self.assert_done(self.gap("--overwrite"))
        return next(unit for unit in self.rows("units") if unit["unit_id"] == name)

    def settlement(self, name):
        return next(row for row in self.rows("settlements") if row["settlement_id"] == name)

    def manifest(self):
        return {row["key"]: row["value"] for row in self.rows("manifest") if row["section"] == "reach"}

    def way_km(self):
        north = (BRIDGE - SOUTH + BRIDGE - ZONE_TOP) * KM_PER_DEGREE_OF_LATITUDE
        return north + (EAST_BANK - WEST_BANK) * KM_PER_DEGREE_OF_LONGITUDE


class Roads(TravelCase):
    def test_the_straight_line_crosses_the_river_and_leaves_no_minutes(self):
        self.set_reach("straight")
        unit = self.unit()
        self.assertEqual(unit["zones_in_reach"], 1)
        self.assertIsNone(unit["quickest_zone_min"])
        self.assertIsNone(unit["quickest_zone_id"])
        self.assertIsNone(unit["unroutable_reason"])
        self.assertEqual(self.manifest(), {})

    def test_minutes_are_those_of_the_way_over_the_bridge(self):
        self.set_speed(30)
        self.set_reach("roads")
        unit = self.unit()
        minutes = self.way_km() / 30 * 60
        self.assertAlmostEqual(unit["quickest_zone_min"], minutes, delta=minutes * 0.002)
        self.assertEqual((unit["quickest_zone_id"], unit["nearest_zone_id"]), ("Z1", "Z1"))
        self.assertEqual((unit["status"], unit["reason"]), ("no_zone_in_reach", "no_zone_in_reach"))  # over 45 minutes
        # S4, 4,000 people, has no road within 5 km: neither near nor far.
        self.assertEqual((unit["people_left_out_min"], unit["people_left_out_max"]), (11000, 15000))
        self.assertEqual(self.settlement("S4")["unroutable_reason"], "no_access")
        self.assertEqual(self.settlement("S3")["quickest_zone_min"], unit["quickest_zone_min"])
        self.assertEqual(self.settlement("S3")["zone_in_reach"], 0)
        self.assertEqual(self.manifest()["reach"], "roads")
        self.assertEqual(self.manifest()["limit_min"], "45")
        self.assertEqual(self.manifest()["components"].split(";")[0], "1")

    def test_explain_tells_a_way_that_was_found_from_what_is_unknown(self):
        self.set_reach("roads")
        text = self.amayesh("explain", self.study.path, "D2").stdout
        self.assertIn("unroutable_reason none", text)
        self.assertNotIn("unroutable_reason unknown", text)

    def test_faster_roads_bring_the_zone_into_reach(self):
        self.set_speed(60)
        self.set_reach("roads")
        unit = self.unit()
        self.assertEqual(unit["zones_in_reach"], 1)
        self.assertEqual(self.settlement("S3")["zone_in_reach"], 1)

    def test_the_last_minute_belongs_to_the_limit(self):
        self.set_speed(60)
        self.set_reach("roads")
        minutes = round(self.unit()["quickest_zone_min"] * 60_000) / 60_000
        self.set_reach("roads", limit_min=minutes)
        self.assertEqual(self.unit()["zones_in_reach"], 1)
        self.set_reach("roads", limit_min=minutes - 1 / 60_000)
        self.assertEqual(self.unit()["zones_in_reach"], 0)

    def test_a_class_in_persian_words_has_its_speed(self):
        for _, attributes in self.roads.features:
            attributes["class"] = "راه اصلی"
        self.set_reach("roads")
        minutes = self.way_km() / 65 * 60
        self.assertAlmostEqual(self.unit()["quickest_zone_min"], minutes, delta=minutes * 0.002)

    def test_what_nobody_drives_on_is_left_out_unless_the_study_gives_it_a_speed(self):
        self.roads.features.append((self.roads.features[0][0], {**self.roads.features[0][1], "class": "proposed"}))
        self.set_reach("roads")
        row = f"row {len(self.roads.features) - 1} (proposed)"
        self.assert_finding(self.findings(), "warning", "value_implausible", "1 roads", "nobody drives on", row, "left out",
                            layer="roads")
        for word in ("ferry", "rail", "در دست احداث", "Under Construction"):
            for _, attributes in self.roads.features:
                attributes["class"] = word
            self.study.write()
            self.assert_failed(self.gap(), "none is left")
        self.study.tables["standards"]["values"] = {
            "travel.road.under_construction": {"value": 65, "unit": "km/h", "source": "a test"}}
        self.set_reach("roads")
        minutes = self.way_km() / 65 * 60
        self.assertAlmostEqual(self.unit()["quickest_zone_min"], minutes, delta=minutes * 0.002)

    def test_an_unknown_class_takes_the_default_and_is_told(self):
        self.roads.features[0][1]["class"] = "tertairy"
        self.set_reach("roads")
        words = ("tertairy", "tertiary", "km/h")
        self.assert_finding(self.findings(), "warning", "value_unknown_word", *words, layer="roads")
        self.assert_done(self.gap())
        problems = [row["message"] for row in self.rows("problems") if row["layer"] == "roads"]
        self.assertEqual(len(problems), 1, problems)

    def test_one_way_roads_lead_from_the_zone_alone(self):
        # Drawn from the settlement to the zone: against that nobody gets there.
        for _, attributes in self.roads.features:
            attributes["one_way"] = "-1"
        self.set_speed(60)
        self.set_reach("roads", snap_km=2)  # nobody walks the 5 km
        unit = self.unit()
        self.assertEqual(unit["unroutable_reason"], "no_way_to_any_zone")
        self.set_reach("roads", snap_km=2, direction="from_zone")
        self.assertIsNone(self.unit()["unroutable_reason"])

    def test_without_the_bridge_the_east_bank_is_an_island(self):
        del self.roads.features[1]
        self.set_reach("roads", snap_km=2)
        unit = self.unit()
        self.assertEqual((unit["status"], unit["reason"]), ("no_zone_known_in_reach", "no_way_known"))
        self.assertEqual(unit["unroutable_reason"], "no_way_to_any_zone")
        self.assertIsNone(unit["quickest_zone_min"])
        # Neither near nor far: nobody is known to be left out, and everyone may be.
        self.assertIsNone(unit["people_left_out_min"])
        self.assertEqual(unit["people_left_out_max"], 15000)
        self.assertEqual(self.manifest()["components"].split(";")[0], "2")

    def test_a_zone_nowhere_near_a_road_is_listed(self):
        self.study.zones.set_geometry("Z1", rectangle(58.7, 36.05, 58.71, 36.06))
        self.set_reach("roads", snap_km=1)
        self.assert_done(self.gap())
        zones = [row for row in self.rows("problems") if row["kind"] == "unroutable"]
        self.assertEqual([row["feature"] for row in zones], ["Z1"])
        self.assertIn("snap limit", zones[0]["message"])

    def test_nobody_near_a_zone_without_a_way_is_said_to_be_left_out(self):
        # Z2 lies 9 km east of S3, the centre of D2; no road comes near it.
        self.set_speed(30)
        place = {"county": "c", "province": "p"}
        zone = {"id": "Z2", "name": "z2", "kind": "industrial_zone", "status": "operating", **place}
        self.study.zones.features.append((point(EAST_BANK + 0.1, SOUTH), zone))
        self.set_reach("roads", snap_km=1)
        unit = self.unit()
        self.assertEqual((unit["status"], unit["reason"]), ("no_zone_known_in_reach", "no_way_known"))
        self.assertEqual((unit["people_left_out_min"], unit["people_left_out_max"]), (None, 15000))
        self.set_reach("roads", snap_km=1, limit_min=17)  # 9 km at 30 km/h are 18 minutes
        self.assertEqual(self.unit()["reason"], "no_zone_in_reach")

    def test_explanations_in_minutes_can_be_computed_again(self):
        far_zone = {"id": "Z2", "name": "z2", "kind": "industrial_zone", "status": "operating", "county": "c", "province": "p"}
        self.study.zones.features.append((point(EAST_BANK + 0.1, SOUTH), far_zone))
        self.set_reach("roads", snap_km=1)
        self.assert_done(self.gap())
        program = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "tests" / "sample" / "explain_recompute.py"
        again = subprocess.run(
            [sys.executable, "-B", program, os.environ["AMAYESH"], self.study.path, self.target],
            capture_output=True, text=True)
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)

    def test_null_closed_and_empty_geometries_of_roads(self):
        ring = line((59.05, 36.15), (59.06, 36.15), (59.06, 36.16), (59.05, 36.15))
        dot = line((59.05, 36.15), (59.05, 36.15))
        no_way = {"class": "tertiary", "speed": None, "one_way": "no"}
        self.roads.features += [(None, dict(no_way)), (ring, dict(no_way)), (dot, dict(no_way))]
        self.set_speed(60)
        self.set_reach("roads")
        findings = self.findings()
        self.assert_finding(findings, "warning", "geometry_missing", layer="roads")
        self.assert_finding(findings, "warning", "geometry_invalid", "no length", layer="roads")
        self.assertEqual(self.unit()["zones_in_reach"], 1)

    def test_speeds_that_nobody_drives(self):
        self.roads.features[0][1]["speed"] = 0
        self.set_reach("roads")
        self.assert_finding(self.findings(), "warning", "value_implausible", "speed of 0", layer="roads")
        self.roads.features[0][1]["speed"] = -30
        self.study.write()
        self.assert_finding(self.findings(), "error", "value_negative", layer="roads")
        self.roads.features[0][1]["speed"] = 60_000  # metres an hour
        self.study.write()
        self.assert_finding(self.findings(), "error", "value_implausible", "200 km/h", layer="roads")
        self.assertEqual(self.gap().code, 1)

    def test_units_of_speed(self):
        self.set_speed(10)
        self.roads.fields["speed"] = {"field": "speed", "unit": "m/s"}
        self.set_reach("roads")
        minutes = self.way_km() / 36 * 60
        self.assertAlmostEqual(self.unit()["quickest_zone_min"], minutes, delta=minutes * 0.002)

    def test_the_order_of_rows_changes_nothing(self):
        self.set_speed(60)
        for kind in ("roads", "surface"):
            self.set_reach(kind, **({"cell_m": 200} if kind == "surface" else {}))
            self.assert_done(self.gap("--overwrite"))
            first = self.target.read_bytes()
            for layer in (self.roads, self.constraints, self.study.settlements, self.study.zones):
                random.Random(1).shuffle(layer.features)
            self.study.write()
            self.assert_done(self.gap("--overwrite", "--threads", "1"))
            self.assertEqual(self.target.read_bytes(), first, kind)

    def test_roads_are_read_only_where_they_lead_somewhere(self):
        self.roads.features[0][1]["speed"] = 0
        self.set_reach("straight")
        self.assert_done(self.gap())
        self.assertEqual([row for row in self.rows("problems") if row["layer"] == "roads"], [])
        self.assert_finding(self.findings(), "warning", "value_implausible", "speed of 0", layer="roads")


class Surface(TravelCase):
    def test_the_river_stops_everyone_but_on_the_bridge(self):
        self.set_speed(60)
        self.set_reach("surface", cell_m=100)
        unit = self.unit()
        minutes = self.way_km() / 60 * 60
        self.assertAlmostEqual(unit["quickest_zone_min"], minutes, delta=minutes * 0.04)
        self.assertEqual(self.manifest()["cell_m"], "100 (cell_m of the study)")
        del self.roads.features[1]
        self.study.write()
        self.assertEqual(self.unit()["unroutable_reason"], "no_way_to_any_zone")

    def test_without_a_river_people_walk_straight(self):
        self.study.remove(self.constraints)
        self.study.remove(self.roads)
        self.set_reach("surface", cell_m=100, limit_min=120)
        unit = self.unit()
        minutes = (EAST_BANK - WEST_BANK) * KM_PER_DEGREE_OF_LONGITUDE / 3 * 60
        self.assertAlmostEqual(unit["quickest_zone_min"], minutes, delta=minutes * 0.04)
        self.assertEqual(unit["zones_in_reach"], 1)

    def test_the_last_minute_belongs_to_the_limit(self):
        self.set_speed(60)
        self.set_reach("surface", cell_m=200)
        minutes = round(self.unit()["quickest_zone_min"] * 60_000) / 60_000
        self.set_reach("surface", cell_m=200, limit_min=minutes)
        self.assertEqual(self.unit()["zones_in_reach"], 1)
        self.set_reach("surface", cell_m=200, limit_min=minutes - 1 / 60_000)
        self.assertEqual(self.unit()["zones_in_reach"], 0)

    def test_settlements_on_an_island_are_unroutable(self):
        lake = rectangle(59.25, 36.06, 59.35, 36.14)
        lake["coordinates"].append(rectangle(59.28, 36.09, 59.32, 36.11)["coordinates"][0])
        self.constraints.features.append((lake, {"kind": "lake"}))
        self.set_reach("surface", cell_m=200, snap_km=0.5)
        self.assert_done(self.gap())
        self.assertEqual(self.settlement("S4")["unroutable_reason"], "no_way_to_any_zone")
        self.study.settlements.set_geometry("S4", point(59.265, 36.10))  # in the water, 1.3 km from either shore
        self.study.write()
        self.assert_done(self.gap("--overwrite"))
        self.assertEqual(self.settlement("S4")["unroutable_reason"], "no_access")

    def test_a_surface_of_too_many_cells_is_refused_with_the_way_out(self):
        self.set_reach("surface", cell_m=1)
        self.assert_failed(self.gap(), "cells", "cell")
        self.assert_nothing_written()
        self.assert_finding(self.findings(), "error", "value_implausible", "cells", layer="reach")

    def test_cells_are_chosen_and_said(self):
        self.set_reach("surface")
        self.unit()
        self.assertEqual(self.manifest()["cell_m"].split()[0], "100")


class Rasters(TravelCase):
    def write_raster(self, name, kind, value, cell_degrees=0.01, **settings):
        from osgeo import gdal, osr

        gdal.UseExceptions()
        columns, rows = round(3 / cell_degrees), round(2.5 / cell_degrees)
        target = gdal.GetDriverByName("GTiff").Create(str(self.inputs / name), columns, rows, 1, gdal.GDT_Float32)
        target.SetGeoTransform((57.5, cell_degrees, 0, 37.5, 0, -cell_degrees))
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(4326)
        target.SetProjection(crs.ExportToWkt())
        target.GetRasterBand(1).Fill(value)
        del target
        self.study.tables["layers.rasters"] = {"source": name, "kind": kind, **settings}

    def walk_min(self, km_per_hour):
        return (EAST_BANK - WEST_BANK) * KM_PER_DEGREE_OF_LONGITUDE / km_per_hour * 60

    def walked_min(self):
        self.study.layers = [layer for layer in self.study.layers if layer not in (self.constraints, self.roads)]
        self.set_reach("surface", cell_m=100, limit_min=120)
        return self.unit()["quickest_zone_min"]

    def test_friction_in_its_unit(self):
        for unit, value in (("min/m", 0.02), ("min/km", 20), ("s/m", 1.2)):
            self.write_raster("friction.tif", "friction", value, unit=unit)
            minutes = self.walk_min(3)
            self.assertAlmostEqual(self.walked_min(), minutes, delta=minutes * 0.04, msg=unit)
        self.assertIn("friction.tif", self.manifest()["raster: friction"])
        inputs = [row["key"] for row in self.rows("manifest") if row["section"] == "inputs"]
        self.assertIn("rasters: friction.tif", inputs)

    def test_land_cover_by_the_codes_of_world_cover_or_of_the_study(self):
        self.write_raster("cover.tif", "land_cover", 50)  # built up: 5 km/h
        minutes = self.walk_min(5)
        self.assertAlmostEqual(self.walked_min(), minutes, delta=minutes * 0.04)
        self.write_raster("cover.tif", "land_cover", 7, classes={"7": "grassland"})
        minutes = self.walk_min(4)
        self.assertAlmostEqual(self.walked_min(), minutes, delta=minutes * 0.04)
        self.write_raster("cover.tif", "land_cover", 7, classes={"7": "grasland"})
        self.study.write()
        self.assert_failed(self.gap("--overwrite"), "grasland")
        self.write_raster("cover.tif", "land_cover", 8, classes={"7": "grassland"})
        self.study.write()
        self.assert_failed(self.gap("--overwrite"), "travel.land_cover.8")

    def test_a_code_beside_the_classes_takes_the_speed_that_the_refusal_asks_for(self):
        self.write_raster("cover.tif", "land_cover", 8, classes={"7": "grassland"})
        self.study.tables["standards"]["values"] = {"travel.land_cover.8": {"value": 6, "unit": "km/h", "source": "a test"}}
        minutes = self.walk_min(6)
        self.assertAlmostEqual(self.walked_min(), minutes, delta=minutes * 0.04)
        self.write_raster("cover.tif", "land_cover", 8, classes={"8": "grassland"})  # 4 km/h
        self.assertAlmostEqual(self.walked_min(), minutes, delta=minutes * 0.04)

    def test_slopes_of_a_coarse_elevation_are_refused_unless_allowed(self):
        self.write_raster("elevation.tif", "elevation", 1000, cell_degrees=0.05)
        self.set_reach("surface", cell_m=500)
        self.assert_failed(self.gap(), "elevation.tif", "allow_coarse_elevation")
        self.assert_finding(self.findings(), "error", "value_implausible", "allow_coarse_elevation", layer="reach")
        self.set_reach("surface", cell_m=500, allow_coarse_elevation=True)
        self.assert_done(self.gap())

    def test_friction_that_is_negative_is_refused(self):
        self.write_raster("friction.tif", "friction", -1)
        self.set_reach("surface", cell_m=500)
        self.assert_failed(self.gap())

    def test_friction_without_any_value_is_refused(self):
        self.write_raster("friction.tif", "friction", float("nan"))
        self.study.layers = [layer for layer in self.study.layers if layer not in (self.constraints, self.roads)]
        self.set_reach("surface", cell_m=500)
        self.assert_failed(self.gap())

    def test_keys_of_rasters_are_checked(self):
        self.write_raster("friction.tif", "friction", 1, classes={"7": "grassland"})
        self.set_reach("surface")
        self.assert_failed(self.gap(), "'classes' goes with a raster of kind \"land_cover\"")
        self.write_raster("friction.tif", "friction", 1, unit="min/mile")
        self.study.write()
        self.assert_failed(self.gap(), "min/mile")


if __name__ == "__main__":
    main()
