#include <amayesh/analysis/service_areas.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>
#include <amayesh/geometry/point_locator.hpp>

#include "analysis/planning_worlds.hpp"
#include "geometry/shapes.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

constexpr double pi = std::numbers::pi;

/// Area of the polygon of 32 corners that stands for a circle.
double drawn_area(double radius) { return 16 * radius * radius * std::sin(pi / 16); }

ServiceAreas found(const World& world, UtilityKind utility, const ServiceAreaOptions& options = {},
                   Metric metric = Metric::geodesic) {
    ReachOptions reach_options;
    reach_options.metric = metric;
    const ReachIndex reach{world.area, reach_options};
    return find_service_areas(world.area, world.district_of_settlement, reach, utility, options);
}

World equator_world() {
    World world;
    world.area.working_crs = fit_equal_area_crs({-1, -1, 1, 1});
    return world;
}

void add_square(World& world, const std::string& id, double min_x, double min_y, double max_x, double max_y) {
    world.district(id, std::nullopt, std::nullopt).shape = test::rectangle(min_x, min_y, max_x, max_y);
}

/// Sources, settlements and square districts over some degrees of Iran.
World random_world(std::uint32_t seed) {
    World world;
    world.area.working_crs = fit_equal_area_crs({48, 28, 60, 38});
    std::mt19937_64 random{seed};
    std::uniform_real_distribution<double> longitude{51, 55}, latitude{31, 34}, reach{3, 40};
    const Transform to_work{Crs::wgs84(), world.area.working_crs};
    for (int i = 0; i < 40; ++i) {
        UtilitySource& source =
            world.source("s" + std::to_string(i), UtilityKind::water, {longitude(random), latitude(random)});
        if (i % 2) source.reach = Kilometres{reach(random)};
        if (i % 5 == 0)
            source.geometry = MultiLine{{densify_for_geodesics(
                {{longitude(random), latitude(random)}, {longitude(random), latitude(random)}}, default_sag)}};
        source.capacity = i % 3;
        source.use = {{"", 1, 1.0}};
    }
    const Point corner = to_work.apply(Point{51, 31});
    const double side = 40'000;
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 10; ++x)
            add_square(world, std::to_string(10 * y + x), corner.x + x * side, corner.y + y * side,
                       corner.x + (x + 1) * side, corner.y + (y + 1) * side);
    std::vector<MultiPolygon> shapes;
    for (const RuralDistrict& district : world.area.rural_districts) shapes.push_back(district.shape);
    const PointLocator locator{shapes};
    for (int i = 0; i < 1'500; ++i) {
        const Point place{longitude(random), latitude(random)};
        const auto district = locator.locate(to_work.apply(place)).shape;
        world.settlement("v" + std::to_string(i), district.value_or(nowhere), 1 + i % 900, place);
    }
    return world;
}

double distance_to_border(const MultiPolygon& shape, const Point& p) {
    double nearest = 1e300;
    const auto measure = [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Point &a = ring[i], &b = ring[i + 1];
            const double squared = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
            const double part = std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / squared, 0.0, 1.0);
            nearest = std::min(nearest, std::hypot(a.x + part * (b.x - a.x) - p.x, a.y + part * (b.y - a.y) - p.y));
        }
    };
    for (const Polygon& part : shape.parts) {
        measure(part.outer);
        for (const Ring& hole : part.holes) measure(hole);
    }
    return nearest;
}

}  // namespace

