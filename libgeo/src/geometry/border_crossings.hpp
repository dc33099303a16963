#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "geometry/edge_grid.hpp"

namespace amayesh::detail {

/// Where a border passes through another one.
struct Crossing {
    std::uint32_t edge = 0;        ///< Of the first border.
    std::uint32_t other_edge = 0;  ///< Of the other border.
    double along = 0;              ///< Part of the first edge's length before the crossing.
    double along_other = 0;
    Point place;
    bool enters = false;  ///< The first border goes into the other's shape.
};

/// The crossings of two borders, sorted along the first; nothing where some pair of edges stands so that it lies within
/// `clearance` whether they cross, cross at less than 1e-4 rad, or which of two crossings comes first.
std::optional<std::vector<Crossing>> find_crossings(const DirectedRings& first, const DirectedRings& other,
                                                    const EdgeGrid& other_grid, double clearance);

}  // namespace amayesh::detail
