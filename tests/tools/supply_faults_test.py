"""Sources as they come in: what is wrong with them is told, and no figure is silently wrong."""

from small_study import Layer, point, rectangle
from supply_case import SupplyCase
from tool_case import listing, main


class UnknownHeadroom(SupplyCase):
    """P2, the only source of power in reach of D2, is not known well enough."""

    def setUp(self):
        super().setUp()
        self.study.power.features = self.study.power.features[1:]

    def test_it_serves_nobody_and_is_told(self):
        for attribute, kind in (("capacity", "capacity_unknown"), ("in_use", "use_unknown")):
            with self.subTest(attribute=attribute):
                self.study.power.attributes("P2").update(capacity=10000, in_use=4000)
                self.study.power.attributes("P2")[attribute] = None
                self.run_gap()
                row = self.shared("D2")
                self.assertEqual((row["allocated"], row["without_amount"]), (0, 0))
                self.assertEqual(row["shortfall"], row["demand"])
                self.assertEqual(row["shared_reason"], "unknown_capacity")
                self.assertIsNone(self.source("P2")["headroom"])
                self.assert_finding(self.findings(), "note", kind, "P2", "unknown, not zero")

    def test_it_serves_without_an_amount_where_the_study_says_so(self):
        self.study.power.attributes("P2")["in_use"] = None
        self.study.power.settings["unknown_headroom"] = "enough"
        self.run_gap()
        row = self.shared("D2")
        self.assertEqual((row["allocated"], row["without_amount"], row["shortfall"]), (0, row["demand"], 0))
        self.assertEqual(row["shared_reason"], "served")
        self.assertEqual((self.source("P2")["serves_without_amount"], self.source("P2")["headroom"]), (1, None))
        self.assert_finding(
            self.findings(), "note", "capacity_unknown", "power.geojson", "not known: 1", 'unknown_headroom = "enough"'
        )

    def test_it_says_nothing_of_sources_that_are_known(self):
        self.study.power.settings["unknown_headroom"] = "enough"
        self.run_gap()
        self.assertEqual((self.source("P2")["serves_without_amount"], self.source("P2")["headroom"]), (0, 6))

    def test_other_words(self):
        self.study.power.settings["unknown_headroom"] = "plenty"
        self.study.write()
        self.assert_failed(self.gap(), "study.toml", "unknown_headroom", "plenty", "none", "enough")
        self.assert_nothing_written()


