#!/usr/bin/python3
"""Computes cells of a result again from what `amayesh explain --json` says of them alone, by the words of its rules.

usage: explain_recompute.py AMAYESH STUDY RESULT.gpkg [SEED]

Draws units, zones and sources of RESULT until they hold well over a hundred cells, asks for their explanations, and
computes every cell of them again: from its inputs, and the records and the coefficients of the same JSON; nothing else
is read. The outcome must be what RESULT holds. The rules are written out here anew, from their texts in docs/explain.md;
distances and areas are pyproj's.
"""
import json
import math
import random
import re
import sqlite3
import subprocess
import sys
import unicodedata

import pyproj

UNITS_DRAWN, ZONES_DRAWN, SOURCES_DRAWN = 14, 5, 9
EARTH = pyproj.Geod(ellps="WGS84")
STEPS = {"water": 1000, "power": 1000, "gas": 1, "telecom": 1}
CLASSES = ["none", "phone", "copper", "fibre"]
M2_PER_HA = 10_000
SAG_M = 0.1  # edges are drawn anew to within this, see docs/explain.md
NOISE = 1e-6  # of a step: what counts as an error of rounding, not as an amount
UNITS = {"L/s": 1000, "MW": 1000, "m³/h": 1, "Mbit/s": 1}


class Explained:
    """One explanation, and the rules by which its cells are computed again."""

    def __init__(self, explanation):
        self.explanation = explanation
        self.values = explanation["values"]
        self.records = explanation["records"]
        self.cells = {self.address(value): value["value"] for value in self.values}

    @staticmethod
    def address(value):
        row = f"[{value['utility']},{value['case']}]" if "utility" in value else ""
        return f"{value['layer']}{row}.{value['column']}"

    def inputs(self, value):
        """What the rule takes, by name; values that are named only are looked up, and must be the same."""
        taken = {}
        for name, stated in value["inputs"].items():
            if "records" in stated:
                taken[name] = self.records[stated["records"]]
            elif "field" in stated:
                taken[name] = stated["field"]
            else:
                taken[name] = stated["value"]
                if "cell" in stated:
                    assert stated["value"] == self.cells[stated["cell"]], (stated, self.cells[stated["cell"]])
                if "coefficient" in stated:
                    key, case = stated["coefficient"].split(", ")
                    coefficient = self.explanation["coefficients"][key]
                    assert stated["value"] == coefficient.get("text", coefficient.get(case)), stated
        return taken

    def compute(self, value):
        return getattr(self, "rule_" + value["rule"])(value, **self.inputs(value))

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

    def rule_none_committed(self, _value):
        return 0.0

    def rule_weight_of_unknown(self, _value):
        return 1.0

    def rule_same_as(self, _value, cell):
        return cell

    def rule_yes_or_no(self, _value, without_amount):
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

    def rule_count_rows(self, _value, rows, utility=None, case=None):
        return len(select(rows, utility))

    def rule_count_by_code(self, _value, rows):
        return sum(row["by_code"] for row in rows)

    def rule_count_unknown(self, _value, usable_ha):
        return sum(row["usable_ha"] is None for row in usable_ha)

    def rule_sum_known(self, _value, usable_ha):
        known = [row["usable_ha"] for row in usable_ha if row["usable_ha"] is not None]
        return exact_sum(known, M2_PER_HA) if known else None

    def zone_status(self, threshold, zones_in_reach, land_unknown, usable_land, target_net, credited_net, reuse):
        if threshold != "over":
            return {"unknown": "population_unknown", "not_over": "not_over_threshold"}[threshold]
        if zones_in_reach == 0:
            return None
        there = credited_net if reuse else usable_land or 0
        return "zone_full" if land_unknown == 0 and target_net is not None and there < target_net else "served"

    def rule_zone_status(self, _value, centre_source, reason, **inputs):
        certain = reason in ("no_zone_in_reach", "no_serving_zones", "only_zones_not_operating")
        return self.zone_status(**inputs) or ("no_zone_in_reach" if certain else "no_zone_known_in_reach")

    def rule_zone_reason(self, _value, centre_source, nearest_zone_km, limit_km, zones_complete,
                         zone_of_unknown_position=None, zone_of_unknown_status=None, nearest_not_serving_km=None, **inputs):
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

    # ---- people left out

    def people(self, settlements, unit_kind, population, population_at_least, population_at_most, zones_in_reach,
               centre_source, status, settlements_complete, all_zones_known):
        """At least, at most, basis."""
        inside = zones_in_reach > 0
        centre_known = centre_source != "none" or inside
        known = [s for s in settlements if s["population"] is not None]
        if not known:
            if not centre_known:
                least, most, basis = None, None, "none"
            elif inside:
                least, most, basis = 0, 0, "centre"
            else:
                least = population if population is not None else population_at_least
                most = population if population is not None else population_at_most
                basis = "centre"
        else:
            least, most, basis = self.people_of_settlements(
                settlements, known, unit_kind, population, population_at_most, centre_known, inside, settlements_complete)
        certain = all_zones_known and status != "no_zone_known_in_reach"
        if not certain and (most is None or most != 0):
            least = None
        return least, most, basis

    @staticmethod
    def people_of_settlements(settlements, known, unit_kind, population, population_at_most, centre_known, inside,
                              settlements_complete):
        def where(s):
            if s["zone_in_reach"]:
                return "in"
            return "out" if s["lon"] is not None else "anywhere"

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
            if centre_known and not inside:
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
        return sum(s["lon"] is not None and not s["zone_in_reach"] for s in settlements)

    # ---- land

    @staticmethod
    def people_for_target(threshold, population, population_at_least):
        return (population if population is not None else population_at_least) if threshold == "over" else None

    def rule_target_area(self, _value, threshold, population, population_at_least, ha_per_1000_people, least_ha, largest_ha):
        people = self.people_for_target(threshold, population, population_at_least)
        return None if people is None else up(min(max(people * ha_per_1000_people / 1000, least_ha), largest_ha), M2_PER_HA)

    def rule_target_uncapped(self, _value, threshold, population, population_at_least, ha_per_1000_people):
        people = self.people_for_target(threshold, population, population_at_least)
        return None if people is None else up(people * ha_per_1000_people / 1000, M2_PER_HA)

    def rule_net_area(self, _value, gross, net_share):
        return None if gross is None else up(gross * net_share, M2_PER_HA)

    def rule_sum_credits(self, _value, credits, target):
        central = [row["net_ha"] for row in credits if row["case"] == "central"]
        return None if target is None else exact_sum(central, M2_PER_HA)

    @staticmethod
    def rest(target, target_net, credited_net, net_share):
        if round((target_net - credited_net) * M2_PER_HA) == 0:
            return 0.0
        return max(0, round(target * M2_PER_HA) - math.floor(credited_net * M2_PER_HA / net_share + NOISE)) / M2_PER_HA

    def rule_new_zone(self, _value, least_ha, target, **inputs):
        if target is None:
            return None
        rest = self.rest(target, **inputs)
        return rest if rest >= least_ha else 0.0

    def rule_remainder(self, _value, least_ha, target, **inputs):
        if target is None:
            return None
        rest = self.rest(target, **inputs)
        return 0.0 if rest >= least_ha else rest

    # ---- utilities

    def rule_demand_of_target(self, value, target, per_ha, net_share=None):
        ha = target if net_share is None else up(target * net_share, M2_PER_HA)
        return up(ha * per_ha, STEPS[value["utility"]])

    def rule_sum_rows(self, value, utility, case, amount=None, without_amount=None, source_id=None, headroom=None):
        rows, column = (amount, "amount") if amount is not None else (without_amount, "without_amount")
        rows = [r for r in select(rows, utility, case) if source_id is None or r["source_id"] == source_id]
        if value["column"] == "demand":
            for row in rows:  # each part is its hectares by the standard
                ha = row["net_ha"] if row["net_share"] is None else row["net_ha"] / row["net_share"]
                assert row["amount"] == up(ha * row["per_ha"], STEPS[utility]), row
        total = exact_sum([row[column] for row in rows], STEPS[utility])
        assert headroom is None or total <= headroom + 1e-9
        return total

    def rule_sum_own(self, _value, amount, utility, case):
        return exact_sum([r["amount"] for r in select(amount, utility, case) if r["own"]], STEPS[utility])

    def rule_sum_not_own(self, _value, amount, utility, case):
        return exact_sum([r["amount"] for r in select(amount, utility, case) if not r["own"]], STEPS[utility])

    def rule_balance(self, value, demand, own_supply, allocated, without_amount):
        return exact_sum([demand, -own_supply, -allocated, -without_amount], STEPS[value["utility"]])

    def rule_sum_known_rows(self, _value, headroom, utility, case):
        known = [r["headroom"] for r in select(headroom, utility) if r["headroom"] is not None]
        return exact_sum(known, STEPS[utility]) if known else None

    def rule_count_unknown_rows(self, _value, utility, case, headroom=None, telecom_class=None):
        column = "headroom" if headroom is not None else "telecom_class"
        rows = select(headroom if headroom is not None else telecom_class, utility)
        return sum(r[column] is None and not (column == "headroom" and r["serves_without_amount"]) for r in rows)

    def rule_best_class(self, _value, telecom_class, utility, case):
        classes = [r["telecom_class"] for r in select(telecom_class, utility) if r["telecom_class"]]
        return max(classes, key=CLASSES.index) if classes else None

    def rule_alone_reason(self, value, target, centre_source, layer_present, all_sources_known, sources_in_reach,
                          sources_unknown, serves_without_amount, reachable, demand_alone, required_class, reachable_class):
        if centre_source == "none":
            return "centre_unknown" if target is not None else "not_assessed"
        if target is None:
            return "not_assessed"
        if not layer_present:
            return "no_source_layer"
        if sources_in_reach == 0:
            return "no_source_in_reach" if all_sources_known else "no_source_known_in_reach"
        if value["utility"] == "telecom":
            if reachable_class and CLASSES.index(reachable_class) >= CLASSES.index(required_class):
                return "reachable"
            return "unknown_capacity" if sources_unknown else "class_too_low"
        if serves_without_amount or (reachable or 0) >= demand_alone - 1e-9:
            return "reachable"
        return "unknown_capacity" if sources_unknown else "no_headroom"

    def rule_shared_reason(self, _value, demands, utility, case, all_sources_known):
        reason = "served"
        for part in select(demands, utility, case):
            steps = STEPS[utility]
            if round((part["amount"] - part["served"] - part["without_amount"]) * steps) == 0:
                continue
            if part["sources_in_reach"] == 0:
                reason = "no_source_in_reach" if all_sources_known else "no_source_known_in_reach"
            elif part["sources_unknown"] > 0:
                reason = "unknown_capacity"
            else:
                enough = part["headroom_in_reach"] >= part["amount"]
                reason = "headroom_taken_by_others" if enough else "no_headroom"
        return reason

    def rule_taken_by(self, value, takers, utility, case):
        unit = {"water": "L/s", "power": "MW", "gas": "m³/h"}[utility]
        rows = select(takers, utility, case)
        return named_takers(((row["taker_id"], row["amount"]) for row in rows), STEPS[utility], unit)

    def rule_rank_in_case(self, _value, amounts, unit_id, case, utility=None):
        rows = [r for r in select(amounts, utility) if r[case] > 0]
        mine = next((r for r in rows if r["unit_id"] == unit_id), None)
        if mine is None:
            return None
        return 1 + sum((-r[case], r["unit_id"]) < (-mine[case], unit_id) for r in rows)

    def rule_rank_flips(self, _value, amounts, unit_id, ranked, case=None, utility=None):
        if ranked is None:
            return None
        rows = select(amounts, utility)
        nothing = {"low": 0, "central": 0, "high": 0}
        mine = next((r for r in rows if r["unit_id"] == unit_id), nothing)
        def ahead(other):
            return {(other[c] > mine[c]) - (other[c] < mine[c]) for c in nothing}
        return int(any({1, -1} <= ahead(other) for other in rows))

    def rule_people_unserved(self, _value, population, served_share):
        return None if None in (population, served_share) else math.floor(population * (1 - served_share) + 0.5)

    # ---- priority

    def rule_priority_score(self, _value, threshold, at_least, at_most, weight):
        people = at_least if at_least is not None else at_most
        return None if threshold != "over" or people is None else people * weight

    def rule_priority_basis(self, _value, threshold, at_least, at_most):
        if threshold != "over" or (at_least, at_most) == (None, None):
            return None
        return "at_most" if at_least is None else "at_least"

    def rule_priority_rank(self, _value, score, km, unit_id, ahead):
        if not score:
            return None
        def place(a_score, a_km, a_id):
            return (-a_score, -(math.inf if a_km is None else a_km), a_id)
        for other in ahead:
            assert place(other["score"], other["nearest_zone_km"], other["unit_id"]) < place(score, km, unit_id), other
        return len(ahead) + 1

    # ---- zones

    @staticmethod
    def plots_of(plots, *states):
        """Their area together, and whether it is all known."""
        areas = [plot["area_ha"] for plot in plots if plot["state"] in states]
        known = None not in areas and all(plot["state"] != "unknown" for plot in plots)
        return sum(area for area in areas if area is not None), known

    def rule_usable_land(self, _value, plots, plots_complete, vacant, net, gross, occupied, net_share):
        if plots:
            ha, known = self.plots_of(plots, "vacant", "repossessable")
            if not (known and plots_complete):
                return None
        elif vacant is not None:
            ha = vacant
        else:
            net = net if net is not None else None if gross is None else gross * net_share
            if occupied is None or net is None:
                return None
            ha = max(0, net - occupied)
        return math.floor(ha * M2_PER_HA + NOISE) / M2_PER_HA

    def rule_sum_promised(self, _value, net_ha, case):
        return exact_sum([row["net_ha"] for row in net_ha if row["case"] == case], M2_PER_HA)

    def rule_land_in_use(self, _value, plots, plots_complete, occupied):
        if occupied is not None:
            ha = max(0, occupied - self.plots_of(plots, "contracted", "under_construction")[0])
        else:
            ha, known = self.plots_of(plots, "operating", "idle")
            if not (plots and known and plots_complete):
                return None
        return Near(ha, 0.6 / M2_PER_HA)

    def rule_land_committed(self, _value, plots, plots_complete):
        ha, known = self.plots_of(plots, "contracted", "under_construction")
        return Near(ha, 0.6 / M2_PER_HA) if plots and known and plots_complete else None

    @staticmethod
    def spare(serves, has, in_use_ha, per_ha, step, net_share=None, utility=None, case=None):
        if not serves or has is None or in_use_ha is None:
            return None
        ha = in_use_ha if net_share is None else in_use_ha / net_share
        return math.floor(has / step + NOISE) - math.ceil(ha * per_ha / step - NOISE)

    def rule_own_deficit(self, _value, **inputs):
        spare = self.spare(**inputs)
        return None if spare is None else max(0, -spare) * inputs["step"]

    def rule_own_surplus(self, _value, **inputs):
        spare = self.spare(**inputs)
        return None if spare is None else max(0, spare) * inputs["step"]

    rule_asks_nothing = rule_gives_nothing = nothing

    def rule_sum_committed(self, _value, demands, utility, case):
        rows = [r for r in select(demands, utility, case) if r["kind"] == "zone_committed"]
        return exact_sum([row["amount"] for row in rows], STEPS[utility])

    def rule_sum_served(self, _value, demands, allocations, utility, case):
        got = [r["amount"] for r in select(allocations, utility, case)
               if r["unit_id"] is None and r["zone_id"] == self.explanation["id"]]
        total = exact_sum(got, STEPS[utility])
        assert total == exact_sum([r["served"] for r in select(demands, utility, case)], STEPS[utility])
        return total

    def rule_sum_without_amount(self, _value, demands, utility, case):
        return exact_sum([row["without_amount"] for row in select(demands, utility, case)], STEPS[utility])

    def rule_sum_short(self, _value, demands, utility, case):
        rows = select(demands, utility, case)
        return exact_sum([r["amount"] - r["served"] - r["without_amount"] for r in rows], STEPS[utility])

    def rule_sum_given(self, _value, allocations, utility, case):
        rows = select(allocations, utility, case)
        return exact_sum([r["amount"] for r in rows if r["source_zone_id"] == self.explanation["id"]], STEPS[utility])

    # ---- sources

    def rule_highest_use(self, _value, in_use):
        if not in_use or any(season["in_use"] is None for season in in_use):
            return None
        return max(season["in_use"] for season in in_use)

    @staticmethod
    def from_season(season, what):
        """The amount of a season, by the text that stands in the input."""
        text, factor = season[what + "_text"], season[what + "_factor"]
        return None if text is None else float(plain_digits(text)) * factor

    def check_seasons(self, seasons):
        for season in seasons:
            used = self.from_season(season, "in_use")
            assert used is None and season["in_use"] in (0, None) or abs(used - season["in_use"]) < 1e-9, season

    def rule_committed(self, _value, seasons, all_year, all_year_field=None):
        if all_year_field is not None and all_year_field["text"] is not None:
            assert abs(float(plain_digits(all_year_field["text"])) * all_year_field.get("factor", 1) - all_year) < 1e-9
        parts = [season["committed"] for season in seasons]
        return None if all_year is None or None in parts else Near(all_year + max([0, *parts]), 1e-9)

    def rule_committed_counted(self, _value, committed, until, lapsed):
        assert not lapsed or until
        return 0.0 if lapsed else committed

    def rule_firm_headroom(self, _value, seasons, all_year, capacity, role, without_amount, lapsed, all_year_field=None):
        self.check_seasons(seasons)
        if role == "context" or without_amount or capacity is None or not seasons:
            return None
        parts = []
        for season in seasons:
            committed = [0] if lapsed else [all_year, season["committed"]]
            if season["in_use"] is None or None in committed:
                return None
            parts.append(capacity * season["capacity_factor"] - season["in_use"] - sum(committed))
        return Near(max(0.0, min(capacity, *parts)), 1e-9)

    def rule_headroom_left(self, value, headroom, given, step):
        if given is None or headroom is None:
            return None
        steps = round(1 / step)
        return (math.floor(headroom * steps + NOISE) - round(given * steps)) / steps

    def rule_shadow_price(self, value, class_of_another_step="none", left=None):
        if class_of_another_step == "none":
            return None
        price = int(class_of_another_step is not None)
        assert not (price and left), "what has headroom left cannot serve more with more of it"
        return price


