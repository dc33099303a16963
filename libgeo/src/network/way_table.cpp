#include "network/way_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr double most_metres = 4e6;

void check(std::size_t node_count, std::span<const RoadLink> links) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max() / 2;
    if (node_count >= most || links.size() >= most)
        throw InvalidInput{"a road network has 2³¹ nodes and links at most"};
    for (std::size_t i = 0; i < links.size(); ++i) {
        const auto refuse = [&](const std::string& why) {
            throw InvalidInput{"link " + std::to_string(i) + " (counted from 0): " + why};
        };
        const RoadLink& link = links[i];
        if (link.from >= node_count || link.to >= node_count)
            refuse("there is no node " + std::to_string(std::max(link.from, link.to)) + "; the network has " +
                   std::to_string(node_count));
        if (!(link.minutes >= 0) || !std::isfinite(link.minutes)) refuse("its minutes are below 0 or no number");
        if (!(link.metres >= 0 && link.metres <= most_metres)) refuse("its metres are not between 0 and 4,000,000");
    }
}

/// Calls `visit(from, to, link)` for every step in that sense.
template <class Visit>
void for_each_step(std::span<const RoadLink> links, SearchSense sense, Visit visit) {
    for (const RoadLink& link : links) {
        const auto from = static_cast<std::uint32_t>(link.from), to = static_cast<std::uint32_t>(link.to);
        const bool forward = link.direction != RoadDirection::backward;
        const bool backward = link.direction != RoadDirection::forward;
        if (sense == SearchSense::along ? forward : backward) visit(from, to, link);
        if (sense == SearchSense::along ? backward : forward) visit(to, from, link);
    }
}

WaySteps steps_of(std::size_t node_count, std::span<const RoadLink> links, SearchSense sense) {
    WaySteps table;
    table.first.resize(node_count + 1);
    for_each_step(links, sense, [&](std::uint32_t from, std::uint32_t, const RoadLink&) { ++table.first[from + 1]; });
    for (std::size_t i = 0; i < node_count; ++i) table.first[i + 1] += table.first[i];
    table.steps.resize(table.first.back());
    std::vector<std::uint32_t> next = table.first;
    for_each_step(links, sense, [&](std::uint32_t from, std::uint32_t to, const RoadLink& link) {
        table.steps[next[from]++] = {whole_minutes(link.minutes), to,
                                     static_cast<std::uint32_t>(link.metres * steps_per_metre + 0.5)};
    });
    return table;
}

}  // namespace

WayTable::WayTable(std::size_t node_count, std::span<const RoadLink> links) {
    check(node_count, links);
    m_same = std::all_of(links.begin(), links.end(),
                         [](const RoadLink& link) { return link.direction == RoadDirection::both; });
    m_along = steps_of(node_count, links, SearchSense::along);
    if (!m_same) m_against = steps_of(node_count, links, SearchSense::against);
}

}  // namespace amayesh::detail
