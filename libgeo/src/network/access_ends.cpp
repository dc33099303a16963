#include "network/access_ends.hpp"

#include <cmath>
#include <string>

#include <amayesh/core/error.hpp>

#include "network/road_parts.hpp"

namespace amayesh::detail {
namespace {

/// A place at a junction is on every road of it, whichever it was found on.
AccessWay part_of(double minutes, double metres, double share) {
    if (share * metres < same_place_m) return {0, 0};
    return {std::isinf(minutes) ? minutes : whole_minutes(share * minutes), whole_metres(share * metres)};
}

AccessWay after_walk(AccessWay way, const RoadAccess& access) {
    return {way.minutes + whole_minutes(access.off_road_minutes), way.metres + whole_metres(access.off_road.value())};
}

/// Numbers of places, group by group; the groups' starts, one more at the end.
template <class GroupsOf>
std::vector<std::uint32_t> starts_of(std::size_t group_count, std::size_t place_count, GroupsOf groups_of) {
    std::vector<std::uint32_t> first(group_count + 1);
    for (std::size_t place = 0; place < place_count; ++place)
        groups_of(place, [&](std::size_t group, const auto&) { ++first[group + 1]; });
    for (std::size_t i = 0; i < group_count; ++i) first[i + 1] += first[i];
    return first;
}

}  // namespace

AccessEnds ends_of(const RoadAccess& access, std::span<const DrivenEdge> edges, SearchSense sense) {
    const DrivenEdge& edge = edges[access.edge];
    const bool along = sense == SearchSense::along;
    return {
        edge.from, edge.to,
        after_walk(part_of(along ? edge.backward_minutes : edge.forward_minutes, edge.metres, access.along), access),
        after_walk(part_of(along ? edge.forward_minutes : edge.backward_minutes, edge.metres, 1 - access.along),
                   access)};
}

AccessWay way_on_edge(const RoadAccess& origin, const RoadAccess& target, std::span<const DrivenEdge> edges,
                      SearchSense sense) {
    const DrivenEdge& edge = edges[origin.edge];
    const bool goes_forward = (origin.along < target.along) == (sense == SearchSense::along);
    const double share = std::abs(origin.along - target.along);
    const double minutes = goes_forward ? edge.forward_minutes : edge.backward_minutes;
    return after_walk(after_walk(part_of(minutes, edge.metres, share), origin), target);
}

AccessTargets::AccessTargets(std::span<const std::optional<RoadAccess>> places, std::span<const DrivenEdge> edges,
                             std::size_t node_count, SearchSense sense) {
    const auto nodes_of = [&](std::size_t place, auto visit) {
        if (!places[place]) return;
        const AccessEnds ends = ends_of(*places[place], edges, opposite(sense));
        if (ends.to_from.is_open()) visit(ends.from, ends.to_from);
        if (ends.to_to.is_open()) visit(ends.to, ends.to_to);
    };
    const auto edge_of = [&](std::size_t place, auto visit) {
        if (places[place]) visit(places[place]->edge, 0);
    };
    m_first_at_node = starts_of(node_count, places.size(), nodes_of);
    m_arrivals.resize(m_first_at_node.back());
    m_first_on_edge = starts_of(edges.size(), places.size(), edge_of);
    m_places.resize(m_first_on_edge.back());
    std::vector<std::uint32_t> next_at_node = m_first_at_node, next_on_edge = m_first_on_edge;
    for (std::size_t place = 0; place < places.size(); ++place) {
        const auto number = static_cast<std::uint32_t>(place);
        nodes_of(place, [&](std::uint32_t node, const AccessWay& way) {
            m_arrivals[next_at_node[node]++] = {number, way};
        });
        edge_of(place, [&](std::size_t edge, int) { m_places[next_on_edge[edge]++] = number; });
    }
}

void check_accesses(std::span<const std::optional<RoadAccess>> accesses, std::size_t edge_count, const char* what) {
    for (std::size_t i = 0; i < accesses.size(); ++i) {
        if (!accesses[i]) continue;
        const RoadAccess& access = *accesses[i];
        if (access.edge < edge_count && access.along >= 0 && access.along <= 1 && access.off_road.value() >= 0 &&
            std::isfinite(access.off_road.value()) && access.off_road_minutes >= 0 &&
            std::isfinite(access.off_road_minutes))
            continue;
        throw InvalidInput{std::string{what} + " " + std::to_string(i) +
                           " (counted from 0): its access is none of this road graph"};
    }
}

}  // namespace amayesh::detail
