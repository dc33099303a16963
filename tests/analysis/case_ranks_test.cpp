#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <amayesh/analysis/case_ranks.hpp>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

using Ranks = PerCase<std::optional<std::size_t>>;

Ranks ranks(std::optional<std::size_t> low, std::optional<std::size_t> central, std::optional<std::size_t> high) {
    return {{low, central, high}};
}

}  // namespace

TEST_CASE("ranks by hand: the largest first, ties by id, nothing has no rank", "[analysis][case_ranks]") {
    const std::vector<RankedAmount> rows{
        {"a", {5, 5, 9}},  // first, then passed by nobody
        {"d", {2, 2, 4}},  // before c in low, after it in high
        {"c", {1, 2, 6}},  // as much as d in central: the id decides, which is no order
        {"b", {0, 0, 1}},  // comes last, and passes nobody
        {"e", {0, 0, 0}},
    };
    const std::vector<CaseRanks> found = rank_by_case(rows);
    CHECK(found[0] == CaseRanks{ranks(1, 1, 1), false});
    CHECK(found[1] == CaseRanks{ranks(2, 3, 3), true});
    CHECK(found[2] == CaseRanks{ranks(3, 2, 2), true});
    CHECK(found[3] == CaseRanks{ranks({}, {}, 4), false});
    CHECK(found[4] == CaseRanks{ranks({}, {}, {}), false});
    const RankStability stability = rank_stability(found);
    CHECK(stability.ranked == 4);
    CHECK(stability.flips == 2);
    CHECK(stability.first_holds == true);
    CHECK(stability.first[Case::high] == 0u);
}

TEST_CASE("a tie that opens is no flip, and passing somebody from nothing is", "[analysis][case_ranks]") {
    SECTION("equal in one case, apart in another") {
        const std::vector<RankedAmount> rows{{"a", {3, 3, 3}}, {"b", {3, 4, 5}}};
        const auto found = rank_by_case(rows);
        for (const CaseRanks& row : found) CHECK_FALSE(row.flips);
        CHECK(rank_stability(found).first[Case::low] == 0u);   // by its id, which is no order
        CHECK(rank_stability(found).first[Case::high] == 1u);  // so that it is first changes nothing
        CHECK(rank_stability(found).first_holds == true);
    }
    SECTION("from no rank to the first") {
        const std::vector<RankedAmount> rows{{"a", {3, 3, 3}}, {"b", {0, 0, 4}}};
        const auto found = rank_by_case(rows);
        CHECK(found[0] == CaseRanks{ranks(1, 1, 2), true});
        CHECK(found[1] == CaseRanks{ranks({}, {}, 1), true});
        CHECK(rank_stability(found).first_holds == false);
    }
    SECTION("a case where nobody has a rank says nothing about the first place") {
        const std::vector<RankedAmount> rows{{"a", {0, 3, 4}}, {"b", {0, 1, 2}}};
        const RankStability stability = rank_stability(rank_by_case(rows));
        CHECK_FALSE(stability.first[Case::low]);
        CHECK(stability.first_holds == true);
        CHECK(stability.flips == 0);
    }
    SECTION("nobody at all") {
        CHECK(rank_by_case({}).empty());
        CHECK_FALSE(rank_stability({}).first_holds);
    }
}

TEST_CASE("who flips is who looking at every pair finds", "[analysis][case_ranks][property]") {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 random(seed);
        const auto amount = [&] { return static_cast<std::int64_t>(random() % 6); };
        std::vector<std::string> ids;
        for (unsigned i = 0; i < 1 + seed % 9; ++i) ids.push_back("u" + std::to_string(i));
        std::shuffle(ids.begin(), ids.end(), random);
        std::vector<RankedAmount> rows;
        for (const std::string& id : ids) rows.push_back({id, {amount(), amount(), amount()}});
        const std::vector<CaseRanks> found = rank_by_case(rows);
        CAPTURE(seed);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            bool flips = false;
            for (const RankedAmount& other : rows)
                for (const Case before : all_cases)
                    for (const Case after : all_cases)
                        flips = flips || (rows[i].amount.at(before) > other.amount.at(before) &&
                                          rows[i].amount.at(after) < other.amount.at(after));
            CHECK(found[i].flips == flips);
            for (const Case scenario : all_cases) {
                const auto is_before = [&](const RankedAmount& other) {
                    return other.amount.at(scenario) > rows[i].amount.at(scenario) ||
                           (other.amount.at(scenario) == rows[i].amount.at(scenario) && other.id < rows[i].id);
                };
                const auto rank = static_cast<std::size_t>(std::ranges::count_if(rows, is_before)) + 1;
                CHECK(found[i].rank[scenario] ==
                      (rows[i].amount.at(scenario) > 0 ? std::optional{rank} : std::nullopt));
            }
        }
    }
}

TEST_CASE("a unit that is short of more than another only in the high case flips", "[analysis][case_ranks]") {
    // a asks for 600 / 1,625 / 5,250 kW and has 0.5 MW; b for 780 / 1,950 / 6,300 kW and has 0.9 MW, 200 km away.
    World world;
    world.district("a", 20'000, at_km(0));    // 5 / 10 / 15 ha
    world.district("b", 24'000, at_km(200));  // 6 / 12 / 18 ha
    const auto source = [&](const std::string& id, double at, double megawatts) {
        UtilitySource& added = world.source(id, UtilityKind::power, at_km(at));
        added.capacity = megawatts;
        added.use = {{.season = "", .capacity_factor = 1, .in_use = 0}};
    };
    source("pa", 1, 0.5);
    source("pb", 201, 0.9);
    const GapResult result = world.gaps(standards());
    const auto& a = result.units[0].services[UtilityKind::power];
    const auto& b = result.units[1].services[UtilityKind::power];
    CHECK(a.shared[Case::low]->shortfall == 600 - 500);
    CHECK_FALSE(b.shared[Case::low]->shortfall > 0);
    CHECK(a.shared[Case::central]->shortfall == 1625 - 500);
    CHECK(b.shared[Case::central]->shortfall == 1950 - 900);
    CHECK(a.shared[Case::high]->shortfall == 5250 - 500);
    CHECK(b.shared[Case::high]->shortfall == 6300 - 900);
    CHECK(a.shortfall_ranks == CaseRanks{ranks(1, 1, 2), true});
    CHECK(b.shortfall_ranks == CaseRanks{ranks({}, 2, 1), true});
    CHECK(result.units[0].new_land_ranks == CaseRanks{ranks(2, 2, 2), false});
    CHECK(result.units[1].new_land_ranks == CaseRanks{ranks(1, 1, 1), false});
}
