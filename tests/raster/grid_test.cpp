#include <amayesh/raster/grid.hpp>

#include <limits>

#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

template <class T>
Grid<T> row_of(std::vector<T> values) {
    const std::size_t width = values.size();
    return {{}, width, 1, std::move(values), {}};
}

}  // namespace

TEST_CASE("cells lie where the geotransform says", "[raster][grid]") {
    const GridPlacement north_up{{500'000, 4'000'000}, {100, 0}, {0, -200}};
    CHECK(north_up.centre_of(0, 0) == Point{500'050, 3'999'900});
    CHECK(north_up.centre_of(2, 1) == Point{500'250, 3'999'700});
    const GridPlacement turned{{0, 0}, {3, 4}, {-4, 3}};
    CHECK(turned.centre_of(1, 0) == Point{1.5 * 3 - 0.5 * 4, 1.5 * 4 + 0.5 * 3});
}

TEST_CASE("NaN and declared nodata are no values", "[raster][grid]") {
    auto grid = row_of<double>({1, -99, std::numeric_limits<double>::quiet_NaN(), 0});
    CHECK(grid.has_value(1));
    mask_nodata(grid, -99);
    CHECK(grid.has_value(0));
    CHECK_FALSE(grid.has_value(1));
    CHECK_FALSE(grid.has_value(2));
    CHECK(grid.has_value(3));
}

TEST_CASE("nodata is compared in the grid's own type", "[raster][grid]") {
    auto grid = row_of<float>({0.1F, std::numeric_limits<float>::lowest()});
    mask_nodata(grid, 0.1);
    mask_nodata(grid, -3.4028234663852886e+38);
    CHECK_FALSE(grid.has_value(0));
    CHECK_FALSE(grid.has_value(1));
}

TEST_CASE("undeclared fill values are found and counted", "[raster][grid]") {
    auto grid = row_of<float>({12, -9999, -9999, -9998, -32768, 0, std::numeric_limits<float>::infinity()});
    const auto found = find_suspicious_constants(grid);
    REQUIRE(found.size() == 3);
    CHECK(found[0].value == -32768);
    CHECK(found[1].value == -9999);
    CHECK(found[1].cells == 2);
    CHECK(found[2].value == std::numeric_limits<double>::infinity());
    mask_nodata(grid, -9999);
    CHECK(find_suspicious_constants(grid).size() == 2);
    CHECK(find_suspicious_constants(row_of<double>({1, 2, -3})).empty());
}
