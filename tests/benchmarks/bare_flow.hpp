#pragma once

#include <cstdint>
#include <vector>

namespace amayesh::benchmark {

struct BareArc {
    int demand = 0, source = 0;
    std::int64_t cost = 0;
};

struct BareProblem {
    std::vector<std::int64_t> demand, not_served_cost, headroom;
    std::vector<BareArc> arcs;
};

enum class BareSolver { network_simplex, cost_scaling, capacity_scaling };

/// What one would write with LEMON alone: a graph with one node that feeds all sources, and, at a price, the demands that
/// are not served. No check, no order of rows, no shares, no shadow prices. Amounts per arc.
std::vector<std::int64_t> bare_flow(const BareProblem& problem, BareSolver solver);

}  // namespace amayesh::benchmark
