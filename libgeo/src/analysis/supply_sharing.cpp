#include "analysis/supply_sharing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/parallel.hpp>

#include "analysis/committed_land.hpp"
#include "analysis/countable.hpp"
#include "analysis/settled_units.hpp"
#include "analysis/steps.hpp"
#include "analysis/utility_market.hpp"
#include "analysis/zone_balance.hpp"

namespace amayesh::detail {

namespace {

/// One utility in one case, as it is built up and solved.
class Competition {
public:
    Competition(const Market& market, Case scenario, const PlanningArea& area, const GapStandards& standards)
        : m_market{market}, m_scenario{scenario}, m_area{area}, m_standards{standards} {
        for (std::size_t s = 0; s < area.sources.size(); ++s) {
            m_source_of.push_back(no_index);
            const UtilitySource& source = area.sources[s];
            if (source.utility != market.utility || source.role != SourceRole::distribution ||
                source.capacity_is_yes_no || std::holds_alternative<std::monostate>(source.geometry))
                continue;
            m_source_of.back() = add_source({.source = s, .headroom = market.headroom[s]}, source.id);
        }
        m_zone_source_of.assign(area.zones.size(), no_index);
    }

    /// What zones need themselves, and what they have to spare.
    void add_zones(std::span<const ZoneLand> land, std::span<const ZoneStatus> serving) {
        for (std::size_t z = 0; z < m_area.zones.size(); ++z) {
            const IndustrialZone& zone = m_area.zones[z];
            const auto spare = spare_of_zone(zone, land[z], serving, m_market.utility, m_scenario, m_standards);
            if (spare && *spare < 0) add_demand({.kind = DemandKind::zone_occupied, .zone = z, .amount = -*spare});
            if (spare && *spare > 0) m_zone_source_of[z] = add_source({.zone = z, .headroom = *spare}, zone.id);
            if (has_committed_plots(zone, land[z]) && !m_market.committed_at_sources)
                add_demand(
                    {.kind = DemandKind::zone_committed,
                     .zone = z,
                     .amount = demand_steps(land[z].committed_ha, m_market.utility, m_scenario, m_standards, zone.id) -
                               kept_for_plots(zone, land[z], serving, m_market.utility, m_scenario, m_standards)});
        }
    }
    void add_units(std::span<const UnitGap> units) {
        for (std::size_t u = 0; u < units.size(); ++u) {
            const auto& land = units[u].land[m_scenario];
            if (!land || !units[u].unit.centre) continue;
            for (const LandCredit& credit : land->credits)
                add_demand({.kind = DemandKind::credited_land,
                            .unit = u,
                            .zone = credit.zone,
                            .amount = demand_of(credit.area, units[u].unit.id)});
            add_demand(
                {.kind = DemandKind::unit_centre, .unit = u, .amount = demand_of(land->rest_net, units[u].unit.id)});
        }
    }

    SharedUtility solve(Sharing sharing, std::span<const UnitGap> units) {
        for (std::size_t d = 0; d < m_result.demands.size(); ++d) connect(d, units);
        check_sums(units);
        AllocationOptions options;
        options.sharing.fill(sharing);
        const CapacityAllocation shared = allocate_capacity(m_problem, options);
        for (std::size_t a = 0; a < m_problem.arcs.size(); ++a) {
            if (shared.amounts[a] == 0) continue;
            const CapacityArc& arc = m_problem.arcs[a];
            const SharedSource& from = m_result.sources[arc.source];
            m_result.amounts.push_back({arc.demand, from.source, from.zone, shared.amounts[a], m_distances[a]});
        }
        for (std::size_t d = 0; d < m_result.demands.size(); ++d) m_result.demands[d].served = shared.demands[d].served;
        for (std::size_t s = 0; s < m_result.sources.size(); ++s) {
            m_result.sources[s].used = shared.sources[s].used;
            m_result.sources[s].class_of_another_step = shared.sources[s].class_of_another_step;
        }
        return std::move(m_result);
    }

private:
    [[nodiscard]] std::int64_t demand_of(std::int64_t net_steps, std::string_view unit) const {
        return demand_steps(static_cast<double>(net_steps) / steps_per_ha, m_market.utility, m_scenario, m_standards,
                            unit);
    }

