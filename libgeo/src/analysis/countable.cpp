#include "analysis/countable.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

namespace {

std::string amount_text(double steps, const AllocationWords& words) {
    return fmt::format("{:.4g} {}", steps / words.steps_per_unit, words.unit);
}

[[noreturn]] void refuse_demands(const CapacityProblem& problem, double asked, const AllocationWords& words) {
    const auto largest = std::ranges::max_element(problem.demands, {}, &CapacityDemand::amount);
    throw InvalidInput(fmt::format(
        "{}: {} are asked for together, more than can be shared out exactly; the most, {}, by {}: correct {}",
        words.what, amount_text(asked, words), amount_text(static_cast<double>(largest->amount), words),
        words.demand_name(static_cast<std::size_t>(largest - problem.demands.begin())), words.cause));
}

[[noreturn]] void refuse_sources(const CapacityProblem& problem, double usable, const AllocationWords& words) {
    const auto largest = std::ranges::max_element(
        problem.sources, {}, [](const CapacitySource& source) { return source.headroom.value_or(0); });
    throw InvalidInput(fmt::format(
        "{}: {} are to be given together, more than can be shared out exactly; the most, {}, by {}: correct it, or {}",
        words.what, amount_text(usable, words), amount_text(static_cast<double>(largest->headroom.value_or(0)), words),
        words.source_name(static_cast<std::size_t>(largest - problem.sources.begin())), words.cause));
}

}  // namespace

void require_countable(const CapacityProblem& problem, const AllocationWords& words) {
    double asked = 0;
    for (const CapacityDemand& demand : problem.demands) asked += static_cast<double>(demand.amount);
    double usable = 0;  // at most: no source gives more than is asked of all together
    for (const CapacitySource& source : problem.sources)
        usable += std::min(asked, static_cast<double>(source.headroom.value_or(0)));
    std::int64_t farthest = 0;
    for (const CapacityArc& arc : problem.arcs) farthest = std::max(farthest, arc.cost);
    const double cost = static_cast<double>(farthest) * std::min(asked, usable);
    constexpr double rounding = 0.999;  // sums of doubles may be a little short
    if (asked > rounding * static_cast<double>(most_demand_steps) ||
        cost > rounding * static_cast<double>(most_allocation_cost))
        refuse_demands(problem, asked, words);
    if (usable > rounding * static_cast<double>(most_demand_steps)) refuse_sources(problem, usable, words);
}

}  // namespace amayesh::detail
