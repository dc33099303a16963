#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/raster/cost_distance.hpp>
#include <amayesh/raster/friction_surface.hpp>

using namespace amayesh;
using Catch::Contains;

namespace {

constexpr float never = std::numeric_limits<float>::infinity();
constexpr float walking = 60.0F / 6000;  ///< Minutes a metre at 6 km/h.

StudyGrid grid_of(std::size_t width, std::size_t height, double cell_m = 100) {
    return {.corner = {0, static_cast<double>(height) * cell_m}, .cell_m = cell_m, .width = width, .height = height};
}

/// A place given in cells from the upper left corner.
Point at(const StudyGrid& grid, double column, double row) {
    return {grid.corner.x + column * grid.cell_m, grid.corner.y - row * grid.cell_m};
}

GridRows same_everywhere(float value) {
    return [value](std::size_t, std::span<float> values) { std::fill(values.begin(), values.end(), value); };
}

GridRows rows_of(const StudyGrid& grid, std::vector<float> all) {
    return [width = grid.width, all = std::move(all)](std::size_t first, std::span<float> values) {
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(first * width), values.size(), values.begin());
    };
}

std::vector<float> friction_of(const FrictionSurface& surface) {
    std::vector<float> all;
    for (std::size_t row = 0; row < surface.grid().height; ++row)
        for (std::size_t column = 0; column < surface.grid().width; ++column)
            all.push_back(surface.minutes_per_metre({column, row}));
    return all;
}

std::string complaint(const FrictionParts& parts) {
    try {
        const FrictionSurface surface(parts);
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return {};
}

/// A line from above the grid to below it, wandering.
MultiLine wandering_river(const StudyGrid& grid, std::mt19937& random) {
    std::uniform_real_distribution<double> column(0.1 * static_cast<double>(grid.width),
                                                  0.9 * static_cast<double>(grid.width));
    LineString river{at(grid, column(random), -1)};
    for (double row = 1; row < static_cast<double>(grid.height); row += 3)
        river.push_back(at(grid, column(random), std::floor(row * 2 + column(random)) / 2.0 - row));
    river.push_back(at(grid, column(random), static_cast<double>(grid.height) + 1));
    return {{river}};
}

}  // namespace

TEST_CASE("Tobler's function: 1 on the flat, best a little downhill, worse uphill", "[raster][friction_surface]") {
    CHECK(tobler_factor(0) == Approx(1));
    CHECK(tobler_factor(-0.05) == Approx(std::exp(-3.5 * 0.05)));  // 6 km/h against 5.04
    // At 10 % up 6 exp(−3.5 · 0.15) = 3.55 km/h, down 6 exp(−3.5 · 0.05) = 5.04.
    CHECK(5.0367 / tobler_factor(0.1) == Approx(3.5493).epsilon(1e-4));
    CHECK(5.0367 / tobler_factor(-0.1) == Approx(5.0367).epsilon(1e-4));
}

TEST_CASE("A valley with a river and one bridge, by hand", "[raster][friction_surface]") {
    // Five cells by five of 100 m; a river in the third column, a road along the fourth row over it:
    //   . . # . .
    //   . . # . .
    //   . . # . .
    //   r r r r r      at 60 km/h: 0.1 minutes a cell; on foot, at 6 km/h: 1 minute a cell
    //   . . # . .
    const StudyGrid grid = grid_of(5, 5);
    const Geometry river = MultiLine{{{at(grid, 2.5, -1), at(grid, 2.5, 6)}}};
    const MultiLine road{{{at(grid, -1, 3.5), at(grid, 6, 3.5)}}};
    const std::vector<const Geometry*> barriers{&river};
    const std::vector<BurntRoad> roads{{&road, 60}};
    const FrictionSurface surface({.grid = grid, .walking_km_per_hour = 6, .barriers = barriers, .roads = roads});
    const float w = walking;
    const float r = 0.001F;
    CHECK(friction_of(surface) == std::vector<float>{
                                      w, w, never, w, w,  //
                                      w, w, never, w, w,  //
                                      w, w, never, w, w,  //
                                      r, r, r,     r, r,  //
                                      w, w, never, w, w,
                                  });
    CHECK(surface.least_minutes_per_metre() == r);

    const std::vector<CostSource> sources{{.column = 0, .row = 0}};
    const CostSurface costs = cost_distance(surface.cells(), sources);
    CHECK(costs.cost_at(1, 0) == Approx(1));
    CHECK(costs.cost_at(1, 1) == Approx(std::sqrt(2.0)));
    const double to_road = 2 + (1 + 0.1) / 2;  // two steps on foot, one from the ground onto the road
    CHECK(costs.cost_at(0, 3) == Approx(to_road));
    CHECK(costs.cost_at(2, 3) == Approx(to_road + 2 * 0.1));         // the bridge
    CHECK(costs.cost_at(3, 2) == Approx(to_road + 3 * 0.1 + 0.55));  // not diagonally past the river
    CHECK(costs.cost_at(4, 0) == Approx(to_road + 4 * 0.1 + 0.55 + 2));
    CHECK(costs.cost_at(2, 0) == never);
}

