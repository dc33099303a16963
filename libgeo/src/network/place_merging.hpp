#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

struct MergedPlaces {
    std::vector<Point> nodes;            ///< In spatial order, whatever the order of the places.
    std::vector<std::uint32_t> node_of;  ///< Of each place.
};

/// Places no farther than `reach` apart, in chains too, become one node at the least of them by x, then y.
MergedPlaces merge_places(std::span<const Point> places, double reach);

}  // namespace amayesh::detail
