"""Sources and commitments as they come in: what is wrong with them is told, and no figure is silently wrong."""

from small_study import Layer, rectangle
from tool_case import ToolCase, main


class SupplyCase(ToolCase):
    """The substations P1 (30 MW, 20 in use) and P2 (10 MW, 4 in use) are near the centres of D1 and D2."""

    def source(self, code):
        return next(row for row in self.rows("sources") if row["source_id"] == code)

    def shared(self, unit, utility="power"):
        """The central row of a unit and utility."""
        return next(
            row
            for row in self.rows("unit_utilities")
            if (row["unit_id"], row["utility"], row["case"]) == (unit, utility, "central")
        )

    def run_gap(self, *options):
        self.study.write()
        self.assert_done(self.gap("--overwrite", *options))


class Commitments(SupplyCase):
    def setUp(self):
        super().setUp()
        for code, promised, until in (("P1", 9000, "1401-12-29"), ("P2", 5000, "1403")):
            self.study.power.attributes(code).update(promised=promised, until=until)
        self.study.power.fields["committed"] = {"field": "promised", "unit": "kW"}
        self.study.power.fields["committed_until"] = "until"
        self.study.settings["calendar"] = "solar_hijri"

    def test_every_commitment_counts_without_a_date(self):
        self.run_gap()
        self.assertEqual([self.source(code)["headroom"] for code in ("P1", "P2")], [1, 1])
        self.assertEqual(self.source("P1")["committed_until"], "1401-12-29")

    def test_commitment_that_ended_takes_no_headroom(self):
        self.study.tables["assess"]["date"] = "1402-01-01"
        self.run_gap()
        row = self.source("P1")
        self.assertEqual((row["committed"], row["committed_counted"], row["headroom"]), (9, 0, 10))
        row = self.source("P2")
        self.assertEqual((row["committed"], row["committed_counted"], row["headroom"]), (5, 5, 1))
        self.assert_finding(self.findings(), "note", "commitment_lapsed", "1 commitments of power, 9 MW", "1402-01-01")

    def test_date_that_cannot_be_read(self):
        self.study.power.settings["as_of"] = "1402"
        self.study.power.attributes("P1")["until"] = "2023-03-20"
        self.run_gap()
        self.assertEqual(self.source("P1")["headroom"], 1)
        self.assert_finding(
            self.findings(), "warning", "date_implausible", "power.geojson", "P1", "until", "2023-03-20", "gregorian"
        )

    def test_date_of_the_assessment_that_cannot_be_read(self):
        self.study.tables["assess"]["date"] = "2024-03-20"
        self.study.write()
        self.assert_failed(self.gap(), "study.toml", "'date' in [assess]", "2024-03-20", "gregorian")
        self.assert_nothing_written()

    def test_commitments_by_season(self):
        self.study.power.fields["committed"] = [
            {"field": "promised", "unit": "kW", "season": "summer"},
            {"field": "winter", "unit": "kW", "season": "winter"},
        ]
        self.study.power.fields["in_use"] = [
            {"field": "in_use", "unit": "kW", "season": "summer", "capacity_factor": 0.95},
            {"value": 0, "season": "winter"},
        ]
        self.study.power.attributes("P1")["winter"] = 29500
        self.study.power.attributes("P2")["winter"] = 0
        self.run_gap()
        self.assertEqual(self.source("P1")["headroom"], 0)  # 30 × 0.95 − 20 − 9 = −0.5 in summer; 0.5 in winter
        self.assertAlmostEqual(self.source("P2")["headroom"], 10 * 0.95 - 4 - 5)
        self.assertEqual(self.source("P1")["committed"], 29.5)

    def test_seasons_that_do_not_fit_together(self):
        self.study.power.fields["in_use"] = [
            {"field": "in_use", "unit": "kW", "season": "summer"},
            {"value": 0, "season": "winter"},
        ]
        self.study.power.fields["committed"]["season"] = "summer"
        self.study.write()
        self.assert_failed(self.gap(), "study.toml", "'in_use' of [layers.sources]", "'winter'", "value = 0")
        self.assert_nothing_written()


