"""What tests of `amayesh allocate` share."""

import contextlib
import sqlite3

from tool_case import ToolCase

AREA_KINDS = ("any_source", "with_headroom", "with_headroom_left")
STEP = {"water": 0.001, "power": 0.001, "gas": 1, "telecom": 1}
REACH_M = {"water": 15000, "power": 50000, "gas": 15000, "telecom": 30000}


class AllocateCase(ToolCase):
    def setUp(self):
        super().setUp()
        self.target = self.outputs / "allocate.gpkg"

    def allocate(self, *options):
        outcome = self.amayesh("allocate", self.study.path, "-o", self.target, *options)
        self.assert_done(outcome)
        return outcome

    def layers(self, path=None):
        with contextlib.closing(sqlite3.connect(f"file:{path or self.target}?mode=ro", uri=True)) as database:
            return {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}

    def service_area(self, utility, kind="any_source"):
        (row,) = [r for r in self.rows("service_areas") if (r["utility"], r["kind"]) == (utility, kind)]
        return row

    def rest(self, utility, district):
        (row,) = [
            r for r in self.rows("unserved_rest") if (r["utility"], r["rural_district_id"]) == (utility, district)
        ]
        return row

    def central(self, utility):
        """Central balances of the units that ask for something, by id."""
        return {
            row["unit_id"]: row
            for row in self.rows("unit_utilities")
            if (row["utility"], row["case"]) == (utility, "central") and row["shortfall"] is not None
        }

    def assert_in_reach(self, row, at_least, at_most, people, unknown):
        keys = ("people_in_reach_min", "people_in_reach_max", "people", "population_unknown")
        self.assertEqual(tuple(row[key] for key in keys), (at_least, at_most, people, unknown), row)
