#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <tuple>
#include <vector>

#include <amayesh/core/parallel.hpp>

#include "boost_ways.hpp"
#include "drawn_roads.hpp"

// Ways between places on and off the roads.

using namespace amayesh;
using boost_ways::no_way;
using drawn::graph;
using drawn::minutes_between;
using drawn::road;

namespace {

constexpr auto directions = {TravelDirection::to_facility, TravelDirection::from_facility};
using Accesses = std::vector<std::optional<RoadAccess>>;

/// A place, and by hand what it is attached to.
struct Stand {
    std::size_t street = 0;
    double along = 0;
    double off_road = 0;
    Point place{};
};

/// Streets between the corners of a square of 1,000 m blocks, some of them missing, some one-way.
struct Town {
    std::size_t side = 0;
    std::vector<std::array<std::size_t, 2>> corners{};  // of each street
    std::vector<RoadLine> streets{};

    [[nodiscard]] Point corner(std::size_t i) const {
        return {1'000.0 * static_cast<double>(i % side), 1'000.0 * static_cast<double>(i / side)};
    }
};

Town random_town(std::mt19937& random, std::size_t side) {
    Town town{.side = side};
    const auto add = [&](std::size_t from, std::size_t to) {
        if (random() % 4 == 0) return;
        if (random() % 2 == 0) std::swap(from, to);
        town.corners.push_back({from, to});
        town.streets.push_back(
            road({town.corner(from), town.corner(to)}, 0,
                 random() % 3 == 0 ? static_cast<RoadDirection>(1 + random() % 2) : RoadDirection::both,
                 30.0 + 10 * static_cast<double>(random() % 6)));
    };
    for (std::size_t i = 0; i < side * side; ++i) {
        if (i % side + 1 < side) add(i, i + 1);
        if (i / side + 1 < side) add(i, i + side);
    }
    return town;
}

Stand random_stand(std::mt19937& random, const Town& town) {
    std::uniform_real_distribution<double> along{0.1, 0.9}, off{-50, 50};
    Stand stand{.street = random() % town.streets.size(), .along = along(random)};
    const bool is_at_corner = random() % 4 == 0;  // whichever street it is found on
    if (is_at_corner) stand.along = static_cast<double>(random() % 2);
    const double aside = is_at_corner || random() % 5 == 0 ? 0 : off(random);
    const Point a = town.corner(town.corners[stand.street][0]), b = town.corner(town.corners[stand.street][1]);
    const double dx = (b.x - a.x) / 1'000, dy = (b.y - a.y) / 1'000;
    stand.off_road = std::abs(aside);
    stand.place = {a.x + 1'000 * stand.along * dx - aside * dy, a.y + 1'000 * stand.along * dy + aside * dx};
    return stand;
}

/// Minutes from each place to each facility by Boost, streets cut by hand at every stand.
std::vector<std::vector<double>> boost_minutes(const Town& town, const std::vector<Stand>& places,
                                               const std::vector<Stand>& facilities) {
    boost_ways::Graph graph{town.side * town.side};
    std::vector<std::vector<std::pair<double, std::size_t>>> on_street(town.streets.size());
    std::vector<std::size_t> homes;
    for (const auto* stands : {&places, &facilities})
        for (const Stand& stand : *stands) {
            const std::size_t home = graph.add_node();
            homes.push_back(home);
            if (stand.along == 0 || stand.along == 1) {
                graph.add({home, town.corners[stand.street][stand.along == 0 ? 0 : 1], stand.off_road / 100});
                continue;
            }
            const std::size_t kerb = graph.add_node();
            graph.add({home, kerb, stand.off_road / 100});
            on_street[stand.street].emplace_back(stand.along, kerb);
        }
    for (std::size_t street = 0; street < town.streets.size(); ++street) {
        auto& stops = on_street[street];
        stops.emplace_back(0, town.corners[street][0]);
        stops.emplace_back(1, town.corners[street][1]);
        std::sort(stops.begin(), stops.end());
        const RoadLine& line = town.streets[street];
        for (std::size_t i = 0; i + 1 < stops.size(); ++i)
            graph.add({stops[i].second, stops[i + 1].second,
                       (stops[i + 1].first - stops[i].first) * 60 / line.km_per_hour, 0, line.direction});
    }
    std::vector<std::vector<double>> minutes;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::vector<double> from = graph.minutes_from(homes[i]);
        minutes.emplace_back();
        for (std::size_t j = 0; j < facilities.size(); ++j) minutes.back().push_back(from[homes[places.size() + j]]);
    }
    return minutes;
}

