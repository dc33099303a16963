#include <catch2/catch.hpp>

#include <cmath>
#include <random>
#include <set>

#include <amayesh/geometry/spatial_order.hpp>

using namespace amayesh;

TEST_CASE("a spatial order takes every point once, quadrant by quadrant", "[geometry][spatial_order]") {
    const std::vector<Point> corners{{9, 9}, {0, 0}, {9, 0}, {0, 9}, {1, 1}};
    CHECK(spatial_order(corners) == std::vector<std::size_t>{1, 4, 2, 3, 0});
    CHECK(spatial_order({}).empty());
    CHECK(spatial_order(std::vector<Point>{{3, 3}, {3, 3}}) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("points that are not finite come last", "[geometry][spatial_order]") {
    const std::vector<Point> points{{std::nan(""), 0}, {5, 5}, {0, INFINITY}, {1, 1}};
    CHECK(spatial_order(points) == std::vector<std::size_t>{3, 1, 0, 2});
}

TEST_CASE("the way through the points is far shorter than in the order given", "[geometry][spatial_order]") {
    std::mt19937 random(5);
    std::uniform_real_distribution<double> uniform(-100, 100);
    std::vector<Point> points(10'000);
    for (Point& p : points) p = {uniform(random), uniform(random)};
    const auto order = spatial_order(points);
    CHECK(std::set<std::size_t>(order.begin(), order.end()).size() == points.size());
    const auto way = [&](auto&& at) {
        double length = 0;
        for (std::size_t i = 1; i < points.size(); ++i)
            length += std::hypot(points[at(i)].x - points[at(i - 1)].x, points[at(i)].y - points[at(i - 1)].y);
        return length;
    };
    CHECK(way([&](std::size_t i) { return order[i]; }) < 0.05 * way([](std::size_t i) { return i; }));
}
