#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/raster/cost_distance.hpp>

#include "raster/cost_worlds.hpp"

using namespace amayesh;
using namespace amayesh::test;

TEST_CASE("A valley of five by five with a river and one bridge", "[raster][cost]") {
    const float land = 1, river = std::nanf(""), road = 0.25F;
    // The river is column 2; the bridge is in row 3, where the road crosses. The source is in the corner.
    World world{.width = 5, .height = 5, .friction = std::vector<float>(25, land), .column_m = 4, .row_m = 4};
    for (std::size_t row = 0; row < 5; ++row) world.friction[row * 5 + 2] = river;
    for (std::size_t column = 1; column < 4; ++column) world.friction[15 + column] = road;
    const std::vector<CostSource> sources{{0, 0, 7}};
    const CostSurface surface = cost_distance(world.grid(), sources, {.with_allocation = true});
    CHECK(surface.cost_at(0, 0) == 0);
    CHECK(surface.cost_at(1, 0) == 4);
    CHECK(surface.cost_at(0, 2) == 8);
    CHECK(surface.cost_at(1, 1) == static_cast<float>(4 * std::sqrt(2.0)));
    CHECK(surface.cost_at(2, 0) == none);
    // Down two cells, slantwise onto the road (mean of 1 and 0.25 over 4 √2), and along it at 0.25.
    const double to_road = 8 + 0.625 * 4 * std::sqrt(2.0);
    CHECK(surface.cost_at(1, 3) == Approx(to_road));
    CHECK(surface.cost_at(2, 3) == Approx(to_road + 1));
    CHECK(surface.cost_at(3, 3) == Approx(to_road + 2));
    CHECK(surface.cost_at(4, 0) == Approx(to_road + 2 + 0.625 * 4 * std::sqrt(2.0) + 8));
    CHECK(surface.source_at(4, 0) == 7);
    CHECK(surface.source_at(2, 0) == CostSurface::no_source);
}

TEST_CASE("Random surfaces over several tiles: the bits of Bellman and Ford", "[raster][cost]") {
    std::mt19937 random(5);
    for (int turn = 0; turn < 24; ++turn) {
        CAPTURE(turn);
        World world = random_world(random, 1 + random() % 150, 1 + random() % 140);
        const auto sources = random_sources(random, world, 1 + random() % 4);
        const CostDistanceOptions options{.neighbours = turn % 2 == 0 ? CellNeighbours::eight : CellNeighbours::sixteen,
                                          .limit = turn % 3 == 0 ? 40.0F : none,
                                          .with_allocation = turn % 4 < 2};
        const auto expected = bellman_ford(world, sources, options);
        for (const std::size_t threads : {1U, 2U}) {
            const ThreadLimit limit(threads);
            CHECK(differences(cost_distance(world.grid(), sources, options), expected, options.with_allocation) == 0);
            CostDistanceOptions in_blocks = options;
            in_blocks.most_memory = one_tile * (1 + random() % 3);
            CHECK(differences(cost_distance(world.grid(), sources, in_blocks), expected, options.with_allocation) == 0);
        }
    }
}

TEST_CASE("On a plane, where many ways are as short: the sources of the oracle in tiles, threads and blocks",
          "[raster][cost]") {
    std::mt19937 random(6);
    for (int turn = 0; turn < 12; ++turn) {
        CAPTURE(turn);
        World world{
            .width = 70 + random() % 100, .height = 70 + random() % 90, .friction{}, .column_m = 30, .row_m = 30};
        world.friction.assign(world.width * world.height, turn % 3 == 0 ? 0.0F : 0.012F);
        const auto sources = random_sources(random, world, 6);
        if (turn % 3 != 1)
            for (const CostSource& source : sources) world.friction[source.row * world.width + source.column] = 0.012F;
        const CostDistanceOptions options{.neighbours = turn % 2 == 0 ? CellNeighbours::eight : CellNeighbours::sixteen,
                                          .with_allocation = true};
        const auto expected = bellman_ford(world, sources, options);
        CostDistanceOptions in_blocks = options;
        in_blocks.most_memory = one_tile;
        for (const std::size_t threads : {1U, 2U}) {
            const ThreadLimit limit(threads);
            CHECK(differences(cost_distance(world.grid(), sources, options), expected, true) == 0);
            CHECK(differences(cost_distance(world.grid(), sources, in_blocks), expected, true) == 0);
        }
    }
}

