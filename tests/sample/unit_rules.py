"""Rules of what is given, of population, place, zones in reach and people left out, written out anew from docs/explain.md. Each takes a rule's inputs by name."""

import math

import pyproj

from explained_values import EARTH, exact_sum, from_field, holds, M2_PER_HA, named_takers, Near, plain_digits, ring_area, rings, SAG_M, select


def is_out_of_reach(settlement):
    """Surely: it has a place, and no zone may be in reach for all that is known of ways."""
    has_unknown_way = (settlement["unroutable_reason"] is not None or settlement["zone_without_way_near"]
                       or settlement["zone_of_unknown_status"])
    return settlement["lon"] is not None and not settlement["zone_in_reach"] and not has_unknown_way


class UnitRules:
    """Rules of what is given, of population, place, zones in reach and people left out."""

    # ---- what stands in the input, in the study, in the standards

    def rule_as_given(self, value, **fields):
        (field,) = fields.values()
        return from_field(field, value)

    def rule_as_set(self, _value, unit):
        return unit

    def rule_derived(self, _value, grown_from_settlements):
        return grown_from_settlements

    def rule_is_given(self, _value, given):
        return given

    def rule_coefficient_word(self, _value, **words):
        (word,) = words.values()
        return word

    def rule_names_the_row(self, value):
        expected = {"unit_id": self.explanation["id"], "utility": value.get("utility"), "case": value.get("case")}
        if value["column"] in expected:
            return expected[value["column"]]
        return {"water": "L/s", "power": "MW", "gas": "m³/h", "telecom": "Mbit/s"}[self.utility_of(value)]

    def utility_of(self, value):
        return value.get("utility") or self.cells["sources.utility"]

    def nothing(self, _value, **_inputs):
        return None

    rule_not_given = rule_not_assessed = rule_not_shared = rule_no_amount = rule_no_class = rule_unknown = nothing
    rule_asks_nothing = rule_gives_nothing = nothing

    def rule_none_committed(self, _value):
        return 0.0

    def rule_weight_of_unknown(self, _value):
        return 1.0

    def rule_same_as(self, _value, cell):
        return cell

    def rule_yes_or_no(self, _value, without_amount, serves=None, unknown_headroom=None):
        return without_amount

    # ---- population and place

    def population_and_source(self, given, settlements, settlements_complete, raster):
        known = [s["population"] for s in settlements if s["population"] is not None]
        if given is not None:
            return given, "attribute"
        if settlements_complete and known and len(known) == len(settlements):
            return sum(known), "settlements"
        if raster is not None:
            return math.floor(raster + 0.5), "raster"
        return None, "none"

    def rule_population(self, _value, **inputs):
        return self.population_and_source(**inputs)[0]

    def rule_population_source(self, _value, at_least, at_most, **inputs):
        population, source = self.population_and_source(**inputs)
        return "bounds" if population is None and (at_least, at_most) != (None, None) else source

    def rule_population_at_least(self, _value, population, settlements, is_district):
        known = [s["population"] for s in settlements if s["population"] is not None]
        return sum(known) if is_district and population is None and known else None

    def rule_population_at_most(self, _value, population, at_least, parent_left):
        return None if population is not None or parent_left is None else parent_left + (at_least or 0)

    def rule_over_threshold(self, _value, population, at_least, at_most, over):
        if population is not None:
            return "over" if population > over else "not_over"
        if (at_least or 0) > over:
            return "over"
        return "not_over" if at_most is not None and at_most <= over else "unknown"

    def rule_given_place(self, value, x, y):
        place = [float(plain_digits(coordinate["text"])) for coordinate in (x, y)]
        if not (abs(place[0]) <= 180 and abs(place[1]) <= 90):
            place = pyproj.Transformer.from_crs(x["crs"], "EPSG:4326", always_xy=True).transform(*place)
        return Near(place[0] if value["column"] == "centre_lon" else place[1], 1e-9)

    def rule_centre_source(self, _value, settlements, given=None, shape=None):
        if given is not None:
            return "given"
        if "shape" not in _value["inputs"]:
            return "settlement" if settlements[0]["lon"] is not None else "none"
        if any(s["lon"] is not None and s["population"] is not None for s in settlements):
            return "largest_settlement"
        return "interior_point" if shape is not None else "none"

    def rule_centre_of_settlement(self, value, settlements):
        if self.cells["units.centre_source"] == "none":
            return None
        placed = [s for s in settlements if s["lon"] is not None]
        if self.cells["units.centre_source"] == "largest_settlement":
            placed = [s for s in placed if s["population"] is not None]
        best = max(placed, key=lambda s: s["population"] or 0)
        return best["lon" if value["column"] == "centre_lon" else "lat"]

    def rule_interior_point(self, value, x, y, shape):
        assert holds(shape, x, y)
        return x if value["column"] == "centre_lon" else y

    def rule_polygon_area(self, _value, shape):
        """The corners given and those measured at lie on the same edges, to within the sag, but not at the same places."""
        parts = list(rings(shape))
        area = sum(abs(ring_area(p[0])) - sum(abs(ring_area(hole)) for hole in p[1:]) for p in parts)
        border = sum(EARTH.line_length([p[0] for p in r], [p[1] for p in r]) for part in parts for r in part)
        return Near(area / M2_PER_HA, 2 * SAG_M * border / M2_PER_HA)

    # ---- zones in reach

    def rule_distance(self, _value, metric, from_x=None, from_y=None, to_x=None, to_y=None):
        if to_x is None:
            return None
        assert metric == "geodesic"
        return Near(EARTH.inv(from_x, from_y, to_x, to_y)[2] / 1000, 2e-6)

    def rule_nearest(self, value, km):
        assert (km is None) == (value["value"] is None)
        return value["value"]

    def rule_quickest_way(self, value, reach, **found):
        return None if reach == "straight" else found.get(value["column"])

    def rule_count_rows(self, _value, rows, utility=None, case=None):
        return len(select(rows, utility))

    def rule_count_by_code(self, _value, rows):
        return sum(row["by_code"] for row in rows)

    def rule_count_unknown(self, _value, usable_ha):
        return sum(row["usable_ha"] is None for row in usable_ha)

    def rule_sum_known(self, _value, usable_ha):
        known = [row["usable_ha"] for row in usable_ha if row["usable_ha"] is not None]
        return exact_sum(known, M2_PER_HA) if known else None

    def zone_status(self, threshold, zones_in_reach, land_unknown, usable_land, target_net, credited_net, land_is_promised):
        if threshold != "over":
            return {"unknown": "population_unknown", "not_over": "not_over_threshold"}[threshold]
        if zones_in_reach == 0:
            return None
        there = credited_net if land_is_promised else usable_land or 0
        return "zone_full" if land_unknown == 0 and target_net is not None and there < target_net else "served"

    def rule_zone_status(self, _value, centre_source, reason, **inputs):
        certain = reason in ("no_zone_in_reach", "no_serving_zones", "only_zones_not_operating")
        return self.zone_status(**inputs) or ("no_zone_in_reach" if certain else "no_zone_known_in_reach")

    def rule_zone_reason(self, _value, centre_source, nearest_zone_km, limit_km, zones_complete,
                         zone_of_unknown_position=None, zone_of_unknown_status=None, nearest_not_serving_km=None,
                         unroutable_reason=None, zone_without_way_near=0, **inputs):
        status = self.zone_status(**inputs)
        if status == "zone_full":
            alone = (inputs["usable_land"] or 0) >= inputs["target_net"]
            return "land_taken_by_others" if alone else "not_enough_usable_land"
        if status:
            return {"population_unknown": "population_unknown"}.get(status)
        tests = [
            (centre_source == "none", "centre_unknown"),
            (not zones_complete, "zones_layer_incomplete"),
            (zone_of_unknown_position, "zone_position_unknown"),
            (zone_of_unknown_status, "zone_status_unknown"),
            (nearest_zone_km is not None and (unroutable_reason is not None or zone_without_way_near), "no_way_known"),
            (nearest_not_serving_km is not None and nearest_not_serving_km <= limit_km, "only_zones_not_operating"),
            (nearest_zone_km is not None, "no_zone_in_reach"),
        ]
        return next((reason for holds_, reason in tests if holds_), "no_serving_zones")

    def rule_land_taken_by(self, _value, reason, takers):
        return named_takers(((r["taker_id"], r["net_ha"]) for r in takers), M2_PER_HA, "ha") if (
            reason == "land_taken_by_others") else None

    def rule_edge(self, _value, lon, lat, extents):
        if lon is None:
            return 0
        for extent in extents:
            west, south, east, north = (extent[side] for side in ("west", "south", "east", "north"))
            if not (west <= lon <= east and south <= lat <= north):
                return 1
            sides = [(west, lat), (east, lat), (lon, south), (lon, north)]
            if any(EARTH.inv(lon, lat, x, y)[2] < extent["radius_km"] * 1000 for x, y in sides):
                return 1
        return 0

    def rule_on_the_line(self, _value, km, limit_km, position_bound):
        return int(km is not None and abs(km - limit_km) * 1000 <= position_bound)

    def rule_not_on_the_line(self, _value):
        return 0

    # ---- people left out

    def people(self, settlements, unit_kind, population, population_at_least, population_at_most, zones_in_reach,
               centre_source, status, reason, settlements_complete, all_zones_known, unroutable_reason=None,
               zone_without_way_near=None, zone_of_unknown_status=0):
        """At least, at most, basis."""
        inside = zones_in_reach > 0
        centre_known = centre_source != "none" or inside
        is_lost = (unroutable_reason is not None or zone_without_way_near or zone_of_unknown_status) and not inside
        known = [s for s in settlements if s["population"] is not None]
        if not known:
            if not centre_known:
                least, most, basis = None, None, "none"
            elif inside:
                least, most, basis = 0, 0, "centre"
            elif is_lost:
                least, most, basis = 0, population if population is not None else population_at_most, "centre"
            else:
                least = population if population is not None else population_at_least
                most = population if population is not None else population_at_most
                basis = "centre"
        else:
            least, most, basis = self.people_of_settlements(
                settlements, known, unit_kind, population, population_at_most, centre_known, inside, settlements_complete,
                is_lost)
        by_minutes = zone_without_way_near is not None
        by_place = by_minutes and reason in ("no_way_known", "zone_status_unknown")
        some_surely = by_place and least is not None and least > 0
        certain = all_zones_known and (status != "no_zone_known_in_reach" or some_surely)
        if not certain and (most is None or most != 0):
            least = None
        return least, most, basis

    @staticmethod
    def people_of_settlements(settlements, known, unit_kind, population, population_at_most, centre_known, inside,
                              settlements_complete, is_lost):
        def where(s):
            return "in" if s["zone_in_reach"] else "out" if is_out_of_reach(s) else "anywhere"

        people = {place: sum(s["population"] for s in known if where(s) == place) for place in ("in", "out", "anywhere")}
        unknown = [where(s) for s in settlements if s["population"] is None]
        listed = unit_kind == "settlement" or settlements_complete
        exact = listed and not unknown and people["anywhere"] == 0
        basis = "settlements" if exact else "settlements_partly"
        least, most = people["out"], people["out"] + people["anywhere"]
        rest = max(0, population - sum(people.values())) if population is not None else 0
        if not listed:
            total = population if population is not None else population_at_most
            most = None if total is None else max(0, total - people["in"])
        elif unknown:
            if all(place == "out" for place in unknown):
                least += rest
            if any(place != "in" for place in unknown):
                most = most + rest if population is not None else None
        elif rest > 0 and unit_kind == "rural_district":
            basis = "settlements_partly"
            if not (centre_known and inside):
                most += rest
            if centre_known and not inside and not is_lost:
                least += rest
        if population is not None:
            least = min(least, population)
            most = None if most is None else min(most, population)
        return least, most, basis

    def rule_people_left_out_min(self, _value, **inputs):
        return self.people(**inputs)[0]

    def rule_people_left_out_max(self, _value, **inputs):
        return self.people(**inputs)[1]

    def rule_people_basis(self, _value, **inputs):
        return self.people(**inputs)[2]

    def rule_settlements_out_of_reach(self, _value, settlements):
        return sum(is_out_of_reach(s) for s in settlements)
