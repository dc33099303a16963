#pragma once

#include <cstdint>
#include <vector>

#include "analysis/transport_flow.hpp"

namespace amayesh::detail {

/// What each demand of one class gets when the class shares evenly, as allocate_capacity() describes it.
///
/// Input:   `network` with, for the demands of `sharing`, what they ask for, and for all others what they must be served:
///          what earlier classes get, 0 for later ones. `total` is what the class can be served beside them, at most.
/// Result:  by demand of the network; others keep what they must be served.
/// Method:  Groenevelt's decomposition: deal `total` as if any source could serve anyone; where that cannot be, a minimum
///          cut tells those who get less, with the sources that they use up, from the rest; each side is dealt anew.
///          Groenevelt, "Two algorithms for maximizing a separable concave function over a polymatroid feasible region",
///          European Journal of Operational Research 54 (1991) 227–236.
/// Cost:    at most one flow on a part of the network for each demand that shares.
std::vector<std::int64_t> even_shares(const TransportNetwork& network, const std::vector<char>& shares,
                                      std::int64_t total);

/// Deals `total` steps, no more than `amounts` together, one by one to the lowest share dealt / amount, equal shares in
/// order.
/// Cost: O(n log n).
std::vector<std::int64_t> deal_evenly(const std::vector<std::int64_t>& amounts, std::int64_t total);

}  // namespace amayesh::detail
