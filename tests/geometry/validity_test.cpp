#include <amayesh/geometry/validity.hpp>

#include <limits>

#include <amayesh/geometry/overlay.hpp>
#include <catch2/catch.hpp>

#include "geometry/shapes.hpp"

using namespace amayesh;
using test::polygon;
using test::rectangle;

TEST_CASE("a valid shape has no fault", "[geometry][validity]") {
    CHECK_FALSE(find_invalidity(rectangle(0, 0, 2, 1)));
    CHECK_FALSE(find_invalidity(polygon({{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{{1, 1}, {1, 2}, {2, 2}, {1, 1}}})));
    CHECK_FALSE(find_invalidity({}));
}

TEST_CASE("faults are named and placed", "[geometry][validity]") {
    SECTION("a bowtie crosses itself at its middle") {
        const auto fault = find_invalidity(polygon({{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}));
        REQUIRE(fault);
        CHECK(fault->reason == "Self-intersection");
        CHECK(fault->place == Point{1, 1});
    }
    SECTION("a hole outside") {
        const auto fault =
            find_invalidity(polygon({{0, 0}, {1, 0}, {1, 1}, {0, 0}}, {{{5, 5}, {6, 5}, {6, 6}, {5, 5}}}));
        REQUIRE(fault);
        CHECK_THAT(fault->reason, Catch::Contains("Hole"));
    }
    SECTION("an open ring") {
        const auto fault = find_invalidity(polygon({{3, 4}, {9, 4}, {9, 9}, {3, 9}}));
        REQUIRE(fault);
        CHECK(fault->reason == "Ring is not closed");
        CHECK(fault->place == Point{3, 4});
    }
    SECTION("a ring of too few points") {
        CHECK(find_invalidity(polygon({{0, 0}, {1, 0}, {0, 0}}))->reason == "Ring has fewer than four points");
        CHECK(find_invalidity(polygon({}))->reason == "Ring without points");
    }
    SECTION("a coordinate that is not a number") {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        CHECK(find_invalidity(polygon({{0, 0}, {1, 0}, {nan, 1}, {0, 0}}))->reason == "Coordinate is not finite");
    }
}

TEST_CASE("repair keeps what is covered", "[geometry][validity]") {
    SECTION("a bowtie becomes its two triangles") {
        const auto repaired = make_valid(polygon({{0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0}}));
        CHECK_FALSE(find_invalidity(repaired));
        CHECK(planar_area(repaired) == Approx(2 * (0.5 * 2 * 1)));
    }
    SECTION("parts on top of each other count once") {
        MultiPolygon shape = rectangle(0, 0, 2, 2);
        shape.parts.push_back(rectangle(1, 0, 3, 2).parts.front());
        CHECK(find_invalidity(shape));
        CHECK(planar_area(make_valid(shape)) == Approx(3 * 2));
    }
    SECTION("an open ring is closed") {
        CHECK(planar_area(make_valid(polygon({{0, 0}, {4, 0}, {4, 4}, {0, 4}}))) == Approx(16));
    }
    SECTION("a spike is cut off") {
        const auto repaired = make_valid(polygon({{0, 0}, {4, 0}, {4, 4}, {2, 4}, {2, 9}, {2, 4}, {0, 4}, {0, 0}}));
        CHECK_FALSE(find_invalidity(repaired));
        CHECK(planar_area(repaired) == Approx(16));
    }
    SECTION("nothing with an area leaves nothing") {
        CHECK(make_valid(polygon({{0, 0}, {4, 0}, {0, 0}, {0, 0}})).parts.empty());
        CHECK(make_valid(polygon({{0, 0}, {4, 0}})).parts.empty());
        CHECK(make_valid({}).parts.empty());
    }
    SECTION("a part without finite coordinates is left out") {
        MultiPolygon shape = rectangle(0, 0, 2, 2);
        shape.parts.push_back(rectangle(5, 5, std::numeric_limits<double>::infinity(), 6).parts.front());
        CHECK(planar_area(make_valid(shape)) == Approx(4));
    }
}

TEST_CASE("rings of every kind are judged as GEOS judges them", "[geometry][validity][property]") {
    SECTION("spikes, touches and repeated points") {
        CHECK_FALSE(find_invalidity(polygon({{0, 0}, {4, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}})));
        CHECK(find_invalidity(polygon({{0, 0}, {4, 0}, {6, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}})));
        CHECK(find_invalidity(polygon({{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}, {0, 0}})));
        CHECK(find_invalidity(polygon({{0, 0}, {-2, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}})));  // a spike at the end
        CHECK(find_invalidity(polygon({{0, 0}, {4, 0}, {4, 4}, {4, 0}, {0, 0}})));           // no area at all
        CHECK(find_invalidity(polygon({{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}, {0, 0}})));  // a figure of eight
    }
    SECTION("random walks: closed rings that cross themselves more often than not") {
        int valid = 0;
        for (unsigned seed = 1; seed <= 400; ++seed) {
            INFO("seed " << seed);
            std::mt19937_64 random{seed};
            std::uniform_int_distribution<int> place{0, 12};
            Ring ring;
            for (unsigned i = 0; i < 4 + seed % 5; ++i)
                ring.push_back({static_cast<double>(place(random)), static_cast<double>(place(random))});
            ring.push_back(ring.front());
            // A second part elsewhere keeps the shape from the short way for a single ring.
            MultiPolygon with_another = polygon(ring);
            with_another.parts.push_back(rectangle(100, 100, 101, 101).parts.front());
            REQUIRE(find_invalidity(polygon(ring)).has_value() == find_invalidity(with_another).has_value());
            valid += !find_invalidity(polygon(ring));
        }
        CHECK(valid > 30);
        CHECK(valid < 370);
    }
}
