#include <amayesh/geometry/point_locator.hpp>

#include <array>
#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"

using namespace amayesh;
using test::polygon;
using test::rectangle;

namespace {

using Wide = __float128;  // exact for products and sums of the coordinates below

/// Crossing number over all edges in exact arithmetic; a point on an edge is held.
bool holds(const MultiPolygon& shape, Point p) {
    bool inside = false;
    const auto visit = [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Point a = ring[i], b = ring[i + 1];
            const Wide cross = (Wide{b.x} - a.x) * (Wide{p.y} - a.y) - (Wide{b.y} - a.y) * (Wide{p.x} - a.x);
            const Wide along = (Wide{a.x} - p.x) * (Wide{b.x} - p.x) + (Wide{a.y} - p.y) * (Wide{b.y} - p.y);
            if (cross == 0 && along <= 0) return true;
            if ((a.y > p.y) != (b.y > p.y) && (cross > 0) == (b.y > a.y)) inside = !inside;
        }
        return false;
    };
    for (const Polygon& part : shape.parts) {
        if (visit(part.outer)) return true;
        for (const Ring& hole : part.holes)
            if (visit(hole)) return true;
    }
    return inside;
}

}  // namespace

TEST_CASE("a point on a common border belongs to the lowest index", "[geometry][point_locator]") {
    const std::array shapes{rectangle(2, 0, 4, 2), rectangle(0, 0, 2, 2), rectangle(0, 2, 4, 4)};
    const PointLocator locator{shapes};
    CHECK(locator.locate({1, 1}).shape == 1);
    CHECK_FALSE(locator.locate({1, 1}).several);
    CHECK_FALSE(locator.locate({1, 1}).near_border);
    const Located on_edge = locator.locate({2, 1});
    CHECK(on_edge.shape == 0);
    CHECK(on_edge.several);
    CHECK(on_edge.near_border);
    CHECK(locator.locate_all({2, 2}) == std::vector<std::size_t>{0, 1, 2});
    CHECK(locator.locate({0, 4}).shape == 2);
    CHECK_FALSE(locator.locate({5, 1}).shape);
    CHECK_FALSE(locator.locate({std::numeric_limits<double>::quiet_NaN(), 1}).shape);
}

TEST_CASE("holes and parts", "[geometry][point_locator]") {
    auto shape = polygon({{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{{2, 2}, {2, 7}, {7, 7}, {7, 2}, {2, 2}}});
    shape.parts.push_back(rectangle(4, 4, 5, 5).parts.front());
    const std::array shapes{MultiPolygon{}, shape};
    const PointLocator locator{shapes};
    CHECK(locator.locate({1, 5}).shape == 1);
    CHECK_FALSE(locator.locate({3, 5}).shape);
    CHECK(locator.locate({4.5, 4.5}).shape == 1);
    CHECK(locator.locate({2, 5}).near_border);
}

TEST_CASE("points near a border are marked", "[geometry][point_locator]") {
    const std::array shapes{rectangle(0, 0, 10, 10)};
    const PointLocator locator{shapes, 0.5};
    CHECK(locator.locate({9.6, 5}).near_border);
    CHECK(locator.locate({10.4, 5}).near_border);
    CHECK_FALSE(locator.locate({10.4, 5}).shape);
    CHECK(locator.locate({5, 10.4}).near_border);
    CHECK(locator.locate({5, -0.5}).near_border);
    CHECK_FALSE(locator.locate({9.4, 5}).near_border);
    CHECK_FALSE(locator.locate({10.4, 10.4}).near_border);  // the corner is sqrt(0.4² + 0.4²) = 0.57 away
}

TEST_CASE("no shapes hold no point", "[geometry][point_locator]") {
    CHECK_FALSE(PointLocator{{}}.locate({0, 0}).shape);
    CHECK_FALSE(PointLocator{std::array{MultiPolygon{}}}.locate({0, 0}).shape);
}

TEST_CASE("location agrees with brute force in exact arithmetic", "[geometry][point_locator][property]") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        auto shapes = test::wandering_tiling(random, 6, 5);
        for (int i = 0; i < 3; ++i) shapes.push_back(test::random_star(random, {15, 15}, 12, 50));
        const PointLocator locator{shapes};
        std::uniform_real_distribution<double> place{-1, 31};
        std::vector<Point> points;
        for (int i = 0; i < 500; ++i) points.push_back({place(random), place(random)});
        for (const auto& shape : shapes)
            for (std::size_t i = 0; i + 1 < shape.parts[0].outer.size(); i += 3) {
                const Point a = shape.parts[0].outer[i], b = shape.parts[0].outer[i + 1];
                points.push_back(a);
                points.push_back({(a.x + b.x) / 2, (a.y + b.y) / 2});  // within an ulp of the edge
                points.push_back({a.x + 1e-15, a.y});
                points.push_back({place(random), a.y});  // level with a vertex
            }
        for (const Point& p : points) {
            std::vector<std::size_t> expected;
            for (std::size_t i = 0; i < shapes.size(); ++i)
                if (holds(shapes[i], p)) expected.push_back(i);
            REQUIRE(locator.locate_all(p) == expected);
            const Located located = locator.locate(p);
            REQUIRE(located.shape == (expected.empty() ? std::nullopt : std::optional{expected[0]}));
            REQUIRE(located.several == (expected.size() > 1));
        }
    }
}

TEST_CASE("a tiling far from the origin leaves no point out", "[geometry][point_locator][property]") {
    std::mt19937_64 random{99};
    auto shapes = test::wandering_tiling(random, 6, 5);
    for (auto& shape : shapes)
        for (Point& p : shape.parts[0].outer) p = {p.x / 7 + 4'000'000, p.y / 7 + 500'000};
    const PointLocator locator{shapes};
    std::uniform_real_distribution<double> share{0.001, 0.999};
    for (int i = 0; i < 20'000; ++i)
        REQUIRE(locator.locate({4'000'000 + share(random) * 30 / 7, 500'000 + share(random) * 30 / 7}).shape);
    for (const auto& shape : shapes)
        for (const Point& p : shape.parts[0].outer) REQUIRE(locator.locate(p).near_border);
}
