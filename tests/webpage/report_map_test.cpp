#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "webpage/reported_world.hpp"

using namespace amayesh;
using namespace amayesh::worlds;
using nlohmann::json;

namespace {

MultiPolygon square(double west, double south, double side) {
    return {{Polygon{
        {{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}}, {}}}};
}

/// Coordinates in steps of 1e-5°, as the page adds them up.
std::vector<std::pair<long, long>> decoded(const json& flat) {
    std::vector<std::pair<long, long>> places;
    long x = 0;
    long y = 0;
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2)
        places.emplace_back(x += flat[i].get<long>(), y += flat[i + 1].get<long>());
    return places;
}

World two_squares() {
    World world;
    world.district("A", 12'000, Point{0.5, 0.5}).shape = square(0, 0, 1);
    world.district("B", 15'000, Point{1.5, 0.5}).shape = square(1, 0, 1);
    world.district("C", 11'000, Point{3.25, 0.5});
    world.area.rural_districts[1].place.county = "county 2";
    return world;
}

json map_of(World world, std::vector<BackdropLayer> backdrop = {}) {
    return report_of(std::move(world), reported_study(), {}, {}, std::move(backdrop)).at("map");
}

}  // namespace

TEST_CASE("Districts are polygons with their row, those without one a point", "[webpage][map]") {
    const json map = map_of(two_squares());
    const json& units = named(map.at("layers"), "units");
    CHECK(units.at("kind") == "polygon");
    CHECK(units.at("table") == "units");
    REQUIRE(units.at("features").size() == 2);
    CHECK(units.at("features")[1].at("row") == 1);
    const auto ring = decoded(units.at("features")[1].at("rings")[0][0]);
    CHECK(ring.size() == 5);
    CHECK(ring.front() == ring.back());
    for (const auto& [x, y] : ring) {
        CHECK((x == 100'000 || x == 200'000));
        CHECK((y == 0 || y == 100'000));
    }
    const json& points = named(map.at("layers"), "unit_points");
    CHECK(points.at("features") == json::array({{{"row", 2}, {"at", {325'000, 50'000}}}}));
    CHECK(map.at("bounds") == json::array({0, 0, 3.25, 1}));
}

TEST_CASE("Borders of counties are where the county changes, and the outline", "[webpage][map]") {
    const json map = map_of(two_squares());
    const json& borders = named(map.at("layers"), "county_borders");
    CHECK(borders.at("role") == "backdrop");
    CHECK(borders.at("table").is_null());
    long length = 0;
    for (const json& line : borders.at("features")[0].at("lines")) {
        const auto places = decoded(line);
        for (std::size_t i = 1; i < places.size(); ++i)
            length +=
                std::abs(places[i].first - places[i - 1].first) + std::abs(places[i].second - places[i - 1].second);
    }
    CHECK(length == 7 * 100'000);                               // 6 round both squares, 1 between them
    CHECK_THROWS(named(map.at("layers"), "province_borders"));  // there is one province alone
}

TEST_CASE("Neighbours are drawn with the same border", "[webpage][map]") {
    World world = two_squares();
    Ring& west = world.area.rural_districts[0].shape.parts[0].outer;
    Ring& east = world.area.rural_districts[1].shape.parts[0].outer;
    std::vector<Point> border;
    for (int i = 1; i < 1000; ++i) border.push_back({1 + (i % 7) * 1e-5, i / 1000.0});
    west.insert(west.begin() + 2, border.begin(), border.end());
    east.insert(east.end() - 1, border.rbegin(), border.rend());
    const json units = named(map_of(world).at("layers"), "units");
    const auto of = [&](std::size_t i) { return decoded(units.at("features")[i].at("rings")[0][0]); };
    CHECK(of(0).size() < 100);  // wiggles of 1 in 16,000 of the map are not drawn
    for (const auto& place : of(0))
        if (place.first >= 100'000) CHECK(std::ranges::count(of(1), place) > 0);
}

TEST_CASE("Settlements are packed with whether a zone is in reach", "[webpage][map]") {
    World world = reported_world();
    world.settlement("S3", nowhere, std::nullopt, std::nullopt);
    const json layer = named(map_of(world).at("layers"), "settlements");
    const auto places = decoded(layer.at("flat"));
    const std::string in_reach = layer.at("in_reach");
    REQUIRE(places.size() == 2);
    REQUIRE(in_reach.size() == 2);
    for (std::size_t i = 0; i < places.size(); ++i)
        CHECK(in_reach[i] == (places[i].first < std::lround(20 / km_per_degree * 1e5) ? '1' : '0'));
    world.area.zones_layer.complete = false;
    const std::string unsure = named(map_of(world).at("layers"), "settlements").at("in_reach");
    CHECK(std::ranges::count(unsure, '?') == 1);
    CHECK(std::ranges::count(unsure, '1') == 1);
}

TEST_CASE("Zones and sources lead to their rows", "[webpage][map]") {
    World world = two_squares();
    world.zone("Z0", Point{2.5, 0.25});
    world.zone("Z1", square(0.25, 0.25, 0.125));
    world.zone("Z2", Geometry{});
    world.source("P", UtilityKind::power, {0.5, 0.75});
    world.source("L", UtilityKind::gas, {0, 0}).geometry = MultiLine{{{{0, 0}, {0.5, 0}, {1, 0}}}};
    const json map = map_of(world);
    CHECK(named(map.at("layers"), "zones").at("features")[0].at("row") == 1);
    CHECK(named(map.at("layers"), "zone_points").at("features")[0].at("row") == 0);
    CHECK(named(map.at("layers"), "sources").at("features") == json::array({{{"row", 0}, {"at", {50'000, 75'000}}}}));
    CHECK(named(map.at("layers"), "source_lines").at("features") ==
          json::array({{{"row", 1}, {"lines", {{0, 0, 100'000, 0}}}}}));
}

TEST_CASE("A backdrop is drawn under everything, with its names", "[webpage][map]") {
    const BackdropLayer roads{.kind = BackdropKind::roads,
                              .features = {{.name = "جاده", .geometry = MultiLine{{{{0, 0}, {1, 1}}}}}}};
    const BackdropLayer places{
        .kind = BackdropKind::places,
        .features = {{.name = {}, .geometry = Point{0.5, 0.5}}, {.name = "دریاچه", .geometry = square(0, 0, 0.5)}}};
    const json layers = map_of(two_squares(), {roads, places}).at("layers");
    CHECK(layers[0].at("name") == "roads");
    CHECK(layers[0].at("role") == "backdrop");
    CHECK(layers[0].at("features")[0].at("label") == "جاده");
    CHECK(layers[0].at("features")[0].at("lines") == json::array({{0, 0, 100'000, 100'000}}));
    CHECK(layers[1].at("kind") == "point");
    CHECK(layers[1].at("features")[0].at("label").is_null());
    CHECK(layers[2].at("kind") == "polygon");
    CHECK(layers[3].at("name") == "units");
}

TEST_CASE("A world without places has a map without bounds", "[webpage][map]") {
    World world;
    world.district("A", 12'000, std::nullopt);
    const json map = map_of(world);
    CHECK(map.at("bounds").is_null());
    CHECK(map.at("layers").empty());
}
