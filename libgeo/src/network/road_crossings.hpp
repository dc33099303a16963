#pragma once

#include <vector>

#include "network/box_tree.hpp"
#include "network/road_parts.hpp"

namespace amayesh::detail {

/// The segments of roads in a tree.
class SegmentTree {
public:
    explicit SegmentTree(const RoadParts& roads);

    /// Visits every segment whose box meets `wanted`.
    template <class Visit>
    void for_each(const Box& wanted, Visit visit) const {
        m_tree.for_each(wanted, [&](std::uint32_t i) { visit(m_segments[i]); });
    }
    [[nodiscard]] const std::vector<std::uint32_t>& segments() const { return m_segments; }

private:
    std::vector<std::uint32_t> m_segments;
    BoxTree m_tree;
};

/// Where roads meet, on each road that does, sorted; ends of strokes are not listed on their own stroke.
///
/// Roads of one level meet where they cross, touch or share a vertex. Roads of different levels meet only where the end
/// of one lies on the other. Where roads run along each other they meet at the ends of what they share. "On" and "share"
/// mean within `same_place_m`.
/// Cost: O((n + k) log n) for n segments and k pairs of them whose boxes meet.
std::vector<RoadCut> find_crossings(const RoadParts& roads, const SegmentTree& tree);

}  // namespace amayesh::detail
