#include <amayesh/raster/zonal_sum.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <random>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"

using namespace amayesh;
using test::rectangle;

namespace {

/// 3 × 3 cells of 10 m, south-west corner at (0, 0):
///   1 2 3
///   4 5 6
///   7 8 9
Grid<double> nine_cells() { return {{{0, 30}, {10, 0}, {0, -10}}, 3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {}}; }

ZonalSum sum_in(const Grid<double>& grid, const MultiPolygon& shape) { return zonal_sum(grid, std::array{shape})[0]; }

}  // namespace

TEST_CASE("cells count by their centres", "[raster][zonal_sum]") {
    CHECK(sum_in(nine_cells(), rectangle(0, 0, 30, 30)).sum == 45);
    CHECK(sum_in(nine_cells(), rectangle(0, 0, 14, 30)).sum == 1 + 4 + 7);
    CHECK(sum_in(nine_cells(), rectangle(0, 0, 16, 30)).sum == 1 + 4 + 7 + 2 + 5 + 8);
    CHECK(sum_in(nine_cells(), rectangle(11, 11, 14, 14)).cells == 0);
    const MultiPolygon holed{
        {{{{0, 0}, {30, 0}, {30, 30}, {0, 30}, {0, 0}}, {{{11, 11}, {19, 11}, {19, 19}, {11, 19}, {11, 11}}}}}};
    CHECK(sum_in(nine_cells(), holed).sum == 45 - 5);
}

TEST_CASE("what lies outside the grid is told", "[raster][zonal_sum]") {
    const ZonalSum half = sum_in(nine_cells(), rectangle(-30, 0, 30, 30));
    CHECK(half.sum == 45);
    CHECK(half.outside_share == Approx(0.5));
    CHECK(sum_in(nine_cells(), rectangle(100, 100, 110, 110)).outside_share == 1);
    CHECK(sum_in(nine_cells(), rectangle(100, 100, 110, 110)).cells == 0);
    CHECK(sum_in(nine_cells(), rectangle(-1e300, -1e300, 1e300, 1e300)).sum == 45);
    CHECK(sum_in(nine_cells(), {}).cells == 0);
}

TEST_CASE("nodata, NaN and undeclared fill values are not added", "[raster][zonal_sum]") {
    Grid<double> grid = nine_cells();
    grid.values[0] = -1;
    grid.values[1] = std::numeric_limits<double>::quiet_NaN();
    grid.values[2] = -9999;
    mask_nodata(grid, -1);
    const ZonalSum zone = sum_in(grid, rectangle(0, 0, 30, 30));
    CHECK(zone.sum == 45 - (1 + 2 + 3));
    CHECK(zone.cells == 6);
    CHECK(zone.nodata_cells == 2);
    CHECK(zone.suspicious_cells == 1);
}

TEST_CASE("a grid that contradicts itself is refused", "[raster][zonal_sum]") {
    Grid<double> grid = nine_cells();
    grid.values.pop_back();
    CHECK_THROWS_AS(sum_in(grid, rectangle(0, 0, 1, 1)), InvalidInput);
    grid = nine_cells();
    grid.is_nodata = {1};
    CHECK_THROWS_AS(sum_in(grid, rectangle(0, 0, 1, 1)), InvalidInput);
    grid = nine_cells();
    grid.placement.row_step = {20, 0};
    CHECK_THROWS_AS(sum_in(grid, rectangle(0, 0, 1, 1)), InvalidInput);
    CHECK_THROWS_AS(sum_in(nine_cells(), rectangle(0, 0, 1, std::numeric_limits<double>::quiet_NaN())), InvalidInput);
}

TEST_CASE("a tiling counts every cell once, centres on borders too", "[raster][zonal_sum][property]") {
    // Borders run exactly through the centres of cells.
    Grid<float> grid{{{0, 8}, {1, 0}, {0, -1}}, 8, 8, std::vector<float>(64, 1.0F), {}};
    std::vector<MultiPolygon> tiles;
    for (double x : {0.0, 2.5, 5.5})
        for (double y : {0.0, 3.5, 6.5})
            tiles.push_back(rectangle(x, y, x == 0 ? 2.5 : x == 2.5 ? 5.5 : 8, y == 0 ? 3.5 : y == 3.5 ? 6.5 : 8));
    tiles.push_back({{{{{20, 20}, {21, 20}, {20, 21}, {20, 20}}, {}}}});
    double sum = 0;
    for (const ZonalSum& zone : zonal_sum(grid, tiles)) sum += zone.sum;
    CHECK(sum == 64);
}

TEST_CASE("zonal sums agree with brute force on any affine grid, at any thread count",
          "[raster][zonal_sum][property]") {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        std::uniform_real_distribution<double> value{0, 10}, slant{-0.3, 0.3}, place{0, 30};
        auto shapes = test::wandering_tiling(random, 5, 6);
        for (int i = 0; i < 3; ++i) shapes.push_back(test::random_star(random, {place(random), place(random)}, 9, 40));
        Grid<double> grid{{{-1, 29}, {0.37, slant(random)}, {slant(random), -0.41}}, 70, 60, {}, {}};
        for (std::size_t i = 0; i < 70 * 60; ++i) {
            grid.values.push_back(value(random));
            grid.is_nodata.push_back(value(random) < 1);
        }
        const PointLocator locator{shapes};
        std::vector<ZonalSum> expected(shapes.size());
        for (std::size_t row = 0; row < 60; ++row)
            for (std::size_t column = 0; column < 70; ++column)
                for (const std::size_t shape : locator.locate_all(grid.placement.centre_of(column, row))) {
                    ZonalSum& zone = expected[shape];
                    if (grid.is_nodata[row * 70 + column])
                        ++zone.nodata_cells;
                    else {
                        ++zone.cells;
                        zone.sum += grid.values[row * 70 + column];
                    }
                }
        for (const std::size_t threads : {1U, 2U}) {
            const std::size_t before = thread_limit();
            set_thread_limit(threads);
            const auto zones = zonal_sum(grid, shapes);
            set_thread_limit(before);
            for (std::size_t i = 0; i < shapes.size(); ++i) {
                REQUIRE(zones[i].cells == expected[i].cells);
                REQUIRE(zones[i].nodata_cells == expected[i].nodata_cells);
                REQUIRE(zones[i].sum == Approx(expected[i].sum).epsilon(1e-12));
            }
        }
    }
}
