#include <amayesh/raster/zonal_statistics.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"
#include "raster/clipped_area.hpp"

using namespace amayesh;
using test::rectangle;

namespace {

/// 3 × 3 cells of 10 m, south-west corner at (0, 0):
///   1 2 3
///   4 5 6
///   7 8 9
Grid<double> nine_cells() { return {{{0, 30}, {10, 0}, {0, -10}}, 3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {}}; }

ZonalStatistics statistics_in(const Grid<double>& grid, const MultiPolygon& shape) {
    return zonal_statistics(grid, std::array{shape})[0];
}

/// A grid that is handed out in blocks, notes which, and fails where it is told to.
class CountedBlocks : public GridBlocks {
public:
    CountedBlocks(const Grid<double>& grid, std::size_t block_width, std::size_t block_height)
        : m_grid{grid}, m_layout{grid.placement, grid.width, grid.height, block_width, block_height} {}

    [[nodiscard]] const GridLayout& layout() const noexcept override { return m_layout; }
    void read_block(std::size_t block, std::span<double> values) const override {
        if (failing.contains(block)) throw IoError{"block " + std::to_string(block)};
        const GridWindow window = m_layout.window_of(block);
        REQUIRE(values.size() == window.cells());
        for (std::size_t row = 0; row < window.height; ++row)
            for (std::size_t column = 0; column < window.width; ++column) {
                const std::size_t cell = (window.row + row) * m_grid.width + window.column + column;
                values[row * window.width + column] =
                    m_grid.has_value(cell) ? m_grid.values[cell] : std::numeric_limits<double>::quiet_NaN();
            }
    }
    std::set<std::size_t> failing;

private:
    const Grid<double>& m_grid;
    GridLayout m_layout;
};

Grid<double> random_grid(std::mt19937_64& random, std::size_t width, std::size_t height) {
    std::uniform_real_distribution<double> value{-5, 50}, slant{-0.3, 0.3};
    Grid<double> grid{{{-1, 29}, {0.37, slant(random)}, {slant(random), -0.41}}, width, height, {}, {}};
    for (std::size_t i = 0; i < width * height; ++i) {
        grid.values.push_back(value(random) < 45 ? value(random) : value(random) < 0 ? -9999 : std::nan(""));
        grid.is_nodata.push_back(value(random) > 45);
    }
    return grid;
}

/// Every cell of the grid, clipped.
ZonalStatistics by_clipping(const Grid<double>& grid, const MultiPolygon& shape) {
    ZonalStatistics zone;
    for (std::size_t row = 0; row < grid.height; ++row)
        for (std::size_t column = 0; column < grid.width; ++column) {
            const double part = test::clipped_part(shape, grid.placement, column, row);
            const std::size_t cell = row * grid.width + column;
            if (part < 1e-11) continue;
            if (!grid.has_value(cell)) {
                zone.nodata_area += part;
            } else if (grid.values[cell] == -9999) {
                zone.suspicious_area += part;
            } else {
                zone.sum += part * grid.values[cell];
                zone.value_area += part;
                zone.min = ++zone.cells == 1 ? grid.values[cell] : std::min(zone.min, grid.values[cell]);
                zone.max = zone.cells == 1 ? grid.values[cell] : std::max(zone.max, grid.values[cell]);
            }
        }
    return zone;
}

void check_same(const ZonalStatistics& zone, const ZonalStatistics& expected) {
    constexpr double tolerance = 1e-9;
    CHECK(zone.sum == Approx(expected.sum).epsilon(tolerance).margin(1e-9));
    CHECK(zone.cells == expected.cells);
    CHECK(zone.value_area == Approx(expected.value_area).epsilon(tolerance));
    CHECK(zone.nodata_area == Approx(expected.nodata_area).epsilon(tolerance).margin(1e-9));
    CHECK(zone.suspicious_area == Approx(expected.suspicious_area).epsilon(tolerance).margin(1e-9));
    if (expected.cells > 0) {
        CHECK(zone.min == expected.min);
        CHECK(zone.max == expected.max);
    }
}

bool have_same_bits(const ZonalStatistics& a, const ZonalStatistics& b) {
    return a.sum == b.sum && a.cells == b.cells && a.value_area == b.value_area && a.nodata_area == b.nodata_area &&
           a.suspicious_area == b.suspicious_area && a.outside_area == b.outside_area &&
           (a.cells == 0 || (a.min == b.min && a.max == b.max));
}

}  // namespace

