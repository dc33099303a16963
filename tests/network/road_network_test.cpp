#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include <amayesh/core/parallel.hpp>
#include <amayesh/network/road_network.hpp>

#include "boost_ways.hpp"

// Networks that are given as nodes and links.

using namespace amayesh;
using boost_ways::no_way;

namespace {

constexpr auto directions = {TravelDirection::to_facility, TravelDirection::from_facility};

std::vector<RoadLink> random_links(std::mt19937& random, std::size_t nodes, std::size_t count) {
    std::uniform_real_distribution<double> minutes{0, 10};
    std::vector<RoadLink> links(count);
    for (RoadLink& link : links) {
        link = {random() % nodes, random() % nodes, minutes(random)};
        link.metres = 1'000 * link.minutes;
        link.direction = static_cast<RoadDirection>(random() % 3);
    }
    return links;
}

/// Minutes between each facility and each node, by Boost.
std::vector<std::vector<double>> boost_minutes(std::size_t nodes, const std::vector<RoadLink>& links,
                                               const std::vector<std::size_t>& facilities, TravelDirection direction) {
    boost_ways::Graph graph{nodes};
    for (RoadLink link : links) {
        if (direction == TravelDirection::to_facility) std::swap(link.from, link.to);
        graph.add(link);
    }
    std::vector<std::vector<double>> minutes;
    for (const std::size_t facility : facilities) minutes.push_back(graph.minutes_from(facility));
    return minutes;
}

}  // namespace

TEST_CASE("ways over random networks are as quick as Boost's", "[network][property]") {
    for (unsigned seed = 0; seed < 30; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        const std::size_t nodes = 1 + random() % 300;
        const std::vector<RoadLink> links = random_links(random, nodes, 2 * nodes);
        std::vector<std::size_t> facilities(1 + random() % 8);
        for (std::size_t& facility : facilities) facility = random() % nodes;
        const RoadNetwork network{nodes, links};
        for (const TravelDirection direction : directions) {
            const auto expected = boost_minutes(nodes, links, facilities, direction);
            const auto nearest = network.nearest_facilities(facilities, direction);
            const auto within = network.nodes_within(facilities, TravelTime{12 * 60'000}, direction);
            for (std::size_t node = 0; node < nodes; ++node) {
                double least = no_way;
                for (const std::vector<double>& minutes : expected) least = std::min(least, minutes[node]);
                REQUIRE(nearest[node].has_value() == (least < no_way));
                if (!nearest[node]) continue;
                CHECK(nearest[node]->minutes == Approx(least).margin(1e-6));
                CHECK(expected[nearest[node]->facility][node] == Approx(least).margin(1e-6));
                CHECK(nearest[node]->metres == Approx(1'000 * least).margin(1e-2));
            }
            for (std::size_t i = 0; i < facilities.size(); ++i) {
                std::vector<std::size_t> found, wanted;
                for (const NodeWay& way : within[i]) {
                    found.push_back(way.node);
                    CHECK(way.minutes == Approx(expected[i][way.node]).margin(1e-6));
                }
                for (std::size_t node = 0; node < nodes; ++node)
                    if (expected[i][node] <= 12) wanted.push_back(node);
                CHECK(found == wanted);
            }
        }
    }
}

TEST_CASE("equal ways go to the lower facility, and the shorter way is measured", "[network]") {
    // 0 - 1 - 2 - 3 - 4, facilities at 4 and 0; node 2 is as near to both. A second road 1 - 2 is longer and as quick.
    const std::vector<RoadLink> links = {
        {0, 1, 0.1, 100}, {1, 2, 0.2, 400}, {1, 2, 0.2, 300}, {2, 3, 0.2, 500}, {3, 4, 0.1, 100}};
    const RoadNetwork network{5, links};
    const auto nearest = network.nearest_facilities(std::vector<std::size_t>{4, 0}, TravelDirection::to_facility);
    CHECK(nearest[2]->facility == 0);
    CHECK(nearest[2]->metres == 600);
    CHECK(network.nearest_facilities(std::vector<std::size_t>{0, 4}, TravelDirection::to_facility)[2]->metres == 400);
    CHECK(network.nearest_facilities(std::vector<std::size_t>{0, 0}, TravelDirection::to_facility)[4]->facility == 0);
}

TEST_CASE("the lower facility keeps what roads of no time lead it to", "[network]") {
    const std::vector<RoadLink> links = {{0, 1, 0}, {1, 2, 1}, {2, 3, 0}, {3, 4, 0}, {4, 2, 0}};
    const RoadNetwork network{5, links};
    for (const TravelDirection direction : directions) {
        const auto nearest = network.nearest_facilities(std::vector<std::size_t>{1, 0, 3}, direction);
        CHECK(nearest[0]->facility == 0);
        CHECK(nearest[1]->facility == 0);
        CHECK(nearest[2]->facility == 2);
        CHECK(nearest[4]->minutes == 0);
        const auto swapped = network.nearest_facilities(std::vector<std::size_t>{0, 1}, direction);
        CHECK(swapped[1]->facility == 0);
        CHECK(swapped[4]->facility == 0);
        CHECK(network.nodes_within(std::vector<std::size_t>{4}, TravelTime{0}, direction).front().size() == 3);
    }
}

TEST_CASE("the limit belongs to what is within it", "[network]") {
    // Sixty thirds of a third of a minute each: the last node is 20 minutes away, whatever the sum's last bits.
    std::vector<RoadLink> links;
    for (std::size_t i = 0; i < 60; ++i) links.push_back({i, i + 1, 1.0 / 3, 100});
    const RoadNetwork network{61, links};
    const std::vector<std::size_t> start{0};
    CHECK(network.nodes_within(start, TravelTime{20 * 60'000}, TravelDirection::to_facility).front().size() == 61);
    CHECK(network.nodes_within(start, TravelTime{20 * 60'000 - 1}, TravelDirection::to_facility).front().size() == 60);
    CHECK(network.nodes_within(start, TravelTime{-1}, TravelDirection::to_facility).front().empty());
    CHECK(network.nodes_within(start, TravelTime::max(), TravelDirection::to_facility).front().size() == 61);
}

TEST_CASE("answers of a network are the same on one thread and on two", "[network]") {
    std::mt19937 random{7};
    const std::vector<RoadLink> links = random_links(random, 2'000, 5'000);
    std::vector<std::size_t> facilities(300);
    for (std::size_t& facility : facilities) facility = random() % 2'000;
    const RoadNetwork network{2'000, links};
    const auto answer = [&](std::size_t threads) {
        set_thread_limit(threads);
        std::vector<std::tuple<std::size_t, std::size_t, double, double>> rows;
        const auto within = network.nodes_within(facilities, TravelTime{8 * 60'000}, TravelDirection::to_facility);
        for (std::size_t i = 0; i < within.size(); ++i)
            for (const NodeWay& way : within[i]) rows.emplace_back(i, way.node, way.minutes, way.metres);
        return rows;
    };
    const std::size_t threads = thread_limit();
    const auto one = answer(1), two = answer(2);
    set_thread_limit(threads);
    CHECK(one == two);
}