class Amounts(SupplyCase):
    """Figures that no source can have: told with layer, id, field, value, why and the way out; no output is touched."""

    def assert_refused(self, severity, kind, *words):
        """`check` and `gap` say so and fail; what was written before stays as it is."""
        self.study.write()
        self.target.write_bytes(b"of an earlier run")
        before = listing(self.outputs)
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        found = self.assert_finding(outcome.json()["problems"], severity, kind, *words, layer="sources")
        outcome = self.gap("--overwrite")
        self.assertEqual(outcome.code, 1, outcome)
        self.assertNotIn("allocate_capacity", outcome.stdout + outcome.stderr)
        self.assertNotIn("\x1f", outcome.stdout + outcome.stderr)
        self.assertEqual(listing(self.outputs), before)
        return found

    def test_negative_and_not_finite(self):
        for attribute in ("capacity", "in_use"):
            for given, fault in ((-30000, "negative"), ("NaN", "not_finite"), ("1e999", "not_a_number")):
                with self.subTest(attribute=attribute, given=given):
                    self.study.power.attributes("P1").update(capacity=30000, in_use=20000)
                    self.study.power.attributes("P1")[attribute] = given
                    self.assert_refused("error", f"value_{fault}", "power.geojson", "P1", attribute, given)

    def test_not_finite_in_a_real_column(self):
        self.study.power.file = "power.gpkg"
        self.study.power.attributes("P1")["capacity"] = float("inf")
        self.assert_refused("error", "value_not_finite", "power.gpkg", "P1", "capacity", "inf")

    def test_beyond_what_can_be_counted(self):
        self.study.power.attributes("P1")["capacity"] = 1e18
        self.assert_refused("error", "value_implausible", "power.geojson", "P1", "capacity", "1e+18 kW", "correct")
        self.study.power.attributes("P1")["capacity"] = 30000
        self.study.networks.attributes("W1")["flow"] = 1e300
        for code in ("G1", "T1"):
            self.study.networks.attributes(code)["flow"] = None
        for field in ("capacity", "in_use", "committed"):
            with self.subTest(field=field):
                for other in ("capacity", "in_use", "committed"):
                    self.study.networks.fields.pop(other, None)
                self.study.networks.fields[field] = "flow"
                self.assert_refused(
                    "error", "value_implausible", "networks.geojson", "W1", "flow", "1e+300 L/s", "state the unit"
                )

    def test_watts_in_a_field_of_megawatts(self):
        self.study.power.fields["capacity"]["unit"] = "MW"
        self.study.power.fields["in_use"]["unit"] = "MW"
        self.study.power.attributes("P1").update(capacity=5_000_000, in_use=20)
        self.study.power.attributes("P2").update(capacity=10, in_use=4)
        self.assert_refused("error", "value_implausible", "capacity", "1 of 2 amounts are over 5000 MW", "kW or W")
        self.assert_finding(self.findings(), "warning", "value_implausible", "P1", "5000000 MW")
        for code, megawatts in (("P3", 30), ("P4", 63), ("P5", 40)):
            self.study.power.features.append((point(58.9, 36.2), {"id": code, "capacity": megawatts, "in_use": 4}))
        self.study.power.attributes("P1")["capacity"] = 30_000_000  # among the others in W
        self.assert_refused("error", "units_mixed", "capacity", "1 of 5 amounts", "kW or W")
        self.study.power.attributes("P1")["capacity"] = 700_000  # in no unit among the others
        self.assert_refused("error", "value_implausible", "capacity", "1 of 5 amounts", "more than any place has")

    def test_metres_in_a_reach_of_kilometres(self):
        wrong = "a reach of 15000 km is too far, at most 2000 km are possible: is its unit right?"
        self.study.networks.fields["reach"] = {"field": "reach", "unit": "km"}
        for code in ("W1", "G1", "T1"):
            self.study.networks.attributes(code)["reach"] = 15
        self.study.networks.attributes("G1")["reach"] = 15_000
        self.assert_refused("error", "value_implausible", "G1", "reach", wrong)
        self.study.networks.attributes("G1")["reach"] = 2000
        self.run_gap()
        before = listing(self.outputs)
        self.study.tables["standards"]["values"] = {"reach.zone": {"value": 15_000, "source": "a test"}}
        self.study.write()
        self.assert_failed(self.gap("--overwrite"), "reach.zone", wrong)
        self.assert_finding(self.findings(), "error", "value_missing", "reach.zone", wrong)
        self.assertEqual(listing(self.outputs), before)

    def test_capacity_and_use_in_different_units(self):
        """30 kW as the study says, 20,000 kW in use: the field of the capacity has MW."""
        self.study.power.attributes("P1")["capacity"] = 30
        self.study.power.attributes("P2")["capacity"] = 10
        self.assert_refused("error", "units_mixed", "capacity", "in 2 of 2 sources of power", "state the unit of each")

    def test_season_factor_outside_its_range(self):
        for factor in (1.2, 90, -0.1):
            with self.subTest(factor=factor):
                self.study.power.fields["in_use"]["capacity_factor"] = factor
                self.study.write()
                self.target.write_bytes(b"of an earlier run")
                outcome = self.gap("--overwrite")
                self.assert_failed(outcome, "study.toml", f"factor {factor}", "'in_use'", "0–1", "0.9 for 90 %")
                self.assertEqual(self.target.read_bytes(), b"of an earlier run")

    def test_sums_beyond_what_can_be_counted(self):
        """What each of 200 zones lacks can be counted, what all lack together cannot."""
        shape, attributes = self.study.zones.features[0]
        self.study.zones.features = [
            (shape, {**attributes, "id": f"Z{n}", "occupied": 8e6, "power": 0}) for n in range(1000, 1200)
        ]
        self.study.zones.fields["occupied_area"] = "occupied"
        self.study.zones.fields["power"] = "power"
        self.study.tables["standards"]["values"] = {"demand.power": {"value": 1e6, "source": "a test"}}
        self.study.write()
        self.target.write_bytes(b"of an earlier run")
        outcome = self.gap("--overwrite")
        self.assert_failed(
            outcome, "power, low case", "1.6e+15 MW are asked for together", "8e+12 MW, by the zone 'Z1000'"
        )
        self.assertEqual(self.target.read_bytes(), b"of an earlier run")
        for _, attributes in self.study.zones.features:
            attributes["occupied"] = 8e9  # and now not even one
        self.study.write()
        self.assert_failed(self.gap("--overwrite"), "'Z1000'", "more than can be counted", "areas", "standards")

    def test_standards_beyond_what_can_be_counted(self):
        self.study.tables["standards"]["values"] = {"demand.power": {"value": 1e300, "source": "a test"}}
        self.study.write()
        self.assert_failed(self.gap(), "demand.power", "1e+300 MW/ha", "at most 1e+06")
        self.assert_finding(self.findings(), "error", "value_missing", "demand.power", "1e+300")
        self.assert_nothing_written()


