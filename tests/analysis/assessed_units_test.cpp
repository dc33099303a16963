#include <catch2/catch.hpp>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

std::vector<AssessedUnit> assess(const World& world, const AssessmentOptions& options, ProblemReport& problems) {
    return assess_units(world.area, world.district_of_settlement, options, problems);
}

std::vector<AssessedUnit> assess(const World& world, const AssessmentOptions& options = {}) {
    ProblemReport problems;
    return assess(world, options, problems);
}

}  // namespace

TEST_CASE("over the threshold means strictly more people", "[analysis][assessed_units]") {
    World world;
    world.district("a", 9'999, at_km(0));
    world.district("b", 10'000, at_km(0));
    world.district("c", 10'001, at_km(0));
    world.district("d", 0, at_km(0));
    const auto units = assess(world);
    CHECK(units[0].threshold == Threshold::not_over);
    CHECK(units[1].threshold == Threshold::not_over);
    CHECK(units[2].threshold == Threshold::over);
    CHECK(units[3].threshold == Threshold::not_over);
    CHECK(assess(world, {.over = 9'998})[0].threshold == Threshold::over);
}

TEST_CASE("population comes from the attribute, else from settlements that are all known, else from a raster",
          "[analysis][assessed_units]") {
    World world;
    world.district("a", 500, at_km(0));
    world.district("b", std::nullopt, at_km(0));
    world.settlement("1", 0, 100, at_km(0));
    world.settlement("2", 1, 7'000, at_km(0));
    world.settlement("3", 1, 4'000, at_km(0));
    SECTION("all settlements known") {
        const auto units = assess(world);
        CHECK(units[0].population == 500);
        CHECK(units[0].population_source == PopulationSource::attribute);
        CHECK(units[1].population == 7'000 + 4'000);
        CHECK(units[1].population_source == PopulationSource::settlements);
    }
    SECTION("city people never count") {
        world.settlement("4", 1, 90'000, at_km(0)).kind = SettlementKind::city;
        CHECK(assess(world)[1].population == 7'000 + 4'000);
    }
    SECTION("one unknown makes the sum a lower bound") {
        world.settlement("4", 1, std::nullopt, at_km(0));
        const auto units = assess(world);
        CHECK_FALSE(units[1].population);
        CHECK(units[1].population_at_least == 11'000);
        CHECK(units[1].population_source == PopulationSource::bounds);
        CHECK(units[1].threshold == Threshold::over);
    }
    SECTION("a layer that is not complete makes the sum a lower bound") {
        world.area.settlements_layer.complete = false;
        CHECK_FALSE(assess(world)[1].population);
        CHECK(assess(world)[1].population_at_least == 11'000);
    }
    SECTION("a raster comes last, and unknown settlements do not hide it") {
        world.settlement("4", 1, std::nullopt, at_km(0));
        world.area.raster_population = {12.0, 12'345.6};
        const auto units = assess(world);
        CHECK(units[0].population == 500);
        CHECK(units[1].population == 12'346);
        CHECK(units[1].population_source == PopulationSource::raster);
    }
}

TEST_CASE("unknown population is neither over nor under", "[analysis][assessed_units]") {
    World world;
    world.district("a", std::nullopt, at_km(0));
    world.settlement("1", 0, 2'000, at_km(0));
    world.settlement("2", 0, std::nullopt, at_km(0));
    CHECK(assess(world)[0].threshold == Threshold::unknown);
}

TEST_CASE("what the parent's total leaves over is an upper bound", "[analysis][assessed_units]") {
    World world;
    for (const char* id : {"a", "b", "c"}) world.district(id, std::nullopt, at_km(0)).parent_population = 30'000;
    world.area.rural_districts[0].population = 12'000;
    auto& city = world.settlement("city", nowhere, 9'000, at_km(0));
    city.kind = SettlementKind::city;
    city.place = {"", "county 1", "province 1"};
    ProblemReport problems;
    auto units = assess(world, {}, problems);
    CHECK(units[1].population_at_most == 30'000 - 12'000 - 9'000);
    CHECK(units[1].threshold == Threshold::not_over);
    CHECK(problems.entries().empty());

    SECTION("a city elsewhere is not taken off") {
        world.area.settlements[0].place.county = "county 2";
        units = assess(world, {}, problems);
        CHECK(units[1].population_at_most == 30'000 - 12'000);
        CHECK(units[1].threshold == Threshold::unknown);
    }
    SECTION("a total that is exceeded bounds nothing and is reported") {
        world.area.rural_districts[0].population = 25'000;
        units = assess(world, {}, problems);
        CHECK_FALSE(units[1].population_at_most);
        CHECK(units[1].threshold == Threshold::unknown);
        CHECK(problems.count(ProblemKind::population_exceeds_parent) == 1);
    }
}

TEST_CASE("the centre is given, else the largest settlement, else unknown", "[analysis][assessed_units]") {
    World world;
    world.district("a", 1, at_km(7));
    world.district("b", 1, std::nullopt);
    world.district("c", 1, std::nullopt);
    world.settlement("1", 1, 10, at_km(1));
    world.settlement("2", 1, 30, at_km(2));
    world.settlement("3", 1, 30, at_km(3));
    world.settlement("4", 1, std::nullopt, at_km(4));
    const auto units = assess(world);
    CHECK(units[0].centre == at_km(7));
    CHECK(units[0].centre_source == CentreSource::given);
    CHECK(units[1].centre == at_km(2));  // 30 people, the lower id of two
    CHECK(units[1].centre_source == CentreSource::largest_settlement);
    CHECK_FALSE(units[2].centre);
    CHECK(units[2].centre_source == CentreSource::none);
}

TEST_CASE("a district's polygon gives its centre where nothing else does", "[analysis][assessed_units]") {
    World world;
    auto& district = world.district("a", 1, std::nullopt);
    district.shape.parts = {{{{0, 0}, {2, 0}, {2, 1}, {0, 1}, {0, 0}}, {}}};
    const auto units = assess(world);
    REQUIRE(units[0].centre);
    CHECK(units[0].centre_source == CentreSource::interior_point);
    CHECK((units[0].centre->x > 0 && units[0].centre->x < 2 && units[0].centre->y > 0 && units[0].centre->y < 1));
}

TEST_CASE("a difference between attribute and settlements is reported, the attribute kept",
          "[analysis][assessed_units]") {
    World world;
    world.district("a", 10'000, at_km(0));
    world.settlement("1", 0, 9'950, at_km(0));  // 0.5 % off: within what is tolerated
    ProblemReport problems;
    assess(world, {}, problems);
    CHECK(problems.count(ProblemKind::population_disagrees) == 0);
    world.area.settlements[0].population = 8'000;
    CHECK(assess(world, {}, problems)[0].population == 10'000);
    CHECK(problems.count(ProblemKind::population_disagrees) == 1);
}

TEST_CASE("settlements can be the units; cities are not", "[analysis][assessed_units]") {
    World world;
    world.settlement("v", nowhere, 12'000, at_km(0));
    world.settlement("c", nowhere, 90'000, at_km(0)).kind = SettlementKind::city;
    const auto units = assess(world, {.kind = UnitKind::settlement});
    REQUIRE(units.size() == 1);
    CHECK(units[0].id == "v");
    CHECK(units[0].threshold == Threshold::over);
    CHECK(units[0].centre_source == CentreSource::settlement);
}

TEST_CASE("only the chosen units are judged, but all of them bound the others", "[analysis][assessed_units]") {
    World world;
    for (const char* id : {"a", "b"}) world.district(id, std::nullopt, at_km(0)).parent_population = 15'000;
    world.area.rural_districts[0].population = 12'000;
    const auto units = assess(world, {.only = std::vector<std::string>{"b"}});
    REQUIRE(units.size() == 1);
    CHECK(units[0].population_at_most == 15'000 - 12'000);
}
