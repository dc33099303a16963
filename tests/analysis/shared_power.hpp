#pragma once

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "analysis/planning_worlds.hpp"

namespace amayesh::worlds {

inline constexpr UtilityKind power = UtilityKind::power;

/// Of firm headroom, in MW.
inline void power_source(World& world, const std::string& id, double at, double megawatts) {
    UtilitySource& source = world.source(id, power, at_km(at));
    source.capacity = megawatts;
    source.use = {{.season = "", .capacity_factor = 1, .in_use = 0}};
}

inline const UnitGap& unit(const GapResult& result, const std::string& id) {
    const auto found = std::ranges::find_if(result.units, [&](const UnitGap& gap) { return gap.unit.id == id; });
    REQUIRE(found != result.units.end());
    return *found;
}

inline const ServiceBalance& balance(const GapResult& result, const std::string& id, Case scenario = Case::central) {
    const auto& shared = unit(result, id).services[power].shared[scenario];
    REQUIRE(shared);
    return *shared;
}

inline const SharedUtility& shared_power(const GapResult& result, Case scenario = Case::central) {
    return result.shared.utilities[power][static_cast<std::size_t>(scenario)];
}

}  // namespace amayesh::worlds