TEST_CASE("Of two sources at the same cost the lower counts", "[raster][cost]") {
    const World world{.width = 9, .height = 1, .friction = std::vector<float>(9, 1.0F)};
    const std::vector<CostSource> sources{{8, 0, 3}, {0, 0, 5}};
    const CostSurface surface = cost_distance(world.grid(), sources, {.with_allocation = true});
    CHECK(surface.source_at(4, 0) == 3);
    CHECK(surface.source_at(3, 0) == 5);
}

TEST_CASE("On an empty plane the longest way round is that of theory", "[raster][cost]") {
    // Of 8 directions the worst lies at 22.5°, of 16 at 13.3° (between 0 and 26.57°).
    constexpr std::size_t side = 301, middle = 150;
    const World world{.width = side, .height = side, .friction = std::vector<float>(side * side, 1.0F)};
    const std::vector<CostSource> sources{{middle, middle, 1}};
    const auto worst = [&](CellNeighbours neighbours) {
        const CostSurface surface = cost_distance(world.grid(), sources, {.neighbours = neighbours});
        double most = 0;
        for (std::size_t row = 0; row < side; ++row)
            for (std::size_t column = 0; column < side; ++column) {
                const double straight =
                    std::hypot(static_cast<double>(column) - middle, static_cast<double>(row) - middle);
                if (straight > 0) most = std::max(most, surface.cost_at(column, row) / straight);
            }
        return most;
    };
    CHECK(worst(CellNeighbours::eight) == Approx(1.0824).margin(5e-4));
    CHECK(worst(CellNeighbours::sixteen) == Approx(1.0275).margin(5e-4));
}

TEST_CASE("Slopes: a way there is the way back of the other direction, and uphill takes longer", "[raster][cost]") {
    std::mt19937 random(8);
    World world = random_world(random, 90, 80);
    for (float& value : world.friction) value = std::isnan(value) ? 1.0F : value;
    world.elevation.resize(world.friction.size());
    for (std::size_t cell = 0; cell < world.elevation.size(); ++cell)
        world.elevation[cell] = static_cast<float>(cell % 90) * 0.2F;  // rises to the east
    const auto cost = [&](CostSource source, std::size_t column, std::size_t row, TravelDirection direction) {
        return cost_distance(world.grid(), std::vector{source}, {.direction = direction}).cost_at(column, row);
    };
    const CostSource west{3, 40, 1}, east{85, 20, 1};
    const float up = cost(west, 85, 20, TravelDirection::from_facility);
    CHECK(up == Approx(cost(east, 3, 40, TravelDirection::to_facility)).epsilon(1e-4));
    CHECK(up > cost(east, 3, 40, TravelDirection::from_facility));
}

TEST_CASE("No slope known is no slope, and more friction is never faster", "[raster][cost]") {
    std::mt19937 random(9);
    World world = random_world(random, 70, 70);
    const auto sources = random_sources(random, world, 2);
    const CostSurface flat = cost_distance(world.grid(), sources);
    world.elevation.assign(world.friction.size(), std::nanf(""));
    const CostSurface unknown = cost_distance(world.grid(), sources);
    world.elevation.clear();
    for (float& value : world.friction)
        if (random() % 3 == 0) value *= 1.5F;
    const CostSurface slower = cost_distance(world.grid(), sources);
    std::size_t differences = 0, faster = 0;
    for (std::size_t cell = 0; cell < world.friction.size(); ++cell) {
        const std::size_t column = cell % 70, row = cell / 70;
        differences += unknown.cost_at(column, row) == flat.cost_at(column, row) ? 0 : 1;
        faster += slower.cost_at(column, row) < flat.cost_at(column, row) ? 1 : 0;
    }
    CHECK(differences == 0);
    CHECK(faster == 0);
}

