#include <amayesh/raster/cell_fractions.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"
#include "raster/clipped_area.hpp"

using namespace amayesh;
using test::polygon;
using test::rectangle;

namespace {

constexpr std::size_t columns = 40;
constexpr std::size_t rows = 30;

/// 40 × 30 cells of 10 × 5, south-west corner at (0, 0).
constexpr GridPlacement oblong{{0, 150}, {10, 0}, {0, -5}};

std::vector<double> dense(const CellFractions& fractions, std::size_t width, std::size_t height) {
    std::vector<double> parts(width * height, 0);
    for (std::size_t row = fractions.first_row; row < fractions.first_row + fractions.rows(); ++row) {
        std::uint32_t end = 0;
        for (const CellRun& run : fractions.runs_of(row)) {
            REQUIRE(run.column >= end);
            REQUIRE(run.column < run.end);
            REQUIRE(run.end <= width);
            REQUIRE(run.fraction > 0);
            REQUIRE(run.fraction <= 1);
            end = run.end;
            for (std::uint32_t column = run.column; column < end; ++column) parts[row * width + column] = run.fraction;
        }
    }
    return parts;
}

CellFractions fractions_of(const MultiPolygon& shape, const GridPlacement& placement = oblong) {
    return cell_fractions(placement, columns, rows, std::array{shape})[0];
}

double part_at(const CellFractions& fractions, std::size_t column, std::size_t row) {
    return dense(fractions, columns, rows)[row * columns + column];
}

double sum_of(const std::vector<double>& parts) {
    double sum = 0;
    for (const double part : parts) sum += part;
    return sum;
}

/// Every cell against the polygon clipped by that cell.
void check_against_clipping(const MultiPolygon& shape, const GridPlacement& placement) {
    const CellFractions fractions = fractions_of(shape, placement);
    const auto parts = dense(fractions, columns, rows);
    double worst = 0;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            worst = std::max(
                worst, std::abs(parts[row * columns + column] - test::clipped_part(shape, placement, column, row)));
    CHECK(worst < 1e-11);
    const double cell =
        std::abs(placement.column_step.x * placement.row_step.y - placement.column_step.y * placement.row_step.x);
    CHECK(fractions.area == Approx(planar_area(shape) / cell).epsilon(1e-11));
    CHECK(fractions.outside_area == Approx(fractions.area - sum_of(parts)).margin(1e-9));
}

MultiPolygon holed_star(std::mt19937_64& random, Point centre, double radius) {
    MultiPolygon shape = test::random_star(random, centre, radius, 37);
    shape.parts[0].holes.push_back(test::random_star(random, centre, radius * 0.3, 11).parts[0].outer);
    return shape;
}

}  // namespace

TEST_CASE("parts of cells by hand", "[raster][cell_fractions]") {
    // Columns 1.5–3.25, rows 2–3.5 counted from above.
    const CellFractions box = fractions_of(rectangle(15, 150 - 3.5 * 5, 32.5, 150 - 2 * 5));
    CHECK(box.area == Approx(1.75 * 1.5));
    CHECK(box.outside_area == 0);
    CHECK(part_at(box, 1, 2) == Approx(0.5));
    CHECK(part_at(box, 2, 2) == 1);
    CHECK(part_at(box, 3, 2) == Approx(0.25));
    CHECK(part_at(box, 1, 3) == Approx(0.5 * 0.5));
    CHECK(part_at(box, 2, 3) == Approx(0.5));
    CHECK(part_at(box, 3, 3) == Approx(0.25 * 0.5));
    CHECK(sum_of(dense(box, columns, rows)) == Approx(1.75 * 1.5));

    const CellFractions triangle = fractions_of(polygon({{0, 150}, {20, 150}, {0, 140}, {0, 150}}));
    CHECK(part_at(triangle, 0, 0) == 1);
    CHECK(part_at(triangle, 1, 0) == Approx(0.5));
    CHECK(part_at(triangle, 0, 1) == Approx(0.5));
    CHECK(part_at(triangle, 1, 1) == 0);
}

