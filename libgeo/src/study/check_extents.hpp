#pragma once

#include <span>
#include <vector>

#include <amayesh/core/problem_report.hpp>

#include "study/load_tables.hpp"

namespace amayesh::detail {

/// Compares where the layers lie. Layers that touch one another, directly or through others, belong together; the group
/// with the most layers (ties: the one that comes first) is believed. A layer outside it that would lie inside with x
/// and y exchanged is an axes_swapped error, any other a layers_disjoint warning. Where no other layer lies within 1° of
/// the layer of role `assessed`, every figure would be wrong, and layers_disjoint is an error.
void check_extents(std::span<const LayerTables> layers, LayerRole assessed, ProblemReport& problems);

}  // namespace amayesh::detail