class Nothing(SupplyCase):
    """Sources without a place, no sources, no demands, nothing known: an answer each time, and never a figure."""

    def test_source_without_position(self):
        self.study.power.set_geometry("P2", None)
        self.run_gap()
        self.assert_finding(self.findings(), "warning", "geometry_missing", "P2")
        row = self.shared("D2")  # P1 is in reach
        self.assertEqual(row["sources_in_reach"], 1)
        self.assertIsNone(self.source("P2")["given"])
        self.study.power.set_geometry("P1", None)
        self.run_gap()
        self.assertEqual(self.shared("D2")["shared_reason"], "no_source_known_in_reach")
        self.assertEqual(self.shared("D2")["allocated"], 0)

    def test_no_sources(self):
        for layer in (self.study.power, self.study.networks):
            self.study.remove(layer)
        self.run_gap()
        for utility in ("water", "power", "gas"):
            row = self.shared("D1", utility)
            self.assertEqual(row["reason"], "no_source_layer")
            self.assertIsNone(row["shortfall"])
        self.assertEqual(self.rows("sources"), [])

    def test_no_sources_in_the_layer(self):
        self.study.write()
        (self.inputs / "power.geojson").write_text('{"type":"FeatureCollection","features":[]}')
        self.assert_finding(self.findings(), "warning", "layer_empty", "power.geojson")
        self.assert_done(self.gap())
        row = self.shared("D1")
        self.assertEqual((row["shared_reason"], row["allocated"]), ("no_source_in_reach", 0))
        self.assertEqual(row["shortfall"], row["demand"])

    def test_no_demands(self):
        self.run_gap("--over", "1000000")
        self.assertEqual(self.rows("allocations"), [])
        self.assertEqual([self.source(code)["given"] for code in ("P1", "P2")], [0, 0])
        self.assertEqual({row["shortfall"] for row in self.rows("unit_utilities")}, {None})
        self.assertEqual(self.rows("rollups")[0]["power_shortfall_mw"], 0)

    def test_nothing_is_known_of_any_source(self):
        for code in ("P1", "P2"):
            self.study.power.attributes(code).update(capacity=None, in_use=None)
        self.run_gap()
        for unit in ("D1", "D2"):
            row = self.shared(unit)
            self.assertEqual((row["allocated"], row["shared_reason"]), (0, "unknown_capacity"))
            self.assertEqual(row["shortfall"], row["demand"])
            self.assertIsNone(row["reachable"])
        self.assertEqual(self.source("P1")["given"], None)


class PlotInTwoZones(SupplyCase):
    """Z1 and Z2 lie side by side, border at 58.816; the plot L1 of 2 ha is Z1's."""

    def setUp(self):
        super().setUp()
        place = {"kind": "industrial_estate", "status": "operating", "county": "مشهد", "province": "خراسان رضوی"}
        second = (rectangle(58.816, 36.15, 58.822, 36.154), {"id": "Z2", "name": "دوم", **place})
        self.study.zones.features.append(second)
        self.plots = Layer(
            "plots",
            "plots.geojson",
            [(rectangle(58.812, 36.151, 58.8142, 36.152), {"id": "L1", "zone": "Z1", "state": "vacant", "ha": 2.2})],
            {"id": "id", "zone": "zone", "state": "state", "area": {"field": "ha", "unit": "ha"}},
        )
        self.study.layers.append(self.plots)

    def credited(self):
        """Hectares of each zone that are promised, in the central case."""
        self.run_gap()
        return sum(unit["credited_net_ha"] or 0 for unit in self.rows("units"))

    def test_it_is_in_order(self):
        self.study.write()
        self.assertEqual([f for f in self.findings() if f["kind"] == "plot_outside_zone"], [])
        self.assertEqual(self.credited(), 2.2)

    def test_polygon_that_lies_in_both(self):
        self.plots.set_geometry("L1", rectangle(58.8152, 36.151, 58.8174, 36.152))
        self.plots.attributes("L1")["zone"] = "Z2"  # 36 % of it in Z1
        self.study.write()
        self.assert_finding(
            self.findings(), "warning", "plot_outside_zone", "L1", "lies in two zones", "'Z1'", "its own 'Z2'", "kept"
        )
        self.assertEqual(self.credited(), 2.2)

    def test_border_that_is_drawn_a_little_off(self):
        self.plots.set_geometry("L1", rectangle(58.81598, 36.151, 58.81818, 36.152))
        self.plots.attributes("L1")["zone"] = "Z2"  # 1 % of it in Z1
        self.study.write()
        self.assertEqual([f for f in self.findings() if f["kind"] == "plot_outside_zone"], [])

    def test_polygon_in_another_zone_than_its_own(self):
        self.plots.attributes("L1")["zone"] = "Z2"
        self.study.write()
        self.assert_finding(
            self.findings(), "warning", "plot_outside_zone", "L1", "lies in the zone 'Z1', not in its own 'Z2'"
        )
        self.assertEqual(self.credited(), 2.2)

    def test_listed_twice_with_different_zones(self):
        shape, attributes = self.plots.features[0]
        self.plots.features.append((shape, {**attributes, "zone": "Z2"}))
        self.study.write()
        self.target.write_bytes(b"of an earlier run")
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        found = outcome.json()["problems"]
        self.assert_finding(found, "error", "id_duplicate", "L1", "zone 'Z1'", "zone 'Z2'", layer="plots")
        self.assertEqual(self.gap("--overwrite").code, 1)
        self.assertEqual(self.target.read_bytes(), b"of an earlier run")


if __name__ == "__main__":
    main()
