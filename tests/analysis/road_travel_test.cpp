#include <chrono>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include <amayesh/analysis/road_travel.hpp>
#include <catch2/catch.hpp>

#include "analysis/travel_worlds.hpp"

using namespace amayesh;

namespace {

constexpr double road_speed = 60;  // km/h: a km a minute
constexpr double walk_speed = 3;   // km/h: 50 m a minute

RoadLine road(const TravelWorld& world, const std::vector<Point>& vertices,
              RoadDirection direction = RoadDirection::both) {
    return {{{world.line(vertices)}}, road_speed, direction};
}

RoadTravelOptions options(double snap_km = 1) {
    return {.snap = Kilometres{snap_km}, .walking_km_per_hour = walk_speed};
}

double minutes_of(const PlaceTravel& travel) { return travel.nearest ? to_minutes(travel.nearest->time) : -1; }

}  // namespace

TEST_CASE("A way is the walk to the road, the drive and the walk to the zone", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 100);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}})};
    const RoadTravel travel(world.area, roads, options());
    const PlaceTravel way = travel.nearest_zones(Places{world.degrees(2'000, 200)})[0];
    CHECK(minutes_of(way) == Approx(200.0 / 50 + 8 + 100.0 / 50).epsilon(1e-5));
    CHECK(way.nearest->length->value() == Approx(0.2 + 8 + 0.1).epsilon(1e-6));
    CHECK(way.off_network.value() == Approx(200).epsilon(1e-6));
    CHECK_FALSE(way.unroutable);
}

TEST_CASE("A zone that roads cross is entered at its border, without a walk", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 300, 1'000);  // from 9,500 to 10,500 east, from -200 north on
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}})};
    const RoadTravel travel(world.area, roads, options());
    const auto ways = travel.nearest_zones(Places{world.degrees(2'000, 0), world.degrees(15'000, 0)});
    CHECK(minutes_of(ways[0]) == Approx(7.5).epsilon(1e-5));
    CHECK(minutes_of(ways[1]) == Approx(4.5).epsilon(1e-5));  // from the other side at the other border
    CHECK(travel.unroutable_zones().empty());
}

