#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "drawn_roads.hpp"

// Where roads meet and where they do not.

using namespace amayesh;
using drawn::graph;
using drawn::minutes_between;
using drawn::road;

namespace {

/// Nodes of a graph by place.
std::vector<Point> nodes_of(const RoadGraph& roads) {
    std::vector<Point> nodes;
    for (std::size_t i = 0; i < roads.node_count(); ++i) nodes.push_back(roads.node(i));
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

double distance(const Point& a, const Point& b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Lines of few points anywhere in a square of 1,000 m.
std::vector<RoadLine> random_roads(std::mt19937& random, std::size_t count) {
    std::uniform_real_distribution<double> metres{0, 1'000};
    std::vector<RoadLine> roads(count);
    for (RoadLine& line : roads) {
        line.km_per_hour = 60;
        line.shape.parts.emplace_back();
        for (std::size_t i = 0; i < 2 + random() % 4; ++i)
            line.shape.parts.front().push_back({metres(random), metres(random)});
    }
    return roads;
}

/// The place where two segments cross by Cramer's rule; nothing if they do not.
std::optional<Point> crossing(const Point& a, const Point& b, const Point& c, const Point& d) {
    const double determinant = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
    if (determinant == 0) return std::nullopt;
    const double t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / determinant;
    const double u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / determinant;
    if (t < 0 || t > 1 || u < 0 || u > 1) return std::nullopt;
    return Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

/// Ends and crossings, each pair of segments looked at.
std::vector<Point> brute_force_nodes(const std::vector<RoadLine>& roads) {
    std::vector<std::array<Point, 2>> segments;
    std::vector<Point> nodes;
    for (const RoadLine& line : roads) {
        const LineString& part = line.shape.parts.front();
        nodes.insert(nodes.end(), {part.front(), part.back()});
        for (std::size_t i = 0; i + 1 < part.size(); ++i) segments.push_back({part[i], part[i + 1]});
    }
    for (std::size_t i = 0; i < segments.size(); ++i)
        for (std::size_t j = i + 1; j < segments.size(); ++j) {
            if (segments[i][1] == segments[j][0]) continue;  // one after the other on a line
            if (const auto place = crossing(segments[i][0], segments[i][1], segments[j][0], segments[j][1]))
                nodes.push_back(*place);
        }
    std::sort(nodes.begin(), nodes.end());
    std::vector<Point> apart;  // from those that are one place with another
    for (const Point& p : nodes)
        if (std::none_of(apart.begin(), apart.end(), [&](const Point& q) { return distance(p, q) <= 1e-3; }))
            apart.push_back(p);
    return apart;
}

}  // namespace

TEST_CASE("crossings of random lines are those that every pair of segments has", "[network][property]") {
    for (unsigned seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        const std::vector<RoadLine> roads = random_roads(random, 2 + seed);
        const std::vector<Point> found = nodes_of(graph(roads, 0)), expected = brute_force_nodes(roads);
        REQUIRE(found.size() == expected.size());
        for (const Point& p : expected)
            CHECK(std::any_of(found.begin(), found.end(), [&](const Point& q) { return distance(p, q) <= 1e-3; }));
    }
}

TEST_CASE("two roads that cross meet in the middle of both", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {2'000, 2'000}}), road({{0, 2'000}, {2'000, 0}})});
    REQUIRE(roads.node_count() == 5);
    CHECK(roads.edge_count() == 4);
    REQUIRE(roads.components().size() == 1);
    CHECK(roads.components().front().length.value() == Approx(2 * std::hypot(2'000, 2'000)));
    CHECK(*minutes_between(roads, {0, 0}, {0, 2'000}) == Approx(2 * std::hypot(1, 1)));
    CHECK(roads.bridged_gaps().empty());
}

TEST_CASE("a bridge passes over a road and meets those at its ends", "[network]") {
    // The bridge runs from (0,1000) to (2000,1000) over a road along x = 1000; roads lead on at both ends.
    const std::vector<RoadLine> lines = {
        road({{0, 1'000}, {2'000, 1'000}}, 1),
        road({{1'000, 0}, {1'000, 2'000}}),
        road({{-1'000, 1'000}, {0, 1'000}}),
        road({{2'000, 0}, {2'000, 1'000}, {2'000, 2'000}}),
    };
    const RoadGraph roads = graph(lines);
    CHECK(roads.components().size() == 2);
    CHECK(*minutes_between(roads, {-1'000, 1'000}, {2'000, 0}) == Approx(1 + 2 + 1));
    CHECK_FALSE(minutes_between(roads, {1'000, 0}, {0, 1'000}));

    std::vector<RoadLine> level = lines;
    level.front().level = 0;
    CHECK(graph(level).components().size() == 1);
}

TEST_CASE("vertices that two levels share meet only where one of the roads ends", "[network]") {
    const RoadLine over = road({{0, 0}, {1'000, 0}, {2'000, 0}}, 1);
    CHECK(graph({over, road({{1'000, -500}, {1'000, 0}, {1'000, 500}})}).components().size() == 2);
    CHECK(graph({over, road({{1'000, -500}, {1'000, 0}})}).components().size() == 1);
}

TEST_CASE("a road that touches another one meets it there", "[network]") {
    CHECK(graph({road({{0, 0}, {1'000, 0}}), road({{400, 0}, {400, 300}})}, 0).edge_count() == 3);
    CHECK(graph({road({{0, 0}, {1'000, 0}}), road({{0, 300}, {400, 0}, {800, 300}})}, 0).edge_count() == 4);
    // Both bend where they meet.
    CHECK(graph({road({{0, 0}, {500, 0}, {1'000, 100}}), road({{0, 300}, {500, 0}, {800, 300}})}, 0).edge_count() == 4);
}

TEST_CASE("roads that run along each other meet where they part", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}}), road({{400, 0}, {700, 0}, {700, 500}})}, 0);
    // Nodes at 0, 400, 700, 1000 and (700,500); the piece from 400 to 700 is there twice.
    CHECK(roads.node_count() == 5);
    CHECK(roads.edge_count() == 5);
    CHECK(*minutes_between(roads, {1'000, 0}, {700, 500}) == Approx(0.8));
}

TEST_CASE("roads that nearly run along each other cross once and hang together", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {100'000, 0}}), road({{0, -0.01}, {100'000, 0.02}})}, 0);
    CHECK(roads.components().size() == 1);
    CHECK(roads.node_count() == 5);
    for (std::size_t i = 0; i < roads.node_count(); ++i) CHECK(std::abs(roads.node(i).y) <= 0.02);
}

TEST_CASE("lines drawn twice change no way", "[network]") {
    const std::vector<RoadLine> once = {road({{0, 0}, {1'000, 0}}), road({{500, -500}, {500, 500}})};
    std::vector<RoadLine> twice = once;
    twice.push_back(road({{1'000, 0}, {0, 0}}));
    const RoadGraph first = graph(once), second = graph(twice);
    CHECK(first.node_count() == second.node_count());
    CHECK(second.edge_count() == first.edge_count() + 2);
    CHECK(minutes_between(first, {0, 0}, {500, 500}) == minutes_between(second, {0, 0}, {500, 500}));
    CHECK(second.bridged_gaps().empty());
}

TEST_CASE("a road that crosses itself can be left at the crossing", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {2'000, 0}, {2'000, 1'000}, {1'000, 1'000}, {1'000, -1'000}})});
    CHECK(roads.node_count() == 3);
    CHECK(*minutes_between(roads, {0, 0}, {1'000, -1'000}) == Approx(2));
}

TEST_CASE("a roundabout is driven both ways or one way", "[network]") {
    const auto ring = [](RoadDirection direction) {
        return road({{0, 0}, {1'000, 0}, {1'000, 1'000}, {0, 1'000}, {0, 0}}, 0, direction);
    };
    const std::vector<RoadLine> arms = {road({{-1'000, 0}, {0, 0}}), road({{0, 1'000}, {0, 2'000}})};
    const auto with = [&](RoadDirection direction) {
        std::vector<RoadLine> lines = arms;
        lines.push_back(ring(direction));
        return graph(lines);
    };
    CHECK(*minutes_between(with(RoadDirection::both), {-1'000, 0}, {0, 2'000}) == Approx(3));
    CHECK(*minutes_between(with(RoadDirection::forward), {-1'000, 0}, {0, 2'000}) == Approx(5));
    CHECK(*minutes_between(with(RoadDirection::backward), {-1'000, 0}, {0, 2'000}) == Approx(3));
    // Alone, it still is a road to be reached, and a way goes round it.
    const RoadGraph alone = graph({ring(RoadDirection::forward)});
    CHECK(alone.node_count() == 1);
    CHECK(alone.edge_count() == 1);
    CHECK(*minutes_between(alone, {500, 0}, {0, 500}) == Approx(3));
    CHECK(*minutes_between(alone, {0, 500}, {500, 0}) == Approx(1));
}

TEST_CASE("repeated points, segments of no length and parts of one point are left out", "[network]") {
    RoadLine line = road({{0, 0}, {0, 0}, {500, 0}, {500, 0}, {1'000, 0}, {1'000, 0}});
    line.shape.parts.push_back({{7, 7}});
    line.shape.parts.push_back({{8, 8}, {8, 8}});
    line.shape.parts.push_back({});
    const RoadGraph roads = graph({line});
    CHECK(roads.node_count() == 2);
    CHECK(roads.edge_count() == 1);
    CHECK(*minutes_between(roads, {0, 0}, {1'000, 0}) == Approx(1));
}

TEST_CASE("a spike out and back leads nowhere else", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}, {1'000, 300}, {1'000, 0}, {2'000, 0}})});
    CHECK(*minutes_between(roads, {0, 0}, {2'000, 0}) == Approx(2));
}

TEST_CASE("rounding between places that are one leaves no gap", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}}), road({{1'000 + 1e-7, 1e-7}, {2'000, 0}})}, 0);
    CHECK(roads.node_count() == 3);
    CHECK(roads.bridged_gaps().empty());
    // Three roads through one place that is no vertex of any.
    const RoadGraph star =
        graph({road({{0, 0}, {900, 900}}), road({{0, 600}, {900, 0}}), road({{360, 0}, {360, 900}})}, 0);
    CHECK(star.node_count() == 7);
    CHECK(star.edge_count() == 6);
}

TEST_CASE("the graph does not depend on the order of the lines", "[network][property]") {
    for (unsigned seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        std::vector<RoadLine> lines = random_roads(random, 25);
        for (RoadLine& line : lines) {
            line.km_per_hour = 20.0 + 10 * (random() % 5);
            line.level = static_cast<int>(random() % 2);
            line.direction = static_cast<RoadDirection>(random() % 3);
        }
        std::vector<Point> places(40);
        for (Point& p : places)
            p = {std::uniform_real_distribution<>{0, 1'000}(random),
                 std::uniform_real_distribution<>{0, 1'000}(random)};
        const std::vector<Point> facilities(places.begin(), places.begin() + 5);

        std::vector<RoadLine> shuffled = lines;
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        const RoadGraph first = graph(lines, 60), second = graph(shuffled, 60);
        REQUIRE(first.node_count() == second.node_count());
        for (std::size_t i = 0; i < first.node_count(); ++i) REQUIRE(first.node(i) == second.node(i));
        REQUIRE(first.bridged_gaps().size() == second.bridged_gaps().size());
        const auto ways = [&](const RoadGraph& roads) {
            const auto at = roads.attach(places, Metres{1'000}, 5), to = roads.attach(facilities, Metres{1'000}, 5);
            return roads.nearest_facilities(at, to, TravelDirection::to_facility);
        };
        const auto a = ways(first), b = ways(second);
        for (std::size_t i = 0; i < a.size(); ++i) {
            REQUIRE(a[i].has_value() == b[i].has_value());
            if (!a[i]) continue;
            CHECK(a[i]->facility == b[i]->facility);
            CHECK(a[i]->minutes == b[i]->minutes);
            CHECK(a[i]->metres == b[i]->metres);
        }
    }
}
