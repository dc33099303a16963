#include <amayesh/geometry/overlay.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/difference_index.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/geometry/validity.hpp>
#include <catch2/catch.hpp>

#include "geometry/scan_line_area.hpp"
#include "geometry/shapes.hpp"

using namespace amayesh;
using test::polygon;
using test::rectangle;

TEST_CASE("planar area takes holes off, whatever way rings run", "[geometry][overlay]") {
    const Ring hole{{1, 1}, {3, 1}, {3, 2}, {1, 2}, {1, 1}};
    const Ring other_way{hole.rbegin(), hole.rend()};
    const Ring outer{{0, 0}, {10, 0}, {10, 5}, {0, 5}, {0, 0}};
    CHECK(planar_area(polygon(outer, {hole})) == 10 * 5 - 2 * 1);
    CHECK(planar_area(polygon({outer.rbegin(), outer.rend()}, {other_way})) == 10 * 5 - 2 * 1);
    CHECK(planar_area({}) == 0);
}

TEST_CASE("planar area keeps its digits far from the origin", "[geometry][overlay]") {
    CHECK(planar_area(rectangle(4e6, 4e6, 4e6 + 0.5, 4e6 + 0.25)) == 0.5 * 0.25);
}

TEST_CASE("overlay of two rectangles", "[geometry][overlay]") {
    const auto a = rectangle(0, 0, 4, 2);
    const auto b = rectangle(3, 1, 6, 3);
    CHECK(planar_area(intersection_of(a, b)) == 1 * 1);
    CHECK(planar_area(difference_of(a, b)) == 4 * 2 - 1 * 1);
    CHECK(planar_area(union_of(std::array{a, b})) == 4 * 2 + 3 * 2 - 1 * 1);
    CHECK(intersection_of(a, rectangle(4, 0, 5, 2)).parts.empty());
    CHECK(intersection_of(a, {}).parts.empty());
    CHECK(difference_of(a, {}) == a);
    CHECK(union_of({}).parts.empty());
}

TEST_CASE("a union does not depend on the order of its shapes", "[geometry][overlay]") {
    std::mt19937_64 random{7};
    auto cells = test::wandering_tiling(random, 5, 4);
    const auto whole = union_of(cells);
    CHECK(planar_area(whole) == Approx(20.0 * 20.0));
    for (int i = 0; i < 5; ++i) {
        std::shuffle(cells.begin(), cells.end(), random);
        CHECK(union_of(cells) == whole);
    }
}

TEST_CASE("on a grid whole numbers stay as they are", "[geometry][overlay]") {
    const auto a = rectangle(0, 0, 4, 2);
    const auto b = rectangle(3, 1, 6, 3);
    CHECK(planar_area(difference_on_grid(a, b)) == 4 * 2 - 1 * 1);
    CHECK(planar_area(union_on_grid(std::array{a, b})) == 4 * 2 + 3 * 2 - 1 * 1);
    CHECK(difference_on_grid(a, {}) == a);
    CHECK(difference_on_grid(a, a).parts.empty());
    CHECK(union_on_grid({}).parts.empty());
}

TEST_CASE("on a grid nothing is lost between borders that all but coincide", "[geometry][overlay][property]") {
    const auto seed = GENERATE(range(1U, 31U));
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    const MultiPolygon star = test::random_star(random, {3e5, -2e5}, 20'000, 20 + random() % 80);
    const double moved = std::pow(10.0, -12.0 + static_cast<double>(seed % 9));
    std::uniform_real_distribution<double> offset{-moved, moved};
    std::vector<MultiPolygon> copies(4, star);
    for (MultiPolygon& copy : copies) {
        Ring& ring = copy.parts[0].outer;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            ring[i] = {ring[i].x + offset(random), ring[i].y + offset(random)};
        ring.back() = ring.front();
    }
    const double doubt = (moved + 1e-7) * 100 * 2 * 20'000;  // times its border at most
    for (const MultiPolygon& copy : copies) {
        CHECK(planar_area(difference_on_grid(copy, star)) <= doubt);
        CHECK(planar_area(difference_on_grid(star, copy)) <= doubt);
        CHECK(planar_area(DifferenceIndex{copy}.rest_of(star)) <= doubt);
    }
    const MultiPolygon whole = union_on_grid(copies);
    CHECK_FALSE(find_invalidity(whole));
    CHECK(test::area_apart(whole, star) <= doubt);
}

TEST_CASE("a scan line finds the areas of rectangles that meet", "[geometry][overlay]") {
    const auto a = rectangle(0, 0, 4, 2), b = rectangle(3, 1, 6, 3);
    CHECK(test::area_apart(a, b) == 4 * 2 + 3 * 2 - 2 * 1 * 1);
    CHECK(test::area_apart(a, a) == 0);
    const auto kite = polygon({{0, -1}, {5, 1}, {0, 3}, {-5, 1}, {0, -1}});
    // The kite's side passes (2.5, 0) and (4, 0.6): it cuts that triangle off the rectangle, and another one above.
    CHECK(test::area_where<2>({&a, &kite}, [](const auto& in) { return in[0] && in[1]; }) ==
          Approx(4 * 2 - 2 * (1.5 * 0.6 / 2)));
}

TEST_CASE("an interior point lies inside, far from the border where it can", "[geometry][overlay]") {
    SECTION("in a ring-shaped polygon it misses the hole") {
        const auto shape =
            polygon({{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}, {{{2, 2}, {9, 2}, {9, 9}, {2, 9}, {2, 2}}});
        const Point p = interior_point(shape);
        CHECK(p.x > 0);
        CHECK((p.x < 2 || p.y < 2 || p.x > 9 || p.y > 9));
    }
    SECTION("of a small and a large part it takes the large one") {
        MultiPolygon shape = rectangle(0, 0, 1, 1);
        shape.parts.push_back(rectangle(10, 0, 20, 10).parts.front());
        CHECK(interior_point(shape) == Point{15, 5});
    }
    SECTION("random stars") {
        std::mt19937_64 random{11};
        for (int i = 0; i < 200; ++i) {
            const std::array star{test::random_star(random, {500, 300}, 100, 40)};
            const auto located = PointLocator{star}.locate(interior_point(star[0]));
            REQUIRE(located.shape == 0);
            REQUIRE_FALSE(located.near_border);
        }
    }
    SECTION("a thin diagonal sliver") {
        const std::array sliver{polygon({{0, 0}, {1000, 1000}, {1000, 1000.001}, {0, 0}})};
        CHECK(PointLocator{sliver}.locate(interior_point(sliver[0])).shape == 0);
    }
    CHECK_THROWS_AS(interior_point({}), InvalidInput);
}
