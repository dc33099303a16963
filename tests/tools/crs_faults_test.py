"""Layers without a CRS, with a wrong one, with several, with exchanged axes."""

from small_study import DEGREES, point, write_layer
from tool_case import ToolCase, main

UTM_40N = "EPSG:32640"


def in_crs(geometry, crs):
    """A geometry in degrees, as that CRS has it."""
    import json

    from osgeo import ogr, osr

    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.SetFromUserInput(DEGREES)
    target.SetFromUserInput(crs)
    for reference in (source, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    shape = ogr.CreateGeometryFromJson(json.dumps(geometry))
    shape.Transform(osr.CoordinateTransformation(source, target))
    return json.loads(shape.ExportToJson())


def move_layer(layer, crs):
    layer.features = [(in_crs(geometry, crs), attributes) for geometry, attributes in layer.features]
    layer.crs = crs


class CrsFaults(ToolCase):
    def statuses(self):
        self.assert_done(self.gap("--overwrite"))
        return {unit["unit_id"]: (unit["status"], unit["nearest_zone_km"]) for unit in self.rows("units")}

    def test_missing_prj_is_refused_and_names_the_way_out(self):
        self.study.districts.file = "districts.shp"
        self.study.write()
        (self.inputs / "districts.prj").unlink()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "crs_missing", "districts.shp", 'crs = "EPSG:')
        failed = self.gap()
        self.assertEqual(failed.code, 1, failed)
        self.assertIn("was not written", failed.stderr)
        self.assert_nothing_written()

    def test_missing_prj_with_the_crs_stated_in_the_study(self):
        self.study.write()
        expected = self.statuses()
        self.study.districts.file = "districts.shp"
        self.study.districts.settings["crs"] = DEGREES
        self.study.write()
        (self.inputs / "districts.prj").unlink()
        self.assert_finding(self.findings(), "note", "crs_assigned", "districts.shp")
        self.assertEqual(self.statuses(), expected)

    def test_metres_in_a_layer_that_says_degrees(self):
        move_layer(self.study.zones, UTM_40N)
        self.study.zones.crs = DEGREES
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "crs_missing", "zones.geojson", "degrees", 'crs = "EPSG:')

    def test_longitude_and_latitude_swapped_in_a_table(self):
        self.study.settlements.settings.update({"x": "lat", "y": "lon"})
        self.study.write()
        outcome = self.check("--json")
        self.assertEqual(outcome.code, 1, outcome)
        self.assert_finding(outcome.json()["problems"], "error", "axes_swapped", "settlements.csv", "exchanged")
        self.assertEqual(self.gap().code, 1)
        self.assert_nothing_written()

    def test_layers_in_different_crs_give_the_same_answers(self):
        self.study.write()
        expected = self.statuses()
        move_layer(self.study.zones, UTM_40N)
        move_layer(self.study.power, "EPSG:32639")
        self.study.write()
        self.assertEqual(self.statuses(), expected)

    def test_mistaken_utm_zone_leaves_the_layer_away_from_the_others(self):
        move_layer(self.study.zones, UTM_40N)
        self.study.zones.crs = "EPSG:32639"
        self.study.write()
        self.assert_finding(self.findings(), "warning", "layers_disjoint", "zones.geojson", "the other layers at")

    def test_files_of_one_layer_in_different_crs_are_moved_each_by_its_own(self):
        self.study.write()
        self.study.zones.file = "more_zones.geojson"
        self.study.zones.features[0][1]["id"] = "Z2"
        move_layer(self.study.zones, UTM_40N)
        write_layer(self.inputs / "more_zones.geojson", self.study.zones)
        self.study.zones.settings["source"] = ["zones.geojson", "more_zones.geojson"]
        self.study.write_study_file()
        self.assert_finding(self.findings(), "note", "crs_mixed", "zones", "UTM zone 40N")
        self.assert_done(self.gap())
        first, second = self.rows("zones")
        self.assertEqual([first["zone_id"], second["zone_id"]], ["Z1", "Z2"])
        self.assertAlmostEqual(first["gross_ha"], second["gross_ha"], delta=0.001)

    def test_crs_that_is_an_address_is_never_fetched(self):
        self.study.settlements.settings["crs"] = "http://127.0.0.1:9/crs/4326"
        self.study.write()
        outcome = self.check()
        self.assertEqual(outcome.code, 1, outcome)
        self.assertIn("127.0.0.1", outcome.stderr + outcome.stdout)

    def test_local_datum_is_transformed_and_its_accuracy_told(self):
        # ED50(ED77), Iran's old datum, lies about 110 m away: taken for WGS 84 every distance would be off by as much.
        self.study.write()
        self.assert_done(self.gap())
        expected = {unit["unit_id"]: unit["nearest_zone_km"] for unit in self.rows("units")}
        move_layer(self.study.zones, "EPSG:4154")
        self.study.write()
        self.assert_done(self.gap("--overwrite"))
        found = {unit["unit_id"]: unit["nearest_zone_km"] for unit in self.rows("units")}
        for unit, distance in expected.items():
            self.assertAlmostEqual(found[unit], distance, delta=1e-3)  # km: both took the same operation
        bound = next(float(row["value"]) for row in self.rows("manifest") if row["key"] == "position_bound_m")
        self.assertGreaterEqual(bound, 0.5)  # metres, what the operation claims

    def test_a_point_beyond_the_degrees_is_named(self):
        self.study.settlements.set_geometry("S2", point(589.0, 36.25))
        self.study.write()
        self.assert_finding(self.findings(), "warning", "geometry_not_finite", "S2", "589", "not longitude and latitude")


if __name__ == "__main__":
    main()
