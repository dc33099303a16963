#include <algorithm>
#include <cstdlib>
#include <string>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/crs/transform.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/network/road_graph.hpp>

#include "network/boost_ways.hpp"

// The roads of a whole country, as they were digitised: what hangs together, and ways beside Boost's.

using namespace amayesh;
using boost_ways::no_way;

namespace {

FeatureTable read(const std::string& file, VectorSourceOptions options) {
    ProblemReport problems;
    return read_vector(std::string{std::getenv("AMAYESH_REAL_DATA")} + "/" + file, options, problems);
}

/// Iran's roads and places, in the equal-area CRS of its bounds in whole degrees.
struct Iran {
    Crs metres = fit_equal_area_crs({44, 25, 64, 40});
    std::vector<RoadLine> roads{};
    std::vector<Point> places{};

    Iran() {
        const FeatureTable lines = read("transport/IRN_roads/IRN_roads.shp", {.role = "roads"});
        const Transform transform{Crs::wgs84(), metres};
        const Column* kind = lines.find("RTT_DESCRI");
        REQUIRE(kind);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto* shape = std::get_if<MultiLine>(&lines.geometries[i]);
            const bool primary = kind->texts[i].find("Primary") != std::string::npos;
            roads.push_back({transform.apply(shape ? *shape : MultiLine{}), primary ? 90.0 : 60.0,
                             static_cast<RoadDirection>(i % 7 == 0 ? 1 + i % 2 : 0)});
        }
        const FeatureTable table = read("settlements/wof_localities_ir.csv", {.x_field = "lon", .y_field = "lat"});
        for (const Geometry& geometry : table.geometries)
            if (const auto* p = std::get_if<Point>(&geometry)) places.push_back(transform.apply(*p));
    }
};

RoadGraph graph(const Iran& iran, double tolerance) { return RoadGraph{iran.roads, {.tolerance = Metres{tolerance}}}; }

/// Minutes from each facility to each place by Boost: roads cut at every access by hand.
std::vector<std::vector<double>> boost_minutes(const RoadGraph& roads,
                                               const std::vector<std::optional<RoadAccess>>& accesses,
                                               std::size_t facilities) {
    boost_ways::Graph graph{roads.node_count()};
    std::vector<std::vector<std::pair<double, std::size_t>>> stops(roads.edge_count());
    std::vector<std::size_t> homes;
    for (const std::optional<RoadAccess>& access : accesses) {
        homes.push_back(graph.add_node());
        if (!access) continue;
        const std::size_t kerb = graph.add_node();
        graph.add({homes.back(), kerb, access->off_road_minutes});
        stops[access->edge].emplace_back(access->along, kerb);
    }
    for (std::size_t i = 0; i < roads.edge_count(); ++i) {
        const RoadLink edge = roads.edge(i);
        stops[i].emplace_back(0, edge.from);
        stops[i].emplace_back(1, edge.to);
        // A kerb at an end of the road has no part of the road before it.
        std::stable_sort(stops[i].begin(), stops[i].end(),
                         [&](const auto& a, const auto& b) { return a.first < b.first; });
        const auto first = std::find(stops[i].begin(), stops[i].end(), std::pair{0.0, edge.from});
        std::rotate(stops[i].begin(), first, first + 1);
        for (std::size_t k = 0; k + 1 < stops[i].size(); ++k) {
            const double share = stops[i][k + 1].first - stops[i][k].first;
            graph.add({stops[i][k].second, stops[i][k + 1].second, share * edge.minutes, 0, edge.direction});
            // Nobody drives where two stops are one place, so no direction holds between them.
            if (share == 0) graph.add({stops[i][k].second, stops[i][k + 1].second, 0});
        }
    }
    std::vector<std::vector<double>> minutes;
    for (std::size_t i = 0; i < facilities; ++i) {
        const std::vector<double> from = graph.minutes_from(homes[i]);
        minutes.emplace_back();
        for (const std::size_t home : homes) minutes.back().push_back(from[home]);
    }
    return minutes;
}

}  // namespace

TEST_CASE("a tolerance joins what is meant to meet in a country's roads", "[real][roads]") {
    const Iran iran;
    REQUIRE(iran.roads.size() == 5'577);
    struct Expected {
        double tolerance;
        std::size_t gaps, components, nodes, in_largest;
    };
    for (const auto& [tolerance, gaps, components, nodes, in_largest] :
         {Expected{0, 0, 363, 4'698, 3'906}, Expected{1, 59, 333, 4'701, 3'969}, Expected{50, 111, 323, 4'707, 3'974},
          Expected{100, 149, 311, 4'710, 3'989}, Expected{500, 331, 237, 4'722, 4'026}}) {
        CAPTURE(tolerance);
        const RoadGraph roads = graph(iran, tolerance);
        CHECK(roads.bridged_gaps().size() == gaps);
        CHECK(roads.components().size() == components);
        CHECK(roads.node_count() == nodes);
        CHECK(roads.components().front().nodes == in_largest);
    }
}

TEST_CASE("ways over a country's roads are as quick as Boost's", "[real][roads]") {
    const Iran iran;
    REQUIRE(iran.places.size() > 70'000);
    const RoadGraph roads = graph(iran, 100);
    constexpr std::size_t facilities = 12;
    std::vector<Point> chosen;  // facilities first
    for (std::size_t i = 0; i < facilities; ++i) chosen.push_back(iran.places[6'007 * (i + 1)]);
    for (std::size_t i = 0; i < iran.places.size(); i += 10) chosen.push_back(iran.places[i]);
    const auto all = roads.attach(chosen, Metres{20'000}, 5);
    const std::vector<std::optional<RoadAccess>> to(all.begin(), all.begin() + facilities);
    const auto expected = boost_minutes(roads, all, facilities);
    const auto nearest = roads.nearest_facilities(all, to, TravelDirection::from_facility);
    const auto within = roads.facilities_within(all, to, TravelTime{120 * 60'000}, TravelDirection::from_facility);
    std::vector<RoadGraph::Pair> pairs;
    for (std::size_t place = 0; place < all.size(); ++place) pairs.push_back({place, place % facilities});
    const auto ways = roads.ways_of_pairs(all, to, pairs, TravelDirection::from_facility);
    std::size_t reached = 0, attached = 0;
    for (std::size_t place = facilities; place < all.size(); ++place) {
        double least = no_way;
        std::size_t inside = 0;
        for (std::size_t i = 0; i < facilities; ++i) {
            least = std::min(least, expected[i][place]);
            inside += expected[i][place] <= 120 ? 1 : 0;
        }
        attached += all[place] ? 1 : 0;
        reached += nearest[place] ? 1 : 0;
        REQUIRE(nearest[place].has_value() == (all[place] && least < no_way));
        if (nearest[place]) CHECK(nearest[place]->minutes == Approx(least).margin(1e-6));
        CHECK(within[place].size() == (all[place] ? inside : 0));
        const double of_pair = expected[place % facilities][place];
        REQUIRE(ways[place].has_value() == (all[place] && of_pair < no_way));
        if (ways[place]) CHECK(ways[place]->minutes == Approx(of_pair).margin(1e-6));
    }
    CHECK(reached > all.size() / 2);
    CHECK(reached < attached);  // islands
}
