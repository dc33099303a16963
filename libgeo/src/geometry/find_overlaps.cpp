#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/ring_area.hpp>
#include <amayesh/geometry/validity.hpp>

#include "geometry/orientation.hpp"
#include "geometry/slab_index.hpp"

namespace amayesh {
namespace {

using detail::PlaceInShape;
using detail::SlabIndex;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t shapes_per_chunk = 16;
constexpr std::uint32_t edges_ahead = 64;  // as many reads from memory overlap

std::uint64_t mixed(std::uint64_t bits) {  // the finalizer of SplitMix64
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31);
}

std::uint64_t hash_of(const Point& p) {
    const auto x = std::bit_cast<std::uint64_t>(p.x + 0.0);  // -0 and 0 are one place
    const auto y = std::bit_cast<std::uint64_t>(p.y + 0.0);
    return mixed(x + 0x9e3779b97f4a7c15U * mixed(y));
}

/// Every edge with its shape's interior on the left, and for each the shape that has the same edge the other way round.
class SharedEdges {
public:
    SharedEdges(std::span<const MultiPolygon> shapes, const SlabIndex& index)
        : m_index{index}, m_is_reversed(index.vertex_count()), m_mates(index.vertex_count(), none) {
        for (std::size_t s = 0; s < shapes.size(); ++s) orient(shapes[s], static_cast<std::uint32_t>(s));
        match(shapes.size());
    }

    /// One of the shapes that have this edge the other way round; `none` if there is none.
    [[nodiscard]] std::uint32_t mate(std::uint32_t edge) const noexcept { return m_mates[edge]; }

    /// Ends of an edge, the interior on the left of the way between them.
    [[nodiscard]] const Point& from(std::uint32_t edge) const {
        return m_is_reversed[edge] ? m_index.end(edge) : m_index.start(edge);
    }
    [[nodiscard]] const Point& to(std::uint32_t edge) const {
        return m_is_reversed[edge] ? m_index.start(edge) : m_index.end(edge);
    }

private:
    void orient(const MultiPolygon& shape, std::uint32_t number) {
        std::uint32_t edge = m_index.edges_of(number).begin;
        const auto orient_ring = [&](const Ring& ring, bool is_hole) {
            if (ring.empty()) return;
            const bool runs_left = twice_signed_area(ring) > 0;
            for (bool ends = false; !ends; ++edge) {
                ends = !m_index.is_edge(edge);
                m_is_reversed[edge] = runs_left == is_hole;
            }
        };
        for (const Polygon& part : shape.parts) {
            orient_ring(part.outer, false);
            for (const Ring& hole : part.holes) orient_ring(hole, true);
        }
    }
    /// Of an open hash table; the tag tells most other points apart without a look at their vertices.
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t edge = none;
    };

    /// Calls `visit(edge, hash)` for every edge, where `hash` is of the point `point_of(edge)`; the slots of the edges
    /// ahead are on their way from memory meanwhile.
    template <class PointOf, class Visit>
    void visit_edges(const std::vector<Slot>& table, PointOf point_of, Visit visit) const {
        std::array<std::uint64_t, edges_ahead> hashes{};
        const auto count = static_cast<std::uint32_t>(m_index.vertex_count());
        for (std::uint32_t first = 0; first < count; first += edges_ahead) {
            const std::uint32_t end = std::min(count, first + edges_ahead);
            for (std::uint32_t i = first; i < end; ++i) {
                if (!m_index.is_edge(i)) continue;
                hashes[i - first] = hash_of(point_of(i));
                __builtin_prefetch(&table[hashes[i - first] & (table.size() - 1)]);
            }
            for (std::uint32_t i = first; i < end; ++i)
                if (m_index.is_edge(i)) visit(i, hashes[i - first]);
        }
    }

    /// A hash table from start points to edges; each edge then looks for its reverse.
    void match(std::size_t shapes) {
        std::vector<Slot> table(std::bit_ceil(m_index.vertex_count() * 2 + 1));
        const std::size_t mask = table.size() - 1;
        std::vector<std::uint32_t> shape_of(m_index.vertex_count());
        for (std::size_t s = 0; s < shapes; ++s)
            for (auto [i, end] = m_index.edges_of(s); i < end; ++i) shape_of[i] = static_cast<std::uint32_t>(s);
        const auto tag_of = [](std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); };
        visit_edges(
            table, [this](std::uint32_t i) { return from(i); },
            [&](std::uint32_t i, std::uint64_t hash) {
                std::size_t slot = hash & mask;
                while (table[slot].edge != none) slot = (slot + 1) & mask;
                table[slot] = {tag_of(hash), i};
            });
        visit_edges(
            table, [this](std::uint32_t i) { return to(i); },
            [&](std::uint32_t i, std::uint64_t hash) {
                for (std::size_t slot = hash & mask; table[slot].edge != none; slot = (slot + 1) & mask) {
                    const std::uint32_t other = table[slot].edge;
                    if (table[slot].tag != tag_of(hash) || shape_of[other] == shape_of[i] || from(other) != to(i) ||
                        to(other) != from(i))
                        continue;
                    m_mates[i] = shape_of[other];
                    break;
                }
            });
    }

    const SlabIndex& m_index;
    std::vector<bool> m_is_reversed;
    std::vector<std::uint32_t> m_mates;
};

