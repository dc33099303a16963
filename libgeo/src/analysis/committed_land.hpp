#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <amayesh/analysis/gap_standards.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh::detail {

/// What each zone has in use and has promised.
struct ZoneLand {
    std::optional<double> occupied_ha;  ///< Net; nothing = unknown.
    double committed_ha = 0;            ///< Net, in plots.
    std::size_t committed_plots = 0;
    std::size_t committed_unknown = 0;  ///< Among them: without an area.
    bool committed_is_known = false;    ///< All plots are listed, with state and area.
};
std::vector<ZoneLand> land_in_use(const PlanningArea& area);

/// Whether the zone has plots that will need something: contracted or under construction, and it is not closed.
bool has_committed_plots(const IndustrialZone& zone, const ZoneLand& land);

/// What net hectares need of a utility, in whole steps. `whose`: the id that a message names.
/// Throws: InvalidInput for more than can be counted.
std::int64_t demand_steps(double net_ha, UtilityKind utility, Case scenario, const GapStandards& standards,
                          std::string_view whose);

}  // namespace amayesh::detail