TEST_CASE("a polygon within one cell covers its own area of it", "[raster][cell_fractions]") {
    const CellFractions small = fractions_of(rectangle(12, 141, 14, 144));
    REQUIRE(small.runs.size() == 1);
    CHECK(small.runs[0].column == 1);
    CHECK(small.runs[0].fraction == Approx(2 * 3 / 50.0).epsilon(1e-12));
    const CellFractions smallest = fractions_of(rectangle(12, 141, 12.0001, 141.0001));
    REQUIRE(smallest.runs.size() == 1);
    CHECK(smallest.runs[0].fraction == Approx(1e-8 / 50).epsilon(1e-7));
}

TEST_CASE("whole cells are one run, and cells that are only touched are none", "[raster][cell_fractions]") {
    const CellFractions box = fractions_of(rectangle(20, 100, 200, 140));
    REQUIRE(box.rows() == 8);
    for (std::size_t row = 2; row < 10; ++row) {
        REQUIRE(box.runs_of(row).size() == 1);
        CHECK(box.runs_of(row)[0].column == 2);
        CHECK(box.runs_of(row)[0].end == 20);
        CHECK(box.runs_of(row)[0].fraction == 1);
    }
    // Corners of a diamond on corners and on sides of cells.
    const MultiPolygon diamond = polygon({{100, 100}, {130, 75}, {100, 50}, {70, 75}, {100, 100}});
    check_against_clipping(diamond, oblong);
    CHECK(part_at(fractions_of(diamond), 10, 9) == 0);
}

TEST_CASE("steps of a tenth do not leave crumbs of cells", "[raster][cell_fractions]") {
    // 0.1 is no binary number: corners lie beside the sides of cells by rounding only.
    const GridPlacement tenths{{50.3, 33.1}, {0.1, 0}, {0, -0.1}};
    const CellFractions box = fractions_of(rectangle(50.4, 33.1 - 0.7, 51.6, 33.1 - 0.3), tenths);
    std::size_t cells = 0;
    for (const CellRun& run : box.runs) {
        CHECK(run.fraction == 1);
        cells += run.end - run.column;
    }
    CHECK(cells == 12 * 4);
}

TEST_CASE("what lies beyond the grid is told, and does not disturb the rest", "[raster][cell_fractions]") {
    for (const MultiPolygon& shape :
         {rectangle(-55, -20, 43, 12), rectangle(390, 140, 1000, 1000), rectangle(-10, -10, 410, 160),
          rectangle(-100, 50, -50, 80), rectangle(500, 0, 600, 10), rectangle(0, 200, 10, 300),
          polygon({{-100, 75}, {200, -500}, {500, 75}, {200, 500}, {-100, 75}}),
          polygon({{-30, 10}, {-10, 160}, {15, 20}, {420, 170}, {430, -9}, {-30, 10}})})
        check_against_clipping(shape, oblong);
    CHECK(fractions_of(rectangle(-1e300, -1e300, 1e300, 1e300)).runs.size() == rows);
    CHECK(fractions_of({}).runs.empty());
    CHECK(fractions_of({}).area == 0);
    CHECK(fractions_of(polygon({{0, 0}, {50, 50}, {0, 0}})).runs.empty());
}

TEST_CASE("the parts of random polygons agree with clipping, on any affine grid",
          "[raster][cell_fractions][property]") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        std::uniform_real_distribution<double> slant{-3, 3}, x{0, 400}, y{0, 150}, radius{2, 120};
        const GridPlacement skewed{{slant(random), 150 + slant(random)}, {9, slant(random)}, {slant(random), -6}};
        const GridPlacement southwards{{0, 0}, {10, 0}, {0, 5}};
        const GridPlacement westwards{{400, 150}, {-10, 0}, {0, -5}};
        for (const GridPlacement& grid : {oblong, skewed, southwards, westwards}) {
            check_against_clipping(holed_star(random, {x(random), y(random)}, radius(random)), grid);
            MultiPolygon two = holed_star(random, {100, 75}, 60);
            two.parts.push_back(test::random_star(random, {300, 75}, 80, 200).parts[0]);
            check_against_clipping(two, grid);
        }
    }
}

TEST_CASE("the parts agree with GEOS's overlay", "[raster][cell_fractions][property]") {
    std::mt19937_64 random{7};
    const MultiPolygon shape = holed_star(random, {180, 80}, 60);
    const auto parts = dense(fractions_of(shape), columns, rows);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column) {
            const double west = 10.0 * static_cast<double>(column), north = 150 - 5.0 * static_cast<double>(row);
            const double both = planar_area(intersection_of(shape, rectangle(west, north - 5, west + 10, north))) / 50;
            REQUIRE(parts[row * columns + column] == Approx(both).margin(1e-11));
        }
}

