"""Land and headroom that are shared: what `amayesh gap` writes closes to the last step, and the options do what they say."""

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