TEST_CASE("cells count by the part that is covered", "[raster][zonal_statistics]") {
    CHECK(statistics_in(nine_cells(), rectangle(0, 0, 30, 30)).sum == 45);
    const ZonalStatistics part = statistics_in(nine_cells(), rectangle(0, 0, 14, 30));
    CHECK(part.sum == Approx((1 + 4 + 7) + 0.4 * (2 + 5 + 8)));
    CHECK(part.value_area == Approx(3 + 3 * 0.4));
    CHECK(*part.mean() == Approx(((1 + 4 + 7) + 0.4 * (2 + 5 + 8)) / (3 + 3 * 0.4)));
    CHECK(part.cells == 6);
    CHECK(part.min == 1);
    CHECK(part.max == 8);
    CHECK(part.share_without_value() == 0);
    const MultiPolygon holed{
        {{{{0, 0}, {30, 0}, {30, 30}, {0, 30}, {0, 0}}, {{{11, 11}, {19, 11}, {19, 19}, {11, 19}, {11, 11}}}}}};
    CHECK(statistics_in(nine_cells(), holed).sum == Approx(45 - 0.64 * 5));
    CHECK(statistics_in(nine_cells(), rectangle(11, 11, 14, 14)).sum == Approx(0.09 * 5));
}

TEST_CASE("what lies outside the grid is told", "[raster][zonal_statistics]") {
    const ZonalStatistics half = statistics_in(nine_cells(), rectangle(-30, 0, 30, 30));
    CHECK(half.sum == 45);
    CHECK(half.outside_area == Approx(9));
    CHECK(half.outside_share() == Approx(0.5));
    CHECK(half.share_without_value() == Approx(0.5));
    const ZonalStatistics away = statistics_in(nine_cells(), rectangle(100, 100, 110, 110));
    CHECK(away.outside_share() == 1);
    CHECK(away.cells == 0);
    CHECK(std::isnan(away.min));
    CHECK_FALSE(away.mean());
    CHECK(statistics_in(nine_cells(), {}).cells == 0);
    CHECK(statistics_in(nine_cells(), {}).share_without_value() == 1);
}

TEST_CASE("nodata, NaN and undeclared fill values are not added", "[raster][zonal_statistics]") {
    Grid<double> grid = nine_cells();
    grid.values[0] = -1;
    grid.values[1] = std::numeric_limits<double>::quiet_NaN();
    grid.values[2] = -9999;
    mask_nodata(grid, -1);
    const ZonalStatistics zone = statistics_in(grid, rectangle(0, 0, 30, 25));
    CHECK(zone.sum == 45 - (1 + 2 + 3));
    CHECK(zone.cells == 6);
    CHECK(zone.nodata_area == Approx(2 * 0.5));
    CHECK(zone.suspicious_area == Approx(0.5));
    CHECK(zone.share_without_value() == Approx(1.5 / 7.5));
    CHECK(zone.min == 4);
}

TEST_CASE("every fill value is found in a run of cells, and values like it are not", "[raster][zonal_statistics]") {
    constexpr double inf = std::numeric_limits<double>::infinity();
    for (const double fill :
         {-9999.0, -99999.0, -32768.0, -2147483648.0, -3.4028234663852886e+38, 3.4028234663852886e+38,
          std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max(), -inf, inf}) {
        Grid<double> grid{{{0, 1}, {1, 0}, {0, -1}}, 50, 1, std::vector<double>(50, 2), {}};
        grid.values[33] = fill;
        const ZonalStatistics zone = statistics_in(grid, rectangle(0, 0, 50, 1));
        CHECK(zone.suspicious_area == 1);
        CHECK(zone.sum == 2 * 49);
        CHECK(zone.max == 2);
        grid.values[33] = -12345;
        CHECK(statistics_in(grid, rectangle(0, 0, 50, 1)).min == -12345);
    }
}

TEST_CASE("a grid of nothing but nodata has no sum", "[raster][zonal_statistics]") {
    Grid<double> grid = nine_cells();
    grid.is_nodata.assign(9, 1);
    const ZonalStatistics zone = statistics_in(grid, rectangle(0, 0, 30, 30));
    CHECK(zone.cells == 0);
    CHECK_FALSE(zone.mean());
    CHECK(zone.nodata_area == 9);
    CHECK(zone.share_without_value() == 1);
}

TEST_CASE("a grid that contradicts itself is refused", "[raster][zonal_statistics]") {
    Grid<double> grid = nine_cells();
    grid.values.pop_back();
    CHECK_THROWS_AS(statistics_in(grid, rectangle(0, 0, 1, 1)), InvalidInput);
    grid = nine_cells();
    grid.is_nodata = {1};
    CHECK_THROWS_AS(statistics_in(grid, rectangle(0, 0, 1, 1)), InvalidInput);
    grid = nine_cells();
    grid.placement.row_step = {20, 0};
    CHECK_THROWS_AS(statistics_in(grid, rectangle(0, 0, 1, 1)), InvalidInput);
    CHECK_THROWS_AS(statistics_in(nine_cells(), rectangle(0, 0, 1, std::nan(""))), InvalidInput);
}

