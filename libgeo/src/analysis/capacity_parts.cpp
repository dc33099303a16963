#include "analysis/capacity_parts.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace amayesh::detail {

namespace {

constexpr std::uint32_t no_part = std::numeric_limits<std::uint32_t>::max();

/// Union-find, the smallest member standing for all.
class Joined {
public:
    explicit Joined(std::size_t members) : m_parent(members) {
        std::iota(m_parent.begin(), m_parent.end(), std::uint32_t{0});
    }
    std::uint32_t representative(std::uint32_t member) {
        while (m_parent[member] != member) member = m_parent[member] = m_parent[m_parent[member]];
        return member;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = representative(a);
        b = representative(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> m_parent;
};

/// Where each demand and source stands.
struct Placement {
    std::vector<CapacityPart> parts;
    std::vector<std::uint32_t> part_of_source;
    std::vector<int> source_place, demand_place;  ///< In their part.
};

bool can_carry(const RankedCapacity& ranked, const RankedArc& arc) {
    return ranked.usable[arc.source] > 0 && ranked.amount[arc.demand] > 0;
}

/// Members are the sources, then the demands.
Joined joined_by_arcs(const RankedCapacity& ranked) {
    const auto sources = static_cast<std::uint32_t>(ranked.usable.size());
    Joined joined{ranked.usable.size() + ranked.amount.size()};
    for (const RankedArc& arc : ranked.arcs)
        if (can_carry(ranked, arc)) joined.join(arc.source, sources + arc.demand);
    return joined;
}

/// A source with anything usable has an arc that can carry it; so a part begins with its first source.
Placement place_members(const RankedCapacity& ranked) {
    const auto sources = static_cast<Rank>(ranked.usable.size()), demands = static_cast<Rank>(ranked.amount.size());
    Joined joined = joined_by_arcs(ranked);
    Placement placed{
        {}, std::vector<std::uint32_t>(sources, no_part), std::vector<int>(sources), std::vector<int>(demands)};
    for (Rank source = 0; source < sources; ++source) {
        if (ranked.usable[source] == 0) continue;
        const std::uint32_t first = joined.representative(source);
        if (first == source) {
            placed.part_of_source[source] = static_cast<std::uint32_t>(placed.parts.size());
            placed.parts.emplace_back();
        }
        CapacityPart& part = placed.parts[placed.part_of_source[source] = placed.part_of_source[first]];
        placed.source_place[source] = static_cast<int>(part.network.supply.size());
        part.network.supply.push_back(ranked.usable[source]);
    }
    for (Rank demand = 0; demand < demands; ++demand) {
        const std::uint32_t first = joined.representative(sources + demand);
        if (first >= sources) continue;  // nobody can serve it
        CapacityPart& part = placed.parts[placed.part_of_source[first]];
        placed.demand_place[demand] = static_cast<int>(part.network.demand.size());
        part.network.demand.push_back(ranked.amount[demand]);
        part.priority_class.push_back(ranked.priority_class[demand]);
    }
    return placed;
}

void reserve_arcs(Placement& placed, const RankedCapacity& ranked) {
    std::vector<std::size_t> arcs(placed.parts.size());
    for (Rank source = 0; source < ranked.usable.size(); ++source)
        if (ranked.usable[source] > 0)
            arcs[placed.part_of_source[source]] += ranked.first_arc[source + 1] - ranked.first_arc[source];
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        placed.parts[i].arcs.reserve(arcs[i]);
        placed.parts[i].network.arcs.reserve(arcs[i]);
        placed.parts[i].costs.arc.reserve(arcs[i]);
    }
}

/// Each arc costs 1 more than it does: the flow wants costs above 0, and as it is settled beforehand how many steps are
/// served altogether, that prefers none.
void place_arcs(Placement& placed, const RankedCapacity& ranked) {
    reserve_arcs(placed, ranked);
    for (std::uint32_t i = 0; i < ranked.arcs.size(); ++i) {
        const RankedArc& arc = ranked.arcs[i];
        if (!can_carry(ranked, arc)) continue;
        CapacityPart& part = placed.parts[placed.part_of_source[arc.source]];
        part.network.arcs.push_back({placed.source_place[arc.source], placed.demand_place[arc.demand]});
        part.costs.arc.push_back(arc.cost + 1);
        part.arcs.push_back(i);
    }
}

/// A step not served of a class costs more than any chain of re-routings that it could set off, and than a step of the
/// next class besides. A chain uses each demand and each source once.
void price_what_is_not_served(CapacityPart& part) {
    const auto longest_chain =
        static_cast<std::int64_t>(std::min(part.network.supply.size(), part.network.demand.size()));
    const std::int64_t above_any_chain =
        *std::max_element(part.costs.arc.begin(), part.costs.arc.end()) * longest_chain + 1;
    for (const int priority_class : part.priority_class)
        part.costs.not_served.push_back((priority_class_count - priority_class) * above_any_chain);
}

}  // namespace

std::vector<CapacityPart> split_into_parts(const RankedCapacity& ranked) {
    Placement placed = place_members(ranked);
    place_arcs(placed, ranked);
    for (CapacityPart& part : placed.parts) price_what_is_not_served(part);
    return std::move(placed.parts);
}

}  // namespace amayesh::detail
