#include <catch2/catch.hpp>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

TEST_CASE("what a utility offers in reach is stated with its reason", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));  // 0.975 MW
    using enum UtilityKind;
    const auto need = [&] { return world.gaps(standards()).units[0].services; };
    SECTION("none in reach") {
        world.source("s", power, at_km(50.1));
        CHECK(need()[power].reason(Case::central) == ServiceReason::no_source_in_reach);
        CHECK(need()[power].nearest->distance.value() == Approx(50'100).margin(0.01));
        CHECK_FALSE(need()[power].reachable);
    }
    SECTION("a source's own reach comes before the standard") {
        world.source("s", power, at_km(60)).reach = Kilometres{70};
        CHECK(need()[power].sources_in_reach == 1);
        world.area.sources[0].reach = Kilometres{59};
        CHECK(need()[power].sources_in_reach == 0);
    }
    SECTION("headroom is the least over the seasons, rounded down") {
        auto& source = world.source("s", power, at_km(10));
        source.capacity = 10;
        source.use = {{"summer", 0.9, 7.9995}, {"winter", 1, 5}};
        source.committed = 0.5;
        CHECK(need()[power].reachable == 500);  // 10 × 0.9 − 7.9995 − 0.5 = 0.5005 MW
        CHECK(need()[power].reason(Case::central) == ServiceReason::no_headroom);
        source.committed = 0;
        CHECK(need()[power].reason(Case::central) == ServiceReason::reachable);
    }
    SECTION("unknown use is not no use") {
        world.source("s", power, at_km(10)).capacity = 10;
        CHECK_FALSE(need()[power].reachable);
        CHECK(need()[power].sources_unknown == 1);
        CHECK(need()[power].reason(Case::central) == ServiceReason::unknown_capacity);
    }
    SECTION("context never counts") {
        auto& source = world.source("s", power, at_km(10));
        source.role = SourceRole::context;
        source.capacity = 1'000;
        source.use = {{"", 1, 0.0}};
        CHECK(need()[power].sources_in_reach == 0);
    }
    SECTION("telecom is a class reached or not") {
        world.source("s", telecom, at_km(10)).telecom_class = TelecomClass::copper;
        CHECK(need()[telecom].reason(Case::central) == ServiceReason::class_too_low);
        world.source("t", telecom, at_km(11)).telecom_class = TelecomClass::fibre;
        CHECK(need()[telecom].reason(Case::central) == ServiceReason::reachable);
        CHECK(need()[telecom].telecom_class == TelecomClass::fibre);
    }
    SECTION("each case has its reason") {
        auto& source = world.source("s", power, at_km(10));
        source.capacity = 3;
        source.use = {{"", 1, 0.0}};  // 0.6, 0.975 and 3.15 MW are asked for
        CHECK(need()[power].reason(Case::low) == ServiceReason::reachable);
        CHECK(need()[power].reason(Case::high) == ServiceReason::no_headroom);
    }
    SECTION("a unit that is not assessed asks for nothing; a source without a position may be near") {
        world.source("s", gas, Point{}).geometry = {};
        CHECK(need()[gas].reason(Case::central) == ServiceReason::no_source_known_in_reach);
        world.area.rural_districts[0].population = 9'000;
        CHECK(need()[gas].reason(Case::central) == ServiceReason::not_assessed);
    }
    SECTION("a yes/no source has no figure") {
        world.source("s", gas, at_km(10)).capacity_is_yes_no = true;
        CHECK(need()[gas].reason(Case::central) == ServiceReason::reachable);
        CHECK_FALSE(need()[gas].reachable);
    }
    SECTION("no layer, and a layer that is not complete") {
        world.area.sources_layer[water].present = false;
        world.area.sources_layer[gas].complete = false;
        CHECK(need()[water].reason(Case::central) == ServiceReason::no_source_layer);
        CHECK(need()[gas].reason(Case::central) == ServiceReason::no_source_known_in_reach);
    }
}

TEST_CASE("a census share gives the people without a utility", "[analysis][gap]") {
    World world;
    world.district("a", 12'001, at_km(0)).served_share[UtilityKind::gas] = 0.75;
    world.district("b", std::nullopt, at_km(0)).served_share[UtilityKind::gas] = 0.5;
    const auto result = world.gaps(standards());
    CHECK(result.units[0].services[UtilityKind::gas].people_unserved == 3'000);  // 12,001 × 0.25 = 3,000.25
    CHECK_FALSE(result.units[0].services[UtilityKind::water].people_unserved);
    CHECK_FALSE(result.units[1].services[UtilityKind::gas].people_unserved);
    CHECK(result.rollups[0].people_unserved[UtilityKind::gas] == 3'000);
    CHECK(result.rollups[0].people_unserved_unknown_units[UtilityKind::gas] == 1);
}
