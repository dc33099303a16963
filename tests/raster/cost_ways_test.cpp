#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/raster/cost_distance.hpp>

#include "raster/cost_worlds.hpp"

using namespace amayesh;
using namespace amayesh::test;

namespace {

/// Steps are in the order of the cells that they lead from.
const Step* find_step(const std::vector<Step>& steps, std::size_t from, std::size_t to) {
    auto step = std::lower_bound(steps.begin(), steps.end(), from,
                                 [](const Step& s, std::size_t cell) { return s.from < cell; });
    while (step != steps.end() && step->from == from && step->to != to) ++step;
    return step != steps.end() && step->from == from ? &*step : nullptr;
}

/// Steps of a way that the oracle does not know, or that do not make up the costs; and ways that end at another source.
std::size_t faults_of(const CostWay& way, GridCell cell, const CostSurface& surface, const World& world,
                      const std::vector<CostSource>& sources, const std::vector<Step>& steps) {
    const auto number = [&](GridCell c) { return c.row * world.width + c.column; };
    if (surface.cost_at(cell.column, cell.row) == none) return way.cells.empty() && way.length_m == 0 ? 0 : 1;
    std::size_t faults = way.cells.front() == cell ? 0 : 1;
    double length = 0;
    for (std::size_t i = way.cells.size() - 1; i-- > 0;) {
        const GridCell from = way.cells[i + 1], to = way.cells[i];
        const Step* step = find_step(steps, number(from), number(to));
        if (step == nullptr ||
            surface.cost_at(from.column, from.row) + step->cost != surface.cost_at(to.column, to.row))
            ++faults;
        length += std::hypot((static_cast<double>(from.column) - static_cast<double>(to.column)) * world.column_m,
                             (static_cast<double>(from.row) - static_cast<double>(to.row)) * world.row_m);
    }
    const GridCell end = way.cells.back();
    const bool begins_at_source = std::any_of(sources.begin(), sources.end(), [&](const CostSource& source) {
        return source.column == end.column && source.row == end.row &&
               source.start == surface.cost_at(end.column, end.row) &&
               source.id == surface.source_at(cell.column, cell.row);
    });
    return faults + (begins_at_source ? 0 : 1) + (way.length_m == length ? 0 : 1);
}

}  // namespace

TEST_CASE("Ways lead to the source of the cell, and their steps make up its cost to the bit", "[raster][cost]") {
    std::mt19937 random(15);
    for (int turn = 0; turn < 8; ++turn) {
        CAPTURE(turn);
        World world = random_world(random, 60 + random() % 50, 60 + random() % 50);
        if (turn % 4 == 3) world.friction.assign(world.friction.size(), 0.0F);  // all of one cost
        const auto sources = random_sources(random, world, 4);
        const CostDistanceOptions options{.neighbours = turn % 2 == 0 ? CellNeighbours::eight : CellNeighbours::sixteen,
                                          .with_allocation = true,
                                          .with_ways = true};
        CostDistanceOptions in_blocks = options;
        in_blocks.most_memory = one_tile;
        const CostSurface surface = cost_distance(world.grid(), sources, options);
        const CostSurface blocked = cost_distance(world.grid(), sources, in_blocks);
        const std::vector<Step> steps = steps_of(world, options.neighbours);
        std::vector<GridCell> cells;
        std::size_t faults = 0, others_in_blocks = 0, other_lengths = 0;
        const int asked = turn % 4 == 3 ? 3 : 40;
        for (int i = 0; i < asked; ++i) {
            const GridCell cell = cells.emplace_back(GridCell{random() % world.width, random() % world.height});
            const CostWay way = surface.way_from(cell);
            faults += faults_of(way, cell, surface, world, sources, steps);
            others_in_blocks += blocked.way_from(cell).cells == way.cells ? 0 : 1;
        }
        const std::vector<double> lengths = surface.way_lengths(cells);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const CostWay way = surface.way_from(cells[i]);
            const bool is_same = way.cells.empty() ? std::isnan(lengths[i]) : lengths[i] == way.length_m;
            other_lengths += is_same ? 0 : 1;
        }
        CHECK(faults == 0);
        CHECK(others_in_blocks == 0);
        CHECK(other_lengths == 0);
    }
}

TEST_CASE("Ways on slopes take the time that their cells are reached at", "[raster][cost]") {
    std::mt19937 random(16);
    for (const TravelDirection direction : {TravelDirection::to_facility, TravelDirection::from_facility})
        for (const CellNeighbours neighbours : {CellNeighbours::eight, CellNeighbours::sixteen}) {
            World world = random_world(random, 100, 90);
            world.column_m = world.row_m = 10;
            const auto sources = random_sources(random, world, 1);
            std::uniform_real_distribution<float> rise(0, 2);
            world.elevation.resize(world.friction.size());
            for (std::size_t cell = 0; cell < world.elevation.size(); ++cell)
                world.elevation[cell] = 2 * static_cast<float>(cell % 100) + rise(random);
            const CostSurface surface = cost_distance(
                world.grid(), sources, {.neighbours = neighbours, .direction = direction, .with_ways = true});
            const std::vector<Step> steps = steps_of(world, neighbours);
            const CostWay way = surface.way_from({95, 85});
            REQUIRE(way.cells.size() > 20);
            double time = sources.front().start;
            for (std::size_t i = way.cells.size() - 1; i-- > 0;) {
                const std::size_t from = way.cells[i + 1].row * 100 + way.cells[i + 1].column;
                const std::size_t to = way.cells[i].row * 100 + way.cells[i].column;
                const Step* step = find_step(steps, from, to);
                REQUIRE(step != nullptr);
                const double length = std::hypot(
                    (static_cast<double>(from % 100) - static_cast<double>(to % 100)) * 10,
                    std::floor(static_cast<double>(from) / 100) * 10 - std::floor(static_cast<double>(to) / 100) * 10);
                // To the facility one goes from the way's beginning to its end.
                const double climbed = direction == TravelDirection::from_facility
                                           ? world.elevation[to] - world.elevation[from]
                                           : world.elevation[from] - world.elevation[to];
                time += step->cost * world.grid().slope_factor(climbed / length);
            }
            CHECK(surface.cost_at(95, 85) == Approx(time).epsilon(1e-4));
        }
}

TEST_CASE("Ways are refused where they were not kept, and outside the surface", "[raster][cost]") {
    const World world{.width = 9, .height = 2, .friction = std::vector<float>(18, 1.0F)};
    const std::vector<CostSource> sources{{8, 0, 3}};
    const CostSurface without = cost_distance(world.grid(), sources);
    CHECK_THROWS_WITH(without.way_from({0, 0}), Catch::Contains("with_ways"));
    const CostSurface surface = cost_distance(world.grid(), sources, {.with_ways = true});
    CHECK_THROWS_AS(surface.way_from({9, 0}), InvalidInput);
    CHECK_THROWS_AS(surface.way_lengths(std::vector<GridCell>{{0, 2}}), InvalidInput);
    CHECK(surface.way_from({8, 0}).cells == std::vector<GridCell>{{8, 0}});
    CHECK(surface.way_from({2, 0}).length_m == 6);
}
