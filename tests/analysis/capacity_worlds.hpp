#pragma once

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <amayesh/analysis/allocate_capacity.hpp>

namespace amayesh::test {

/// Demands d0, d1, … and sources s0, s1, … of a table of costs with one line a source; everything in class 0.
inline CapacityProblem table(const std::vector<std::int64_t>& headroom, const std::vector<std::int64_t>& amounts,
                             const std::vector<std::vector<std::int64_t>>& costs) {
    CapacityProblem problem;
    for (const std::int64_t amount : amounts)
        problem.demands.push_back({"d" + std::to_string(problem.demands.size()), amount, 0});
    for (const std::int64_t free : headroom)
        problem.sources.push_back({"s" + std::to_string(problem.sources.size()), free});
    for (std::size_t source = 0; source < costs.size(); ++source)
        for (std::size_t demand = 0; demand < costs[source].size(); ++demand)
            problem.arcs.push_back({demand, source, costs[source][demand]});
    return problem;
}

struct WorldSize {
    int demands = 6;
    int sources = 6;
    std::int64_t largest_amount = 12;
    std::int64_t largest_cost = 9;
};

/// Anything that may come: no demands, no sources, zeros, unknown headroom, equal costs, few arcs or all. Rows are in the
/// order of ids.
inline CapacityProblem random_world(std::mt19937_64& random, const WorldSize& size = {}) {
    const auto upto = [&](std::int64_t most) { return std::uniform_int_distribution<std::int64_t>{0, most}(random); };
    CapacityProblem problem;
    const int demands = static_cast<int>(upto(size.demands)), sources = static_cast<int>(upto(size.sources));
    const std::int64_t largest_cost = upto(3) == 0 ? 1 : size.largest_cost, classes = upto(3), density = 1 + upto(9);
    for (int i = 0; i < demands; ++i)
        problem.demands.push_back(
            {"d" + std::to_string(100 + i), upto(size.largest_amount), static_cast<int>(upto(classes) * 5)});
    for (int i = 0; i < sources; ++i) {
        problem.sources.push_back({"s" + std::to_string(100 + i), upto(size.largest_amount)});
        if (upto(9) == 0) problem.sources.back().headroom.reset();
    }
    for (std::size_t demand = 0; demand < problem.demands.size(); ++demand)
        for (std::size_t source = 0; source < problem.sources.size(); ++source)
            if (upto(9) < density) problem.arcs.push_back({demand, source, upto(largest_cost)});
    return problem;
}

inline AllocationOptions random_sharing(std::mt19937_64& random) {
    AllocationOptions options;
    for (Sharing& sharing : options.sharing) sharing = random() % 2 ? Sharing::even : Sharing::most;
    return options;
}

inline AllocationOptions even_everywhere() {
    AllocationOptions options;
    options.sharing.fill(Sharing::even);
    return options;
}

using ClassTotals = std::array<std::int64_t, priority_class_count>;

inline ClassTotals served_by_class(const CapacityProblem& problem, const CapacityAllocation& allocation) {
    ClassTotals totals{};
    for (std::size_t i = 0; i < problem.demands.size(); ++i)
        totals[static_cast<std::size_t>(problem.demands[i].priority_class)] += allocation.demands[i].served;
    return totals;
}

/// Every promise about sums, from the amounts alone.
inline bool adds_up(const CapacityProblem& problem, const CapacityAllocation& allocation) {
    std::vector<std::int64_t> served(problem.demands.size()), used(problem.sources.size());
    std::int64_t total = 0, cost = 0;
    bool good = allocation.amounts.size() == problem.arcs.size() && allocation.demands.size() == served.size() &&
                allocation.sources.size() == used.size();
    for (std::size_t i = 0; good && i < problem.arcs.size(); ++i) {
        good = allocation.amounts[i] >= 0;
        served[problem.arcs[i].demand] += allocation.amounts[i];
        used[problem.arcs[i].source] += allocation.amounts[i];
        total += allocation.amounts[i];
        cost += allocation.amounts[i] * problem.arcs[i].cost;
    }
    for (std::size_t i = 0; good && i < served.size(); ++i)
        good = allocation.demands[i].served == served[i] && allocation.demands[i].shortfall >= 0 &&
               served[i] + allocation.demands[i].shortfall == problem.demands[i].amount;
    for (std::size_t i = 0; good && i < used.size(); ++i)
        good = allocation.sources[i].used == used[i] && used[i] <= problem.sources[i].headroom.value_or(0);
    return good && allocation.served == total && allocation.cost == cost;
}

/// The same problem with its rows in another order, and where each row went.
struct Shuffled {
    CapacityProblem problem;
    std::vector<std::size_t> demands, sources, arcs;  ///< New row of each old one.
};

inline Shuffled shuffled(const CapacityProblem& problem, std::mt19937_64& random) {
    const auto new_rows = [&](std::size_t count) {
        std::vector<std::size_t> rows(count);
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        std::shuffle(rows.begin(), rows.end(), random);
        return rows;
    };
    Shuffled result{problem, new_rows(problem.demands.size()), new_rows(problem.sources.size()),
                    new_rows(problem.arcs.size())};
    for (std::size_t i = 0; i < problem.demands.size(); ++i)
        result.problem.demands[result.demands[i]] = problem.demands[i];
    for (std::size_t i = 0; i < problem.sources.size(); ++i)
        result.problem.sources[result.sources[i]] = problem.sources[i];
    for (std::size_t i = 0; i < problem.arcs.size(); ++i) {
        const CapacityArc& arc = problem.arcs[i];
        result.problem.arcs[result.arcs[i]] = {result.demands[arc.demand], result.sources[arc.source], arc.cost};
    }
    return result;
}

inline bool same_but_for_order(const CapacityAllocation& given, const CapacityAllocation& other, const Shuffled& rows) {
    bool same = given.served == other.served && given.cost == other.cost;
    for (std::size_t i = 0; i < rows.arcs.size(); ++i) same &= given.amounts[i] == other.amounts[rows.arcs[i]];
    for (std::size_t i = 0; i < rows.demands.size(); ++i) same &= given.demands[i] == other.demands[rows.demands[i]];
    for (std::size_t i = 0; i < rows.sources.size(); ++i) same &= given.sources[i] == other.sources[rows.sources[i]];
    return same;
}

}  // namespace amayesh::test
