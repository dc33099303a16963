#include <amayesh/analysis/case_ranks.hpp>

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace amayesh {

namespace {

using Order = std::vector<std::size_t>;

/// Largest first, equal ones by id.
Order order_in(std::span<const RankedAmount> rows, Case scenario) {
    Order order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tuple(-rows[a].amount.at(scenario), rows[a].id, a) <
               std::tuple(-rows[b].amount.at(scenario), rows[b].id, b);
    });
    return order;
}

/// Marks rows that have less than some row had that comes after them in `before`, or more than some that comes before.
void mark_flips(std::vector<CaseRanks>& ranks, std::span<const RankedAmount> rows, const Order& order, Case before,
                Case after) {
    const auto end_of_ties = [&](std::size_t begin) {
        std::size_t end = begin;
        while (end < order.size() && rows[order[end]].amount.at(before) == rows[order[begin]].amount.at(before)) ++end;
        return end;
    };
    std::vector<std::int64_t> most_from(order.size() + 1, std::numeric_limits<std::int64_t>::min());
    for (std::size_t i = order.size(); i-- > 0;)
        most_from[i] = std::max(most_from[i + 1], rows[order[i]].amount.at(after));
    std::int64_t least_before = std::numeric_limits<std::int64_t>::max();
    for (std::size_t begin = 0; begin < order.size();) {
        const std::size_t end = end_of_ties(begin);
        std::int64_t least = least_before;
        for (const std::size_t row : std::span(order).subspan(begin, end - begin)) {
            const std::int64_t amount = rows[row].amount.at(after);
            if (most_from[end] > amount || least_before < amount) ranks[row].flips = true;
            least = std::min(least, amount);
        }
        least_before = least;
        begin = end;
    }
}

}  // namespace

std::vector<CaseRanks> rank_by_case(std::span<const RankedAmount> rows) {
    std::vector<CaseRanks> ranks(rows.size());
    for (const Case scenario : all_cases) {
        const Order order = order_in(rows, scenario);
        for (std::size_t i = 0; i < order.size() && rows[order[i]].amount.at(scenario) > 0; ++i)
            ranks[order[i]].rank[scenario] = i + 1;
        for (const Case other : all_cases)
            if (other > scenario) mark_flips(ranks, rows, order, scenario, other);
    }
    return ranks;
}

RankStability rank_stability(std::span<const CaseRanks> rows) {
    RankStability result;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& ranks = rows[r].rank.values;
        if (std::ranges::any_of(ranks, [](const auto& rank) { return rank.has_value(); })) ++result.ranked;
        if (rows[r].flips) ++result.flips;
        for (const Case scenario : all_cases)
            if (rows[r].rank[scenario] == std::size_t{1}) result.first[scenario] = r;
    }
    for (const auto& one : result.first.values)
        if (one) result.first_holds = result.first_holds.value_or(true) && !rows[*one].flips;
    return result;
}

}  // namespace amayesh
