#include <amayesh/analysis/gap_service_areas.hpp>

#include <cmath>
#include <numbers>

#include <catch2/catch.hpp>

#include <amayesh/crs/transform.hpp>

#include "analysis/planning_worlds.hpp"
#include "geometry/shapes.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

constexpr UtilityKind power = UtilityKind::power;

World equator_world() {
    World world;
    world.area.working_crs = fit_equal_area_crs({-3, -1, 3, 1});
    return world;
}

/// Of firm headroom, in MW; nothing = unknown.
UtilitySource& power_source(World& world, const std::string& id, double at, std::optional<double> megawatts) {
    UtilitySource& source = world.source(id, power, at_km(at));
    source.capacity = megawatts;
    if (megawatts) source.use = {{.season = "", .capacity_factor = 1, .in_use = 0}};
    return source;
}

UtilityServices services(const World& world, const GapOptions& options = {}) {
    return find_gap_service_areas(world.area, world.district_of_settlement, world.gaps(standards(), options));
}

/// A source at 0 km, which reaches 50 km; four districts and two settlements in none.
World four_districts() {
    World world = equator_world();
    world.district("A", 20'000, std::nullopt);  // 5,000 in reach, 4,000 beyond, 11,000 with the unknown one beyond
    world.district("B", 10'000, std::nullopt);  // one unknown in reach, one beyond
    world.district("C", std::nullopt, std::nullopt);
    world.district("D", 8'000, at_km(200));
    world.settlement("a1", 0, 5'000, at_km(5));
    world.settlement("a2", 0, 4'000, at_km(60));
    world.settlement("a3", 0, std::nullopt, at_km(70));
    world.settlement("b1", 1, 1'000, at_km(1));
    world.settlement("b2", 1, std::nullopt, at_km(2));
    world.settlement("b3", 1, std::nullopt, at_km(80));
    world.settlement("c1", 2, 3'000, at_km(-10));
    world.settlement("c2", 2, std::nullopt, at_km(-90));
    world.settlement("free", nowhere, 700, at_km(-20));
    world.settlement("city", nowhere, 90'000, at_km(-21)).kind = SettlementKind::city;
    return world;
}

}  // namespace

TEST_CASE("people in reach are bounded as people without a zone are", "[analysis][gap_service_areas]") {
    World world = four_districts();
    power_source(world, "P", 0, 1'000);
    const UtilityServices found = services(world);
    const ServedPeople& any = found[power]->any;
    CHECK(any.districts[0].at_least == 4'000 + 11'000);
    CHECK(any.districts[0].at_most == 4'000 + 11'000);
    CHECK(any.districts[1].at_least == 0);
    CHECK(any.districts[1].at_most == 9'000);
    CHECK(any.districts[1].basis == PeopleBasis::settlements_partly);
    CHECK_FALSE(any.districts[2].population);
    CHECK(any.districts[2].at_least == 0);
    CHECK_FALSE(any.districts[2].at_most);
    CHECK(any.districts[3].at_least == 8'000);
    CHECK(any.districts[3].basis == PeopleBasis::centre);
    CHECK(any.total.people == 20'000 + 10'000 + 3'000 + 8'000 + 700);
    CHECK(any.total.at_least == 5'000 + 1'000 + 3'000 + 0 + 700);
    CHECK(any.total.at_most == 5'000 + 10'000 + 3'000 + 0 + 700);
    CHECK(any.total.population_unknown == 1);
    CHECK(any.total.share(any.total.at_least) == Approx(9'700.0 / 41'700));
    CHECK_FALSE(PeopleInReach{}.share(0));
    // 128 edges on a circle of 50 km; the projection is equal-area.
    const double drawn = 64 * 50'000.0 * 50'000.0 * std::sin(2 * std::numbers::pi / 128);
    CHECK(found[power]->areas.any.area.value() == Approx(drawn).epsilon(1e-6));
}

TEST_CASE("a source of unknown headroom may serve or not", "[analysis][gap_service_areas]") {
    World world = four_districts();
    power_source(world, "P", 0, std::nullopt);
    const UtilityServices found = services(world);
    CHECK(found[power]->areas.sources_unknown == 1);
    CHECK(found[power]->any.total.at_least == 9'700);
    for (const ServedPeople* people : {&found[power]->with_headroom, &*found[power]->with_headroom_left}) {
        CHECK(people->total.at_least == 0);
        CHECK(people->total.at_most == found[power]->any.total.at_most);
        CHECK(people->districts[3].at_most == 8'000);
    }
    CHECK(found[power]->areas.with_headroom.shape.parts.empty());
}

TEST_CASE("where sources may be missing nobody is known to be beyond reach", "[analysis][gap_service_areas]") {
    World world = four_districts();
    power_source(world, "P", 0, 1'000);
    SECTION("the layer is not complete") { world.area.sources_layer[power].complete = false; }
    SECTION("a source has no position") { power_source(world, "lost", 0, 10).geometry = std::monostate{}; }
    const UtilityServices found = services(world);
    CHECK(found[power]->may_miss_sources);
    CHECK(found[power]->any.total.at_least == 9'700);
    CHECK(found[power]->any.total.at_most == found[power]->any.total.people);
    CHECK_FALSE(found[power]->any.districts[3].at_least);
    CHECK(found[power]->any.districts[3].at_most == 8'000);
}

TEST_CASE("a source that sharing uses up has headroom before and none after", "[analysis][gap_service_areas]") {
    World world = equator_world();
    world.district("A", 20'000, at_km(8));  // 10 ha gross, 6.5 ha net, 1,625 kW in the central case
    power_source(world, "P1", 0, 1.625);
    power_source(world, "P2", 400, 0.0004);  // less than a step
    UtilitySource& yes = power_source(world, "P3", 800, std::nullopt);
    yes.capacity_is_yes_no = true;
    const UtilityServices found = services(world);
    const ServiceAreas& areas = found[power]->areas;
    CHECK(areas.any.sources == 3);
    CHECK(areas.with_headroom.sources == 2);
    REQUIRE(areas.with_headroom_left);
    CHECK(areas.with_headroom_left->sources == 1);
    CHECK(found[power]->with_headroom.total.at_least == 20'000);
    CHECK(found[power]->with_headroom_left->total.at_most == 0);
    world.area.sources[0].capacity = 1.626;
    CHECK(services(world)[power]->areas.with_headroom_left->sources == 2);
}

TEST_CASE("telecom serves by class and is not shared; a utility without a layer serves nobody known",
          "[analysis][gap_service_areas]") {
    World world = four_districts();
    world.area.sources_layer[UtilityKind::gas].present = false;
    world.source("T1", UtilityKind::telecom, at_km(0)).telecom_class = TelecomClass::copper;
    world.source("T2", UtilityKind::telecom, at_km(200)).telecom_class = TelecomClass::fibre;
    const UtilityServices found = services(world);
    const UtilityService& telecom = *found[UtilityKind::telecom];
    CHECK(telecom.any.total.at_least == 8'000 + 9'700);
    CHECK(telecom.with_headroom.total.at_least == 8'000);
    CHECK_FALSE(telecom.with_headroom_left);
    CHECK_FALSE(found[UtilityKind::gas]);
    CHECK(found[UtilityKind::water]->any.total.at_most == 0);
}

TEST_CASE("settlements that are assessed stand each for itself", "[analysis][gap_service_areas]") {
    World world = four_districts();
    power_source(world, "P", 0, 1'000);
    GapOptions options;
    options.assessment.kind = UnitKind::settlement;
    const ServedPeople any = services(world, options)[power]->any;
    CHECK(any.total.people == 5'000 + 4'000 + 1'000 + 3'000 + 700);
    CHECK(any.total.at_least == 5'000 + 1'000 + 3'000 + 700);
    CHECK(any.total.at_most == any.total.at_least);
    CHECK(any.total.population_unknown == 4);
    CHECK(any.districts[0].at_least == 4'000);
    CHECK_FALSE(any.districts[0].at_most);
}

TEST_CASE("only what is assessed is counted, sources outside serve it", "[analysis][gap_service_areas]") {
    World world = four_districts();
    world.area.rural_districts[0].shape = test::rectangle(0, -10'000, 100'000, 10'000);
    world.area.rural_districts[1].shape = test::rectangle(0, 10'000, 100'000, 30'000);
    power_source(world, "P", 0, 1'000);
    GapOptions options;
    SECTION("of districts") {
        options.assessment.only = std::vector<std::string>{"A"};
        const UtilityServices found = services(world, options);
        CHECK(found[power]->any.total.people == 20'000);
        CHECK(found[power]->any.total.at_least == 5'000);
        CHECK(found[power]->areas.any.people.settlements == 3);
        CHECK(found[power]->areas.any.districts[0].counted);
        CHECK(found[power]->areas.any.districts[0].area.value() == Approx(2e9).epsilon(1e-6));
        CHECK_FALSE(found[power]->areas.any.districts[1].counted);
        CHECK(found[power]->areas.any.districts[1].unserved.parts.empty());
    }
    SECTION("of settlements") {
        options.assessment.kind = UnitKind::settlement;
        options.assessment.only = std::vector<std::string>{"a1", "a2"};
        const UtilityServices found = services(world, options);
        CHECK(found[power]->any.total.people == 9'000);
        CHECK(found[power]->any.districts[0].population == 9'000);
        CHECK(found[power]->any.districts[0].at_least == 4'000);
        CHECK(found[power]->any.districts[0].at_most == 4'000);
    }
}

TEST_CASE("a district near the end of what the layer knows is at its edge", "[analysis][gap_service_areas]") {
    World world = four_districts();
    world.area.rural_districts[0].shape = test::rectangle(0, -10'000, 100'000, 10'000);
    world.area.rural_districts[1].shape = test::rectangle(-100'000, -10'000, 0, 10'000);
    power_source(world, "P", 0, 1'000);
    const double east = at_km(120).x;
    world.area.sources_layer[power].extent = Box{-3, -3, east, 3};
    const UtilityServices found = services(world);
    CHECK(found[power]->areas.any.districts[0].edge);  // 20 km from the end, the reach is 50 km
    CHECK_FALSE(found[power]->areas.any.districts[1].edge);
}
