#include <amayesh/network/road_network.hpp>

#include <algorithm>
#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

#include "network/way_search.hpp"

namespace amayesh {
namespace {

constexpr std::size_t grain = 16;  // searches a chunk

void check(std::span<const std::size_t> facilities, std::size_t node_count) {
    for (std::size_t i = 0; i < facilities.size(); ++i)
        if (facilities[i] >= node_count)
            throw InvalidInput{"facility " + std::to_string(i) + " (counted from 0): there is no node " +
                               std::to_string(facilities[i]) + "; the network has " + std::to_string(node_count)};
}

}  // namespace

RoadNetwork::RoadNetwork(std::size_t node_count, std::span<const RoadLink> links)
    : m_ways{std::make_unique<detail::WayTable>(node_count, links)} {}
RoadNetwork::~RoadNetwork() = default;
RoadNetwork::RoadNetwork(RoadNetwork&&) noexcept = default;
RoadNetwork& RoadNetwork::operator=(RoadNetwork&&) noexcept = default;

std::size_t RoadNetwork::node_count() const noexcept { return m_ways->node_count(); }

std::vector<std::optional<RoadWay>> RoadNetwork::nearest_facilities(std::span<const std::size_t> facilities,
                                                                    TravelDirection direction) const {
    check(facilities, node_count());
    detail::WaySearch search{*m_ways, detail::sense_from_facilities(direction)};
    search.begin();
    for (std::size_t i = 0; i < facilities.size(); ++i)
        search.reach(static_cast<std::uint32_t>(facilities[i]), {0, 0, static_cast<std::uint32_t>(i)});
    while (search.settle()) continue;
    std::vector<std::optional<RoadWay>> nearest(node_count());
    for (const std::uint32_t node : search.reached()) {
        const detail::WayLabel& label = search.label(node);
        nearest[node] = RoadWay{label.origin, label.minutes, label.metres};
    }
    return nearest;
}

std::vector<std::vector<NodeWay>> RoadNetwork::nodes_within(std::span<const std::size_t> facilities, TravelTime limit,
                                                            TravelDirection direction) const {
    check(facilities, node_count());
    std::vector<std::vector<NodeWay>> within(facilities.size());
    const double beyond = detail::first_beyond(limit);
    parallel_for(facilities.size(), grain, [&](std::size_t begin, std::size_t end) {
        detail::WaySearch search{*m_ways, detail::sense_from_facilities(direction)};
        for (std::size_t i = begin; i < end; ++i) {
            search.begin(beyond);
            search.reach(static_cast<std::uint32_t>(facilities[i]), {0, 0, 0});
            while (search.settle()) continue;
            within[i].reserve(search.reached().size());
            for (const std::uint32_t node : search.reached())
                within[i].push_back({node, search.label(node).minutes, search.label(node).metres});
            std::sort(within[i].begin(), within[i].end(),
                      [](const NodeWay& a, const NodeWay& b) { return a.node < b.node; });
        }
    });
    return within;
}

}  // namespace amayesh
