"""Attributes that are wrong: ids, populations, words, units, joins. Unknown is never zero."""

from tool_case import ToolCase, main


class Populations(ToolCase):
    def population_of(self, district, given):
        """The population that the result has where the data has `given`."""
        self.study.districts.attributes(district)["people"] = given
        self.study.write()
        self.assert_done(self.gap("--overwrite"))
        return {unit["unit_id"]: unit for unit in self.rows("units")}[district]["population"]

    def assert_refused_value(self, given, kind):
        self.study.districts.attributes("D2")["people"] = given
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", kind, "districts.geojson", "D2", "people", given)
        self.assertEqual(self.gap().code, 1)
        self.assert_nothing_written()

    def test_negative_population_is_an_error(self):
        self.assert_refused_value(-12000, "value_negative")

    def test_text_for_a_population_is_an_error(self):
        self.assert_refused_value("پانزده هزار", "value_not_a_number")

    def test_population_that_is_not_finite_is_an_error(self):
        for text in ("1e999", "NaN", "inf"):
            with self.subTest(text=text):
                self.study.districts.attributes("D2")["people"] = text
                self.study.write()
                outcome = self.check("--json")
                self.assertEqual(outcome.code, 1, outcome)
                self.assertTrue(any(f["severity"] == "error" and f["feature"] == "D2" for f in outcome.json()["problems"]))

    def test_numbers_as_people_write_them(self):
        for given in ("15000", "۱۵۰۰۰", "١٥٠٠٠", "15,000", "۱۵٬۰۰۰", " 15000 "):
            with self.subTest(given=given):
                self.assertEqual(self.population_of("D2", given), 15000)

    def test_marks_for_no_figure_are_unknown_and_never_zero(self):
        self.study.settlements.attributes("S3")["people"] = None
        for given in ("", "-", "…", "*", "نامشخص"):
            with self.subTest(given=given):
                self.assertIsNone(self.population_of("D2", given))
                unit = {unit["unit_id"]: unit for unit in self.rows("units")}["D2"]
                self.assertEqual(unit["status"], "population_unknown")

    def test_population_that_disagrees_with_the_settlements_is_reported(self):
        self.study.districts.attributes("D2")["people"] = 25000  # S3 and S4 have 15,000
        self.study.write()
        self.assert_finding(self.findings(), "warning", "population_disagrees", "D2")


class Ids(ToolCase):
    def test_duplicate_ids_of_units_are_an_error(self):
        self.study.districts.attributes("D3")["id"] = "D1"
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "id_duplicate", "D1", "تبادکان", "ارداک")
        self.assertEqual(self.gap().code, 1)
        self.assert_nothing_written()

    def test_duplicate_ids_of_others_are_listed(self):
        self.study.settlements.attributes("S2")["id"] = "S1"
        self.study.write()
        self.assert_done(self.check())
        self.assert_finding(self.findings(), "warning", "id_duplicate", "S1")

    def test_unit_without_id_is_an_error(self):
        self.study.districts.attributes("D3")["id"] = None
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "id_missing")

    def test_codes_keep_their_leading_zeros(self):
        self.study.districts.attributes("D3")["id"] = "0907"
        self.study.write()
        self.assert_done(self.gap())
        self.assertIn("0907", {unit["unit_id"] for unit in self.rows("units")})

    def test_code_of_no_district_is_an_error(self):
        for _, attributes in self.study.settlements.features:
            attributes["dehestan"] = "D1"
        self.study.settlements.attributes("S4")["dehestan"] = "D9"
        self.study.settlements.fields["rural_district"] = "dehestan"
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "code_unmatched", "S4", "D9")


class Words(ToolCase):
    def test_unknown_utility_of_a_source_is_an_error(self):
        self.study.networks.attributes("G1")["utility"] = "steam"
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_accounted(outcome.json()["inputs"])
        self.assert_finding(outcome.json()["problems"], "error", "value_missing", "G1", "utility", "water", "skipped")
        self.assert_finding(outcome.json()["problems"], "warning", "value_unknown_word", "G1", "steam")

    def test_persian_words_are_known(self):
        self.study.networks.attributes("G1")["utility"] = "گاز"
        self.study.write()
        self.assert_done(self.check("--strict"))

    def test_unknown_status_of_a_zone_serves_nobody(self):
        self.study.zones.attributes("Z1")["status"] = "نمی‌دانیم"
        self.study.write()
        self.assert_finding(self.findings(), "warning", "value_unknown_word", "Z1", "نمی‌دانیم")
        self.assert_done(self.gap())
        self.assertNotIn("served", {unit["status"] for unit in self.rows("units")})


