#include <cstddef>
#include <random>
#include <vector>

#include <amayesh/analysis/road_travel.hpp>
#include <amayesh/analysis/surface_travel.hpp>
#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/crs/nearest.hpp>
#include <catch2/catch.hpp>

#include "analysis/equator_road.hpp"
#include "analysis/travel_worlds.hpp"

// Serving zones to which no way is known: the road that leads there may be missing from the layer.

using namespace amayesh;
using namespace amayesh::worlds;
using std::chrono::minutes;

namespace {

/// Zone 0 at the origin on the road of a minute a kilometre; zone 1 130 km east of it, to which no way is known.
///
///     Z0 ────10 km(1,000)────55 km(4,000)──60 km(3,000)────100 km(2,000)    130 km Z1
World world_with_a_zone_off_the_road() {
    World world;
    world.area.working_crs = Crs::parse("EPSG:3857");  // metres along the equator as they are
    world.zone("Z0", at_km(0));
    world.zone("Z1", at_km(130));
    world.district("a", 10'000, at_km(100));
    world.settlement("1", 0, 1'000, at_km(10));
    world.settlement("2", 0, 2'000, at_km(100));
    world.settlement("3", 0, 3'000, at_km(60));
    world.settlement("4", 0, 4'000, at_km(55));
    return world;
}

EquatorRoad road_without_way_to_zone_1(UnroutableReason reason = UnroutableReason::no_access) {
    EquatorRoad road;
    road.zones_without_way = {{1, reason}};
    return road;
}

TravelReach reach_of(const World& world, const ZoneTravel& travel) {
    ProblemReport problems;
    auto units = assess_units(world.area, world.district_of_settlement, {}, problems);
    return find_travel_reach(world.area, std::move(units), world.district_of_settlement, travel,
                             {.limits = {minutes{15}, minutes{30}, minutes{60}}});
}

UnitGap gap_of(const World& world, const ZoneTravel& travel, TravelTime limit) {
    GapOptions options;
    options.travel = &travel;
    options.travel_limit = limit;
    return world.gaps(standards(), options).units.at(0);
}

}  // namespace

TEST_CASE("whoever may be within a limit of a zone without a way is among the most", "[analysis][travel]") {
    const auto reason =
        GENERATE(UnroutableReason::no_access, UnroutableReason::outside_grid, UnroutableReason::no_way_to_any_zone);
    const TravelReach reach = reach_of(world_with_a_zone_off_the_road(), road_without_way_to_zone_1(reason));
    CHECK_FALSE(reach.may_miss_zones);
    const auto& within = reach.units.at(0).within;
    // 15 minutes: settlement 1 alone; settlement 2 is 30 km from Z1, 30 minutes at 60 km/h.
    CHECK(within[0].at_least == 1'000);
    CHECK(within[0].at_most == 1'000);
    CHECK(within[1].at_least == 1'000);
    CHECK(within[1].at_most == 1'000 + 2'000);
    CHECK(within[2].at_least == 1'000 + 3'000 + 4'000);
    CHECK(within[2].at_most == 10'000);
}

TEST_CASE("a millisecond beyond the straight way to a zone without a way is beyond", "[analysis][travel]") {
    World world = world_with_a_zone_off_the_road();
    world.area.settlements[1].position = at_km(100 - 1.0 / 60'000);
    CHECK(reach_of(world, road_without_way_to_zone_1()).units.at(0).within[1].at_most == 1'000);
}

TEST_CASE("nobody near a zone without a way is known to be left out", "[analysis][travel]") {
    World world = world_with_a_zone_off_the_road();
    world.area.rural_districts[0].population = 12'000;
    world.settlement("5", 0, 2'000, at_km(70));
    const EquatorRoad road = road_without_way_to_zone_1();
    SECTION("its reach leaves the centre out: 29 minutes") {
        const UnitGap gap = gap_of(world, road, minutes{29});
        CHECK(gap.reason == UnitReason::no_zone_in_reach);
        CHECK(gap.people.at_least == 11'000);
        CHECK(gap.people.at_most == 11'000);
        CHECK(gap.people.basis == PeopleBasis::settlements);
    }
    SECTION("the centre may be within: settlements 3, 4 and 5 are not") {
        const UnitGap gap = gap_of(world, road, minutes{30});
        CHECK(gap.status == UnitStatus::no_zone_known_in_reach);
        CHECK(gap.reason == UnitReason::no_way_known);
        CHECK(gap.people.at_least == 3'000 + 4'000 + 2'000);
        CHECK(gap.people.at_most == 11'000);
        CHECK(gap.people.basis == PeopleBasis::settlements_partly);
        CHECK(gap.priority.people == 9'000);
        CHECK_FALSE(gap.priority.counts_at_most);
    }
    SECTION("everyone may be within: the least is not known, and the most ranks") {
        for (const std::size_t i : {1, 2, 3, 4}) world.area.settlements[i].position = at_km(100);
        const UnitGap gap = gap_of(world, road, minutes{30});
        CHECK_FALSE(gap.people.at_least);
        CHECK(gap.people.at_most == 11'000);
        CHECK(gap.priority.counts_at_most);
    }
    SECTION("a settlement may be within, the centre is not") {
        world.area.rural_districts[0].centre = at_km(60);
        const UnitGap gap = gap_of(world, road, minutes{30});
        CHECK(gap.reason == UnitReason::no_zone_in_reach);
        CHECK(gap.people.at_least == 3'000 + 4'000 + 2'000);
        CHECK(gap.people.at_most == 11'000);
        CHECK(gap.people.basis == PeopleBasis::settlements_partly);
        CHECK(gap.people.settlements_out_of_reach == 3);
    }
    SECTION("a zone that does not serve yet makes nothing more certain") {
        world.zone("Z2", at_km(105), ZoneStatus::approved);
        CHECK(gap_of(world, road, minutes{30}).status == UnitStatus::no_zone_known_in_reach);
    }
}

TEST_CASE("whoever may be within a limit of a zone of unknown status is among the most", "[analysis][travel]") {
    World world = world_with_a_zone_off_the_road();
    world.area.zones[1].status = ZoneStatus::unknown;
    SECTION("by the straight way: settlement 2 is 30 km from Z1, 30 minutes at 60 km/h") {
        const TravelReach reach = reach_of(world, EquatorRoad{});
        CHECK_FALSE(reach.may_miss_zones);
        const auto& within = reach.units.at(0).within;
        CHECK(within[0].at_most == 1'000);
        CHECK(within[1].at_least == 1'000);
        CHECK(within[1].at_most == 1'000 + 2'000);
        CHECK(within[2].at_most == 10'000);
    }
    SECTION("a millisecond beyond it is beyond") {
        world.area.settlements[1].position = at_km(100 - 1.0 / 60'000);
        CHECK(reach_of(world, EquatorRoad{}).units.at(0).within[1].at_most == 1'000);
    }
    SECTION("that has no position it may be anywhere") {
        world.area.zones[1].geometry = {};
        const TravelReach reach = reach_of(world, EquatorRoad{});
        CHECK(reach.may_miss_zones);
        CHECK(reach.units.at(0).within[0].at_least == 1'000);
        CHECK(reach.units.at(0).within[0].at_most == 10'000);
    }
    SECTION("that the study takes as serving it is one to which ways are looked for") {
        ProblemReport problems;
        auto units = assess_units(world.area, world.district_of_settlement, {}, problems);
        const TravelReach reach = find_travel_reach(
            world.area, std::move(units), world.district_of_settlement, EquatorRoad{},
            {.limits = {minutes{30}}, .serving_statuses = {ZoneStatus::operating, ZoneStatus::unknown}});
        CHECK(reach.units.at(0).within[0].at_most == 1'000);
    }
}

TEST_CASE("nobody near a zone of unknown status is known to be left out", "[analysis][travel]") {
    World world = world_with_a_zone_off_the_road();
    world.area.rural_districts[0].population = 12'000;
    world.settlement("5", 0, 2'000, at_km(70));
    world.area.zones[1].status = ZoneStatus::unknown;
    SECTION("its reach leaves the centre out: 29 minutes") {
        const UnitGap gap = gap_of(world, EquatorRoad{}, minutes{29});
        CHECK(gap.reason == UnitReason::no_zone_in_reach);
        CHECK(gap.people.at_least == 11'000);
    }
    SECTION("the centre may be within, settlements 3, 4 and 5 are not") {
        const UnitGap gap = gap_of(world, EquatorRoad{}, minutes{30});
        CHECK(gap.status == UnitStatus::no_zone_known_in_reach);
        CHECK(gap.reason == UnitReason::zone_status_unknown);
        CHECK(gap.people.at_least == 3'000 + 4'000 + 2'000);
        CHECK(gap.people.at_most == 11'000);
    }
    SECTION("a settlement may be within, the centre is not") {
        world.area.rural_districts[0].centre = at_km(60);
        const UnitGap gap = gap_of(world, EquatorRoad{}, minutes{30});
        CHECK(gap.reason == UnitReason::no_zone_in_reach);
        CHECK(gap.people.at_least == 3'000 + 4'000 + 2'000);
        CHECK(gap.people.at_most == 11'000);
    }
}

TEST_CASE("the least time is at the fastest road, or on foot where that is faster", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 0);
    const std::vector<RoadLine> roads{{{{world.line({{0, 0}, {1'000, 0}})}}, 30},
                                      {{{world.line({{0, 0}, {0, 1'000}})}}, 90}};
    const RoadTravelOptions walk{.walking_km_per_hour = 4};
    CHECK(RoadTravel(world.area, roads, walk).least_time(Metres{3'000}) == minutes{2});
    CHECK(RoadTravel(world.area, {}, walk).least_time(Metres{3'000}) == minutes{45});
}

TEST_CASE("no way over roads is sooner than its least time", "[analysis][road_travel][property]") {
    const unsigned seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 20'000);
    TravelWorld world;
    std::vector<Geometry> zones;
    for (int i = 0; i < 8; ++i) {
        const double east = anywhere(random), north = anywhere(random);
        world.add_zone(east, north);
        zones.emplace_back(world.metres(east, north));
    }
    std::vector<RoadLine> roads;
    for (int i = 0; i < 25; ++i)
        roads.push_back({{{world.line({{anywhere(random), anywhere(random)}, {anywhere(random), anywhere(random)}})}},
                         i % 2 == 0 ? 60.0 : 20.0});
    const RoadTravel travel(world.area, roads, {.snap = Kilometres{3}, .walking_km_per_hour = 3});
    const NearestIndex nearest(zones, Metric::planar);
    for (int i = 0; i < 60; ++i) {
        const double east = anywhere(random), north = anywhere(random);
        const PlaceTravel way = travel.nearest_zones(Places{world.degrees(east, north)})[0];
        const TravelTime least = travel.least_time(nearest.nearest(world.metres(east, north))->distance);
        if (way.nearest) CHECK(way.nearest->time + TravelTime{1} >= least);
    }
}

TEST_CASE("no way over ground is sooner than its least time", "[analysis][surface_travel][property]") {
    const unsigned seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 6'000);
    TravelWorld world;
    std::vector<Geometry> zones;
    for (int i = 0; i < 8; ++i) {
        const double east = anywhere(random), north = anywhere(random);
        world.add_zone(east, north);
        zones.emplace_back(world.metres(east, north));
    }
    const MultiLine shape{{world.line({{anywhere(random), anywhere(random)}, {anywhere(random), anywhere(random)}})}};
    const BurntRoad roads[] = {{&shape, 40}};
    // A slope of 5 % down to the east is walked fastest.
    const auto slope = [](std::size_t, std::span<float> values) {
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(500 - 5 * (i % 60));
    };
    const StudyGrid grid{world.metres(0, 6'000), 100, 60, 60};
    const SurfaceTravel travel(world.area,
                               FrictionSurface({.grid = grid,
                                                .walking_km_per_hour = 3,
                                                .elevation = GENERATE(false, true) ? GridRows{slope} : GridRows{},
                                                .roads = roads}),
                               {.walking_km_per_hour = 3});
    const NearestIndex nearest(zones, Metric::planar);
    for (int i = 0; i < 60; ++i) {
        const double east = anywhere(random), north = anywhere(random);
        const PlaceTravel way = travel.nearest_zones(Places{world.degrees(east, north)})[0];
        const TravelTime least = travel.least_time(nearest.nearest(world.metres(east, north))->distance);
        if (way.nearest) CHECK(way.nearest->time + TravelTime{1} >= least);
    }
    // Half a diagonal of a cell at both ends, then 40 km/h: (2,141.4 − 141.4) m are 3 minutes.
    CHECK(to_minutes(travel.least_time(Metres{2'000 + 141.4213562})) <= Approx(3.0));
    CHECK(travel.least_time(Metres{100}) == TravelTime{0});
}