TEST_CASE("A zone beside the road is reached from the nearest place on it", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 750, 1'000);  // its south side lies 250 m from the road
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {9'000, 0}, {20'000, 0}})};
    const RoadTravel travel(world.area, roads, options());
    const PlaceTravel way = travel.nearest_zones(Places{world.degrees(2'000, 0)})[0];
    CHECK(minutes_of(way) == Approx(7.5 + 250.0 / 50).epsilon(1e-4));
}

TEST_CASE("A road inside a zone is a way into it", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 0, 4'000);
    const std::vector<RoadLine> roads{road(world, {{9'500, 0}, {10'500, 0}})};
    const RoadTravel travel(world.area, roads, options(5));
    CHECK(travel.unroutable_zones().empty());
    const PlaceTravel way = travel.nearest_zones(Places{world.degrees(9'500, 3'000)})[0];
    CHECK(minutes_of(way) == Approx(20).epsilon(1e-3));  // on foot to the border, not on to the road inside
}

TEST_CASE("Whoever is inside a zone is there", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 5'000, 1'000);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {0, 4'900}})};
    const RoadTravel travel(world.area, roads, options());
    const Places inside{world.degrees(100, 5'100)};
    CHECK(minutes_of(travel.nearest_zones(inside)[0]) == 0);
    const auto zones = travel.zones_within(inside, TravelTime{0});
    REQUIRE(zones[0].size() == 1);
    CHECK(zones[0][0].zone == 0);
}

TEST_CASE("Places and zones without a way are told apart", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 0);
    world.add_zone(0, 50'000);                                      // nowhere near a road
    world.add_zone(100'000, 0, 0, ZoneStatus::under_construction);  // does not serve
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {10'000, 0}}), road(world, {{90'000, 0}, {100'000, 0}})};
    const RoadTravel travel(world.area, roads, options());
    REQUIRE(travel.unroutable_zones().size() == 1);
    CHECK(travel.unroutable_zones()[0].zone == 1);
    CHECK(travel.unroutable_zones()[0].reason == UnroutableReason::no_access);
    const auto ways = travel.nearest_zones(
        Places{std::nullopt, world.degrees(5'000, 2'000), world.degrees(95'000, 0), world.degrees(5'000, 0)});
    CHECK(ways[0].unroutable == UnroutableReason::no_position);
    CHECK(ways[1].unroutable == UnroutableReason::no_access);
    CHECK(ways[2].unroutable == UnroutableReason::no_way_to_any_zone);
    CHECK(minutes_of(ways[3]) == Approx(5).epsilon(1e-5));
}

TEST_CASE("One-way roads lead one way", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 0);
    for (const RoadDirection direction : {RoadDirection::forward, RoadDirection::backward}) {
        const std::vector<RoadLine> roads{road(world, {{0, 0}, {10'000, 0}}, direction)};
        RoadTravelOptions wanted = options();
        const bool leads_there = direction == RoadDirection::forward;
        const Places places{world.degrees(0, 0)};
        CHECK(RoadTravel(world.area, roads, wanted).nearest_zones(places)[0].nearest.has_value() == leads_there);
        wanted.direction = TravelDirection::from_facility;
        CHECK(RoadTravel(world.area, roads, wanted).nearest_zones(places)[0].nearest.has_value() != leads_there);
    }
}

TEST_CASE("The quickest zone is the first of those within a limit that it belongs to",
          "[analysis][road_travel][property]") {
    const unsigned seed = GENERATE(1U, 2U, 3U, 4U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 20'000);
    TravelWorld world;
    for (int i = 0; i < 12; ++i) world.add_zone(anywhere(random), anywhere(random), i % 2 == 0 ? 0 : 800);
    std::vector<RoadLine> roads;
    for (int i = 0; i < 25; ++i)
        roads.push_back(road(world, {{anywhere(random), anywhere(random)}, {anywhere(random), anywhere(random)}},
                             i % 5 == 0 ? RoadDirection::forward : RoadDirection::both));
    Places places;
    for (int i = 0; i < 60; ++i) places.emplace_back(world.degrees(anywhere(random), anywhere(random)));
    const RoadTravel travel(world.area, roads, options(3));
    const auto nearest = travel.nearest_zones(places);
    const auto within = travel.zones_within(places, std::chrono::hours{10});
    for (std::size_t i = 0; i < places.size(); ++i) {
        CAPTURE(i);
        REQUIRE(nearest[i].nearest.has_value() == !within[i].empty());
        if (within[i].empty()) continue;
        CHECK(nearest[i].nearest->zone == within[i].front().zone);
        CHECK(nearest[i].nearest->time == within[i].front().time);
        const TravelTime time = nearest[i].nearest->time;
        CHECK_FALSE(travel.zones_within({&places[i], 1}, time)[0].empty());
        if (time > TravelTime{0}) CHECK(travel.zones_within({&places[i], 1}, time - TravelTime{1})[0].empty());
        for (std::size_t z = 1; z < within[i].size(); ++z) CHECK(within[i][z - 1].time <= within[i][z].time);
    }
}

TEST_CASE("A serving zone without a position is told", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 0);
    world.add_zone(0, 0);
    world.area.zones[1].geometry = {};
    world.add_zone(0, 0, 0, ZoneStatus::closed);
    world.area.zones[2].geometry = {};
    const RoadTravel travel(world.area, std::vector<RoadLine>{road(world, {{0, 0}, {10'000, 0}})}, options());
    REQUIRE(travel.unroutable_zones().size() == 1);
    CHECK(travel.unroutable_zones()[0].zone == 1);
    CHECK(travel.unroutable_zones()[0].reason == UnroutableReason::no_position);
}

TEST_CASE("A zone near by is reached on foot where that is quicker than the roads", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 0);
    world.add_zone(10'000, 3'000);
    const std::vector<RoadLine> roads{road(world, {{0, 3'000}, {20'000, 3'000}})};
    const RoadTravel travel(world.area, roads, options(5));
    const Places places{world.degrees(300, 0), world.degrees(9'000, 3'000)};
    const auto ways = travel.nearest_zones(places);
    CHECK(ways[0].nearest->zone == 0);
    CHECK(minutes_of(ways[0]) == Approx(6).epsilon(1e-3));
    CHECK(ways[0].nearest->length->value() == Approx(0.3).epsilon(1e-3));
    CHECK(ways[0].off_network.value() == Approx(300).epsilon(1e-3));
    CHECK(ways[1].nearest->zone == 1);
    CHECK(minutes_of(ways[1]) == Approx(1).epsilon(1e-3));
    const auto zones = travel.zones_within(places, to_travel_time(6.01));
    REQUIRE(zones[0].size() == 1);
    CHECK(zones[0][0].zone == 0);
    CHECK(travel.zones_within(places, to_travel_time(5.9))[0].empty());
}

TEST_CASE("A zone that no road comes near is reached on foot", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 50'000, 1'000);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}})};
    const RoadTravel travel(world.area, roads, options());
    const auto ways = travel.nearest_zones(Places{world.degrees(0, 49'400), world.degrees(0, 40'000)});
    CHECK(minutes_of(ways[0]) == Approx(2).epsilon(1e-2));
    CHECK(ways[1].unroutable == UnroutableReason::no_access);
}

TEST_CASE("Where no zone serves everyone is known to be far", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 0, 0, ZoneStatus::planned);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}})};
    const PlaceTravel way = RoadTravel(world.area, roads, options()).nearest_zones(Places{world.degrees(300, 0)})[0];
    CHECK(way.unroutable == UnroutableReason::no_serving_zone);
    CHECK_FALSE(way.is_undecided());
}

TEST_CASE("A stray piece of road keeps nobody from the network behind it", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 0);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}}), road(world, {{1'900, 300}, {2'100, 300}})};
    const RoadTravel travel(world.area, roads, options());
    const Places places{world.degrees(2'000, 400), world.degrees(2'000, 1'200)};
    const auto ways = travel.nearest_zones(places);
    CHECK(minutes_of(ways[0]) == Approx(400.0 / 50 + 8).epsilon(1e-4));
    CHECK(ways[0].off_network.value() == Approx(400).epsilon(1e-5));
    CHECK(ways[1].unroutable == UnroutableReason::no_way_to_any_zone);  // the piece is near, the network is not
    CHECK(ways[1].off_network.value() == Approx(900).epsilon(1e-5));
    CHECK(travel.zones_within(places, to_travel_time(16.01))[0].size() == 1);
    CHECK(travel.zones_within(places, to_travel_time(15.9))[0].empty());
}

TEST_CASE("Of two networks with zones the quicker one is taken", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(20'000, 0);
    world.add_zone(3'000, 500);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}}), road(world, {{0, 500}, {3'000, 500}})};
    const RoadTravel travel(world.area, roads, options());
    const Places places{world.degrees(1'000, 100)};
    const PlaceTravel way = travel.nearest_zones(places)[0];
    CHECK(way.nearest->zone == 1);
    CHECK(minutes_of(way) == Approx(400.0 / 50 + 2).epsilon(1e-4));
    const auto zones = travel.zones_within(places, to_travel_time(60))[0];
    REQUIRE(zones.size() == 2);
    CHECK(to_minutes(zones[1].time) == Approx(100.0 / 50 + 19).epsilon(1e-4));
}

TEST_CASE("A zone with streets of its own that miss the network is entered from the network too",
          "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(10'000, 750, 1'000);  // its south side lies 250 m from the road
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {20'000, 0}}),
                                      road(world, {{9'800, 800}, {10'200, 800}}),      // inside
                                      road(world, {{9'900, 1'000}, {9'900, 1'900}})};  // crosses the north side
    const RoadTravel travel(world.area, roads, options());
    const auto ways = travel.nearest_zones(Places{world.degrees(2'000, 0), world.degrees(9'900, 2'000)});
    CHECK(minutes_of(ways[0]) == Approx(7.5 + 250.0 / 50).epsilon(1e-4));
    CHECK(minutes_of(ways[1]) == Approx(100.0 / 50 + 0.65).epsilon(1e-3));
}

TEST_CASE("A piece that hangs together with nothing takes nobody's way", "[analysis][road_travel][property]") {
    const unsigned seed = GENERATE(1U, 2U, 3U, 4U, 5U, 6U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> anywhere(0, 20'000), step(-3'000, 3'000);
    TravelWorld world;
    for (int i = 0; i < 8; ++i) world.add_zone(anywhere(random), anywhere(random), i % 2 == 0 ? 0 : 800);
    std::vector<RoadLine> roads;
    Places places;
    for (int i = 0; i < 80; ++i) places.emplace_back(world.degrees(anywhere(random), anywhere(random)));
    std::vector<PlaceTravel> before(places.size());
    for (int added = 0; added < 6; ++added) {
        for (int i = 0; i < 4; ++i) {
            const Point from{anywhere(random), anywhere(random)};
            roads.push_back(road(world, {from, {from.x + step(random), from.y + step(random)}}));
            roads.back().level = static_cast<int>(roads.size());  // crosses all, meets none
        }
        const auto after = RoadTravel(world.area, roads, options(3)).nearest_zones(places);
        for (std::size_t i = 0; i < places.size(); ++i) {
            CAPTURE(i, added);
            if (!before[i].nearest) continue;
            REQUIRE(after[i].nearest);
            CHECK(after[i].nearest->time <= before[i].nearest->time);
        }
        before = after;
    }
}

TEST_CASE("Who is nearest to a junction may take any of its roads", "[analysis][road_travel]") {
    const RoadDirection direction = GENERATE(RoadDirection::forward, RoadDirection::backward, RoadDirection::both);
    TravelWorld world;
    world.add_zone(0, 0);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {10'000, 0}}),
                                      road(world, {{10'000, 0}, {12'000, -3'000}}, direction),
                                      road(world, {{10'000, 0}, {10'000, -5'000}}, direction)};
    for (const TravelDirection towards : {TravelDirection::to_facility, TravelDirection::from_facility}) {
        RoadTravelOptions wanted = options();
        wanted.direction = towards;
        const RoadTravel travel(world.area, roads, wanted);
        const Places place{world.degrees(10'200, 200)};
        CHECK(minutes_of(travel.nearest_zones(place)[0]) == Approx(10 + std::hypot(200, 200) / 50).epsilon(1e-4));
    }
}

TEST_CASE("A zone at a junction is reached over any of its roads", "[analysis][road_travel]") {
    const RoadDirection direction = GENERATE(RoadDirection::forward, RoadDirection::backward);
    TravelWorld world;
    world.add_zone(10'200, 200);
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {10'000, 0}}),
                                      road(world, {{10'000, 0}, {12'000, -3'000}}, direction),
                                      road(world, {{10'000, 0}, {10'000, -5'000}}, direction)};
    const RoadTravel travel(world.area, roads, options());
    CHECK(minutes_of(travel.nearest_zones(Places{world.degrees(0, 0)})[0]) ==
          Approx(10 + std::hypot(200, 200) / 50).epsilon(1e-4));
}

TEST_CASE("Of lines drawn twice the better one is taken", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(0, 0);
    std::vector<RoadLine> roads;
    SECTION("one-way lines, one each way") {
        roads = {road(world, {{0, 0}, {10'000, 0}}, RoadDirection::forward),
                 road(world, {{10'000, 0}, {0, 0}}, RoadDirection::forward)};
    }
    SECTION("a slow and a fast line") {
        roads = {road(world, {{0, 0}, {10'000, 0}}), road(world, {{0, 0}, {10'000, 0}})};
        roads[GENERATE(0U, 1U)].km_per_hour = 20;
    }
    for (const TravelDirection towards : {TravelDirection::to_facility, TravelDirection::from_facility}) {
        RoadTravelOptions wanted = options();
        wanted.direction = towards;
        const RoadTravel travel(world.area, roads, wanted);
        CHECK(minutes_of(travel.nearest_zones(Places{world.degrees(5'000, 0)})[0]) == Approx(5).epsilon(1e-4));
    }
}

TEST_CASE("Each part of a zone is a way into it", "[analysis][road_travel]") {
    TravelWorld world;
    world.add_zone(2'000, 0, 1'000);   // the road crosses it
    world.add_part(49'000, 280, 500);  // 30 m from the road
    const std::vector<RoadLine> roads{road(world, {{0, 0}, {60'000, 0}})};
    const RoadTravel travel(world.area, roads, options());
    const auto ways =
        travel.nearest_zones(Places{world.degrees(45'000, 0), world.degrees(55'000, 0), world.degrees(10'000, 0)});
    // The part runs beside the road from 48,750 to 49,250 m: it is nearest from both ends.
    CHECK(minutes_of(ways[0]) == Approx(3.75 + 30.0 / 50).epsilon(1e-3));
    CHECK(minutes_of(ways[1]) == Approx(5.75 + 30.0 / 50).epsilon(1e-3));
    CHECK(minutes_of(ways[2]) == Approx(7.5).epsilon(1e-3));
}
