#include <amayesh/raster/resampled_grid.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/transform.hpp>

using namespace amayesh;
using Catch::Contains;

namespace {

/// A grid held in memory, given out in small blocks.
class HeldGrid : public GridBlocks {
public:
    HeldGrid(GridPlacement placement, std::size_t width, std::size_t height, std::size_t block = 7)
        : m_layout{placement, width, height, block, block}, values(width * height) {}

    [[nodiscard]] const GridLayout& layout() const noexcept override { return m_layout; }
    void read_block(std::size_t block, std::span<double> into) const override {
        const GridWindow window = m_layout.window_of(block);
        for (std::size_t i = 0; i < window.cells(); ++i)
            into[i] = values[(window.row + i / window.width) * m_layout.width + window.column + i % window.width];
    }
    [[nodiscard]] Point centre(std::size_t pixel) const {
        return m_layout.placement.centre_of(pixel % m_layout.width, pixel / m_layout.width);
    }

private:
    GridLayout m_layout;

public:
    std::vector<double> values;
};

Crs utm39() { return Crs::parse("EPSG:32639"); }

std::vector<float> resampled(const HeldGrid& source, const Crs& crs, GridMeaning meaning, const StudyGrid& grid,
                             std::size_t rows_at_once = 1'000'000) {
    const ResampledGrid made(source, crs, meaning, grid, utm39());
    std::vector<float> all(grid.width * grid.height);
    for (std::size_t row = 0; row < grid.height; row += rows_at_once) {
        const std::size_t count = std::min(rows_at_once, grid.height - row);
        made.read(row, std::span(all).subspan(row * grid.width, count * grid.width));
    }
    return all;
}

/// NaN equal to NaN.
bool same(const std::vector<float>& a, const std::vector<float>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

constexpr GridPlacement north_up{.corner = {500'000, 3'900'000}, .column_step = {100, 0}, .row_step = {0, -100}};

std::string complaint(const HeldGrid& source, const Crs& crs, GridMeaning meaning, const StudyGrid& grid) {
    try {
        static_cast<void>(resampled(source, crs, meaning, grid));
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("A grid that is the study's own keeps its values", "[raster][resampled_grid]") {
    HeldGrid source(north_up, 130, 90);
    std::mt19937 random(1);
    for (double& value : source.values) value = static_cast<double>(random() % 4000);
    source.values[17] = NAN;
    const StudyGrid grid{{500'000, 3'900'000}, 100, 130, 90};
    const std::vector<float> expected(source.values.begin(), source.values.end());
    for (const GridMeaning meaning : {GridMeaning::classes, GridMeaning::friction, GridMeaning::elevation})
        CHECK(same(resampled(source, utm39(), meaning, grid), expected));
}

TEST_CASE("A ramp stays a ramp", "[raster][resampled_grid]") {
    HeldGrid source(north_up, 40, 40);
    for (std::size_t i = 0; i < source.values.size(); ++i) {
        const Point centre = source.centre(i);
        source.values[i] = 0.05 * (centre.x - 500'000) - 0.02 * (centre.y - 3'900'000);
    }
    // Finer cells: bilinear, exact between the outermost centres. Coarser ones: the mean is the value at the centre.
    for (const double cell_m : {30.0, 400.0}) {
        const StudyGrid grid{{500'200, 3'899'800}, cell_m, cell_m < 100 ? 100U : 8U, cell_m < 100 ? 100U : 8U};
        const std::vector<float> values = resampled(source, utm39(), GridMeaning::elevation, grid);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const Point centre = grid.centre_of({i % grid.width, i / grid.width});
            CHECK(values[i] ==
                  Approx(0.05 * (centre.x - 500'000) - 0.02 * (centre.y - 3'900'000)).epsilon(1e-6).margin(1e-4));
        }
    }
}

TEST_CASE("Coarser cells take the mode or the mean of their pixels, by hand", "[raster][resampled_grid]") {
    // Two cells of 2 × 2 pixels in each row:      10 10 | 20 30
    //                                              10 40 | 30 20
    //                                              --    | -- 50
    //                                              -- 60 | 50 50      (-- = no value)
    HeldGrid source(north_up, 4, 4);
    source.values = {10, 10, 20, 30, 10, 40, 30, 20, NAN, NAN, NAN, 50, NAN, 60, 50, 50};
    const StudyGrid grid{{500'000, 3'900'000}, 200, 2, 2};
    CHECK(same(resampled(source, utm39(), GridMeaning::classes, grid), {10, 20, NAN, 50}));  // of two modes the lower
    CHECK(same(resampled(source, utm39(), GridMeaning::friction, grid), {70.0F / 4, 25, NAN, 50}));
    CHECK(same(resampled(source, utm39(), GridMeaning::elevation, grid), {70.0F / 4, 25, 60, 50}));
    const ResampledGrid made(source, utm39(), GridMeaning::classes, grid, utm39());
    CHECK(made.method() == ResamplingMethod::mode);
    CHECK(made.pixel_size().value() == Approx(100).epsilon(0.001));
}

TEST_CASE("Infinite pixels are pixels without a value, as those of nodata are",
          "[raster][resampled_grid][regression]") {
    HeldGrid source(north_up, 10, 10);
    const StudyGrid grid{{500'000, 3'900'000}, 1000, 1, 1};
    for (const double none : {std::nan(""), std::numeric_limits<double>::infinity()}) {
        CAPTURE(none);
        const auto value_with = [&](std::size_t without) {
            std::ranges::fill(source.values, 2);
            std::fill_n(source.values.begin(), without, none);
            std::vector<float> values(1);
            ResampledGrid(source, utm39(), GridMeaning::friction, grid, utm39()).read(0, values);
            return values.front();
        };
        CHECK(value_with(1) == 2);
        CHECK(value_with(50) == 2);
        CHECK(std::isnan(value_with(51)));
    }
}

TEST_CASE("Between pixels a value counts by its nearness, and only where there is one", "[raster][resampled_grid]") {
    HeldGrid source(north_up, 2, 1);
    source.values = {100, 200};
    const StudyGrid grid{{500'000, 3'900'000}, 50, 5, 2};  // centres at a quarter and three quarters of a pixel
    CHECK(same(resampled(source, utm39(), GridMeaning::elevation, grid),
               {100, 125, 175, 200, NAN, 100, 125, 175, 200, NAN}));
    source.values = {100, NAN};
    CHECK(same(resampled(source, utm39(), GridMeaning::elevation, grid),
               {100, 100, 100, NAN, NAN, 100, 100, 100, NAN, NAN}));
    CHECK(same(resampled(source, utm39(), GridMeaning::classes, grid),
               {100, 100, NAN, NAN, NAN, 100, 100, NAN, NAN, NAN}));
}

TEST_CASE("Each cell takes the pixel that lies there on the earth", "[raster][resampled_grid][property]") {
    // Pixels tell their number. Degrees; rotated metres of another zone; south up.
    struct Layout {
        std::string crs;
        GridPlacement placement;
        std::size_t width;
        std::size_t height;
    };
    const std::vector<Layout> layouts{
        {"EPSG:4326", {{50.9, 35.6}, {0.01, 0}, {0, -0.01}}, 160, 130},
        {"EPSG:4326", {{50.9, 34.4}, {0.01, 0}, {0, 0.01}}, 160, 130},
        {"EPSG:32640", {{-30'000, 3'890'000}, {700, 300}, {250, -800}}, 200, 200},
        {"EPSG:4326", {{50.9 + 360, 35.6}, {0.01, 0}, {0, -0.01}}, 160, 130},  // counted from 0 to 360 and beyond
    };
    const StudyGrid grid{{485'000, 3'925'000}, 400, 300, 280};
    for (const Layout& layout : layouts) {
        CAPTURE(layout.crs, layout.placement.corner.x, layout.placement.row_step.y);
        HeldGrid source(layout.placement, layout.width, layout.height, 16);
        for (std::size_t i = 0; i < source.values.size(); ++i) source.values[i] = static_cast<double>(i);
        const Crs crs = Crs::parse(layout.crs);
        const std::vector<float> values = resampled(source, crs, GridMeaning::classes, grid);
        const Transform transform(utm39(), crs);
        std::size_t outside = 0;
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < values.size(); ++i) {
            Point place = transform.apply(grid.centre_of({i % grid.width, i / grid.width}));
            if (layout.placement.corner.x > 360) place.x += 360;
            const auto& [corner, c, r] = layout.placement;
            const double det = c.x * r.y - c.y * r.x;
            const double dx = place.x - corner.x;
            const double dy = place.y - corner.y;
            const double column = (dx * r.y - dy * r.x) / det;
            const double row = (dy * c.x - dx * c.y) / det;
            const bool is_inside = column >= 0 && row >= 0 && column < static_cast<double>(layout.width) &&
                                   row < static_cast<double>(layout.height);
            // Within a tenth of a pixel of an edge either side will do.
            const double from_edge = std::min(std::abs(column - std::round(column)), std::abs(row - std::round(row)));
            if (from_edge < 0.1) continue;
            const double expected = std::floor(row) * static_cast<double>(layout.width) + std::floor(column);
            outside += is_inside ? 0 : 1;
            if (is_inside ? static_cast<double>(values[i]) != expected : !std::isnan(values[i])) ++wrong;
        }
        CHECK(wrong == 0);
        CHECK(outside > 0);
        CHECK(outside < values.size() / 2);
    }
}

TEST_CASE("Every pixel counts in the one cell that holds its centre", "[raster][resampled_grid][property]") {
    std::mt19937 random(2);
    // Turned by 20°, so that no edge is the edge of a pixel.
    const double angle = 0.349;
    HeldGrid source({{500'000, 3'900'000},
                     {30 * std::cos(angle), 30 * std::sin(angle)},
                     {30 * std::sin(angle), -30 * std::cos(angle)}},
                    300, 280, 64);
    for (double& value : source.values) value = static_cast<double>(random() % 6 * 10 + 10);
    const StudyGrid grid{{500'500, 3'899'000}, 150, 60, 50};
    std::vector<std::map<double, int>> counts(grid.width * grid.height);
    for (std::size_t i = 0; i < source.values.size(); ++i)
        if (const auto cell = grid.cell_of(source.centre(i)))
            ++counts[cell->row * grid.width + cell->column][source.values[i]];
    const std::vector<float> modes = resampled(source, utm39(), GridMeaning::classes, grid);
    const std::vector<float> means = resampled(source, utm39(), GridMeaning::elevation, grid);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        double sum = 0;
        int pixels = 0;
        std::pair<double, int> most{NAN, 0};
        for (const auto& [value, count] : counts[i]) {
            sum += value * count;
            pixels += count;
            if (count > most.second) most = {value, count};
        }
        CAPTURE(i, pixels);
        if (pixels == 0) {
            CHECK(std::isnan(means[i]));
            continue;
        }
        CHECK(means[i] == Approx(sum / pixels));
        if (pixels > 20) CHECK(static_cast<double>(modes[i]) == most.first);
    }
}

TEST_CASE("Whatever rows are asked for, in whatever order, a cell has one value", "[raster][resampled_grid]") {
    HeldGrid source({{49, 38}, {0.002, 0}, {0, -0.002}}, 2000, 2000, 128);
    std::mt19937 random(3);
    for (double& value : source.values) value = static_cast<double>(random() % 3000);
    const StudyGrid grid{{480'000, 4'100'000}, 1000, 150, 170};
    const Crs degrees = Crs::wgs84();
    for (const GridMeaning meaning : {GridMeaning::classes, GridMeaning::elevation}) {
        const std::vector<float> at_once = resampled(source, degrees, meaning, grid);
        CHECK(same(resampled(source, degrees, meaning, grid, 64), at_once));
        CHECK(same(resampled(source, degrees, meaning, grid, 1), at_once));
        const ResampledGrid made(source, degrees, meaning, grid, utm39());
        std::vector<float> row(grid.width);
        for (const std::size_t r : {169U, 3U, 64U, 63U, 0U}) {
            made.rows()(r, row);
            CHECK(same(row, {at_once.begin() + static_cast<std::ptrdiff_t>(r * grid.width),
                             at_once.begin() + static_cast<std::ptrdiff_t>((r + 1) * grid.width)}));
        }
        CHECK_THROWS_AS(made.read(170, row), InvalidInput);
        CHECK_THROWS_AS(made.read(0, std::span(row).first(7)), InvalidInput);
    }
}

TEST_CASE("The size of a pixel is that on the ground", "[raster][resampled_grid]") {
    HeldGrid source({{40, 45}, {0.5, 0}, {0, -0.5}}, 48, 48);
    const StudyGrid grid{{500'000, 3'900'000}, 1000, 10, 10};
    const ResampledGrid made(source, Crs::wgs84(), GridMeaning::elevation, grid, utm39());
    // Half a degree of latitude at 35°: 0.5 · 110.94 km; of longitude 0.5 · 91.3 km.
    CHECK(made.pixel_size().value() == Approx(55'470).epsilon(0.001));
    CHECK(made.method() == ResamplingMethod::bilinear);
}

TEST_CASE("What cannot be resampled is refused", "[raster][resampled_grid]") {
    HeldGrid source(north_up, 10, 10);
    const StudyGrid grid{{500'000, 3'900'000}, 100, 10, 10};
    CHECK_THAT(complaint(source, utm39(), GridMeaning::classes, {{900'000, 3'900'000}, 100, 10, 10}),
               Contains("nowhere in the study's area"));
    CHECK_THAT(complaint(source, utm39(), GridMeaning::classes, {{500'000, 3'900'000}, 1e6, 10, 10}),
               Contains("coarsen it"));
    CHECK_THROWS_AS(ResampledGrid(source, utm39(), GridMeaning::classes, grid, Crs::wgs84()), CrsError);
    const HeldGrid flat({{500'000, 3'900'000}, {0, 0}, {0, -1}}, 4, 4);
    CHECK_THAT(complaint(flat, utm39(), GridMeaning::classes, grid), Contains("no area"));
    source.values[23] = -9999;
    CHECK_THAT(complaint(source, utm39(), GridMeaning::elevation, grid), Contains("column 3, row 2 holds -9999"));
    CHECK_THAT(complaint(source, utm39(), GridMeaning::friction, grid), Contains("gdal_edit.py -a_nodata"));
    CHECK(complaint(source, utm39(), GridMeaning::classes, grid).empty());  // a code like any other
    source.values[23] = std::numeric_limits<double>::infinity();
    CHECK(complaint(source, utm39(), GridMeaning::friction, grid).empty());  // impassable
}

TEST_CASE("A friction beyond what is plausible is refused with its place", "[raster][resampled_grid]") {
    HeldGrid source(north_up, 10, 10);
    const StudyGrid grid{{500'000, 3'900'000}, 100, 10, 10};
    const PlausibleValues plausible{.least = 0.5F, .most = 2, .described = "0.5 to 2 min/m"};
    const auto complaint_about = [&](double value, GridMeaning meaning = GridMeaning::friction) {
        std::ranges::fill(source.values, 1);
        source.values[47] = value;
        std::vector<float> values(grid.width * grid.height);
        try {
            ResampledGrid(source, utm39(), meaning, grid, utm39(), plausible).read(0, values);
        } catch (const InvalidInput& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    for (const double value : {1e20, 3.4e38, 1e-30, 0.0, -1.0, 2.001, 0.499}) {
        CAPTURE(value);
        CHECK_THAT(complaint_about(value), Contains("column 7, row 4 holds ") &&
                                               Contains("0.5 to 2 min/m are plausible") &&
                                               Contains("gdal_edit.py -a_nodata"));
    }
    for (const double value : {0.5, 2.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
        CAPTURE(value);
        CHECK(complaint_about(value).empty());
    }
    CHECK_THAT(complaint_about(-std::numeric_limits<double>::infinity()), Contains("holds -inf"));
    CHECK(complaint_about(7, GridMeaning::classes).empty());
}

TEST_CASE("A raster around the earth is refused where the study lies over its edge", "[raster][resampled_grid]") {
    HeldGrid source({{-180, 90}, {1, 0}, {0, -1}}, 360, 180);
    const Crs fiji = Crs::parse("EPSG:3460");  // around 178.75° E
    try {
        const ResampledGrid made(source, Crs::wgs84(), GridMeaning::classes, {{1'900'000, 4'100'000}, 1000, 300, 300},
                                 fiji);
        FAIL("was not refused");
    } catch (const InvalidInput& error) {
        CHECK_THAT(error.what(), Contains("CENTER_LONG"));
    }
}
