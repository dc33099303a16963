#include <amayesh/analysis/allocate_capacity.hpp>

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include <amayesh/core/parallel.hpp>

#include "analysis/even_shares.hpp"
#include "analysis/ranked_capacity.hpp"
#include "analysis/transport_flow.hpp"

namespace amayesh {

namespace {

using detail::Rank;
using detail::RankedArc;
using detail::RankedCapacity;
using detail::TransportCosts;
using detail::TransportNetwork;

constexpr std::uint32_t no_part = std::numeric_limits<std::uint32_t>::max();

/// Demands and sources that have to do with each other, directly or through others, and with nobody else.
struct Part {
    TransportNetwork network;
    std::vector<std::int64_t> arc_cost;
    std::vector<int> priority_class;  ///< By demand.
    std::vector<std::uint32_t> arcs;  ///< Of the ranked problem, by arc.
};

/// Union-find over demands and sources, the smallest member standing for all.
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

bool can_carry(const RankedCapacity& ranked, const RankedArc& arc) {
    return ranked.usable[arc.source] > 0 && ranked.amount[arc.demand] > 0;
}

/// Within a part, sources and demands keep the order of their ranks.
std::vector<Part> split_into_parts(const RankedCapacity& ranked) {
    const auto sources = static_cast<std::uint32_t>(ranked.usable.size());
    const auto members = sources + static_cast<std::uint32_t>(ranked.amount.size());
    Joined joined{members};
    for (const RankedArc& arc : ranked.arcs)
        if (can_carry(ranked, arc)) joined.join(arc.source, sources + arc.demand);

    std::vector<Part> parts;
    std::vector<std::uint32_t> part_of(members, no_part);
    std::vector<int> place(members, 0);
    for (std::uint32_t member = 0; member < members; ++member) {
        const std::uint32_t first = joined.representative(member);
        if (first == member) {
            if (member >= sources || ranked.usable[member] == 0) continue;  // alone: nobody to serve or be served by
            part_of[member] = static_cast<std::uint32_t>(parts.size());
            parts.emplace_back();
        }
        if (part_of[first] == no_part) continue;
        Part& part = parts[part_of[member] = part_of[first]];
        std::vector<std::int64_t>& side = member < sources ? part.network.supply : part.network.demand;
        place[member] = static_cast<int>(side.size());
        side.push_back(member < sources ? ranked.usable[member] : ranked.amount[member - sources]);
        if (member >= sources) part.priority_class.push_back(ranked.priority_class[member - sources]);
    }
    for (std::uint32_t i = 0; i < ranked.arcs.size(); ++i) {
        const RankedArc& arc = ranked.arcs[i];
        if (!can_carry(ranked, arc)) continue;
        Part& part = parts[part_of[arc.source]];
        part.network.arcs.push_back({place[arc.source], place[sources + arc.demand]});
        part.arc_cost.push_back(arc.cost);
        part.arcs.push_back(i);
    }
    return parts;
}

/// A step not served of a class costs more than any chain of re-routings that it could set off, and than a step of the
/// next class besides. A chain uses each demand and each source once. Each arc costs 1 more than it does: as it is
/// settled beforehand how many steps are served, that prefers none, and the flow wants costs above 0.
TransportCosts costs_of(const Part& part) {
    TransportCosts costs;
    for (const std::int64_t cost : part.arc_cost) costs.arc.push_back(cost + 1);
    const auto longest_chain =
        static_cast<std::int64_t>(std::min(part.network.supply.size(), part.network.demand.size()));
    const std::int64_t above_any_chain = *std::max_element(costs.arc.begin(), costs.arc.end()) * longest_chain + 1;
    for (const int priority_class : part.priority_class)
        costs.not_served.push_back((priority_class_count - priority_class) * above_any_chain);
    return costs;
}

std::vector<std::int64_t> served_by(const Part& part, const std::vector<std::int64_t>& amounts) {
    std::vector<std::int64_t> served(part.network.demand.size());
    for (std::size_t i = 0; i < amounts.size(); ++i)
        served[static_cast<std::size_t>(part.network.arcs[i].demand)] += amounts[i];
    return served;
}

bool is_short(const Part& part, const std::vector<std::int64_t>& served, int priority_class) {
    for (std::size_t i = 0; i < served.size(); ++i)
        if (part.priority_class[i] == priority_class && served[i] < part.network.demand[i]) return true;
    return false;
}

/// What the class gets in an allocation that serves the most of each class, dealt evenly. `served` has what the classes
/// before get: however they divide it among themselves, the same is left for this class.
void share_evenly(const Part& part, int priority_class, std::vector<std::int64_t>& served) {
    TransportNetwork network = part.network;
    std::vector<char> shares(served.size());
    std::int64_t total = 0;
    for (std::size_t i = 0; i < served.size(); ++i) {
        shares[i] = part.priority_class[i] == priority_class;
        if (shares[i])
            total += served[i];
        else
            network.demand[i] = part.priority_class[i] < priority_class ? served[i] : 0;
    }
    const std::vector<std::int64_t> shared = detail::even_shares(network, shares, total);
    for (std::size_t i = 0; i < served.size(); ++i)
        if (shares[i]) served[i] = shared[i];
}

/// Amounts per arc of the part.
std::vector<std::int64_t> allocate_part(Part& part, const AllocationOptions& options) {
    const TransportCosts costs = costs_of(part);
    std::vector<std::int64_t> amounts = cheapest_flow(part.network, costs);
    std::vector<std::int64_t> served = served_by(part, amounts);
    std::array<bool, priority_class_count> shared{};
    for (int c = 0; c < priority_class_count; ++c) {
        const auto index = static_cast<std::size_t>(c);
        shared[index] = options.sharing[index] == Sharing::even && is_short(part, served, c);
        if (shared[index]) share_evenly(part, c, served);
    }
    if (std::none_of(shared.begin(), shared.end(), [](bool is_shared) { return is_shared; })) return amounts;
    for (std::size_t i = 0; i < served.size(); ++i)
        if (shared[static_cast<std::size_t>(part.priority_class[i])]) part.network.demand[i] = served[i];
    return cheapest_flow(part.network, costs);
}

/// By arc of the ranked problem.
std::vector<std::int64_t> allocate_ranked(const RankedCapacity& ranked, const AllocationOptions& options) {
    std::vector<Part> parts = split_into_parts(ranked);
    std::vector<std::int64_t> amounts(ranked.arcs.size());
    parallel_for(parts.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (Part& part : std::span{parts}.subspan(begin, end - begin)) {
            const std::vector<std::int64_t> of_part = allocate_part(part, options);
            for (std::size_t i = 0; i < of_part.size(); ++i) amounts[part.arcs[i]] = of_part[i];
        }
    });
    return amounts;
}

/// By source rank: the first class with a shortfall that one step more of the source would reach, by serving it or by
/// freeing another source for it. One search from all short demands backwards, class by class.
std::vector<std::optional<int>> classes_of_another_step(const RankedCapacity& ranked,
                                                        const std::vector<std::int64_t>& amounts,
                                                        const std::vector<std::int64_t>& served) {
    std::vector<std::optional<int>> result(ranked.usable.size());
    std::vector<char> is_reached(ranked.amount.size());
    std::vector<Rank> open;
    const auto reach = [&](Rank demand) {
        if (!std::exchange(is_reached[demand], 1)) open.push_back(demand);
    };
    for (int c = 0; c < priority_class_count; ++c) {
        for (Rank demand = 0; demand < served.size(); ++demand)
            if (ranked.priority_class[demand] == c && served[demand] < ranked.amount[demand]) reach(demand);
        while (!open.empty()) {
            const Rank demand = open.back();
            open.pop_back();
            for (std::uint32_t k = ranked.first_of_demand[demand]; k < ranked.first_of_demand[demand + 1]; ++k) {
                const Rank source = ranked.arcs[ranked.arcs_by_demand[k]].source;
                if (result[source]) continue;
                result[source] = c;
                for (std::uint32_t i = ranked.first_arc[source]; i < ranked.first_arc[source + 1]; ++i)
                    if (amounts[i] > 0) reach(ranked.arcs[i].demand);
            }
        }
    }
    return result;
}

}  // namespace

