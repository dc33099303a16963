"""`amayesh reach`: minutes and people against hand arithmetic, its options, and what it refuses."""

from osgeo import gdal

from reach_case import NORTH, UTM, WALK_KM_PER_HOUR, ReachCase, at, line
from small_study import Layer
from tool_case import listing, main

gdal.UseExceptions()

BY_ROADS = {
    "unit_travel",
    "unit_travel_people",
    "settlement_travel",
    "zone_travel",
    "unroutable",
    "travel_rollups",
    "problems",
    "manifest",
}
OFF_ROAD_MIN = 0.5 / WALK_KM_PER_HOUR * 60  # S3


class OverRoads(ReachCase):
    def test_the_layers_are_those_of_travel(self):
        self.reach()
        self.assertEqual(self.layers(), BY_ROADS)

    def test_minutes_of_the_settlements(self):
        self.reach()
        self.assertEqual(
            self.minutes(),
            {"S1": 10, "S2": 15, "S3": 16 + OFF_ROAD_MIN, "S4": 45, "S5": 60, "S6": 61, "S7": None, "S8": None},
        )
        rows = {row["settlement_id"]: row for row in self.rows("settlement_travel")}
        self.assertEqual((rows["S3"]["zone_km"], rows["S3"]["off_network_m"]), (16.5, 500))
        self.assertEqual(rows["S4"]["nearest_zone_id"], "Z")
        self.assertEqual(rows["S7"]["unroutable_reason"], "no_access")
        self.assertEqual(rows["S8"]["unroutable_reason"], "no_way_to_any_zone")

    def test_units_from_their_centres_and_over_their_people(self):
        self.reach()
        a, b, c = self.rows("unit_travel")
        self.assertEqual((a["zone_min"], b["zone_min"], c["zone_min"]), (26, 61, None))  # of the largest settlement
        # (1,000 · 10 + 2,000 · 15 + 3,000 · 26) / 6,000; (4,000 · 45 + 5,000 · 60 + 6,000 · 61) / 15,000
        self.assertAlmostEqual(a["mean_min"], 118 / 6, 4)
        self.assertEqual((b["mean_min"], b["longest_min"]), (56.4, 61))
        self.assertEqual((c["mean_min"], c["people_in_mean"], c["people_unroutable"]), (None, 0, 700))
        self.assertEqual((c["settlements"], c["settlements_unroutable"], c["settlements_population_unknown"]), (2, 2, 1))
        self.assertEqual(c["unroutable_reason"], "no_access")
        self.assertEqual((b["people_beyond_at_least"], b["people_beyond_at_most"]), (6000, 6000))

    def test_people_within_each_limit_the_60th_minute_belongs_to_60(self):
        self.reach()
        self.assertEqual(self.people("A"), [(3000, 3000), (6000, 6000), (6000, 6000), (6000, 6000)])
        self.assertEqual(self.people("B"), [(0, 0), (0, 0), (4000, 4000), (9000, 9000)])
        self.assertEqual(self.people("C"), [(0, None)] * 4)  # nobody known; how many live there is not
        self.assertEqual([r["limit_min"] for r in self.rows("unit_travel_people")[:4]], [15, 30, 45, 60])

    def test_a_metre_beyond_is_beyond(self):
        self.study.settlements.set_geometry("S5", at(560.001))
        self.study.write()
        self.reach()
        self.assertEqual(self.minutes()["S5"], 60.001)
        self.assertEqual(self.people("B")[3], (4000, 4000))

    def test_totals(self):
        self.reach()
        nation = [row for row in self.rows("travel_rollups") if row["level"] == "nation"]
        self.assertEqual([r["people_within_at_least"] for r in nation], [3000, 6000, 10000, 15000])
        self.assertEqual([r["settlements_within"] for r in nation], [2, 3, 4, 5])
        self.assertEqual([r["units_within"] for r in nation], [0, 1, 1, 1])
        hour = nation[3]
        self.assertEqual((hour["population_known"], hour["population_unknown_units"]), (21000, 1))
        self.assertEqual((hour["people_within_at_most"], hour["within_at_most_unknown_units"]), (None, 1))
        self.assertIsNone(hour["share_at_least"])
        self.assertAlmostEqual(hour["mean_min"], (118_000 + 846_000) / 21_000, 4)
        counties = [r for r in self.rows("travel_rollups") if r["level"] == "county" and r["limit_min"] == 60]
        self.assertEqual(sum(r["people_within_at_least"] for r in counties), 15000)
        self.assertEqual([r["share_at_least"] for r in counties], [15000 / 21000, None])

    def test_what_has_no_way_is_listed_with_its_reason_and_place(self):
        self.reach()
        self.assertEqual(
            [(r["place_kind"], r["place_id"], r["reason"], r["geom"] is not None) for r in self.rows("unroutable")],
            [
                ("unit", "C", "no_access", True),
                ("settlement", "S7", "no_access", True),
                ("settlement", "S8", "no_way_to_any_zone", True),
            ],
        )

    def test_who_is_nearest_to_the_zone(self):
        self.reach()
        (zone,) = self.rows("zone_travel")
        self.assertEqual((zone["nearest_of_units"], zone["nearest_of_settlements"]), (2, 6))
        self.assertEqual(zone["nearest_of_people"], 21000)

    def test_json_has_the_rows_of_the_layers(self):
        told = self.reach("--json").json()
        for layer in ("unit_travel", "unit_travel_people", "zone_travel", "unroutable", "travel_rollups"):
            rows = [{k: v for k, v in row.items() if k not in ("fid", "geom")} for row in self.rows(layer)]
            self.assertEqual(told[layer], rows, layer)
        self.assertEqual((told["reach"], told["limits_min"]), ("roads", [15, 30, 45, 60]))
        self.assertIn("components", told["ways"])

    def test_summary_says_who_is_within_and_who_has_no_way(self):
        lines = [line.split() for line in self.reach().stdout.splitlines()]
        self.assertIn(["60", "min", "15,000", "69.1", "%", "5", "1", "0"], lines)
        self.assertIn(["no_access", "1", "1", "0"], lines)
        self.assertIn(["61.0", "61.0", "15,000", "B", "b"], lines)

    def test_order_of_rows_and_threads_change_no_byte(self):
        self.reach("-j1")
        first = self.target.read_bytes()
        self.reach("-j2", "--overwrite")
        self.assertEqual(self.target.read_bytes(), first)
        rows = {layer: self.rows(layer) for layer in BY_ROADS - {"manifest"}}
        for layer in self.study.layers:
            layer.features.reverse()
        self.study.write()
        self.reach("--overwrite")
        self.assertEqual({layer: self.rows(layer) for layer in rows}, rows)

    def test_direction_of_one_way_roads(self):
        self.roads.features[0][1]["way"] = "yes"  # as it is drawn: away from the zone
        self.study.write()
        self.reach()
        self.assertEqual(set(self.minutes().values()), {None})
        self.study.tables["reach"]["direction"] = "from_zone"
        self.study.write()
        self.reach("--overwrite")
        self.assertEqual(self.minutes()["S4"], 45)

    def test_other_limits(self):
        self.study.tables["reach"]["people_minutes"] = [10, 44.999, 45]
        self.study.write()
        self.reach()
        self.assertEqual(self.people("B"), [(0, 0), (0, 0), (4000, 4000)])

    def test_incomplete_zones_leave_nobody_beyond(self):
        self.study.zones.settings["complete"] = False
        self.study.write()
        self.reach()
        self.assertEqual(self.people("B")[0], (0, 15000))
        self.assertEqual([r["people_beyond_at_least"] for r in self.rows("unit_travel")], [0, 0, None])

    def test_a_zone_of_unknown_status_may_serve_and_is_told(self):
        zone = self.study.zones.attributes("Z")
        self.study.zones.features.append((at(598), {**zone, "id": "Y", "status": None}))
        self.study.write()
        self.reach()
        # Straight at 60 km/h: S6 is 37 km from it, S5 38, S4 53.
        self.assertEqual(self.people("B"), [(0, 0), (0, 0), (4000, 15000), (9000, 15000)])
        self.study.zones.features = [(at(505), {**zone, "status": None})]
        self.study.write()
        self.reach("--overwrite")
        self.assertEqual(self.people("A"), [(0, 6000)] * 4)
        self.assertEqual({row["unroutable_reason"] for row in self.rows("settlement_travel")}, {"no_serving_zone"})
        told = [row for row in self.rows("problems") if (row["layer"], row["field"]) == ("zones", "status")]
        self.assertEqual([(row["severity"], row["kind"]) for row in told], [("warning", "value_missing")])
        self.assertIn("1 zones have no known status", told[0]["message"])

    def test_zone_far_from_any_road_is_listed(self):
        place = {"county": "c1", "province": "p1"}
        self.study.zones.features.append(
            (at(520, 9000), {"id": "Y", "name": "y", "kind": "industrial_zone", "status": "operating", **place}))
        self.study.write()
        self.reach()
        self.assertEqual(self.minutes()["S4"], 45)
        self.assertIn(("zone", "Y", "no_access"),
                      [(r["place_kind"], r["place_id"], r["reason"]) for r in self.rows("unroutable")])
        # Its road may be missing. Straight at a minute a km: S3 √(4² + 8.5²) = 9.4, S4 √(25² + 9²) = 26.6,
        # S5 √(40² + 9²) = 41, S6 √(41² + 9²) = 42 minutes away at least.
        self.assertEqual(self.people("A"), [(3000, 6000), (6000, 6000), (6000, 6000), (6000, 6000)])
        self.assertEqual(self.people("B"), [(0, 0), (0, 4000), (4000, 15000), (9000, 15000)])

    def test_ends_that_do_not_meet_are_joined_within_the_tolerance_alone(self):
        self.roads.features[0] = (line(500, 530), {"kmh": 60, "way": "no"})
        self.roads.features.append((line(530.004, 562), {"kmh": 60, "way": "no"}))
        self.study.write()
        self.reach()
        self.assertIsNone(self.minutes()["S4"])
        self.study.tables["reach"]["crossing_tolerance_m"] = 5
        self.study.write()
        told = self.reach("--overwrite", "--json").json()
        self.assertAlmostEqual(self.minutes()["S4"], 45, 2)
        self.assertTrue(told["ways"]["bridged gaps"].startswith("1,"), told["ways"])


