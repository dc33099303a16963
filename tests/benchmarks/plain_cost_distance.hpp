#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <queue>
#include <tuple>
#include <type_traits>
#include <vector>

namespace amayesh::benchmark {

/// What one would write without a library: Dijkstra's algorithm with a binary heap over the whole raster, 8 neighbours.
/// Costs are rounded as the library rounds them; NaN = impassable. With sources also the nearest one: its place in `from`,
/// of equal costs the first.
struct PlainCosts {
    std::vector<float> costs{};
    std::vector<std::uint32_t> sources{};
};

template <bool with_sources>
PlainCosts plain_cost_distance(const std::vector<float>& friction, std::size_t width, double cell_m,
                               const std::vector<std::size_t>& from) {
    struct Bare {
        float cost;
        std::uint32_t cell;
        bool operator<(const Bare& other) const { return cost > other.cost; }
    };
    struct Sourced {
        float cost;
        std::uint32_t cell;
        std::uint32_t source;
        bool operator<(const Sourced& other) const {
            return std::tie(cost, source) > std::tie(other.cost, other.source);
        }
    };
    using Entry = std::conditional_t<with_sources, Sourced, Bare>;
    const auto columns = static_cast<int>(width), rows = static_cast<int>(friction.size() / width);
    const auto straight = static_cast<float>(cell_m), slant = static_cast<float>(std::hypot(cell_m, cell_m));
    const int dx[8] = {-1, 1, 0, 0, -1, 1, -1, 1}, dy[8] = {0, 0, -1, 1, -1, -1, 1, 1};
    const float length[8] = {straight, straight, straight, straight, slant, slant, slant, slant};
    PlainCosts found;
    found.costs.assign(friction.size(), std::numeric_limits<float>::infinity());
    if (with_sources) found.sources.assign(friction.size(), std::numeric_limits<std::uint32_t>::max());
    std::priority_queue<Entry> queue;
    for (std::size_t i = from.size(); i-- > 0;) {
        found.costs[from[i]] = 0;
        if constexpr (with_sources) {
            found.sources[from[i]] = static_cast<std::uint32_t>(i);
            queue.push({0, static_cast<std::uint32_t>(from[i]), static_cast<std::uint32_t>(i)});
        } else {
            queue.push({0, static_cast<std::uint32_t>(from[i])});
        }
    }
    while (!queue.empty()) {
        const Entry next = queue.top();
        queue.pop();
        if (next.cost > found.costs[next.cell]) continue;
        if constexpr (with_sources)
            if (next.source > found.sources[next.cell]) continue;
        const int x = static_cast<int>(next.cell % width), y = static_cast<int>(next.cell / width);
        for (int i = 0; i < 8; ++i) {
            const int column = x + dx[i], row = y + dy[i];
            if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
            const std::size_t to = static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column);
            if (std::isnan(friction[to])) continue;
            const float cost = next.cost + (friction[next.cell] + friction[to]) * 0.5F * length[i];
            if constexpr (with_sources) {
                if (std::tie(cost, next.source) >= std::tie(found.costs[to], found.sources[to])) continue;
                found.sources[to] = next.source;
                found.costs[to] = cost;
                queue.push({cost, static_cast<std::uint32_t>(to), next.source});
            } else if (cost < found.costs[to]) {
                found.costs[to] = cost;
                queue.push({cost, static_cast<std::uint32_t>(to)});
            }
        }
    }
    return found;
}

}  // namespace amayesh::benchmark
