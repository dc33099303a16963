#include <catch2/catch.hpp>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

TEST_CASE("a unit is served by an operating zone in reach, measured to its nearest point", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));
    SECTION("a point") {
        world.zone("z", at_km(19.9));
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::served);
        CHECK(gap.reason == UnitReason::none);
        REQUIRE(gap.nearest_zone);
        CHECK(gap.nearest_zone->distance.value() == Approx(19'900).margin(0.01));
    }
    SECTION("a polygon: its near edge counts, not its middle") {
        const Point near = at_km(19), far = at_km(60);
        world.zone("z",
                   MultiPolygon{{{{{near.x, -0.1}, {far.x, -0.1}, {far.x, 0.1}, {near.x, 0.1}, {near.x, -0.1}}, {}}}});
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::served);
        CHECK(gap.nearest_zone->distance.value() == Approx(19'000).margin(0.5));
    }
    SECTION("a centre inside the zone is at distance 0") {
        world.zone("z", MultiPolygon{{{{{-0.1, -0.1}, {0.1, -0.1}, {0.1, 0.1}, {-0.1, 0.1}, {-0.1, -0.1}}, {}}}});
        CHECK(world.gaps(standards()).units[0].nearest_zone->distance.value() == 0);
    }
    SECTION("too far") {
        world.zone("z", at_km(20.1));
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::no_zone_in_reach);
        CHECK(gap.reason == UnitReason::no_zone_in_reach);
    }
    SECTION("in reach but under construction") {
        world.zone("z", at_km(5), ZoneStatus::under_construction);
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::no_zone_in_reach);
        CHECK(gap.reason == UnitReason::only_zones_not_operating);
        GapOptions options;
        options.serving_statuses = {ZoneStatus::operating, ZoneStatus::under_construction};
        CHECK(world.gaps(standards(), options).units[0].status == UnitStatus::served);
    }
    SECTION("no zone anywhere") { CHECK(world.gaps(standards()).units[0].reason == UnitReason::no_serving_zones); }
    SECTION("a layer that is not complete never says none") {
        world.area.zones_layer.complete = false;
        world.zone("z", at_km(50));
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::no_zone_known_in_reach);
        CHECK(gap.reason == UnitReason::zones_layer_incomplete);
        CHECK_FALSE(gap.people.at_least);
        CHECK(gap.people.at_most == 12'000);
        CHECK(gap.priority.rank == 1u);
        CHECK(gap.priority.counts_at_most);
    }
    SECTION("a zone of unknown status in reach may serve") {
        world.zone("z", at_km(5), ZoneStatus::unknown);
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::no_zone_known_in_reach);
        CHECK(gap.reason == UnitReason::zone_status_unknown);
        CHECK_FALSE(gap.people.at_least);
    }
    SECTION("it is told what a zone of unknown status counts as") {
        world.zone("z", at_km(5), ZoneStatus::unknown);
        for (const bool do_serve : {false, true}) {
            GapOptions options;
            if (do_serve) options.serving_statuses.push_back(ZoneStatus::unknown);
            ProblemReport problems;
            const auto gap =
                find_gaps(world.area, world.district_of_settlement, standards(), options, problems).units[0];
            CHECK((gap.status == UnitStatus::served) == do_serve);
            REQUIRE(problems.entries().size() == 1);
            CHECK(problems.entries()[0].severity == (do_serve ? Severity::note : Severity::warning));
            CHECK_THAT(problems.entries()[0].action, Catch::Contains(do_serve ? "taken as serving" : "serve nobody"));
        }
    }
    SECTION("a serving zone without a place may be anywhere") {
        world.zone("z", {});
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::no_zone_known_in_reach);
        CHECK(gap.reason == UnitReason::zone_position_unknown);
        CHECK_FALSE(gap.people.at_least);
    }
    SECTION("a zone somewhere in a district is in reach of another only where that district is") {
        const auto square = [](double west) {
            return MultiPolygon{{{{{west, 1}, {west + 1, 1}, {west + 1, 2}, {west, 2}, {west, 1}}, {}}}};
        };
        auto& other = world.district("other", 1, Point{5.5, 1.5});
        world.zone("z", {}).rural_district_id = "other";
        world.area.working_crs = Crs::wgs84();
        other.shape = square(5);
        CHECK(world.gaps(standards()).units[0].status == UnitStatus::no_zone_in_reach);
        other.shape = MultiPolygon{{{{{0.1, -1}, {1, -1}, {1, 1}, {0.1, 1}, {0.1, -1}}, {}}}};  // 11 km away
        CHECK(world.gaps(standards()).units[0].status == UnitStatus::no_zone_known_in_reach);
    }
    SECTION("a zone known only by the district's code serves it at an unknown distance") {
        world.zone("z", {}).rural_district_id = "a";
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::served);
        CHECK_FALSE(gap.nearest_zone);
        CHECK(gap.zones_by_code == 1);
        CHECK(gap.people.at_least == 0);
        CHECK(gap.people.at_most == 0);
    }
}

