#include <algorithm>
#include <array>
#include <numeric>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/geometry/validity.hpp>
#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"

using namespace amayesh;
using test::polygon;
using test::rectangle;

namespace {

std::size_t nearest_by_brute_force(const std::vector<Point>& sites, Point p) {
    const auto squared = [&](const Point& s) { return (s.x - p.x) * (s.x - p.x) + (s.y - p.y) * (s.y - p.y); };
    return static_cast<std::size_t>(
        std::min_element(sites.begin(), sites.end(),
                         [&](const Point& a, const Point& b) { return squared(a) < squared(b); }) -
        sites.begin());
}

void require_partition(const std::vector<Point>& sites, const MultiPolygon& within, std::mt19937_64& random) {
    const auto cells = thiessen_cells(sites, within);
    REQUIRE(cells.size() == sites.size());
    double area = 0;
    for (const auto& cell : cells) {
        REQUIRE_FALSE(find_invalidity(cell));
        area += planar_area(cell);
    }
    const double whole = planar_area(within);
    CHECK(area == Approx(whole).epsilon(1e-12));
    CHECK(find_overlaps(cells, 0).empty());

    const PointLocator locator{cells, 1e-6};
    const std::array border{within};
    const PointLocator inside{border, 1e-6};
    const Box box = bounds(within);
    std::uniform_real_distribution<double> x{box.min_x, box.max_x}, y{box.min_y, box.max_y};
    for (int i = 0; i < 2000; ++i) {
        const Point p{x(random), y(random)};
        const Located in_cell = locator.locate(p);
        if (in_cell.near_border || inside.locate(p).near_border) continue;
        REQUIRE(in_cell.shape.has_value() == inside.locate(p).shape.has_value());
        if (in_cell.shape) REQUIRE(*in_cell.shape == nearest_by_brute_force(sites, p));
    }
}

}  // namespace

TEST_CASE("two sites share a rectangle along their bisector", "[geometry][thiessen_cells]") {
    const std::array sites{Point{1, 1}, Point{4, 1}};
    const auto cells = thiessen_cells(sites, rectangle(0, 0, 10, 2));
    CHECK(planar_area(cells[0]) == Approx(2.5 * 2));
    CHECK(planar_area(cells[1]) == Approx(7.5 * 2));
}

TEST_CASE("one site owns everything", "[geometry][thiessen_cells]") {
    const auto cells = thiessen_cells(std::array{Point{100, 100}}, rectangle(0, 0, 3, 2));
    CHECK(planar_area(cells[0]) == 3 * 2);
}

TEST_CASE("sites at one place: the first has the cell", "[geometry][thiessen_cells]") {
    const std::array sites{Point{3, 1}, Point{1, 1}, Point{3, 1}, Point{1, 1}};
    const auto cells = thiessen_cells(sites, rectangle(0, 0, 4, 2));
    CHECK(planar_area(cells[0]) == Approx(2 * 2));
    CHECK(planar_area(cells[1]) == Approx(2 * 2));
    CHECK(cells[2].parts.empty());
    CHECK(cells[3].parts.empty());
}

TEST_CASE("cells need a site", "[geometry][thiessen_cells]") {
    CHECK_THROWS_AS(thiessen_cells({}, rectangle(0, 0, 1, 1)), InvalidInput);
}

TEST_CASE("cells cover any shape without overlaps, each what is nearest", "[geometry][thiessen_cells][property]") {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        auto within = test::random_star(random, {500'000, 3'500'000}, 40'000, 60);
        within.parts.front().holes.push_back(
            {{499'000, 3'499'000}, {499'000, 3'501'000}, {502'000, 3'501'000}, {499'000, 3'499'000}});
        within.parts.push_back(rectangle(560'000, 3'500'000, 570'000, 3'520'000).parts.front());
        std::uniform_real_distribution<double> x{450'000, 575'000}, y{3'450'000, 3'550'000};
        std::vector<Point> sites;
        for (unsigned i = 0; i < 20 * seed; ++i) sites.push_back({x(random), y(random)});
        require_partition(sites, within, random);
    }
}

TEST_CASE("regular, collinear and close sites make clean cells", "[geometry][thiessen_cells]") {
    std::mt19937_64 random{42};
    const auto within = test::random_star(random, {50, 50}, 60, 25);
    std::vector<Point> sites;
    SECTION("a grid: four sites on every circle") {
        for (int i = 0; i < 10; ++i)
            for (int j = 0; j < 10; ++j) sites.push_back({i * 10.0 + 0.1, j * 10.0 + 0.3});
    }
    SECTION("a grid turned by an angle without exact coordinates") {
        for (int i = -5; i < 5; ++i)
            for (int j = -5; j < 5; ++j) sites.push_back({50 + i * 8.0 - j * 6.0 / 7, 50 + i * 6.0 / 7 + j * 8.0});
    }
    SECTION("a line") {
        for (int i = 0; i < 20; ++i) sites.push_back({i * 5.0, i * 2.5});
    }
    SECTION("a line but for one, just beside it") {
        for (int i = 0; i < 20; ++i) sites.push_back({i * 5.0, i * 2.5 + (i == 7 ? 1e-5 : 0)});
    }
    SECTION("a circle") {
        for (int i = 0; i < 24; ++i) sites.push_back({50 + 30 * std::cos(i * 0.2618), 50 + 30 * std::sin(i * 0.2618)});
    }
    SECTION("pairs a millimetre apart") {
        for (int i = 0; i < 10; ++i) {
            sites.push_back({10.0 * i, 30 + 3.7 * i});
            sites.push_back({10.0 * i + 0.001, 30 + 3.7 * i});
        }
    }
    require_partition(sites, within, random);
}

TEST_CASE("cells do not depend on the order of the sites", "[geometry][thiessen_cells]") {
    std::mt19937_64 random{17};
    std::uniform_real_distribution<double> place{0, 100};
    std::vector<Point> sites(50);
    for (Point& site : sites) site = {place(random), place(random)};
    const auto within = test::random_star(random, {50, 50}, 60, 25);
    const auto cells = thiessen_cells(sites, within);
    std::vector<std::size_t> order(sites.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), random);
    std::vector<Point> shuffled;
    for (const std::size_t i : order) shuffled.push_back(sites[i]);
    const auto shuffled_cells = thiessen_cells(shuffled, within);
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(shuffled_cells[i] == cells[order[i]]);
}
