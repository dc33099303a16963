#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/analysis/zone_reach.hpp>

#include "output/explain_parts.hpp"

namespace amayesh::detail {

/// One unit as it is explained.
struct UnitView {
    const ExplainedRun& run;
    std::size_t unit;
    const UnitGap& gap;
    ReachIndex reach;
    std::optional<Point> place;  ///< Of the centre, as distances are measured.
    std::size_t district;        ///< That it lies in, or SIZE_MAX.
    std::string_view role;       ///< Of its layer.
};

/// Rules of the columns of `units`.
Rules unit_rules(const UnitView& view);

/// Rules of the columns of `unit_utilities` for one utility and case.
Rules unit_utility_rules(const UnitView& view, UtilityKind utility, Case scenario);

/// settlements, zones_in_reach, credits, land_of_others, new_land, sources_in_reach, demands, allocations,
/// taken_by_others, shortfalls, ahead, extents.
std::vector<RecordTable> unit_records(const UnitView& view);

}  // namespace amayesh::detail