class Units(ToolCase):
    def test_kilowatts_in_a_megawatt_field_are_implausible(self):
        self.study.power.fields["capacity"] = {"field": "capacity", "unit": "MW"}  # the data has 30000
        self.study.power.fields["in_use"] = {"field": "in_use", "unit": "MW", "season": "summer"}
        self.study.write()
        self.assert_finding(self.findings(), "warning", "value_implausible", "P1", "capacity", "30000 MW")

    def test_megawatts_in_a_water_field_are_implausible(self):
        self.study.networks.attributes("W1")["capacity"] = 588_000_000
        for code in ("G1", "T1"):
            self.study.networks.attributes(code)["capacity"] = None
        self.study.networks.fields["capacity"] = {"field": "capacity", "unit": "L/s"}
        self.study.networks.features = self.study.networks.features[:1]
        del self.study.networks.fields["utility"]
        self.study.networks.settings["utility"] = "water"
        self.study.write()
        self.assert_finding(self.findings(), "warning", "value_implausible", "W1", "capacity")

    def test_mixed_units_in_one_field_are_an_error(self):
        self.study.power.attributes("P1")["capacity"] = "30 MW"
        self.study.power.attributes("P2")["capacity"] = "10000 kW"
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assertTrue(any(f["severity"] == "error" and f["feature"] in ("P1", "P2") for f in outcome.json()["problems"]))

    def test_negative_capacity_is_an_error(self):
        self.study.power.attributes("P1")["capacity"] = -30000
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "value_negative", "P1", "capacity", "-30000")

    def test_unknown_capacity_is_not_zero(self):
        for code in ("P1", "P2"):
            self.study.power.attributes(code)["capacity"] = None
        self.study.write()
        self.assert_done(self.gap())
        unit = {unit["unit_id"]: unit for unit in self.rows("units")}["D2"]
        self.assertIsNone(unit["reachable_power_mw"])

    def test_source_in_use_beyond_its_capacity_is_reported(self):
        self.study.power.attributes("P1")["in_use"] = 45000
        self.study.write()
        self.assert_finding(self.findings(), "warning", "source_over_committed", "P1")


class Joins(ToolCase):
    """The population of the districts comes from a table, by name within the county."""

    def setUp(self):
        super().setUp()
        self.study.districts.fields.pop("population")
        self.join = {
            "source": "census.csv",
            "on": [{"field": "name", "table_field": "dehestan", "by": "name"}],
            "take": {"population": "jamiat"},
        }
        self.study.districts.settings["joins"] = [self.join]

    def write_census(self, rows):
        self.study.write()
        text = "dehestan,jamiat\n" + "".join(f"{name},{people}\n" for name, people in rows)
        (self.inputs / "census.csv").write_text(text, encoding="utf-8")

    def populations(self):
        self.assert_done(self.gap())
        return {unit["unit_id"]: unit["population"] for unit in self.rows("units")}

    def test_names_match_however_they_are_typed(self):
        # Arabic yeh and kaf, a joiner, a tatweel, vowel marks, double spaces: the result keeps the district's spelling.
        self.write_census([("تباد\u0643ان", 12000), ("شانـــديز", 15000), ("اَرداک", 8000), ("  گلم\u200cکان ", 700)])
        self.assertEqual(self.populations(), {"D1": 12000, "D2": 15000, "D3": 8000, "D4": 700})
        self.assertEqual(self.rows("units")[1]["name"], "شاندیز")
        found = self.check("--json").json()
        self.assertEqual(found["inputs"]["joins"][0]["matched_after_folding"], 4)
        self.assert_finding(found["problems"], "note", "name_folded", "D2", "شانـــديز")

    def test_name_that_matches_nothing_is_reported_and_unknown(self):
        self.write_census([("تبادکان", 12000), ("شاندیز", 15000), ("اردک", 8000)])
        self.assert_finding(self.findings(), "warning", "name_unmatched", "D3", "ارداک")
        self.assertIsNone(self.populations()["D4"])

    def test_name_that_matches_two_rows_takes_neither(self):
        self.write_census([("تبادکان", 12000), ("تبادکان", 9), ("شاندیز", 15000)])
        self.assert_finding(self.findings(), "warning", "name_ambiguous", "D1")

    def test_required_join_that_matches_nothing_fails(self):
        self.join["required"] = True
        self.write_census([("فردوس", 1)])
        self.assertEqual(self.check().code, 1)
        self.assertEqual(self.gap().code, 1)
        self.assert_nothing_written()

    def test_selection_that_keeps_nothing_is_an_error(self):
        self.study.districts.settings["where"] = {"field": "county", "in": ["تهران"]}
        self.write_census([("تبادکان", 12000)])
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "selection_empty", "county", "none of the 4 rows")
        self.assertEqual(self.gap().code, 1)
        self.assert_nothing_written()

    def test_lost_leading_zeros_are_named_with_the_way_out(self):
        codes = {"D1": "0901", "D2": "0902", "D3": "0903", "D4": "0904"}
        for _, attributes in self.study.districts.features:
            attributes["id"] = codes[attributes["id"]]
        self.join["on"] = [{"field": "id", "table_field": "dehestan"}]
        self.write_census([("901", 12000), ("902", 15000), ("903", 8000), ("904", 1)])
        self.assert_finding(self.findings(), "warning", "id_leading_zero_lost", "pad_to = 4")
        self.join["on"][0]["pad_to"] = 4
        self.write_census([("901", 12000), ("902", 15000), ("903", 8000), ("904", 1)])
        self.assertEqual(self.populations()["0902"], 15000)


