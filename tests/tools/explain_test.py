"""`amayesh explain`: what a cell follows from, for a person and for a program, and what happens to a wrong question.

That every cell can be computed again from its explanation is shown on the sample, by tests/sample/explain_recompute.py.
"""

import os
import pathlib
import re

from tool_case import ToolCase, main

PAGE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "docs" / "explain.md"


class Explain(ToolCase):
    def setUp(self):
        super().setUp()
        self.study.write()

    def explain(self, *arguments, **how):
        return self.amayesh("explain", self.study.path, *arguments, **how)

    def cells(self, explanation):
        return {
            (v["layer"], v.get("utility"), v.get("case"), v["column"]): v for v in explanation["values"]
        }

    def test_a_target_names_people_coefficients_and_their_source(self):
        explanation = self.explain("D1", "--json").json()
        target = self.cells(explanation)["units", None, None, "target_ha"]
        self.assertEqual((target["value"], target["unit"], target["rule"]), (6.0, "ha", "target_area"))
        inputs = target["inputs"]
        self.assertEqual((inputs["population"]["value"], inputs["population"]["cell"]), (12000, "units.population"))
        self.assertEqual(inputs["ha_per_1000_people"]["coefficient"], "land.target_per_1000, central")
        self.assertIn(inputs["ha_per_1000_people"]["value"], (0.5,))
        coefficient = explanation["coefficients"]["land.target_per_1000"]
        self.assertEqual(coefficient["confidence"], "D")
        self.assertIn("wn assumption", coefficient["source"])
        self.assertIn("clamp", explanation["rules"]["target_area"])

    def test_a_population_names_file_field_row_and_text(self):
        population = self.cells(self.explain("D1", "--json").json())["units", None, None, "population"]
        field = population["inputs"]["population"]["field"]
        self.assertEqual((field["field"], field["text"]), ("people", "12000"))
        self.assertTrue(field["file"].endswith(("districts.geojson", "rural_districts.geojson")), field)
        self.assertIn("row", field)

    def test_text_is_for_people_and_shows_one_column_on_request(self):
        outcome = self.explain("D1", "--column", "target_ha", "--quiet")
        self.assert_done(outcome)
        self.assertEqual(outcome.stderr, "")
        lines = outcome.stdout.splitlines()
        self.assertTrue(lines[0].startswith("unit D1 "), lines)
        self.assertIn("target_ha = 6 ha", lines)
        self.assertTrue(any("0.5 ha/1000 people (standards: land.target_per_1000, central)" in line for line in lines))
        self.assertNotIn("population =", outcome.stdout)

    def test_every_column_of_the_four_layers_follows_from_a_rule(self):
        schema = {layer["name"]: layer for layer in self.amayesh("schema", "--json").json()["layers"]}
        asked = {"D1": ("units", "unit_utilities"), "Z1": ("zones",), self.a_source(): ("sources",)}
        for id_, layers in asked.items():
            explanation = self.explain(id_, "--json").json()
            self.assertEqual(
                {(v["layer"], v["column"]) for v in explanation["values"]},
                {(layer, column["name"]) for layer in layers for column in schema[layer]["columns"]},
            )
            for value in explanation["values"]:
                self.assertTrue(explanation["rules"].get(value["rule"]), value)

    def a_source(self):
        self.assert_done(self.gap("--overwrite"))
        return self.rows("sources")[0]["source_id"]

    def test_page_tells_of_every_rule(self):
        page = PAGE.read_text(encoding="utf-8")
        rules = {}
        for id_ in ("D1", "D2", "D3", "D4", "Z1", self.a_source()):
            rules.update(self.explain(id_, "--json").json()["rules"])
        told = set(re.findall(r"^\| `(\w+)` \|", page, re.M))
        self.assertLessEqual(set(rules), told, "add them to docs/explain.md")
        for rule, text in rules.items():
            self.assertIn(text, page, f"docs/explain.md says something else of {rule}")

    def test_settlements_as_units(self):
        explanation = self.explain("S3", "--unit", "settlement", "--json").json()
        population = self.cells(explanation)["units", None, None, "population"]
        self.assertEqual(population["value"], 11000)
        self.assertEqual(population["inputs"]["population"]["field"]["text"], "11000")

    def test_options_of_gap_hold(self):
        threshold = self.cells(self.explain("D1", "--over", "12000", "--json").json())["units", None, None, "threshold"]
        self.assertEqual((threshold["value"], threshold["inputs"]["over"]["value"]), ("not_over", 12000))

    # ---- wrong questions

    def test_unknown_id_names_the_nearest(self):
        self.assert_failed(self.explain("D11"), "no unit, zone or source has the id 'D11'", "the nearest is 'D1'")

    def test_unknown_column(self):
        self.assert_failed(self.explain("D1", "--column", "populaton"), "no column 'populaton'", "amayesh schema")

    def test_an_id_that_two_have_needs_its_kind(self):
        self.study.zones.attributes("Z1")["id"] = "D1"
        self.study.write()
        self.assert_failed(self.explain("D1"), "'D1' is the id of unit, zone", "--kind")
        explanation = self.explain("D1", "--kind", "zone", "--json").json()
        self.assertEqual((explanation["kind"], explanation["id"]), ("zone", "D1"))

    def test_errors_in_the_input(self):
        self.study.districts.attributes("D1")["people"] = -5
        self.study.write()
        self.assert_failed(self.explain("D1"), "errors in the input", "amayesh check")

    def test_what_was_not_assessed_is_told_apart_from_what_is_not_there(self):
        self.assert_failed(self.explain("D1", "--within", "D2"), "'D1' was not assessed", "--within")

    def test_persian_digits_may_stand_for_others(self):
        self.assertEqual(self.explain("D۱", "--json", "--quiet").json()["id"], "D1")

    def test_empty_id_and_a_utility_of_a_zone(self):
        self.assert_failed(self.explain(""), "the id is empty")
        self.assert_failed(self.explain("Z1", "--kind", "zone", "--utility", "power"), "leave --utility out")

    def test_warnings_are_told_and_are_failures_when_asked(self):
        self.study.districts.attributes("D1")["people"] = 99999  # its settlements have 12,000
        self.study.write()
        self.assertIn("1 warnings about the input", self.explain("D1", "--column", "status").stderr)
        self.assertEqual(self.explain("D1", "--column", "status", "--quiet").stderr, "")
        self.assert_failed(self.explain("D1", "--strict", "--quiet"), "warnings about the input")

    def test_one_column_as_json(self):
        values = self.explain("D1", "--column", "target_ha", "--json").json()["values"]
        self.assertEqual([value["column"] for value in values], ["target_ha"])

    def test_missing_study_and_id(self):
        self.assert_failed(self.amayesh("explain", self.inputs / "none.toml", "D1"), "none.toml")
        self.assert_misused(self.explain(), "id is required")

    def test_hostile_names_stay_text(self):
        self.study.districts.attributes("D1")["name"] = "<b>\u001b[31m\u202eb"
        self.study.write()
        outcome = self.explain("D1", "--column", "name")
        self.assert_done(outcome)
        self.assertNotIn("\u001b", outcome.stdout)
        self.assertEqual(self.explain("D1", "--json").json()["name"], "<b>\u001b[31m\u202eb")


if __name__ == "__main__":
    main()
