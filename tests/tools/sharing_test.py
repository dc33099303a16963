"""Land and headroom that are shared: what `amayesh gap` writes closes to the last step, and the options do what they say."""

from small_study import Layer, point, rectangle
from tool_case import ToolCase, main

STEPS = {"L/s": 1000, "MW": 1000, "m³/h": 1}
COLUMNS = {"water": "lps", "power": "mw", "gas": "m3h"}
PARTS = ("own_supply", "allocated", "without_amount")


class Sharing(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def shared_rows(self):
        rows = [row for row in self.rows("unit_utilities") if row["shortfall"] is not None]
        self.assertTrue(rows)
        return rows

    def test_every_balance_closes(self):
        self.assert_done(self.gap())
        for row in self.shared_rows():
            steps = STEPS[row["unit_of_amounts"]]
            parts = sum(round(row[part] * steps) for part in (*PARTS, "shortfall"))
            self.assertEqual(parts, round(row["demand"] * steps), row)
            self.assertEqual(row["shared_reason"] == "served", row["shortfall"] == 0, row)

    def test_totals_are_the_sums_of_the_units(self):
        self.assert_done(self.gap())
        central = [row for row in self.shared_rows() if row["case"] == "central"]
        nation = self.rows("rollups")[0]
        for utility, ending in COLUMNS.items():
            of_utility = [row for row in central if row["utility"] == utility]
            steps = STEPS[of_utility[0]["unit_of_amounts"]]
            supplied = sum(round(row[part] * steps) for row in of_utility for part in PARTS)
            short = sum(round(row["shortfall"] * steps) for row in of_utility)
            self.assertEqual(round(nation[f"{utility}_supplied_{ending}"] * steps), supplied)
            self.assertEqual(round(nation[f"{utility}_shortfall_{ending}"] * steps), short)
        units = self.rows("units")
        for column in ("credited_net_ha", "new_zone_ha", "remainder_ha"):
            self.assertEqual(round(nation[column] * 10000), sum(round((unit[column] or 0) * 10000) for unit in units))

    def test_allocations_are_what_sources_give_and_units_get(self):
        self.assert_done(self.gap())
        given, got = {}, {}
        for row in self.rows("allocations"):
            steps = round(row["amount"] * STEPS[row["unit_of_amounts"]])
            self.assertGreater(steps, 0)
            if row["source_id"] and row["case"] == "central":
                given[row["source_id"]] = given.get(row["source_id"], 0) + steps
            key = (row["unit_id"], row["utility"], row["case"])
            got[key] = got.get(key, 0) + steps
        self.assertTrue(given)
        for source in self.rows("sources"):
            if source["given"] is None:
                self.assertNotIn(source["source_id"], given)
                continue
            steps = STEPS[source["unit_of_amounts"]]
            self.assertEqual(round(source["given"] * steps), given.get(source["source_id"], 0), source)
            self.assertLessEqual(source["given"], source["headroom"] + 1e-9)
        for row in self.shared_rows():
            steps = STEPS[row["unit_of_amounts"]]
            expected = round((row["own_supply"] + row["allocated"]) * steps)
            self.assertEqual(got.get((row["unit_id"], row["utility"], row["case"]), 0), expected, row)

    def test_ranks_follow_the_shortfall_and_the_summary_counts_them(self):
        self.write_zones_with_supply()
        outcome = self.gap("--json", "--over", "7000")
        self.assert_done(outcome)
        found = outcome.json()
        rows = self.shared_rows()
        for utility in COLUMNS:
            for case in ("low", "central", "high"):
                short = [row for row in rows if (row["utility"], row["case"]) == (utility, case) and row["shortfall"] > 0]
                short.sort(key=lambda row: (-row["shortfall"], row["unit_id"]))
                self.assertEqual([row["shortfall_rank"] for row in short], list(range(1, len(short) + 1)))
                first = found["ranks"][utility]["first"][case]
                self.assertEqual(first, short[0]["unit_id"] if short else None)
                lost = sum(row["reason"] == "reachable" for row in short)
                self.assertEqual(found["rollups"][0]["shared"][utility]["lost_units"][case], lost)
            flips = {row["unit_id"] for row in rows if row["utility"] == utility and row["rank_flips"]}
            self.assertEqual(found["ranks"][utility]["flips"], len(flips))
        units = self.rows("units")
        needing = [unit for unit in units if (unit["new_zone_ha"] or 0) + (unit["remainder_ha"] or 0) > 0]
        needing.sort(key=lambda unit: (-unit["new_zone_ha"] - unit["remainder_ha"], unit["unit_id"]))
        self.assertEqual([unit["new_land_rank"] for unit in needing], list(range(1, len(needing) + 1)))
        self.assertEqual(found["ranks"]["land"]["flips"], sum(unit["new_land_rank_flips"] or 0 for unit in units))

    def write_zones_with_supply(self):
        """Z1 can spare power and lacks water; Z2, near D2, lacks power and has contracted plots."""
        power, water, in_use = {"field": "mw", "unit": "MW"}, {"field": "lps", "unit": "L/s"}, {"field": "used", "unit": "ha"}
        free = {"field": "free", "unit": "ha"}
        self.study.zones.fields.update(power=power, water=water, occupied_area=in_use, vacant_area=free)
        self.study.zones.attributes("Z1").update(mw=5, lps=1, used=8, free=2)
        place = {"county": "مشهد", "province": "خراسان رضوی", "kind": "industrial_zone", "status": "operating"}
        self.study.zones.features.append(
            (rectangle(59.25, 36.15, 59.255, 36.155),
             {"id": "Z2", "name": "ناحیه", "mw": 1, "lps": None, "used": 25, "free": None, **place}))
        plots = [
            (rectangle(59.2505, 36.1505, 59.2515, 36.1515), {"id": "P1", "zone": "Z2", "state": "contracted", "ha": 10}),
            (rectangle(59.2525, 36.1505, 59.2535, 36.1515), {"id": "P2", "zone": "Z2", "state": "vacant", "ha": 1.5}),
        ]
        fields = {"id": "id", "zone": "zone", "state": "state", "area": {"field": "ha", "unit": "ha"}}
        self.study.layers.append(Layer("plots", "plots.geojson", plots, fields))
        self.study.write()

    def test_zones_close_with_allocations_and_sources(self):
        self.write_zones_with_supply()
        self.assert_done(self.gap())
        zones = {zone["zone_id"]: zone for zone in self.rows("zones")}
        given_by_sources = {utility: 0 for utility in COLUMNS}
        for source in self.rows("sources"):
            if source["given"]:
                given_by_sources[source["utility"]] += round(source["given"] * STEPS[source["unit_of_amounts"]])
        for utility, ending in COLUMNS.items():
            rows = [row for row in self.rows("allocations") if row["utility"] == utility]
            unit = {"water": "L/s", "power": "MW", "gas": "m³/h"}[utility]

            def amount(zone, part):
                value = zone[f"{utility}_{part}_{ending}"]
                return None if value is None else round(value * STEPS[unit])

            def allocated(**wanted):
                return sum(round(row["amount"] * STEPS[unit]) for row in rows
                           if all(row[column] == value for column, value in wanted.items()))

            for name, zone in zones.items():
                for case, part in (("low", "given_low"), ("central", "given"), ("high", "given_high")):
                    self.assertEqual(amount(zone, part) or 0, allocated(source_zone_id=name, case=case))
                asked = amount(zone, "committed")
                if asked is None:
                    self.assertEqual(allocated(zone_id=name, unit_id=None), 0)
                    continue
                parts = sum(amount(zone, part) for part in ("allocated", "without_amount", "shortfall"))
                self.assertEqual((amount(zone, "deficit") or 0) + asked, parts, (name, utility))
                self.assertEqual(amount(zone, "allocated"), allocated(zone_id=name, unit_id=None, case="central"))
            given_by_zones = sum(amount(zone, "given") or 0 for zone in zones.values())
            self.assertEqual(given_by_sources[utility] + given_by_zones, allocated(case="central"))
        self.assertEqual((zones["Z1"]["power_surplus_mw"], zones["Z1"]["power_deficit_mw"]), (3, 0))  # 5 − 8 × 0.25
        self.assertEqual(zones["Z1"]["water_deficit_lps"], 2.2)  # 8 × 0.4 − 1
        self.assertEqual(zones["Z2"]["power_deficit_mw"], 2.75)  # (25 − 10 contracted) × 0.25 − 1
        self.assertEqual(zones["Z2"]["power_committed_mw"], 2.5)
        self.assertIsNone(zones["Z2"]["water_deficit_lps"])
        self.assertGreater(zones["Z1"]["power_given_mw"], 0)

    def test_land_of_zones_is_what_units_are_promised(self):
        self.write_zones_with_supply()
        self.assert_done(self.gap())
        zones = {zone["zone_id"]: zone for zone in self.rows("zones")}
        promised = sum(round(zone["promised_ha"] * 10000) for zone in zones.values())
        self.assertEqual(promised, sum(round((unit["credited_net_ha"] or 0) * 10000) for unit in self.rows("units")))
        self.assertEqual((zones["Z1"]["usable_land_ha"], zones["Z1"]["promised_ha"]), (2, 2))
        self.assertEqual((zones["Z2"]["usable_land_ha"], zones["Z2"]["promised_ha"]), (1.5, 1.5))
        self.assertEqual((zones["Z2"]["in_use_ha"], zones["Z2"]["committed_ha"]), (15, 10))
        self.assertEqual((zones["Z1"]["in_use_ha"], zones["Z1"]["committed_ha"]), (8, None))

    def test_a_unit_whose_land_another_gets_is_not_served(self):
        self.study.zones.attributes("Z1")["free"] = 6
        self.study.zones.fields["vacant_area"] = {"field": "free", "unit": "ha"}
        self.study.settlements.set_geometry("S3", point(59.01, 36.15))  # the centre of D2, 17 km from Z1
        self.study.write()
        columns = ("status", "reason", "land_taken_by", "credited_net_ha", "people_left_out_min")

        def found(*options):
            self.assert_done(self.gap("--overwrite", *options))
            return {unit["unit_id"]: tuple(unit[column] for column in columns) for unit in self.rows("units")}

        shared = found()  # D1 asks for 12 × 0.5 × 0.65 = 3.9 ha net, D2 for 15 × 0.5 × 0.65 = 4.875
        self.assertEqual(shared["D1"], ("served", None, None, 3.9, 0))
        self.assertEqual(shared["D2"][:4], ("zone_full", "land_taken_by_others", "D1 3.9 ha", 2.1))
        alone = found("--no-reuse")
        self.assertEqual(alone["D2"][:4], ("served", None, None, 0))
        self.assertEqual(alone["D2"][4], shared["D2"][4])

    def test_no_reuse_asks_for_new_land_only(self):
        self.study.zones.attributes("Z1")["free"] = 2
        self.study.zones.fields["vacant_area"] = {"field": "free", "unit": "ha"}
        self.study.write()
        self.assert_done(self.gap())
        promised = {unit["unit_id"]: unit["credited_net_ha"] for unit in self.rows("units")}
        self.assertEqual((promised["D1"], promised["D2"], promised["D3"]), (2, 0, None))
        self.assert_done(self.gap("--no-reuse", "--overwrite"))
        for unit in self.rows("units"):
            if unit["target_ha"] is not None:
                self.assertEqual((unit["credited_net_ha"], unit["new_zone_ha"]), (0, unit["target_ha"]))

    def test_sharing_is_one_of_two_words(self):
        self.study.tables["assess"]["sharing"] = "even"
        self.study.write_study_file()
        self.assert_done(self.gap())
        self.assertIn({"even"}, [{row["value"]} for row in self.rows("manifest") if row["key"] == "sharing"])
        self.study.tables["assess"]["sharing"] = "equal"
        self.study.write_study_file()
        self.assert_failed(self.gap("--overwrite"), "sharing", "equal", "most", "even")


if __name__ == "__main__":
    main()