Box common_part(const Box& a, const Box& b) {
    return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
            std::min(a.max_y, b.max_y)};
}

/// Whether an edge of `shape` that it does not share with `other` crosses an edge of `other`, runs along one, or lies
/// inside. Along an unbroken run of such edges only a vertex of `other` can change the side, so the side is asked for at
/// the run's first edge and at edges that touch a vertex of `other`.
bool border_enters(const SlabIndex& index, const SharedEdges& shared, std::uint32_t shape, std::uint32_t other,
                   const Box& window) {
    bool side_is_known = false;
    for (auto [edge, end] = index.edges_of(shape); edge < end; ++edge) {
        if (!index.is_edge(edge)) {
            side_is_known = false;
            continue;
        }
        const Point& a = index.start(edge);
        const Point& b = index.end(edge);
        Box box;
        box.add(a);
        box.add(b);
        if (shared.mate(edge) == other || !box.intersects(window)) {
            side_is_known = false;
            continue;
        }
        bool touches = false;
        const bool crosses = index.any_edge_between(other, box.min_y, box.max_y, [&](std::uint32_t f) {
            const Point& c = index.start(f);
            const Point& d = index.end(f);
            if (std::max(c.x, d.x) < box.min_x || std::min(c.x, d.x) > box.max_x) return false;
            touches = touches || a == c || a == d || b == c || b == d;
            return shared.mate(f) != shape && detail::segments_interfere(a, b, c, d);
        });
        if (crosses) return true;
        if (side_is_known && !touches) continue;
        if (index.place_of(other, Point{(a.x + b.x) / 2, (a.y + b.y) / 2}) == PlaceInShape::inside) return true;
        side_is_known = true;
    }
    return false;
}

bool may_overlap(const SlabIndex& index, const SharedEdges& shared, std::uint32_t a, std::uint32_t b) {
    const Box window = common_part(index.box(a), index.box(b));
    return border_enters(index, shared, a, b, window) || border_enters(index, shared, b, a, window);
}

/// For each shape the later ones in the order of `min_x` whose boxes meet its own.
std::vector<std::vector<std::uint32_t>> neighbours_by_box(const SlabIndex& index) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < index.size(); ++i)
        if (!index.box(i).is_empty()) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair{index.box(a).min_x, a} < std::pair{index.box(b).min_x, b};
    });
    std::vector<std::vector<std::uint32_t>> neighbours(index.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t j = i + 1; j < order.size() && index.box(order[j]).min_x <= index.box(order[i]).max_x; ++j)
            if (index.box(order[i]).intersects(index.box(order[j]))) neighbours[order[i]].push_back(order[j]);
    return neighbours;
}

std::optional<Overlap> measure_overlap(std::span<const MultiPolygon> shapes, std::size_t a, std::size_t b,
                                       double least_area) {
    const MultiPolygon common = intersection_of(shapes[a], shapes[b]);
    const double area = planar_area(common);
    if (common.parts.empty() || !(area > least_area)) return std::nullopt;
    return Overlap{std::min(a, b), std::max(a, b), area, interior_point(common)};
}

/// Rings of edges that no neighbour shares, walked against their shapes' sense: the void lies on the left.
class VoidRings {
public:
    VoidRings(const SlabIndex& index, const SharedEdges& shared) : m_shared{shared} {
        for (std::uint32_t edge = 0; edge < index.vertex_count(); ++edge)
            if (index.is_edge(edge) && shared.mate(edge) == none) m_edges.push_back(edge);
        std::sort(m_edges.begin(), m_edges.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::tie(shared.to(a), a) < std::tie(shared.to(b), b);
        });
        m_is_used.resize(m_edges.size());
    }

    /// Calls `visit` with the edges of each ring that closes.
    template <class Visit>
    void visit_rings(Visit visit) {
        for (std::size_t first = 0; first < m_edges.size(); ++first)
            if (!m_is_used[first] && walk(first)) visit(std::as_const(m_ring));
    }

private:
    bool walk(std::size_t first) {
        m_ring.clear();
        std::size_t at = first;
        do {
            m_is_used[at] = true;
            m_ring.push_back(m_edges[at]);
            const std::size_t next = next_of(m_edges[at]);
            if (next == m_edges.size() || (m_is_used[next] && next != first)) return false;
            at = next;
        } while (at != first);
        return true;
    }

    /// Of the edges that go on from the end of this one, the one that turns most to the left.
    [[nodiscard]] std::size_t next_of(std::uint32_t edge) const {
        const Point& a = m_shared.to(edge);
        const Point& b = m_shared.from(edge);
        const auto starts_before = [&](std::uint32_t e, const Point& p) { return m_shared.to(e) < p; };
        auto candidate = std::lower_bound(m_edges.begin(), m_edges.end(), b, starts_before);
        std::size_t best = m_edges.size();
        double best_turn = -std::numeric_limits<double>::infinity();
        for (; candidate != m_edges.end() && m_shared.to(*candidate) == b; ++candidate) {
            const Point& c = m_shared.from(*candidate);
            const Point in{b.x - a.x, b.y - a.y};
            const Point out{c.x - b.x, c.y - b.y};
            const double turn = std::atan2(in.x * out.y - in.y * out.x, in.x * out.x + in.y * out.y);
            if (turn <= best_turn) continue;
            best_turn = turn;
            best = static_cast<std::size_t>(candidate - m_edges.begin());
        }
        return best;
    }

    const SharedEdges& m_shared;
    std::vector<std::uint32_t> m_edges;  ///< By the point where they start, walked against their sense.
    std::vector<bool> m_is_used;
    std::vector<std::uint32_t> m_ring;
};

