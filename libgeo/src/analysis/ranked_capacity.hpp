#pragma once

#include <cstdint>
#include <vector>

#include <amayesh/analysis/allocate_capacity.hpp>

namespace amayesh::detail {

using Rank = std::uint32_t;

struct RankedArc {
    Rank source = 0;
    Rank demand = 0;
    std::int64_t cost = 0;
    std::uint32_t row = 0;  ///< In the problem as it came.
};

/// A capacity problem whose demands and sources are counted by rank: their place in the order of ids. The order of rows
/// is gone but for `…_row`.
struct RankedCapacity {
    std::vector<std::uint32_t> demand_row, source_row;
    std::vector<std::int64_t> amount;
    std::vector<int> priority_class;
    std::vector<std::int64_t> usable;  ///< Headroom, no more than what the arcs of the source ask for; 0 where unknown.
    std::vector<RankedArc> arcs;       ///< By source, then by demand.
    std::vector<std::uint32_t> first_arc;        ///< Of each source, and the end.
    std::vector<std::uint32_t> arcs_by_demand;   ///< Indices into `arcs`: by demand, then by source.
    std::vector<std::uint32_t> first_of_demand;  ///< Of each demand in `arcs_by_demand`, and the end.
};

/// Checks everything that allocate_capacity() promises to refuse, and ranks.
/// Cost: O(n log n) in demands and sources, O(arcs).
RankedCapacity rank_capacity(const CapacityProblem& problem);

}  // namespace amayesh::detail