class Near:
    """A value that is known to within `tolerance`."""

    def __init__(self, value, tolerance):
        self.value, self.tolerance = value, tolerance

    def __repr__(self):
        return f"{self.value!r} ± {self.tolerance}"


def from_field(field, value):
    """What a cell of the input is, in the column's unit."""
    text = field.get("means", field["text"])
    if text is None:
        return None
    if isinstance(value["value"], str) or value["value"] is None:
        return as_words(text)
    number = sum(float(plain_digits(part)) for part in text.split(" + ")) * field.get("factor", 1)
    return Near(number, 0.5 / M2_PER_HA if value.get("unit") == "ha" else 1e-9 * max(1, abs(number)))


def plain_digits(text):
    text = "".join(str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c for c in text)
    return {"yes": "1", "no": "0", "true": "1", "false": "0"}.get(text.lower(), text.replace(",", "").replace("٫", "."))


def as_words(text):
    """Names differ in Arabic and Persian letters when those of one place are made the same; words are translated."""
    return Text(text)


class Text:
    WORDS = {"شهرک صنعتی": "industrial_estate", "ناحیه صنعتی": "industrial_zone", "منطقه ویژه اقتصادی": "special_economic_zone",
             "فعال": "operating", "در حال ساخت": "under_construction", "مصوب": "approved"}

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return repr(self.text)

    @staticmethod
    def folded(text):
        text = text.translate(str.maketrans("يكئ", "یکی"))
        return " ".join(text.replace("\u200c", " ").split())

    def is_same(self, other):
        folded = self.folded(self.text)
        return other is not None and (folded == self.folded(other) or self.WORDS.get(folded) == other)


