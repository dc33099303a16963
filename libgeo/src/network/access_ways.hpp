#pragma once

#include <optional>
#include <span>
#include <vector>

#include "network/access_ends.hpp"

namespace amayesh::detail {

using Accesses = std::span<const std::optional<RoadAccess>>;

/// A road network as places on its edges see it.
struct AccessNetwork {
    const WayTable& table;
    std::span<const DrivenEdge> edges;
    std::span<const std::uint32_t> component_of;  ///< Of each node.
};

/// As in `RoadGraph`.
std::vector<std::optional<RoadWay>> nearest_facilities(const AccessNetwork& network, Accesses places,
                                                       Accesses facilities, TravelDirection direction);
std::vector<std::vector<RoadWay>> facilities_within(const AccessNetwork& network, Accesses places, Accesses facilities,
                                                    TravelTime limit, TravelDirection direction);
std::vector<std::optional<RoadWay>> ways_of_pairs(const AccessNetwork& network, Accesses places, Accesses facilities,
                                                  std::span<const RoadGraph::Pair> pairs, TravelDirection direction);

}  // namespace amayesh::detail