class OverTheSurface(ReachCase):
    def setUp(self):
        super().setUp()
        self.raster = self.outputs / "minutes.tif"
        self.whole = self.outputs / "whole.tif"

    def reach(self, *options):
        outcome = self.run_reach("--by", "surface", *options)
        self.assert_done(outcome)
        return outcome

    def test_minutes_follow_the_road(self):
        self.reach()
        self.assertEqual(self.layers(), BY_ROADS | {"isochrones"})
        for settlement, minutes in {"S1": 10, "S2": 15, "S4": 45, "S5": 60}.items():
            self.assertAlmostEqual(self.minutes()[settlement], minutes, delta=0.5)
        self.assertGreater(self.minutes()["S7"], 24 / WALK_KM_PER_HOUR * 60)  # on foot between the roads
        lengths = {r["settlement_id"]: r["zone_km"] for r in self.rows("settlement_travel")}
        self.assertAlmostEqual(lengths["S4"], 45, delta=0.3)
        self.assertEqual(self.rows("unroutable"), [])

    def test_cells_wider_than_a_walk_are_told(self):
        def told(cell_m, minutes):
            self.study.tables["reach"].update(cell_m=cell_m, people_minutes=[minutes])
            self.study.write()
            return [p for p in self.reach("--json", "--overwrite").json()["problems"] if p["field"] == "cell_m"]

        self.assertEqual(told(750, 15), [])  # 3 km/h for a quarter of an hour
        self.assert_finding(told(751, 15), "warning", "value_implausible", "751 m", "750 m", "15 min", layer="reach")
        self.assert_finding(told(50_000, 60), "warning", "value_implausible", "50000 m", "3000 m", layer="reach")

    def test_isochrones_grow_with_their_limit(self):
        told = self.reach("--json").json()["isochrones"]
        rows = self.rows("isochrones")
        self.assertEqual(told, [{"limit_min": r["limit_min"], "area_km2": r["area_km2"]} for r in rows])
        self.assertEqual([r["limit_min"] for r in rows], [15, 30, 45, 60])
        areas = [r["area_km2"] for r in rows]
        self.assertEqual(sorted(areas), areas)
        self.assertGreater(areas[0], 0.5)  # a walk of 750 m to both sides of the zone alone

    def test_rasters_hold_the_minutes_of_the_settlements(self):
        self.reach("--travel-time", self.raster, "--whole-minutes", self.whole)
        minutes = gdal.Open(str(self.raster))
        transform = minutes.GetGeoTransform()
        self.assertEqual(minutes.GetSpatialRef().GetAuthorityCode(None), UTM.partition(":")[2])
        column = int((545_050 - transform[0]) / transform[1])
        row = int((NORTH - transform[3]) / transform[5])
        values = minutes.ReadAsArray(column, row, 1, 1)
        self.assertAlmostEqual(values[0][0], self.minutes()["S4"], 4)
        whole = gdal.Open(str(self.whole))
        self.assertEqual(whole.ReadAsArray(column, row, 1, 1)[0][0], -(-self.minutes()["S4"] // 1))
        self.assertIsNotNone(whole.GetRasterBand(1).GetColorTable())
        for raster in (self.raster, self.whole):
            self.assertIn("<qgis", raster.with_suffix(".qml").read_text(encoding="utf-8"))

    def test_threads_change_no_byte(self):
        written = []
        for threads in ("-j1", "-j2"):
            self.reach(threads, "--overwrite", "--travel-time", self.raster, "--whole-minutes", self.whole)
            written.append([path.read_bytes() for path in (self.target, self.raster, self.whole)])
        self.assertEqual(*written)

    def test_a_raster_that_cannot_be_written_leaves_everything_as_it_was(self):
        self.reach("--travel-time", self.raster)
        before = listing(self.outputs, with_folder_times=False)
        refused = self.run_reach("--by", "surface", "--overwrite", "--travel-time", self.outputs / "no" / "m.tif")
        self.assert_failed(refused, "m.tif")
        self.assertEqual(listing(self.outputs, with_folder_times=False), before)
        self.target = self.outputs / "new.gpkg"
        self.assert_failed(self.run_reach("--by", "surface", "--travel-time", self.raster), "minutes.tif", "overwrite")
        self.assertEqual(listing(self.outputs, with_folder_times=False), before)

    def test_river_is_crossed_where_a_road_does(self):
        water = {"type": "LineString", "coordinates": [[530_000, NORTH - 15_000], [530_000, NORTH + 15_000]]}
        self.study.layers.append(Layer("constraints", "river.geojson", [(water, {"kind": "river"})], {"kind": "kind"}, crs=UTM))
        self.study.write()
        self.reach()
        self.assertAlmostEqual(self.minutes()["S4"], 45, delta=0.5)
        self.roads.features[0] = (line(500, 529), {"kmh": 60, "way": "no"})
        self.study.write()
        self.reach("--overwrite")
        self.assertIsNone(self.minutes()["S4"])
        self.assertIn(("settlement", "S4", "no_way_to_any_zone"),
                      [(r["place_kind"], r["place_id"], r["reason"]) for r in self.rows("unroutable")])


class Options(ReachCase):
    def test_a_straight_study_says_what_to_add(self):
        self.assert_failed(self.run_reach(), "--by roads", "[assess]")
        self.assert_nothing_written()

    def test_the_study_may_say_it(self):
        self.study.tables["assess"]["reach"] = "roads"
        self.study.write()
        self.assert_done(self.run_reach())
        self.assertEqual(self.minutes()["S1"], 10)

    def test_roads_need_a_layer_of_them(self):
        self.study.remove(self.roads)
        self.study.write()
        self.assert_failed(self.run_reach("--by", "roads"), "[layers.roads]")
        self.assert_nothing_written()

    def test_a_word_that_is_no_reach_is_refused(self):
        self.assert_misused(self.run_reach("--by", "road"), "did you mean 'roads'?")

    def test_rasters_are_of_the_surface_alone_and_files_of_their_own(self):
        tif = self.outputs / "m.tif"
        self.assert_failed(self.run_reach("--by", "roads", "--travel-time", tif), "--travel-time", "--by surface")
        self.assert_failed(self.run_reach("--by", "surface", "--travel-time", self.outputs / "m.png"), ".tif")
        self.assert_failed(self.run_reach("--by", "surface", "--travel-time", tif, "--whole-minutes", tif), "same file")
        for option in ("--travel-time", "--whole-minutes"):
            self.assert_misused(self.run_reach("--by", "surface", option, ""), option, "empty")
        self.assert_failed(
            self.run_reach("--by", "surface", "--travel-time", tif, "--whole-minutes", self.outputs / "m.tiff"), "m.qml"
        )
        self.assert_nothing_written()

    def test_within_leaves_zones_outside_in(self):
        self.reach("--within", "B")
        self.assertEqual([r["unit_id"] for r in self.rows("unit_travel")], ["B"])
        self.assertEqual(set(self.minutes()), {"S4", "S5", "S6"})
        self.assertEqual(self.rows("unroutable"), [])
        self.assert_failed(self.run_reach("--by", "roads", "--overwrite", "--within", "nowhere"), "nowhere")

    def test_settlements_as_units(self):
        self.reach("--unit", "settlement", "--over", "4500")
        rows = {r["unit_id"]: r for r in self.rows("unit_travel")}
        self.assertEqual((rows["S5"]["zone_min"], rows["S5"]["threshold"]), (60, "over"))
        self.assertEqual(self.people("S5"), [(0, 0), (0, 0), (0, 0), (5000, 5000)])
        self.assertEqual(self.people("S8"), [(None, None)] * 4)
        self.assertEqual(self.people("S7"), [(0, 700)] * 4)  # no way: neither near nor far

    def test_errors_in_the_input_write_nothing(self):
        self.study.districts.features.append(self.study.districts.features[0])
        self.study.write()
        outcome = self.run_reach("--by", "roads")
        self.assertEqual(outcome.code, 1, outcome)
        self.assertIn("id_duplicate", outcome.stdout)
        self.assert_nothing_written()

    def test_other_formats(self):
        folder = self.outputs / "shapes"
        self.assert_done(self.amayesh("reach", self.study.path, "--by", "roads", "-o", folder, "-f", "ESRI Shapefile"))
        for layer in BY_ROADS - {"manifest", "problems"}:
            self.assertTrue(any(folder.glob(f"{layer}.*")), layer)


if __name__ == "__main__":
    main()
