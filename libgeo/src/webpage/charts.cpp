#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

constexpr double farthest_shown_km = 50;

/// People at distances from the nearest zone that serves: at the reach as many as `people.at_least` counts.
struct PeopleByDistance {
    std::vector<std::pair<double, std::int64_t>> people{};  ///< Kilometres, number.
    std::int64_t unknown_units = 0;
    bool may_be_nearer = false;  ///< Zones may be missing from the list, or their place is not known.
};

/// By the straight line. Infinite where there is no zone with a position; within reach where one is known to be there,
/// unless minutes decide what that is.
double distance_to_zone(const std::optional<Near>& zone, bool is_in_reach, const GapResult& result) {
    const Kilometres reach = result.standards.zone_reach;
    if (zone && result.reach != ReachKind::straight) return to_kilometres(zone->distance).value();
    const double km = zone ? to_kilometres(zone->distance).value() : std::numeric_limits<double>::infinity();
    return is_in_reach ? std::min(km, reach.value()) : km;
}

std::optional<double> distance_of_centre(const ReportInput& input, const UnitGap& gap) {
    if (!gap.unit.centre) return std::nullopt;
    return distance_to_zone(gap.nearest_zone, !gap.zones_in_reach.empty(), input.result);
}

/// What is known of the settlements of a unit.
struct KnownSettlements {
    std::int64_t people = 0;
    std::optional<double> nearest_unknown_km{};  ///< Of those with a place whose people are not known.
    bool has_known = false;
    bool has_unplaced_unknown = false;
};

KnownSettlements add_settlements(const ReportInput& input, const UnitGap& gap, PeopleByDistance& found) {
    KnownSettlements known;
    for (const std::size_t i : gap.unit.settlements) {
        const Settlement& settlement = input.area.settlements[i];
        const PlaceReach& reach = input.result.settlements[i];
        const bool is_placed = settlement.position || reach.zone_in_reach;
        const double km = distance_to_zone(reach.zone, reach.zone_in_reach, input.result);
        if (!settlement.population) {
            known.has_unplaced_unknown = known.has_unplaced_unknown || !is_placed;
            if (is_placed) known.nearest_unknown_km = std::min(km, known.nearest_unknown_km.value_or(km));
            continue;
        }
        known.has_known = true;
        known.people += *settlement.population;
        if (is_placed) found.people.emplace_back(km, *settlement.population);
    }
    return known;
}

/// Where those people of a unit are, at the least, whom no settlement of the list counts; nothing where that is not known.
std::optional<double> distance_of_others(const ReportInput& input, const UnitGap& gap, const KnownSettlements& known) {
    if (!input.area.settlements_layer.complete || known.has_unplaced_unknown) return std::nullopt;
    return known.nearest_unknown_km ? known.nearest_unknown_km : distance_of_centre(input, gap);
}

void add_unit(const ReportInput& input, const UnitGap& gap, PeopleByDistance& found) {
    if (gap.people.at_most && !gap.people.at_least) found.may_be_nearer = true;
    const KnownSettlements known = add_settlements(input, gap, found);
    if (known.has_known) {
        if (gap.unit.kind == UnitKind::settlement || gap.unit.population.value_or(0) <= known.people) return;
        if (const auto km = distance_of_others(input, gap, known))
            found.people.emplace_back(*km, *gap.unit.population - known.people);
        return;
    }
    const auto people = gap.unit.population ? gap.unit.population : gap.unit.population_at_least;
    const auto km = distance_of_centre(input, gap);
    if (!km || !people) {
        ++found.unknown_units;
        return;
    }
    found.people.emplace_back(*km, *people);
}

Json left_out_by_distance(const ReportInput& input) {
    PeopleByDistance found;
    for (const UnitGap& gap : input.result.units)
        if (gap.unit.threshold == Threshold::over) add_unit(input, gap, found);
    const double reach = input.result.standards.zone_reach.value();
    const int last = static_cast<int>(std::ceil(std::max(farthest_shown_km, 2 * reach)));
    std::vector<int> km;
    std::vector<std::int64_t> people;
    for (int limit = 0; limit <= last; ++limit) {
        std::int64_t farther = 0;
        for (const auto& [distance, number] : found.people)
            if (distance > limit) farther += number;
        km.push_back(limit);
        people.push_back(farther);
    }
    return {{"km", km},
            {"people", people},
            {"people_unknown_units", found.unknown_units},
            {"may_be_nearer", found.may_be_nearer},
            {"limit_km", rounded(reach)}};
}

double in_units(std::int64_t steps, UtilityKind utility) {
    return rounded(static_cast<double>(steps) / steps_per_unit[utility]);
}

