#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>

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

TEST_CASE("the edge of a layer's extent is flagged", "[analysis][gap]") {
    World world;
    world.district("a", 12'000, at_km(0));
    world.area.zones_layer.extent = Box{-1, -1, 1, 1};
    CHECK_FALSE(world.gaps(standards()).units[0].edge);
    world.area.rural_districts[0].centre = at_km(95);
    CHECK(world.gaps(standards()).units[0].edge);
}

namespace {

World random_world(unsigned seed) {
    std::mt19937 random(seed);
    const auto uniform = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
    World world;
    const auto place = [&] { return Point{uniform(-1, 1), uniform(-1, 1)}; };
    constexpr int districts = 30;
    for (int i = 0; i < districts; ++i) {
        auto& district = world.district("d" + std::to_string(100 + i), std::nullopt, place());
        if (uniform(0, 1) < 0.8) district.population = static_cast<std::int64_t>(uniform(0, 40'000));
        district.place.county = "county " + std::to_string(i % 5);
        district.place.province = "province " + std::to_string(i % 2);
        district.area_ha = uniform(1'000, 90'000);
    }
    for (int i = 0; i < 300; ++i) {
        auto& settlement =
            world.settlement("s" + std::to_string(1000 + i), random() % districts, std::nullopt, place());
        if (uniform(0, 1) < 0.7) settlement.population = static_cast<std::int64_t>(uniform(0, 3'000));
    }
    for (int i = 0; i < 12; ++i) world.zone("z" + std::to_string(i), place());
    for (int i = 0; i < 40; ++i) {
        auto& source = world.source("u" + std::to_string(i), all_utilities[random() % utility_count], place());
        source.capacity = uniform(0, 20);
        source.use = {{"", 1, uniform(0, 25)}};
    }
    return world;
}

}  // namespace

TEST_CASE("roll-ups add up exactly at every level", "[analysis][gap][property]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        const GapResult result = random_world(seed).gaps(standards());
        const Rollup& nation = result.rollups.front();
        REQUIRE(nation.level == RollupLevel::nation);
        CHECK(nation.zones == 12);
        for (const RollupLevel level : {RollupLevel::province, RollupLevel::county}) {
            Rollup sum;
            for (const Rollup& part : result.rollups) {
                if (part.level != level) continue;
                sum.units += part.units;
                sum.over += part.over;
                sum.people_known += part.people_known;
                sum.left_out_at_least += part.left_out_at_least;
                sum.left_out_at_most += part.left_out_at_most;
                sum.target += part.target;
                sum.demand[UtilityKind::water] += part.demand[UtilityKind::water];
                sum.area += part.area;
                sum.zones += part.zones;
            }
            CHECK(sum.units == nation.units);
            CHECK(sum.over == nation.over);
            CHECK(sum.people_known == nation.people_known);
            CHECK(sum.left_out_at_least == nation.left_out_at_least);
            CHECK(sum.left_out_at_most == nation.left_out_at_most);
            CHECK(sum.target == nation.target);
            CHECK(sum.demand[UtilityKind::water] == nation.demand[UtilityKind::water]);
            CHECK(sum.area == nation.area);
            CHECK(sum.zones == nation.zones);
        }
        CHECK(nation.units == nation.over + nation.not_over + nation.threshold_unknown);
        CHECK(nation.over == nation.served + nation.zone_full + nation.no_zone + nation.no_zone_known);
    }
}

TEST_CASE("a new zone never leaves more people out", "[analysis][gap][property]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        INFO("seed " << seed);
        World world = random_world(seed);
        const GapResult before = world.gaps(standards());
        world.zone("new", Point{0.1, 0.1});
        const GapResult after = world.gaps(standards());
        for (std::size_t i = 0; i < before.units.size(); ++i) {
            if (!before.units[i].people.at_most) continue;  // unknown before
            CHECK(after.units[i].people.at_most.value_or(1LL << 60) <= *before.units[i].people.at_most);
            CHECK(after.units[i].people.at_least.value_or(0) <= after.units[i].people.at_most.value_or(1LL << 60));
        }
    }
}

TEST_CASE("the order of units changes nothing", "[analysis][gap][property]") {
    World world = random_world(7);
    const GapResult straight = world.gaps(standards());
    std::vector<std::size_t> order(world.area.rural_districts.size());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), std::mt19937(3));
    World shuffled = world;
    std::vector<std::size_t> now_at(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        shuffled.area.rural_districts[i] = world.area.rural_districts[order[i]];
        now_at[order[i]] = i;
    }
    for (std::size_t& district : shuffled.district_of_settlement) district = now_at[district];
    const GapResult other = shuffled.gaps(standards());
    for (std::size_t i = 0; i < straight.units.size(); ++i) {
        CHECK(straight.units[i].unit.id == other.units[i].unit.id);
        CHECK(straight.units[i].priority.rank == other.units[i].priority.rank);
        CHECK(straight.units[i].people.at_most == other.units[i].people.at_most);
    }
}

TEST_CASE("adding a district never swaps two others", "[analysis][gap][property]") {
    World world = random_world(11);
    const GapResult before = world.gaps(standards());
    world.district("e", 35'000, Point{5, 5});
    const GapResult after = world.gaps(standards());
    const auto rank = [](const GapResult& result, std::size_t i) {
        return result.units[i].priority.rank.value_or(9999);
    };
    for (std::size_t i = 0; i < before.units.size(); ++i)
        for (std::size_t j = 0; j < before.units.size(); ++j)
            if (rank(before, i) < rank(before, j)) CHECK(rank(after, i) < rank(after, j));
}