std::vector<std::size_t> shapes_of(std::span<const std::uint32_t> ring, const SlabIndex& index) {
    std::vector<std::size_t> shapes;
    for (const std::uint32_t edge : ring) {
        std::size_t low = 0;
        for (std::size_t high = index.size(); high - low > 1;) {
            const std::size_t middle = std::midpoint(low, high);
            (index.edges_of(middle).begin <= edge ? low : high) = middle;
        }
        if (std::find(shapes.begin(), shapes.end(), low) == shapes.end()) shapes.push_back(low);
    }
    std::sort(shapes.begin(), shapes.end());
    return shapes;
}

bool is_in_no_shape(const Point& p, const SlabIndex& index) {
    for (std::size_t s = 0; s < index.size(); ++s) {
        const Box& box = index.box(s);
        if (p.x < box.min_x || p.x > box.max_x || p.y < box.min_y || p.y > box.max_y) continue;
        if (index.place_of(s, p) != PlaceInShape::outside) return false;
    }
    return true;
}

std::optional<SliverGap> gap_in(std::span<const std::uint32_t> ring, const SlabIndex& index, const SharedEdges& shared,
                                const BorderFaultLimits& limits) {
    Ring border;
    double length = 0;
    for (const std::uint32_t edge : ring) {
        border.push_back(shared.to(edge));
        length += std::hypot(shared.from(edge).x - shared.to(edge).x, shared.from(edge).y - shared.to(edge).y);
    }
    border.push_back(border.front());
    const double area = twice_signed_area(border) / 2;
    const double width = 2 * area / length;
    if (!(area > limits.least_area) || width < limits.narrowest_gap || width > limits.widest_gap) return std::nullopt;
    SliverGap gap{shapes_of(ring, index), area, width, {}};
    if (gap.neighbours.size() < 2) return std::nullopt;  // a hole of one shape is its own
    MultiPolygon shape{{Polygon{std::move(border), {}}}};
    if (find_invalidity(shape)) shape = make_valid(shape);
    if (shape.parts.empty()) return std::nullopt;
    gap.place = interior_point(shape);
    if (!is_in_no_shape(gap.place, index)) return std::nullopt;
    return gap;
}

std::vector<SliverGap> gaps_between(const SlabIndex& index, const SharedEdges& shared,
                                    const BorderFaultLimits& limits) {
    std::vector<SliverGap> gaps;
    VoidRings(index, shared).visit_rings([&](std::span<const std::uint32_t> ring) {
        if (auto gap = gap_in(ring, index, shared, limits)) gaps.push_back(std::move(*gap));
    });
    std::sort(gaps.begin(), gaps.end(), [](const SliverGap& a, const SliverGap& b) { return a.place < b.place; });
    return gaps;
}

std::vector<Overlap> overlaps_between(std::span<const MultiPolygon> shapes, const SlabIndex& index,
                                      const SharedEdges& shared, double least_area) {
    const auto neighbours = neighbours_by_box(index);
    std::vector<std::vector<Overlap>> found(shapes.size());
    parallel_for(shapes.size(), shapes_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (std::size_t a = begin; a < end; ++a)
            for (const std::uint32_t b : neighbours[a]) {
                if (!may_overlap(index, shared, static_cast<std::uint32_t>(a), b)) continue;
                if (auto overlap = measure_overlap(shapes, a, b, least_area)) found[a].push_back(*overlap);
            }
    });
    std::vector<Overlap> overlaps;
    for (const auto& of_shape : found) overlaps.insert(overlaps.end(), of_shape.begin(), of_shape.end());
    std::sort(overlaps.begin(), overlaps.end(), [](const Overlap& a, const Overlap& b) {
        return std::pair{a.first, a.second} < std::pair{b.first, b.second};
    });
    return overlaps;
}

}  // namespace

std::vector<Overlap> find_overlaps(std::span<const MultiPolygon> shapes, double least_area) {
    const SlabIndex index{shapes};
    return overlaps_between(shapes, index, SharedEdges{shapes, index}, least_area);
}

BorderFaults find_border_faults(std::span<const MultiPolygon> shapes, const BorderFaultLimits& limits) {
    const SlabIndex index{shapes};
    const SharedEdges shared{shapes, index};
    return {overlaps_between(shapes, index, shared, limits.least_area), gaps_between(index, shared, limits)};
}

}  // namespace amayesh
