"""Study files that cannot be used: missing, not TOML, wrong keys, wrong words."""

from tool_case import ToolCase, main


class StudyFile(ToolCase):
    def test_small_study_passes(self):
        self.study.write()
        outcome = self.check()
        self.assert_done(outcome)
        self.assertEqual(outcome.stderr, "")
        self.assertIn("0 errors", outcome.stdout)

    def test_missing_study_names_the_path(self):
        path = self.inputs / "nowhere.toml"
        for name, *options in [("check",), ("gap", "-o", self.target)]:
            self.assert_failed(self.amayesh(name, path, *options), "nowhere.toml", "there is no such file")
        self.assert_nothing_written()

    def test_directory_instead_of_a_study(self):
        self.assert_failed(self.amayesh("check", self.inputs), "inputs", "a folder", "amayesh init")
        self.study.write()
        self.assert_failed(self.amayesh("check", self.inputs), "inputs", f"name the study, {self.study.path}")

    def test_wrong_key_names_file_line_and_nearest_key(self):
        self.study.write()
        text = self.study.text().replace('population = "people"', 'populaton = "people"', 1)
        line = next(i for i, x in enumerate(text.splitlines(), 1) if "populaton" in x)
        self.study.path.write_text(text, encoding="utf-8")
        for outcome in (self.check(), self.gap()):
            self.assertEqual(outcome.code, 1, outcome)
            self.assertIn(f"study.toml:{line}: ", outcome.stderr)
            self.assertIn("'populaton'", outcome.stderr)
            self.assertIn("did you mean 'population'?", outcome.stderr)
        self.assert_nothing_written()

    def test_wrong_key_as_json(self):
        self.study.settings["titel"] = "x"
        self.study.write_study_file()
        outcome = self.check("--json")
        self.assert_failed(outcome, '{"error":', "study.toml:3", "did you mean 'title'?")

    def test_wrong_words_of_the_study(self):
        for layer, key, value, nearest in [
            (self.study.power, "utility", "pwer", "power"),
            (self.study.power, "role", "distribuiton", "distribution"),
        ]:
            with self.subTest(key=key):
                right = layer.settings[key]
                layer.settings[key] = value
                self.study.write()
                outcome = self.check()
                self.assertEqual(outcome.code, 1, outcome)
                self.assertIn(f"cannot be '{value}'; did you mean '{nearest}'?", outcome.stderr)
                self.assertNotIn("maps no", outcome.stderr)
                layer.settings[key] = right

    def test_layer_given_twice_as_one(self):
        self.study.write()
        self.study.path.write_text(self.study.text() + '\n[layers.zones]\nsource = "x"\n', encoding="utf-8")
        self.assert_failed(self.check(), "study.toml:", "[[layers.zones]]")

    def test_wrong_crs_names_the_line(self):
        """A typing error, a code that is not there, a local grid, one that keeps no areas: wherever a CRS stands."""
        for place, key, text, words in (
            (self.study.settlements.settings, "crs", "ESPG:4326", "not a coordinate reference system"),
            (self.study.zones.settings, "crs", "EPSG:99999", "not a coordinate reference system that PROJ knows"),
            (self.study.tables.setdefault("output", {}), "crs", "UTM 40", "not a coordinate reference system"),
            (self.study.tables.setdefault("crs", {}), "working", "EPSG:4326", "not a projected one in metres"),
            (self.study.tables.setdefault("crs", {}), "working", "EPSG:3857", "neither distances nor areas"),
        ):
            with self.subTest(text=text):
                old = place.get(key)
                place[key] = text
                self.study.write()
                lines = self.study.text().splitlines()
                line = next(i for i, x in enumerate(lines, 1) if x == f'{key} = "{text}"')
                self.assert_failed(self.check(), f"study.toml:{line}: '{key}' in [", words)
                self.assert_failed(self.gap(), f"study.toml:{line}: ")
                place[key] = old
                if old is None:
                    del place[key]

    def test_unknown_unit_names_the_line_and_the_way_out(self):
        self.study.power.fields["capacity"] = {"field": "capacity", "unit": "kilowats"}
        self.study.write()
        self.assert_failed(self.check(), "study.toml:", "'kilowats'", "did you mean 'kW'?")

    def test_unit_of_another_dimension_is_refused(self):
        self.study.power.fields["capacity"] = {"field": "capacity", "unit": "L/s"}
        self.study.write()
        self.assert_failed(self.check(), "study.toml:", "capacity", "L/s")

    def test_text_that_is_not_toml(self):
        self.study.path.write_text('schema_version = "1"\ntitle = = 3\n', encoding="utf-8")
        self.assert_failed(self.check(), "study.toml:2")

    def test_text_that_is_not_utf8(self):
        self.study.write()
        self.study.path.write_bytes(self.study.text().encode("utf-8").replace("چهار".encode("utf-8"), b"\xc7\xe1"))
        self.assert_failed(self.check(), "study.toml:2", "utf-8")

    def test_tables_nested_without_end(self):
        self.study.path.write_text("a = " + "[" * 100_000, encoding="utf-8")
        self.assert_failed(self.check(), "study.toml:1")

    def test_field_that_the_data_has_not_names_the_fields_there_are(self):
        self.study.districts.fields["population"] = "poeple"
        self.study.write()
        self.assert_failed(self.check(), "districts.geojson", "'poeple'", "people")

    def test_standards_that_are_nowhere(self):
        self.study.tables["standards"]["files"] = ["iraan"]
        self.study.write()
        self.assert_failed(self.check(), "study.toml:", "'iraan'")


if __name__ == "__main__":
    main()
