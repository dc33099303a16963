#include <amayesh/geometry/difference_index.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>

#include <amayesh/geometry/overlay.hpp>

#include "geometry/border_crossings.hpp"
#include "geometry/edge_grid.hpp"
#include "geometry/ring_assembly.hpp"
#include "geometry/slab_index.hpp"

namespace amayesh {
namespace {

using detail::Crossing;
using detail::DirectedRings;

constexpr double clearance_of_coordinate = 1e-12;

double largest_coordinate(const Box& box) noexcept {
    return std::max({std::abs(box.min_x), std::abs(box.min_y), std::abs(box.max_x), std::abs(box.max_y)});
}

/// Walks along what is left of a shape: its border outside the removed one's, and that one's inside it, backwards.
class RestTracer {
public:
    RestTracer(const DirectedRings& shape, const DirectedRings& removed, const std::vector<Crossing>& crossings)
        : m_shape{shape},
          m_removed{removed},
          m_crossings{crossings},
          m_order(crossings.size()),
          m_place(crossings.size()) {
        std::iota(m_order.begin(), m_order.end(), std::size_t{0});
        std::ranges::sort(m_order, [&](std::size_t a, std::size_t b) {
            return std::tie(crossings[a].other_edge, crossings[a].along_other) <
                   std::tie(crossings[b].other_edge, crossings[b].along_other);
        });
        for (std::size_t i = 0; i < m_order.size(); ++i) m_place[m_order[i]] = i;
    }

    /// Rings through crossings; nothing where coming in and going out do not alternate.
    [[nodiscard]] std::optional<std::vector<Ring>> trace() const {
        std::vector<Ring> rings;
        std::vector<bool> taken(m_crossings.size(), false);
        for (std::size_t first = 0; first < m_crossings.size(); ++first) {
            if (taken[first] || m_crossings[first].enters) continue;
            Ring ring;
            std::size_t at = first;
            do {
                const std::size_t entry = next_on_shape(at);
                if (taken[at] || m_crossings[at].enters || !m_crossings[entry].enters) return std::nullopt;
                taken[at] = true;
                follow_shape(m_crossings[at], m_crossings[entry], ring);
                at = before_on_removed(entry);
                follow_removed_back(m_crossings[entry], m_crossings[at], ring);
            } while (at != first);
            ring.push_back(ring.front());
            rings.push_back(std::move(ring));
        }
        return rings;
    }

private:
    [[nodiscard]] std::uint32_t ring_on_shape(std::size_t i) const { return m_shape.ring_of[m_crossings[i].edge]; }
    [[nodiscard]] std::uint32_t ring_on_removed(std::size_t i) const {
        return m_removed.ring_of[m_crossings[i].other_edge];
    }

    [[nodiscard]] std::size_t next_on_shape(std::size_t i) const {
        if (i + 1 < m_crossings.size() && ring_on_shape(i + 1) == ring_on_shape(i)) return i + 1;
        const auto first = std::ranges::partition_point(
            m_crossings, [&](const Crossing& c) { return m_shape.ring_of[c.edge] < ring_on_shape(i); });
        return static_cast<std::size_t>(first - m_crossings.begin());
    }

    [[nodiscard]] std::size_t before_on_removed(std::size_t i) const {
        const std::size_t place = m_place[i];
        const std::uint32_t ring = ring_on_removed(i);
        if (place > 0 && ring_on_removed(m_order[place - 1]) == ring) return m_order[place - 1];
        const auto end =
            std::ranges::partition_point(m_order, [&](std::size_t c) { return ring_on_removed(c) <= ring; });
        return *(end - 1);
    }

    void follow_shape(const Crossing& from, const Crossing& to, Ring& ring) const {
        ring.push_back(from.place);
        const auto& range = m_shape.rings[m_shape.ring_of[from.edge]];
        std::uint32_t steps = (to.edge + range.size() - from.edge) % range.size();
        if (steps == 0 && to.along <= from.along) steps = range.size();
        for (std::uint32_t i = 1; i <= steps; ++i)
            ring.push_back(m_shape.vertices[range.begin + (from.edge - range.begin + i) % range.size()]);
    }

    void follow_removed_back(const Crossing& from, const Crossing& to, Ring& ring) const {
        ring.push_back(from.place);
        const auto& range = m_removed.rings[m_removed.ring_of[from.other_edge]];
        std::uint32_t steps = (from.other_edge + range.size() - to.other_edge) % range.size();
        if (steps == 0 && to.along_other >= from.along_other) steps = range.size();
        for (std::uint32_t i = 0; i < steps; ++i)
            ring.push_back(
                m_removed.vertices[range.begin + (from.other_edge - range.begin + range.size() - i) % range.size()]);
    }