def named_takers(amounts, steps, unit):
    got = {}
    for taker, amount in amounts:
        got[taker] = got.get(taker, 0) + round(amount * steps)
    most = sorted(sorted(got.items()), key=lambda taker: -taker[1])
    text = "; ".join(f"{taker} {amount / steps:.10g} {unit}" for taker, amount in most[:3])
    return (text + (f"; {len(most) - 3} more" if len(most) > 3 else "")) or None


def up(amount, steps):
    return math.ceil(amount * steps - NOISE) / steps


def exact_sum(amounts, steps):
    return sum(round(amount * steps) for amount in amounts) / steps


def select(rows, utility=None, case=None):
    return [r for r in rows if (utility is None or r["utility"] == utility) and (case is None or r["case"] == case)]


def rings(wkt):
    """Parts of a MULTIPOLYGON, each a list of rings of (lon, lat)."""
    for part in re.findall(r"\((\([^()]*\)(?:,\([^()]*\))*)\)", wkt):
        yield [[tuple(map(float, p.split())) for p in ring.split(",")] for ring in re.findall(r"\(([^()]*)\)", part)]


def ring_area(ring):
    return EARTH.polygon_area_perimeter([p[0] for p in ring], [p[1] for p in ring])[0]


def holds(wkt, x, y):
    crossings = 0
    for part in rings(wkt):
        for ring in part:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    crossings += 1
    return crossings % 2 == 1


