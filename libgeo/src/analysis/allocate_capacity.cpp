#include <amayesh/analysis/allocate_capacity.hpp>

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

#include <amayesh/core/parallel.hpp>

#include "analysis/capacity_parts.hpp"
#include "analysis/even_shares.hpp"
#include "analysis/ranked_capacity.hpp"
#include "analysis/transport_flow.hpp"

namespace amayesh {

namespace {

using detail::CapacityPart;
using detail::Rank;
using detail::RankedArc;
using detail::RankedCapacity;
using detail::TransportNetwork;

std::vector<std::int64_t> served_by(const CapacityPart& part, const std::vector<std::int64_t>& amounts) {
    std::vector<std::int64_t> served(part.network.demand.size());
    for (std::size_t i = 0; i < amounts.size(); ++i)
        served[static_cast<std::size_t>(part.network.arcs[i].demand)] += amounts[i];
    return served;
}

bool is_short(const CapacityPart& part, const std::vector<std::int64_t>& served, int priority_class) {
    for (std::size_t i = 0; i < served.size(); ++i)
        if (part.priority_class[i] == priority_class && served[i] < part.network.demand[i]) return true;
    return false;
}

/// What the class gets in an allocation that serves the most of each class, dealt evenly. `served` has what the classes
/// before get: however they divide it among themselves, the same is left for this class.
void share_evenly(const CapacityPart& part, int priority_class, std::vector<std::int64_t>& served) {
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
std::vector<std::int64_t> allocate_part(CapacityPart& part, const AllocationOptions& options) {
    std::vector<std::int64_t> amounts = cheapest_flow(part.network, part.costs);
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
    return cheapest_flow(part.network, part.costs);
}

/// By arc of the ranked problem.
std::vector<std::int64_t> allocate_ranked(const RankedCapacity& ranked, const AllocationOptions& options) {
    std::vector<CapacityPart> parts = detail::split_into_parts(ranked);
    std::vector<std::int64_t> amounts(ranked.arcs.size());
    parallel_for(parts.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (CapacityPart& part : std::span{parts}.subspan(begin, end - begin)) {
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
