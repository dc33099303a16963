#include "geometry/simple_ring.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "geometry/orientation.hpp"
#include "geometry/slab_index.hpp"

namespace amayesh::detail {
namespace {

/// Beyond this many comparisons an edge, on the average, GEOS is faster: nearly all edges lie in one row.
constexpr std::size_t most_comparisons_per_edge = 100;

/// Whether b→c turns straight back over a→b.
bool folds_back(const Point& a, const Point& b, const Point& c) {
    return orientation(a, b, c) == 0 && (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) <= 0;
}

/// Whether two closed segments have a point in common; their columns are known to overlap.
bool segments_touch(const Point& a, const Point& b, const Point& c, const Point& d) {
    if (std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) return false;
    return orientation(a, b, c) * orientation(a, b, d) <= 0 && orientation(c, d, a) * orientation(c, d, b) <= 0;
}

}  // namespace

bool is_one_simple_ring(const MultiPolygon& shape) {
    if (shape.parts.size() != 1 || !shape.parts.front().holes.empty()) return false;
    const Ring& ring = shape.parts.front().outer;
    const SlabIndex index{std::span{&shape, 1}};
    std::size_t comparisons_left = most_comparisons_per_edge * ring.size();
    const auto last = static_cast<std::uint32_t>(ring.size() - 2);
    for (std::uint32_t edge = 0; edge <= last; ++edge) {
        const Point& a = ring[edge];
        const Point& b = ring[edge + 1];
        if (a == b || folds_back(a, b, ring[edge == last ? 1 : edge + 2])) return false;
        const auto [left, right] = std::minmax(a.x, b.x);
        const auto meets = [&, low = left, high = right](std::uint32_t other) {
            if (comparisons_left-- == 0) return true;
            const bool is_settled = other <= edge + 1 || (edge == 0 && other == last);  // itself, next to it, or seen
            if (is_settled) return false;
            const Point& c = index.start(other);
            const Point& d = index.end(other);
            return std::max(c.x, d.x) >= low && std::min(c.x, d.x) <= high && segments_touch(a, b, c, d);
        };
        if (index.any_edge_between(0, std::min(a.y, b.y), std::max(a.y, b.y), meets)) return false;
    }
    return true;
}

}  // namespace amayesh::detail
