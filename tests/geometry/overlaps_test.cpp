#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/validity.hpp>
#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"

using namespace amayesh;
using test::polygon;
using test::rectangle;

namespace {

/// Every pair, overlaid.
std::vector<Overlap> overlaps_by_brute_force(const std::vector<MultiPolygon>& shapes, double least_area) {
    std::vector<Overlap> overlaps;
    for (std::size_t a = 0; a < shapes.size(); ++a)
        for (std::size_t b = a + 1; b < shapes.size(); ++b)
            if (const double area = planar_area(intersection_of(shapes[a], shapes[b])); area > least_area)
                overlaps.push_back({a, b, area, {}});
    return overlaps;
}

void require_same(const std::vector<MultiPolygon>& shapes, double least_area) {
    const auto found = find_overlaps(shapes, least_area);
    const auto expected = overlaps_by_brute_force(shapes, least_area);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(found[i].first == expected[i].first);
        REQUIRE(found[i].second == expected[i].second);
        REQUIRE(found[i].area == Approx(expected[i].area));
    }
}

}  // namespace

TEST_CASE("a clean tiling has no overlaps", "[geometry][overlay]") {
    std::mt19937_64 random{3};
    CHECK(find_overlaps(test::wandering_tiling(random, 8, 6), 0).empty());
}

TEST_CASE("an overlap is placed and measured", "[geometry][overlay]") {
    const std::array shapes{rectangle(0, 0, 4, 2), rectangle(10, 0, 12, 2), rectangle(3, 1, 6, 3)};
    const auto overlaps = find_overlaps(shapes, 0.5);
    REQUIRE(overlaps.size() == 1);
    CHECK(overlaps[0].first == 0);
    CHECK(overlaps[0].second == 2);
    CHECK(overlaps[0].area == 1 * 1);
    CHECK(overlaps[0].place == Point{3.5, 1.5});
    CHECK(find_overlaps(shapes, 1).empty());
}

TEST_CASE("overlaps that no crossing edge betrays are found", "[geometry][overlay]") {
    SECTION("the same shape twice") { require_same({rectangle(0, 0, 2, 2), rectangle(0, 0, 2, 2)}, 0); }
    SECTION("one inside the other") { require_same({rectangle(0, 0, 9, 9), rectangle(2, 2, 3, 3)}, 0); }
    SECTION("one inside the other, along a part of its border") {
        require_same({rectangle(0, 0, 9, 9), polygon({{0, 0}, {9, 0}, {9, 9}, {4, 4}, {0, 0}})}, 0);
    }
    SECTION("two tilings of one square, neighbours in each sharing every edge") {
        std::vector<MultiPolygon> shapes;
        for (int i = 0; i < 4; ++i) shapes.push_back(rectangle(i, 0, i + 1, 4));
        for (int i = 0; i < 4; ++i) shapes.push_back(rectangle(0, i, 4, i + 1));
        CHECK(find_overlaps(shapes, 0).size() == 16);
        require_same(shapes, 0);
    }
    SECTION("a hole filled, and filled too far") {
        const Ring hole{{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}};
        const auto holed = polygon({{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {hole});
        CHECK(find_overlaps(std::array{holed, polygon(hole)}, 0).empty());
        require_same({holed, polygon({{2, 2}, {4, 2}, {4, 5}, {2, 4}, {2, 2}})}, 0);
    }
    SECTION("neighbours whose common border has other vertices") {
        require_same({polygon({{0, 0}, {2, 0}, {2, 4}, {0, 4}, {0, 0}}),
                      polygon({{2, 0}, {4, 0}, {4, 4}, {2, 4}, {2, 3}, {2, 1}, {2, 0}})},
                     0);
    }
}

TEST_CASE("overlaps agree with brute force", "[geometry][overlay][property]") {
    for (unsigned seed = 1; seed <= 15; ++seed) {
        INFO("seed " << seed);
        std::mt19937_64 random{seed};
        auto shapes = test::wandering_tiling(random, 5, 3);
        std::uniform_real_distribution<double> place{0, 15};
        for (int i = 0; i < 4; ++i) shapes.push_back(test::random_star(random, {place(random), place(random)}, 2, 12));
        shapes.push_back(shapes[seed % 20]);
        std::shuffle(shapes.begin(), shapes.end(), random);
        require_same(shapes, 1e-9);
    }
}

TEST_CASE("overlaps are the same at any thread count", "[geometry][overlay]") {
    std::mt19937_64 random{5};
    auto shapes = test::wandering_tiling(random, 10, 3);
    shapes.push_back(test::random_star(random, {10, 10}, 8, 30));
    const auto count_at = [&](std::size_t threads) {
        const std::size_t before = thread_limit();
        set_thread_limit(threads);
        auto overlaps = find_overlaps(shapes, 0);
        set_thread_limit(before);
        return overlaps;
    };
    const auto one = count_at(1);
    const auto two = count_at(2);
    REQUIRE(one.size() == two.size());
    REQUIRE(one.size() > 10);
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].first == two[i].first);
        CHECK(one[i].second == two[i].second);
        CHECK(one[i].area == two[i].area);
    }
}

