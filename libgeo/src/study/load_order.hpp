#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "study/load_fingerprint.hpp"

namespace amayesh::detail {

/// Indices in the order of the ids' bytes, ties by the rows' content, whatever order the items came in.
template <class Item>
std::vector<std::size_t> order_by_id(std::span<const Item> items, std::span<const RowHash> hashes) {
    std::vector<std::size_t> order(items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const int ids = items[a].id.compare(items[b].id);
        return ids != 0 ? ids < 0 : hashes[a] < hashes[b];
    });
    return order;
}

/// The items in that order.
template <class Item>
std::vector<Item> in_order(std::vector<Item>&& items, std::span<const std::size_t> order) {
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (const std::size_t i : order) sorted.push_back(std::move(items[i]));
    return sorted;
}

}  // namespace amayesh::detail