TEST_CASE("a unit at the limit is flagged, and the limit itself is in reach", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));
    world.zone("z", at_km(20));
    GapOptions options;
    options.position_bound = Metres{0.2};
    GapStandards s = standards();
    s.zone_reach = Kilometres{20.0000001};
    CHECK(world.gaps(s, options).units[0].on_the_line);
    CHECK(world.gaps(s, options).units[0].status == UnitStatus::served);
    s.zone_reach = Kilometres{20.1};
    CHECK_FALSE(world.gaps(s, options).units[0].on_the_line);
}

TEST_CASE("target area is people times hectares per thousand, within the limits", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));  // 3 / 6 / 9 ha
    world.district("b", 50'000, at_km(0));  // 12.5 / 25 / 37.5 ha
    world.district("c", 10'000, at_km(0));
    const auto units = world.gaps(standards()).units;
    CHECK(units[0].target_uncapped == StepRange{30'000, 60'000, 90'000});
    CHECK(units[0].target == StepRange{50'000, 60'000, 90'000});
    CHECK(units[0].target_net == StepRange{30'000, 39'000, 63'000});  // 5 × 0.60, 6 × 0.65, 9 × 0.70 ha
    CHECK(units[1].target == StepRange{125'000, 200'000, 200'000});
    CHECK_FALSE(units[2].target);
}

TEST_CASE("demand is hectares times standard, rounded up to a whole step", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));  // net 3.0 / 3.9 / 6.3 ha, gross 5 / 6 / 9 ha
    const auto need = world.gaps(standards()).units[0].services;
    CHECK(need[UtilityKind::water].demand == StepRange{900, 1'560, 4'725});  // 3 × 0.3, 3.9 × 0.4, 6.3 × 0.75 L/s
    CHECK(need[UtilityKind::power].demand == StepRange{600, 975, 3'150});    // 3 × 0.2, 3.9 × 0.25, 6.3 × 0.5 MW
    CHECK(need[UtilityKind::gas].demand == StepRange{100, 300, 900});        // 5 × 20, 6 × 50, 9 × 100 m³/h
    CHECK_FALSE(need[UtilityKind::telecom].demand);
}

TEST_CASE("a zone in reach without enough usable land is full", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));  // 6 ha
    auto& zone = world.zone("z", at_km(1));
    SECTION("vacant land as given") {
        zone.vacant_ha = 3.8;  // net; 6 ha gross are 3.9 net
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::zone_full);
        CHECK(gap.reason == UnitReason::not_enough_usable_land);
        CHECK(gap.usable_land == 38'000);
    }
    SECTION("net less occupied") {
        zone.net_ha = 30;
        zone.occupied_ha = 20;
        CHECK(world.gaps(standards()).units[0].usable_land == 100'000);
        CHECK(world.gaps(standards()).units[0].status == UnitStatus::served);
    }
    SECTION("plots come before the zone's own figure") {
        zone.vacant_ha = 100;
        world.area.plots = {{"1", "z", PlotState::vacant, 0.5, {}, {}, {}, {}},
                            {"2", "z", PlotState::repossessable, 0.25, {}, {}, {}, {}},
                            {"3", "z", PlotState::operating, 9, {}, {}, {}, {}}};
        CHECK(world.gaps(standards()).units[0].usable_land == 7'500);
    }
    SECTION("a plot of unknown state, or a list with plots missing, leaves the land unknown") {
        world.area.plots = {{"1", "z", PlotState::vacant, 1.0, {}, {}, {}, {}}};
        CHECK(world.gaps(standards()).units[0].status == UnitStatus::zone_full);
        SECTION("state") { world.area.plots.push_back({"2", "z", PlotState::unknown, 60.0, {}, {}, {}, {}}); }
        SECTION("list") { world.area.plots_layer.complete = false; }
        CHECK(world.gaps(standards()).units[0].status == UnitStatus::served);
        CHECK(world.gaps(standards()).units[0].zones_land_unknown == 1);
    }
    SECTION("unknown land is not no land") {
        const auto gap = world.gaps(standards()).units[0];
        CHECK(gap.status == UnitStatus::served);
        CHECK_FALSE(gap.usable_land);
        CHECK(gap.zones_land_unknown == 1);
    }
}

TEST_CASE("priority is people left out times weight, ties by distance and then id", "[analysis][gap]") {
    World world;
    world.district("a", 11'000, at_km(30)).deprivation_weight = 2;
    world.district("b", 21'000, at_km(-40));
    world.district("c", 12'000, at_km(50));
    world.district("d", 12'000, at_km(-60));
    world.district("e", 12'000, at_km(-60));
    world.district("f", 99'000, at_km(0));
    world.zone("z", at_km(0)).vacant_ha = 50;
    const auto units = world.gaps(standards()).units;
    CHECK(units[0].priority.rank == 1u);  // 11,000 × 2
    CHECK(units[1].priority.rank == 2u);
    CHECK(units[3].priority.rank == 3u);  // farther than c
    CHECK(units[4].priority.rank == 4u);
    CHECK(units[2].priority.rank == 5u);
    CHECK_FALSE(units[5].priority.rank);  // nobody left out
    CHECK(units[5].priority.score == 0);
}

TEST_CASE("the edge of a layer's extent is flagged", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));
    world.area.zones_layer.extent = Box{-1, -1, 1, 1};
    CHECK_FALSE(world.gaps(standards()).units[0].edge);
    world.area.rural_districts[0].centre = at_km(95);
    CHECK(world.gaps(standards()).units[0].edge);
}
