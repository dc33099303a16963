#include <catch2/catch.hpp>

#include <limits>

#include <amayesh/core/error.hpp>

#include "analysis/capacity_worlds.hpp"

using namespace amayesh;
using test::adds_up;
using test::table;

namespace {

using Amounts = std::vector<std::int64_t>;

Amounts served(const CapacityAllocation& allocation) {
    Amounts result;
    for (const ServedDemand& demand : allocation.demands) result.push_back(demand.served);
    return result;
}

Amounts used(const CapacityAllocation& allocation) {
    Amounts result;
    for (const UsedSource& source : allocation.sources) result.push_back(source.used);
    return result;
}

Amounts shadow_prices(const CapacityAllocation& allocation) {
    Amounts result;
    for (const UsedSource& source : allocation.sources) result.push_back(source.shadow_price());
    return result;
}

}  // namespace

TEST_CASE("headroom is promised once, and the nearest competitor gets it", "[analysis][allocate_capacity]") {
    const CapacityProblem problem = table({10}, {10, 10, 10}, {{300, 100, 200}});
    const CapacityAllocation found = allocate_capacity(problem);
    CHECK(found.amounts == Amounts{0, 10, 0});
    CHECK(found.demands[0] == ServedDemand{0, 10});
    CHECK(found.demands[1] == ServedDemand{10, 0});
    CHECK(used(found) == Amounts{10});
    CHECK(found.served == 10);
    CHECK(found.cost == 10 * 100);
    CHECK(shadow_prices(found) == Amounts{1});
    CHECK(found.sources[0].class_of_another_step == 0);
}