CapacityAllocation allocate_capacity(const CapacityProblem& problem, const AllocationOptions& options) {
    const RankedCapacity ranked = detail::rank_capacity(problem);
    const std::vector<std::int64_t> amounts = allocate_ranked(ranked, options);

    CapacityAllocation result;
    result.amounts.resize(problem.arcs.size());
    result.demands.resize(problem.demands.size());
    result.sources.resize(problem.sources.size());
    std::vector<std::int64_t> served(ranked.amount.size()), used(ranked.usable.size());
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const RankedArc& arc = ranked.arcs[i];
        result.amounts[arc.row] = amounts[i];
        result.served += amounts[i];
        result.cost += amounts[i] * arc.cost;
        served[arc.demand] += amounts[i];
        used[arc.source] += amounts[i];
    }
    for (Rank demand = 0; demand < served.size(); ++demand) {
        assert(served[demand] <= ranked.amount[demand]);
        result.demands[ranked.demand_row[demand]] = {served[demand], ranked.amount[demand] - served[demand]};
    }
    const std::vector<std::optional<int>> another_step = classes_of_another_step(ranked, amounts, served);
    for (Rank source = 0; source < used.size(); ++source) {
        assert(used[source] <= ranked.usable[source]);
        result.sources[ranked.source_row[source]] = {used[source], another_step[source]};
    }
    return result;
}

}  // namespace amayesh
