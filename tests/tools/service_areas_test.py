"""Service areas beside circles drawn by other means, and settlements beside Vincenty's distances."""

import os
import pathlib

import shapely.ops

import second_opinion
from allocate_case import REACH_M, STEP, AllocateCase
from small_study import point
from tool_case import main

SAMPLE = pathlib.Path(os.environ["AMAYESH_SOURCE_DIR"]) / "shapefiles" / "khorasan_razavi" / "study.toml"


class SecondOpinion(AllocateCase):
    """Polygons within the stated error of circles that are drawn otherwise; settlements by Vincenty's distances."""

    def reaching(self, utility, kind):
        """Shapes of the sources that make an area, and how far they reach, from the layers of sources."""
        for layer in ("sources", "source_lines"):
            for shape, row in second_opinion.shapes(self.target, layer) if layer in self.layers() else ():
                if (row["utility"], row["role"]) != (utility, "distribution") or shape is None:
                    continue
                spare = row["headroom_left" if kind == "with_headroom_left" else "headroom"] or 0
                gives = row["serves_without_amount"] == 1 or spare >= STEP[utility]
                if utility == "telecom":
                    gives = row["telecom_class"] == "fibre"
                if kind == "any_source" or gives:
                    yield shape, 1000 * row["reach_km"] if row["reach_km"] else REACH_M[utility]

    def assert_areas_agree(self, middle):
        drawn = list(second_opinion.shapes(self.target, "service_areas"))
        self.assertEqual(len(drawn), 11)
        for shape, row in drawn:
            utility, kind = row["utility"], row["kind"]
            circles = [second_opinion.within(source, reach) for source, reach in self.reaching(utility, kind)]
            self.assertEqual(row["sources"], len(circles), (utility, kind))
            if not circles:
                self.assertIsNone(shape)
                continue
            ours = second_opinion.equal_area(shape, middle)
            theirs = second_opinion.equal_area(shapely.ops.unary_union(circles), middle)
            self.assertTrue(ours.is_valid)
            error = 1.02 * row["picture_error_m"] + 0.2  # scale of the projection here; edges were split to 0.1 m
            self.assertLess(ours.difference(theirs.buffer(error)).area, 1, (utility, kind))
            self.assertLess(theirs.difference(ours.buffer(error)).area, 1, (utility, kind))
            self.assertAlmostEqual(ours.area / 1e6, row["area_km2"], delta=1e-4 * row["area_km2"])
            yield utility, kind, theirs, error

    def settlements_of(self, path):
        places = second_opinion.shapes(path, "settlements")
        return [shape for shape, row in places if shape and row["kind"] != "city"]

    def test_the_sample(self):
        self.assert_done(self.amayesh("allocate", SAMPLE, "-o", self.target))
        gap = self.outputs / "gap.gpkg"
        self.assert_done(self.amayesh("gap", SAMPLE, "-o", gap))
        middle = (59.2, 35.8)
        settlements = self.settlements_of(gap)
        units = second_opinion.shapes(gap, "units")
        districts = {row["unit_id"]: second_opinion.equal_area(shape, middle) for shape, row in units}
        for utility, kind, served, error in self.assert_areas_agree(middle):
            sources = list(self.reaching(utility, kind))
            reached = sum(
                any(second_opinion.distance_m((p.x, p.y), (s.x, s.y)) <= reach for s, reach in sources)
                for p in settlements
            )
            row = self.service_area(utility, kind)
            self.assertEqual((row["settlements_in_reach"], row["settlements"]), (reached, len(settlements)))
            if kind != "any_source":
                continue
            for shape, rest in second_opinion.shapes(self.target, "unserved_rest"):
                if rest["utility"] != utility:
                    continue
                district = districts[rest["rural_district_id"]]
                beyond = district.difference(served)
                slack = error * (beyond.length + served.boundary.intersection(district).length) + 1e-7 * district.area
                self.assertAlmostEqual(rest["area_beyond_km2"] * 1e6, beyond.area, delta=slack)
                ours = second_opinion.equal_area(shape, middle).area if shape else 0
                # Edges may have moved by 0.1 m since the district was measured.
                self.assertAlmostEqual(rest["area_beyond_km2"] * 1e6, ours, delta=0.1 * district.length)

    def test_lines_and_sources_with_a_reach_of_their_own(self):
        line = {"type": "LineString", "coordinates": [[58.75, 36.2], [58.9, 36.25], [58.95, 36.4]]}
        gas = {"utility": "gas", "role": "distribution", "class": None}
        self.study.networks.features.append((line, {"id": "G2", **gas}))
        self.study.networks.features.append((point(59.3, 36.45), {"id": "G3", **gas}))
        self.study.networks.fields["reach"] = {"field": "reach", "unit": "km"}
        for code, reach in {"W1": None, "G1": None, "T1": None, "G2": 7, "G3": 9}.items():
            self.study.networks.attributes(code)["reach"] = reach
        self.study.write()
        self.allocate()
        areas = {(utility, kind) for utility, kind, _, _ in self.assert_areas_agree((59.0, 36.3))}
        self.assertIn(("gas", "any_source"), areas)
        self.assertEqual(self.service_area("gas")["sources"], 3)
        # G2 passes through S2 and 6.8 km from S1, G1 has S3 and S4 in reach, G3 S6, whose population is unknown.
        self.assert_in_reach(self.service_area("gas"), 12000 + 15000, 12000 + 15000, 35000, 1)
        self.assertEqual(self.service_area("gas")["settlements_in_reach"], 5)


if __name__ == "__main__":
    main()
