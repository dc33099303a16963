#include <amayesh/raster/isochrones.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <utility>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/geometry/validity.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;
using namespace std::chrono_literals;

namespace {

constexpr float unreached = std::numeric_limits<float>::infinity();

/// Minutes of cells of 10 m; the lower left corner is (1000, 5000).
struct Surface {
    std::size_t width;
    std::vector<float> minutes;

    [[nodiscard]] StudyGrid grid() const {
        const std::size_t height = minutes.size() / width;
        return {{1000, 5000 + 10.0 * static_cast<double>(height)}, 10, width, height};
    }
    [[nodiscard]] std::vector<Isochrone> within(const std::vector<TravelTime>& limits) const {
        std::size_t next = 0;
        return isochrones(
            grid(),
            [&](std::size_t row, std::span<float> values) {
                CHECK(row == next++);
                for (std::size_t i = 0; i < width; ++i) values[i] = minutes[row * width + i];
            },
            limits);
    }
};

/// '#' takes a minute, anything else is not reached.
Surface drawn(const std::vector<std::string>& rows) {
    Surface surface{rows.front().size(), {}};
    for (const std::string& row : rows)
        for (const char c : row) surface.minutes.push_back(c == '#' ? 1.0F : unreached);
    return surface;
}

MultiPolygon area_of(const std::vector<std::string>& rows) {
    MultiPolygon area = drawn(rows).within({1min})[0].area;
    CHECK_FALSE(find_invalidity(area));
    return area;
}

double ring_area(const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum += (ring[i].x - 1000) * (ring[i + 1].y - 5000) - (ring[i + 1].x - 1000) * (ring[i].y - 5000);
    return std::abs(sum / 2);
}

double area_in(const MultiPolygon& shape) {
    double sum = 0;
    for (const Polygon& part : shape.parts) {
        sum += ring_area(part.outer);
        for (const Ring& hole : part.holes) sum -= ring_area(hole);
    }
    return sum;
}

std::size_t holes_in(const MultiPolygon& shape) {
    std::size_t holes = 0;
    for (const Polygon& part : shape.parts) holes += part.holes.size();
    return holes;
}

/// The cells that hang together by edges.
std::size_t count_sets(const Surface& surface, float limit) {
    const std::size_t width = surface.width;
    std::vector<char> open(surface.minutes.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = surface.minutes[i] <= limit ? 1 : 0;
    std::size_t sets = 0;
    for (std::size_t first = 0; first < open.size(); ++first) {
        if (!open[first]) continue;
        ++sets;
        std::vector<std::size_t> todo{first};
        open[first] = 0;
        const auto take = [&](std::size_t cell) {
            if (!open[cell]) return;
            open[cell] = 0;
            todo.push_back(cell);
        };
        while (!todo.empty()) {
            const std::size_t cell = todo.back();
            todo.pop_back();
            if (cell % width > 0) take(cell - 1);
            if (cell % width + 1 < width) take(cell + 1);
            if (cell >= width) take(cell - width);
            if (cell + width < open.size()) take(cell + width);
        }
    }
    return sets;
}

void check_against_cells(const Surface& surface, const Isochrone& found) {
    const StudyGrid grid = surface.grid();
    const auto limit = static_cast<float>(to_minutes(found.limit));
    const PointLocator locator{std::span(&found.area, 1)};
    std::size_t cells = 0;
    bool agrees = true;
    for (std::size_t i = 0; i < surface.minutes.size(); ++i) {
        const bool is_in = surface.minutes[i] <= limit;
        cells += is_in ? 1 : 0;
        agrees = agrees && locator.locate(grid.centre_of({i % grid.width, i / grid.width})).shape.has_value() == is_in;
    }
    CHECK(agrees);
    CHECK(found.cells == cells);
    CHECK(found.size.value() == static_cast<double>(cells) * 100);
    CHECK(area_in(found.area) == static_cast<double>(cells) * 100);
    CHECK_FALSE(find_invalidity(found.area));
    CHECK(found.area.parts.size() == count_sets(surface, limit));
}

}  // namespace

TEST_CASE("an area follows the edges of cells and turns only at corners", "[raster][isochrones]") {
    CHECK(area_of({"..", "#."}) ==
          MultiPolygon{{{{{1000, 5000}, {1000, 5010}, {1010, 5010}, {1010, 5000}, {1000, 5000}}, {}}}});
    CHECK(area_of({"#.", "##"}) ==
          MultiPolygon{
              {{{{1000, 5000}, {1000, 5020}, {1010, 5020}, {1010, 5010}, {1020, 5010}, {1020, 5000}, {1000, 5000}},
                {}}}});
    CHECK(area_of({"###", "###"}).parts[0].outer.size() == 5);
}

TEST_CASE("cells that take longer are holes", "[raster][isochrones]") {
    const MultiPolygon area = area_of({"###", "#.#", "###"});
    REQUIRE(area.parts.size() == 1);
    CHECK(area.parts[0].holes ==
          std::vector<Ring>{{{1010, 5010}, {1020, 5010}, {1020, 5020}, {1010, 5020}, {1010, 5010}}});
    const MultiPolygon island = area_of({"#####", "#...#", "#.#.#", "#...#", "#####"});
    REQUIRE(island.parts.size() == 2);
    CHECK(holes_in(island) == 1);
}

TEST_CASE("cells that touch at a corner alone are valid", "[raster][isochrones]") {
    CHECK(area_of({"#.", ".#"}).parts.size() == 2);
    CHECK(area_of({".#", "#."}).parts.size() == 2);
    // The border meets itself at a corner: a hole that touches it there.
    for (const auto& rows : std::vector<std::vector<std::string>>{
             {".##", "#.#", "###"}, {"##.", "#.#", "###"}, {"###", "#.#", ".##"}, {"###", "#.#", "##."}}) {
        const MultiPolygon area = area_of(rows);
        CHECK(area.parts.size() == 1);
        CHECK(holes_in(area) == 1);
    }
    // Cells out that touch at a corner: two holes.
    const MultiPolygon two = area_of({"####", "#.##", "##.#", "####"});
    CHECK(two.parts.size() == 1);
    CHECK(holes_in(two) == 2);
    // A chain of holes and the border, each touching the next.
    CHECK(holes_in(area_of({".####", "#.###", "##.##", "###.#", "#####"})) == 3);
    CHECK(area_of({".####", "#.###", "##.##", "###.#", "####."}).parts.size() == 2);
}

TEST_CASE("a checkerboard is as many parts as it has cells", "[raster][isochrones]") {
    Surface board{60, std::vector<float>(60 * 60, unreached)};
    for (std::size_t i = 0; i < board.minutes.size(); ++i)
        if ((i / 60 + i % 60) % 2 == 0) board.minutes[i] = 1;
    const std::vector<Isochrone> found = board.within({1min});
    CHECK(found[0].area.parts.size() == 1800);
    check_against_cells(board, found[0]);
    for (std::size_t i = 0; i < board.minutes.size(); ++i)
        if (i % 60 % 59 == 0 || i / 60 % 59 == 0) board.minutes[i] = 1;
    check_against_cells(board, board.within({1min})[0]);
}

TEST_CASE("all reached, none reached, no limits, no cells", "[raster][isochrones]") {
    const Surface all{30, std::vector<float>(30 * 20, 5)};
    CHECK(all.within({5min})[0].area ==
          MultiPolygon{{{{{1000, 5000}, {1000, 5200}, {1300, 5200}, {1300, 5000}, {1000, 5000}}, {}}}});
    CHECK(all.within({4min})[0].area.parts.empty());
    CHECK(all.within({4min})[0].cells == 0);
    const Surface none{3, {unreached, std::nanf(""), 1e9F}};
    CHECK(none.within({std::chrono::hours{100'000'000}})[0].area.parts.empty());
    CHECK(all.within({}).empty());
    CHECK(isochrones(
              {{}, 1, 0, 0}, [](std::size_t, std::span<float>) {}, std::vector<TravelTime>{1min})[0]
              .cells == 0);
}

TEST_CASE("the 60th minute belongs to 60, in whole milliseconds", "[raster][isochrones]") {
    const float next = std::nextafter(60.0F, 61.0F);  // 0.0000038 min = 0.2 ms
    const Surface surface{4, {60, next, 60.0F + 0.5F / 60'000 + next - 60, 60.0F + 1.0F / 60'000}};
    CHECK(surface.within({60min})[0].cells == 2);
    CHECK(surface.within({60min + 1ms})[0].cells == 4);
    for (const double minutes : {0.0, 0.1, 14.999, 15.0, 33.3337, 1440.0})
        for (int step = -20; step <= 20; ++step) {
            const auto cell = static_cast<float>(minutes + step / 100'000.0);
            const Surface one{1, {cell}};
            CHECK(one.within({to_travel_time(minutes)})[0].cells ==
                  (to_travel_time(cell) <= to_travel_time(minutes) ? 1 : 0));
        }
}

TEST_CASE("areas are what brute force says, valid and nested", "[raster][isochrones][property]") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        const std::size_t width = 1 + random() % 40;
        const std::size_t height = 1 + random() % 40;
        const unsigned steps = 2 + random() % 8;
        Surface surface{width, {}};
        for (std::size_t i = 0; i < width * height; ++i)
            surface.minutes.push_back(random() % 20 == 0 ? unreached : static_cast<float>(random() % steps));
        const std::vector<Isochrone> found = surface.within({0min, 1min, 3min, 5min});
        for (std::size_t i = 0; i < found.size(); ++i) {
            check_against_cells(surface, found[i]);
            if (i == 0) continue;
            const PointLocator outer{std::span(&found[i].area, 1)};
            for (const Polygon& part : found[i - 1].area.parts)
                for (const Point& corner : part.outer) CHECK(outer.locate(corner).shape.has_value());
        }
        CHECK(surface.within({3min})[0].area == found[2].area);
    }
}