TEST_CASE("Rivers hold against every move; only a bridge leads over", "[raster][friction_surface][property]") {
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
        CAPTURE(round);
        const StudyGrid grid = grid_of(40, 30);
        const MultiLine line = wandering_river(grid, random);
        const Geometry river = line;
        const std::vector<const Geometry*> barriers{&river};
        for (const CellNeighbours neighbours : {CellNeighbours::eight, CellNeighbours::sixteen}) {
            const FrictionSurface wall({.grid = grid, .walking_km_per_hour = 5, .barriers = barriers});
            const std::vector<CostSource> west{{.column = 0, .row = 15}};
            const CostSurface dry = cost_distance(wall.cells(), west, {.neighbours = neighbours});
            for (std::size_t row = 0; row < grid.height; ++row) CHECK(dry.cost_at(39, row) == never);

            const double bridge_row = 3 + round % 24 + 0.3;
            const MultiLine road{{{at(grid, 0.2, bridge_row), at(grid, 39.7, bridge_row)}}};
            const std::vector<BurntRoad> roads{{&road, 30}};
            const FrictionSurface bridged(
                {.grid = grid, .walking_km_per_hour = 5, .barriers = barriers, .roads = roads});
            const CostSurface over = cost_distance(bridged.cells(), west, {.neighbours = neighbours});
            for (std::size_t row = 0; row < grid.height; ++row) CHECK(over.cost_at(39, row) < never);
        }
    }
}

TEST_CASE("A road is never cut by the grid", "[raster][friction_surface][property]") {
    // Nothing but the road can be passed: its two ends hang together whatever its direction.
    std::mt19937 random(12);
    std::uniform_real_distribution<double> anywhere(0, 50);
    const StudyGrid grid = grid_of(50, 50);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        MultiLine road{{{}}};
        for (int i = 0; i < 4; ++i) road.parts[0].push_back(at(grid, anywhere(random), anywhere(random)));
        const std::vector<BurntRoad> roads{{&road, 30}};
        const FrictionSurface surface({.grid = grid, .ground = same_everywhere(NAN), .roads = roads});
        const GridCell from = *grid.cell_of(road.parts[0].front());
        const GridCell to = *grid.cell_of(road.parts[0].back());
        const std::vector<CostSource> sources{{.column = from.column, .row = from.row}};
        CHECK(cost_distance(surface.cells(), sources).cost_at(to.column, to.row) < never);
    }
}

TEST_CASE("A road beside a river closes the other bank in place of its own cells, by hand",
          "[raster][friction_surface]") {
    // River and road in the third column; the river at 0.8 of it, the road at 0.3, and over the river in the last row.
    const StudyGrid grid = grid_of(5, 4);
    const Geometry river = MultiLine{{{at(grid, 2.8, -1), at(grid, 2.8, 5)}}};
    const MultiLine road{{{at(grid, 2.3, -1), at(grid, 2.3, 3.5), at(grid, 4.5, 3.5)}}};
    const std::vector<const Geometry*> barriers{&river};
    const std::vector<BurntRoad> roads{{&road, 60}};
    const FrictionSurface surface({.grid = grid, .walking_km_per_hour = 6, .barriers = barriers, .roads = roads});
    const float w = walking;
    const float r = 0.001F;
    CHECK(friction_of(surface) == std::vector<float>{
                                      w, w, r, never, w,  //
                                      w, w, r, never, w,  //
                                      w, w, r, never, w,  // beside the bridge too: the road is not over it there yet
                                      w, w, r, r,     r,
                                  });
}

