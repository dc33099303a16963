#include <catch2/catch.hpp>

#include <vector>

#include "drawn_roads.hpp"

// What a tolerance joins, and what it leaves alone.

using namespace amayesh;
using drawn::graph;
using drawn::minutes_between;
using drawn::road;

TEST_CASE("an end near another end is joined to it and listed with its length", "[network]") {
    const std::vector<RoadLine> lines = {road({{0, 0}, {1'000, 0}}), road({{1'003, 4}, {2'000, 4}})};
    CHECK(graph(lines, 4.9).components().size() == 2);
    const RoadGraph roads = graph(lines, 5);
    CHECK(roads.components().size() == 1);
    REQUIRE(roads.bridged_gaps().size() == 1);
    CHECK(roads.bridged_gaps().front().length.value() == 5);
    // The gap is driven too, at 60 km/h.
    CHECK(*minutes_between(roads, {0, 0}, {2'000, 4}) == Approx(1 + 0.005 + 0.997));
}

TEST_CASE("an end near a road of its level is joined to the nearest place on it", "[network]") {
    const std::vector<RoadLine> lines = {road({{0, 0}, {1'000, 0}}), road({{400, 3}, {400, 1'000}})};
    CHECK(graph(lines, 2.9).components().size() == 2);
    const RoadGraph roads = graph(lines, 3);
    CHECK(roads.components().size() == 1);
    REQUIRE(roads.bridged_gaps().size() == 1);
    const BridgedGap& gap = roads.bridged_gaps().front();
    CHECK(gap.from == Point{400, 3});
    CHECK(gap.to == Point{400, 0});
    CHECK(gap.road == 1);
    CHECK(*minutes_between(roads, {0, 0}, {400, 1'000}) == Approx(1.4));
}

TEST_CASE("an end near a road of another level is not joined to it, but is to its end", "[network]") {
    CHECK(graph({road({{0, 0}, {1'000, 0}}, 1), road({{400, 3}, {400, 1'000}})}, 5).components().size() == 2);
    CHECK(graph({road({{0, 0}, {1'000, 0}}, 1), road({{1'000, 3}, {1'000, 1'000}})}, 5).components().size() == 1);
}

TEST_CASE("all ends of a scattered crossroads are joined, also where they hang together elsewhere", "[network]") {
    // Two pairs that meet exactly, 0.3 m apart, and a long way round between them.
    const std::vector<RoadLine> lines = {
        road({{-1'000, 0}, {0, 0}}),
        road({{0, 0}, {1'000, 0}}),
        road({{0.3, 0.3}, {0, 1'000}}),
        road({{0.3, 0.3}, {0.3, -1'000}}),
        road({{1'000, 0}, {1'000, 1'000}, {0, 1'000}}),
    };
    const RoadGraph roads = graph(lines, 1);
    REQUIRE(roads.bridged_gaps().size() >= 1);
    CHECK(*minutes_between(roads, {-1'000, 0}, {0.3, -1'000}) == Approx(2).margin(0.01));

    const RoadGraph star = graph({road({{-1'000, 0}, {-0.1, 0}}), road({{0, 0}, {1'000, 0}}),
                                  road({{0, 0.4}, {0, 1'000}}), road({{0.1, 0.4}, {500, 1'000}})},
                                 1);
    CHECK(star.components().size() == 1);
    CHECK(star.bridged_gaps().size() == 3);
}

TEST_CASE("a road drawn a little beyond the one it meets is no gap", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}}), road({{400, -0.5}, {400, 1'000}})}, 1);
    CHECK(roads.bridged_gaps().empty());
    CHECK(roads.node_count() == 5);
}

TEST_CASE("a ring that does not quite close is closed", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}, {1'000, 1'000}, {0, 1'000}, {0, 0.8}})}, 1);
    REQUIRE(roads.bridged_gaps().size() == 1);
    CHECK(*minutes_between(roads, {500, 0}, {0, 500}) == Approx(1));
}

TEST_CASE("roads that meet are not joined to neighbours they already hang together with", "[network]") {
    // Two carriageways 20 m apart, cut at the same places, connected at one end.
    const RoadGraph roads =
        graph({road({{0, 0}, {1'000, 0}}), road({{1'000, 0}, {2'000, 0}}), road({{0, 20}, {1'000, 20}}),
               road({{1'000, 20}, {2'000, 20}}), road({{0, 0}, {0, 20}}), road({{2'000, 0}, {2'000, 20}})},
              50);
    CHECK(roads.bridged_gaps().empty());
}

TEST_CASE("every end within the tolerance of a road ends up in its component", "[network][property]") {
    for (unsigned seed = 0; seed < 30; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        std::uniform_real_distribution<double> metres{0, 10'000}, step{-400, 400};
        std::vector<RoadLine> lines;
        for (int i = 0; i < 60; ++i) {
            const Point from{metres(random), metres(random)};
            lines.push_back(road({from, {from.x + step(random), from.y + step(random)}}));
        }
        std::size_t before = lines.size() + 1;
        for (const double tolerance : {0.0, 100.0, 500.0, 2'000.0, 15'000.0}) {
            const RoadGraph roads = graph(lines, tolerance);
            std::size_t nodes = 0;
            for (const RoadComponent& component : roads.components()) nodes += component.nodes;
            CHECK(nodes == roads.node_count());
            CHECK(roads.components().size() <= before);
            before = roads.components().size();
            for (const BridgedGap& gap : roads.bridged_gaps()) CHECK(gap.length.value() <= tolerance);
        }
        CHECK(before == 1);
    }
}
