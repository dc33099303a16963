#include "analysis/service_gap.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/steps.hpp"

namespace amayesh::detail {

namespace {

std::optional<StepRange> demand_of(const UnitGap& gap, UtilityKind utility, const GapStandards& standards) {
    if (!gap.target || utility == UtilityKind::telecom) return std::nullopt;
    const DemandStandard& standard = standards.demand[utility];
    const auto steps = [&](Case c) {
        const StepRange& land = standard.basis == LandBasis::net ? *gap.target_net : *gap.target;
        return steps_up(static_cast<double>(land.at(c)) / steps_per_ha * standard.per_ha.at(c),
                        steps_per_unit[utility]);
    };
    return StepRange{steps(Case::low), steps(Case::central), steps(Case::high)};
}

std::optional<std::int64_t> people_unserved(const AssessedUnit& unit, UtilityKind utility) {
    const auto& share = unit.served_share[utility];
    if (!share || !unit.population) return std::nullopt;
    return std::llround(static_cast<double>(*unit.population) * (1 - *share));
}

/// Adds up what the sources in reach state.
void take_stock(ServiceNeed& need, const PlanningArea& area, UtilityKind utility, const std::vector<Near>& in_reach) {
    need.sources_in_reach = in_reach.size();
    for (const Near& near : in_reach) {
        const UtilitySource& source = area.sources[near.feature];
        if (utility == UtilityKind::telecom) {
            if (!source.telecom_class)
                ++need.sources_unknown;
            else
                need.telecom_class = std::max(need.telecom_class.value_or(TelecomClass::none), *source.telecom_class);
        } else if (source.capacity_is_yes_no) {
            need.serves_without_amount = true;
        } else if (const auto free = headroom(source)) {
            need.reachable = need.reachable.value_or(0) + steps_down(*free, steps_per_unit[utility]);
        } else {
            ++need.sources_unknown;
        }
    }
}

ServiceReason reason_of(const ServiceNeed& need, UtilityKind utility, Case scenario, const GapStandards& standards,
                        bool all_sources_known) {
    if (need.sources_in_reach == 0)
        return all_sources_known ? ServiceReason::no_source_in_reach : ServiceReason::no_source_known_in_reach;
    if (utility == UtilityKind::telecom) {
        if (need.telecom_class && *need.telecom_class >= standards.required_telecom) return ServiceReason::reachable;
        return need.sources_unknown > 0 ? ServiceReason::unknown_capacity : ServiceReason::class_too_low;
    }
    if (need.serves_without_amount || need.reachable.value_or(0) >= need.demand->at(scenario))
        return ServiceReason::reachable;
    return need.sources_unknown > 0 ? ServiceReason::unknown_capacity : ServiceReason::no_headroom;
}

}  // namespace

void judge_services(UnitGap& gap, const PlanningArea& area, const ReachIndex& reach, const PlaceReach* centre_reach,
                    std::optional<Point> measured_centre, const GapStandards& standards) {
    for (const UtilityKind utility : all_utilities) {
        ServiceNeed& need = gap.services[utility];
        need.demand = need.demand_alone = demand_of(gap, utility, standards);
        need.people_unserved = people_unserved(gap.unit, utility);
        if (!measured_centre || !centre_reach) {
            need.reasons.fill(gap.target ? ServiceReason::centre_unknown : ServiceReason::not_assessed);
            continue;
        }
        need.nearest = centre_reach->source[utility];
        take_stock(need, area, utility,
                   reach.sources_in_reach(*measured_centre, utility, standards.utility_reach[utility]));
        const LayerFacts& layer = area.sources_layer[utility];
        const bool all_known = layer.complete && reach.sources_without_place(utility) == 0;
        for (const Case scenario : all_cases)
            need.reasons[static_cast<std::size_t>(scenario)] =
                !gap.target      ? ServiceReason::not_assessed
                : !layer.present ? ServiceReason::no_source_layer
                                 : reason_of(need, utility, scenario, standards, all_known);
    }
}

}  // namespace amayesh::detail
