#include <amayesh/geometry/disc_union.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>
#include <amayesh/geometry/validity.hpp>

#include "geometry/scan_line_area.hpp"
#include "geometry/shapes.hpp"

using namespace amayesh;

namespace {

constexpr double pi = std::numbers::pi;

/// Area of the regular polygon with 4 q corners on a circle.
double drawn_area(double radius, int q) { return 2 * q * radius * radius * std::sin(pi / (2 * q)); }

MultiPolygon drawn(const Disc& disc, int q) {
    Ring ring;
    for (int i = 0; i < 4 * q; ++i) {
        const double angle = pi / (2 * q) * i;
        ring.push_back({disc.centre.x + disc.radius * std::cos(angle), disc.centre.y + disc.radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return test::polygon(ring);
}

MultiPolygon united_by_geos(const std::vector<Disc>& discs, int q) {
    std::vector<MultiPolygon> shapes;
    for (const Disc& disc : discs)
        if (disc.radius > 0) shapes.push_back(drawn(disc, q));
    return union_of(shapes);
}

std::size_t hole_count(const MultiPolygon& shape) {
    std::size_t holes = 0;
    for (const Polygon& part : shape.parts) holes += part.holes.size();
    return holes;
}

std::vector<Disc> random_discs(std::mt19937_64& random, std::size_t count, double extent, double least, double most) {
    std::uniform_real_distribution<double> place{-extent, extent}, radius{least, most};
    std::vector<Disc> discs;
    for (std::size_t i = 0; i < count; ++i) discs.push_back({{place(random), place(random)}, radius(random)});
    return discs;
}

/// Same area, parts and holes as GEOS, and valid. `shrink`: what discs may lose where they meet by accident, metres.
void check_like_geos(const std::vector<Disc>& discs, int q, double shrink = 0) {
    const MultiPolygon ours = union_of_discs(discs, q);
    const MultiPolygon theirs = united_by_geos(discs, q);
    CHECK_FALSE(find_invalidity(ours));
    CHECK(ours.parts.size() == theirs.parts.size());
    CHECK(hole_count(ours) == hole_count(theirs));
    double outline = 0;
    for (const Disc& disc : discs) outline += 2 * pi * disc.radius;
    CHECK(test::area_apart(ours, theirs) <= outline * shrink + 1e-11 * planar_area(theirs));
}

}  // namespace

TEST_CASE("one disc is a regular polygon on its circle", "[geometry][disc_union]") {
    const int q = GENERATE(1, 2, 8, 30);
    const MultiPolygon shape = union_of_discs(std::vector<Disc>{{{3e5, -2e6}, 15'000}}, q);
    REQUIRE(shape.parts.size() == 1);
    CHECK(shape.parts[0].outer.size() == 4 * static_cast<std::size_t>(q) + 1);
    CHECK(planar_area(shape) == Approx(drawn_area(15'000, q)).epsilon(1e-12));
    for (const Point& p : shape.parts[0].outer)
        CHECK(std::hypot(p.x - 3e5, p.y + 2e6) == Approx(15'000).epsilon(1e-12));
}

TEST_CASE("no discs, and discs of no or hardly any radius, have no area", "[geometry][disc_union]") {
    CHECK(union_of_discs({}).parts.empty());
    CHECK(union_of_discs(std::vector<Disc>{{{1, 2}, 0}, {{5, 5}, 0}}).parts.empty());
    CHECK(union_of_discs(std::vector<Disc>{{{1e6, 1e6}, 1e-4}}).parts.empty());
}

TEST_CASE("a disc that cannot be drawn is refused", "[geometry][disc_union]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK_THROWS_AS(union_of_discs(std::vector<Disc>{{{0, 0}, -1}}), InvalidInput);
    CHECK_THROWS_AS(union_of_discs(std::vector<Disc>{{{0, 0}, nan}}), InvalidInput);
    CHECK_THROWS_AS(union_of_discs(std::vector<Disc>{{{0, infinity}, 1}}), InvalidInput);
    CHECK_THROWS_AS(union_of_discs(std::vector<Disc>{{{0, 0}, 1}}, 0), InvalidInput);
    CHECK_THROWS_AS(union_of_discs(std::vector<Disc>{{{0, 0}, 1}}, 1'001), InvalidInput);
}

TEST_CASE("two overlapping discs have the area of both less their lens", "[geometry][disc_union]") {
    const double r = 10'000, d = 12'000;
    const double lens = 2 * r * r * std::acos(d / (2 * r)) - d / 2 * std::sqrt(4 * r * r - d * d);
    // With 400 edges a quarter, drawn circles are too small by (π / 800)² / 1.5 ≈ 1e-5 / 1.5 of the discs' area.
    const MultiPolygon shape = union_of_discs(std::vector<Disc>{{{0, 0}, r}, {{d * 0.6, d * 0.8}, r}}, 400);
    CHECK(planar_area(shape) == Approx(2 * pi * r * r - lens).epsilon(2e-5));
    CHECK(shape.parts.size() == 1);
}

TEST_CASE("a disc inside another, twice there or nearly twice changes nothing", "[geometry][disc_union]") {
    const Disc big{{1e6, 2e6}, 20'000};
    const double area = drawn_area(20'000, 8);
    CHECK(planar_area(union_of_discs(std::vector<Disc>{big, {{1.005e6, 2.003e6}, 9'000}})) ==
          Approx(area).epsilon(1e-12));
    CHECK(planar_area(union_of_discs(std::vector<Disc>{big, big, big})) == Approx(area).epsilon(1e-12));
    for (const double apart : {1e-10, 1e-7, 1e-6, 1e-5, 1e-3}) {
        const MultiPolygon shape =
            union_of_discs(std::vector<Disc>{big, {{1e6 + apart, 2e6 - apart / 3}, 20'000}, big});
        CHECK_FALSE(find_invalidity(shape));
        CHECK(shape.parts.size() == 1);
        CHECK(hole_count(shape) == 0);
        CHECK(planar_area(shape) == Approx(area + 40'000 * apart).epsilon(1e-7));
    }
}

TEST_CASE("tangent discs stay apart or join, and keep their area", "[geometry][disc_union]") {
    SECTION("from outside, corner on corner") {
        const std::vector<Disc> discs{{{0, 0}, 5'000}, {{10'000, 0}, 5'000}, {{10'000, 10'000}, 5'000}};
        const MultiPolygon shape = union_of_discs(discs);
        CHECK_FALSE(find_invalidity(shape));
        CHECK(shape.parts.size() == 3);
        CHECK(planar_area(shape) == Approx(3 * drawn_area(5'000, 8)).epsilon(1e-7));
    }
    SECTION("from outside, edge on edge") {
        const double apothem = 5'000 * std::cos(pi / 32), angle = pi / 32;
        const std::vector<Disc> discs{{{0, 0}, 5'000},
                                      {{2 * apothem * std::cos(angle), 2 * apothem * std::sin(angle)}, 5'000}};
        const MultiPolygon shape = union_of_discs(discs);
        CHECK_FALSE(find_invalidity(shape));
        CHECK(planar_area(shape) == Approx(2 * drawn_area(5'000, 8)).epsilon(1e-7));
    }
    SECTION("from inside") {
        const std::vector<Disc> discs{{{0, 0}, 5'000}, {{3'000, 0}, 2'000}};
        const MultiPolygon shape = union_of_discs(discs);
        CHECK_FALSE(find_invalidity(shape));
        CHECK(shape.parts.size() == 1);
        CHECK(planar_area(shape) == Approx(drawn_area(5'000, 8)).epsilon(1e-7));
    }
}

TEST_CASE("a ring of discs has a hole, a chain has none", "[geometry][disc_union]") {
    std::vector<Disc> ring, chain;
    for (int i = 0; i < 24; ++i)
        ring.push_back({{50'000 * std::cos(pi / 12 * i), 50'000 * std::sin(pi / 12 * i)}, 8'000});
    for (int i = 0; i < 1'000; ++i) chain.push_back({{i * 9'000.0, i * 100.0}, 6'000});
    const MultiPolygon around = union_of_discs(ring);
    REQUIRE(around.parts.size() == 1);
    CHECK(around.parts[0].holes.size() == 1);
    const MultiPolygon along = union_of_discs(chain);
    REQUIRE(along.parts.size() == 1);
    CHECK(along.parts[0].holes.empty());

    std::vector<Disc> island = ring;
    island.push_back({{0, 0}, 1'000});
    const MultiPolygon with_island = union_of_discs(island);
    REQUIRE(with_island.parts.size() == 2);
    CHECK(hole_count(with_island) == 1);
    CHECK(planar_area(with_island) == Approx(planar_area(around) + drawn_area(1'000, 8)).epsilon(1e-12));
}

TEST_CASE("a square grid of discs has the area of its cells", "[geometry][disc_union]") {
    const int side = 12;
    const auto grid_of = [&](double spacing, double radius) {
        std::vector<Disc> discs;
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) discs.push_back({{x * spacing, y * spacing}, radius});
        return discs;
    };
    SECTION("apart") {
        const MultiPolygon shape = union_of_discs(grid_of(10'001, 5'000));
        CHECK(shape.parts.size() == side * side);
        CHECK(planar_area(shape) == Approx(side * side * drawn_area(5'000, 8)).epsilon(1e-12));
    }
    SECTION("overlapping, with holes between four") { check_like_geos(grid_of(10'000, 6'000), 8); }
    SECTION("overlapping, without holes") {
        const MultiPolygon shape = union_of_discs(grid_of(10'000, 9'000));
        CHECK(shape.parts.size() == 1);
        CHECK(hole_count(shape) == 0);
        check_like_geos(grid_of(10'000, 9'000), 8, 1e-4);
    }
    SECTION("four corners meet in one point") {
        const MultiPolygon shape = union_of_discs(grid_of(10'000, 10'000 / std::sqrt(2.0)));
        CHECK_FALSE(find_invalidity(shape));
        CHECK(planar_area(shape) ==
              Approx(planar_area(united_by_geos(grid_of(10'000, 10'000 / std::sqrt(2.0)), 8))).epsilon(1e-7));
    }
    SECTION("tangent to their neighbours") {
        const MultiPolygon shape = union_of_discs(grid_of(10'000, 5'000));
        CHECK_FALSE(find_invalidity(shape));
        CHECK(shape.parts.size() == side * side);
        CHECK(planar_area(shape) == Approx(side * side * drawn_area(5'000, 8)).epsilon(1e-7));
    }
}

TEST_CASE("random discs unite as by GEOS", "[geometry][disc_union][property]") {
    const auto seed = GENERATE(range(1U, 31U));
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    const std::size_t count = 1 + random() % 250;
    const double extent = std::uniform_real_distribution<double>{5'000, 400'000}(random);
    const int q = static_cast<int>(1 + random() % 12);
    check_like_geos(random_discs(random, count, extent, 500, 20'000), q);
    check_like_geos(random_discs(random, count, extent, 8'000, 8'000), q);
}

TEST_CASE("random discs on whole coordinates unite as by GEOS", "[geometry][disc_union][property]") {
    const auto seed = GENERATE(range(1U, 21U));
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    std::vector<Disc> discs;  // many repeated, tangent and in line
    for (std::size_t i = 0, count = 2 + random() % 60; i < count; ++i)
        discs.push_back({{static_cast<double>(random() % 12) * 1'000, static_cast<double>(random() % 12) * 1'000},
                         static_cast<double>(1 + random() % 3) * 500});
    const MultiPolygon ours = union_of_discs(discs), theirs = united_by_geos(discs, 8);
    CHECK_FALSE(find_invalidity(ours));
    CHECK(test::area_apart(ours, theirs) <= 1e-7 * planar_area(theirs));
}

TEST_CASE("what corners and edges that meet leave in doubt is right for every point",
          "[geometry][disc_union][property]") {
    const auto seed = GENERATE(range(1U, 41U));
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    const int q = static_cast<int>(1 + random() % 8);
    const double apothem = std::cos(pi / (4 * q));
    const bool along_edges = seed % 2 == 0;
    std::vector<Disc> discs;  // side by side in the directions of corners or of edges
    for (std::size_t i = 0, count = 5 + random() % 70; i < count; ++i) {
        const double angle = pi / (2 * q) * (static_cast<double>(random() % (4 * q)) + (along_edges ? 0.5 : 0.0));
        const double away = along_edges ? 1'500 * apothem * static_cast<double>(random() % 5)
                                        : 3'000 * static_cast<double>(random() % 3);
        discs.push_back({{away * std::cos(angle), away * std::sin(angle)}, 3'000});
    }
    const auto deepest = [&](const Point& p) {  // how far inside the polygon that holds it best; negative outside all
        double best = -1e300;
        for (const auto& [centre, radius] : discs) {
            double depth = 1e300;
            for (int i = 0; i < 4 * q; ++i) {
                const double angle = pi / (2 * q) * (i + 0.5);
                depth = std::min(
                    depth, radius * apothem - (p.x - centre.x) * std::cos(angle) - (p.y - centre.y) * std::sin(angle));
            }
            best = std::max(best, depth);
        }
        return best;
    };
    const MultiPolygon shape = union_of_discs(discs, q);
    CHECK_FALSE(find_invalidity(shape));
    std::vector<MultiPolygon> shapes;
    for (const Disc& disc : discs) shapes.push_back(drawn(disc, q));
    CHECK(test::area_apart(shape, union_on_grid(shapes)) <= 1e-6 * planar_area(shape));
    const PointLocator locator{{&shape, 1}};
    std::uniform_real_distribution<double> place{-9'100, 9'100};
    for (int i = 0; i < 1'500; ++i) {
        const Point p{place(random), place(random)};
        const double depth = deepest(p);
        if (std::abs(depth) > 1e-3) CHECK(locator.locate(p).shape.has_value() == (depth > 0));
    }
}

TEST_CASE("the area of discs of many sizes agrees with random points", "[geometry][disc_union][property]") {
    std::mt19937_64 random{1397};
    const double extent = 60'000;
    const std::vector<Disc> discs = random_discs(random, 60, extent - 15'000, 1'000, 15'000);
    const int q = 200;
    std::uniform_real_distribution<double> place{-extent, extent};
    const int points = 400'000;
    int hits = 0;
    for (int i = 0; i < points; ++i) {
        const Point p{place(random), place(random)};
        hits += std::ranges::any_of(
            discs, [&](const Disc& d) { return std::hypot(p.x - d.centre.x, p.y - d.centre.y) <= d.radius; });
    }
    const double share = static_cast<double>(hits) / points;
    const double five_deviations = 5 * std::sqrt(share * (1 - share) / points);
    CHECK(planar_area(union_of_discs(discs, q)) / (4 * extent * extent) == Approx(share).margin(five_deviations));
}

TEST_CASE("fifteen hundred discs that all overlap", "[geometry][disc_union]") {
    std::mt19937_64 random{7};
    const std::vector<Disc> discs = random_discs(random, 1'500, 2'000, 10'000, 10'500);  // 10⁶ pairs
    const MultiPolygon shape = union_of_discs(discs);
    CHECK(shape.parts.size() == 1);
    CHECK(hole_count(shape) == 0);
    CHECK(test::area_apart(shape, united_by_geos(discs, 8)) <= 1e-9 * planar_area(shape));
}

TEST_CASE("many discs at nearly one place", "[geometry][disc_union]") {
    const double apart = GENERATE(1e-9, 1e-6, 1e-5, 1e-4, 1e-2);
    CAPTURE(apart);
    std::mt19937_64 random{13};
    std::uniform_real_distribution<double> off{0, apart};
    std::vector<Disc> discs;
    for (int i = 0; i < 80; ++i)
        discs.push_back({{5e6 + off(random) + i % 2 * 3'000, -5e6 + off(random)}, 5'000 + off(random)});
    const MultiPolygon shape = union_of_discs(discs);
    CHECK_FALSE(find_invalidity(shape));
    CHECK(shape.parts.size() == 1);
    CHECK(hole_count(shape) == 0);
    const double two =
        planar_area(union_of_discs(std::vector<Disc>{{{5e6, -5e6}, 5'000}, {{5e6 + 3'000, -5e6}, 5'000}}));
    CHECK(planar_area(shape) == Approx(two).margin(40'000 * (2 * apart + 1e-3)));  // its outline times the doubt
}

TEST_CASE("ten thousand discs unite to the same shape in any order and on any number of threads",
          "[geometry][disc_union][property]") {
    std::mt19937_64 random{11};
    std::vector<Disc> discs = random_discs(random, 10'000, 900'000, 3'000, 12'000);
    discs.insert(discs.end(), discs.begin(), discs.begin() + 50);
    discs.push_back({{discs[0].centre.x + 2e-7, discs[0].centre.y}, discs[0].radius});  // undecided at first
    const std::size_t threads = thread_limit();
    const MultiPolygon shape = union_of_discs(discs);
    CHECK_FALSE(find_invalidity(shape));
    std::ranges::shuffle(discs, random);
    set_thread_limit(1);
    CHECK(union_of_discs(discs) == shape);
    std::ranges::reverse(discs);
    set_thread_limit(5);
    CHECK(union_of_discs(discs) == shape);
    set_thread_limit(threads);
}

TEST_CASE("the sag is the distance of an edge's middle from its circle", "[geometry][disc_union]") {
    CHECK(circle_sag(10'000, 8) == Approx(10'000 * (1 - std::cos(pi / 32))).epsilon(1e-9));
    CHECK(circle_sag(10'000, 1) == Approx(10'000 * (1 - std::sqrt(0.5))));
}

TEST_CASE("a line reaches as far sideways and around its ends", "[geometry][disc_union]") {
    const LineReach line{{{{{0, 0}, {30'000, 0}}}}, 4'000};
    CHECK(planar_area(union_of_line_reaches(std::vector{line})) ==
          Approx(30'000.0 * 8'000 + drawn_area(4'000, 8)).epsilon(1e-9));
    const LineReach crossing{{{{{15'000, -20'000}, {15'000, 20'000}}}}, 4'000};
    CHECK(planar_area(union_of_line_reaches(std::vector{line, crossing})) ==
          Approx(70'000.0 * 8'000 + 2 * drawn_area(4'000, 8) - 8'000.0 * 8'000).epsilon(1e-9));
    CHECK(union_of_line_reaches({}).parts.empty());
    CHECK_THROWS_AS(union_of_line_reaches(std::vector{LineReach{line.lines, -1}}), InvalidInput);
}
