"""`gap` and `allocate` into a PostGIS database: what the tables hold, and what becomes of those that were there."""

import postgres_server
from postgres_case import DATABASE, HOSTILE, LAYERS, PostgresCase, identifier
from tool_case import main

postgres_server.require_programs()

from osgeo import gdal  # noqa: E402: not before the test may be skipped

gdal.UseExceptions()


def features(layer):
    """Each row's number, values and place, in the order of the numbers."""
    names = [field.name for field in layer.schema]
    shapes = ((row, row.GetGeometryRef()) for row in layer)
    return sorted((row["fid"] if "fid" in names else row.GetFID(), [row[n] for n in names if n != "fid"],
                   shape and shape.ExportToIsoWkb()) for row, shape in shapes)


class Output(PostgresCase):
    def setUp(self):
        super().setUp()
        self.study.districts.attributes("D2").update(id=HOSTILE, name=HOSTILE)
        for code, name in (("S1", "\\N"), ("S2", "\\."), ("S3", "=1+1\n../'; --"), ("S4", "‮فاز‬")):
            self.study.settlements.attributes(code)["name"] = name
        self.study.zones.attributes("Z1")["name"] = HOSTILE
        self.study.power.attributes("P1")["id"] = HOSTILE
        self.study.write()

    def test_tables_hold_what_the_geopackage_holds(self):
        """To the last digit, NULL as NULL; numbers of 15 digits alone would not be the same."""
        self.assert_done(self.gap())
        outcome = self.into()
        self.assert_done(outcome)
        self.assertIn("wrote PG:host=127.0.0.1", outcome.stderr)
        self.assertNotIn("geheim", outcome.stdout + outcome.stderr)
        self.assertEqual(self.tables(), LAYERS)
        package = gdal.OpenEx(str(self.target))
        database = gdal.OpenEx(self.database, gdal.OF_VECTOR, open_options=["LIST_ALL_TABLES=YES"])
        for name in LAYERS:
            with self.subTest(layer=name):
                expected = features(package.GetLayerByName(name))
                self.assertEqual(features(database.GetLayerByName(name)), expected)
        places = [unit["centre_lon"] for unit in self.rows("units")]
        self.assertTrue(any(place != float(f"{place:.15g}") for place in places), places)
        self.assertEqual(self.sql("SELECT count(*) FROM units WHERE population IS NULL"), [["1"]])
        self.assertEqual({row["name"] for row in self.rows("settlements")} & {"\\N", "\\."}, {"\\N", "\\."})

    def test_what_is_said_of_tables(self):
        self.assert_done(self.into())
        self.assertEqual(self.sql("SELECT count(*) FROM units WHERE unit_id = name AND ST_SRID(geom) = 4326 AND "
                                  "GeometryType(geom) = 'MULTIPOLYGON'"), [["1"]])
        title = "SELECT col_description('units'::regclass, attnum) FROM pg_attribute WHERE attrelid = 'units'::regclass"
        self.assertIn(["Population (people; NULL: unknown)"], self.sql(title))
        self.assertEqual(self.sql("SELECT count(*) FROM pg_indexes WHERE tablename = 'units' AND indexdef LIKE '%gist%'"),
                         [["1"]])
        for table, key in (("units", "(unit_id)"), ("unit_utilities", '(unit_id, utility, "case")'), ("rollups", "(fid)")):
            definition = f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '{table}'::regclass"
            self.assertEqual(self.sql(definition), [[f"PRIMARY KEY {key}"]])

    def test_result_that_exists_needs_overwrite(self):
        """A second run gives the same content; views and rights stay."""
        self.assert_done(self.into())
        before = self.content()
        (self.inputs / "zones.geojson").rename(self.inputs / "away")
        self.assert_failed(self.into(), "a result exists in schema 'public'", "--overwrite")  # before the work
        (self.inputs / "away").rename(self.inputs / "zones.geojson")
        self.sql("CREATE VIEW over_units AS SELECT * FROM units; GRANT SELECT ON units TO PUBLIC")
        rights = self.sql("SELECT relacl::text FROM pg_class WHERE oid = 'units'::regclass")
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.content(), before)
        self.assertEqual(self.sql("SELECT count(*) FROM over_units"), [["4"]])
        self.assertEqual(self.sql("SELECT relacl::text FROM pg_class WHERE oid = 'units'::regclass"), rights)

    def test_units_that_are_gone_are_removed_and_others_updated(self):
        self.assert_done(self.into())
        del self.study.districts.features[2]
        self.change()
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.sql("SELECT unit_id, population FROM units ORDER BY fid"),
                         [["D1", "13000"], ["D4", ""], [HOSTILE, "15000"]])
        self.assertEqual(self.sql("SELECT count(*) FROM unit_utilities WHERE unit_id = 'D3'"), [["0"]])
        again = self.content()
        fresh = self.server.make_database("fresh")
        self.assert_done(self.into(target=fresh))
        self.assertEqual({name: self.server.sql(f"SELECT t::text FROM {name} t ORDER BY 1", "fresh") for name in LAYERS},
                         {name: rows for name, (rows, _) in again.items()})

    def test_tables_of_an_earlier_result_go_and_those_of_others_stay(self):
        """A table that was renamed to be kept is no result any more."""
        self.sql("CREATE TABLE mine AS SELECT 1 AS x")
        self.assert_done(self.into(command="allocate"))
        self.assertEqual(self.tables(), LAYERS - {"units", "settlements"} | {"mine", "service_areas", "unserved_rest"})
        self.sql("ALTER TABLE zones RENAME TO zones_1403")
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.tables(), LAYERS | {"mine", "zones_1403"})
        self.assertEqual(self.sql("SELECT count(*) FROM zones_1403"), [["1"]])

    def test_columns_of_others_stay(self):
        name = 'note"; DROP TABLE units; --'
        self.assert_done(self.into())
        before = self.content()
        self.sql(f"ALTER TABLE units ADD COLUMN {identifier(name)} text;"
                 f"UPDATE units SET {identifier(name)} = 'of ' || unit_id; ALTER TABLE units DROP COLUMN name")
        self.change()
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.sql(f"SELECT {identifier(name)}, population FROM units WHERE unit_id = 'D1'"),
                         [["of D1", "13000"]])
        self.assertEqual(self.sql("SELECT name FROM units WHERE unit_id = 'D1'"), [["تبادکان"]])
        self.sql("ALTER TABLE units ALTER COLUMN area_ha TYPE real")  # as an older version may have had it
        refused = self.content()
        self.assert_failed(self.into("--overwrite"), "table 'units' must be made anew", name)
        self.assertEqual(self.content(), refused)
        self.sql(f"ALTER TABLE units DROP COLUMN {identifier(name)}")
        self.change(people=12000)
        self.assert_done(self.into("--overwrite"))
        self.assertEqual(self.content(), before)

    def test_columns_of_others_are_not_lost_and_not_given_to_another_row(self):
        """A run that has no layer of the name would drop the table; rows known by their number change their number."""
        self.assert_done(self.into())
        self.sql("ALTER TABLE units ADD COLUMN note text")
        before = self.content()
        self.assert_failed(self.into("--overwrite", command="allocate"), "table 'units' is no layer of this run", "note")
        self.assertEqual(self.content(), before)
        self.sql("ALTER TABLE units DROP COLUMN note; ALTER TABLE zones ADD COLUMN note text")
        before = self.content()
        self.assert_failed(self.into("--overwrite"), "table 'zones' has rows that are known by their number", "note")
        self.assertEqual(self.content(), before)
        self.sql("ALTER TABLE zones DROP COLUMN note")
        self.assert_done(self.into("--overwrite", command="allocate"))

    def test_table_that_is_no_result_is_left_alone(self):
        for kind in ("TABLE rollups AS SELECT 1 AS x", "VIEW rollups AS SELECT 1 AS x"):
            with self.subTest(kind=kind):
                self.database = self.server.make_database(DATABASE)
                self.sql("CREATE " + kind)
                self.assert_failed(self.into("--overwrite"), "table 'rollups'", "no result of this program", "SCHEMA")
                self.assertLessEqual(self.tables(), {"rollups"})
                self.assertEqual(self.sql("SELECT x FROM rollups"), [["1"]])
                self.assert_nothing_left()

    def test_schema(self):
        name = 'مشهد "x"; DROP TABLE units; --\''
        self.sql(f'CREATE SCHEMA {identifier(name)}; CREATE SCHEMA plan')
        self.assert_done(self.into("--lco", f"SCHEMA={name}"))
        self.assertEqual(self.sql(f"SELECT count(*) FROM {identifier(name)}.units"), [["4"]])
        self.assert_done(self.into("--lco", f"SCHEMA={name}", "--overwrite"))
        self.assert_done(self.into(target=self.server.connection(DATABASE, active_schema="plan")))
        self.assertEqual((self.tables("plan"), self.tables()), (LAYERS, set()))
        self.assert_failed(self.into("--lco", "SCHEMA=nowhere"), "no schema 'nowhere'")
        self.assert_failed(self.into("--lco", "OVERWRITE=YES"), "no layer option 'OVERWRITE'", "SCHEMA")
        self.assert_failed(self.into("-f", "GPKG"), "a database holds no GPKG")

    def test_names_of_layers(self):
        for name in ('x"; DROP TABLE kept; --', "O'Brien", "مناطق \\", "CamelCase", "x" * 63):
            with self.subTest(name=name):
                self.sql("CREATE TABLE IF NOT EXISTS kept ()")
                for word in ("old", "new"):
                    run = self.worker(3, word, layer=name)
                    self.assertEqual((run.communicate()[1], run.returncode), ("", 0))
                    self.assertEqual(self.tables(), {name, "kept"})
                    self.assertEqual(self.sql(f"SELECT DISTINCT status FROM {identifier(name)}"), [[word]])
        before = self.content()
        for name, why in (("x" * 64, "too long"), ("../x", "no name for a layer"), ("kept", "no result of this program")):
            with self.subTest(name=name):
                run = self.worker(3, "newest", layer=name)
                self.assertIn(why, run.communicate()[1])
                self.assertEqual(run.returncode, 3)
                self.assertEqual(self.content(), before)


if __name__ == "__main__":
    main()