TEST_CASE("the sums of a tiling are the grid's, borders through cells or along them",
          "[raster][zonal_statistics][property]") {
    std::mt19937_64 random{5};
    std::uniform_real_distribution<double> value{0, 1000};
    Grid<float> grid{{{0, 30}, {0.25, 0}, {0, -0.5}}, 120, 60, {}, {}};
    double total = 0;
    for (std::size_t i = 0; i < 120 * 60; ++i) total += grid.values.emplace_back(static_cast<float>(value(random)));
    double sum = 0;
    for (const ZonalStatistics& zone : zonal_statistics(grid, test::wandering_tiling(random, 5, 6))) sum += zone.sum;
    CHECK(sum == Approx(total).epsilon(1e-9));

    Grid<float> ones{{{0, 8}, {1, 0}, {0, -1}}, 8, 8, std::vector<float>(64, 1.0F), {}};
    std::vector<MultiPolygon> tiles;
    for (double x : {0.0, 2.5, 5.0})
        for (double y : {0.0, 3.0, 6.5})
            tiles.push_back(rectangle(x, y, x == 0 ? 2.5 : x == 2.5 ? 5 : 8, y == 0 ? 3 : y == 3 ? 6.5 : 8));
    sum = 0;
    for (const ZonalStatistics& zone : zonal_statistics(ones, tiles)) sum += zone.sum;
    CHECK(sum == 64);
}

TEST_CASE("statistics agree with clipping every cell; blocks and threads change nothing",
          "[raster][zonal_statistics][property]") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        std::uniform_real_distribution<double> place{0, 30};
        auto shapes = test::wandering_tiling(random, 5, 6);
        for (int i = 0; i < 3; ++i) shapes.push_back(test::random_star(random, {place(random), place(random)}, 9, 40));
        shapes.push_back(rectangle(3.01, 4.01, 3.02, 4.05));
        const Grid<double> grid = random_grid(random, 70, 60);
        const auto whole = zonal_statistics(grid, shapes);
        for (std::size_t i = 0; i < shapes.size(); ++i) check_same(whole[i], by_clipping(grid, shapes[i]));
        for (const auto& [width, height] : {std::pair{70UL, 1UL}, {16UL, 16UL}, {7UL, 60UL}, {1000UL, 1000UL}}) {
            const CountedBlocks blocks{grid, width, height};
            const std::size_t before = thread_limit();
            set_thread_limit(1);
            const auto alone = zonal_statistics(blocks, shapes);
            set_thread_limit(2);
            const auto together = zonal_statistics(blocks, shapes);
            set_thread_limit(before);
            for (std::size_t i = 0; i < shapes.size(); ++i) {
                check_same(alone[i], whole[i]);
                REQUIRE(have_same_bits(alone[i], together[i]));
            }
        }
    }
}

TEST_CASE("only blocks that a polygon touches are read, the first that fails is told", "[raster][zonal_statistics]") {
    Grid<double> grid{{{0, 80}, {1, 0}, {0, -1}}, 80, 80, std::vector<double>(6400, 1), {}};
    CountedBlocks blocks{grid, 10, 10};  // 8 × 8 blocks
    for (std::size_t block = 0; block < 64; ++block)
        if (block % 8 > 3 || block / 8 > 2) blocks.failing.insert(block);
    const std::array shapes{rectangle(2, 60, 40, 75)};  // block rows 0 and 1, block columns 0–3
    CHECK(zonal_statistics(blocks, shapes)[0].sum == Approx(38 * 15));
    const std::array all{rectangle(0, 0, 80, 80)};
    for (int i = 0; i < 20; ++i) CHECK_THROWS_WITH(zonal_statistics(blocks, all), "block 4");
}

TEST_CASE("progress ends at 1, and what it throws stops the work", "[raster][zonal_statistics]") {
    Grid<double> grid{{{0, 80}, {1, 0}, {0, -1}}, 80, 80, std::vector<double>(6400, 1), {}};
    const CountedBlocks blocks{grid, 10, 10};
    const std::array all{rectangle(0, 0, 80, 80)};
    double last = 0;
    static_cast<void>(zonal_statistics(blocks, all, [&](std::string_view, double done) {
        CHECK(done > last);
        last = done;
    }));
    CHECK(last == 1);
    int calls = 0;
    CHECK_THROWS_WITH(zonal_statistics(blocks, all,
                                       [&](std::string_view, double) {
                                           if (++calls == 3) throw Error{"enough"};
                                       }),
                      "enough");
    CHECK(calls < 8);
}
