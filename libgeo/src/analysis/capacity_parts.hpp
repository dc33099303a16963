#pragma once

#include <cstdint>
#include <vector>

#include "analysis/ranked_capacity.hpp"
#include "analysis/transport_flow.hpp"

namespace amayesh::detail {

/// Demands and sources that have to do with each other, directly or through others, and with nobody else. In both, and
/// in the arcs, the order of ranks is kept.
struct CapacityPart {
    TransportNetwork network;
    TransportCosts costs;
    std::vector<int> priority_class;  ///< By demand.
    std::vector<std::uint32_t> arcs;  ///< Index in the ranked problem, by arc.
};

/// Parts that can serve anything: with at least one arc from a source with headroom to a demand above 0.
/// Cost: O(arcs α(arcs)).
std::vector<CapacityPart> split_into_parts(const RankedCapacity& ranked);

}  // namespace amayesh::detail