class OverCommitment(SupplyCase):
    def test_it_is_told_by_season_and_totalled(self):
        self.study.power.attributes("P1").update(promised=11000)
        self.study.power.attributes("P2").update(promised=6500)
        self.study.power.fields["committed"] = {"field": "promised", "unit": "kW"}
        self.study.write()
        outcome = self.check("--json")
        self.assert_done(outcome)
        self.assert_finding(
            outcome.json()["problems"],
            "warning",
            "source_over_committed",
            "P1",
            "summer: 20 MW in use and 11 MW committed of 30 MW, 1 MW too much",
            "without headroom",
        )
        power = outcome.json()["commitments"]["power"]
        self.assertEqual(power["at_sources"]["over_committed"], {"sources": 2, "excess": 1.5})
        self.assertIn("2 sources by 1.5 MW", self.check().stdout)
        self.assertEqual(self.check("--strict").code, 1)
        self.run_gap()
        self.assertEqual([self.source(code)["headroom"] for code in ("P1", "P2")], [0, 0])
        self.assertEqual(self.shared("D1")["allocated"], 0)

    def test_in_use_above_capacity(self):
        self.study.power.attributes("P1")["in_use"] = 45000
        self.study.write()
        self.assert_finding(
            self.findings(), "warning", "source_over_committed", "P1", "45 MW in use", "of 30 MW, 15 MW too much"
        )
        self.run_gap()
        self.assertEqual(self.source("P1")["headroom"], 0)


class CommittedOnce(SupplyCase):
    """Z1 has 4 ha under contract; P1 may have promised 3 MW of it."""

    def setUp(self):
        super().setUp()
        plots = [
            (rectangle(58.811, 36.151, 58.813, 36.153), {"id": "L1", "zone": "Z1", "state": "contracted", "ha": 4}),
            (rectangle(58.814, 36.151, 58.815, 36.152), {"id": "L2", "zone": "Z1", "state": "vacant", "ha": 1}),
        ]
        fields = {"id": "id", "zone": "zone", "state": "state", "area": {"field": "ha", "unit": "ha"}}
        self.study.layers.append(Layer("plots", "plots.geojson", plots, fields))

    def commitments(self):
        self.study.write()
        outcome = self.check("--json")
        self.assert_done(outcome)
        return outcome.json()["commitments"]

    def asked_by_plots(self):
        self.run_gap()
        rows = self.rows("allocations")
        return sum(r["amount"] for r in rows if (r["demand_kind"], r["case"], r["utility"]) == ("zone_committed", "central", "power"))

    def test_at_the_plots_where_no_source_has_promised_anything(self):
        found = self.commitments()
        self.assertEqual(found["power"]["counted_at"], "plots")
        self.assertEqual(found["power"]["at_sources"]["amount"], 0)
        self.assertEqual(found["plots"], {"plots": 1, "net_ha": 4, "area_unknown": 0})
        self.assertGreater(found["power"]["at_plots"]["central"], 0)
        self.assertEqual(self.asked_by_plots(), found["power"]["at_plots"]["central"])

    def test_at_the_sources_where_one_has(self):
        at_plots = self.commitments()["power"]["at_plots"]
        self.study.power.attributes("P1")["promised"] = 3000
        self.study.power.attributes("P2")["promised"] = None
        self.study.power.fields["committed"] = {"field": "promised", "unit": "kW"}
        found = self.commitments()
        self.assertEqual(found["power"]["counted_at"], "sources")
        self.assertEqual(found["water"]["counted_at"], "plots")
        self.assertEqual((found["power"]["at_sources"]["amount"], found["power"]["at_sources"]["unknown"]), (3, 1))
        self.assertEqual(found["power"]["at_plots"], at_plots)
        text = self.check().stdout
        self.assertIn("3 MW of 1 source, unknown in 1", text)
        self.assertRegex(text, r"power .* MW of 1 plot +sources")
        self.assertEqual(self.asked_by_plots(), 0)


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
            self.findings(), "note", "capacity_unknown", "power.geojson", "1 sources of power", 'unknown_headroom = "enough"'
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


if __name__ == "__main__":
    main()
