"""`amayesh allocate`: what is written against hand arithmetic, its options, and bad supply."""

from allocate_case import AREA_KINDS, REACH_M, AllocateCase
from small_study import point
from tool_case import main


class WhatIsWritten(AllocateCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def test_the_layers_are_those_of_supply(self):
        self.allocate()
        self.assertEqual(
            self.layers() - {"layer_styles"},
            {
                "unit_utilities",
                "zones",
                "sources",
                "allocations",
                "service_areas",
                "unserved_rest",
                "rollups",
                "problems",
                "manifest",
            },
        )

    def test_the_sharing_is_that_of_gap(self):
        self.allocate()
        other = self.outputs / "gap.gpkg"
        self.assert_done(self.amayesh("gap", self.study.path, "-o", other))
        for layer in ("unit_utilities", "zones", "sources", "allocations", "rollups", "problems"):
            self.assertEqual(self.rows(layer), self.rows(layer, other), layer)
        self.assertFalse({"service_areas", "unserved_rest"} & self.layers(other))
        areas = {row["unit_id"]: row["area_ha"] for row in self.rows("units", other)}
        for row in self.rows("unserved_rest"):
            self.assertAlmostEqual(100 * row["district_km2"], areas[row["rural_district_id"]], 3)

    def test_service_areas_of_the_small_study(self):
        # W1 reaches S1 (9,000 of D1) alone, G1 both settlements of D2, T1 both of D1, P1 and P2
        # everyone. The population of D4 is unknown.
        self.allocate()
        self.assertEqual(len(self.rows("service_areas")), 4 * 3 - 1)
        for utility, reached in {"water": 9000, "power": 35000, "gas": 15000, "telecom": 12000}.items():
            row = self.service_area(utility)
            self.assert_in_reach(row, reached, reached, 12000 + 15000 + 8000, 1)
            self.assertEqual((row["sources_layer"], row["reach_km"]), ("complete", REACH_M[utility] / 1000))
            self.assertAlmostEqual(row["share_in_reach_min"], reached / 35000)
        water = self.service_area("water")
        # One circle of 15 km that lies in the districts, drawn with 4 × 32 edges.
        self.assertAlmostEqual(water["area_km2"], 706.5745, 3)
        self.assertEqual(water["area_km2"], water["land_in_reach_km2"])
        self.assertEqual((water["settlements_in_reach"], water["settlements"]), (1, 6))
        self.assertEqual(water["settlements_population_unknown"], 1)
        self.assertLess(water["picture_error_m"], 20)
        # W1 states no capacity, so that it may serve or not.
        self.assert_in_reach(self.service_area("water", "with_headroom"), 0, 9000, 35000, 1)
        self.assertEqual(self.service_area("water", "with_headroom")["sources_unknown"], 1)
        self.assertEqual(self.service_area("telecom", "with_headroom")["required_class"], "fibre")

    def test_the_rest_of_each_district(self):
        self.allocate()
        self.assertEqual(len(self.rows("unserved_rest")), 4 * 4)
        self.assertEqual(
            [
                (r["population"], r["people_beyond_min"], r["people_beyond_max"], r["settlements_beyond"])
                for r in (self.rest("water", district) for district in ("D1", "D2", "D3", "D4"))
            ],
            [(12000, 3000, 3000, 1), (15000, 15000, 15000, 2), (8000, 8000, 8000, 1), (None, None, None, 1)],
        )
        self.assertEqual(self.rest("water", "D2")["reason"], "no_source_in_reach")
        served = self.rest("power", "D1")
        self.assertEqual((served["reason"], served["area_beyond_km2"], served["geom"]), (None, 0, None))
        for utility in ("water", "power", "gas", "telecom"):
            rows = [r for r in self.rows("unserved_rest") if r["utility"] == utility]
            area = self.service_area(utility)
            beyond = sum(r["area_beyond_km2"] for r in rows)
            self.assertAlmostEqual(beyond + area["land_in_reach_km2"], area["land_km2"], 4)

    def test_json_has_the_rows_of_the_layers(self):
        told = self.allocate("--json").json()
        for layer in ("service_areas", "unserved_rest"):
            rows = [{k: v for k, v in row.items() if k not in ("fid", "geom")} for row in self.rows(layer)]
            self.assertEqual(told[layer], rows)
        (power,) = [u for u in told["utilities"] if u["utility"] == "power"]
        self.assertEqual(power["balance"]["demand"]["central"], 0.975 + 1.219)
        self.assertEqual(power["sources"]["headroom"], 10 + 6)
        self.assertEqual(power["sources"]["left"], (16000 - 975 - 1219) / 1000)
        self.assertEqual([u["unit_id"] for u in told["units_short"] if u["utility"] == "gas"], ["D1", "D2"])

    def test_summary_says_who_is_reached_and_who_is_not(self):
        lines = self.allocate().stdout.splitlines()
        row = next(line.split() for line in lines if line.split()[:3] == ["water", "any", "source"])
        self.assertEqual(row[3:], ["1", "9,000", "25.7", "%", "706.6", "5"])
        row = next(line.split() for line in lines if line.split()[3:5] == ["water", "D2"])
        self.assertEqual(row[:3], ["15,000", "15,000", "1,198.3"])

    def test_order_of_rows_and_threads_change_no_byte(self):
        self.allocate("--threads", "1")
        first = self.target.read_bytes()
        for layer in self.study.layers:
            layer.features.reverse()
        self.study.write()
        self.allocate("--threads", "3", "--overwrite")
        for layer in ("service_areas", "unserved_rest", "allocations", "unit_utilities"):
            self.assertTrue(self.rows(layer))
        again = self.outputs / "again" / self.target.name  # of the same name: the project names its file
        again.parent.mkdir()
        self.assert_done(self.amayesh("allocate", self.study.path, "-o", again, "--threads", "1"))
        self.assertEqual(again.read_bytes(), self.target.read_bytes())
        reversed_rows = {layer: self.rows(layer) for layer in ("service_areas", "unserved_rest", "allocations")}
        self.target.write_bytes(first)
        self.assertEqual(reversed_rows, {layer: self.rows(layer) for layer in reversed_rows})

    def test_other_formats(self):
        folder = self.outputs / "shapes"
        outcome = self.amayesh("allocate", self.study.path, "-o", folder, "-f", "ESRI Shapefile")
        self.assert_done(outcome)
        self.assertTrue((folder / "service_areas.shp").exists())
        self.assertTrue((folder / "unserved_rest.shp").exists())


class Options(AllocateCase):
    def test_within_counts_its_own_people_and_keeps_sources_outside(self):
        self.study.write()
        self.allocate("--within", "D2")
        self.assert_in_reach(self.service_area("gas"), 15000, 15000, 15000, 0)
        self.assert_in_reach(self.service_area("water"), 0, 0, 15000, 0)
        self.assertEqual(self.service_area("water")["sources"], 1)
        self.assertEqual({r["rural_district_id"] for r in self.rows("unserved_rest")}, {"D2"})
        self.assertEqual(set(self.central("power")), {"D2"})

    def test_settlements_as_units(self):
        self.study.write()
        self.allocate("--unit", "settlement", "--over", "8500")
        # S1 9,000, S2 3,000, S3 11,000, S4 4,000, S5 8,000; S6 is unknown; C1 is a city.
        self.assert_in_reach(self.service_area("water"), 9000, 9000, 35000, 1)
        self.assert_in_reach(self.service_area("gas"), 15000, 15000, 35000, 1)
        self.assertEqual(set(self.central("power")), {"S1", "S3"})
        self.assertEqual(self.rest("water", "D1")["people_beyond_max"], 3000)
        self.assertIsNone(self.rest("water", "D4")["people_beyond_max"])

    def test_settlements_alone_have_no_rest(self):
        self.study.remove(self.study.districts)
        self.study.tables["assess"]["unit"] = "settlement"
        self.study.write()
        self.allocate()
        self.assert_in_reach(self.service_area("telecom"), 12000, 12000, 35000, 1)
        self.assertIsNone(self.service_area("telecom")["land_km2"])
        self.assertEqual(self.rows("unserved_rest"), [])

    def test_no_reuse_moves_demand_to_the_centres(self):
        self.study.zones.attributes("Z1")["free"] = 2
        self.study.zones.fields["vacant_area"] = {"field": "free", "unit": "ha"}
        self.study.write()
        self.allocate()
        self.assertIn("credited_land", {row["demand_kind"] for row in self.rows("allocations")})
        self.allocate("--no-reuse", "--overwrite")
        self.assertEqual({row["demand_kind"] for row in self.rows("allocations")}, {"unit_centre"})

    def test_layer_that_is_not_complete(self):
        self.study.power.settings["complete"] = False
        self.study.write()
        self.allocate()
        row = self.service_area("power")
        self.assertEqual(row["sources_layer"], "incomplete")
        self.assert_in_reach(row, 35000, 35000, 35000, 1)
        self.study.power.features = self.study.power.features[:1]
        self.study.power.fields["reach"] = {"field": "reach", "unit": "km"}
        self.study.power.attributes("P1")["reach"] = 5
        self.study.write()
        self.allocate("--overwrite")
        # P1 is 2 km from S1 (9,000) and 12 km from S2.
        self.assert_in_reach(self.service_area("power"), 9000, 35000, 35000, 1)
        rest = self.rest("power", "D1")
        self.assertEqual(rest["reason"], "no_source_known_in_reach")
        self.assertEqual((rest["people_beyond_min"], rest["people_beyond_max"]), (None, 3000))

    def test_edge_of_what_a_layer_knows(self):
        self.study.power.settings["extent"] = [57.0, 34.0, 59.5, 38.0]
        self.study.write()
        self.allocate()
        edges = {r["rural_district_id"]: r["edge"] for r in self.rows("unserved_rest") if r["utility"] == "power"}
        self.assertEqual(edges, {"D1": 1, "D2": 1, "D3": 1, "D4": 1})
        self.study.power.settings["extent"] = [57.0, 34.0, 61.5, 38.0]
        self.study.write()
        self.allocate("--overwrite")
        edges = {r["rural_district_id"]: r["edge"] for r in self.rows("unserved_rest") if r["utility"] == "power"}
        self.assertEqual(edges, {"D1": 0, "D2": 0, "D3": 0, "D4": 0})

    def test_input_with_errors_is_not_written(self):
        self.study.districts.attributes("D1")["id"] = "D2"
        self.study.write()
        outcome = self.amayesh("allocate", self.study.path, "-o", self.target)
        self.assert_failed(outcome, "errors", "was not written")
        self.assert_nothing_written()


class BadSupply(AllocateCase):
    """What is missing, unknown, even or alone among the sources."""

    def test_a_unit_without_a_centre_leaves_the_totals_unknown_as_in_gap(self):
        nowhere = {"id": "D9", "name": "بی‌جا", "county": "مشهد", "province": "خراسان رضوی", "people": 20000}
        self.study.districts.features.append((None, nowhere))
        self.study.write()
        told = self.allocate()
        row = next(line for line in told.stdout.splitlines() if line.strip().startswith("power"))
        self.assertEqual(row.count("unknown in 1 units"), 3, row)
        other = self.amayesh("gap", self.study.path, "-o", self.outputs / "gap.gpkg")
        self.assertIn("unknown in 1 units", other.stdout)

    def test_no_layer_of_sources(self):
        self.study.remove(self.study.power)
        self.study.remove(self.study.networks)
        self.study.write()
        told = self.allocate()
        self.assertIn("no layer of sources", told.stdout)
        for row in self.rows("service_areas"):
            self.assertEqual(row["sources_layer"], "none")
            for column in ("sources", "people_in_reach_min", "people_in_reach_max", "area_km2", "geom"):
                self.assertIsNone(row[column], row)
        self.assertEqual(self.rows("unserved_rest"), [])
        self.assertEqual(self.rows("allocations"), [])
        self.assertEqual(self.central("power"), {})
        self.assertEqual(
            {r["reason"] for r in self.rows("unit_utilities") if r["unit_id"] in ("D1", "D2")}, {"no_source_layer"}
        )

    def test_no_source_has_a_position(self):
        self.study.power.features = [(None, attributes) for _, attributes in self.study.power.features]
        self.study.write()
        self.allocate()
        row = self.service_area("power")
        self.assertEqual((row["sources"], row["sources_without_position"], row["area_km2"]), (0, 2, 0))
        self.assert_in_reach(row, 0, 35000, 35000, 1)
        for district, people in {"D1": 12000, "D2": 15000, "D3": 8000}.items():
            rest = self.rest("power", district)
            self.assertEqual(rest["reason"], "no_source_known_in_reach")
            self.assertEqual((rest["people_beyond_min"], rest["people_beyond_max"]), (None, people))
            self.assertEqual(rest["area_beyond_km2"], rest["district_km2"])
        for row in self.central("power").values():
            self.assertEqual((row["shortfall"], row["shared_reason"]), (row["demand"], "no_source_known_in_reach"))
        self.assertEqual([r for r in self.rows("allocations") if r["utility"] == "power"], [])

    def one_source(self, spare_kw):
        """One source that reaches D1 and D2, which need 975 and 1,219 kW in the central case."""
        place, attributes = self.study.power.features[0]
        attributes.update(capacity=20000 + spare_kw, in_use=20000)
        self.study.power.features = [(place, attributes)]
        self.study.write()

    def test_one_source_has_just_the_whole_demand(self):
        self.one_source(975 + 1219)
        self.allocate()
        self.assertEqual([row["shortfall"] for row in self.central("power").values()], [0, 0])
        (source,) = [r for r in self.rows("sources") if r["utility"] == "power"]
        self.assertEqual((source["given"], source["headroom_left"], source["shadow_price"]), (2.194, 0, 0))
        self.assertEqual(self.service_area("power", "with_headroom")["people_in_reach_min"], 35000)
        left = self.service_area("power", "with_headroom_left")
        self.assertEqual((left["sources"], left["area_km2"], left["people_in_reach_max"]), (0, 0, 0))
        high = [r for r in self.rows("unit_utilities") if (r["utility"], r["case"]) == ("power", "high")]
        short = sum(round(1000 * r["shortfall"]) for r in high if r["shortfall"] is not None)
        self.assertEqual(short, 3150 + 3938 - 2194)

    def test_one_source_lacks_one_step_of_the_demand(self):
        self.one_source(975 + 1219 - 1)
        self.allocate()
        short = {unit: row for unit, row in self.central("power").items() if row["shortfall"] > 0}
        # D1 is nearer, so that the step is missing in D2.
        self.assertEqual({unit: row["shortfall"] for unit, row in short.items()}, {"D2": 0.001})
        self.assertEqual(short["D2"]["shared_reason"], "headroom_taken_by_others")
        self.assertEqual(short["D2"]["taken_by"], "D1 0.975 MW")
        (source,) = [r for r in self.rows("sources") if r["utility"] == "power"]
        self.assertEqual((source["given"], source["headroom_left"], source["shadow_price"]), (2.193, 0, 1))

    def test_sets_that_do_not_meet_share_nothing(self):
        self.study.power.fields["reach"] = {"field": "reach", "unit": "km"}
        for code, spare in {"P1": 900, "P2": 9000}.items():
            self.study.power.attributes(code).update(capacity=20000 + spare, in_use=20000, reach=10)
        self.study.write()
        self.allocate()
        rows = self.central("power")
        # P1 alone reaches D1, and P2 alone D2: what P2 has to spare does not help D1.
        self.assertEqual((rows["D1"]["allocated"], rows["D1"]["shortfall"]), (0.9, 0.075))
        self.assertEqual(rows["D1"]["shared_reason"], "no_headroom")
        self.assertEqual((rows["D2"]["allocated"], rows["D2"]["shortfall"]), (1.219, 0))
        pairs = {(r["source_id"], r["unit_id"]) for r in self.rows("allocations") if r["utility"] == "power"}
        self.assertEqual(pairs, {("P1", "D1"), ("P2", "D2")})
        left = self.service_area("power", "with_headroom_left")
        self.assertEqual(left["sources"], 1)
        self.assertEqual(left["people_in_reach_min"], 11000)  # S3; S4 is 10.5 km from P2

    def test_equal_distances_are_settled_by_id(self):
        attributes = [a for _, a in self.study.power.features]
        self.study.power.features = [(point(58.82, 36.16), a) for a in attributes]
        for a in attributes:
            a.update(capacity=21000, in_use=20000)
        self.study.write()
        self.allocate()
        rows = self.central("power")
        self.assertEqual(sum(round(1000 * r["allocated"]) for r in rows.values()), 2000)
        self.assertEqual(sum(round(1000 * r["shortfall"]) for r in rows.values()), 975 + 1219 - 2000)
        given = {r["source_id"]: r["given"] for r in self.rows("sources") if r["utility"] == "power"}
        self.assertEqual(given, {"P1": 1, "P2": 1})
        first = self.rows("allocations")
        self.study.power.features.reverse()
        self.study.write()
        self.allocate("--overwrite")
        self.assertEqual(self.rows("allocations"), first)
        one = self.service_area("power")
        self.assertEqual(one["sources"], 2)
        self.assertAlmostEqual(one["area_km2"], 7850.83, 1)  # one circle of 50 km, 128 edges

    def test_reach_in_metres_that_is_taken_for_kilometres(self):
        self.study.power.fields["reach"] = {"field": "reach", "unit": "km"}
        for code, reach in {"P1": 15000, "P2": None}.items():
            self.study.power.attributes(code)["reach"] = reach
        self.study.write()
        outcome = self.amayesh("allocate", self.study.path, "-o", self.target)
        self.assert_failed(outcome, "1 errors")
        for words in ("P1, reach", "15000 km", "is its unit right?"):
            self.assertIn(words, outcome.stdout)
        self.assert_nothing_written()

    def test_nobody_is_over_the_threshold(self):
        self.study.write()
        self.allocate("--over", "1000000", "--json")
        self.assertEqual(self.rows("allocations"), [])
        self.assertEqual({r["demand"] for r in self.rows("unit_utilities")}, {None})
        nation = self.rows("rollups")[0]
        self.assertEqual((nation["units_over"], nation["power_shortfall_mw"], nation["power_supplied_mw"]), (0, 0, 0))
        before, after = (self.service_area("power", kind) for kind in AREA_KINDS[1:])
        self.assertEqual((before["area_km2"], before["people_in_reach_min"]), (after["area_km2"], 35000))
        self.assertEqual(before["geom"], after["geom"])

    def test_no_capacity_is_known(self):
        for _, attributes in self.study.power.features:
            attributes.update(capacity=None, in_use=None)
        self.study.write()
        told = self.allocate("--json").json()
        for row in self.central("power").values():
            self.assertEqual((row["allocated"], row["shortfall"]), (0, row["demand"]))
            self.assertEqual(row["shared_reason"], "unknown_capacity")
        self.assert_in_reach(self.service_area("power"), 35000, 35000, 35000, 1)
        for kind in AREA_KINDS[1:]:
            row = self.service_area("power", kind)
            self.assert_in_reach(row, 0, 35000, 35000, 1)
            self.assertEqual((row["sources"], row["sources_unknown"], row["geom"]), (0, 2, None))
        (power,) = [u for u in told["utilities"] if u["utility"] == "power"]
        self.assertEqual(power["reasons"], {"unknown_capacity": 2})


if __name__ == "__main__":
    main()