TEST_CASE("limits must rise, cells must have a size, and a caller can cancel", "[raster][isochrones]") {
    const Surface surface{2, {1, 2}};
    CHECK_THROWS_AS(surface.within({2min, 2min}), InvalidInput);
    CHECK_THROWS_AS(surface.within({2min, 1min}), InvalidInput);
    const auto no_rows = [](std::size_t, std::span<float>) {};
    CHECK_THROWS_AS(isochrones({{}, 0, 1, 1}, no_rows, {}), InvalidInput);
    CHECK_THROWS_AS(isochrones({{}, 1, 1, 1}, no_rows, {}, [](std::string_view, double) { throw 7; }), int);
}

TEST_CASE("a large surface takes time by its cells, not by their square", "[raster][isochrones][slow]") {
    constexpr std::size_t side = 4000;
    const StudyGrid grid{{}, 100, side, side};
    std::vector<float> waves(side);
    const auto read = [&](std::size_t row, std::span<float> minutes) {
        for (std::size_t column = 0; column < side; ++column) {
            if (row == 0) waves[column] = 50 * std::sin(static_cast<float>(column) / 40);
            minutes[column] = 60 + waves[column] * std::cos(static_cast<float>(row) / 40) +
                              static_cast<float>((row * 7919 + column * 104729) % 13);
        }
    };
    const auto start = std::clock();
    const std::vector<Isochrone> found = isochrones(grid, read, std::vector<TravelTime>{15min, 30min, 60min, 90min});
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    CAPTURE(seconds);
    CHECK(found[2].area.parts.size() > 1000);
    CHECK(found[0].cells < found[1].cells);
    CHECK(seconds < 30);
}
