#pragma once

#include <cstdint>
#include <vector>

namespace amayesh::detail {

struct TransportArc {
    int source = 0;
    int demand = 0;
};

/// A transport problem: what each source has, what each demand asks for, and who may serve whom.
struct TransportNetwork {
    std::vector<std::int64_t> supply;  ///< Not negative.
    std::vector<std::int64_t> demand;  ///< Not negative.
    std::vector<TransportArc> arcs;    ///< By source, then by demand.
};

/// Of one step, above 0.
struct TransportCosts {
    std::vector<std::int64_t> arc;
    std::vector<std::int64_t> not_served;  ///< By demand.
};

/// Amounts per arc at which the cost, of what is served and of what is not, is least. Equal input gives equal output.
///
/// Method:  network simplex (LEMON, block search pivots). Sources deliver at most, and demands get at least, what they
///          state; as every step costs something, no demand gets more.
/// Limits:  costs of a path up to 2⁵⁹, supplies together and demands together up to 2⁶⁰.
std::vector<std::int64_t> cheapest_flow(const TransportNetwork& network, const TransportCosts& costs);

struct FullestFlow {
    bool serves_all = false;     ///< Every demand can be served in full.
    std::vector<char> is_short;  ///< By demand: on the short side of a minimum cut, whose sources are used up.
};

/// Whether all demands can be served at once, and if not, which ones are in each other's way the most.
///
/// Method:  preflow push-relabel with highest label (LEMON).
FullestFlow fullest_flow(const TransportNetwork& network);

}  // namespace amayesh::detail
