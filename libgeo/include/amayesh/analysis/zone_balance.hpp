#pragma once

#include <cstdint>
#include <optional>

#include <amayesh/analysis/step_range.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

/// One utility of an existing zone in one case: what it lacks or can spare by itself, and what sharing made of it.
/// Where it asks for anything: deficit (where known) + committed = allocated + without_amount + shortfall, exactly.
struct ZoneServiceBalance {
    std::optional<std::int64_t> deficit;  ///< What it has less than its land in use needs; nothing = it does not serve,
                                          ///< or its use or supply is not known.
    std::optional<std::int64_t> surplus;  ///< What it has more than that; known where the deficit is.
    bool is_shared = false;      ///< The study has a layer of the utility; what follows is 0 and nothing without it.
    std::int64_t committed = 0;  ///< What its committed plots ask for; 0 where committed amounts stand at sources.
    std::int64_t allocated = 0;  ///< From sources, and from what other zones can spare.
    std::int64_t without_amount = 0;  ///< From sources that serve or not.
    std::int64_t shortfall = 0;
    std::int64_t given = 0;  ///< Of its surplus, to others and to units that are promised land in it.

    /// Whether it is known to ask for anything, be it 0.
    [[nodiscard]] constexpr bool asks() const noexcept { return is_shared && (deficit || committed > 0); }
    /// Whether it is known what it can spare.
    [[nodiscard]] constexpr bool may_give() const noexcept { return is_shared && surplus.has_value(); }
};

/// What an existing zone has, promises, lacks and gives.
struct ZoneBalance {
    std::optional<std::int64_t> usable_land;  ///< m² net that a new plant could take; nothing = unknown.
    StepRange promised;                       ///< m² net of it, to units.
    std::optional<double> in_use_ha;          ///< Net; nothing = unknown.
    std::optional<double> committed_ha;  ///< Net, contracted or under construction; nothing = plots not fully known.
    PerUtility<PerCase<ZoneServiceBalance>> services;  ///< Telecom stays empty.
};

}  // namespace amayesh