TEST_CASE("What cannot be used is refused, with its place", "[raster][cost]") {
    World world{.width = 4, .height = 3, .friction = std::vector<float>(12, 1.0F)};
    const std::vector<CostSource> inside{{1, 1, 9}};
    CHECK_THROWS_WITH(cost_distance(world.grid(), std::vector<CostSource>{{4, 0, 9}}), Catch::Contains("source 9"));
    world.friction[7] = -1;
    CHECK_THROWS_WITH(cost_distance(world.grid(), inside), Catch::Contains("column 4, row 2"));
    for (const float barrier : {std::nanf(""), none}) {
        world.friction[7] = barrier;
        CHECK_THROWS_WITH(cost_distance(world.grid(), std::vector<CostSource>{{3, 1, 9}}),
                          Catch::Contains("source 9 in column 4, row 2 lies on an impassable cell"));
    }
    CHECK_THROWS_WITH(cost_distance(world.grid(), std::vector<CostSource>{{0, 3, 9}}),
                      Catch::Contains("outside the grid: column 1, row 4 of 4 × 3"));
    CHECK_THROWS_AS(cost_distance(world.grid(), std::vector<CostSource>{{1, 1, 9, -1.0F}}), InvalidInput);
    CHECK_THROWS_AS(cost_distance(world.grid(), std::vector<CostSource>{{1, 1, 9, none}}), InvalidInput);
    world.elevation.assign(12, 5.0F);
    FrictionGrid sloped = world.grid();
    sloped.slope_factor = [](double slope) { return slope > 1 ? 0.0 : 1.0; };  // infinitely fast downhill
    CHECK_THROWS_WITH(cost_distance(sloped, inside), Catch::Contains("slope of 1.0"));
    sloped.slope_factor = nullptr;
    CHECK_THROWS_AS(cost_distance(sloped, inside), InvalidInput);
    world.elevation.clear();
    world.column_m = 0;
    CHECK_THROWS_AS(cost_distance(world.grid(), inside), InvalidInput);
    CHECK_THROWS_AS(cost_distance(World{}.grid(), inside), InvalidInput);
}

TEST_CASE("A surface of nothing but barriers is refused where there are sources; without any nothing is reached",
          "[raster][cost]") {
    World world{.width = 70, .height = 3, .friction = std::vector<float>(210, std::nanf(""))};
    CHECK(cost_distance(world.grid(), {}).cost_at(69, 2) == none);
    CHECK_THROWS_WITH(cost_distance(world.grid(), std::vector<CostSource>{{0, 0, 1}}),
                      Catch::Contains("nodata everywhere"));
    world.friction[0] = 1;
    const CostSurface surface = cost_distance(world.grid(), std::vector<CostSource>{{0, 0, 1}});
    CHECK(surface.cost_at(0, 0) == 0);
    CHECK(surface.cost_at(1, 0) == none);
}

TEST_CASE("Work can be cancelled from its progress", "[raster][cost]") {
    const World world{.width = 400, .height = 400, .friction = std::vector<float>(160000, 1.0F)};
    struct Cancelled {};
    double last = 0;
    std::string last_phase;
    const std::vector<CostSource> sources{{0, 0, 1}};
    CHECK_THROWS_AS(cost_distance(world.grid(), sources, {},
                                  [&](std::string_view phase, double done) {
                                      if (phase != last_phase) last = 0;
                                      last_phase = phase;
                                      CHECK(done >= last);
                                      last = done;
                                      if (phase == "cost distance" && done > 0.5) throw Cancelled();
                                  }),
                    Cancelled);
}

TEST_CASE("Windows of a surface are searched side by side as one after the other", "[raster][cost]") {
    std::mt19937 random(31);
    World world = random_world(random, 700, 320);
    const auto sources = random_sources(random, world, 1);
    const auto cost_in_window = [&](std::size_t window) {
        World part{.width = 280, .height = 270, .friction = std::vector<float>(280 * 270)};
        for (std::size_t row = 0; row < part.height; ++row)
            std::copy_n(world.friction.begin() + static_cast<std::ptrdiff_t>((row + window) * 700 + 10 * window),
                        part.width, part.friction.begin() + static_cast<std::ptrdiff_t>(row * part.width));
        part.friction.front() = 1;
        const std::vector<CostSource> corner{{0, 0, 1}};
        double sum = 0;
        std::vector<float> costs(part.width);
        const CostSurface surface = cost_distance(part.grid(), corner, {.limit = 300});
        for (std::size_t row = 0; row < part.height; ++row) {
            surface.costs_of_row(row, costs);
            for (const float cost : costs) sum += cost < none ? cost : 0;
        }
        return sum;
    };
    constexpr std::size_t windows = 40;
    std::vector<double> alone(windows), beside(windows);
    for (std::size_t window = 0; window < windows; ++window) alone[window] = cost_in_window(window);
    parallel_for(windows, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t window = begin; window < end; ++window) beside[window] = cost_in_window(window);
    });
    CHECK(alone == beside);
    CHECK(alone.front() > 0);
}
