#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/network/road_graph.hpp>

namespace amayesh::detail {

/// Where a zone is entered from a road.
struct ZoneEntry {
    std::size_t edge = 0;
    double along = 0;  ///< Part of the edge from its first node, 0–1.
    Metres walk{0};    ///< From there to the zone.
    friend auto operator<=>(const ZoneEntry&, const ZoneEntry&) = default;
};

/// Finds where polygons meet roads, for many polygons.
///
/// Method: R-tree of the graph's edges. For each part of the polygon and each component of the graph on their own: where
///         edges cross the border, each crossing; else the start of each edge inside; else the nearest points of polygon
///         and road, those at both ends where they run side by side.
/// Cost:   O(n log n) to build; a query takes the pieces of edges within the snap limit of the polygon's box, in the box
///         each against its border.
class ZoneEntries {
public:
    /// Borrows the graph.
    explicit ZoneEntries(const RoadGraph& graph);
    ~ZoneEntries();
    ZoneEntries(const ZoneEntries&) = delete;
    ZoneEntries& operator=(const ZoneEntries&) = delete;

    /// In a fixed order, each place once; empty where no road lies within `snap`.
    [[nodiscard]] std::vector<ZoneEntry> of(const MultiPolygon& zone, Metres snap) const;

private:
    void add_entries(const MultiPolygon& part, Metres snap, std::vector<ZoneEntry>& all) const;

    struct Pieces;
    std::unique_ptr<const Pieces> m_pieces;
};

}  // namespace amayesh::detail