    const DirectedRings& m_shape;
    const DirectedRings& m_removed;
    const std::vector<Crossing>& m_crossings;  // along the shape
    std::vector<std::size_t> m_order;          // along the removed
    std::vector<std::size_t> m_place;          // of each crossing in m_order
};

bool shape_holds(const DirectedRings& shape, const Point& p) {
    bool inside = false;
    for (const auto& range : shape.rings) {
        const Ring ring(shape.vertices.begin() + range.begin, shape.vertices.begin() + range.end + 1);
        if (detail::ring_holds(ring, p)) inside = !inside;
    }
    return inside;
}

}  // namespace

struct DifferenceIndex::Index {
    explicit Index(MultiPolygon shape) : removed{std::move(shape)}, rings{removed}, grid{rings}, slabs{{&removed, 1}} {}

    [[nodiscard]] bool covers(const Point& p) const { return slabs.place_of(0, p) != detail::PlaceInShape::outside; }

    /// Rings of the removed shape that have an edge in the box, rising.
    [[nodiscard]] std::vector<std::uint32_t> rings_in(const Box& box) const {
        std::vector<std::uint32_t> found;
        grid.for_each_edge(box, [&](std::uint32_t edge) {
            const std::uint32_t ring = rings.ring_of[edge];
            const bool known = !found.empty() && found.back() == ring;
            if (!known && box.intersects(detail::box_of_edge(rings.vertices[edge], rings.vertices[edge + 1], 0)))
                found.push_back(ring);
        });
        std::ranges::sort(found);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    /// Adds the rings of the two borders that do not cross and bound what is left; whether that is the shape as it was.
    bool add_uncrossed(const DirectedRings& shape, const std::vector<Crossing>& crossings,
                       const std::vector<std::uint32_t>& near, std::vector<Ring>& rest) const {
        std::vector<bool> crossed(shape.rings.size(), false);
        std::vector<std::uint32_t> crossed_near;
        for (const Crossing& c : crossings) {
            crossed[shape.ring_of[c.edge]] = true;
            crossed_near.push_back(rings.ring_of[c.other_edge]);
        }
        std::ranges::sort(crossed_near);
        for (std::size_t i = 0; i < shape.rings.size(); ++i)
            if (!crossed[i] && !covers(shape.vertices[shape.rings[i].begin]))
                rest.emplace_back(shape.vertices.begin() + shape.rings[i].begin,
                                  shape.vertices.begin() + shape.rings[i].end + 1);
        const std::size_t own = rest.size();
        for (const std::uint32_t ring : near) {
            if (std::ranges::binary_search(crossed_near, ring)) continue;
            const auto& range = rings.rings[ring];
            if (!shape_holds(shape, rings.vertices[range.begin])) continue;
            rest.emplace_back(rings.vertices.begin() + range.begin, rings.vertices.begin() + range.end + 1);
            std::ranges::reverse(rest.back());
        }
        return crossings.empty() && own == shape.rings.size() && rest.size() == own;
    }

    /// Nothing where it cannot be told.
    [[nodiscard]] std::optional<MultiPolygon> rest_of(const MultiPolygon& shape,
                                                      const DirectedRings& shape_rings) const {
        const std::vector<std::uint32_t> near = rings_in(shape_rings.box);
        if (near.empty()) return covers(shape_rings.vertices.front()) ? MultiPolygon{} : shape;
        const double clearance =
            clearance_of_coordinate * std::max(largest_coordinate(shape_rings.box), largest_coordinate(rings.box));
        const auto crossings = detail::find_crossings(shape_rings, rings, grid, clearance);
        if (!crossings) return std::nullopt;
        auto rest = RestTracer{shape_rings, rings, *crossings}.trace();
        if (!rest) return std::nullopt;
        const bool kept = add_uncrossed(shape_rings, *crossings, near, *rest);
        return kept ? shape : detail::assemble_polygons(std::move(*rest));
    }

    /// By GEOS, with the parts that the shape's box meets.
    [[nodiscard]] MultiPolygon overlaid_rest_of(const MultiPolygon& shape, const Box& box) const {
        MultiPolygon near;
        for (const Polygon& part : removed.parts)
            if (bounds({{part}}).intersects(box)) near.parts.push_back(part);
        return difference_on_grid(shape, near);
    }

    MultiPolygon removed;
    DirectedRings rings;
    detail::EdgeGrid grid;
    detail::SlabIndex slabs;
};

DifferenceIndex::DifferenceIndex(MultiPolygon removed) : m_index{std::make_unique<Index>(std::move(removed))} {}
DifferenceIndex::~DifferenceIndex() = default;
DifferenceIndex::DifferenceIndex(DifferenceIndex&&) noexcept = default;
DifferenceIndex& DifferenceIndex::operator=(DifferenceIndex&&) noexcept = default;

MultiPolygon DifferenceIndex::rest_of(const MultiPolygon& shape) const {
    if (shape.parts.empty() || m_index->removed.parts.empty()) return shape;
    const DirectedRings rings{shape};
    if (auto rest = m_index->rest_of(shape, rings)) return std::move(*rest);
    return m_index->overlaid_rest_of(shape, rings.box);
}

}  // namespace amayesh
