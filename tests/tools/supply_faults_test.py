"""Sources and commitments as they come in: what is wrong with them is told, and no figure is silently wrong."""

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


if __name__ == "__main__":
    main()