def is_same(computed, written):
    if isinstance(computed, Text):
        return computed.is_same(written)
    if isinstance(computed, Near):
        return written is not None and abs(computed.value - written) <= computed.tolerance
    if computed is None or written is None or isinstance(computed, str) or isinstance(written, str):
        return computed == written
    return abs(computed - written) <= 1e-9 * max(1, abs(written))


def written_rows(database, explanation):
    """The cells of RESULT that the explanation speaks of, by address."""
    cells = {}
    key = {"unit": "unit_id", "zone": "zone_id", "source": "source_id"}[explanation["kind"]]
    layers = {"unit": ["units", "unit_utilities"], "zone": ["zones", "zone_points"], "source": ["sources", "source_lines"]}
    tables = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
    for layer in layers[explanation["kind"]]:
        if layer not in tables:
            continue
        for row in database.execute(f'SELECT * FROM "{layer}" WHERE "{key}" = ?', (explanation["id"],)):
            row = {name: row[name] for name in row.keys() if name not in ("fid", "geom")}
            of = f"[{row['utility']},{row['case']}]" if layer == "unit_utilities" else ""
            name = {"zone_points": "zones", "source_lines": "sources"}.get(layer, layer)
            cells.update({f"{name}{of}.{column}": value for column, value in row.items()})
    return cells


