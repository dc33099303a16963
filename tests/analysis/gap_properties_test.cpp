#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

World random_world(unsigned seed) {
    std::mt19937 random(seed);
    const auto uniform = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
    World world;
    const auto place = [&] { return Point{uniform(-1, 1), uniform(-1, 1)}; };
    constexpr int districts = 30;
    for (int i = 0; i < districts; ++i) {
        auto& district = world.district("d" + std::to_string(100 + i), std::nullopt, place());
        if (uniform(0, 1) < 0.8) district.population = static_cast<std::int64_t>(uniform(0, 40'000));
        district.place.county = "county " + std::to_string(i % 5);
        district.place.province = "province " + std::to_string(i % 2);
        district.area_ha = uniform(1'000, 90'000);
    }
    for (int i = 0; i < 300; ++i) {
        auto& settlement =
            world.settlement("s" + std::to_string(1000 + i), random() % districts, std::nullopt, place());
        if (uniform(0, 1) < 0.7) settlement.population = static_cast<std::int64_t>(uniform(0, 3'000));
    }
    for (int i = 0; i < 12; ++i) world.zone("z" + std::to_string(i), place());
    for (int i = 0; i < 40; ++i) {
        auto& source = world.source("u" + std::to_string(i), all_utilities[random() % utility_count], place());
        source.capacity = uniform(0, 20);
        source.use = {{"", 1, uniform(0, 25)}};
    }
    return world;
}

}  // namespace

TEST_CASE("roll-ups add up exactly at every level", "[analysis][gap][property]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        const GapResult result = random_world(seed).gaps(standards());
        const Rollup& nation = result.rollups.front();
        REQUIRE(nation.level == RollupLevel::nation);
        CHECK(nation.zones == 12);
        for (const RollupLevel level : {RollupLevel::province, RollupLevel::county}) {
            Rollup sum;
            for (const Rollup& part : result.rollups) {
                if (part.level != level) continue;
                sum.units += part.units;
                sum.over += part.over;
                sum.people_known += part.people_known;
                sum.left_out_at_least += part.left_out_at_least;
                sum.left_out_at_most += part.left_out_at_most;
                sum.target += part.target;
                sum.demand[UtilityKind::water] += part.demand[UtilityKind::water];
                sum.area += part.area;
                sum.zones += part.zones;
            }
            CHECK(sum.units == nation.units);
            CHECK(sum.over == nation.over);
            CHECK(sum.people_known == nation.people_known);
            CHECK(sum.left_out_at_least == nation.left_out_at_least);
            CHECK(sum.left_out_at_most == nation.left_out_at_most);
            CHECK(sum.target == nation.target);
            CHECK(sum.demand[UtilityKind::water] == nation.demand[UtilityKind::water]);
            CHECK(sum.area == nation.area);
            CHECK(sum.zones == nation.zones);
        }
        CHECK(nation.units == nation.over + nation.not_over + nation.threshold_unknown);
        CHECK(nation.over == nation.served + nation.zone_full + nation.no_zone + nation.no_zone_known);
    }
}

TEST_CASE("a new zone never leaves more people out", "[analysis][gap][property]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        World world = random_world(seed);
        const GapResult before = world.gaps(standards());
        world.zone("new", Point{0.1, 0.1});
        const GapResult after = world.gaps(standards());
        for (std::size_t i = 0; i < before.units.size(); ++i) {
            if (!before.units[i].people.at_most) continue;  // unknown before
            CHECK(after.units[i].people.at_most.value_or(1LL << 60) <= *before.units[i].people.at_most);
            CHECK(after.units[i].people.at_least.value_or(0) <= after.units[i].people.at_most.value_or(1LL << 60));
        }
    }
}

TEST_CASE("the order of units changes nothing", "[analysis][gap][property]") {
    World world = random_world(7);
    const GapResult straight = world.gaps(standards());
    std::vector<std::size_t> order(world.area.rural_districts.size());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), std::mt19937(3));
    World shuffled = world;
    std::vector<std::size_t> now_at(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        shuffled.area.rural_districts[i] = world.area.rural_districts[order[i]];
        now_at[order[i]] = i;
    }
    for (std::size_t& district : shuffled.district_of_settlement) district = now_at[district];
    const GapResult other = shuffled.gaps(standards());
    for (std::size_t i = 0; i < straight.units.size(); ++i) {
        CHECK(straight.units[i].unit.id == other.units[i].unit.id);
        CHECK(straight.units[i].priority.rank == other.units[i].priority.rank);
        CHECK(straight.units[i].people.at_most == other.units[i].people.at_most);
    }
}

TEST_CASE("adding a district never swaps two others", "[analysis][gap][property]") {
    World world = random_world(11);
    const GapResult before = world.gaps(standards());
    world.district("e", 35'000, Point{5, 5});
    const GapResult after = world.gaps(standards());
    const auto rank = [](const GapResult& result, std::size_t i) {
        return result.units[i].priority.rank.value_or(9999);
    };
    for (std::size_t i = 0; i < before.units.size(); ++i)
        for (std::size_t j = 0; j < before.units.size(); ++j)
            if (rank(before, i) < rank(before, j)) CHECK(rank(after, i) < rank(after, j));
}
