#include "network/access_ways.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

#include "network/access_search.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t grain = 16;  // searches a chunk

/// Where searches set out and what they look for: the facilities and the places, or the other way round.
struct Sides {
    Accesses origins;
    Accesses targets;
    SearchSense sense;
    bool from_facilities;
};

Sides sides_of(Accesses places, Accesses facilities, TravelDirection direction, bool from_facilities) {
    const SearchSense sense = sense_from_facilities(direction);
    return from_facilities ? Sides{facilities, places, sense, true} : Sides{places, facilities, opposite(sense), false};
}

WayLabel after(const WayLabel& label, const AccessWay& way) {
    return {label.minutes + way.minutes, label.metres + way.metres, label.origin};
}

void check_pairs(std::span<const RoadGraph::Pair> pairs, std::size_t places, std::size_t facilities) {
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if (pairs[i].place >= places || pairs[i].facility >= facilities)
            throw InvalidInput{"pair " + std::to_string(i) + " (counted from 0) names place " +
                               std::to_string(pairs[i].place) + " and facility " + std::to_string(pairs[i].facility) +
                               "; there are " + std::to_string(places) + " and " + std::to_string(facilities)};
}

/// A pair that both ends let hope for a way, seen from where the search sets out.
struct Leg {
    std::uint32_t origin = 0;
    std::uint32_t target = 0;
    std::size_t pair = 0;
    friend auto operator<=>(const Leg&, const Leg&) = default;
};

/// Sorted by origin; those whose ends hang together.
std::vector<Leg> legs_of(const AccessNetwork& network, const Sides& sides, std::span<const RoadGraph::Pair> pairs) {
    std::vector<Leg> legs;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        auto origin = static_cast<std::uint32_t>(pairs[i].place),
             target = static_cast<std::uint32_t>(pairs[i].facility);
        if (sides.from_facilities) std::swap(origin, target);
        if (!sides.origins[origin] || !sides.targets[target]) continue;
        const auto component = [&](const RoadAccess& access) {
            return network.component_of[network.edges[access.edge].from];
        };
        if (component(*sides.origins[origin]) == component(*sides.targets[target])) legs.push_back({origin, target, i});
    }
    std::sort(legs.begin(), legs.end());
    return legs;
}

/// Where each origin's legs begin; their number at the end.
std::vector<std::size_t> groups_of(const std::vector<Leg>& legs) {
    std::vector<std::size_t> groups;
    for (std::size_t i = 0; i < legs.size(); ++i)
        if (i == 0 || legs[i].origin != legs[i - 1].origin) groups.push_back(i);
    groups.push_back(legs.size());
    return groups;
}

bool has_fewer_facilities(std::span<const RoadGraph::Pair> pairs) {
    std::vector<std::size_t> places, facilities;
    for (const RoadGraph::Pair& pair : pairs) {
        places.push_back(pair.place);
        facilities.push_back(pair.facility);
    }
    const auto distinct = [](std::vector<std::size_t>& all) {
        std::sort(all.begin(), all.end());
        return std::unique(all.begin(), all.end()) - all.begin();
    };
    return distinct(facilities) <= distinct(places);
}

}  // namespace

