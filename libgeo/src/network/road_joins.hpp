#pragma once

#include <vector>

#include "network/road_crossings.hpp"
#include "network/road_edges.hpp"

namespace amayesh::detail {

struct RoadJoins {
    std::vector<RoadJoin> joins;  ///< By line, then place.
    std::vector<RoadCut> cuts;    ///< Where they cut the roads they lead to, besides the cuts there were.
};

/// Joins ends to what lies within the tolerance, shortest first: the end of another stroke, or of its own, or the nearest
/// place on another stroke of the same level. A pair is joined where
///   - the end meets no other road (it is loose) and has not been joined yet,
///   - both are loose ends, or no more than a metre apart, and no chain of joins connects them, or
///   - their roads do not hang together.
/// What an end reaches over an edge no longer than the tolerance counts as met: a road drawn a little too far.
RoadJoins join_ends(const RoadParts& roads, const SegmentTree& tree, const RoadEdges& met, double tolerance_m);

}  // namespace amayesh::detail