/// Nothing is known where no unit with a demand has a layer of sources.
bool is_shared_known(const Rollup& total, UtilityKind utility) {
    return total.shared_unknown_units[utility] == 0 || total.shared[utility][Case::central].demand > 0;
}

Json shortfall_by_province(const ReportInput& input) {
    Json rows = Json::array();
    for (const Rollup& total : input.result.rollups) {
        if (total.level != RollupLevel::province) continue;
        const bool least_is_unknown = total.over > 0 && total.at_least_unknown_units == total.over;
        Json row{{"province", total.place.province},
                 {"units_over", total.over},
                 {"people_left_out",
                  {{"min", least_is_unknown ? Json(nullptr) : Json(total.left_out_at_least)},
                   {"max", total.at_most_unknown_units > 0 ? Json(nullptr) : Json(total.left_out_at_most)}}},
                 {"new_zone_ha", rounded(static_cast<double>(total.new_zone.central) / steps_per_ha)}};
        for (const UtilityKind utility : all_utilities)
            if (utility != UtilityKind::telecom)
                row[std::string(to_string(utility))] =
                    is_shared_known(total, utility)
                        ? Json(in_units(total.shared[utility][Case::central].shortfall, utility))
                        : Json(nullptr);
        rows.push_back(std::move(row));
    }
    return rows;
}

template <class AmountOf>
Json cases_json(UtilityKind utility, const AmountOf& amount_of) {
    return {{"low", in_units(amount_of(Case::low), utility)},
            {"value", in_units(amount_of(Case::central), utility)},
            {"high", in_units(amount_of(Case::high), utility)}};
}

/// How units over the threshold stand, in the central case: when headroom is shared, else alone.
Json reasons_json(const ReportInput& input, UtilityKind utility, WordSet& words) {
    std::map<std::string, std::int64_t, std::less<>> units;
    for (const UnitGap& gap : input.result.units) {
        if (gap.unit.threshold != Threshold::over) continue;
        const ServiceNeed& need = gap.services[utility];
        const auto& shared = need.shared[Case::central];
        ++units[std::string(to_string(shared ? shared->reason : need.reason(Case::central)))];
    }
    std::vector<std::pair<std::string, std::int64_t>> most_first(units.begin(), units.end());
    std::ranges::stable_sort(most_first, std::ranges::greater{}, &std::pair<std::string, std::int64_t>::second);
    Json reasons = Json::array();
    for (const auto& [word, count] : most_first) {
        words.insert(word);
        reasons.push_back({{"word", word}, {"units", count}});
    }
    return reasons;
}

Bilingual title_of(UtilityKind utility) {
    switch (utility) {
        case UtilityKind::water:
            return {"Water", "آب"};
        case UtilityKind::power:
            return {"Power", "برق"};
        case UtilityKind::gas:
            return {"Gas", "گاز"};
        case UtilityKind::telecom:
            return {"Telecom", "مخابرات"};
    }
    return {};
}

Json utilities_json(const ReportInput& input, WordSet& words) {
    Json utilities = Json::array();
    for (const UtilityKind utility : all_utilities) {
        Json chart{{"utility", to_string(utility)},
                   {"title", to_json(title_of(utility))},
                   {"unit", utility == UtilityKind::telecom ? "" : unit_name(utility)},
                   {"demand", nullptr},
                   {"supplied", nullptr},
                   {"shortfall", nullptr},
                   {"unknown_units", input.nation.shared_unknown_units[utility]}};
        const auto& shared = input.nation.shared[utility];
        if (utility != UtilityKind::telecom)
            chart["demand"] =
                cases_json(utility, [&](Case scenario) { return input.nation.demand[utility].at(scenario); });
        if (utility != UtilityKind::telecom && is_shared_known(input.nation, utility)) {
            chart["supplied"] = cases_json(utility, [&](Case scenario) {
                const ServiceBalance& sum = shared[scenario];
                return sum.own_supply + sum.allocated + sum.without_amount;
            });
            chart["shortfall"] = cases_json(utility, [&](Case scenario) { return shared[scenario].shortfall; });
        }
        chart["reasons"] = reasons_json(input, utility, words);
        utilities.push_back(std::move(chart));
    }
    return utilities;
}

}  // namespace

Json charts_json(const ReportInput& input, WordSet& words) {
    return {{"left_out_by_distance", left_out_by_distance(input)},
            {"shortfall_by_province", shortfall_by_province(input)},
            {"utilities", utilities_json(input, words)}};
}

}  // namespace amayesh::detail
