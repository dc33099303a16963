#include "analysis/land_sharing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analysis/countable.hpp"
#include "analysis/steps.hpp"
#include "analysis/takers.hpp"

namespace amayesh::detail {

namespace {

/// Units that want land, zones that have some, and how far they are: the same in every case.
struct LandMarket {
    CapacityProblem problem;         ///< Without amounts of demand.
    std::vector<std::size_t> units;  ///< Of the demands.
};

/// As `add_arcs`, by the time to the zones.
void add_arcs_in_time(LandMarket& market, const UnitGap& gap, TravelTime limit) {
    const std::size_t demand = market.units.size() - 1;
    for (std::size_t i = 0; i < gap.zones_in_reach.size(); ++i) {
        const TravelTime time = i < gap.zone_times.size() ? gap.zone_times[i] : limit;
        market.problem.arcs.push_back({demand, gap.zones_in_reach[i], time.count()});
    }
}

void add_arcs(LandMarket& market, const UnitGap& gap, const std::optional<Point>& centre, const ReachIndex& reach,
              const GapOptions& options) {
    if (options.travel != nullptr) return add_arcs_in_time(market, gap, options.travel_limit);
    const std::size_t demand = market.units.size() - 1;
    std::vector<Near> in_reach;
    if (centre) in_reach = reach.zones_in_reach(*centre);
    for (const Near& near : in_reach)
        market.problem.arcs.push_back({demand, near.feature, std::llround(near.distance.value())});
    const std::int64_t limit = std::llround(to_metres(reach.zone_limit()).value());
    const std::span by_code = std::span(gap.zones_in_reach).last(gap.zones_by_code);
    for (const std::size_t zone : by_code) market.problem.arcs.push_back({demand, zone, limit});
}

LandMarket market_of(std::span<const UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                     std::span<const std::optional<Point>> centres,
                     std::span<const std::optional<std::int64_t>> usable_land, const GapOptions& options) {
    LandMarket market;
    for (std::size_t z = 0; z < area.zones.size(); ++z)
        market.problem.sources.push_back({fmt::format("{}\x1f{}", area.zones[z].id, z), usable_land[z]});
    for (std::size_t u = 0; u < units.size(); ++u) {
        if (!units[u].target_net) continue;
        market.units.push_back(u);
        market.problem.demands.push_back({.id = units[u].unit.id});
        add_arcs(market, units[u], centres[u], reach, options);
    }
    return market;
}

void settle(LandBalance& land, const UnitGap& gap, Case scenario, const GapStandards& standards) {
    const std::int64_t net = gap.target_net->at(scenario);
    const std::int64_t gross = gap.target->at(scenario);
    land.rest_net = net - land.credited;
    const double credited_gross = static_cast<double>(land.credited) / standards.net_share.at(scenario);
    const std::int64_t rest = land.rest_net == 0 ? 0 : std::max<std::int64_t>(0, gross - steps_down(credited_gross, 1));
    const bool makes_a_zone = rest >= steps_up(standards.least_zone.value(), steps_per_ha);
    (makes_a_zone ? land.new_zone : land.remainder) = rest;
}

/// Land of each zone in the central case: to whom, and how much.
using Promises = std::vector<std::vector<std::pair<std::size_t, std::int64_t>>>;

Promises promises_of(std::span<const UnitGap> units, std::size_t zones) {
    Promises promises(zones);
    for (std::size_t u = 0; u < units.size(); ++u)
        if (const auto& land = units[u].land[Case::central])
            for (const LandCredit& credit : land->credits) promises[credit.zone].emplace_back(u, credit.area);
    return promises;
}

/// Who else is promised land of the zones in reach of the unit.
Takers takers_of(std::size_t unit, std::span<const UnitGap> units, const Promises& promises) {
    Takers takers;
    for (const std::size_t zone : units[unit].zones_in_reach)
        for (const auto& [other, area] : promises[zone])
            if (other != unit) takers[units[other].unit.id] += area;
    return takers;
}

/// Served alone is not served, where others get the land: as far as it is known that there is no more.
void restate_status(std::span<UnitGap> units, std::size_t zones) {
    const Promises promises = promises_of(units, zones);
    for (std::size_t u = 0; u < units.size(); ++u) {
        UnitGap& gap = units[u];
        const auto& land = gap.land[Case::central];
        if (gap.status != UnitStatus::served || gap.zones_land_unknown > 0 || !land || land->rest_net == 0) continue;
        gap.status = UnitStatus::zone_full;
        gap.reason = UnitReason::land_taken_by_others;
        gap.land_taken_by = name_takers(takers_of(u, units, promises), steps_per_ha, "ha");
    }
}

}  // namespace

void share_land(std::span<UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                std::span<const std::optional<Point>> measured_centres,
                std::span<const std::optional<std::int64_t>> usable_land, const GapStandards& standards,
                const GapOptions& options) {
    const LandReuse reuse = options.reuse;
    LandMarket market = market_of(units, area, reach, measured_centres, usable_land, options);
    for (const Case scenario : all_cases) {
        for (const std::size_t u : market.units) units[u].land[scenario].emplace();
        if (reuse == LandReuse::first) {
            for (std::size_t d = 0; d < market.units.size(); ++d)
                market.problem.demands[d].amount = units[market.units[d]].target_net->at(scenario);
            require_countable(
                market.problem,
                {.what = fmt::format("land, {} case", to_string(scenario)),
                 .steps_per_unit = steps_per_ha,
                 .unit = "ha",
                 .cause = "land.target_per_1000 and land.maximum of the standards",
                 .demand_name =
                     [&](std::size_t d) { return fmt::format("the unit '{}'", units[market.units[d]].unit.id); },
                 .source_name = [&](std::size_t z) { return fmt::format("the zone '{}'", area.zones[z].id); }});
            const CapacityAllocation promised = allocate_capacity(market.problem);
            for (std::size_t a = 0; a < promised.amounts.size(); ++a) {
                if (promised.amounts[a] == 0) continue;
                const CapacityArc& arc = market.problem.arcs[a];
                LandBalance& land = *units[market.units[arc.demand]].land[scenario];
                land.credits.push_back({arc.source, promised.amounts[a]});
                land.credited += promised.amounts[a];
            }
        }
        for (const std::size_t u : market.units) {
            LandBalance& land = *units[u].land[scenario];
            std::ranges::sort(land.credits, {}, &LandCredit::zone);
            settle(land, units[u], scenario, standards);
        }
    }
    if (reuse == LandReuse::first) restate_status(units, area.zones.size());
}

}  // namespace amayesh::detail
