"""`amayesh gap` on the small study: its answers, its options, and totals that add up."""

from tool_case import ToolCase, main

# Totals of a roll-up, and the column of `units` that each adds up, with the units that count.
SUMS = {
    "population_known": ("population", lambda unit: True),
    "population_over": ("population", lambda unit: unit["threshold"] == "over"),
    "people_left_out_min": ("people_left_out_min", lambda unit: unit["threshold"] == "over"),
    "people_left_out_max": ("people_left_out_max", lambda unit: unit["threshold"] == "over"),
    "target_ha_low": ("target_ha_low", lambda unit: True),
    "target_ha": ("target_ha", lambda unit: True),
    "target_ha_high": ("target_ha_high", lambda unit: True),
    "water_demand_low_lps": ("water_demand_low_lps", lambda unit: True),
    "water_demand_lps": ("water_demand_lps", lambda unit: True),
    "water_demand_high_lps": ("water_demand_high_lps", lambda unit: True),
    "power_demand_low_mw": ("power_demand_low_mw", lambda unit: True),
    "power_demand_mw": ("power_demand_mw", lambda unit: True),
    "power_demand_high_mw": ("power_demand_high_mw", lambda unit: True),
    "gas_demand_low_m3h": ("gas_demand_low_m3h", lambda unit: True),
    "gas_demand_m3h": ("gas_demand_m3h", lambda unit: True),
    "gas_demand_high_m3h": ("gas_demand_high_m3h", lambda unit: True),
    "area_ha": ("area_ha", lambda unit: True),
}
STEPS_PER_UNIT = 10_000  # every figure of these columns is a whole number of steps no finer than this


def in_steps(value):
    return round((value or 0) * STEPS_PER_UNIT)


