#include "analysis/ranked_capacity.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>

namespace amayesh::detail {

namespace {

constexpr std::size_t most_rows = std::size_t{1} << 30;  // the flow counts nodes and arcs in 32 bits, with its own

void refuse(const std::string& why) { throw InvalidInput{"allocate_capacity: " + why}; }

std::string named(const CapacityDemand& demand) { return fmt::format("demand '{}'", printable(demand.id)); }
std::string named(const CapacitySource& source) { return fmt::format("source '{}'", printable(source.id)); }

/// Row numbers in the order of ids.
template <class Row>
std::vector<std::uint32_t> rows_by_id(const std::vector<Row>& rows) {
    std::vector<std::uint32_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return rows[a].id < rows[b].id; };
    if (!std::is_sorted(order.begin(), order.end(), before)) std::sort(order.begin(), order.end(), before);
    const auto twice = std::adjacent_find(order.begin(), order.end(),
                                          [&](std::uint32_t a, std::uint32_t b) { return rows[a].id == rows[b].id; });
    if (twice != order.end()) refuse(named(rows[*twice]) + " is there twice: an id is needed that tells them apart");
    return order;
}

std::vector<Rank> ranks_of(const std::vector<std::uint32_t>& order) {
    std::vector<Rank> ranks(order.size());
    for (Rank rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
    return ranks;
}

void check_rows(const CapacityProblem& problem) {
    if (problem.demands.size() + problem.sources.size() + problem.arcs.size() > most_rows)
        refuse(fmt::format("more than {} demands, sources and arcs together", most_rows));
    std::int64_t total = 0;
    for (const CapacityDemand& demand : problem.demands) {
        if (demand.amount < 0) refuse(fmt::format("{} has the negative amount {}", named(demand), demand.amount));
        if (demand.priority_class < 0 || demand.priority_class >= priority_class_count)
            refuse(fmt::format("{} has the priority class {}; 0 to {} are possible", named(demand),
                               demand.priority_class, priority_class_count - 1));
        if (demand.amount > most_demand_steps - total)
            refuse(
                fmt::format("the demands up to {} are more than {} steps together", named(demand), most_demand_steps));
        total += demand.amount;
    }
    for (const CapacitySource& source : problem.sources)
        if (source.headroom && *source.headroom < 0)
            refuse(fmt::format("{} has the negative headroom {}", named(source), *source.headroom));
}

void check_arc(const CapacityProblem& problem, std::size_t row) {
    const CapacityArc& arc = problem.arcs[row];
    if (arc.demand >= problem.demands.size())
        refuse(fmt::format("arc {} leads to demand {} of {}", row, arc.demand, problem.demands.size()));
    if (arc.source >= problem.sources.size())
        refuse(fmt::format("arc {} comes from source {} of {}", row, arc.source, problem.sources.size()));
    if (arc.cost < 0)
        refuse(fmt::format("the arc from {} to {} has the negative cost {}", named(problem.sources[arc.source]),
                           named(problem.demands[arc.demand]), arc.cost));
}

/// Where the arcs of each end begin when they are sorted by it, and the end.
std::vector<std::uint32_t> first_of_each(std::size_t ends, const std::vector<RankedArc>& arcs, Rank RankedArc::*end) {
    std::vector<std::uint32_t> first(ends + 1);
    for (const RankedArc& arc : arcs) ++first[arc.*end + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    return first;
}

/// By source, then by demand: two passes of counting sort.
void sort_arcs(RankedCapacity& ranked, std::vector<RankedArc> arcs) {
    ranked.first_of_demand = first_of_each(ranked.amount.size(), arcs, &RankedArc::demand);
    ranked.first_arc = first_of_each(ranked.usable.size(), arcs, &RankedArc::source);
    std::vector<std::uint32_t> by_demand(arcs.size());
    std::vector<std::uint32_t> next = ranked.first_of_demand;
    for (std::uint32_t i = 0; i < arcs.size(); ++i) by_demand[next[arcs[i].demand]++] = i;
    ranked.arcs.resize(arcs.size());
    next = ranked.first_arc;
    for (const std::uint32_t i : by_demand) ranked.arcs[next[arcs[i].source]++] = arcs[i];
    ranked.arcs_by_demand.resize(arcs.size());
    next = ranked.first_of_demand;
    for (std::uint32_t i = 0; i < arcs.size(); ++i) ranked.arcs_by_demand[next[ranked.arcs[i].demand]++] = i;
}

void check_pairs_differ(const RankedCapacity& ranked, const CapacityProblem& problem) {
    const auto twice = std::adjacent_find(
        ranked.arcs.begin(), ranked.arcs.end(),
        [](const RankedArc& a, const RankedArc& b) { return a.source == b.source && a.demand == b.demand; });
    if (twice == ranked.arcs.end()) return;
    refuse(fmt::format("there are two arcs from {} to {}; keep the one of least cost",
                       named(problem.sources[ranked.source_row[twice->source]]),
                       named(problem.demands[ranked.demand_row[twice->demand]])));
}

/// Sources keep what nobody in their reach asks for. Returns what they can deliver together.
std::int64_t limit_to_asked(RankedCapacity& ranked) {
    std::int64_t total = 0;
    for (Rank source = 0; source < ranked.usable.size(); ++source) {
        std::int64_t asked = 0;
        for (std::uint32_t i = ranked.first_arc[source]; i < ranked.first_arc[source + 1]; ++i)
            asked += ranked.amount[ranked.arcs[i].demand];
        ranked.usable[source] = std::min(asked, ranked.usable[source]);
        if (ranked.usable[source] > most_demand_steps - total)
            refuse(fmt::format("the sources have more than {} usable steps together", most_demand_steps));
        total += ranked.usable[source];
    }
    return total;
}

bool product_exceeds(std::int64_t a, std::int64_t b, std::int64_t limit) {
    std::int64_t product = 0;
    return __builtin_mul_overflow(a, b, &product) || product > limit;
}

void check_costs(const RankedCapacity& ranked, std::int64_t usable) {
    std::int64_t largest = 0;
    for (const RankedArc& arc : ranked.arcs) largest = std::max(largest, arc.cost);
    const std::int64_t asked = std::accumulate(ranked.amount.begin(), ranked.amount.end(), std::int64_t{0});
    const std::int64_t most_served = std::min(asked, usable);
    const auto ends = static_cast<std::int64_t>(std::min(ranked.amount.size(), ranked.usable.size()) + 1);
    if (product_exceeds(largest, most_served, most_allocation_cost) ||
        product_exceeds(largest, ends * priority_class_count, most_allocation_cost))
        refuse(fmt::format("with costs up to {} the cost of the allocation may exceed {}; use a coarser unit of cost",
                           largest, most_allocation_cost));
}

}  // namespace

RankedCapacity rank_capacity(const CapacityProblem& problem) {
    check_rows(problem);
    RankedCapacity ranked;
    ranked.demand_row = rows_by_id(problem.demands);
    ranked.source_row = rows_by_id(problem.sources);
    for (const std::uint32_t row : ranked.demand_row) {
        ranked.amount.push_back(problem.demands[row].amount);
        ranked.priority_class.push_back(problem.demands[row].priority_class);
    }
    for (const std::uint32_t row : ranked.source_row)
        ranked.usable.push_back(problem.sources[row].headroom.value_or(0));

    const std::vector<Rank> demand_rank = ranks_of(ranked.demand_row), source_rank = ranks_of(ranked.source_row);
    std::vector<RankedArc> arcs(problem.arcs.size());
    for (std::uint32_t row = 0; row < arcs.size(); ++row) {
        check_arc(problem, row);
        const CapacityArc& arc = problem.arcs[row];
        arcs[row] = {source_rank[arc.source], demand_rank[arc.demand], arc.cost, row};
    }
    sort_arcs(ranked, std::move(arcs));
    check_pairs_differ(ranked, problem);
    check_costs(ranked, limit_to_asked(ranked));
    return ranked;
}

}  // namespace amayesh::detail