def drawn_ids(database, seed):
    draw = random.Random(seed)
    for kind, layer, column, number in (
        ("unit", "units", "unit_id", UNITS_DRAWN),
        ("zone", "zones", "zone_id", ZONES_DRAWN),
        ("source", "sources", "source_id", SOURCES_DRAWN),
    ):
        ids = sorted({row[0] for row in database.execute(f'SELECT "{column}" FROM "{layer}"')})
        for id_ in draw.sample(ids, min(number, len(ids))):
            yield kind, id_


def main(amayesh, study, result, seed="1395"):
    database = sqlite3.connect(f"file:{result}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    wrong, computed_cells, by_rule = [], 0, {}
    for kind, id_ in drawn_ids(database, int(seed)):
        ran = subprocess.run([amayesh, "explain", study, id_, "--kind", kind, "--json", "--quiet"], check=True,
                             capture_output=True, text=True)
        explained = Explained(json.loads(ran.stdout))
        written = written_rows(database, explained.explanation)
        if {Explained.address(value) for value in explained.values} != set(written):
            wrong.append(f"{kind} {id_}: columns explained and written differ")
        for value in explained.values:
            address = Explained.address(value)
            try:
                outcome = explained.compute(value)
            except Exception as error:  # a rule that cannot be followed is a fault of the explanation
                wrong.append(f"{kind} {id_} {address}: rule '{value['rule']}': {error!r}")
                continue
            computed_cells += 1
            by_rule[value["rule"]] = by_rule.get(value["rule"], 0) + 1
            if not is_same(outcome, written.get(address)):
                wrong.append(f"{kind} {id_} {address}: by its inputs {outcome!r}, written {written.get(address)!r}"
                             f" ({value['rule']})")
    print(f"{computed_cells} cells computed again by {len(by_rule)} rules, {len(wrong)} differ")
    for line in wrong[:40]:
        print(line, file=sys.stderr)
    return 1 if wrong or computed_cells < 100 else 0


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
