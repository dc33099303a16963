#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

#include <amayesh/analysis/surface_travel.hpp>
#include <amayesh/core/error.hpp>
#include <catch2/catch.hpp>

#include "analysis/travel_worlds.hpp"

using namespace amayesh;

namespace {

constexpr double cell_m = 100;
constexpr double walk_speed = 3;  // km/h: two minutes a cell

/// A grid whose lower left corner is the world's origin.
StudyGrid grid_of(const TravelWorld& world, std::size_t columns, std::size_t rows) {
    return {world.metres(0, static_cast<double>(rows) * cell_m), cell_m, columns, rows};
}

FrictionSurface surface_of(const StudyGrid& grid, std::span<const Geometry* const> barriers = {},
                           std::span<const BurntRoad> roads = {}) {
    return FrictionSurface({.grid = grid, .walking_km_per_hour = walk_speed, .barriers = barriers, .roads = roads});
}

SurfaceTravelOptions options(double snap_km = 0.3) {
    return {.neighbours = CellNeighbours::eight, .snap = Kilometres{snap_km}, .walking_km_per_hour = walk_speed};
}

Point centre(const TravelWorld& world, double column, double row_from_below) {
    return world.degrees((column + 0.5) * cell_m, (row_from_below + 0.5) * cell_m);
}

double minutes_of(const PlaceTravel& travel) { return travel.nearest ? to_minutes(travel.nearest->time) : -1; }

}  // namespace

TEST_CASE("On open ground a way is the cells' straight line", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(950, 250);  // in the middle of a cell
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5)), options());
    const auto ways = travel.nearest_zones(Places{centre(world, 2, 2), centre(world, 9, 2), std::nullopt});
    CHECK(minutes_of(ways[0]) == Approx(7 * 2).epsilon(1e-5));
    CHECK(ways[0].nearest->length->value() == Approx(0.7).epsilon(1e-6));
    CHECK(minutes_of(ways[1]) == 0);
    CHECK(ways[2].unroutable == UnroutableReason::no_position);
    CHECK(travel.costs().source_at(0, 0) == 0);
}

TEST_CASE("A zone takes the cells whose centre it holds", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(1'000, 250, 600);  // columns 7 to 12, from -50 to 550 north: all five rows
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5)), options());
    CHECK(minutes_of(travel.nearest_zones(Places{centre(world, 2, 2)})[0]) == Approx(5 * 2).epsilon(1e-5));
    CHECK(minutes_of(travel.nearest_zones(Places{centre(world, 12, 4)})[0]) == 0);
    CHECK(minutes_of(travel.nearest_zones(Places{centre(world, 13, 0)})[0]) == Approx(2).epsilon(1e-5));
}

TEST_CASE("A valley of five by five cells with a river and a bridge", "[analysis][surface_travel]") {
    // . . # . .     The river fills column 2; the road crosses it in the top row.
    // = = B = =     S in the lower left corner, Z in the lower right one.
    // . . # . .
    // . . # . .
    // S . # . Z
    TravelWorld world;
    world.add_zone(450, 50);
    const Geometry river = MultiLine{{world.line({{250, -100}, {250, 600}})}};
    const Geometry* const barriers[] = {&river};
    const StudyGrid grid = grid_of(world, 5, 5);
    SECTION("without the bridge nobody gets across") {
        const SurfaceTravel travel(world.area, surface_of(grid, barriers), options());
        CHECK(travel.nearest_zones(Places{centre(world, 0, 0)})[0].unroutable == UnroutableReason::no_way_to_any_zone);
    }
    SECTION("with it the way leads over it") {
        const MultiLine shape{{world.line({{-100, 350}, {600, 350}})}};
        const BurntRoad road{&shape, walk_speed};
        const SurfaceTravel travel(world.area, surface_of(grid, barriers, {&road, 1}), options());
        // Two columns and three rows to the bridge, as much behind it.
        const double steps = 2 * (2 * std::sqrt(2.0) + 1);
        CHECK(minutes_of(travel.nearest_zones(Places{centre(world, 0, 0)})[0]) == Approx(2 * steps).epsilon(1e-5));
    }
    SECTION("whoever is in the river walks to its bank") {
        const SurfaceTravel travel(world.area, surface_of(grid, barriers), options());
        const PlaceTravel way = travel.nearest_zones(Places{world.degrees(270, 50)})[0];
        CHECK(way.off_network.value() == Approx(80).epsilon(1e-5));
        CHECK(minutes_of(way) == Approx(80.0 / 50 + 2).epsilon(1e-4));
        const SurfaceTravel near(world.area, surface_of(grid, barriers), options(0.05));
        CHECK(near.nearest_zones(Places{world.degrees(270, 50)})[0].unroutable == UnroutableReason::no_access);
    }
}

