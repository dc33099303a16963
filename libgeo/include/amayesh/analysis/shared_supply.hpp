#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include <amayesh/analysis/allocate_capacity.hpp>
#include <amayesh/core/export.hpp>
#include <amayesh/core/range.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

inline constexpr std::size_t no_index = std::numeric_limits<std::size_t>::max();

/// Who competes for headroom, in the order in which it is served.
enum class DemandKind : std::uint8_t {
    zone_occupied,   ///< What an operating zone lacks for the land that is in use: class 0.
    zone_committed,  ///< What its contracted plots and those under construction will need: class 1.
    credited_land,   ///< A unit's hectares in an existing zone: class 2.
    unit_centre      ///< A unit's other hectares: class 2.
};
inline constexpr std::array demand_classes{0, 1, 2, 2};  ///< By kind.

AMAYESH_EXPORT std::string_view to_string(DemandKind kind) noexcept;

/// One demand of one utility in one case, and what became of it.
struct SharedDemand {
    DemandKind kind = DemandKind::unit_centre;
    std::size_t unit = no_index;   ///< Of the result; none for what a zone needs itself.
    std::size_t zone = no_index;   ///< Of the area; none at a unit's centre.
    std::optional<Point> place{};  ///< Degrees; nothing where it is not known.
    std::int64_t amount = 0;
    std::int64_t served = 0;          ///< From sources with amounts.
    std::int64_t without_amount = 0;  ///< All of it, where a source that serves or not is in reach.
    std::size_t sources_in_reach = 0;
    std::size_t sources_unknown = 0;
    std::int64_t headroom_in_reach = 0;  ///< Not shared.
    /// What other demands of the same unit got of what is in reach of this one: of units alone.
    std::int64_t own_elsewhere = 0;
};

/// An amount that goes from a source, or from the surplus of a zone, to a demand.
struct SharedAmount {
    std::size_t demand = 0;         ///< Index into the demands.
    std::size_t source = no_index;  ///< Of the area; none where a zone gives.
    std::size_t zone = no_index;    ///< Of the area: the zone that gives.
    std::int64_t amount = 0;
    Metres distance{0};
};

/// What a source, or the surplus of a zone, gives in one case.
struct SharedSource {
    std::size_t source = no_index;
    std::size_t zone = no_index;
    std::optional<std::int64_t> headroom{};
    std::int64_t used = 0;
    std::optional<int> class_of_another_step{};  ///< Whom one more step would serve; see UsedSource.
};

/// One utility in one case: everything that competes, and who gets what from whom.
struct SharedUtility {
    std::vector<SharedDemand> demands;
    std::vector<SharedSource> sources;  ///< With a place and a distribution role, in the order of the area; then zones.
    std::vector<SharedAmount> amounts;  ///< Above 0.
};

struct SharedSupply {
    PerUtility<std::array<SharedUtility, all_cases.size()>> utilities;  ///< By utility and case; telecom stays empty.
    /// Whether amounts committed at the sources stand for the committed plots, which then ask for nothing themselves.
    PerUtility<bool> committed_at_sources;

    [[nodiscard]] const SharedUtility& at(UtilityKind utility, Case scenario) const noexcept {
        return utilities[utility][static_cast<std::size_t>(scenario)];
    }
};

}  // namespace amayesh