TEST_CASE("A road along a river opens no way to the other bank", "[raster][friction_surface][property]") {
    std::mt19937 random(21);
    const StudyGrid grid = grid_of(40, 30);
    std::uniform_real_distribution<double> column(12, 28);
    for (int round = 0; round < 60; ++round) {
        // The road is the river moved to the west, by up to a cell and a half.
        const double beside = 0.03 + 0.025 * round;
        LineString river;
        LineString road;
        for (double row = -1; row <= 31; row += 1.3) {
            const double place = column(random) * 0.3 + 14;
            river.push_back(at(grid, place, row));
            road.push_back(at(grid, place - beside, row));
        }
        const Geometry barrier = MultiLine{{river}};
        const MultiLine west_road{{road}};
        const MultiLine bridge{{{at(grid, 0.5, 12.3), at(grid, 39.5, 12.4)}}};
        const std::vector<const Geometry*> barriers{&barrier};
        const std::vector<BurntRoad> roads{{&west_road, 60}};
        const std::vector<BurntRoad> with_bridge{{&west_road, 60}, {&bridge, 60}};
        const GridCell on_road = *grid.cell_of(road[2]);
        const GridCell far_on_road = *grid.cell_of(road[22]);
        const std::vector<CostSource> sources{{.column = on_road.column, .row = on_road.row}};
        for (const CellNeighbours neighbours : {CellNeighbours::eight, CellNeighbours::sixteen}) {
            CAPTURE(round, beside);
            const FrictionSurface surface(
                {.grid = grid, .walking_km_per_hour = 5, .barriers = barriers, .roads = roads});
            const CostSurface costs = cost_distance(surface.cells(), sources, {.neighbours = neighbours});
            CHECK(costs.cost_at(far_on_road.column, far_on_road.row) < 4.5F);  // 26 cells, winding, at a minute a km
            CHECK(costs.cost_at(0, 15) < never);
            for (std::size_t row = 0; row < grid.height; ++row) CHECK(costs.cost_at(39, row) == never);
            const FrictionSurface bridged(
                {.grid = grid, .walking_km_per_hour = 5, .barriers = barriers, .roads = with_bridge});
            const CostSurface over = cost_distance(bridged.cells(), sources, {.neighbours = neighbours});
            for (std::size_t row = 0; row < grid.height; ++row) CHECK(over.cost_at(39, row) < never);
        }
    }
}

TEST_CASE("A lake takes the cells that it touches, its island stays", "[raster][friction_surface]") {
    const StudyGrid grid = grid_of(7, 7);
    const auto square = [&](double from, double to) {
        return Ring{at(grid, from, from), at(grid, to, from), at(grid, to, to), at(grid, from, to),
                    at(grid, from, from)};
    };
    const Geometry lake = MultiPolygon{{{square(0.9, 6.1), {square(2.1, 4.9)}}}};
    const Geometry pond = MultiPolygon{{{square(0.2, 0.3), {}}}};
    const std::vector<const Geometry*> lakes{&lake};
    const std::vector<float> with_lake =
        friction_of(FrictionSurface({.grid = grid, .walking_km_per_hour = 6, .barriers = lakes}));
    for (std::size_t row = 0; row < 7; ++row)
        for (std::size_t column = 0; column < 7; ++column)
            CHECK((with_lake[row * 7 + column] == walking) == (row == 3 && column == 3));

    const std::vector<const Geometry*> ponds{&pond};
    const std::vector<float> with_pond =
        friction_of(FrictionSurface({.grid = grid, .walking_km_per_hour = 6, .barriers = ponds}));
    CHECK(with_pond[0] == never);
    CHECK(std::count(with_pond.begin(), with_pond.end(), never) == 1);
}

TEST_CASE("The fastest road of a cell counts, where it beats the ground", "[raster][friction_surface]") {
    const StudyGrid grid = grid_of(4, 1);
    const MultiLine west{{{at(grid, 0.5, 0.5), at(grid, 1.5, 0.5)}}};
    const MultiLine all{{{at(grid, 0.5, 0.5), at(grid, 3.5, 0.5)}}};
    const FrictionSurface surface({.grid = grid,
                                   .ground = rows_of(grid, {0.02F, 0.02F, 0.0005F, NAN}),
                                   .elevation = same_everywhere(700),
                                   .roads = std::vector<BurntRoad>{{&all, 60}, {&west, 120}, {&all, 30}}});
    CHECK(friction_of(surface) == std::vector<float>{0.0005F, 0.0005F, 0.0005F, 0.001F});
    std::vector<float> elevation(4);
    surface.cells().read_elevation(0, elevation);
    CHECK(std::isnan(elevation[0]));
    CHECK(std::isnan(elevation[1]));
    CHECK(elevation[2] == 700);  // the ground is quicker there: its slope counts
    CHECK(std::isnan(elevation[3]));
}