Accesses attached(const RoadGraph& roads, const std::vector<Stand>& stands) {
    std::vector<Point> places;
    for (const Stand& stand : stands) places.push_back(stand.place);
    return roads.attach(places, Metres{60}, drawn::walking_km_per_hour);
}

void check_town(const Town& town, const std::vector<Stand>& places, const std::vector<Stand>& facilities) {
    const RoadGraph roads = graph(town.streets, 0);
    const Accesses at = attached(roads, places), to = attached(roads, facilities);
    std::vector<RoadGraph::Pair> pairs;
    for (std::size_t i = 0; i < places.size(); ++i)
        for (std::size_t j = i % 3; j < facilities.size(); j += 3) pairs.push_back({i, j});
    for (const TravelDirection direction : directions) {
        const bool to_facility = direction == TravelDirection::to_facility;
        const auto table =
            to_facility ? boost_minutes(town, places, facilities) : boost_minutes(town, facilities, places);
        const auto minutes = [&](std::size_t i, std::size_t j) { return to_facility ? table[i][j] : table[j][i]; };
        const auto nearest = roads.nearest_facilities(at, to, direction);
        const auto within = roads.facilities_within(at, to, TravelTime{5 * 60'000}, direction);
        const auto ways = roads.ways_of_pairs(at, to, pairs, direction);
        for (std::size_t i = 0; i < places.size(); ++i) {
            double least = no_way;
            std::size_t inside = 0;
            for (std::size_t j = 0; j < facilities.size(); ++j) {
                least = std::min(least, minutes(i, j));
                inside += minutes(i, j) <= 5 + 1e-6 ? 1 : 0;
            }
            REQUIRE(nearest[i].has_value() == (least < no_way));
            if (nearest[i]) {
                CHECK(nearest[i]->minutes == Approx(least).margin(1e-6));
                CHECK(minutes(i, nearest[i]->facility) == Approx(least).margin(1e-6));
            }
            CHECK(within[i].size() == inside);
            for (const RoadWay& way : within[i]) CHECK(way.minutes == Approx(minutes(i, way.facility)).margin(1e-6));
            CHECK(std::is_sorted(within[i].begin(), within[i].end(), [](const RoadWay& a, const RoadWay& b) {
                return std::tie(a.minutes, a.facility) < std::tie(b.minutes, b.facility);
            }));
            // The same way has the same bits, whoever asks for it.
            if (!within[i].empty()) CHECK(within[i].front().minutes == nearest[i]->minutes);
        }
        for (std::size_t k = 0; k < pairs.size(); ++k) {
            const double expected = minutes(pairs[k].place, pairs[k].facility);
            REQUIRE(ways[k].has_value() == (expected < no_way));
            if (ways[k]) CHECK(ways[k]->minutes == Approx(expected).margin(1e-6));
            if (ways[k] && nearest[pairs[k].place]->facility == pairs[k].facility)
                CHECK(ways[k]->minutes == nearest[pairs[k].place]->minutes);
        }
    }
}

}  // namespace

TEST_CASE("ways between places in random towns are as quick as Boost's", "[network][property]") {
    for (unsigned seed = 0; seed < 25; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        const Town town = random_town(random, 3 + random() % 4);
        std::vector<Stand> places(12), facilities(seed % 2 == 0 ? 5 : 25);  // searched from either side
        for (Stand& stand : places) stand = random_stand(random, town);
        for (Stand& stand : facilities) stand = random_stand(random, town);
        check_town(town, places, facilities);
    }
}

TEST_CASE("a place is attached to the nearest road within the limit", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}}), road({{0, 1'000}, {1'000, 1'000}})});
    const std::vector<Point> places{{300, 300}, {300, 700}, {300, 300.1}, {-30, -40}, {5'000, 0}};
    const auto at = roads.attach(places, Metres{300}, 6);
    REQUIRE(at[0]);
    CHECK(at[0]->off_road.value() == 300);
    CHECK(at[0]->off_road_minutes == Approx(3));
    CHECK(at[0]->along == Approx(0.3));
    CHECK(at[1]->edge != at[0]->edge);
    CHECK_FALSE(at[2]);
    CHECK(at[3]->off_road.value() == Approx(50));
    CHECK(at[3]->along == 0);
    CHECK_FALSE(at[4]);
}

TEST_CASE("the nearest road is that of a search of all", "[network][property]") {
    for (unsigned seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        std::uniform_real_distribution<double> metres{0, 10'000}, step{-300, 300};
        std::vector<RoadLine> lines;
        for (int i = 0; i < 300; ++i) {
            const Point a{metres(random), metres(random)};
            lines.push_back(road({a, {a.x + step(random), a.y + step(random)}}));
        }
        std::vector<Point> places(200);
        for (Point& p : places) p = {metres(random), metres(random)};
        const auto at = graph(lines, 0).attach(places, Metres{1e6}, 5);
        for (std::size_t i = 0; i < places.size(); ++i) {
            double least = no_way;
            for (const RoadLine& line : lines) {
                const Point &a = line.shape.parts[0][0], &b = line.shape.parts[0][1], &p = places[i];
                const double dx = b.x - a.x, dy = b.y - a.y;
                const double part = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
                least = std::min(least, std::hypot(a.x + part * dx - p.x, a.y + part * dy - p.y));
            }
            REQUIRE(at[i]);
            CHECK(at[i]->off_road.value() == Approx(least));
        }
    }
}

TEST_CASE("the nearest road of each component is that of a search of all", "[network][property]") {
    for (unsigned seed = 0; seed < 10; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        std::uniform_real_distribution<double> metres{0, 3'000}, step{-500, 500};
        std::vector<RoadLine> lines;
        for (int i = 0; i < 60; ++i) {
            const Point a{metres(random), metres(random)};
            lines.push_back(road({a, {a.x + step(random), a.y + step(random)}}));
        }
        const RoadGraph roads = graph(lines, 0);
        REQUIRE(roads.components().size() > 3);
        std::vector<std::size_t> wanted;
        for (std::size_t component = seed % 2; component < roads.components().size(); component += 2)
            wanted.push_back(component);
        std::vector<Point> places(50);
        for (Point& p : places) p = {metres(random), metres(random)};
        const Metres limit{800};
        const auto found = roads.attach_to_components(places, wanted, limit, 5);
        for (std::size_t i = 0; i < places.size(); ++i) {
            CAPTURE(i);
            std::map<std::size_t, double> least;
            for (std::size_t edge = 0; edge < roads.edge_count(); ++edge) {
                const Point &a = roads.shape(edge).front(), &b = roads.shape(edge).back(), &p = places[i];
                const double dx = b.x - a.x, dy = b.y - a.y;
                const double part = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
                const double away = std::hypot(a.x + part * dx - p.x, a.y + part * dy - p.y);
                const std::size_t component = roads.component(edge);
                if (away > limit.value() || std::ranges::find(wanted, component) == wanted.end()) continue;
                const auto known = least.emplace(component, away).first;
                known->second = std::min(known->second, away);
            }
            REQUIRE(found[i].size() == least.size());
            double last = 0;
            for (const RoadAccess& access : found[i]) {
                CHECK(access.off_road.value() == Approx(least.at(roads.component(access.edge))));
                CHECK(access.off_road.value() >= last);
                last = access.off_road.value();
            }
        }
    }
}

TEST_CASE("two places on one road take the way along it, or round where it is one-way", "[network]") {
    const std::vector<RoadLine> both = {road({{0, 0}, {1'000, 0}})};
    CHECK(*minutes_between(graph(both), {200, 0}, {700, 0}) == Approx(0.5));
    CHECK(*minutes_between(graph(both), {700, 100}, {200, 50}) == Approx(0.5 + 1 + 0.5));
    const std::vector<RoadLine> one_way = {road({{0, 0}, {1'000, 0}}, 0, RoadDirection::forward)};
    CHECK(*minutes_between(graph(one_way), {200, 0}, {700, 0}) == Approx(0.5));
    CHECK_FALSE(minutes_between(graph(one_way), {700, 0}, {200, 0}));
    CHECK(*minutes_between(graph(one_way), {700, 0}, {700, 0}) == 0);
    std::vector<RoadLine> round = one_way;
    round.push_back(road({{0, 0}, {0, 500}, {1'000, 500}, {1'000, 0}}));
    CHECK(*minutes_between(graph(round), {700, 0}, {200, 0}) == Approx(0.3 + 2 + 0.2));
}

TEST_CASE("a quicker way round beats the way along the road", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}}, 0, RoadDirection::both, 5),
                                   road({{0, 0}, {0, 100}, {1'000, 100}, {1'000, 0}}, 0, RoadDirection::both, 120)});
    const double slow = 12, fast = 0.5;  // minutes a kilometre
    CHECK(*minutes_between(roads, {10, 0}, {990, 0}) == Approx(0.02 * slow + 1.2 * fast));
}

TEST_CASE("an island has no way to the mainland", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {5'000, 0}}), road({{0, 0}, {0, 5'000}}),
                                   road({{1'000, 0}, {1'000, 900}}), road({{90'000, 0}, {91'000, 0}})});
    REQUIRE(roads.components().size() == 2);
    CHECK(roads.components()[0].nodes == 5);
    CHECK(roads.components()[0].length.value() == Approx(10'900));
    CHECK(roads.components()[1].nodes == 2);
    CHECK_FALSE(minutes_between(roads, {90'500, 10}, {0, 0}));
    CHECK(minutes_between(roads, {90'500, 10}, {91'000, 0}));
    const std::vector<Point> ends{{90'500, 10}, {0, 0}};
    const auto at = roads.attach(ends, Metres{100}, 5);
    const std::vector<RoadGraph::Pair> pairs{{0, 1}, {1, 0}, {0, 0}, {1, 1}};
    const auto ways = roads.ways_of_pairs(at, at, pairs, TravelDirection::to_facility);
    CHECK_FALSE(ways[0]);
    CHECK_FALSE(ways[1]);
    CHECK(ways[2]);
    CHECK(ways[3]->minutes == 0);
    // The ferry.
    const RoadGraph joined = graph({road({{0, 0}, {5'000, 0}}), road({{90'000, 0}, {91'000, 0}}),
                                    road({{5'000, 0}, {90'000, 0}}, 0, RoadDirection::both, 20)});
    CHECK(*minutes_between(joined, {5'000, 0}, {90'000, 0}) == Approx(255));
}

TEST_CASE("what is not attached is part of no way", "[network]") {
    const RoadGraph roads = graph({road({{0, 0}, {1'000, 0}})});
    const std::vector<Point> places{{0, 0}, {0, 9'000}};
    const auto at = roads.attach(places, Metres{100}, 5);
    const auto nearest = roads.nearest_facilities(at, at, TravelDirection::to_facility);
    CHECK(nearest[0]->facility == 0);
    CHECK_FALSE(nearest[1]);
    const auto within = roads.facilities_within(at, at, TravelTime{60'000}, TravelDirection::to_facility);
    CHECK(within[0].size() == 1);
    CHECK(within[1].empty());
}

TEST_CASE("answers of a road graph are the same on one thread and on two", "[network]") {
    std::mt19937 random{11};
    const Town town = random_town(random, 30);
    std::vector<Stand> places(3'000), facilities(60);
    for (Stand& stand : places) stand = random_stand(random, town);
    for (Stand& stand : facilities) stand = random_stand(random, town);
    std::vector<RoadGraph::Pair> pairs;
    for (std::size_t i = 0; i < 3'000; ++i) pairs.push_back({random() % 3'000, random() % 60});
    const auto answer = [&](std::size_t threads) {
        set_thread_limit(threads);
        const RoadGraph roads = graph(town.streets, 5);
        const Accesses at = attached(roads, places), to = attached(roads, facilities);
        std::vector<std::tuple<std::size_t, double, double>> rows;
        const auto add = [&](const RoadWay& way) { rows.emplace_back(way.facility, way.minutes, way.metres); };
        for (const auto& way : roads.nearest_facilities(at, to, TravelDirection::to_facility))
            add(way.value_or(RoadWay{}));
        for (const auto& ways : roads.facilities_within(at, to, TravelTime{600'000}, TravelDirection::from_facility))
            for (const RoadWay& way : ways) add(way);
        for (const auto& way : roads.ways_of_pairs(at, to, pairs, TravelDirection::to_facility))
            add(way.value_or(RoadWay{}));
        return rows;
    };
    const std::size_t threads = thread_limit();
    const auto one = answer(1), two = answer(2);
    set_thread_limit(threads);
    CHECK(one == two);
}