TEST_CASE("one source serves its circle, the rest of a district is what lies outside", "[analysis][service_areas]") {
    World world = equator_world();
    add_square(world, "all", -50'000, -50'000, 50'000, 50'000);
    add_square(world, "east", 50'000, -50'000, 60'000, 50'000);
    world.source("s", UtilityKind::water, at_km(0));
    const ServiceAreas areas = found(world, UtilityKind::water);
    CHECK(areas.any.area.value() == Approx(drawn_area(15'000)).epsilon(1e-9));
    CHECK(areas.any.sources == 1);
    REQUIRE(areas.any.districts.size() == 2);
    CHECK(areas.any.districts[0].area.value() == 1e10);
    CHECK(areas.any.districts[0].unserved_area.value() == Approx(1e10 - drawn_area(15'000)).epsilon(1e-9));
    CHECK(areas.any.districts[0].unserved.parts.at(0).holes.size() == 1);
    CHECK(areas.any.districts[1].unserved_area.value() == areas.any.districts[1].area.value());
    CHECK(areas.sag.value() == Approx(15'000 * (1 - std::cos(pi / 32))).margin(0.02));
}

TEST_CASE("people are counted by distance, not by the drawn circle", "[analysis][service_areas]") {
    World world = equator_world();
    add_square(world, "d", -50'000, -50'000, 50'000, 50'000);
    world.source("s", UtilityKind::water, at_km(0));
    const double angle = pi / 32;     // the middle of an edge, where the polygon is 72 m inside the circle
    const auto at = [&](double km) {  // a degree of latitude is 110.574 km here
        return Point{km * std::cos(angle) / km_per_degree, km * std::sin(angle) / 110.574};
    };
    world.settlement("inside", 0, 100, at(14.9));
    world.settlement("in the sag", 0, 30, at(14.97));
    world.settlement("outside", 0, 7, at(15.05));
    world.settlement("unknown", 0, std::nullopt, at(3));
    world.settlement("nowhere", 0, 1'000, std::nullopt);
    world.settlement("of no district", nowhere, 20, at(1));
    world.settlement("city", 0, 1'000'000, at(2)).kind = SettlementKind::city;
    const ServiceAreas areas = found(world, UtilityKind::water);
    const InReach yes = InReach::yes, no = InReach::no;
    CHECK(areas.any.settlements == std::vector{yes, yes, no, yes, no, yes, yes});
    const ReachedPeople& people = areas.any.districts[0].people;
    CHECK(people.settlements == 4);
    CHECK(people.settlements_in_reach == 3);
    CHECK(people.settlements_without_position == 1);
    CHECK(people.people == 100 + 30 + 7);
    CHECK(people.people_in_reach == 100 + 30);
    CHECK(people.population_unknown == 1);
    CHECK(people.population_unknown_in_reach == 1);
    CHECK(people.share() == Approx(130.0 / 137));
    CHECK(areas.any.people.people_in_reach == 100 + 30 + 20);
    CHECK_FALSE(ReachedPeople{}.share());
}

TEST_CASE("only sources that can take on more serve with headroom", "[analysis][service_areas]") {
    World world = equator_world();
    const auto add = [&](double km) -> UtilitySource& {
        return world.source("s" + std::to_string(km), UtilityKind::power, at_km(km));
    };
    UtilitySource& free = add(-90);
    free.capacity = 5, free.use = {{"", 1, 4.0}};
    UtilitySource& full = add(-30);
    full.capacity = 5, full.use = {{"", 1, 5.0}};
    add(30);  // unknown
    UtilitySource& yes = add(90);
    yes.capacity_is_yes_no = true;
    UtilitySource& context = add(0);
    context.role = SourceRole::context, context.capacity = 1'000, context.use = {{"", 1, 0.0}};
    add(0).geometry = std::monostate{};
    world.source("other", UtilityKind::gas, at_km(0));
    ServiceAreaOptions options;
    options.reach = Kilometres{10};
    const ServiceAreas areas = found(world, UtilityKind::power, options);
    CHECK(areas.any.sources == 4);
    CHECK(areas.any.shape.parts.size() == 4);
    CHECK(areas.with_headroom.sources == 2);
    CHECK(areas.with_headroom.area.value() == Approx(2 * drawn_area(10'000)).epsilon(1e-9));
    CHECK(areas.sources_unknown == 1);
    CHECK(areas.sources_without_place == 1);

    options.has_headroom = SourceHeadroom{false, false, true, false, true, true, true};
    const ServiceAreas chosen = found(world, UtilityKind::power, options);
    CHECK(chosen.with_headroom.sources == 1);
    CHECK(chosen.sources_unknown == 0);
}

TEST_CASE("telecom serves with the required class", "[analysis][service_areas]") {
    UtilitySource source;
    source.utility = UtilityKind::telecom;
    CHECK_FALSE(can_take_more(source, TelecomClass::fibre));
    source.telecom_class = TelecomClass::copper;
    CHECK(can_take_more(source, TelecomClass::fibre) == false);
    CHECK(can_take_more(source, TelecomClass::copper) == true);
}

TEST_CASE("without sources everything is unserved", "[analysis][service_areas]") {
    World world = equator_world();
    add_square(world, "d", 0, 0, 10'000, 10'000);
    world.district("no shape", std::nullopt, std::nullopt);
    world.settlement("v", 0, 50, at_km(1));
    const ServiceAreas areas = found(world, UtilityKind::gas);
    CHECK(areas.any.shape.parts.empty());
    CHECK(areas.any.districts[0].unserved_area.value() == 1e8);
    CHECK(areas.any.districts[1].area.value() == 0);
    CHECK(areas.any.people.share() == 0.0);
    CHECK(areas.projection_error.value() == 0);
}

TEST_CASE("service areas refuse what does not fit", "[analysis][service_areas]") {
    World world = equator_world();
    world.source("s", UtilityKind::water, at_km(0));
    world.settlement("v", nowhere, 50, at_km(1));
    ServiceAreaOptions options;
    options.has_headroom = SourceHeadroom{};
    CHECK_THROWS_AS(found(world, UtilityKind::water, options), InvalidInput);
    world.area.sources[0].reach = Kilometres{-1};
    CHECK_THROWS_AS(found(world, UtilityKind::water), InvalidInput);
    world.area.sources[0].reach = Kilometres{15'000};  // metres taken for kilometres
    CHECK_THROWS_AS(found(world, UtilityKind::water), InvalidInput);
    world.area.sources[0].reach = std::nullopt;
    world.district_of_settlement.clear();
    CHECK_THROWS_AS(found(world, UtilityKind::water), InvalidInput);
    world.district_of_settlement = {nowhere};
    world.area.working_crs = Crs::wgs84();
    CHECK_THROWS_AS(found(world, UtilityKind::water), CrsError);
}

TEST_CASE("shape and distance test disagree only within the stated error of the border",
          "[analysis][service_areas][property]") {
    const auto seed = GENERATE(range(1U, 5U));
    const Metric metric = GENERATE(Metric::geodesic, Metric::planar);
    CAPTURE(seed, metric == Metric::planar);
    const World world = random_world(seed);
    const ServiceAreas areas = found(world, UtilityKind::water, {}, metric);
    const Transform to_work{Crs::wgs84(), world.area.working_crs};
    for (const ServiceArea* service : {&areas.any, &areas.with_headroom}) {
        const PointLocator locator{{&service->shape, 1}};
        std::size_t disagree = 0, inside = 0;
        for (std::size_t i = 0; i < world.area.settlements.size(); ++i) {
            const Point place = to_work.apply(*world.area.settlements[i].position);
            const bool drawn = locator.locate(place).shape.has_value();
            inside += drawn;
            if (drawn == (service->settlements[i] == InReach::yes)) continue;
            ++disagree;
            CHECK(distance_to_border(service->shape, place) <= areas.error_bound().value());
        }
        CHECK(inside > 100);
        CHECK(disagree < 30);
    }
    CHECK((metric == Metric::planar) == (areas.projection_error.value() == 0));
    CHECK(areas.error_bound().value() < 1'500);
}

TEST_CASE("served and unserved make the district", "[analysis][service_areas][property]") {
    const World world = random_world(9);
    const ServiceAreas areas = found(world, UtilityKind::water);
    std::int64_t people = 0;
    for (std::size_t i = 0; i < world.area.rural_districts.size(); ++i) {
        const MultiPolygon& shape = world.area.rural_districts[i].shape;
        const DistrictService& district = areas.with_headroom.districts[i];
        const double served = planar_area(intersection_of(shape, areas.with_headroom.shape));
        CHECK(served + district.unserved_area.value() == Approx(district.area.value()).epsilon(1e-12));
        CHECK(district.unserved_area.value() >= areas.any.districts[i].unserved_area.value() * (1 - 1e-12));
        people += district.people.people;
    }
    CHECK(people <= areas.with_headroom.people.people);
    CHECK(areas.with_headroom.people.people_in_reach <= areas.any.people.people_in_reach);
}

TEST_CASE("service areas do not depend on the order of the sources or the threads",
          "[analysis][service_areas][property]") {
    World world = random_world(21);
    const ServiceAreas areas = found(world, UtilityKind::water);
    std::mt19937_64 random{5};
    std::ranges::shuffle(world.area.sources, random);
    const std::size_t threads = thread_limit();
    for (const std::size_t limit : {std::size_t{1}, std::size_t{4}}) {
        set_thread_limit(limit);
        const ServiceAreas again = found(world, UtilityKind::water);
        CHECK(again.any.shape == areas.any.shape);
        CHECK(again.with_headroom.shape == areas.with_headroom.shape);
        CHECK(again.with_headroom.settlements == areas.with_headroom.settlements);
        CHECK(again.error_bound() == areas.error_bound());
        for (std::size_t i = 0; i < again.any.districts.size(); ++i)
            CHECK(again.any.districts[i].unserved == areas.any.districts[i].unserved);
    }
    set_thread_limit(threads);
}