TEST_CASE("Slope counts off the roads, on them it does not", "[raster][friction_surface]") {
    const StudyGrid grid = grid_of(3, 2);
    const MultiLine road{{{at(grid, 0.5, 1.5), at(grid, 2.5, 1.5)}}};
    const std::vector<BurntRoad> roads{{&road, 60}};
    const FrictionSurface surface(
        {.grid = grid, .walking_km_per_hour = 6, .elevation = rows_of(grid, {0, 10, 20, 0, 500, 0}), .roads = roads});
    const std::vector<CostSource> top_left{{.column = 0, .row = 0}};
    const CostSurface uphill =
        cost_distance(surface.cells({0, 0}, 3, 1), top_left, {.direction = TravelDirection::from_facility});
    const CostSurface downhill =
        cost_distance(surface.cells({0, 0}, 3, 1), top_left, {.direction = TravelDirection::to_facility});
    CHECK(uphill.cost_at(2, 0) == Approx(2 * tobler_factor(0.1)).epsilon(1e-4));
    CHECK(downhill.cost_at(2, 0) == Approx(2 * tobler_factor(-0.1)).epsilon(1e-4));
    const std::vector<CostSource> on_road{{.column = 0, .row = 0}};
    CHECK(cost_distance(surface.cells({0, 1}, 3, 1), on_road).cost_at(2, 0) == Approx(0.2));
}

TEST_CASE("Slower ground never makes a way shorter", "[raster][friction_surface][property]") {
    std::mt19937 random(13);
    std::uniform_real_distribution<float> any(0.001F, 0.02F);
    const StudyGrid grid = grid_of(25, 25);
    const std::vector<CostSource> middle{{.column = 12, .row = 12}};
    for (int round = 0; round < 20; ++round) {
        std::vector<float> ground(625);
        for (float& value : ground) value = any(random);
        std::vector<float> slower = ground;
        for (std::size_t i = static_cast<std::size_t>(round) % 3; i < slower.size(); i += 3) slower[i] *= 1.7F;
        const FrictionSurface fast({.grid = grid, .ground = rows_of(grid, ground)});
        const FrictionSurface slow({.grid = grid, .ground = rows_of(grid, slower)});
        const CostSurface before = cost_distance(fast.cells(), middle);
        const CostSurface after = cost_distance(slow.cells(), middle);
        for (std::size_t row = 0; row < 25; ++row)
            for (std::size_t column = 0; column < 25; ++column)
                CHECK(after.cost_at(column, row) >= before.cost_at(column, row));
    }
}

TEST_CASE("A window shows the cells of the whole", "[raster][friction_surface]") {
    const StudyGrid grid = grid_of(6, 5);
    std::vector<float> ground(30);
    for (std::size_t i = 0; i < 30; ++i) ground[i] = 0.01F + 0.001F * static_cast<float>(i);
    const FrictionSurface surface({.grid = grid, .ground = rows_of(grid, ground), .elevation = rows_of(grid, ground)});
    const FrictionGrid window = surface.cells({2, 1}, 3, 4);
    std::vector<float> rows(6);
    window.read_friction(2, rows);
    CHECK(rows == std::vector<float>{ground[3 * 6 + 2], ground[3 * 6 + 3], ground[3 * 6 + 4],  //
                                     ground[4 * 6 + 2], ground[4 * 6 + 3], ground[4 * 6 + 4]});
    window.read_elevation(2, rows);
    CHECK(rows[5] == ground[4 * 6 + 4]);
    CHECK(window.width == 3);
    CHECK(window.column_m == 100);
    CHECK_THROWS_AS(surface.cells({2, 1}, 5, 1), InvalidInput);
    CHECK_THROWS_AS(surface.cells({2, 1}, 1, 5), InvalidInput);
    CHECK_THROWS_AS(surface.cells({6, 0}, 1, 1), InvalidInput);
    CHECK_THROWS_AS(surface.cells({0, 0}, 0, 1), InvalidInput);
}