TEST_CASE("a narrow gap that the borders of shapes enclose is found, and nothing else is", "[geometry][overlay]") {
    constexpr BorderFaultLimits limits{.least_area = 0.01, .narrowest_gap = 0.001, .widest_gap = 0.5};
    const auto gaps = [&](const std::vector<MultiPolygon>& shapes) { return find_border_faults(shapes, limits).gaps; };
    const MultiPolygon left = rectangle(0, 0, 10, 10);

    SECTION("a sliver between two, as a vertex too many leaves it") {
        const auto found = gaps({left, polygon({{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10.4, 5}, {10, 0}})});
        REQUIRE(found.size() == 1);
        CHECK(found[0].neighbours == std::vector<std::size_t>{0, 1});
        CHECK(found[0].area == Approx(10 * 0.4 / 2));
        CHECK(found[0].width == Approx(2 * 2.0 / (10 + 2 * std::hypot(0.4, 5))));
        CHECK(found[0].place.x > 10);
        CHECK(found[0].place.x < 10.4);
    }
    SECTION("the same vertex on the other side is an overlap") {
        const BorderFaults found = find_border_faults(
            std::vector{left, polygon({{10, 0}, {20, 0}, {20, 10}, {10, 10}, {9.6, 5}, {10, 0}})}, limits);
        CHECK(found.gaps.empty());
        REQUIRE(found.overlaps.size() == 1);
        CHECK(found.overlaps[0].area == Approx(10 * 0.4 / 2));
    }
    SECTION("a vertex on the border leaves nothing") {
        CHECK(gaps({left, polygon({{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10, 5}, {10, 0}})}).empty());
    }
    SECTION("a wide hole between two is meant, and so is a narrow one in a single shape") {
        CHECK(gaps({polygon({{0, 0}, {10, 0}, {10, 2}, {5, 5}, {10, 8}, {10, 10}, {0, 10}, {0, 0}}),
                    polygon({{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10, 8}, {15, 5}, {10, 2}, {10, 0}})})
                  .empty());
        CHECK(gaps({MultiPolygon{{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}},
                                   {{{2, 2}, {2, 8}, {2.2, 8}, {2.2, 2}, {2, 2}}}}}}})
                  .empty());
    }
    SECTION("a hole that another shape fills is none") {
        CHECK(gaps({left, polygon({{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10.4, 5}, {10, 0}}),
                    polygon({{10, 0}, {10.4, 5}, {10, 10}, {10, 0}})})
                  .empty());
    }
    SECTION("two gaps that meet in a vertex, between three") {
        const auto found = gaps({left, polygon({{10, 0}, {20, 0}, {20, 5}, {10, 5}, {10.3, 2.5}, {10, 0}}),
                                 polygon({{10, 5}, {20, 5}, {20, 10}, {10, 10}, {10.3, 7.5}, {10, 5}})});
        // The long border of the first lacks the vertex where they meet: one ring round both.
        double area = 0;
        for (const SliverGap& gap : found) area += gap.area;
        CHECK(area == Approx(2 * 5 * 0.3 / 2));
    }
    SECTION("a clean tiling, and shapes that do not touch") {
        std::mt19937_64 random{5};
        CHECK(gaps(test::wandering_tiling(random, 8, 6)).empty());
        CHECK(gaps({left, rectangle(10.1, 0, 20, 10)}).empty());  // open at both ends: no hole
    }
}

TEST_CASE("of a tiling that loses vertices, gaps and overlaps make up for the area", "[geometry][overlay][property]") {
    const auto seed = GENERATE(range(1U, 13U));
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    std::vector<MultiPolygon> shapes = test::wandering_tiling(random, 5, 4);
    const double whole = planar_area(union_of(shapes));
    Ring& ring = shapes[7].parts[0].outer;  // in the middle: what it gives up lies between others
    ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(1 + random() % (ring.size() - 2)));
    if (find_invalidity(shapes[7])) return;
    double gaps = 0;
    const BorderFaults faults = find_border_faults(shapes, {});
    for (const SliverGap& gap : faults.gaps) gaps += gap.area;
    CHECK(gaps == Approx(whole - planar_area(union_of(shapes))).margin(1e-9));
}
