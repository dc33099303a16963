#include "network/road_crossings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>

#include <amayesh/core/parallel.hpp>

namespace amayesh::detail {
namespace {

constexpr std::size_t grain = 4'096;  // segments a chunk

Box box_of(const Point& a, const Point& b, double margin) {
    return {std::min(a.x, b.x) - margin, std::min(a.y, b.y) - margin, std::max(a.x, b.x) + margin,
            std::max(a.y, b.y) + margin};
}

std::vector<std::uint32_t> segments_of(const RoadParts& roads) {
    std::vector<std::uint32_t> segments;
    for (const RoadPart& part : roads.parts)
        for (std::uint32_t i = part.first; i < part.last; ++i) segments.push_back(i);
    return segments;
}

std::vector<Box> boxes_of(const RoadParts& roads, const std::vector<std::uint32_t>& segments) {
    std::vector<Box> boxes;
    boxes.reserve(segments.size());
    for (const std::uint32_t i : segments) boxes.push_back(box_of(roads.vertices[i], roads.vertices[i + 1], 0));
    return boxes;
}

/// Cross product of a→b and a→p.
double cross(const Point& a, const Point& b, const Point& p) {
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

/// Finds the cuts of pairs of segments.
class CutFinder {
public:
    CutFinder(const RoadParts& roads, std::vector<RoadCut>& cuts) : m_roads{roads}, m_cuts{cuts} {}

    void meet(std::uint32_t first, std::uint32_t second) {
        const bool same_level = m_roads.level_of(first) == m_roads.level_of(second);
        bool touches = false;
        for (const auto& [segment, other] : {std::pair{first, second}, std::pair{second, first}})
            for (const std::uint32_t vertex : {segment, segment + 1})
                if (!is_shared(vertex, other)) touches |= touch(vertex, other, same_level);
        if (!touches && same_level && !is_shared(first, second) && !is_shared(first + 1, second)) pass(first, second);
    }

private:
    /// The vertex ends the segment too.
    static bool is_shared(std::uint32_t vertex, std::uint32_t segment) {
        return vertex == segment || vertex == segment + 1;
    }

    void add(std::uint32_t segment, double along, const Point& place) { m_cuts.push_back({segment, along, place}); }

    void cut_at_vertex(std::uint32_t vertex) {
        if (!m_roads.is_end(vertex)) add(vertex, 0, m_roads.vertices[vertex]);
    }

    bool is_near(const Point& p, std::uint32_t vertex) const {
        const Point& v = m_roads.vertices[vertex];
        return std::hypot(p.x - v.x, p.y - v.y) <= same_place_m;
    }

    /// Whether the vertex lies on the segment; the roads meet there if they may.
    bool touch(std::uint32_t vertex, std::uint32_t segment, bool same_level) {
        const Point& p = m_roads.vertices[vertex];
        const Point &a = m_roads.vertices[segment], &b = m_roads.vertices[segment + 1];
        if (p.x < std::min(a.x, b.x) - same_place_m || p.x > std::max(a.x, b.x) + same_place_m ||
            p.y < std::min(a.y, b.y) - same_place_m || p.y > std::max(a.y, b.y) + same_place_m)
            return false;
        const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
        const double along = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0);
        if (std::hypot(a.x + along * dx - p.x, a.y + along * dy - p.y) > same_place_m) return false;
        const std::optional<std::uint32_t> corner = is_near(p, segment)       ? std::optional{segment}
                                                    : is_near(p, segment + 1) ? std::optional{segment + 1}
                                                                              : std::nullopt;
        const bool may_meet = same_level || m_roads.is_end(vertex) || (corner && m_roads.is_end(*corner));
        if (!may_meet) return true;
        cut_at_vertex(vertex);
        if (corner)
            cut_at_vertex(*corner);
        else
            add(segment, along, p);
        return true;
    }

    /// The place where two segments pass through each other, the same whichever comes first.
    void pass(std::uint32_t first, std::uint32_t second) {
        const auto ends = [&](std::uint32_t segment) {
            const Point &a = m_roads.vertices[segment], &b = m_roads.vertices[segment + 1];
            return a < b ? std::array{a, b} : std::array{b, a};
        };
        std::array<Point, 2> s = ends(first), t = ends(second);
        if (t < s) std::swap(s, t);
        const double from_t = cross(t[0], t[1], s[0]), to_t = cross(t[0], t[1], s[1]);
        const double from_s = cross(s[0], s[1], t[0]), to_s = cross(s[0], s[1], t[1]);
        if ((from_t > 0) == (to_t > 0) || (from_s > 0) == (to_s > 0)) return;
        const double part = std::clamp(from_t / (from_t - to_t), 0.0, 1.0);
        const Point place{s[0].x + part * (s[1].x - s[0].x), s[0].y + part * (s[1].y - s[0].y)};
        add(first, along(first, place), place);
        add(second, along(second, place), place);
    }

    [[nodiscard]] double along(std::uint32_t segment, const Point& p) const {
        const Point &a = m_roads.vertices[segment], &b = m_roads.vertices[segment + 1];
        const double dx = b.x - a.x, dy = b.y - a.y;
        return std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    }

    const RoadParts& m_roads;
    std::vector<RoadCut>& m_cuts;
};

}  // namespace

SegmentTree::SegmentTree(const RoadParts& roads)
    : m_segments{segments_of(roads)}, m_tree{boxes_of(roads, m_segments)} {}

std::vector<RoadCut> find_crossings(const RoadParts& roads, const SegmentTree& tree) {
    std::vector<RoadCut> cuts;
    std::mutex adding;
    parallel_for(tree.segments().size(), grain, [&](std::size_t begin, std::size_t end) {
        std::vector<RoadCut> found;
        CutFinder finder{roads, found};
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t segment = tree.segments()[i];
            tree.for_each(box_of(roads.vertices[segment], roads.vertices[segment + 1], same_place_m),
                          [&](std::uint32_t other) {
                              if (other > segment) finder.meet(segment, other);
                          });
        }
        const std::lock_guard lock{adding};
        cuts.insert(cuts.end(), found.begin(), found.end());
    });
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    return cuts;
}

}  // namespace amayesh::detail
