#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "study/load_fingerprint.hpp"

namespace amayesh::detail {

/// The first eight bytes behind what all ids begin with, as a number that compares as they do.
inline std::uint64_t sort_key(std::string_view id, std::size_t common) noexcept {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < sizeof key; ++i)
        key = key << 8U | (common + i < id.size() ? static_cast<unsigned char>(id[common + i]) : 0U);
    return key;
}

inline std::size_t common_length(std::string_view a, std::string_view b) noexcept {
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

/// Indices in the order of the ids' bytes, ties by the rows' content, whatever order the items came in.
template <class Item>
std::vector<std::size_t> order_by_id(std::span<const Item> items, std::span<const RowHash> hashes) {
    std::size_t common = items.empty() ? 0 : items.front().id.size();
    for (const Item& item : items)
        common = std::min(common, common_length(std::string_view{items.front().id}.substr(0, common), item.id));
    std::vector<std::pair<std::uint64_t, std::size_t>> keys;
    keys.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) keys.emplace_back(sort_key(items[i].id, common), i);
    std::ranges::sort(keys, [&](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first < b.first;
        const int ids = items[a.second].id.compare(items[b.second].id);
        return ids != 0 ? ids < 0 : hashes[a.second] < hashes[b.second];
    });
    std::vector<std::size_t> order;
    order.reserve(items.size());
    for (const auto& [key, i] : keys) order.push_back(i);
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
