#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/network/road_network.hpp>

namespace amayesh {

/// A road as it is drawn.
struct RoadLine {
    MultiLine shape{};       ///< x, y in a projected CRS in metres.
    double km_per_hour = 0;  ///< Above 0.
    RoadDirection direction = RoadDirection::both;
    int level = 0;  ///< Lines that cross meet only at the same level: a bridge has one of its own.
};

struct RoadGraphOptions {
    Metres tolerance{1};  ///< Ends no farther apart, or no farther from a road of the same level, are joined to it.
};

/// An end that did not meet another road, or not this one, and was joined to it.
struct BridgedGap {
    Point from;
    Point to;
    Metres length{0};
    std::size_t road = 0;  ///< Index of the line whose end it is.
};

/// Roads that hang together.
struct RoadComponent {
    std::size_t nodes = 0;
    Metres length{0};
};

/// Where a place meets the road network: a place on an edge, and the way there on foot. At the edge's end it is at the
/// node, and on every road there.
struct RoadAccess {
    std::size_t edge = 0;
    double along = 0;    ///< Part of the edge from its first node, 0–1.
    Metres off_road{0};  ///< Straight line from the place.
    double off_road_minutes = 0;
    friend bool operator==(const RoadAccess&, const RoadAccess&) = default;
};

/// Roads as a graph: nodes at ends, at true crossings and where an end comes within the tolerance of another road.
///
/// Meets:   roads of one level where they cross, touch or share a vertex, on themselves too; an end meets whatever it lies
///          on, whatever the level. Places within a millimetre are one. Lines that run along each other are both kept.
/// Joins:   an end that meets nothing (a loose one) with the nearest end, or place on a road of its level, within the
///          tolerance; then, shortest first, loose ends with each other, ends up to a metre apart whatever they meet, and
///          whatever within the tolerance does not hang together yet. Not where a way of one edge, no longer than the
///          tolerance, leads there already. A join is driven both ways at the speed of the road whose end it is.
/// Input:   a projected CRS in metres; lines without length are left out. The order of the lines changes no answer.
/// Ways:    as in `RoadNetwork`, to the same bits whether asked for as nearest, within a limit or for a pair. They lead
///          over a road: two places pay both walks, even to each other at one spot of it.
/// Cost:    O((n + k) log n) for n segments and k pairs of them whose boxes meet; about 300 bytes a segment.
/// Throws:  InvalidInput for a speed not above 0, a coordinate that is no number (naming the line), options out of
///          range, and accesses that are none of this graph's.
class AMAYESH_EXPORT RoadGraph {
public:
    explicit RoadGraph(std::span<const RoadLine> roads, const RoadGraphOptions& options = {},
                       const Progress& progress = {});
    ~RoadGraph();
    RoadGraph(RoadGraph&&) noexcept;
    RoadGraph& operator=(RoadGraph&&) noexcept;

    [[nodiscard]] std::size_t node_count() const noexcept;
    [[nodiscard]] std::size_t edge_count() const noexcept;
    [[nodiscard]] Point node(std::size_t index) const;
    [[nodiscard]] RoadLink edge(std::size_t index) const;                      ///< From node to node, as it is driven.
    [[nodiscard]] std::span<const Point> shape(std::size_t edge) const;        ///< From node to node; at least two.
    [[nodiscard]] std::size_t component(std::size_t edge) const;               ///< Index into the components.
    [[nodiscard]] std::span<const RoadComponent> components() const noexcept;  ///< Most nodes first.
    [[nodiscard]] std::span<const BridgedGap> bridged_gaps() const noexcept;   ///< By road.

    /// The nearest place on a road for each place, within `snap_limit`; ties go to the lower edge. Nothing where there
    /// is none.
    [[nodiscard]] std::vector<std::optional<RoadAccess>> attach(std::span<const Point> places, Metres snap_limit,
                                                                double walking_km_per_hour) const;
    /// The same of each of these components on its own (each once, indexes), nearest first: a stray piece of road close by
    /// does not keep a place from the network behind it. Where roads of a component lie on each other, of all of them.
    [[nodiscard]] std::vector<std::vector<RoadAccess>> attach_to_components(std::span<const Point> places,
                                                                            std::span<const std::size_t> components,
                                                                            Metres snap_limit,
                                                                            double walking_km_per_hour) const;
    /// The quickest facility of each place; ties go to the lower index. Nothing where no way leads to one.
    [[nodiscard]] std::vector<std::optional<RoadWay>> nearest_facilities(
        std::span<const std::optional<RoadAccess>> places, std::span<const std::optional<RoadAccess>> facilities,
        TravelDirection direction) const;
    /// Every facility within `limit` of each place, quickest first, ties by index.
    [[nodiscard]] std::vector<std::vector<RoadWay>> facilities_within(
        std::span<const std::optional<RoadAccess>> places, std::span<const std::optional<RoadAccess>> facilities,
        TravelTime limit, TravelDirection direction) const;
    /// The way between the two ends of each pair; nothing where there is none. A search serves all pairs of a place, or
    /// of a facility, whichever are fewer, and ends when they are settled.
    struct Pair {
        std::size_t place = 0;
        std::size_t facility = 0;
    };
    [[nodiscard]] std::vector<std::optional<RoadWay>> ways_of_pairs(
        std::span<const std::optional<RoadAccess>> places, std::span<const std::optional<RoadAccess>> facilities,
        std::span<const Pair> pairs, TravelDirection direction) const;

private:
    struct Network;
    std::unique_ptr<Network> m_network;
};

}  // namespace amayesh
