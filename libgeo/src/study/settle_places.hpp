#pragma once

#include <amayesh/study/load.hpp>

#include "study/place_index.hpp"

namespace amayesh::detail {

/// Gives every county, district and province one spelling: names that fold to the same key are written as the first of
/// them is, in the order rural districts, settlements, zones. Without it a zone typed with Arabic letters would count in
/// no county.
void unify_place_names(PlanningArea& area);

/// Zones that name no county and no province take both from the rural district that they name or lie in.
void place_zones(PlanningArea& area, const DistrictIndex& index);

}  // namespace amayesh::detail