class EmptyLayers(ToolCase):
    NOTHING = '{"type":"FeatureCollection","features":[]}'

    def test_layers_that_may_be_empty(self):
        """A province without zones; a network that is not there: no fields are missed in a GeoJSON of nothing."""
        for layer in (self.study.zones, self.study.power, self.study.networks):
            with self.subTest(file=layer.file):
                self.study.write()
                (self.inputs / layer.file).write_text(self.NOTHING)
                self.assert_finding(self.findings(), "warning", "layer_empty", layer.file, "no features")
                self.assert_done(self.gap("--overwrite"))
                self.assertEqual(len(self.rows("units")), 4)

    def test_no_settlements(self):
        self.study.write()
        header = (self.inputs / "settlements.csv").read_text(encoding="utf-8").splitlines()[0]
        (self.inputs / "settlements.csv").write_text(header + "\n", encoding="utf-8")
        self.assert_finding(self.findings(), "warning", "layer_empty", "settlements.csv")
        self.assert_done(self.gap())

    def test_layer_without_rows_whose_fields_exist(self):
        """The fields of the study must be among them."""
        from osgeo import ogr

        for file in ("zones.gpkg", "zones.shp"):
            with self.subTest(file=file):
                self.study.zones.file = file
                self.study.zones.fields["status"] = "status"
                self.study.write()
                source = ogr.Open(str(self.inputs / file), 1)
                layer = source.GetLayer(0)
                layer.DeleteFeature(layer.GetNextFeature().GetFID())
                if file.endswith(".shp"):
                    source.ExecuteSQL("REPACK zones")
                del layer, source
                self.assert_finding(self.findings(), "warning", "layer_empty", file)
                self.study.zones.fields["status"] = "sttus"
                self.study.write_study_file()
                self.assert_failed(self.check(), file, "no field 'sttus'", "status")

    def test_layer_that_is_assessed_may_not_be_empty(self):
        for unit, layer, text in (("rural_district", self.study.districts, self.NOTHING),
                                  ("settlement", self.study.settlements, "id,name,kind,people,lon,lat\n")):
            with self.subTest(unit=unit):
                self.study.tables["assess"]["unit"] = unit
                self.study.write()
                (self.inputs / layer.file).write_text(text)
                self.assert_finding(self.findings(), "error", "layer_empty", layer.file, "the layer is empty")
                self.assertEqual(self.gap().code, 1)
                self.assert_nothing_written()


class QueryText(ToolCase):
    """Names and filter values that would be a query, were one built of them."""

    def test_names_of_fields_and_layers_are_only_names(self):
        name = "people\" FROM units; DROP TABLE districts; --'"
        self.study.districts.file = "districts.gpkg"
        for _, attributes in self.study.districts.features:
            attributes[name] = attributes.pop("people")
        self.study.districts.fields["population"] = name
        self.study.write()
        self.assert_done(self.gap())
        self.assertEqual(self.rows("units")[1]["population"], 15000)

    def test_filter_values_are_only_values(self):
        self.study.districts.settings["where"] = {"field": "county", "not_in": ["x' OR '1'='1"]}
        self.study.write()
        self.assert_done(self.gap())
        self.assertEqual(len(self.rows("units")), 4)

    def test_unknown_layer_is_refused_by_name(self):
        self.study.districts.file = "districts.gpkg"
        self.study.districts.settings["layer"] = "districts; DROP TABLE districts"
        self.study.write()
        self.assert_failed(self.check(), "districts.gpkg", "DROP TABLE", "districts")


if __name__ == "__main__":
    main()
