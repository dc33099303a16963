#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "analysis/shared_power.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

/// Three sources, four districts, two classes: an operating zone that lacks 1.5 MW comes before the districts.
/// A (8 km) and B (30 km) reach P1 (0 km); B and C (55 km) reach P2 (60 km); D reaches P3 alone.
World hand_solved() {
    World world;
    world.district("A", 20'000, at_km(8));    // 10 ha gross, 6.5 ha net, 1,625 kW
    world.district("B", 20'000, at_km(30));   // 1,625 kW
    world.district("C", 40'000, at_km(55));   // 20 ha gross, 13 ha net, 3,250 kW
    world.district("D", 12'000, at_km(190));  // 6 ha gross, 3.9 ha net, 975 kW
    IndustrialZone& zone = world.zone("Z", at_km(-20));
    zone.occupied_ha = 10;  // 2,500 kW
    zone.vacant_ha = 0;
    zone.supply.power = Megawatts{1};
    power_source(world, "P1", 0, 2);
    power_source(world, "P2", 60, 3);
    power_source(world, "P3", 200, 0.5);
    return world;
}

}  // namespace

TEST_CASE("three sources, four districts and two classes, solved by hand", "[analysis][shared_supply]") {
    const World world = hand_solved();
    SECTION("the most together, then the least distance") {
        const GapResult result = world.gaps(standards());
        // The zone takes 1,500 kW of P1 first. 500 kW are left for A (8 km) or B (30 km); P2 goes to C (5 km).
        CHECK(balance(result, "A").demand == 1625);
        CHECK(balance(result, "A").allocated == 500);
        CHECK(balance(result, "A").shortfall == 1125);
        CHECK(balance(result, "A").reason == ServiceReason::headroom_taken_by_others);
        CHECK(balance(result, "A").taken_by == "Z 1.5 MW");
        CHECK(balance(result, "B").allocated == 0);
        CHECK(balance(result, "B").reason == ServiceReason::headroom_taken_by_others);
        CHECK(balance(result, "B").taken_by == "C 3 MW; Z 1.5 MW; A 0.5 MW");
        CHECK(balance(result, "C").allocated == 3000);
        CHECK(balance(result, "C").reason == ServiceReason::no_headroom);
        CHECK(balance(result, "D").allocated == 500);
        CHECK(balance(result, "D").shortfall == 475);
        CHECK(balance(result, "D").reason == ServiceReason::no_headroom);
        // Alone, A and B had enough.
        CHECK(unit(result, "A").services[power].reason(Case::central) == ServiceReason::reachable);
        CHECK(unit(result, "B").services[power].reason(Case::central) == ServiceReason::reachable);
    }
    SECTION("the worst-off share first") {
        GapOptions options;
        options.sharing = Sharing::even;
        const GapResult result = world.gaps(standards(), options);
        // A has no more than the rest of P1. B and C share P2 in equal parts of 1,625 and 3,250: 1,000 and 2,000.
        CHECK(balance(result, "A").allocated == 500);
        CHECK(balance(result, "B").allocated == 1000);
        CHECK(balance(result, "C").allocated == 2000);
        CHECK(balance(result, "D").allocated == 500);
    }
    SECTION("one more kilowatt of any source would serve a district") {
        const GapResult result = world.gaps(standards());
        for (const SharedSource& source : shared_power(result).sources) CHECK(source.class_of_another_step == 2);
    }
}

namespace {

/// The page's tables, from the result.
std::string tables_of(const World& world) {
    std::ostringstream text;
    const GapResult most = world.gaps(standards());
    GapOptions options;
    options.sharing = Sharing::even;
    const GapResult even = world.gaps(standards(), options);
    text << "| district | needs, kW | alone | most: gets | short | how it stands | who took it | even: gets | short |\n"
            "|---|--:|---|--:|--:|---|---|--:|--:|\n";
    for (const UnitGap& gap : most.units) {
        const ServiceBalance& shared = balance(most, gap.unit.id);
        const ServiceBalance& fair = balance(even, gap.unit.id);
        text << "| " << gap.unit.id << " | " << shared.demand << " | "
             << to_string(gap.services[power].reason(Case::central)) << " | " << shared.allocated << " | "
             << shared.shortfall << " | `" << to_string(shared.reason) << "` | " << shared.taken_by << " | "
             << fair.allocated << " | " << fair.shortfall << " |\n";
    }
    text << "\n| from | to | kW | km |\n|---|---|--:|--:|\n";
    const SharedUtility& shared = shared_power(most);
    for (const SharedAmount& given : shared.amounts) {
        const SharedDemand& demand = shared.demands[given.demand];
        text << "| " << world.area.sources[given.source].id << " | "
             << (demand.unit == no_index ? world.area.zones[demand.zone].id : most.units[demand.unit].unit.id) << " | "
             << given.amount << " | " << std::lround(given.distance.value() / 1000) << " |\n";
    }
    return text.str();
}

}  // namespace

TEST_CASE("the page of the case solved by hand shows what comes out", "[analysis][shared_supply]") {
    std::ifstream page(AMAYESH_DOCS "/shared-headroom.md");
    const std::string text((std::istreambuf_iterator<char>(page)), std::istreambuf_iterator<char>());
    CHECK_THAT(text, Catch::Matchers::Contains(tables_of(hand_solved())));
}

TEST_CASE("land of a zone is promised once, to the nearer unit first", "[analysis][shared_supply]") {
    World world;
    world.district("far", 20'000, at_km(-10));  // 10 ha gross, 6.5 ha net
    world.district("near", 20'000, at_km(5));
    IndustrialZone& zone = world.zone("z", at_km(0));
    SECTION("what is left makes a zone") {
        zone.vacant_ha = 8;
        const GapResult result = world.gaps(standards());
        const LandBalance& near = *unit(result, "near").land[Case::central];
        const LandBalance& far = *unit(result, "far").land[Case::central];
        CHECK(near.credited == 65'000);
        CHECK(near.new_zone == 0);
        CHECK(near.remainder == 0);
        CHECK(far.credited == 15'000);
        CHECK(far.rest_net == 50'000);
        CHECK(far.new_zone == 100'000 - 23'076);  // 1.5 ha net are 2.3076 ha gross
        CHECK(far.remainder == 0);
        REQUIRE(far.credits.size() == 1);
        CHECK(far.credits[0].zone == 0);
    }
    SECTION("what is left is too small for a zone") {
        zone.vacant_ha = 11;
        const GapResult result = world.gaps(standards());
        const LandBalance& far = *unit(result, "far").land[Case::central];
        CHECK(far.credited == 45'000);
        CHECK(far.new_zone == 0);
        CHECK(far.remainder == 100'000 - 69'230);
    }
    SECTION("land of unknown size is promised to nobody") {
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "near").land[Case::central]->credited == 0);
        CHECK(unit(result, "near").land[Case::central]->new_zone == 100'000);
    }
    SECTION("no reuse") {
        zone.vacant_ha = 11;
        GapOptions options;
        options.reuse = LandReuse::none;
        CHECK(unit(world.gaps(standards(), options), "near").land[Case::central]->new_zone == 100'000);
    }
    SECTION("a zone known only by the code of the district counts as one at the limit of reach") {
        zone.geometry = {};
        zone.rural_district_id = "far";
        zone.vacant_ha = 100;
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "far").land[Case::central]->credited == 65'000);
        CHECK(unit(result, "near").land[Case::central]->credited == 0);
    }
}

TEST_CASE("demand follows the place of the land", "[analysis][shared_supply]") {
    World world;
    world.district("u", 20'000, at_km(0));  // 6.5 ha net
    IndustrialZone& zone = world.zone("z", at_km(15));
    zone.vacant_ha = 4;
    power_source(world, "at zone", 60, 10);  // 45 km from the zone, 60 km from the centre
    SECTION("the credited hectares ask at the zone, the rest at the centre") {
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").demand == 1000 + 625);
        CHECK(balance(result, "u").allocated == 1000);
        CHECK(balance(result, "u").reason == ServiceReason::no_source_in_reach);
    }
    SECTION("what the zone has to spare comes first, at no distance") {
        zone.occupied_ha = 2;  // 500 kW
        zone.supply.power = Megawatts{0.9};
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").own_supply + balance(result, "u").allocated == 1400);
        CHECK(balance(result, "u").own_supply == 0);  // the centre has no other source, so it gets the surplus
        CHECK(balance(result, "u").shortfall == 225);
    }
    SECTION("a surplus nobody else can use is the zone's own supply") {
        zone.occupied_ha = 2;
        zone.supply.power = Megawatts{0.9};
        zone.geometry = at_km(15);
        GapStandards near = standards();
        near.utility_reach[power] = Kilometres{10};
        const GapResult result = world.gaps(near);
        CHECK(balance(result, "u").own_supply == 400);
        CHECK(balance(result, "u").shortfall == 600 + 625);
    }
}

TEST_CASE("the unit's own other part is no other", "[analysis][shared_supply]") {
    World world;
    world.district("u", 20'000, at_km(0));  // 6.5 ha net
    world.zone("z", at_km(10)).vacant_ha = 4;
    power_source(world, "s", 2, 1.3);
    const GapResult result = world.gaps(standards());
    // The centre (2 km) gets its 625 kW, the zone (8 km) 675 of its 1,000; alone, the zone's part had 1,300 in reach.
    CHECK(balance(result, "u").shortfall == 325);
    CHECK(balance(result, "u").reason == ServiceReason::no_headroom);
    CHECK(balance(result, "u").taken_by.empty());
    const auto& demands = shared_power(result).demands;
    REQUIRE(demands.size() == 2);
    CHECK(demands[0].kind == DemandKind::credited_land);
    CHECK(demands[0].own_elsewhere == 625);
    CHECK(demands[1].own_elsewhere == 675);
}

TEST_CASE("reason and takers are those of the shortest part", "[analysis][shared_supply]") {
    World world;
    world.district("u", 20'000, at_km(0));    // 6.5 ha net
    world.district("v", 20'000, at_km(-60));  // 1,625 kW, nearer to the source
    IndustrialZone& zone = world.zone("z", at_km(15));
    SECTION("the zone's part, which no source reaches") {
        zone.vacant_ha = 4;  // 1,000 kW there, 625 at the centre
        power_source(world, "s", -40, 0.9);
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").shortfall == 1625);
        CHECK(balance(result, "u").reason == ServiceReason::no_source_in_reach);
        CHECK(balance(result, "u").taken_by.empty());
    }
    SECTION("the centre's part, whose source another emptied") {
        zone.vacant_ha = 2;  // 500 kW there, 1,125 at the centre
        power_source(world, "s", -40, 1.2);
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").shortfall == 1625);
        CHECK(balance(result, "u").reason == ServiceReason::headroom_taken_by_others);
        CHECK(balance(result, "u").taken_by == "v 1.2 MW");
    }
}

TEST_CASE("what a zone has promised asks once: at the source, or in its plots", "[analysis][shared_supply]") {
    World world;
    world.district("u", 20'000, at_km(0));
    IndustrialZone& zone = world.zone("z", at_km(98));
    zone.vacant_ha = 0;
    Plot& plot = world.area.plots.emplace_back();
    plot.id = "p";
    plot.zone_id = "z";
    plot.state = PlotState::contracted;
    plot.area_ha = 4;  // 1,000 kW
    world.area.plots_layer.present = true;
    power_source(world, "s", 49, 2);
    SECTION("nothing committed at a source: the plots ask before the units") {
        const GapResult result = world.gaps(standards());
        CHECK_FALSE(result.shared.committed_at_sources[power]);
        CHECK(balance(result, "u").allocated == 1000);
        CHECK(balance(result, "u").taken_by == "z 1 MW");
    }
    SECTION("committed at the source: it has less, and the plots ask for nothing") {
        world.area.sources[0].committed = 0.7;
        const GapResult result = world.gaps(standards());
        CHECK(result.shared.committed_at_sources[power]);
        CHECK(balance(result, "u").allocated == 1300);
        CHECK(balance(result, "u").reason == ServiceReason::no_headroom);
    }
}

TEST_CASE("a zone known by its district's code", "[analysis][shared_supply]") {
    World world;
    world.district("u", 20'000, at_km(0));  // 6.5 ha net: 4 in the zone, 2.5 at the centre
    IndustrialZone& zone = world.zone("z", {});
    zone.rural_district_id = "u";
    zone.occupied_ha = 6;                // 2 in use: 500 kW
    zone.supply.power = Megawatts{1.5};  // 1,000 kW to spare
    const auto plot = [&](PlotState state) {
        Plot& added = world.area.plots.emplace_back();
        added.id = "p" + std::to_string(world.area.plots.size());
        added.zone_id = "z";
        added.state = state;
        added.area_ha = 4;  // 1,000 kW
    };
    plot(PlotState::contracted);
    plot(PlotState::vacant);
    world.area.plots_layer.present = true;
    SECTION("its own surplus is in its reach, and what its plots took of it is named") {
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").shortfall == 1625);
        CHECK(balance(result, "u").reason == ServiceReason::headroom_taken_by_others);
        CHECK(balance(result, "u").taken_by == "z 1 MW");
    }
    SECTION("it stands at the centre of its district: a source in reach of that serves it") {
        power_source(world, "s", 40, 1.7);
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").own_supply + balance(result, "u").allocated == 1625);
        CHECK(balance(result, "u").reason == ServiceReason::served);
    }
    SECTION("its surplus is in reach of others") {
        world.area.plots.clear();
        world.area.plots_layer.present = false;
        zone.occupied_ha = 2;
        zone.vacant_ha = 0;
        world.area.rural_districts[0].population = 5'000;
        world.district("v", 20'000, at_km(30));
        CHECK(balance(world.gaps(standards()), "v").allocated == 1000);
    }
}

TEST_CASE("a zone of unknown place has no source known, not none", "[analysis][shared_supply]") {
    World world;
    world.district("d", std::nullopt, std::nullopt);  // a code, no centre, no polygon
    world.settlement("v", 0, 20'000, at_km(0));
    IndustrialZone& zone = world.zone("z", {});
    zone.rural_district_id = "d";
    zone.vacant_ha = 100;
    power_source(world, "s", 5, 10);
    GapOptions options;
    options.assessment.kind = UnitKind::settlement;
    const GapResult result = world.gaps(standards(), options);
    CHECK(unit(result, "v").land[Case::central]->credited == 65'000);
    CHECK(balance(result, "v").shortfall == 1625);
    CHECK(balance(result, "v").reason == ServiceReason::centre_unknown);
}

TEST_CASE("sources without a figure", "[analysis][shared_supply]") {
    World world;
    world.district("u", 20'000, at_km(0));
    UtilitySource& source = world.source("s", power, at_km(5));
    SECTION("unknown headroom serves nobody, and says so") {
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").allocated == 0);
        CHECK(balance(result, "u").reason == ServiceReason::unknown_capacity);
    }
    SECTION("one that serves or not serves all of it, without an amount") {
        source.capacity_is_yes_no = true;
        power_source(world, "t", 6, 1);
        const GapResult result = world.gaps(standards());
        CHECK(balance(result, "u").without_amount == 1625);
        CHECK(balance(result, "u").allocated == 0);
        CHECK(balance(result, "u").shortfall == 0);
        CHECK(balance(result, "u").reason == ServiceReason::served);
    }
    SECTION("without a layer nothing is known") {
        world.area.sources.clear();
        world.area.sources_layer[power].present = false;
        const GapResult result = world.gaps(standards());
        CHECK_FALSE(unit(result, "u").services[power].shared[Case::central]);
        CHECK(result.rollups[0].shared_unknown_units[power] == 1);
    }
    SECTION("without a centre nothing is known") {
        world.area.rural_districts[0].centre.reset();
        const GapResult result = world.gaps(standards());
        CHECK_FALSE(unit(result, "u").services[power].shared[Case::central]);
    }
}