TEST_CASE("Each part of a zone takes its cells", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(450, 250);
    world.add_zone(1'800, 300, 200);  // the centres of columns 17 and 18, rows 2 and 3
    SECTION("one that holds no centre, that of a point inside it") {
        world.add_part(230, 250, 20);  // inside column 2, beside its centre
        const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5)), options());
        // The zone takes the place's walk from its centre, as every place in a cell does.
        const Places places{centre(world, 1, 2), centre(world, 15, 2), centre(world, 3, 2)};
        const auto ways = travel.nearest_zones(places);
        CHECK(ways[0].nearest->zone == 1);
        CHECK(minutes_of(ways[0]) == Approx(1 * 2).epsilon(1e-5));
        CHECK(ways[0].nearest->length->value() == Approx(0.1).epsilon(1e-6));
        CHECK(ways[1].nearest->zone == 1);
        CHECK(minutes_of(ways[1]) == Approx(2 * 2).epsilon(1e-5));
        CHECK(ways[2].nearest->zone == 0);  // a cell away from both
        CHECK(travel.unroutable_zones().empty());
        const auto within = travel.zones_within(places, std::chrono::minutes{3});
        REQUIRE(within[0].size() == 1);
        CHECK(within[0][0].zone == 1);
        CHECK(to_minutes(within[0][0].time) == Approx(1 * 2).epsilon(1e-5));
        CHECK(within[2].size() == 2);
    }
    SECTION("one on impassable ground, that of the nearest cell with the walk from it") {
        world.add_part(210, 250, 20);  // 10 m into column 2, which is water: 60 m from the centre of column 1
        const Geometry river = MultiLine{{world.line({{250, -100}, {250, 600}})}};
        const Geometry* const barriers[] = {&river};
        const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5), barriers), options());
        const Places places{centre(world, 0, 2), centre(world, 15, 2)};
        const double walk = 0.06 / walk_speed * 60;
        const auto ways = travel.nearest_zones(places);
        CHECK(ways[0].nearest->zone == 1);
        CHECK(minutes_of(ways[0]) == Approx(2 + walk).epsilon(1e-3));
        CHECK(ways[0].nearest->length->value() == Approx(0.1 + 0.06).epsilon(1e-3));
        CHECK(ways[1].nearest->length->value() == Approx(0.2).epsilon(1e-6));  // the other part has no walk
        const auto within = travel.zones_within(places, std::chrono::minutes{10});
        REQUIRE(within[0].size() == 1);
        CHECK(within[0][0].length->value() == Approx(0.1 + 0.06).epsilon(1e-3));
        REQUIRE(within[1].size() == 1);
        CHECK(within[1][0].length->value() == Approx(0.2).epsilon(1e-6));
    }
}

TEST_CASE("Zones that cannot be attached are told", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(5'000, 0);         // beyond the grid
    world.add_zone(1'000, 250, 300);  // in the lake
    world.add_zone(150, 250);
    const Geometry lake = MultiPolygon{{{world.line({{500, 0}, {1'500, 0}, {1'500, 500}, {500, 500}, {500, 0}}), {}}}};
    const Geometry* const barriers[] = {&lake};
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5), barriers), options());
    REQUIRE(travel.unroutable_zones().size() == 2);
    CHECK(travel.unroutable_zones()[0].zone == 0);
    CHECK(travel.unroutable_zones()[0].reason == UnroutableReason::outside_grid);
    CHECK(travel.unroutable_zones()[1].zone == 1);
    CHECK(travel.unroutable_zones()[1].reason == UnroutableReason::no_access);
    const auto ways = travel.nearest_zones(Places{centre(world, 3, 2), centre(world, 17, 2), world.degrees(-500, 0)});
    CHECK(ways[0].nearest->zone == 2);
    CHECK(ways[1].unroutable == UnroutableReason::no_way_to_any_zone);
    CHECK(ways[2].unroutable == UnroutableReason::outside_grid);
}

TEST_CASE("Zones within a limit are those of the whole surface", "[analysis][surface_travel][property]") {
    const unsigned seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 6'000);
    TravelWorld world;
    for (int i = 0; i < 10; ++i) world.add_zone(anywhere(random), anywhere(random), i % 2 == 0 ? 0 : 500);
    std::vector<MultiLine> shapes;
    std::vector<BurntRoad> roads;
    std::vector<Geometry> rivers;
    for (int i = 0; i < 8; ++i)
        shapes.push_back({{world.line({{anywhere(random), anywhere(random)}, {anywhere(random), anywhere(random)}})}});
    for (int i = 0; i < 6; ++i)
        rivers.emplace_back(
            MultiLine{{world.line({{anywhere(random), anywhere(random)}, {anywhere(random), anywhere(random)}})}});
    for (const MultiLine& shape : shapes) roads.push_back({&shape, 40});
    std::vector<const Geometry*> barriers;
    for (const Geometry& river : rivers) barriers.push_back(&river);
    const StudyGrid grid = grid_of(world, 60, 60);
    const SurfaceTravel all(world.area, surface_of(grid, barriers, roads), options());
    Places places;
    for (int i = 0; i < 50; ++i) places.emplace_back(world.degrees(anywhere(random), anywhere(random)));
    const TravelTime limit = std::chrono::minutes{25};
    const auto nearest = all.nearest_zones(places);
    const auto within = all.zones_within(places, limit);
    // The oracle: one surface for each zone alone.
    std::vector<std::vector<PlaceTravel>> alone;
    for (std::size_t z = 0; z < world.area.zones.size(); ++z) {
        PlanningArea only = world.area;
        for (std::size_t other = 0; other < only.zones.size(); ++other)
            if (other != z) only.zones[other].status = ZoneStatus::closed;
        alone.push_back(SurfaceTravel(only, surface_of(grid, barriers, roads), options()).nearest_zones(places));
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        CAPTURE(i);
        std::size_t expected = 0;
        for (std::size_t z = 0; z < alone.size(); ++z) {
            const auto& way = alone[z][i].nearest;
            if (!way || way->time > limit) continue;
            ++expected;
            const auto found = std::ranges::find(within[i], z, &ZoneByTravel::zone);
            REQUIRE(found != within[i].end());
            CHECK(found->time == way->time);
            CHECK(found->length->value() == Approx(way->length->value()).epsilon(1e-9));
        }
        CHECK(within[i].size() == expected);
        if (nearest[i].nearest && nearest[i].nearest->time <= limit) {
            REQUIRE_FALSE(within[i].empty());
            CHECK(within[i].front().zone == nearest[i].nearest->zone);
            CHECK(within[i].front().time == nearest[i].nearest->time);
        }
    }
}