class Answers(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def units(self):
        return {unit["unit_id"]: unit for unit in self.rows("units")}

    def test_small_study_gives_the_statuses_worked_by_hand(self):
        self.assert_done(self.gap())
        units = self.units()
        self.assertEqual(
            {name: unit["status"] for name, unit in units.items()},
            {
                "D1": "served",
                "D2": "no_zone_in_reach",
                "D3": "not_over_threshold",
                "D4": "population_unknown",
            },
        )
        # D2's centre is S3, 59.20 E 36.15 N; the east side of Z1 is at 58.816 E: 0.384° at 36.15° N.
        self.assertAlmostEqual(units["D2"]["nearest_zone_km"], 34.55, delta=0.05)
        self.assertEqual(units["D2"]["nearest_zone_id"], "Z1")
        self.assertEqual(units["D2"]["people_left_out_min"], 15000)
        self.assertEqual(units["D2"]["target_ha"], 15 * 0.5)
        self.assertEqual(units["D2"]["target_ha_high"], 15 * 0.75)
        self.assertEqual(units["D2"]["target_ha_low"], 5)  # 15 × 0.25 = 3.75, under the least size
        self.assertEqual(units["D2"]["reachable_power_mw"], (30000 - 20000 + 10000 - 4000) / 1000)
        self.assertEqual(units["D2"]["priority_rank"], 1)
        self.assertIsNone(units["D4"]["population"])

    def test_summary_is_on_stdout_and_the_target_on_stderr(self):
        outcome = self.gap()
        self.assert_done(outcome)
        self.assertIn("چهار دهستان", outcome.stdout)
        self.assertIn("land.target_per_1000", outcome.stdout)  # confidence D, named
        self.assertEqual(outcome.stderr, f"wrote {self.target}\n")

    def test_quiet_says_nothing_on_stderr(self):
        self.assertEqual(self.gap("--quiet").stderr, "")
        self.assertEqual(self.check("-q").stderr, "")

    def test_rollups_add_up_from_county_to_nation_and_equal_the_units(self):
        self.assert_done(self.gap())
        units = self.rows("units")
        rollups = self.rows("rollups")
        self.assertEqual([r["level"] for r in rollups], ["nation", "province", "county", "county"])
        for rollup in rollups:
            members = [
                unit
                for unit in units
                if rollup["county"] in (None, unit["county"]) and rollup["province"] in (None, unit["province"])
            ]
            self.assertEqual(rollup["units"], len(members))
            for total, (column, counts) in SUMS.items():
                with self.subTest(level=rollup["level"], county=rollup["county"], total=total):
                    expected = sum(in_steps(unit[column]) for unit in members if counts(unit))
                    self.assertEqual(in_steps(rollup[total]), expected)

    def test_json_reconciles_with_itself_and_with_the_layers(self):
        outcome = self.gap("--json")
        self.assert_done(outcome)
        found = outcome.json()
        self.assert_accounted(found["inputs"])
        self.assertEqual(found["counts"]["errors"], 0)
        levels = {}
        for rollup in found["rollups"]:
            levels.setdefault(rollup["level"], []).append(rollup)
        (nation,) = levels["nation"]
        for level in ("province", "county"):
            for name, value in nation.items():
                if isinstance(value, int):
                    self.assertEqual(value, sum(r[name] for r in levels[level]), f"{name} by {level}")
                elif isinstance(value, float):
                    self.assertEqual(in_steps(value), sum(in_steps(r[name]) for r in levels[level]), f"{name} by {level}")
            for utility in ("water", "power", "gas"):
                for case in ("low", "central", "high"):
                    total = sum(in_steps(r["demand"][utility][case]) for r in levels[level])
                    self.assertEqual(in_steps(nation["demand"][utility][case]), total)
        self.assertEqual(nation["units"], nation["over"] + nation["not_over"] + nation["threshold_unknown"])
        self.assertEqual(nation["area_ha"], self.rows("rollups")[0]["area_ha"])
        over = {unit["id"]: unit for unit in found["units"]}
        for unit in self.rows("units"):
            if unit["threshold"] == "over":
                self.assertEqual(unit["status"], over[unit["unit_id"]]["status"])
                self.assertEqual(unit["nearest_zone_km"], over[unit["unit_id"]]["nearest_zone_km"])

    def test_every_unserved_row_has_a_reason(self):
        self.assert_done(self.gap())
        for unit in self.rows("units"):
            if unit["status"] in ("no_zone_in_reach", "zone_full", "population_unknown"):
                self.assertTrue(unit["reason"], unit)


class Options(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def statuses(self, *options):
        self.assert_done(self.gap("--overwrite", *options))
        return {unit["unit_id"]: unit["status"] for unit in self.rows("units")}

    def test_over_is_strictly_more(self):
        self.assertEqual(self.statuses("--over", "14999")["D2"], "no_zone_in_reach")
        self.assertEqual(self.statuses("--over", "15000")["D2"], "not_over_threshold")
        self.assertEqual(self.statuses("--over", "0")["D3"], "no_zone_in_reach")

    def test_within_assesses_a_part_and_sources_outside_still_count(self):
        whole = {unit["unit_id"]: unit for unit in self.rows("units")} if self.statuses() else {}
        self.assertEqual(set(self.statuses("--within", "D2")), {"D2"})
        (part,) = self.rows("units")
        for column, value in part.items():
            if column not in ("fid", "geom") and "_rank" not in column:  # a rank is among those assessed
                self.assertEqual(value, whole["D2"][column], column)
        self.assertEqual(len(self.rows("zones")), 1)
        self.assertEqual(set(self.statuses("--within", "D2", "--within", "D3")), {"D2", "D3"})

    def test_within_takes_names_of_counties_however_they_are_typed(self):
        self.assertEqual(set(self.statuses("--within", "مشهد")), {"D1", "D2"})
        self.assertEqual(set(self.statuses("--within", "خراسان رضوي")), {"D1", "D2", "D3", "D4"})  # Arabic yeh

    def test_within_nothing_fails(self):
        self.assert_failed(self.gap("--within", "تهران"), "--within", "تهران")
        self.assert_nothing_written()

    def test_unit_settlement_assesses_villages(self):
        statuses = self.statuses("--unit", "settlement", "--over", "8500")
        self.assertEqual(statuses["S1"], "served")
        self.assertEqual(statuses["S3"], "no_zone_in_reach")
        self.assertEqual(statuses["S6"], "population_unknown")
        self.assertEqual(self.rows("units")[0]["unit_kind"], "settlement")

    def test_strict_refuses_what_a_warning_was_given_for(self):
        self.study.settlements.attributes("S2")["id"] = "S1"
        self.study.write()
        self.assert_done(self.check())
        self.assertEqual(self.check("--strict").code, 1)
        outcome = self.gap("--strict")
        self.assertEqual(outcome.code, 1, outcome)
        self.assertIn("warnings", outcome.stderr)
        self.assert_nothing_written()
        self.assert_done(self.gap())

    def test_strict_passes_a_clean_study(self):
        self.assert_done(self.check("--strict"))
        self.assert_done(self.gap("--strict"))

    def test_thread_count_changes_nothing_that_is_printed(self):
        one = self.gap("--json", "--threads", "1").stdout
        self.assertEqual(self.gap("--json", "--threads", "2", "--overwrite").stdout, one)


if __name__ == "__main__":
    main()
