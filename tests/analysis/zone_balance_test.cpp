#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

constexpr UtilityKind power = UtilityKind::power;

UtilitySource& power_source(World& world, const std::string& id, double at, double megawatts) {
    UtilitySource& source = world.source(id, power, at_km(at));
    source.capacity = megawatts;
    source.use = {{.season = "", .capacity_factor = 1, .in_use = 0}};
    return source;
}

void plot(World& world, const std::string& zone, PlotState state, std::optional<double> area_ha) {
    Plot& added = world.area.plots.emplace_back();
    added.id = "p" + std::to_string(world.area.plots.size());
    added.zone_id = zone;
    added.state = state;
    added.area_ha = area_ha;
    world.area.plots_layer.present = true;
}

const ZoneServiceBalance& of_power(const GapResult& result, std::size_t zone, Case scenario = Case::central) {
    return result.zones[zone].services[power][scenario];
}

}  // namespace

TEST_CASE("a zone that lacks, one that spares, and a unit between them", "[analysis][zone_balance]") {
    World world;
    world.district("u", 20'000, at_km(30));  // 6.5 ha net, 1,625 kW
    IndustrialZone& lacks = world.zone("lacks", at_km(0));
    lacks.occupied_ha = 10;  // 2,500 kW central, 2,000 low, 5,000 high
    lacks.vacant_ha = 1;
    lacks.supply.power = Megawatts{1};
    IndustrialZone& spares = world.zone("spares", at_km(40));
    spares.occupied_ha = 4;  // 1,000 kW
    spares.vacant_ha = 2;    // in reach of u
    spares.supply.power = Megawatts{3};
    power_source(world, "P", -49, 0.3);  // in reach of lacks alone
    const GapResult result = world.gaps(standards());
    REQUIRE(result.zones.size() == 2);
    SECTION("before sharing") {
        CHECK(of_power(result, 0).deficit == 1500);
        CHECK(of_power(result, 0).surplus == 0);
        CHECK(of_power(result, 1).deficit == 0);
        CHECK(of_power(result, 1).surplus == 2000);
    }
    SECTION("what lacks comes first, and gets of the source and of the other zone") {
        CHECK(of_power(result, 0).allocated == 1500);
        CHECK(of_power(result, 0).shortfall == 0);
        CHECK(of_power(result, 0).given == 0);
        CHECK(of_power(result, 1).allocated == 0);
        // 300 kW of P; 2,000 kW to spare, less 1,200, leave 800 of the 1,625 kW of u.
        CHECK(of_power(result, 1).given == 2000);
        CHECK(result.units[0].services[power].shared[Case::central]->shortfall == 1625 - 800);
    }
    SECTION("every case has its own") {
        CHECK(of_power(result, 0, Case::low).deficit == 1000);
        CHECK(of_power(result, 1, Case::high).surplus == 1000);  // 3,000 − 4 × 500
        CHECK(of_power(result, 0, Case::high).deficit == 4000);
        CHECK(of_power(result, 0, Case::high).allocated == 300 + 1000);
        CHECK(of_power(result, 0, Case::high).shortfall == 4000 - 1300);
    }
    SECTION("land") {
        CHECK(result.zones[0].usable_land == 10'000);
        CHECK(result.zones[0].promised == StepRange{});
        CHECK(result.zones[1].usable_land == 20'000);
        CHECK(result.zones[1].promised == StepRange{20'000, 20'000, 20'000});
        CHECK(result.zones[1].in_use_ha == 4);
        CHECK_FALSE(result.zones[1].committed_ha);  // no plots are listed
    }
    SECTION("no layer of water, so nothing of it is shared") {
        world.area.sources_layer[UtilityKind::water].present = false;
        world.area.zones[0].supply.water = LitresPerSecond{1};
        const auto water = world.gaps(standards()).zones[0].services[UtilityKind::water][Case::central];
        CHECK(water.deficit == 4000 - 1000);  // 10 ha × 0.4 L/s
        CHECK_FALSE(water.asks());
        CHECK_FALSE(water.may_give());
    }
}

TEST_CASE("what is not known of a zone stays unknown", "[analysis][zone_balance]") {
    World world;
    IndustrialZone& zone = world.zone("z", at_km(0));
    power_source(world, "P", 1, 2);
    SECTION("supply") { zone.occupied_ha = 10; }
    SECTION("use") { zone.supply.power = Megawatts{5}; }
    SECTION("it does not serve") {
        zone.status = ZoneStatus::approved;
        zone.occupied_ha = 10;
        zone.supply.power = Megawatts{5};
    }
    const GapResult result = world.gaps(standards());
    CHECK_FALSE(of_power(result, 0).deficit);
    CHECK_FALSE(of_power(result, 0).surplus);
    CHECK_FALSE(of_power(result, 0).asks());
    CHECK_FALSE(of_power(result, 0).may_give());
    CHECK_FALSE(result.zones[0].usable_land);
}

TEST_CASE("committed plots ask for themselves, if they are known", "[analysis][zone_balance]") {
    World world;
    world.zone("z", at_km(0));
    power_source(world, "P", 1, 0.8);
    plot(world, "z", PlotState::contracted, 3.0);
    plot(world, "z", PlotState::under_construction, 1.0);
    plot(world, "z", PlotState::operating, 2.0);
    SECTION("asked at the zone") {
        const GapResult result = world.gaps(standards());
        CHECK(result.zones[0].committed_ha == 4);
        CHECK(result.zones[0].in_use_ha == 2);
        CHECK_FALSE(of_power(result, 0).deficit);  // what it has is not known
        CHECK(of_power(result, 0).asks());
        CHECK(of_power(result, 0).committed == 1000);
        CHECK(of_power(result, 0).allocated == 800);
        CHECK(of_power(result, 0).shortfall == 200);
    }
    SECTION("one without an area leaves the land unknown; the others ask") {
        plot(world, "z", PlotState::contracted, std::nullopt);
        const GapResult result = world.gaps(standards());
        CHECK_FALSE(result.zones[0].committed_ha);
        CHECK(of_power(result, 0).committed == 1000);
    }
    SECTION("what a zone that does not serve has itself comes first") {
        world.area.zones[0].status = ZoneStatus::under_construction;
        world.area.zones[0].supply.power = Megawatts{1.1};  // less 2 ha in use: 600 kW
        const GapResult result = world.gaps(standards());
        CHECK(of_power(result, 0).committed == 400);
        CHECK(of_power(result, 0).allocated == 400);
        CHECK(of_power(result, 0).shortfall == 0);
        CHECK(of_power(result, 0, Case::high).committed == 2000 - 100);  // 1,100 − 2 × 500 left
        CHECK_FALSE(of_power(result, 0).may_give());
        SECTION("enough: its plots ask for nothing") {
            world.area.zones[0].supply.power = Megawatts{20};
            CHECK_FALSE(of_power(world.gaps(standards()), 0).asks());
        }
        SECTION("less than its land in use needs: its plots ask for all, and no more") {
            world.area.zones[0].supply.power = Megawatts{0.1};
            CHECK(of_power(world.gaps(standards()), 0).committed == 1000);
        }
        SECTION("a closed zone asks for nothing") {
            world.area.zones[0].status = ZoneStatus::closed;
            CHECK_FALSE(of_power(world.gaps(standards()), 0).asks());
        }
    }
    SECTION("a list with plots missing") {
        world.area.plots_layer.complete = false;
        CHECK_FALSE(world.gaps(standards()).zones[0].committed_ha);
    }
    SECTION("what is committed at a source stands for them") {
        world.area.sources[0].committed = 0.1;
        const GapResult result = world.gaps(standards());
        CHECK(of_power(result, 0).committed == 0);
        CHECK_FALSE(of_power(result, 0).asks());
    }
    SECTION("a source that serves or not") {
        world.area.sources[0].capacity_is_yes_no = true;
        const GapResult result = world.gaps(standards());
        CHECK(of_power(result, 0).without_amount == 1000);
        CHECK(of_power(result, 0).shortfall == 0);
    }
}

namespace {

World random_world(unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&](double most) { return std::uniform_real_distribution<double>(0, most)(random); };
    World world;
    for (int i = 0; i < 10; ++i)
        world.district("d" + std::to_string(10 + i), 8'000 + std::llround(pick(40'000)), at_km(pick(200)));
    for (int i = 0; i < 8; ++i) {
        const std::string id = "z" + std::to_string(i);
        IndustrialZone& zone = world.zone(id, at_km(pick(200)));
        if (i % 4 == 3) zone.status = ZoneStatus::under_construction;
        if (i % 3 != 2) zone.occupied_ha = pick(30);
        if (i % 2 == 0) zone.vacant_ha = pick(15);
        if (i != 5) zone.supply.power = Megawatts{pick(8)};
        if (i % 3 == 0) plot(world, id, PlotState::contracted, pick(10));
        if (i % 3 == 0) plot(world, id, PlotState::vacant, pick(10));
    }
    for (int i = 0; i < 6; ++i) power_source(world, "s" + std::to_string(i), pick(200), pick(5));
    if (seed % 3 == 0) world.area.sources[2].capacity_is_yes_no = true;
    if (seed % 5 == 0) world.area.sources[1].committed = 0.5;
    return world;
}

std::int64_t given_by(const SharedUtility& shared, std::size_t zone) {
    std::int64_t given = 0;
    for (const SharedAmount& amount : shared.amounts)
        if (amount.zone == zone) given += amount.amount;
    return given;
}

std::int64_t got_by(const SharedUtility& shared, std::size_t zone) {
    std::int64_t got = 0;
    for (const SharedAmount& amount : shared.amounts) {
        const SharedDemand& demand = shared.demands[amount.demand];
        if (demand.unit == no_index && demand.zone == zone) got += amount.amount;
    }
    return got;
}

}  // namespace

TEST_CASE("a zone's balance closes with what is allocated, and with the land of the units",
          "[analysis][zone_balance][property]") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        const World world = random_world(seed);
        const GapResult result = world.gaps(standards());
        REQUIRE(result.zones.size() == world.area.zones.size());
        for (const Case scenario : all_cases) {
            for (std::size_t z = 0; z < result.zones.size(); ++z) {
                CAPTURE(seed, z, to_string(scenario));
                const ZoneServiceBalance& zone = of_power(result, z, scenario);
                const SharedUtility& shared = result.shared.at(power, scenario);
                CHECK(zone.deficit.value_or(0) + zone.committed ==
                      zone.allocated + zone.without_amount + zone.shortfall);
                CHECK(zone.shortfall >= 0);
                CHECK(zone.allocated == got_by(shared, z));
                CHECK(zone.given == given_by(shared, z));
                CHECK(zone.given <= zone.surplus.value_or(0));
                CHECK((zone.deficit.value_or(0) == 0 || zone.surplus == 0));
                std::int64_t promised = 0;
                for (const UnitGap& gap : result.units)
                    if (gap.land[scenario])
                        for (const LandCredit& credit : gap.land[scenario]->credits)
                            if (credit.zone == z) promised += credit.area;
                CHECK(result.zones[z].promised.at(scenario) == promised);
                CHECK(promised <= result.zones[z].usable_land.value_or(0));
            }
        }
    }
}
