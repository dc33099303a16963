#pragma once

#include <array>
#include <string>
#include <tuple>

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// Level, province and county of a total; empty beyond the level.
using RollupKey = std::tuple<RollupLevel, std::string, std::string>;

/// The totals that a place counts in: the nation, its province, its county.
inline std::array<RollupKey, 3> rollup_keys_of(const AdministrativePlace& place) {
    return {RollupKey{RollupLevel::nation, {}, {}}, RollupKey{RollupLevel::province, place.province, {}},
            RollupKey{RollupLevel::county, place.province, place.county}};
}

/// Nation, then provinces, then counties.
constexpr int rollup_order(RollupLevel level) noexcept {
    return level == RollupLevel::nation ? 0 : level == RollupLevel::province ? 1 : 2;
}

}  // namespace amayesh::detail
