#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>

#include "analysis/capacity_worlds.hpp"

using namespace amayesh;

namespace {

constexpr std::size_t demand_count = 2'200;
constexpr std::size_t shift = 40;    ///< The source at x has what the demand at x - shift asks for.
constexpr std::size_t reach = 250;   ///< To both sides: 501 arcs a demand.
constexpr double most_seconds = 60;  ///< A release takes a quarter of one: the rest is for sanitizers.

/// Demands and sources on a line, a kilometre apart.
CapacityProblem long_line() {
    std::mt19937_64 random{1402};
    CapacityProblem problem;
    for (std::size_t x = 0; x < demand_count; ++x)
        problem.demands.push_back({std::to_string(1'000'000 + x), 1 + static_cast<std::int64_t>(random() % 5'000), 0});
    for (std::size_t x = 0; x < demand_count + shift; ++x)
        problem.sources.push_back({std::to_string(x), x < shift ? 0 : problem.demands[x - shift].amount});
    for (std::size_t demand = 0; demand < demand_count; ++demand)
        for (std::size_t source = demand - std::min(demand, reach);
             source <= std::min(demand + reach, problem.sources.size() - 1); ++source)
            problem.arcs.push_back(
                {demand, source,
                 1'000 * std::abs(static_cast<std::int64_t>(source) - static_cast<std::int64_t>(demand))});
    return problem;
}

/// On a line, what must cross each kilometre is what lies on one side of it too much: the sum is the least cost.
std::int64_t least_cost_on_a_line(const CapacityProblem& problem) {
    std::int64_t cost = 0, crossing = 0;
    for (std::size_t x = 0; x < problem.sources.size(); ++x) {
        crossing += x < problem.demands.size() ? problem.demands[x].amount : 0;
        crossing -= *problem.sources[x].headroom;
        cost += 1'000 * std::abs(crossing);
    }
    return cost;
}

}  // namespace

TEST_CASE("a million arcs are shared in bounded time, at the least cost", "[analysis][allocate_capacity][slow]") {
    const CapacityProblem problem = long_line();
    REQUIRE(problem.arcs.size() > 1'000'000);
    const auto start = std::chrono::steady_clock::now();
    const CapacityAllocation found = allocate_capacity(problem);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    CHECK(taken.count() < most_seconds);
    CHECK(test::adds_up(problem, found));
    CHECK(found.cost == least_cost_on_a_line(problem));
    for (const ServedDemand& demand : found.demands) REQUIRE(demand.shortfall == 0);
}