TEST_CASE("A surface where nothing serves has no ways", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(250, 250, 0, ZoneStatus::planned);
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 5, 5)), options());
    CHECK(travel.nearest_zones(Places{centre(world, 0, 0)})[0].unroutable == UnroutableReason::no_serving_zone);
    CHECK(travel.zones_within(Places{centre(world, 0, 0)}, std::chrono::hours{1})[0].empty());
}

TEST_CASE("A serving zone without a position is told beside those without a way", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(5'000, 0);  // beyond the grid
    world.add_zone(150, 250);
    world.add_zone(0, 0);
    world.area.zones[2].geometry = {};
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5), {}), options());
    REQUIRE(travel.unroutable_zones().size() == 2);
    CHECK(travel.unroutable_zones()[0].zone == 2);
    CHECK(travel.unroutable_zones()[0].reason == UnroutableReason::no_position);
    CHECK(travel.unroutable_zones()[1].zone == 0);
}

TEST_CASE("Whoever is inside a zone is there, however coarse the cells", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(500, 250, 240);  // 380 to 620 east, 130 to 370 north: holds the centres of two columns and rows
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5)), options());
    const Places places{world.degrees(385, 135),
                        world.degrees(370, 120)};  // a cell whose centre the zone does not hold
    const auto ways = travel.nearest_zones(places);
    CHECK(minutes_of(ways[0]) == 0);
    CHECK(ways[0].nearest->length->value() == 0);
    CHECK(minutes_of(ways[1]) > 0);
    const auto zones = travel.zones_within(places, TravelTime{0});
    CHECK(zones[0].size() == 1);
    CHECK(zones[1].empty());
}

TEST_CASE("Where no zone serves everyone is known to be far, over ground too", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(950, 250, 0, ZoneStatus::planned);
    const SurfaceTravel travel(world.area, surface_of(grid_of(world, 20, 5)), options());
    const PlaceTravel way = travel.nearest_zones(Places{centre(world, 2, 2)})[0];
    CHECK(way.unroutable == UnroutableReason::no_serving_zone);
    CHECK_FALSE(way.is_undecided());
}

TEST_CASE("Cells that are not all in memory make the same minutes", "[analysis][surface_travel]") {
    TravelWorld world;
    world.add_zone(450, 250);
    world.add_zone(18'150, 14'950, 400);
    const StudyGrid grid = grid_of(world, 200, 160);  // 4 × 3 tiles
    const SurfaceTravel whole(world.area, surface_of(grid), options());
    SurfaceTravelOptions few = options();
    few.most_memory = 128 * 1024;  // two tiles: 4 × 66 × 66 bytes for each of friction, costs and sources
    const SurfaceTravel blocks(world.area, surface_of(grid), few);
    Places places;
    for (int column = 0; column < 200; column += 9)
        for (int row = 0; row < 160; row += 9) places.push_back(centre(world, column, row));
    const auto in_memory = whole.nearest_zones(places), in_blocks = blocks.nearest_zones(places);
    const auto near = whole.zones_within(places, std::chrono::minutes{60});
    const auto near_in_blocks = blocks.zones_within(places, std::chrono::minutes{60});
    for (std::size_t i = 0; i < places.size(); ++i) {
        REQUIRE(in_memory[i].nearest);
        REQUIRE(in_blocks[i].nearest);
        CHECK(in_blocks[i].nearest->zone == in_memory[i].nearest->zone);
        CHECK(in_blocks[i].nearest->time == in_memory[i].nearest->time);
        CHECK(in_blocks[i].nearest->length == in_memory[i].nearest->length);
        CHECK(near_in_blocks[i].size() == near[i].size());
    }
    few.most_memory = 1'000;  // no tile
    CHECK_THROWS_AS(SurfaceTravel(world.area, surface_of(grid), few), InvalidInput);
}
