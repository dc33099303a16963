#pragma once

#include <cstddef>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/model/planning_area.hpp>

namespace amayesh {

/// What the sources of one utility have promised, in its unit.
struct SourceCommitments {
    std::size_t sources = 0;         ///< Distribution sources with an amount above 0 that counts.
    double amount = 0;               ///< Of these, each in the season that has most of it.
    std::size_t unknown = 0;         ///< Distribution sources whose committed amount is not known.
    std::size_t lapsed = 0;          ///< Distribution sources whose commitment has lapsed.
    std::size_t lapsed_unknown = 0;  ///< Among them: the amount is not known.
    double lapsed_amount = 0;
    std::size_t over_committed = 0;  ///< Sources of any role; see over_commitments().
    double excess = 0;               ///< Of these, each in the season that has most of it.
};

AMAYESH_EXPORT SourceCommitments commitments_of_sources(const PlanningArea& area, UtilityKind utility);

/// Where commitments of a utility are counted, once: at its sources, if any of them has an amount that counts; else at the
/// zones, as what their committed plots will need.
AMAYESH_EXPORT bool counts_at_sources(const SourceCommitments& commitments) noexcept;

/// What the committed plots of zones (contracted and under construction) will need.
struct PlotCommitments {
    std::size_t plots = 0;         ///< Of zones that are not closed.
    std::size_t area_unknown = 0;  ///< Among them; they count as nothing.
    double net_ha = 0;
    PerUtility<StepRange> need{};  ///< Hectares × standard, rounded up zone by zone; telecom stays 0.
};

AMAYESH_EXPORT PlotCommitments commitments_of_plots(const PlanningArea& area, const GapStandards& standards);

}  // namespace amayesh