std::vector<std::optional<RoadWay>> nearest_facilities(const AccessNetwork& network, Accesses places,
                                                       Accesses facilities, TravelDirection direction) {
    const SearchSense sense = sense_from_facilities(direction);
    WaySearch search{network.table, sense};
    search.begin();
    for (std::uint32_t i = 0; i < facilities.size(); ++i) {
        if (!facilities[i]) continue;
        const AccessEnds ends = ends_of(*facilities[i], network.edges, sense);
        search.reach(ends.from, {ends.to_from.minutes, ends.to_from.metres, i});
        search.reach(ends.to, {ends.to_to.minutes, ends.to_to.metres, i});
    }
    while (search.settle()) continue;

    const AccessTargets index{facilities, network.edges, network.table.node_count(), sense};
    std::vector<std::optional<RoadWay>> nearest(places.size());
    for (std::size_t place = 0; place < places.size(); ++place) {
        if (!places[place]) continue;
        const RoadAccess& access = *places[place];
        const AccessEnds ends = ends_of(access, network.edges, opposite(sense));
        WayLabel best =
            std::min(after(search.label(ends.from), ends.to_from), after(search.label(ends.to), ends.to_to));
        for (const std::uint32_t i : index.on_edge(access.edge))
            best = std::min(best, after({0, 0, i}, way_on_edge(*facilities[i], access, network.edges, sense)));
        if (std::isfinite(best.minutes)) nearest[place] = RoadWay{best.origin, best.minutes, best.metres};
    }
    return nearest;
}

std::vector<std::vector<RoadWay>> facilities_within(const AccessNetwork& network, Accesses places, Accesses facilities,
                                                    TravelTime limit, TravelDirection direction) {
    const Sides sides = sides_of(places, facilities, direction, facilities.size() <= places.size());
    const AccessTargets index{sides.targets, network.edges, network.table.node_count(), sides.sense};
    const double beyond = first_beyond(limit);
    std::vector<std::vector<std::pair<std::uint32_t, AccessWay>>> found(sides.origins.size());
    parallel_for(sides.origins.size(), grain, [&](std::size_t begin, std::size_t end) {
        AccessSearch search{network, sides.origins, sides.targets, index, sides.sense};
        for (std::size_t origin = begin; origin < end; ++origin) {
            if (!sides.origins[origin]) continue;
            search.find_all(static_cast<std::uint32_t>(origin), beyond);
            for (const std::uint32_t target : search.found()) found[origin].emplace_back(target, search.way_to(target));
        }
    });
    std::vector<std::vector<RoadWay>> within(places.size());
    for (std::size_t origin = 0; origin < found.size(); ++origin)
        for (const auto& [target, way] : found[origin])
            within[sides.from_facilities ? target : origin].push_back(
                {sides.from_facilities ? origin : target, way.minutes, way.metres});
    for (std::vector<RoadWay>& ways : within)
        std::sort(ways.begin(), ways.end(), [](const RoadWay& a, const RoadWay& b) {
            return std::pair{a.minutes, a.facility} < std::pair{b.minutes, b.facility};
        });
    return within;
}

std::vector<std::optional<RoadWay>> ways_of_pairs(const AccessNetwork& network, Accesses places, Accesses facilities,
                                                  std::span<const RoadGraph::Pair> pairs, TravelDirection direction) {
    check_pairs(pairs, places.size(), facilities.size());
    const Sides sides = sides_of(places, facilities, direction, has_fewer_facilities(pairs));
    const AccessTargets index{sides.targets, network.edges, network.table.node_count(), sides.sense};
    const std::vector<Leg> legs = legs_of(network, sides, pairs);
    const std::vector<std::size_t> groups = groups_of(legs);
    std::vector<std::optional<RoadWay>> ways(pairs.size());
    parallel_for(groups.size() - 1, grain, [&](std::size_t begin, std::size_t end) {
        AccessSearch search{network, sides.origins, sides.targets, index, sides.sense};
        std::vector<std::uint32_t> wanted;
        for (std::size_t group = begin; group < end; ++group) {
            wanted.clear();
            for (std::size_t i = groups[group]; i < groups[group + 1]; ++i) wanted.push_back(legs[i].target);
            search.find(legs[groups[group]].origin, wanted);
            for (std::size_t i = groups[group]; i < groups[group + 1]; ++i)
                if (const AccessWay& way = search.way_to(legs[i].target); way.is_open())
                    ways[legs[i].pair] = RoadWay{pairs[legs[i].pair].facility, way.minutes, way.metres};
        }
    });
    return ways;
}

}  // namespace amayesh::detail
