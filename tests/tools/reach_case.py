"""A study on a plane whose travel times are worked by hand: a road of 60 km/h is a minute a kilometre.

    x, km:  500     510  515 516       530     545       560 561 562     565     580 582 585   590     600
    road     Z───────S1───S2──┬─────────────────S4─────────S5──S6──┘               ├──S8──┤   S7
                              S3, 500 m off
             district A                 │ district B                    │ district C
"""

import contextlib
import sqlite3

from small_study import Layer, point, rectangle
from tool_case import ToolCase

UTM = "EPSG:32640"
NORTH = 4_000_050  # places are in the middle of cells of 100 m
WALK_KM_PER_HOUR = 3  # travel.walk


def at(east_km, north_m=0):
    return point(east_km * 1000 + 50, NORTH + north_m)


def line(*east_km):
    return {"type": "LineString", "coordinates": [at(x)["coordinates"] for x in east_km]}


def district(west_km, east_km):
    return rectangle(west_km * 1000, NORTH - 10_000, east_km * 1000, NORTH + 10_000)


class ReachCase(ToolCase):
    def setUp(self):
        super().setUp()
        self.target = self.outputs / "reach.gpkg"
        study = self.study
        study.tables["crs"] = {"working": UTM}
        study.tables["reach"] = {"cell_m": 100, "margin_km": 2}
        study.layers = [study.districts, study.settlements, study.zones]
        place = {"county": "c1", "province": "p1"}
        study.districts.crs = study.settlements.crs = study.zones.crs = UTM
        study.districts.features = [
            (district(495, 530), {"id": "A", "name": "a", "people": 6000, **place}),
            (district(530, 565), {"id": "B", "name": "b", "people": 15000, **place}),
            (district(565, 600), {"id": "C", "name": "c", "people": None, "county": "c2", "province": "p1"}),
        ]
        study.settlements.settings["crs"] = UTM
        study.settlements.features = [
            (place_of, {"id": code, "name": code, "kind": "روستا", "people": people})
            for code, place_of, people in (
                ("S1", at(510), 1000),
                ("S2", at(515), 2000),
                ("S3", at(516, 500), 3000),
                ("S4", at(545), 4000),
                ("S5", at(560), 5000),
                ("S6", at(561), 6000),
                ("S7", at(592), 700),
                ("S8", at(582), None),
            )
        ]
        study.zones.features = [
            (at(500), {"id": "Z", "name": "z", "kind": "industrial_zone", "status": "operating", **place})
        ]
        self.roads = Layer(
            "roads",
            "roads.geojson",
            [(line(500, 562), {"kmh": 60, "way": "no"}), (line(580, 585), {"kmh": 60, "way": "no"})],
            {"speed": {"field": "kmh", "unit": "km/h"}, "one_way": "way"},
            crs=UTM,
        )
        study.layers.append(self.roads)
        study.write()

    def run_reach(self, *options):
        return self.amayesh("reach", self.study.path, "-o", self.target, *options)

    def reach(self, *options):
        outcome = self.run_reach("--by", "roads", *options)
        self.assert_done(outcome)
        return outcome

    def layers(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.target}?mode=ro", uri=True)) as database:
            return {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")} - {"layer_styles"}

    def minutes(self):
        """Of each settlement."""
        return {row["settlement_id"]: row["zone_min"] for row in self.rows("settlement_travel")}

    def people(self, unit):
        """(at least, at most) within each limit."""
        return [
            (row["people_within_at_least"], row["people_within_at_most"])
            for row in self.rows("unit_travel_people")
            if row["unit_id"] == unit
        ]
