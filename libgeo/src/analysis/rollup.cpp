#include <algorithm>
#include <map>

#include <amayesh/analysis/gap.hpp>

#include "analysis/rollup_keys.hpp"
#include "analysis/steps.hpp"

namespace amayesh {

namespace {

bool is_unserved(UnitStatus status) {
    return status == UnitStatus::zone_full || status == UnitStatus::no_zone_in_reach ||
           status == UnitStatus::no_zone_known_in_reach;
}

void count_status(Rollup& total, const UnitGap& gap) {
    ++total.units;
    switch (gap.unit.threshold) {
        case Threshold::over:
            ++total.over;
            break;
        case Threshold::not_over:
            ++total.not_over;
            break;
        case Threshold::unknown:
            ++total.threshold_unknown;
            break;
    }
    switch (gap.status) {
        case UnitStatus::served:
            ++total.served;
            break;
        case UnitStatus::zone_full:
            ++total.zone_full;
            break;
        case UnitStatus::no_zone_in_reach:
            ++total.no_zone;
            break;
        case UnitStatus::no_zone_known_in_reach:
            ++total.no_zone_known;
            break;
        case UnitStatus::not_over_threshold:
        case UnitStatus::population_unknown:
            break;
    }
}

void add_people(Rollup& total, const UnitGap& gap) {
    if (gap.unit.population)
        total.people_known += *gap.unit.population;
    else
        ++total.people_unknown_units;
    if (gap.unit.threshold == Threshold::over) {
        total.people_over += gap.unit.population.value_or(gap.unit.population_at_least.value_or(0));
        if (gap.people.at_least)
            total.left_out_at_least += *gap.people.at_least;
        else
            ++total.at_least_unknown_units;
        if (gap.people.at_most)
            total.left_out_at_most += *gap.people.at_most;
        else
            ++total.at_most_unknown_units;
    }
    for (const UtilityKind utility : all_utilities) {
        if (const auto& people = gap.services[utility].people_unserved)
            total.people_unserved[utility] += *people;
        else
            ++total.people_unserved_unknown_units[utility];
    }
}

std::int64_t& amount_at(StepRange& range, Case scenario) {
    return scenario == Case::low ? range.low : scenario == Case::central ? range.central : range.high;
}

void add_shared(Rollup& total, const UnitGap& gap, Case scenario) {
    if (const auto& land = gap.land[scenario]) {
        amount_at(total.credited_net, scenario) += land->credited;
        amount_at(total.new_zone, scenario) += land->new_zone;
        amount_at(total.remainder, scenario) += land->remainder;
    }
    for (const UtilityKind utility : all_utilities)
        if (const auto& balance = gap.services[utility].shared[scenario]) {
            total.shared[utility][scenario] += *balance;
            if (gap.services[utility].loses_when_shared(scenario)) ++total.lost_when_shared[utility][scenario];
        }
}

void add_land_and_demand(Rollup& total, const UnitGap& gap) {
    if (gap.unit.area_ha)
        total.area += detail::steps_down(*gap.unit.area_ha + 0.5 / steps_per_ha, steps_per_ha);
    else
        ++total.area_unknown_units;
    if (gap.unit.threshold != Threshold::over) return;
    if (!gap.target) {
        ++total.target_unknown_units;
        return;
    }
    for (const Case scenario : all_cases) add_shared(total, gap, scenario);
    const bool unserved = is_unserved(gap.status);
    total.target += *gap.target;
    if (unserved) total.target_unserved += *gap.target;
    for (const UtilityKind utility : all_utilities) {
        const auto& demand = gap.services[utility].demand;
        if (!demand) continue;
        if (!gap.services[utility].shared[Case::central]) ++total.shared_unknown_units[utility];
        total.demand[utility] += *demand;
        if (unserved) total.demand_unserved[utility] += *demand;
    }
}

}  // namespace

std::string_view to_string(RollupLevel level) noexcept {
    switch (level) {
        case RollupLevel::county:
            return "county";
        case RollupLevel::province:
            return "province";
        case RollupLevel::nation:
            return "nation";
    }
    return {};
}

std::vector<Rollup> roll_up(std::span<const UnitGap> units, const PlanningArea& area,
                            std::span<const ZoneStatus> serving_statuses, RolledUpZones zones) {
    std::map<detail::RollupKey, Rollup> totals;
    const auto total_at = [&](const detail::RollupKey& key) -> Rollup& {
        Rollup& total = totals[key];
        total.level = std::get<0>(key);
        total.place.province = std::get<1>(key);
        total.place.county = std::get<2>(key);
        return total;
    };
    for (const UnitGap& gap : units) {
        for (const detail::RollupKey& key : detail::rollup_keys_of(gap.unit.place)) {
            Rollup& total = total_at(key);
            count_status(total, gap);
            add_people(total, gap);
            add_land_and_demand(total, gap);
        }
    }
    for (const IndustrialZone& zone : area.zones) {
        const bool serving = std::ranges::find(serving_statuses, zone.status) != serving_statuses.end();
        const auto keys = detail::rollup_keys_of(zone.place);
        if (zones == RolledUpZones::of_unit_counties && !totals.contains(keys.back())) continue;
        for (const detail::RollupKey& key : keys) {
            Rollup& total = total_at(key);
            ++total.zones;
            if (serving) ++total.zones_serving;
        }
    }
    std::vector<Rollup> result;
    for (auto& [key, total] : totals) result.push_back(std::move(total));
    std::ranges::stable_sort(result, {}, [](const Rollup& total) { return detail::rollup_order(total.level); });
    return result;
}

}  // namespace amayesh
