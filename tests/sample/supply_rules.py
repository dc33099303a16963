"""Rules of land, utilities and priority, written out anew from docs/explain.md. Each takes a rule's inputs by name."""

import math

from explained_values import CLASSES, exact_sum, M2_PER_HA, named_takers, NOISE, select, STEPS, up


class SupplyRules:
    """Rules of land, utilities and priority."""

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
        def short(part):
            return round((part["amount"] - part["served"] - part["without_amount"]) * STEPS[utility])
        parts = [part for part in select(demands, utility, case) if short(part) > 0]
        if not parts:
            return "served"
        part = max(parts, key=short)  # the first of equals
        if not part["place_known"]:
            return "centre_unknown"
        if part["sources_in_reach"] == 0:
            return "no_source_in_reach" if all_sources_known else "no_source_known_in_reach"
        if part["sources_unknown"] > 0:
            return "unknown_capacity"
        enough = round((part["headroom_in_reach"] - part["own_elsewhere"] - part["amount"]) * STEPS[utility]) >= 0
        return "headroom_taken_by_others" if enough else "no_headroom"

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

    def rule_priority_rank(self, _value, score, km, reach, unit_id, ahead, **inputs):
        if not score:
            return None
        def place(a_score, a_km, a_min, a_id):
            way = a_km if reach == "straight" else a_min
            return (-a_score, -(math.inf if way is None else way), a_id)
        own = place(score, km, inputs["min"], unit_id)
        for other in ahead:
            way = (other["nearest_zone_km"], other["quickest_zone_min"])
            assert place(other["score"], *way, other["unit_id"]) < own, other
        return len(ahead) + 1
