"""The schema that the program prints, the page in the docs and a written GeoPackage say the same."""

import os
import pathlib
import sqlite3

from small_study import point
from tool_case import ToolCase, main

SOURCE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"])
PAGE = SOURCE / "docs" / "schema.md"
HISTORY = SOURCE / "tests" / "golden" / "schema_history.txt"  # one line a version and layer: the columns that came with it
ASSESSMENTS = {"gap": {"units", "settlements"}, "allocate": {"service_areas", "unserved_rest"}}  # layers of it alone
DIFFERENCE = {"changed_units", "changed_values"}
TRAVEL = {"unit_travel", "unit_travel_people", "settlement_travel", "zone_travel", "unroutable", "travel_rollups", "isochrones"}
SHORTEST_LIMIT = 10  # bytes of a field's name in a Shapefile
TYPES = {"integer": {"INTEGER", "MEDIUMINT", "INT"}, "real": {"REAL", "DOUBLE"}, "text": {"TEXT"}}
GEOMETRIES = {"point": {"POINT"}, "line": {"MULTILINESTRING"}, "polygon": {"MULTIPOLYGON"},
              "polygon or point": {"MULTIPOLYGON", "POINT"}, "none": {None}}


class Schema(ToolCase):
    def setUp(self):
        super().setUp()
        self.schema = self.amayesh("schema", "--json").json()
        self.layers = {layer["name"]: layer for layer in self.schema["layers"]}

    def test_page_in_the_docs_is_what_the_program_prints(self):
        outcome = self.amayesh("schema")
        self.assert_done(outcome)
        self.assertEqual(outcome.stderr, "")
        self.assertEqual(PAGE.read_text(encoding="utf-8"), outcome.stdout, "renew it: amayesh schema > docs/schema.md")

    def test_the_version_is_that_of_the_newest_column_and_none_was_taken_away(self):
        known, versions = set(), []
        for line in HISTORY.read_text(encoding="utf-8").splitlines():
            (version, layer), columns = line.partition(":")[0].split(), line.partition(":")[2].split()
            versions.append(tuple(map(int, version.split("."))))
            known |= {(layer, column) for column in columns}
        now = {(name, column["name"]) for name, layer in self.layers.items() for column in layer["columns"]}
        self.assertEqual(known - now, set(), "a new major version")
        self.assertEqual(now - known, set(), "a new minor version: add them to the history")
        self.assertEqual(self.schema["schema_version"], ".".join(map(str, max(versions))))

    def test_names_are_unique_and_short_names_fit_a_shapefile(self):
        self.assertEqual(len(self.layers), len(self.schema["layers"]))
        for layer in self.schema["layers"]:
            names = [column["name"] for column in layer["columns"]]
            short = [column["short_name"].lower() for column in layer["columns"]]
            self.assertEqual(len(set(names)), len(names), layer["name"])
            self.assertEqual(len(set(short)), len(short), layer["name"])
            for name in short:
                self.assertTrue(1 <= len(name.encode()) <= SHORTEST_LIMIT, f"{layer['name']}: {name}")

    def test_every_column_has_titles_in_both_languages_and_a_known_type(self):
        for layer in self.schema["layers"]:
            self.assertTrue(layer["title_en"] and layer["title_fa"] and layer["row"], layer["name"])
            for column in layer["columns"]:
                self.assertIn(column["type"], TYPES)
                self.assertTrue(column["title_en"], column)
                self.assertTrue(any("\u0600" <= c <= "\u06ff" for c in column["title_fa"]), column)

    def test_names_end_in_their_unit(self):
        endings = {"ha": "_ha", "km": "_km", "km²": "_km2", "m": "_m", "L/s": "_lps", "MW": "_mw", "m³/h": "_m3h", "min": "_min"}
        for layer in self.schema["layers"]:
            for column in layer["columns"]:
                if column["unit"] in endings:
                    self.assertIn(endings[column["unit"]], column["name"], layer["name"])

    def written(self):
        """Each command's layers, by name, and what it wrote of a study with lines as sources and zones as points."""
        self.study.zones.features.append(
            (point(59.3, 36.2), {"id": "Z2", "name": "ناحیه", "kind": "industrial_zone", "status": "operating"})
        )
        line = {"type": "LineString", "coordinates": [[58.7, 36.1], [59.3, 36.4]]}
        self.study.power.features.append((line, {"id": "P3", "capacity": None, "in_use": None}))
        self.study.write()
        for name in ASSESSMENTS:
            target = self.outputs / f"{name}.gpkg"
            self.assert_done(self.amayesh(name, self.study.path, "-o", target))
            others = (DIFFERENCE | TRAVEL).union(*(layers for other, layers in ASSESSMENTS.items() if other != name))
            yield {layer: columns for layer, columns in self.layers.items() if layer not in others}, self.opened(target)
        changed, difference = self.outputs / "changed.gpkg", self.outputs / "difference.gpkg"
        self.assert_done(self.amayesh("gap", self.study.path, "-o", changed, "--over", "13000"))
        self.assert_done(self.amayesh("diff", self.outputs / "gap.gpkg", changed, "-o", difference))
        yield {layer: self.layers[layer] for layer in sorted(DIFFERENCE)}, self.opened(difference)
        self.study.tables["reach"] = {"cell_m": 2000}
        self.study.write()
        travel = self.outputs / "reach.gpkg"
        self.assert_done(self.amayesh("reach", self.study.path, "--by", "surface", "-o", travel))
        yield {layer: self.layers[layer] for layer in sorted(TRAVEL | {"problems", "manifest"})}, self.opened(travel)

    def opened(self, target):
        database = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        self.addCleanup(database.close)
        return database

    def test_written_layers_and_columns_are_those_of_the_schema(self):
        for layers, database in self.written():
            contents = {row["table_name"]: row for row in database.execute("SELECT * FROM gpkg_contents")}
            self.assertEqual(set(contents) - {"layer_styles"}, set(layers))  # styles are QGIS's own table
            kinds = {row["table_name"]: row["geometry_type_name"] for row in database.execute("SELECT * FROM gpkg_geometry_columns")}
            for name, layer in layers.items():
                self.assertIn(kinds.get(name), GEOMETRIES[layer["geometry"]], name)
                columns = {row["name"]: row["type"] for row in database.execute(f'PRAGMA table_info("{name}")')}
                columns.pop("fid")
                columns.pop("geom", None)
                self.assertEqual(list(columns), [column["name"] for column in layer["columns"]], name)
                for column in layer["columns"]:
                    self.assertIn(columns[column["name"]].partition("(")[0], TYPES[column["type"]], f"{name}.{column['name']}")

    def test_titles_stand_in_the_file(self):
        for layers, database in self.written():
            titles = {(r["table_name"], r["column_name"]): r for r in database.execute("SELECT * FROM gpkg_data_columns")}
            for name, layer in layers.items():
                for column in layer["columns"]:
                    row = titles[name, column["name"]]
                    self.assertEqual(row["title"] or row["name"], column["title_en"])
                    for part in (column["unit"], column["null_means"]):
                        self.assertIn(part, row["description"] or "")

    def test_a_column_holds_only_the_words_that_the_file_lists_for_it(self):
        constraints = 0
        for _, database in self.written():
            constrained = database.execute(
                "SELECT table_name, column_name, constraint_name FROM gpkg_data_columns WHERE constraint_name IS NOT NULL"
            ).fetchall()
            constraints += len(constrained)
            for table, column, constraint in constrained:
                words = {value for (value,) in database.execute(
                    "SELECT value FROM gpkg_data_column_constraints WHERE constraint_name = ?", [constraint])}
                values = {str(value) for (value,) in database.execute(
                    f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')}
                self.assertLessEqual(values, words, f"{table}.{column}")
        self.assertGreater(constraints, 40)

    def test_column_that_is_never_null_never_is(self):
        for layers, database in self.written():
            for name, layer in layers.items():
                for column in layer["columns"]:
                    if column["null_means"] or layer["name"] == "problems":
                        continue
                    (nulls,) = database.execute(f'SELECT count(*) FROM "{name}" WHERE "{column["name"]}" IS NULL').fetchone()
                    self.assertEqual(nulls, 0, f"{name}.{column['name']}")

    def test_types_of_the_values_are_those_of_the_columns(self):
        for layers, database in self.written():
            for name, layer in layers.items():
                for column in layer["columns"]:
                    kinds = {kind for (kind,) in database.execute(f'SELECT DISTINCT typeof("{column["name"]}") FROM "{name}"')}
                    self.assertLessEqual(kinds, {"null", column["type"]}, f"{name}.{column['name']}")

    def test_manifest_says_what_the_run_was_made_from_and_no_time(self):
        list(self.written())
        self.target = self.outputs / "gap.gpkg"
        manifest = {(row["section"], row["key"]): row["value"] for row in self.rows("manifest")}
        self.assertEqual(manifest["versions", "schema"], self.schema["schema_version"])
        self.assertIn(("versions", "GDAL"), manifest)
        self.assertIn(("parameters", "position_bound_m"), manifest)
        self.assertFalse([key for key in manifest if "time" in key[1] or "date" in key[1]])


if __name__ == "__main__":
    main()
