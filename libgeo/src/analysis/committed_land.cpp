#include "analysis/committed_land.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include <amayesh/analysis/gap.hpp>

#include "analysis/steps.hpp"

namespace amayesh::detail {

std::vector<ZoneLand> land_in_use(const PlanningArea& area) {
    std::unordered_map<std::string_view, std::size_t> index_of;
    for (std::size_t z = 0; z < area.zones.size(); ++z) index_of.emplace(area.zones[z].id, z);
    std::vector<ZoneLand> land(area.zones.size());
    std::vector<double> in_plots(area.zones.size(), 0);
    std::vector<bool> is_listed(area.zones.size()), is_unknown(area.zones.size());
    std::vector<bool> has_unknown_state(area.zones.size());
    for (const Plot& plot : area.plots) {
        const auto at = index_of.find(plot.zone_id);
        if (at == index_of.end()) continue;
        const std::size_t z = at->second;
        is_listed[z] = true;
        const bool in_use = plot.state == PlotState::operating || plot.state == PlotState::idle;
        const bool committed = plot.state == PlotState::contracted || plot.state == PlotState::under_construction;
        if (plot.state == PlotState::unknown || (in_use && !plot.area_ha)) is_unknown[z] = true;
        if (plot.state == PlotState::unknown) has_unknown_state[z] = true;
        if (in_use) in_plots[z] += plot.area_ha.value_or(0);
        if (!committed) continue;
        land[z].committed_ha += plot.area_ha.value_or(0);
        ++land[z].committed_plots;
        if (!plot.area_ha) ++land[z].committed_unknown;
    }
    for (std::size_t z = 0; z < area.zones.size(); ++z) {
        land[z].committed_is_known =
            is_listed[z] && !has_unknown_state[z] && land[z].committed_unknown == 0 && area.plots_layer.complete;
        if (area.zones[z].occupied_ha)
            land[z].occupied_ha = std::max(0.0, *area.zones[z].occupied_ha - land[z].committed_ha);
        else if (is_listed[z] && !is_unknown[z] && area.plots_layer.complete)
            land[z].occupied_ha = in_plots[z];
    }
    return land;
}

bool has_committed_plots(const IndustrialZone& zone, const ZoneLand& land) {
    return land.committed_plots > 0 && zone.status != ZoneStatus::closed;
}

std::int64_t demand_steps(double net_ha, UtilityKind utility, Case scenario, const GapStandards& standards,
                          std::string_view whose) {
    const DemandStandard& standard = standards.demand[utility];
    const double ha = standard.basis == LandBasis::net ? net_ha : net_ha / standards.net_share.at(scenario);
    return steps_up(ha * standard.per_ha.at(scenario), steps_per_unit[utility], whose);
}

}  // namespace amayesh::detail
