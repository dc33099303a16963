"""Where `amayesh explain` says that a value stands, it does: the file is opened and the row looked up."""

import csv
import json

from small_study import Layer, point
from tool_case import ToolCase, main


class Origins(ToolCase):
    def field(self, id_, column, *options):
        """What is said of the one field that a column of the feature comes from."""
        self.study.write_study_file()
        explanation = self.amayesh("explain", self.study.path, id_, "--json", "--quiet", *options).json()
        value = next(v for v in explanation["values"] if v["column"] == column and v.get("case", "central") == "central")
        (field,) = (taken["field"] for taken in value["inputs"].values() if "field" in taken)
        return value["value"], field

    def cell(self, field):
        """What stands there, by the file, row and field that are named; rows as GDAL numbers them."""
        path = self.inputs / field["file"]
        rows = [int(row) for row in field["row"].split(", ")]
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as lines:
                table = {number: row for number, row in enumerate(csv.DictReader(lines), 1)}
        else:
            features = json.loads(path.read_text(encoding="utf-8"))["features"]
            table = {number: feature["properties"] for number, feature in enumerate(features)}
        return [tuple(str(table[row][name]) for name in field["field"].split(" + ")) for row in rows]

    def join(self, rows, take, **how):
        (self.inputs / "census.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        join = {"source": "census.csv", "on": {"field": "id", "table_field": "code"}, "take": take, **how}
        self.study.districts.settings["joins"] = [join]
        del self.study.districts.fields["population"]

    def test_field_of_the_layer_itself(self):
        self.study.write()
        value, field = self.field("D2", "population")
        self.assertEqual((value, self.cell(field)), (15000, [("15000",)]))

    def test_row_of_a_joined_table_is_its_own(self):
        self.join(["code,people", "D4,500", "D2,15000", "D1,12000", "D3,8000"], {"population": "people"})
        self.study.write()
        value, field = self.field("D1", "population")
        self.assertEqual((value, field["file"], field["row"]), (12000, "census.csv", "3"))
        self.assertEqual(self.cell(field), [("12000",)])
        self.assertNotIn("sum_of_rows", field)

    def test_all_rows_of_a_sum_are_named(self):
        rows = ["code,men,women", "D4,1,2", "D1,4000,3000", "D3,4000,4000", "D2,15000,0", "D1,2500,2500"]
        self.join(rows, {"population": {"sum": ["men", "women"]}}, several="sum")
        self.study.write()
        value, field = self.field("D1", "population")
        self.assertEqual((value, field["row"], field["sum_of_rows"]), (12000, "2, 5", True))
        self.assertEqual(sum(int(text) for row in self.cell(field) for text in row), 12000)
        self.assertNotIn("sum_of_rows", self.field("D3", "population")[1])

    def test_fields_that_stand_in(self):
        for _, attributes in self.study.districts.features:
            attributes.update(name="", other=f"جایگزین {attributes['id']}")
        self.study.districts.fields["name"] = {"field": "name", "otherwise": ["other"]}
        self.study.write()
        value, field = self.field("D1", "name")
        self.assertEqual((value, field["field"], self.cell(field)), ("جایگزین D1", "other", [("جایگزین D1",)]))

    def test_one_id_in_two_utilities(self):
        rows = [(point(58.80, 36.14), {"id": "P2", "q": 7}), (point(58.82, 36.14), {"id": "P1", "q": 100})]
        fields = {"id": "id", "capacity": {"field": "q", "unit": "L/s"}, "in_use": {"field": "q", "unit": "L/s"}}
        self.study.layers.append(
            Layer("sources", "water.geojson", rows, fields, {"utility": "water", "role": "distribution"}))
        self.study.write()
        value, field = self.field("P1", "capacity", "--utility", "water")
        self.assertEqual((value, field["file"], self.cell(field)), (100, "water.geojson", [("100",)]))
        value, field = self.field("P1", "capacity", "--utility", "power")
        self.assertEqual((field["file"], field["unit"], field["factor"]), ("power.geojson", "kW", 0.001))
        self.assertAlmostEqual(float(self.cell(field)[0][0]) * field["factor"], value)

    def test_county_of_the_district_around_a_zone(self):
        del self.study.zones.fields["county"], self.study.zones.fields["province"]
        self.study.write()
        explanation = self.amayesh("explain", self.study.path, "Z1", "--json", "--quiet").json()
        county = next(v for v in explanation["values"] if v["column"] == "county")
        self.assertEqual((county["value"], county["rule"]), ("مشهد", "of_district_around"))

    def test_source_that_does_not_serve(self):
        rows = [(point(58.80, 36.14), {"id": "G8", "ok": "بله"}), (point(58.82, 36.14), {"id": "G9", "ok": "خیر"})]
        self.study.layers.append(Layer("sources", "gas.geojson", rows, {"id": "id", "serves": "ok"},
                                       {"utility": "gas", "role": "distribution"}))
        self.study.write()
        value, field = self.field("G9", "capacity")
        self.assertEqual((value, field["field"], self.cell(field)), (0, "ok", [("خیر",)]))
        value, field = self.field("G8", "serves_without_amount")
        self.assertEqual((value, self.cell(field)), (1, [("بله",)]))


if __name__ == "__main__":
    main()
