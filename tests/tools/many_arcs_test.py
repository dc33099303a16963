"""A thousand villages that all reach a thousand sources of power: a million arcs, shared exactly and in little time."""

import random

from small_study import point
from tool_case import ToolCase, main

VILLAGES = SOURCES = 1000
LONGEST_S = 60  # of processor time, also with sanitizers; released builds take a few
PLACES = (58.80, 36.10, 0.25)  # all within the 50 km that power reaches


class ManyArcs(ToolCase):
    def setUp(self):
        super().setUp()
        chance = random.Random(20)
        west, south, width = PLACES

        def place():
            return point(round(west + width * chance.random(), 6), round(south + width * chance.random(), 6))

        self.study.tables["assess"].update(unit="settlement", over=10000)
        self.study.settlements.features = [
            (place(), {"id": f"S{n:04}", "name": f"ده {n}", "kind": "روستا", "people": chance.randrange(10001, 20000)})
            for n in range(VILLAGES)
        ]
        self.study.power.features = [
            (place(), {"id": f"P{n:04}", "capacity": 4000, "in_use": chance.randrange(1000, 4000)}) for n in range(SOURCES)
        ]
        self.study.remove(self.study.districts)
        self.study.remove(self.study.networks)
        self.study.write()

    def test_it_is_shared_to_the_last_step_in_reasonable_time(self):
        for sharing in ("most", "even"):
            with self.subTest(sharing=sharing):
                self.study.tables["assess"]["sharing"] = sharing
                self.study.write_study_file()
                outcome = self.gap("--overwrite")
                self.assert_done(outcome)
                self.assertLess(outcome.cpu_s, LONGEST_S)
                self.assert_exact()

    def assert_exact(self):
        """Everything is in reach of everyone, and short: each source gives all it has, and all that is given is got."""
        free_kw = sum(attributes["capacity"] - attributes["in_use"] for _, attributes in self.study.power.features)
        needs = [r for r in self.rows("unit_utilities") if (r["utility"], r["case"]) == ("power", "high")]
        self.assertEqual({row["sources_in_reach"] for row in needs}, {SOURCES})
        kw = {part: sum(round(row[part] * 1000) for row in needs) for part in ("demand", "allocated", "shortfall")}
        self.assertEqual(kw["allocated"], free_kw)
        self.assertEqual(kw["demand"], free_kw + kw["shortfall"])
        given = sum(round(row["given_high"] * 1000) for row in self.rows("sources"))
        self.assertEqual(given, free_kw)


if __name__ == "__main__":
    main()
