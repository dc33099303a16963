#include <amayesh/analysis/commitments.hpp>

#include <algorithm>
#include <optional>

#include "analysis/committed_land.hpp"

namespace amayesh {

namespace {

void add_lapsed(const UtilitySource& source, SourceCommitments& result) {
    const std::optional<double> stated = stated_commitment(source);
    if (stated == 0.0) return;
    ++result.lapsed;
    if (!stated) ++result.lapsed_unknown;
    result.lapsed_amount += stated.value_or(0);
}

void add_counted(const UtilitySource& source, SourceCommitments& result) {
    const std::optional<double> counted = counted_commitment(source);
    if (!counted) ++result.unknown;
    if (counted.value_or(0) <= 0) return;
    ++result.sources;
    result.amount += *counted;
}

void add_excess(const UtilitySource& source, SourceCommitments& result) {
    double most = 0;
    for (const OverCommitment& over : over_commitments(source)) most = std::max(most, over.excess());
    if (most <= 0) return;
    ++result.over_committed;
    result.excess += most;
}

}  // namespace

SourceCommitments commitments_of_sources(const PlanningArea& area, UtilityKind utility) {
    SourceCommitments result;
    for (const UtilitySource& source : area.sources) {
        if (source.utility != utility) continue;
        add_excess(source, result);
        if (source.role != SourceRole::distribution) continue;
        if (source.commitment_has_lapsed) add_lapsed(source, result);
        add_counted(source, result);
    }
    return result;
}

bool counts_at_sources(const SourceCommitments& commitments) noexcept { return commitments.sources > 0; }

PlotCommitments commitments_of_plots(const PlanningArea& area, const GapStandards& standards) {
    PlotCommitments result;
    const std::vector<detail::ZoneLand> land = detail::land_in_use(area);
    for (std::size_t z = 0; z < area.zones.size(); ++z) {
        if (!detail::has_committed_plots(area.zones[z], land[z])) continue;
        result.plots += land[z].committed_plots;
        result.area_unknown += land[z].committed_unknown;
        result.net_ha += land[z].committed_ha;
        for (const UtilityKind utility : all_utilities) {
            if (utility == UtilityKind::telecom) continue;
            const auto need = [&](Case c) {
                return detail::demand_steps(land[z].committed_ha, utility, c, standards, area.zones[z].id);
            };
            result.need[utility] += StepRange{need(Case::low), need(Case::central), need(Case::high)};
        }
    }
    return result;
}

}  // namespace amayesh
