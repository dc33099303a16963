#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>

#include "analysis/planning_worlds.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

const UnitGap& unit(const GapResult& result, const std::string& id) {
    const auto found = std::ranges::find_if(result.units, [&](const UnitGap& gap) { return gap.unit.id == id; });
    REQUIRE(found != result.units.end());
    return *found;
}

GapOptions without_reuse() {
    GapOptions options;
    options.reuse = LandReuse::none;
    return options;
}

}  // namespace

TEST_CASE("a unit whose land others get is not served", "[analysis][land_status]") {
    World world;
    world.district("far", 20'000, at_km(-10));  // 10 ha gross, 6.5 ha net
    world.district("near", 20'000, at_km(5));
    IndustrialZone& zone = world.zone("z", at_km(0));
    SECTION("a part is left for it") {
        zone.vacant_ha = 8;
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "near").status == UnitStatus::served);
        CHECK(unit(result, "near").reason == UnitReason::none);
        CHECK(unit(result, "near").land_taken_by.empty());
        CHECK(unit(result, "far").status == UnitStatus::zone_full);
        CHECK(unit(result, "far").reason == UnitReason::land_taken_by_others);
        CHECK(unit(result, "far").land_taken_by == "near 6.5 ha");
        CHECK(unit(result, "far").usable_land == 80'000);  // not shared
        CHECK(result.rollups[0].served == 1);
        CHECK(result.rollups[0].zone_full == 1);
        CHECK(result.rollups[0].target_unserved.central == 100'000);
        CHECK(result.rollups[0].left_out_at_least == 0);
    }
    SECTION("enough for both") {
        zone.vacant_ha = 13;
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "near").status == UnitStatus::served);
        CHECK(unit(result, "far").status == UnitStatus::served);
    }
    SECTION("a square metre too little is too little") {
        zone.vacant_ha = 12.9999;
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "far").reason == UnitReason::land_taken_by_others);
        CHECK(unit(result, "far").land[Case::central]->rest_net == 1);
    }
    SECTION("too little even alone") {
        zone.vacant_ha = 6;
        const GapResult result = world.gaps(standards());
        for (const char* id : {"near", "far"}) {
            CHECK(unit(result, id).status == UnitStatus::zone_full);
            CHECK(unit(result, id).reason == UnitReason::not_enough_usable_land);
            CHECK(unit(result, id).land_taken_by.empty());
        }
    }
    SECTION("a zone in reach whose land is not known may have some") {
        zone.vacant_ha = 8;
        world.zone("unknown", at_km(-25));  // in reach of far alone
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "far").status == UnitStatus::served);
        CHECK(unit(result, "far").reason == UnitReason::none);
        CHECK(unit(result, "far").land[Case::central]->credited == 15'000);
    }
    SECTION("without reuse each is judged alone") {
        zone.vacant_ha = 8;
        const GapResult result = world.gaps(standards(), without_reuse());
        CHECK(unit(result, "far").status == UnitStatus::served);
        CHECK(unit(result, "near").status == UnitStatus::served);
    }
    SECTION("only the central case decides") {
        zone.vacant_ha = 13;  // high: 15 ha gross, 10.5 ha net each
        const GapResult result = world.gaps(standards());
        CHECK(unit(result, "far").land[Case::high]->rest_net > 0);
        CHECK(unit(result, "far").status == UnitStatus::served);
    }
    SECTION("a zone known only by the district's code can be taken too") {
        world.zone("by code", {}).rural_district_id = "far";
        world.area.zones.back().vacant_ha = 1;
        world.area.zones.front().vacant_ha = 6.5;
        CHECK(unit(world.gaps(standards()), "far").land_taken_by == "near 6.5 ha");
    }
}

TEST_CASE("three of those who got the land are named, the largest share first", "[analysis][land_status]") {
    World world;
    world.district("far", 12'000, at_km(19));  // 3.9 ha net
    world.district("a", 20'000, at_km(1));     // 6.5 ha net
    world.district("b", 40'000, at_km(2));     // 13 ha net
    world.district("c", 20'000, at_km(3));     // 6.5 ha net
    world.district("d", 12'000, at_km(4));     // 3.9 ha net
    world.zone("z", at_km(0)).vacant_ha = 6.5 + 13 + 6.5 + 3.9;
    CHECK(unit(world.gaps(standards()), "far").land_taken_by == "b 13 ha; a 6.5 ha; c 6.5 ha; 1 more");
}

namespace {

struct Drawn {
    World world;
    std::map<std::string, double> east;  ///< km, of districts and zones.
};

Drawn random_world(unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&](double most) { return std::uniform_real_distribution<double>(0, most)(random); };
    Drawn drawn;
    for (int i = 0; i < 10; ++i) {
        const std::string id = "d" + std::to_string(10 + i);
        drawn.east[id] = pick(150);
        drawn.world.district(id, 8'000 + std::llround(pick(40'000)), at_km(drawn.east[id]));
    }
    for (int i = 0; i < 5; ++i) {
        const std::string id = "z" + std::to_string(i);
        drawn.east[id] = pick(150);
        IndustrialZone& zone = drawn.world.zone(id, at_km(drawn.east[id]));
        if (random() % 5 != 0) zone.vacant_ha = pick(25);
    }
    return drawn;
}

/// The world where nobody but this unit asks for anything.
World alone(const World& world, const std::string& id) {
    World result = world;
    for (RuralDistrict& district : result.area.rural_districts)
        if (district.id != id) district.population = 0;
    return result;
}

}  // namespace

TEST_CASE("who loses land to others is who would be served without them", "[analysis][land_status][property]") {
    std::map<UnitReason, int> seen;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        const Drawn drawn = random_world(seed);
        const GapResult shared = drawn.world.gaps(standards());
        const GapResult no_reuse = drawn.world.gaps(standards(), without_reuse());
        for (std::size_t u = 0; u < shared.units.size(); ++u) {
            const UnitGap& gap = shared.units[u];
            if (gap.unit.threshold != Threshold::over) continue;
            CAPTURE(seed, gap.unit.id);
            const UnitGap single = unit(alone(drawn.world, gap.unit.id).gaps(standards()), gap.unit.id);
            ++seen[gap.reason];
            CHECK(no_reuse.units[u].status == single.status);
            CHECK(no_reuse.units[u].reason == single.reason);
            CHECK(gap.people.at_least == single.people.at_least);
            CHECK(gap.people.at_most == single.people.at_most);
            CHECK(gap.priority.score == no_reuse.units[u].priority.score);
            CHECK(gap.priority.rank == no_reuse.units[u].priority.rank);
            if (single.status != UnitStatus::served) {
                CHECK(gap.status == single.status);
                CHECK(gap.reason == single.reason);
                continue;
            }
            bool land_known = true;
            for (const IndustrialZone& zone : drawn.world.area.zones)
                if (std::abs(drawn.east.at(zone.id) - drawn.east.at(gap.unit.id)) <= 20 && !zone.vacant_ha)
                    land_known = false;
            const bool loses = land_known && gap.land[Case::central]->credited < gap.target_net->central;
            CHECK(gap.status == (loses ? UnitStatus::zone_full : UnitStatus::served));
            CHECK(gap.reason == (loses ? UnitReason::land_taken_by_others : UnitReason::none));
            CHECK(gap.land_taken_by.empty() == !loses);
        }
    }
    CHECK(seen[UnitReason::land_taken_by_others] > 10);
    CHECK(seen[UnitReason::not_enough_usable_land] > 10);
    CHECK(seen[UnitReason::none] > 10);
}
