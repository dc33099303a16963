#pragma once

#include <memory>
#include <span>
#include <vector>

#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/network/road_graph.hpp>

namespace amayesh::detail {

/// Where a zone is entered from a road.
struct ZoneEntry {
    Point on_road;
    Metres walk{0};  ///< From there to the zone.
};

/// Finds where polygons meet roads, for many polygons.
///
/// Method: R-tree of the roads' edges. Where edges cross the polygon's border, each crossing; else one place of each line
///         inside; else the nearest points of polygon and road.
/// Cost:   O(n log n) to build; a query takes the edges in the polygon's box, each against its border.
class ZoneEntries {
public:
    /// Borrows the roads.
    explicit ZoneEntries(std::span<const RoadLine> roads);
    ~ZoneEntries();
    ZoneEntries(const ZoneEntries&) = delete;
    ZoneEntries& operator=(const ZoneEntries&) = delete;

    /// In a fixed order, each place once; empty where no road lies within `snap`.
    [[nodiscard]] std::vector<ZoneEntry> of(const MultiPolygon& zone, Metres snap) const;

private:
    struct Edges;
    std::unique_ptr<const Edges> m_edges;
};

}  // namespace amayesh::detail
