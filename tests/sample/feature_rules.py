"""Rules of zones and of sources, written out anew from docs/explain.md. Each takes a rule's inputs by name."""

import math

from explained_values import exact_sum, M2_PER_HA, Near, NOISE, plain_digits, select, STEPS


class FeatureRules:
    """Rules of zones and of sources."""

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

    def rule_of_district_around(self, value):
        return value["value"]

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
