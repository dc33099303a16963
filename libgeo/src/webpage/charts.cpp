#include <algorithm>
#include <cmath>
#include <map>

#include "webpage/people_by_distance.hpp"
#include "webpage/report_parts.hpp"

namespace amayesh::detail {

namespace {

// The curve goes this far, or twice the limit of reach, in so many steps at most.
constexpr double farthest_shown_km = 50;
constexpr double farthest_shown_min = 120;
constexpr int most_steps = 600;

Json left_out_by_distance(const ReportInput& input) {
    const PeopleByDistance found = people_by_distance(input);
    const bool is_in_minutes = input.result.reach != ReachKind::straight;
    const double reach = reach_limit(input.result);
    const double farthest = std::max(is_in_minutes ? farthest_shown_min : farthest_shown_km, 2 * reach);
    const int step = std::max(1, static_cast<int>(std::ceil(farthest / most_steps)));
    std::vector<int> limits;
    std::vector<std::int64_t> people;
    for (int limit = 0; limit < farthest + step; limit += step) {
        std::int64_t farther = 0;
        for (const auto& [distance, number] : found.people)
            if (distance > limit) farther += number;
        limits.push_back(limit);
        people.push_back(farther);
    }
    return {{"unit", is_in_minutes ? "min" : "km"},
            {"distance", limits},
            {"people", people},
            {"people_unknown_units", found.unknown_units},
            {"people_without_way", found.without_way},
            {"may_be_nearer", found.may_be_nearer},
            {"limit", rounded(reach)}};
}

double in_units(std::int64_t steps, UtilityKind utility) {
    return rounded(static_cast<double>(steps) / steps_per_unit[utility]);
}

/// Nothing is known where no unit with a demand has a layer of sources.
bool is_shared_known(const Rollup& total, UtilityKind utility) {
    return total.shared_unknown_units[utility] == 0 || total.shared[utility][Case::central].demand > 0;
}

/// Totals of a province; null where nothing is known.
Json province_json(const Rollup& total) {
    const bool least_is_unknown = total.over > 0 && total.at_least_unknown_units == total.over;
    Json row{{"province", total.place.province},
             {"units_over", total.is_threshold_unknown() ? Json(nullptr) : Json(total.over)},
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
    if (!total.is_threshold_unknown()) return row;
    row["people_left_out"] = {{"min", nullptr}, {"max", nullptr}};
    for (const char* amount : {"new_zone_ha", "water", "power", "gas"}) row[amount] = nullptr;
    return row;
}

Json shortfall_by_province(const ReportInput& input) {
    Json rows = Json::array();
    for (const Rollup& total : input.result.rollups)
        if (total.level == RollupLevel::province) rows.push_back(province_json(total));
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