TEST_CASE("a lower class goes first, however far", "[analysis][allocate_capacity]") {
    CapacityProblem problem = table({10}, {6, 10}, {{90'000, 1}});
    problem.demands[1].priority_class = 3;
    const CapacityAllocation found = allocate_capacity(problem);
    CHECK(served(found) == Amounts{6, 10 - 6});
    CHECK(found.sources[0].class_of_another_step == 3);
}

TEST_CASE("serving more comes before serving nearer", "[analysis][allocate_capacity]") {
    // d0 is nearer to s0, but d1 has no other source: d0 goes the long way.
    CapacityProblem problem = table({5, 5}, {5, 5}, {{1, 50'000}, {50'000, 0}});
    problem.arcs.pop_back();
    const CapacityAllocation found = allocate_capacity(problem);
    CHECK(found.amounts == Amounts{0, 5, 5});
    CHECK(shadow_prices(found) == Amounts{0, 0});
}

TEST_CASE("even sharing raises the worst-off share first", "[analysis][allocate_capacity]") {
    SECTION("in proportion to what is asked") {
        const CapacityAllocation found =
            allocate_capacity(table({60}, {20, 40, 60}, {{1, 1, 1}}), test::even_everywhere());
        CHECK(served(found) == Amounts{20 / 2, 40 / 2, 60 / 2});
    }
    SECTION("what is left by rounding goes to the lowest share, then by id") {
        // One step each (0/3, 0/5, 0/7), then at 1/7, 1/5, 2/7, 1/3.
        const CapacityAllocation found = allocate_capacity(table({7}, {3, 5, 7}, {{1, 1, 1}}), test::even_everywhere());
        CHECK(served(found) == Amounts{1 + 1, 1 + 1, 1 + 1 + 1});
        const CapacityAllocation small =
            allocate_capacity(table({50}, {1, 1, 1, 100}, {{1, 1, 1, 1}}), test::even_everywhere());
        CHECK(served(small) == Amounts{1, 1, 1, 50 - 3});
        const CapacityAllocation alike = allocate_capacity(table({7}, {4, 4, 4}, {{3, 2, 1}}), test::even_everywhere());
        CHECK(served(alike) == Amounts{2 + 1, 2, 2});
    }
    SECTION("one with a source of its own is not held back by the others") {
        const CapacityAllocation found =
            allocate_capacity(table({6, 9}, {10, 10, 10}, {{1, 1, 1}, {1, 1, 1}}), test::even_everywhere());
        CHECK(served(found) == Amounts{5, 5, 5});
        CapacityProblem apart = table({6, 9}, {10, 10, 10}, {{1, 1}, {1, 1, 1}});
        apart.arcs = {{0, 0, 1}, {1, 0, 1}, {2, 1, 1}};
        CHECK(served(allocate_capacity(apart, test::even_everywhere())) == Amounts{3, 3, 9});
    }
    SECTION("only the classes that say so") {
        CapacityProblem problem = table({10}, {8, 8, 8, 8}, {{4, 3, 2, 1}});
        problem.demands[0].priority_class = problem.demands[1].priority_class = 1;
        problem.sources[0].headroom = 8 + 8 + 10;
        AllocationOptions options;
        options.sharing[1] = Sharing::even;
        CHECK(served(allocate_capacity(problem, options)) == Amounts{5, 5, 8, 8});
        CHECK(served(allocate_capacity(problem)) == Amounts{2, 8, 8, 8});
    }
}

TEST_CASE("a source of unknown headroom serves nobody", "[analysis][allocate_capacity]") {
    CapacityProblem problem = table({10, 10}, {5}, {{1}, {2}});
    problem.sources[0].headroom.reset();
    CHECK(used(allocate_capacity(problem)) == Amounts{0, 5});
    problem.sources[1].headroom.reset();
    const CapacityAllocation none = allocate_capacity(problem);
    CHECK(served(none) == Amounts{0});
    CHECK(shadow_prices(none) == Amounts{1, 1});
}

TEST_CASE("worlds with nothing in them are ordinary", "[analysis][allocate_capacity]") {
    const AllocationOptions options = GENERATE(AllocationOptions{}, test::even_everywhere());
    CapacityProblem problem;
    SECTION("nothing") {}
    SECTION("no demands") { problem = table({4, 5}, {}, {}); }
    SECTION("no sources") { problem = table({}, {4, 5}, {}); }
    SECTION("no arcs") { problem = table({4, 5}, {4, 5}, {}); }
    SECTION("no headroom") { problem = table({0, 0}, {4, 5}, {{1, 1}, {1, 1}}); }
    SECTION("no amounts") { problem = table({4, 5}, {0, 0}, {{1, 1}, {1, 1}}); }
    const CapacityAllocation found = allocate_capacity(problem, options);
    CHECK(adds_up(problem, found));
    CHECK(found.served == 0);
}

TEST_CASE("one source may have all demand, and one demand all sources", "[analysis][allocate_capacity]") {
    const CapacityProblem one_source = table({100}, Amounts(60, 2), {Amounts(60, 7)});
    CHECK(allocate_capacity(one_source).served == 100);
    CHECK(adds_up(one_source, allocate_capacity(one_source)));
    const CapacityProblem one_demand = table(Amounts(60, 2), {100}, std::vector<Amounts>(60, {7}));
    CHECK(allocate_capacity(one_demand).served == 100);
    CHECK(allocate_capacity(one_demand).cost == 100 * 7);
}

TEST_CASE("amounts and costs up to the limits are counted exactly", "[analysis][allocate_capacity]") {
    const std::int64_t half = most_demand_steps / 2;
    CapacityProblem problem = table({std::numeric_limits<std::int64_t>::max()}, {half, half}, {{0, 0}});
    CHECK(allocate_capacity(problem).served == most_demand_steps);
    const CapacityAllocation even =
        allocate_capacity(table({half - 1, half}, {half, half}, {{0, 0}, {0, 0}}), test::even_everywhere());
    CHECK(served(even) == Amounts{half, half - 1});
    const std::int64_t dear = most_allocation_cost / (2 * priority_class_count);
    const CapacityAllocation costly = allocate_capacity(table({1}, {2}, {{dear}}));
    CHECK(costly.cost == dear);
}

TEST_CASE("published transport problems have their published optimum", "[analysis][allocate_capacity][published]") {
    struct Published {
        const char* source;
        CapacityProblem problem;
        std::int64_t served, cost;
    };
    const std::vector<Published> all{
        {"Dantzig, Linear Programming and Extensions (1963), 3-3: canneries and warehouses; 100 miles × cases",
         table({350, 600}, {325, 300, 275}, {{25, 17, 18}, {25, 18, 14}}), 900, 17'075},
        {"Hillier & Lieberman, Introduction to Operations Research, 9.1: P & T Company",
         table({75, 125, 100}, {80, 65, 70, 85}, {{464, 513, 654, 867}, {352, 416, 690, 791}, {995, 682, 388, 685}}),
         300, 152'535},
        {"Winston, Operations Research: Applications and Algorithms, 7.1: Powerco, million kWh",
         table({35, 50, 40}, {45, 20, 30, 30}, {{8, 6, 10, 9}, {9, 12, 13, 7}, {14, 9, 16, 5}}), 125, 1'020},
        {"Taha, Operations Research: An Introduction, 5.1: MG Auto",
         table({1000, 1500, 1200}, {2300, 1400}, {{80, 215}, {100, 108}, {102, 68}}), 3'700, 313'200},
        {"Taha, Operations Research: An Introduction, 5.3: SunRay Transport",
         table({15, 25, 10}, {5, 15, 15, 15}, {{10, 2, 20, 11}, {12, 7, 9, 20}, {4, 14, 16, 18}}), 50, 435},
    };
    for (const Published& published : all) {
        INFO(published.source);
        const CapacityAllocation found = allocate_capacity(published.problem);
        CHECK(adds_up(published.problem, found));
        CHECK(found.served == published.served);
        CHECK(found.cost == published.cost);
    }
}

TEST_CASE("a capacity problem that cannot be is refused with the reason", "[analysis][allocate_capacity]") {
    CapacityProblem problem = table({10, 20}, {5, 6}, {{1, 2}, {3, 4}});
    std::string reason;
    SECTION("a negative amount") { problem.demands[1].amount = -6, reason = "demand 'd1' has the negative amount -6"; }
    SECTION("a negative headroom") {
        problem.sources[1].headroom = -1, reason = "source 's1' has the negative headroom -1";
    }
    SECTION("a negative cost") {
        problem.arcs[2].cost = -3, reason = "the arc from source 's1' to demand 'd0' has the negative cost -3";
    }
    SECTION("a class below the first") { problem.demands[0].priority_class = -1, reason = "priority class -1"; }
    SECTION("a class above the last") {
        problem.demands[0].priority_class = priority_class_count, reason = "priority class 16; 0 to 15 are possible";
    }
    SECTION("a demand that is not there") { problem.arcs[0].demand = 2, reason = "arc 0 leads to demand 2 of 2"; }
    SECTION("a source that is not there") { problem.arcs[3].source = 7, reason = "arc 3 comes from source 7 of 2"; }
    SECTION("a demand twice") { problem.demands[1].id = "d0", reason = "demand 'd0' is there twice"; }
    SECTION("a source twice") { problem.sources[0].id = "s1", reason = "source 's1' is there twice"; }
    SECTION("an arc twice") { problem.arcs[1].demand = 0, reason = "two arcs from source 's0' to demand 'd0'"; }
    SECTION("an arc twice that could carry nothing") {
        problem.sources[0].headroom.reset();
        problem.arcs[1].demand = 0, reason = "two arcs from source 's0' to demand 'd0'";
    }
    SECTION("demands beyond counting") {
        problem.demands[0].amount = most_demand_steps, reason = "demands up to demand 'd1' are more than";
    }
    SECTION("headroom beyond counting, all of it wanted") {
        problem.demands[0].amount = most_demand_steps - 6;
        for (CapacitySource& source : problem.sources) source.headroom = most_demand_steps;
        reason = "more than 1152921504606846976 usable steps";
    }
    SECTION("costs beyond counting") {
        problem.arcs[0].cost = most_allocation_cost / 10, reason = "may exceed 288230376151711744";
    }
    SECTION("amount times cost beyond counting") {
        problem.demands[0].amount = *(problem.sources[0].headroom = most_allocation_cost / 2);
        reason = "may exceed 288230376151711744";
    }
    CHECK_THROWS_AS(allocate_capacity(problem), InvalidInput);
    CHECK_THROWS_WITH(allocate_capacity(problem), Catch::StartsWith("allocate_capacity: ") && Catch::Contains(reason));
}
