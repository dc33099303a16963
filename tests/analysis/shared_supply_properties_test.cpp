#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "analysis/shared_power.hpp"

using namespace amayesh;
using namespace amayesh::worlds;

namespace {

World random_world(unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&](double most) { return std::uniform_real_distribution<double>(0, most)(random); };
    World world;
    for (int i = 0; i < 12; ++i) {
        auto& district =
            world.district("d" + std::to_string(10 + i), 8'000 + std::llround(pick(40'000)), at_km(pick(250)));
        district.place.county = i % 3 == 0 ? "c1" : "c2";
    }
    for (int i = 0; i < 6; ++i) {
        IndustrialZone& zone = world.zone("z" + std::to_string(i), at_km(pick(250)));
        if (i % 4 != 3) zone.vacant_ha = pick(15);
        if (i % 3 != 2) zone.occupied_ha = pick(30);
        if (i % 2 == 0) zone.supply.power = Megawatts{pick(8)};
    }
    for (int i = 0; i < 8; ++i) power_source(world, "s" + std::to_string(i), pick(250), pick(6));
    world.area.sources[3].capacity.reset();
    return world;
}

}  // namespace

TEST_CASE("balances close to the last step, and no source gives more than it has",
          "[analysis][shared_supply][property]") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        const World world = random_world(seed);
        GapOptions options;
        options.sharing = seed % 2 == 0 ? Sharing::most : Sharing::even;
        const GapResult result = world.gaps(standards(), options);
        CAPTURE(seed);
        for (const Case scenario : all_cases) {
            const SharedUtility& shared = shared_power(result, scenario);
            std::vector<std::int64_t> served(shared.demands.size());
            std::map<std::pair<std::size_t, std::size_t>, std::int64_t> used;
            for (const SharedAmount& amount : shared.amounts) {
                served[amount.demand] += amount.amount;
                used[{amount.source, amount.zone}] += amount.amount;
                CHECK(amount.amount > 0);
                CHECK(amount.distance.value() <= 50'000);
            }
            for (std::size_t d = 0; d < served.size(); ++d) {
                CHECK(served[d] == shared.demands[d].served);
                CHECK(served[d] <= shared.demands[d].amount);
            }
            for (const SharedSource& source : shared.sources) {
                CHECK(source.used == used[{source.source, source.zone}]);
                CHECK(source.used <= source.headroom.value_or(0));
            }
            std::map<std::size_t, std::int64_t> promised;
            ServiceBalance sum;
            for (const UnitGap& gap : result.units) {
                if (!gap.land[scenario]) continue;
                const LandBalance& land = *gap.land[scenario];
                CHECK(land.credited + land.rest_net == gap.target_net->at(scenario));
                CHECK((land.new_zone == 0 || land.remainder == 0));
                for (const LandCredit& credit : land.credits) promised[credit.zone] += credit.area;
                const ServiceBalance& own = *gap.services[power].shared[scenario];
                CHECK(own.demand == own.own_supply + own.allocated + own.without_amount + own.shortfall);
                CHECK((own.reason == ServiceReason::served) == (own.shortfall == 0));
                sum += own;
            }
            for (const auto& [zone, area] : promised)
                CHECK(static_cast<double>(area) <= *world.area.zones[zone].vacant_ha * 10'000);
            const ServiceBalance& nation = result.rollups[0].shared[power][scenario];
            CHECK(nation.demand == sum.demand);
            CHECK(nation.shortfall == sum.shortfall);
            CHECK(nation.demand == nation.own_supply + nation.allocated + nation.without_amount + nation.shortfall);
        }
    }
}

TEST_CASE("the order of sources and zones changes no amount", "[analysis][shared_supply][property]") {
    for (unsigned seed = 100; seed < 110; ++seed) {
        World world = random_world(seed);
        const GapResult before = world.gaps(standards());
        std::ranges::reverse(world.area.sources);
        std::ranges::reverse(world.area.zones);
        const GapResult after = world.gaps(standards());
        for (const UnitGap& gap : before.units) {
            if (!gap.land[Case::central]) continue;
            CAPTURE(seed, gap.unit.id);
            CHECK(balance(after, gap.unit.id).allocated == balance(before, gap.unit.id).allocated);
            CHECK(balance(after, gap.unit.id).own_supply == balance(before, gap.unit.id).own_supply);
            CHECK(unit(after, gap.unit.id).land[Case::central]->credited == gap.land[Case::central]->credited);
        }
    }
}
