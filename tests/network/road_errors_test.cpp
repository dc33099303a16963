#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <amayesh/core/error.hpp>

#include "drawn_roads.hpp"

// What is refused, and what is an ordinary answer.

using namespace amayesh;
using Catch::Matchers::Contains;
using drawn::graph;
using drawn::road;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

RoadLine at_speed(double km_per_hour) { return road({{0, 0}, {1'000, 0}}, 0, RoadDirection::both, km_per_hour); }

}  // namespace

TEST_CASE("a speed that is not above 0 is refused by the number of its line", "[network]") {
    for (const double speed : {0.0, -60.0, not_a_number, infinity}) {
        CAPTURE(speed);
        CHECK_THROWS_WITH(graph({at_speed(60), at_speed(speed)}), Contains("road 1 ") && Contains("speed"));
        CHECK_THROWS_AS(graph({at_speed(speed)}), InvalidInput);
    }
}

TEST_CASE("a coordinate that is no number is refused by the number of its line", "[network]") {
    for (const double bad : {not_a_number, infinity, -infinity, 1e300}) {
        CAPTURE(bad);
        CHECK_THROWS_WITH(graph({at_speed(60), road({{0, 0}, {bad, 5}})}), Contains("road 1 ") && Contains("finite"));
        CHECK_THROWS_AS(graph({road({{0, bad}, {5, 5}})}), InvalidInput);
    }
}

TEST_CASE("options that mean nothing are refused", "[network]") {
    for (const double bad : {-1.0, not_a_number, infinity}) CHECK_THROWS_AS(graph({at_speed(60)}, bad), InvalidInput);
    const RoadGraph roads = graph({at_speed(60)});
    const std::vector<Point> place{{0, 0}};
    CHECK_THROWS_AS(roads.attach(place, Metres{-1}, 5), InvalidInput);
    CHECK_THROWS_AS(roads.attach(place, Metres{not_a_number}, 5), InvalidInput);
    for (const double bad : {0.0, -5.0, not_a_number, infinity})
        CHECK_THROWS_AS(roads.attach(place, Metres{100}, bad), InvalidInput);
    const std::vector<Point> nowhere{{0, 0}, {not_a_number, 0}};
    CHECK_THROWS_WITH(roads.attach(nowhere, Metres{100}, 5), Contains("place 1 "));
    CHECK_THROWS_WITH(roads.attach_to_components(place, std::vector<std::size_t>{7}, Metres{100}, 5),
                      Contains("component 7"));
}

TEST_CASE("accesses and pairs of something else are refused", "[network]") {
    const RoadGraph roads = graph({at_speed(60)});
    const std::vector<std::optional<RoadAccess>> good(1, RoadAccess{});
    for (const RoadAccess& bad : {RoadAccess{.edge = 1}, RoadAccess{.along = 1.5}, RoadAccess{.along = not_a_number},
                                  RoadAccess{.off_road = Metres{-1}}, RoadAccess{.off_road_minutes = not_a_number}}) {
        const std::vector<std::optional<RoadAccess>> places(1, bad);
        CHECK_THROWS_AS(roads.nearest_facilities(places, good, TravelDirection::to_facility), InvalidInput);
        CHECK_THROWS_AS(roads.facilities_within(good, places, TravelTime{1}, TravelDirection::to_facility),
                        InvalidInput);
    }
    const std::vector<RoadGraph::Pair> pairs{{0, 0}, {0, 1}};
    CHECK_THROWS_WITH(roads.ways_of_pairs(good, good, pairs, TravelDirection::to_facility), Contains("pair 1 "));
}

TEST_CASE("links that lead nowhere or take no number of minutes are refused", "[network]") {
    const auto network = [](const RoadLink& link) { return RoadNetwork{2, std::vector<RoadLink>{link}}; };
    CHECK_THROWS_WITH(network({0, 2, 1}), Contains("link 0 ") && Contains("no node 2"));
    for (const double bad : {-1.0, not_a_number, infinity}) {
        CHECK_THROWS_AS(network({0, 1, bad}), InvalidInput);
        CHECK_THROWS_AS(network({0, 1, 1, bad}), InvalidInput);
    }
    CHECK_THROWS_AS(network({0, 1, 1}).nearest_facilities(std::vector<std::size_t>{2}, TravelDirection::to_facility),
                    InvalidInput);
}

TEST_CASE("without roads every place is left unattached", "[network]") {
    for (const std::vector<RoadLine>& lines :
         {std::vector<RoadLine>{}, std::vector<RoadLine>{{MultiLine{}, 60, RoadDirection::both, 0}}}) {
        const RoadGraph roads = graph(lines);
        CHECK(roads.node_count() == 0);
        CHECK(roads.edge_count() == 0);
        CHECK(roads.components().empty());
        const std::vector<Point> places{{0, 0}, {1, 1}};
        const auto at = roads.attach(places, Metres{infinity}, 5);
        CHECK(at == std::vector<std::optional<RoadAccess>>(2));
        CHECK_FALSE(roads.nearest_facilities(at, at, TravelDirection::to_facility).front());
        CHECK(roads.facilities_within(at, at, TravelTime{60'000}, TravelDirection::to_facility).front().empty());
        const std::vector<RoadGraph::Pair> pairs{{0, 1}};
        CHECK_FALSE(roads.ways_of_pairs(at, at, pairs, TravelDirection::from_facility).front());
    }
}

TEST_CASE("a network without nodes and searches without facilities give empty answers", "[network]") {
    const RoadNetwork none{0, {}};
    CHECK(none.nearest_facilities({}, TravelDirection::to_facility).empty());
    const RoadNetwork two{2, std::vector<RoadLink>{{0, 1, 1}}};
    CHECK_FALSE(two.nearest_facilities({}, TravelDirection::to_facility).front());
    CHECK(two.nodes_within({}, TravelTime{1}, TravelDirection::to_facility).empty());
}
