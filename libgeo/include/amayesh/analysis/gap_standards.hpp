#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/range.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/model/standards.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

/// Which hectares a demand coefficient counts.
enum class LandBasis : std::uint8_t { net, gross };

/// Demand of one utility per hectare, in its unit.
struct DemandStandard {
    Range per_ha;
    LandBasis basis = LandBasis::net;
};

/// A coefficient that entered a result.
struct UsedCoefficient {
    std::string key;
    Coefficient coefficient;
};

/// The coefficients that the gap analysis works with, checked.
struct GapStandards {
    Range target_ha_per_1000_people;
    Hectares least_zone{5};
    Hectares largest_zone{20};
    Range net_share;  ///< Net over gross, 0–1.
    Kilometres zone_reach{20};
    PerUtility<Kilometres> utility_reach{{Kilometres{15}, Kilometres{50}, Kilometres{15}, Kilometres{30}}};
    PerUtility<DemandStandard> demand;  ///< Telecom is a class, not an amount; its entry is unused.
    TelecomClass required_telecom = TelecomClass::fibre;
    std::vector<UsedCoefficient> used;  ///< In the order of their keys.
};

/// Picks and checks the coefficients of the gap analysis: `land.target_per_1000`, `land.minimum`, `land.maximum`,
/// `land.net_share`, `reach.zone`, `reach.<utility>`, `demand.<utility>`, `telecom.required`.
/// Throws: InvalidInput for a missing key, a negative value, low > central > high out of order, a share above 1,
///         or a least zone above the largest.
AMAYESH_EXPORT GapStandards gap_standards(const Standards& standards);

}  // namespace amayesh