TEST_CASE("rings may run either way, and corners on corners of cells are exact", "[raster][cell_fractions][property]") {
    std::mt19937_64 random{3};
    std::uniform_int_distribution<int> step{0, 7};
    for (int i = 0; i < 30; ++i) {
        Ring ring;  // star-shaped, corners on a lattice of half cells
        for (int corner = 0; corner < 16; ++corner) {
            const double angle = 2 * std::numbers::pi * corner / 16;
            const double reach = 30 + 8 * step(random);
            ring.push_back({200 + 5 * std::round(reach * std::cos(angle) / 5),
                            75 + 2.5 * std::round(reach / 2 * std::sin(angle) / 2.5)});
        }
        ring.push_back(ring.front());
        check_against_clipping(polygon(ring), oblong);
        const CellFractions one_way = fractions_of(polygon(ring));
        const CellFractions other_way = fractions_of(polygon(Ring(ring.rbegin(), ring.rend())));
        CHECK(dense(one_way, columns, rows) == dense(other_way, columns, rows));
    }
}

TEST_CASE("the parts of a tiling add up to whole cells, at any thread count", "[raster][cell_fractions][property]") {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        std::mt19937_64 random{seed};
        const auto tiles = test::wandering_tiling(random, 6, 7);  // 42 units wide
        const GridPlacement grid{{0.003, 41.9}, {0.371, 0}, {0, -0.173}};
        constexpr std::size_t width = 110, height = 240;
        std::vector<double> sums(width * height, 0);
        const auto all = cell_fractions(grid, width, height, tiles);
        double area = 0;
        for (const CellFractions& tile : all) {
            const auto parts = dense(tile, width, height);
            for (std::size_t i = 0; i < parts.size(); ++i) sums[i] += parts[i];
            area += tile.area - tile.outside_area;
        }
        for (const double sum : sums) REQUIRE(std::abs(sum - 1) < 1e-11);
        CHECK(area == Approx(double(width * height)).epsilon(1e-11));

        const std::size_t before = thread_limit();
        set_thread_limit(before == 1 ? 2 : 1);
        const auto again = cell_fractions(grid, width, height, tiles);
        set_thread_limit(before);
        for (std::size_t i = 0; i < all.size(); ++i)
            CHECK(dense(all[i], width, height) == dense(again[i], width, height));
    }
}

TEST_CASE("a polygon taller than a band of rows has no seams", "[raster][cell_fractions]") {
    std::mt19937_64 random{11};
    constexpr std::size_t size = 1200;
    const GridPlacement grid{{0, size}, {1, 0}, {0, -1}};
    const MultiPolygon star = test::random_star(random, {600, 600}, 590, 60);
    const auto parts = dense(cell_fractions(grid, size, size, std::array{star})[0], size, size);
    for (std::size_t row = 0; row < size; row += 7)
        for (std::size_t column = 0; column < size; column += 5)
            REQUIRE(parts[row * size + column] == Approx(test::clipped_part(star, grid, column, row)).margin(1e-11));
    CHECK(sum_of(parts) == Approx(planar_area(star)).epsilon(1e-12));
}

TEST_CASE("grids without area and coordinates that are not finite are refused", "[raster][cell_fractions]") {
    CHECK_THROWS_AS(fractions_of(rectangle(0, 0, 1, 1), {{0, 0}, {10, 0}, {20, 0}}), InvalidInput);
    CHECK_THROWS_AS(fractions_of(rectangle(0, 0, 1, 1), {{std::nan(""), 0}, {10, 0}, {0, -5}}), InvalidInput);
    CHECK_THROWS_AS(fractions_of(rectangle(0, 0, 1, std::nan(""))), InvalidInput);
    CHECK_THROWS_AS(fractions_of(rectangle(0, 0, std::numeric_limits<double>::infinity(), 1)), InvalidInput);
    CHECK_THROWS_AS(cell_fractions(oblong, std::size_t{1} << 33, 1, {}), InvalidInput);
}
