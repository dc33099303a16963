#include <catch2/catch.hpp>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

TEST_CASE("people left out are counted by settlement, with a minimum and a maximum", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));
    world.zone("z", at_km(15));
    world.settlement("in", 0, 5'000, at_km(10));
    world.settlement("out", 0, 4'000, at_km(-10));
    SECTION("the rest follows the centre where every settlement is known") {
        const auto people = world.gaps(standards()).units[0].people;  // 3,000 live outside the two
        CHECK(people.at_least == 4'000);
        CHECK(people.at_most == 4'000);
        CHECK(people.settlements_out_of_reach == 1);
    }
    SECTION("the rest lives in the unknown settlement, which is out of reach") {
        world.settlement("unknown", 0, std::nullopt, at_km(-10));
        const auto people = world.gaps(standards()).units[0].people;
        CHECK(people.at_least == 4'000 + 3'000);
        CHECK(people.at_most == 7'000);
        CHECK(people.basis == PeopleBasis::settlements_partly);
    }
    SECTION("in between where the unknown ones lie on both sides") {
        world.settlement("unknown in", 0, std::nullopt, at_km(10));
        world.settlement("unknown out", 0, std::nullopt, at_km(-10));
        const auto people = world.gaps(standards()).units[0].people;
        CHECK(people.at_least == 4'000);
        CHECK(people.at_most == 7'000);
    }
    SECTION("a settlement without a place may be either") {
        world.settlement("nowhere", 0, 3'000, std::nullopt);
        const auto people = world.gaps(standards()).units[0].people;
        CHECK(people.at_least == 4'000);
        CHECK(people.at_most == 7'000);
    }
    SECTION("the rest may live anywhere where settlements are missing from the list") {
        world.area.settlements_layer.complete = false;
        auto people = world.gaps(standards()).units[0].people;
        CHECK(people.at_least == 4'000);
        CHECK(people.at_most == 12'000 - 5'000);
        CHECK(people.basis == PeopleBasis::settlements_partly);
        world.area.rural_districts[0].population.reset();
        people = world.gaps(standards()).units[0].people;
        CHECK(people.at_least == 4'000);
        CHECK_FALSE(people.at_most);
    }
    SECTION("exact where they add up to the district") {
        world.settlement("rest", 0, 3'000, at_km(10));
        const auto people = world.gaps(standards()).units[0].people;
        CHECK(people.at_least == 4'000);
        CHECK(people.at_most == 4'000);
        CHECK(people.basis == PeopleBasis::settlements);
    }
}

TEST_CASE("without known settlements all people follow the centre", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));
    world.settlement("x", 0, std::nullopt, at_km(0));
    world.zone("z", at_km(25));
    const auto people = world.gaps(standards()).units[0].people;
    CHECK(people.basis == PeopleBasis::centre);
    CHECK(people.at_least == 12'000);
    CHECK(people.at_most == 12'000);
}
