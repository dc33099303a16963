"""amayesh diff: what differs between two results, by how much and why."""

import shutil
import sqlite3

from small_study import rectangle
from tool_case import ToolCase, main


class Diff(ToolCase):
    def setUp(self):
        super().setUp()
        self.first = self.outputs / "a.gpkg"
        self.second = self.outputs / "b.gpkg"

    def result(self, target, *options):
        self.study.write()
        self.assert_done(self.amayesh("gap", self.study.path, "-o", target, *options))

    def compare(self):
        outcome = self.amayesh("diff", self.first, self.second, "--json")
        self.assert_done(outcome)
        return outcome.json()

    def change(self, change, *options):
        """What `change` makes of the study's result."""
        self.result(self.first)
        change()
        self.result(self.second, *options)
        return self.compare()

    def values(self, difference, unit):
        found = next(u for u in difference["units"] if u["unit_id"] == unit)
        return {v["column"]: v for v in found["values"] if v["layer"] == "units"}

    def edit(self, path, statement, values=()):
        """Changes a table, aside of the spatial index's triggers, which ask for functions that are GDAL's own."""
        with sqlite3.connect(path) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f'DROP TRIGGER "{name}"')
            database.execute(statement, values)
        database.close()

    # ---- nothing differs

    def test_a_result_against_itself_is_empty(self):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        difference = self.compare()
        self.assertEqual((difference["units"], difference["manifest"]), ([], []))
        text = self.amayesh("diff", self.first, self.first)
        self.assert_done(text)
        self.assertIn("0 changed, 0 only in A, 0 only in B", text.stdout)

    def test_another_title_is_no_cause_and_no_change(self):
        difference = self.change(lambda: self.study.settings.update(title="نام دیگر"))
        self.assertEqual(difference["units"], [])
        self.assertEqual([(m["key"], m["cause"]) for m in difference["manifest"]], [("title", None)])

    # ---- one thing differs

    def test_a_population_is_data(self):
        difference = self.change(lambda: self.study.districts.attributes("D2").update(people=20000))
        self.assertEqual({m["cause"] for m in difference["manifest"]}, {"data"})
        values = self.values(difference, "D2")
        self.assertEqual((values["population"]["before"], values["population"]["after"]), (15000, 20000))
        self.assertEqual(values["population"]["difference"], 5000)
        # 0.5 ha per 1,000 people
        self.assertEqual(values["target_ha"]["difference"], (20 - 15) * 0.5)
        self.assertEqual(values["target_ha"]["unit"], "ha")
        for value in values.values():
            self.assertEqual(value["why"]["text"], "data", value)

    def test_a_coefficient_is_standard(self):
        def change():
            own = {"low": 0.25, "central": 0.6, "high": 0.75}
            self.study.tables["standards"]["values"] = {"land.target_per_1000": own}

        difference = self.change(change)
        self.assertEqual([(m["key"], m["cause"]) for m in difference["manifest"]], [("land.target_per_1000", "standard")])
        values = self.values(difference, "D2")
        # 15,000 people
        self.assertEqual(values["target_ha"]["difference"], 15 * 0.6 - 15 * 0.5)
        self.assertEqual({v["why"]["text"] for v in values.values()}, {"standard"})
        self.assertNotIn("population", values)

    def test_what_no_difference_explains_is_not_explained(self):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        self.edit(self.second, "UPDATE manifest SET value = '30' || substr(value, 3) WHERE key = 'reach.power'")
        self.edit(self.second, "UPDATE units SET reachable_power_mw = 1, target_ha = 7 WHERE unit_id = 'D1'")
        values = self.values(self.compare(), "D1")
        self.assertEqual(values["reachable_power_mw"]["why"]["certain"], ["standard"])
        # no target follows from a reach
        self.assertEqual(values["target_ha"]["why"]["text"], "not told by the manifests")

    def test_a_zone_elsewhere_is_data_of_zones(self):
        shape = rectangle(58.83, 36.17, 58.836, 36.174)
        difference = self.change(lambda: self.study.zones.set_geometry("Z1", shape))
        self.assertEqual([m["key"].split(":")[0] for m in difference["manifest"]], ["zones"])
        values = self.values(difference, "D1")
        self.assertEqual(values["nearest_zone_km"]["why"]["text"], "data")
        self.assertGreater(values["nearest_zone_km"]["after"], values["nearest_zone_km"]["before"])
        self.assertNotIn("population", values)

    def test_a_capacity_is_data_of_sources(self):
        difference = self.change(lambda: self.study.power.attributes("P1").update(capacity=31000))
        value = self.values(difference, "D1")["reachable_power_mw"]
        self.assertEqual((value["difference"], value["unit"], value["why"]["text"]), (1, "MW", "data"))

    def test_a_threshold_is_method(self):
        difference = self.change(lambda: None, "--over", "13000")
        values = self.values(difference, "D1")
        self.assertEqual((values["threshold"]["before"], values["threshold"]["after"]), ("over", "not_over"))
        self.assertEqual({v["why"]["text"] for v in values.values()}, {"method"})

    # ---- several differ

    def test_what_cannot_be_told_is_said_so(self):
        def change():
            self.study.districts.attributes("D2")["people"] = 20000

        difference = self.change(change, "--over", "13000")
        values = self.values(difference, "D1")  # its own people are the same
        self.assertEqual(values["threshold"]["why"]["text"], "data or method")
        values = self.values(difference, "D2")
        # a count of people does not follow from the threshold
        self.assertEqual(values["population"]["why"]["text"], "data")
        self.assertEqual(values["target_ha"]["why"]["text"], "data or method")
        unit = next(u for u in difference["units"] if u["unit_id"] == "D2")
        self.assertEqual(unit["why"]["text"], "data, perhaps method")

    # ---- folders of runs

    def test_folders_of_runs_are_compared_by_what_gap_found(self):
        folders = [self.outputs / name for name in ("before", "after")]
        self.study.tables["run"] = {"outputs": ["gap"]}
        for folder, people in zip(folders, (15000, 20000)):
            self.study.districts.attributes("D2")["people"] = people
            self.study.write()
            self.assert_done(self.amayesh("run", self.study.path, "-o", folder))
        self.first, self.second = folders
        difference = self.compare()
        self.first, self.second = (folder / "gap.gpkg" for folder in folders)
        self.assertEqual(self.compare()["units"], difference["units"])
        self.assertEqual(self.values(difference, "D2")["population"]["difference"], 5000)
        inside = self.amayesh("diff", *folders, "-o", folders[1] / "gap.gpkg", "--overwrite")
        self.assert_failed(inside, "gap.gpkg", "it is an input")

    def test_folders_where_zones_are_reached_in_minutes_are_compared_too(self):
        self.study.tables["assess"]["reach"] = "surface"
        self.study.tables["run"] = {"outputs": ["gap", "reach"]}
        folders = [self.outputs / name for name in ("before", "after")]
        for folder, limit in zip(folders, (30, 1)):
            self.study.tables["reach"] = {"limit_min": limit, "cell_m": 500, "margin_km": 5}
            self.study.write()
            self.assert_done(self.amayesh("run", self.study.path, "-o", folder))
        self.first, self.second = folders
        (limit,) = [m for m in self.compare()["manifest"] if m["key"] == "limit_min"]
        self.assertEqual((limit["section"], limit["before"], limit["after"], limit["cause"]), ("reach", "30", "1", "method"))

    def test_folder_without_a_result_of_gap(self):
        self.study.tables["run"] = {"outputs": ["report"]}
        self.study.write()
        folder = self.outputs / "page"
        self.assert_done(self.amayesh("run", self.study.path, "-o", folder))
        self.assert_failed(self.amayesh("diff", folder, folder), folder, "without gap.gpkg", "outputs")

    # ---- units of one result alone

    def test_units_of_one_result_alone_are_told(self):
        def change():
            features = self.study.districts.features
            shape, attributes = features.pop(2)
            features.append((shape, {**attributes, "id": "D9"}))

        difference = self.change(change)
        found = {u["unit_id"]: u["change"] for u in difference["units"] if u["change"] != "changed"}
        self.assertEqual(found, {"D3": "only_in_a", "D9": "only_in_b"})
        self.assertEqual((difference["only_in_a"], difference["only_in_b"]), (1, 1))
        text = self.amayesh("diff", self.first, self.second).stdout
        self.assertIn("1 only in A, 1 only in B", text)

    # ---- layers

    def test_layers_have_the_units_with_the_second_geometry(self):
        self.change(lambda: self.study.districts.attributes("D2").update(people=20000))
        self.assert_done(self.amayesh("diff", self.first, self.second, "-o", self.target))
        units = self.rows("changed_units")
        d2 = next(u for u in units if u["unit_id"] == "D2")
        of_second = next(u for u in self.rows("units", self.second) if u["unit_id"] == "D2")
        self.assertEqual(d2["geom"], of_second["geom"])
        self.assertEqual((d2["change"], d2["why"], d2["by_data"], d2["maybe_data"]), ("changed", "data", 1, 0))
        value = next(v for v in self.rows("changed_values") if (v["unit_id"], v["column"]) == ("D2", "population"))
        self.assertEqual((value["before"], value["after"], value["difference"]), ("15000", "20000", 5000))

    def test_layers_are_styled_in_both_languages(self):
        self.change(lambda: self.study.districts.attributes("D2").update(people=20000))
        self.assert_done(self.amayesh("diff", self.first, self.second, "-o", self.target))
        with sqlite3.connect(self.target) as database:
            styles = database.execute("SELECT styleName, styleQML FROM layer_styles WHERE f_table_name = 'changed_units'").fetchall()
        database.close()
        self.assertEqual({name for name, _ in styles}, {"Why it differs", "علت تفاوت"})
        for _, qml in styles:  # districts are filled, not marked at their centre
            self.assertIn('class="SimpleFill"', qml)
            self.assertNotIn('class="CentroidFill"', qml)

    def test_what_is_unknown_has_no_unit(self):
        self.edit_population_of_second(None)
        text = self.amayesh("diff", self.first, self.second).stdout
        self.assertIn("population 15000 people → unknown ", text)

    def test_what_is_not_there_is_not_called_unknown(self):
        self.change(lambda: self.study.zones.attributes("Z1").update(status="closed"))
        text = self.amayesh("diff", self.first, self.second).stdout
        self.assertIn("nearest_zone_id Z1 → no value", text)
        self.assertNotIn("→ unknown", text)

    def test_names_turn_no_direction_of_the_terminal(self):
        self.change(lambda: self.study.districts.attributes("D2").update(name="a\u202eb\u2067c"))
        text = self.amayesh("diff", self.first, self.second).stdout
        self.assertIn("a?b?c", text)
        self.assertNotIn("\u202e", text)

    def edit_population_of_second(self, people):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        self.edit(self.second, "UPDATE units SET population = ? WHERE unit_id = 'D2'", [people])

    def test_an_existing_output_and_an_input_stay(self):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        self.assert_failed(self.amayesh("diff", self.first, self.second, "-o", self.second), "b.gpkg")
        self.assert_failed(self.amayesh("diff", self.first, self.second, "-o", self.second, "--overwrite"), "b.gpkg")
        self.assertEqual(self.first.read_bytes(), self.second.read_bytes())

    # ---- hostile names

    def test_hostile_names_are_text(self):
        name = "=1+1\x1b[31m<script>'\";DROP TABLE units;--\nx"
        self.study.districts.attributes("D2")["name"] = name
        difference = self.change(lambda: self.study.districts.attributes("D2").update(people=20000))
        self.assertEqual(next(u for u in difference["units"] if u["unit_id"] == "D2")["name"], name)
        text = self.amayesh("diff", self.first, self.second, "-o", self.target).stdout
        self.assertNotIn("\x1b", text)
        self.assertEqual(next(u for u in self.rows("changed_units") if u["unit_id"] == "D2")["name"], name)

    # ---- what cannot be compared

    def test_what_is_no_result_fails(self):
        self.result(self.first)
        self.assert_failed(self.amayesh("diff", self.first, self.outputs / "none.gpkg"), "none.gpkg")
        self.assert_failed(self.amayesh("diff", self.first, self.inputs / "zones.geojson"), "zones.geojson", "amayesh gap")
        self.assert_failed(self.amayesh("diff", self.study.path, self.first), "study.toml")

    def test_another_major_version_fails(self):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        self.edit(self.second, "UPDATE manifest SET value = '2.0' WHERE key = 'schema'")
        self.assert_failed(self.amayesh("diff", self.first, self.second), "b.gpkg", "2.0", "again")

    def test_another_minor_version_is_compared_and_told(self):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        self.edit(self.first, "UPDATE manifest SET value = '1.0' WHERE key = 'schema'")
        difference = self.compare()
        self.assertEqual(difference["units"], [])
        (version,) = difference["manifest"]
        self.assertEqual((version["key"], version["before"], version["cause"]), ("schema", "1.0", "method"))

    def test_other_kinds_of_units_fail(self):
        self.result(self.first)
        self.result(self.second, "--unit", "settlement")
        outcome = self.amayesh("diff", self.first, self.second)
        self.assert_failed(outcome, "a.gpkg", "b.gpkg", "rural_district", "settlement", "--unit")

    def test_an_id_that_is_there_twice_fails(self):
        self.result(self.first)
        shutil.copy(self.first, self.second)
        self.edit(self.second, "UPDATE units SET unit_id = ? WHERE unit_id = 'D2'", ("D1",))
        self.assert_failed(self.amayesh("diff", self.first, self.second), "b.gpkg", "D1", "again")


if __name__ == "__main__":
    main()