    void check_sums(std::span<const UnitGap> units) const {
        const auto demand_name = [&](std::size_t d) {
            const SharedDemand& demand = m_result.demands[d];
            return demand.unit != no_index ? fmt::format("the unit '{}'", units[demand.unit].unit.id)
                                           : fmt::format("the zone '{}'", m_area.zones[demand.zone].id);
        };
        const auto source_name = [&](std::size_t s) {
            const SharedSource& source = m_result.sources[s];
            return source.zone != no_index ? fmt::format("the zone '{}'", m_area.zones[source.zone].id)
                                           : fmt::format("the source '{}'", m_area.sources[source.source].id);
        };
        const UtilityKind utility = m_market.utility;
        require_countable(m_problem, {.what = fmt::format("{}, {} case", to_string(utility), to_string(m_scenario)),
                                      .steps_per_unit = steps_per_unit[utility],
                                      .unit = unit_name(utility),
                                      .cause = "its land, or demand and land of the standards",
                                      .demand_name = demand_name,
                                      .source_name = source_name});
    }
    std::size_t add_source(SharedSource source, const std::string& id) {
        const bool is_zone = source.zone != no_index;
        m_problem.sources.push_back({.id = fmt::format("{}\x1f{}\x1f{}", is_zone ? "zone" : "source", id,
                                                       is_zone ? source.zone : source.source),
                                     .headroom = source.headroom});
        m_result.sources.push_back(source);
        return m_result.sources.size() - 1;
    }
    void add_demand(SharedDemand demand) {
        if (demand.amount > 0) m_result.demands.push_back(demand);
    }

    /// Names the demand, and links it to what is in reach of its place.
    void connect(std::size_t d, std::span<const UnitGap> units) {
        SharedDemand& demand = m_result.demands[d];
        const bool at_zone = demand.zone != no_index;
        const DemandPlace& place = at_zone ? m_market.zones[demand.zone] : m_market.centres[demand.unit];
        demand.place = place.degrees;
        const std::string unit = demand.unit == no_index ? "" : units[demand.unit].unit.id;
        const std::string zone =
            at_zone ? fmt::format("{}\x1f{}", m_area.zones[demand.zone].id, demand.zone) : std::string{};
        for (const Near& near : place.sources) {
            ++demand.sources_in_reach;
            if (m_area.sources[near.feature].capacity_is_yes_no)
                demand.without_amount = demand.amount;
            else
                link(d, m_source_of[near.feature], near.distance);
        }
        for (const Near& near : place.zones) {
            if (m_zone_source_of[near.feature] == no_index) continue;
            ++demand.sources_in_reach;
            link(d, m_zone_source_of[near.feature], near.distance);
        }
        if (demand.without_amount > 0) {
            while (!m_problem.arcs.empty() && m_problem.arcs.back().demand == d) {
                m_problem.arcs.pop_back();
                m_distances.pop_back();
            }
        }
        m_problem.demands.push_back({.id = fmt::format("{}\x1f{}\x1f{}", to_string(demand.kind), unit, zone),
                                     .amount = demand.without_amount > 0 ? 0 : demand.amount,
                                     .priority_class = demand_classes[static_cast<std::size_t>(demand.kind)]});
    }
    void link(std::size_t d, std::size_t source, Metres distance) {
        const auto& headroom = m_result.sources[source].headroom;
        if (!headroom) {
            ++m_result.demands[d].sources_unknown;
            return;
        }
        m_result.demands[d].headroom_in_reach += *headroom;
        m_problem.arcs.push_back({d, source, std::llround(distance.value())});
        m_distances.push_back(distance);
    }

    const Market& m_market;
    Case m_scenario;
    const PlanningArea& m_area;
    const GapStandards& m_standards;
    std::vector<std::size_t> m_source_of;       ///< Of a source of the area.
    std::vector<std::size_t> m_zone_source_of;  ///< Of a zone with something to spare.
    CapacityProblem m_problem;
    std::vector<Metres> m_distances;  ///< Of the arcs.
    SharedUtility m_result;
};

}  // namespace

SharedSupply share_supply(std::span<UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                          std::span<const std::optional<Point>> measured_centres, const GapStandards& standards,
                          const GapOptions& options) {
    SharedSupply result;
    std::vector<Market> markets;
    const auto land = land_in_use(area);
    const ZonePlaces zones = places_of_zones(units, area, land, options.metric);
    for (const UtilityKind utility : all_utilities)
        if (utility != UtilityKind::telecom && area.sources_layer[utility].present)
            markets.push_back(market_of(utility, units, area, reach, measured_centres, zones, standards));
    parallel_for(markets.size() * all_cases.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const Market& market = markets[i / all_cases.size()];
            const Case scenario = all_cases[i % all_cases.size()];
            Competition competition(market, scenario, area, standards);
            competition.add_zones(land, options.serving_statuses);
            competition.add_units(units);
            result.utilities[market.utility][static_cast<std::size_t>(scenario)] =
                competition.solve(options.sharing, units);
        }
    });
    for (const Market& market : markets) {
        result.committed_at_sources[market.utility] = market.committed_at_sources;
        const bool all_known =
            area.sources_layer[market.utility].complete && reach.sources_without_place(market.utility) == 0;
        for (const Case scenario : all_cases)
            settle_units(units, result.utilities[market.utility][static_cast<std::size_t>(scenario)], market, scenario,
                         area, all_known);
    }
    restate_demand(units);
    return result;
}

}  // namespace amayesh::detail
