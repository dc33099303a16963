#include <catch2/catch.hpp>

#include "analysis/capacity_oracles.hpp"

using namespace amayesh;

namespace {

/// Totals of each class, shares of the even classes and the cost are what the slow methods find.
void require_right(const CapacityProblem& problem, const AllocationOptions& options) {
    const CapacityAllocation found = allocate_capacity(problem, options);
    REQUIRE(test::adds_up(problem, found));

    test::LinearProgram program{problem};
    REQUIRE(test::served_by_class(problem, found) == program.most_by_class());

    const std::vector<std::int64_t> dealt = test::StepByStep{problem}.deal(options);
    for (std::size_t i = 0; i < problem.demands.size(); ++i) {
        if (options.sharing[static_cast<std::size_t>(problem.demands[i].priority_class)] == Sharing::most) continue;
        REQUIRE(found.demands[i].served == dealt[i]);
        program.fix_served(i, dealt[i]);
    }
    REQUIRE(found.cost == program.least_cost());
}

}  // namespace

TEST_CASE("random worlds are shared as a linear program and dealing step by step do",
          "[analysis][allocate_capacity][property]") {
    for (unsigned seed = 1; seed <= 6'000; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        const CapacityProblem problem = test::random_world(random);
        require_right(problem, {});
        require_right(problem, test::random_sharing(random));
    }
}

TEST_CASE("larger random worlds are shared as a linear program and dealing step by step do",
          "[analysis][allocate_capacity][property]") {
    const test::WorldSize size{.demands = 30, .sources = 40, .largest_amount = 90, .largest_cost = 50'000};
    for (unsigned seed = 1; seed <= 40; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        const CapacityProblem problem = test::random_world(random, size);
        require_right(problem, {});
        require_right(problem, test::even_everywhere());
        require_right(problem, test::random_sharing(random));
    }
}

TEST_CASE("the shadow price is what is served more when the source gains a step",
          "[analysis][allocate_capacity][property]") {
    std::size_t ones = 0, zeros = 0;
    for (unsigned seed = 1; seed <= 700; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        CapacityProblem problem = test::random_world(random);
        const AllocationOptions options = test::random_sharing(random);
        const CapacityAllocation before = allocate_capacity(problem, options);
        for (std::size_t source = 0; source < problem.sources.size(); ++source) {
            const auto headroom = problem.sources[source].headroom;
            problem.sources[source].headroom = headroom.value_or(0) + 1;
            const CapacityAllocation after = allocate_capacity(problem, options);
            problem.sources[source].headroom = headroom;

            const UsedSource& priced = before.sources[source];
            test::ClassTotals expected = test::served_by_class(problem, before);
            if (priced.class_of_another_step) ++expected[static_cast<std::size_t>(*priced.class_of_another_step)];
            REQUIRE(test::served_by_class(problem, after) == expected);
            REQUIRE(after.served == before.served + priced.shadow_price());
            ++(priced.shadow_price() == 1 ? ones : zeros);
        }
    }
    CHECK(ones > 300);
    CHECK(zeros > 300);
}

TEST_CASE("permuting the rows of a capacity problem changes no amount", "[analysis][allocate_capacity][property]") {
    for (unsigned seed = 1; seed <= 700; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        const CapacityProblem problem = test::random_world(random);
        const AllocationOptions options = test::random_sharing(random);
        const test::Shuffled rows = test::shuffled(problem, random);
        REQUIRE(test::same_but_for_order(allocate_capacity(problem, options), allocate_capacity(rows.problem, options),
                                         rows));
    }
}

TEST_CASE("who has no source in common changes nobody's amounts", "[analysis][allocate_capacity][property]") {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        const CapacityProblem here = test::random_world(random), there = test::random_world(random);
        const AllocationOptions options = test::random_sharing(random);
        CapacityProblem both = here;
        for (CapacityDemand demand : there.demands) {
            demand.id += "'";  // d0, d0', d1, d1' …
            both.demands.push_back(demand);
        }
        for (CapacitySource source : there.sources) {
            source.id += "'";
            both.sources.push_back(source);
        }
        for (const CapacityArc& arc : there.arcs)
            both.arcs.push_back({here.demands.size() + arc.demand, here.sources.size() + arc.source, arc.cost});
        std::vector<std::int64_t> expected = allocate_capacity(here, options).amounts;
        const std::vector<std::int64_t> others = allocate_capacity(there, options).amounts;
        expected.insert(expected.end(), others.begin(), others.end());
        REQUIRE(allocate_capacity(both, options).amounts == expected);
    }
}
