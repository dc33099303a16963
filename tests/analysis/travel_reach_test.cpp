#include <algorithm>
#include <catch2/catch.hpp>

#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/core/error.hpp>

#include "analysis/equator_road.hpp"
#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;
using std::chrono::minutes;

namespace {

const std::vector<TravelTime> quarter_hours{minutes{15}, minutes{30}, minutes{45}, minutes{60}};

TravelReach reach_of(const World& world, const EquatorRoad& road = {}, TravelReachOptions options = {quarter_hours}) {
    ProblemReport problems;
    auto units = assess_units(world.area, world.district_of_settlement, {}, problems);
    return find_travel_reach(world.area, std::move(units), world.district_of_settlement, road, options);
}

std::vector<std::size_t> settlements_within(const UnitTravel& unit) {
    std::vector<std::size_t> counts;
    for (const PeopleWithin& people : unit.within) counts.push_back(people.settlements_within);
    return counts;
}

}  // namespace

TEST_CASE("people within each limit are counted settlement by settlement, the limit included", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 10'000, at_km(30));
    world.settlement("1", 0, 1'000, at_km(10));
    world.settlement("2", 0, 2'000, at_km(30));
    world.settlement("3", 0, 3'000, at_km(60));
    world.settlement("4", 0, 4'000, at_km(100));
    const TravelReach reach = reach_of(world);
    const UnitTravel& unit = reach.units.at(0);
    REQUIRE(unit.centre.nearest);
    CHECK(unit.centre.nearest->time == minutes{30});
    CHECK(settlements_within(unit) == std::vector<std::size_t>{1, 2, 2, 3});
    const std::int64_t people[] = {1'000, 3'000, 3'000, 6'000};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(unit.within[i].at_least == people[i]);
        CHECK(unit.within[i].at_most == people[i]);
        CHECK(unit.within[i].basis == PeopleBasis::settlements);
    }
    CHECK_FALSE(unit.within[0].centre_within);
    CHECK(unit.within[1].centre_within);
    // (1,000 · 10 + 2,000 · 30 + 3,000 · 60 + 4,000 · 100) / 10,000 = 650,000 / 10,000
    CHECK(unit.settlements.mean() == TravelTime{minutes{65}});
    CHECK(unit.settlements.longest == TravelTime{minutes{100}});
    CHECK(unit.settlements.people_routed == 10'000);
    CHECK(reach.unroutable.empty());
}

TEST_CASE("the 60th minute belongs to 60, the millisecond after it does not", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 3'000, at_km(0));
    world.settlement("at", 0, 1'000, at_km(60));
    world.settlement("just", 0, 1'000, at_km(60 + 0.4 / 60'000));  // 0.4 ms more is the same millisecond
    world.settlement("over", 0, 1'000, at_km(60 + 1.0 / 60'000));
    const TravelReach reach = reach_of(world);
    CHECK(reach.units[0].within[3].at_least == 2'000);
    CHECK(reach.units[0].within[3].at_most == 2'000);
}

TEST_CASE("a place without a way is neither near nor far", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 6'000, at_km(10));
    world.settlement("near", 0, 1'000, at_km(5));
    world.settlement("island", 0, 2'000, at_km(-30));
    world.settlement("wild", 0, 3'000, at_km(-50));
    const TravelReach reach = reach_of(world);
    const UnitTravel& unit = reach.units[0];
    for (const PeopleWithin& people : unit.within) {
        CHECK(people.at_least == 1'000);
        CHECK(people.at_most == 6'000);
        CHECK(people.settlements_within == 1);
    }
    CHECK(unit.settlements.mean() == TravelTime{minutes{5}});  // over the people who have a way
    CHECK(unit.settlements.people_routed == 1'000);
    CHECK(unit.settlements.people_unroutable == 5'000);
    CHECK(unit.settlements.settlements_unroutable == 2);
    REQUIRE(reach.unroutable.size() == 2);
    CHECK(reach.unroutable[0].kind == TravelPlaceKind::settlement);
    CHECK(reach.unroutable[0].index == 1);
    CHECK(reach.unroutable[0].reason == UnroutableReason::no_way_to_any_zone);
    CHECK(reach.unroutable[1].reason == UnroutableReason::no_access);
}

TEST_CASE("unknown populations stay unknown", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    SECTION("nothing known: neither bound, no mean") {
        world.district("a", std::nullopt, at_km(10));
        world.settlement("s", 0, std::nullopt, at_km(10));
        const TravelReach reach = reach_of(world);
        CHECK_FALSE(reach.units[0].within[3].at_least);
        CHECK_FALSE(reach.units[0].within[3].at_most);
        CHECK_FALSE(reach.units[0].settlements.mean());
        CHECK(reach.units[0].settlements.settlements_population_unknown == 1);
        CHECK(reach.rollups[0].within[3].at_least_unknown_units == 1);
        CHECK(reach.rollups[0].within[3].at_most_unknown_units == 1);
        CHECK(reach.rollups[0].people_unknown_units == 1);
    }
    SECTION("a known settlement within is a least") {
        world.district("a", std::nullopt, at_km(10));
        world.settlement("s", 0, 700, at_km(10));
        world.settlement("t", 0, std::nullopt, at_km(10));
        const TravelReach reach = reach_of(world);
        CHECK(reach.units[0].within[0].at_least == 700);
        CHECK_FALSE(reach.units[0].within[0].at_most);
    }
    SECTION("without known settlements the population follows the centre") {
        world.district("a", 9'000, at_km(20));
        world.settlement("s", 0, std::nullopt, at_km(100));
        const TravelReach reach = reach_of(world);
        CHECK(reach.units[0].within[0].at_most == 0);
        CHECK(reach.units[0].within[1].at_least == 9'000);
        CHECK(reach.units[0].within[1].basis == PeopleBasis::centre);
    }
    SECTION("a unit without a centre may be anywhere") {
        world.district("a", 9'000, std::nullopt);
        const TravelReach reach = reach_of(world);
        CHECK(reach.units[0].within[3].at_least == 0);
        CHECK(reach.units[0].within[3].at_most == 9'000);
        CHECK(reach.units[0].within[3].basis == PeopleBasis::none);
        REQUIRE(reach.unroutable.size() == 1);
        CHECK(reach.unroutable[0].kind == TravelPlaceKind::unit);
        CHECK(reach.unroutable[0].reason == UnroutableReason::no_position);
    }
}

TEST_CASE("where zones may be missing nobody is known to be beyond", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 9'000, at_km(100));
    world.settlement("s", 0, 9'000, at_km(100));
    EquatorRoad road;
    SECTION("the layer is not complete") { world.area.zones_layer.complete = false; }
    SECTION("a serving zone has no position") { road.zones_without_way = {{0, UnroutableReason::no_position}}; }
    const TravelReach reach = reach_of(world, road);
    CHECK(reach.may_miss_zones);
    CHECK(reach.units[0].within[0].at_least == 0);
    CHECK(reach.units[0].within[0].at_most == 9'000);
}

TEST_CASE("a zone that cannot be attached is listed last", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 9'000, std::nullopt);
    EquatorRoad road;
    road.zones_without_way = {{0, UnroutableReason::no_access}};
    const TravelReach reach = reach_of(world, road);
    CHECK_FALSE(reach.may_miss_zones);
    REQUIRE(reach.unroutable.size() == 2);
    CHECK(reach.unroutable[1].kind == TravelPlaceKind::zone);
}

TEST_CASE("counties add up to provinces and the nation", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 12'000, at_km(10)).place = {"", "c1", "p1"};
    world.district("b", 20'000, at_km(50)).place = {"", "c2", "p1"};
    world.district("c", std::nullopt, at_km(-50)).place = {"", "c3", "p2"};
    world.settlement("1", 0, 12'000, at_km(10));
    world.settlement("2", 1, 20'000, at_km(50));
    world.settlement("3", 2, 500, at_km(-30));
    world.settlement("4", 2, std::nullopt, at_km(-30));
    const TravelReach reach = reach_of(world);
    REQUIRE(reach.rollups.size() == 6);
    const TravelRollup& nation = reach.rollups[0];
    CHECK(nation.level == RollupLevel::nation);
    CHECK(nation.units == 3);
    CHECK(nation.units_over == 2);
    CHECK(nation.units_unroutable == 1);
    CHECK(nation.people_known == 32'000);
    CHECK(nation.people_unknown_units == 1);
    CHECK(nation.within[0].at_least == 12'000);
    CHECK(nation.within[3].at_least == 32'000);
    CHECK(nation.within[3].units_over_within == 2);
    CHECK(nation.within[3].at_most_unknown_units == 1);
    CHECK(nation.settlements.people_unroutable == 500);
    // (12,000 · 10 + 20,000 · 50) / 32,000 = 35 minutes
    CHECK(nation.settlements.mean() == TravelTime{minutes{35}});
    for (std::size_t limit = 0; limit < quarter_hours.size(); ++limit) {
        std::int64_t counties = 0, provinces = 0;
        for (const TravelRollup& total : reach.rollups) {
            if (total.level == RollupLevel::county) counties += total.within[limit].at_least;
            if (total.level == RollupLevel::province) provinces += total.within[limit].at_least;
        }
        CHECK(counties == nation.within[limit].at_least);
        CHECK(provinces == nation.within[limit].at_least);
    }
}

TEST_CASE("cities of the districts are asked for their way, and count in no unit", "[analysis][travel]") {
    World world;
    world.zone("z", at_km(0));
    world.district("a", 1'000, at_km(10));
    world.settlement("city", 0, 90'000, at_km(10)).kind = SettlementKind::city;
    world.settlement("elsewhere", nowhere, 500, at_km(20));
    const TravelReach all = reach_of(world);
    CHECK(all.places == std::vector<std::size_t>{0, 1});
    const TravelReach some = reach_of(world, {}, {.limits = quarter_hours, .all_settlements = false});
    CHECK(some.places == std::vector<std::size_t>{0});
    CHECK(some.units[0].settlements.settlements == 0);
    CHECK(some.units[0].within[0].at_least == 1'000);
}

TEST_CASE("limits that do not rise are refused", "[analysis][travel]") {
    World world;
    world.district("a", 1'000, at_km(10));
    CHECK_THROWS_AS(reach_of(world, {}, {{minutes{30}, minutes{30}}}), InvalidInput);
    CHECK_THROWS_AS(reach_of(world, {}, {{minutes{0}}}), InvalidInput);
    world.district_of_settlement.push_back(0);
    CHECK_THROWS_AS(reach_of(world), InvalidInput);
}