TEST_CASE("A place in the water goes to the nearest passable cell within the limit", "[raster][friction_surface]") {
    const StudyGrid grid = grid_of(30, 30);
    std::mt19937 random(14);
    std::bernoulli_distribution is_land(0.03);
    std::uniform_real_distribution<double> anywhere(0, 30);
    std::vector<float> ground(900, NAN);
    for (float& value : ground)
        if (is_land(random)) value = walking;
    const FrictionSurface surface({.grid = grid, .ground = rows_of(grid, ground)});
    for (int round = 0; round < 500; ++round) {
        const Point place = round % 5 == 0
                                ? at(grid, std::floor(anywhere(random)), std::floor(anywhere(random)))  // ties
                                : at(grid, anywhere(random), anywhere(random));
        const double limit = 150.0 * (round % 7);
        std::optional<GridCell> expected;
        double least = limit;
        for (std::size_t row = 0; row < 30; ++row)
            for (std::size_t column = 0; column < 30; ++column) {
                const Point centre = grid.centre_of({column, row});
                const double metres = std::hypot(centre.x - place.x, centre.y - place.y);
                const bool is_nearer = expected ? metres < least - 1e-9 : metres <= least;
                if (!std::isnan(ground[row * 30 + column]) && is_nearer) {
                    expected = GridCell{column, row};
                    least = metres;
                }
            }
        const GridCell own = *grid.cell_of(place);
        if (!std::isnan(ground[own.row * 30 + own.column])) expected = own;
        CAPTURE(round, place.x, place.y, limit);
        CHECK((surface.nearest_passable(place, Metres{limit}) == expected));
    }
    CHECK_FALSE(surface.nearest_passable({-1, 5}, Metres{1e9}));
    CHECK_FALSE(surface.nearest_passable({std::nan(""), 5}, Metres{1e9}));
    CHECK(surface.nearest_passable(at(grid, 3, 3), Metres{std::numeric_limits<double>::infinity()}));
}

TEST_CASE("Empty parts leave a plain", "[raster][friction_surface]") {
    const Geometry nothing;
    const Geometry no_parts = MultiLine{};
    const MultiLine no_road;
    const std::vector<const Geometry*> barriers{&nothing, &no_parts};
    const std::vector<BurntRoad> roads{{&no_road, 60}};
    const FrictionSurface surface(
        {.grid = grid_of(3, 3), .walking_km_per_hour = 6, .barriers = barriers, .roads = roads});
    CHECK(friction_of(surface) == std::vector<float>(9, walking));
    CHECK_FALSE(surface.cells().read_elevation);
}

TEST_CASE("What cannot be worked with is refused by name", "[raster][friction_surface]") {
    const StudyGrid grid = grid_of(5, 5);
    const MultiLine line{{{at(grid, 1, 1), at(grid, 4, 4)}}};
    const MultiLine broken{{{at(grid, 1, 1), {std::nan(""), 4}}}};
    const auto with_road = [&](const MultiLine& shape, double speed) {
        const std::vector<BurntRoad> roads{{&line, 50}, {&shape, speed}};
        return complaint({.grid = grid, .walking_km_per_hour = 5, .roads = roads});
    };
    for (const double speed : {0.0, -30.0, std::nan(""), std::numeric_limits<double>::infinity(), 1e-60, 1e60}) {
        CAPTURE(speed);
        CHECK_THAT(with_road(line, speed), Contains("road 2: driving at") && Contains("above 0 and finite"));
        CHECK_THAT(complaint({.grid = grid, .walking_km_per_hour = speed}), Contains("walking at"));
    }
    CHECK_THAT(with_road(broken, 50), Contains("road 2: the vertex (nan, "));
    const Geometry point = Point{1, 2};
    const Geometry broken_river = broken;
    for (const Geometry* barrier : {&point, &broken_river}) {
        const std::vector<const Geometry*> barriers{barrier};
        CHECK_THAT(complaint({.grid = grid, .walking_km_per_hour = 5, .barriers = barriers}), Contains("barrier 1: "));
    }
    std::vector<float> ground(25, walking);
    for (const float bad : {0.0F, -1.0F, -never}) {
        ground[7] = bad;
        CHECK_THAT(complaint({.grid = grid, .ground = rows_of(grid, ground)}), Contains("column 2, row 1 (250, 350)"));
    }
    CHECK_THAT(complaint({.grid = grid, .ground = same_everywhere(NAN)}), Contains("no cell that can be passed"));
}

TEST_CASE("A grid that cannot be worked on is refused before memory is taken", "[raster][study_grid]") {
    CHECK_THAT(complaint({.grid = grid_of(0, 5), .walking_km_per_hour = 5}), Contains("no cells"));
    CHECK_THAT(complaint({.grid = grid_of(5, 5, 0), .walking_km_per_hour = 5}), Contains("above 0"));
    CHECK_THAT(complaint({.grid = grid_of(5, 5, std::nan("")), .walking_km_per_hour = 5}), Contains("above 0"));
    // 10¹⁰ cells of 10 m: ten times too many, so cells √10 times as long.
    CHECK(complaint({.grid = grid_of(100'000, 100'000, 10), .walking_km_per_hour = 5}) ==
          "a grid of 100000 × 100000 cells of 10 m has 1e+10 cells, at most 1e+09 can be worked with; take cells of at "
          "least 32 m, or a smaller area");
}
