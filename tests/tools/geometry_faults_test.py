"""Shapes that are broken, missing or in the wrong place: repaired or skipped with an entry, never in silence."""

import math

from small_study import point, rectangle
from tool_case import ToolCase, main


class GeometryFaults(ToolCase):
    def findings_of_passing_study(self):
        """Writes the study; the check passes and every row is accounted for."""
        self.study.write()
        outcome = self.check("--json")
        self.assert_done(outcome)
        self.assert_accounted(outcome.json()["inputs"])
        return outcome.json()["problems"]

    def test_bowtie_is_repaired_with_the_area_before_and_after(self):
        # D2's ring with the two eastern corners exchanged: two triangles that meet at the centre.
        west, south, east, north = 59.0, 36.0, 59.4, 36.3
        ring = [[west, south], [east, north], [east, south], [west, north], [west, south]]
        self.study.districts.set_geometry("D2", {"type": "Polygon", "coordinates": [ring]})
        found = self.assert_finding(
            self.findings_of_passing_study(), "warning", "geometry_invalid", "districts.geojson", "D2", "repaired:",
            "ha before", "ha after"
        )
        longitude, latitude = found["place"]
        self.assertAlmostEqual(longitude, 59.2, delta=0.001)
        self.assertAlmostEqual(latitude, 36.15, delta=0.001)
        self.assertEqual(self.check("--strict").code, 1)
        self.assert_done(self.gap())
        repaired = {unit["unit_id"]: unit for unit in self.rows("units")}["D2"]["area_ha"]
        self.assertAlmostEqual(repaired, whole_area_ha(0.4, 0.3, 36.15) / 2, delta=100)

    def test_rings_that_run_the_wrong_way_change_nothing(self):
        self.study.write()
        self.assert_done(self.gap())
        areas = [unit["area_ha"] for unit in self.rows("units")]
        for geometry, _ in self.study.districts.features:
            geometry["coordinates"][0].reverse()
        self.findings_of_passing_study()
        self.assert_done(self.gap("--overwrite"))
        self.assertEqual([unit["area_ha"] for unit in self.rows("units")], areas)

    def test_repeated_vertices_and_spikes_change_no_area(self):
        west, south, east, north = 59.0, 36.0, 59.4, 36.3
        ring = [[west, south], [east, south], [east, south], [east, north], [east + 0.1, north], [east, north],
                [west, north], [west, south]]
        self.study.districts.set_geometry("D2", {"type": "Polygon", "coordinates": [ring]})
        self.assert_finding(self.findings_of_passing_study(), "warning", "geometry_invalid", "D2", "repaired:")
        self.assert_done(self.gap())
        area = {unit["unit_id"]: unit for unit in self.rows("units")}["D2"]["area_ha"]
        self.assertAlmostEqual(area, whole_area_ha(0.4, 0.3, 36.15), delta=100)

    def test_ring_that_is_not_closed_is_accounted_for(self):
        open_ring = rectangle(59.0, 36.0, 59.4, 36.3)
        open_ring["coordinates"][0].pop()
        self.study.districts.set_geometry("D2", open_ring)
        self.findings_of_passing_study()
        self.assert_done(self.gap())
        area = {unit["unit_id"]: unit for unit in self.rows("units")}["D2"]["area_ha"]
        self.assertAlmostEqual(area, whole_area_ha(0.4, 0.3, 36.15), delta=100)

    def test_null_geometry_is_reported_and_the_row_kept(self):
        self.study.settlements.set_geometry("S2", None)
        self.study.zones.features.append((None, {"id": "Z2", "name": "?", "kind": "industrial_zone",
                                                 "status": "planned"}))
        findings = self.findings_of_passing_study()
        self.assert_finding(findings, "warning", "geometry_missing", "zones.geojson", "Z2", "kept without")
        self.assert_finding(findings, "warning", "geometry_missing", "settlements.csv")
        self.assert_done(self.gap())
        self.assertEqual({zone["zone_id"] for zone in self.rows("zones")}, {"Z1", "Z2"})
        self.assertEqual(len(self.rows("settlements")), len(self.study.settlements.features))

    def test_empty_geometry_is_reported(self):
        self.study.zones.features.append(({"type": "Polygon", "coordinates": []},
                                          {"id": "Z2", "name": "?", "kind": "industrial_zone", "status": "planned"}))
        findings = self.findings_of_passing_study()
        found = [f for f in findings if f["feature"] == "Z2" and f["kind"] in ("geometry_empty", "geometry_missing")]
        self.assertEqual(len(found), 1, findings)

    def test_point_among_districts_is_skipped(self):
        self.study.districts.features.append((point(59.1, 36.2), {"id": "D5", "name": "نقطه", "county": "مشهد",
                                                                  "province": "خراسان رضوی", "people": 1}))
        self.assert_finding(self.findings_of_passing_study(), "warning", "geometry_wrong_type", "D5", "a point",
                            "polygons", "skipped")

    def test_coordinates_that_are_not_numbers(self):
        self.study.settlements.set_geometry("S2", point("nan", 36.2))
        self.study.settlements.set_geometry("S4", point("پنجاه", 36.1))
        findings = self.findings_of_passing_study()
        for row in ("nan", "پنجاه"):
            self.assert_finding(findings, "warning", "value_not_a_number", "settlements.csv", "lon", row)

    def test_point_at_zero_zero_is_no_place(self):
        self.study.settlements.set_geometry("S2", point(0, 0))
        self.assert_finding(self.findings_of_passing_study(), "warning", "place_null_island", "S2", "0, 0")

    def test_settlement_in_no_district_is_kept_and_reported(self):
        self.study.settlements.set_geometry("S2", point(58.5, 36.1))
        found = self.assert_finding(self.findings_of_passing_study(), "warning", "outside_every_district", "S2",
                                    "kept, in no district")
        self.assertEqual(found["place"], [58.5, 36.1])
        self.assert_done(self.gap())
        rows = {row["settlement_id"]: row for row in self.rows("settlements")}
        self.assertIsNone(rows["S2"]["rural_district_id"])

    def test_settlement_with_its_axes_swapped_is_named(self):
        self.study.settlements.set_geometry("S2", point(36.25, 58.9))
        self.assert_finding(self.findings_of_passing_study(), "warning", "outside_every_district", "S2",
                            "longitude and latitude exchanged")

    def test_settlement_on_a_border_is_counted_once_and_listed(self):
        self.study.settlements.set_geometry("S2", point(59.0, 36.15))
        self.assert_finding(self.findings_of_passing_study(), "note", "on_the_line", "S2")
        self.assert_done(self.gap())
        self.assertEqual(sum(unit["settlements"] for unit in self.rows("units")), 6)
        self.assertEqual(len(self.rows("settlements")), len(self.study.settlements.features))

    def test_districts_that_overlap_are_reported_with_the_area(self):
        self.study.districts.set_geometry("D2", rectangle(58.99, 36.0, 59.4, 36.3))
        found = self.assert_finding(self.findings_of_passing_study(), "warning", "districts_overlap", "D1", "D2", "ha")
        self.assertAlmostEqual(found["place"][0], 58.995, delta=0.01)

    def test_sliver_between_districts_is_reported_with_place_and_area(self):
        """D2's western border bends 30 m away from D1's, some 33 km long: 50 ha in neither. A bend of 900 m is meant."""
        for bend, is_sliver in ((30 / 90_000, True), (900 / 90_000, False), (-30 / 90_000, False)):
            with self.subTest(bend=bend):
                ring = [[59.0, 36.0], [59.4, 36.0], [59.4, 36.3], [59.0, 36.3], [59.0 + bend, 36.15], [59.0, 36.0]]
                self.study.districts.set_geometry("D2", {"type": "Polygon", "coordinates": [ring]})
                findings = self.findings_of_passing_study()
                self.assertEqual(any(f["kind"] == "districts_gap" for f in findings), is_sliver)
                if not is_sliver:
                    continue
                found = self.assert_finding(findings, "warning", "districts_gap", "D1", "D2", "sliver of 49.9", "about 15.0 m wide")
                self.assertAlmostEqual(found["place"][0], 59.0002, delta=0.0002)
                self.assertAlmostEqual(found["place"][1], 36.15, delta=0.1)

    def test_shape_across_the_antimeridian_is_measured_or_refused(self):
        """Never taken for a belt round the world: no equal-area system is fitted to one, the study names its own."""
        self.study.districts.features = [
            ({"type": "MultiPolygon", "coordinates": [rectangle(179.8, 36.0, 180, 36.3)["coordinates"],
                                                      rectangle(-180, 36.0, -179.8, 36.3)["coordinates"]]},
             {**self.study.districts.attributes("D1")})]
        self.study.settlements.features = self.study.settlements.features[:1]
        self.study.settlements.set_geometry("S1", point(179.9, 36.15))
        for layer in (self.study.zones, self.study.power, self.study.networks):
            self.study.remove(layer)
        self.study.write()
        self.assert_failed(self.gap(), "360° wide", "equal-area")
        self.study.tables["crs"] = {"working": "+proj=laea +lat_0=36 +lon_0=180 +datum=WGS84 +units=m"}
        self.study.write()
        self.assert_done(self.gap())
        self.assertAlmostEqual(self.rows("units")[0]["area_ha"], whole_area_ha(0.4, 0.3, 36.15), delta=100)


def whole_area_ha(width_degrees, height_degrees, latitude):
    """Area of a small rectangle of degrees on WGS 84, by its radii of curvature there."""
    a, e2 = 6378137.0, 0.00669437999014
    root = 1 - e2 * math.sin(math.radians(latitude)) ** 2
    meridian, normal = a * (1 - e2) / root**1.5, a / math.sqrt(root)
    width = math.radians(width_degrees) * normal * math.cos(math.radians(latitude))
    return width * math.radians(height_degrees) * meridian / 10_000


if __name__ == "__main__":
    main()
