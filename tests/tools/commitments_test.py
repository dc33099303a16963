"""What sources and committed plots have promised: it is counted once, until it ends, and never beyond what there is."""

from small_study import Layer, rectangle
from supply_case import SupplyCase
from tool_case import main


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
        self.assert_finding(self.findings(), "note", "commitment_lapsed", "that ended before 1402-01-01: 1, 9 MW")

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
        asked = ("zone_committed", "central", "power")
        return sum(row["amount"] for row in rows if (row["demand_kind"], row["case"], row["utility"]) == asked)

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


if __name__ == "__main__":
    main()
