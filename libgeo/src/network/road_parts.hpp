#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/network/road_graph.hpp>

namespace amayesh::detail {

/// Places no farther apart are one place: what rounding and reprojection leave between them.
inline constexpr double same_place_m = 1e-3;

/// A line drawn in one stroke. Segment i runs from vertex i to vertex i + 1.
struct RoadPart {
    std::uint32_t first = 0;  ///< Vertex and segment.
    std::uint32_t last = 0;   ///< Vertex that starts no segment.
    std::uint32_t road = 0;   ///< Index of its line.
};

/// Roads as strokes one after another, without repeated points; strokes shorter than `same_place_m` are left out.
struct RoadParts {
    /// Throws: InvalidInput for a speed that is not above 0 or a coordinate that is not finite, naming the line.
    explicit RoadParts(std::span<const RoadLine> lines);

    std::span<const RoadLine> lines;
    std::vector<Point> vertices;
    std::vector<RoadPart> parts;
    std::vector<std::uint32_t> part_of;  ///< Of each vertex.

    [[nodiscard]] bool is_segment(std::uint32_t vertex) const { return vertex != parts[part_of[vertex]].last; }
    [[nodiscard]] bool is_end(std::uint32_t vertex) const {
        return vertex == parts[part_of[vertex]].first || !is_segment(vertex);
    }
    [[nodiscard]] int level_of(std::uint32_t vertex) const { return lines[parts[part_of[vertex]].road].level; }
};

/// A place where a road meets another, on a segment.
struct RoadCut {
    std::uint32_t segment = 0;
    double along = 0;  ///< Part of the segment, 0–1.
    Point place;
    friend auto operator<=>(const RoadCut&, const RoadCut&) = default;
};

/// A straight piece that joins an end to a road.
struct RoadJoin {
    Point from;
    Point to;
    std::uint32_t road = 0;  ///< Line that gives its speed.
    friend auto operator<=>(const RoadJoin&, const RoadJoin&) = default;
};

}  // namespace amayesh::detail
