#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

/// Distribution can serve a zone; context (power plants, trunk lines) is drawn and totalled, never headroom.
enum class SourceRole : std::uint8_t { distribution, context };

AMAYESH_EXPORT std::string_view to_string(SourceRole role) noexcept;
AMAYESH_EXPORT std::optional<SourceRole> parse_source_role(std::string_view word);

/// Part of the capacity that is there, what is drawn, and what is promised, in one season.
struct SeasonalUse {
    std::string season;                   ///< "summer"; empty = all year.
    double capacity_factor = 1;           ///< 0–1.
    std::optional<double> in_use;         ///< In the utility's unit; nothing = unknown.
    std::optional<double> committed = 0;  ///< For this season alone; nothing = unknown.
};

/// No utility reaches farther: beyond, a unit is mistaken, and projections bend a circle out of shape or have no place for it.
inline constexpr Kilometres farthest_reach{2'000};
/// What is wrong with a reach beyond that.
AMAYESH_EXPORT std::string far_reach_text(Kilometres reach);

/// A point or line that supplies a utility.
struct UtilitySource {
    std::string id;
    std::string name;
    UtilityKind utility = UtilityKind::power;
    SourceRole role = SourceRole::distribution;
    Geometry geometry;                    ///< Degrees, densified; point or line.
    std::optional<double> capacity;       ///< In the utility's unit; nothing = unknown.
    std::vector<SeasonalUse> use;         ///< Empty = unknown use.
    std::optional<double> committed = 0;  ///< In every season, beside that of the season; nothing = unknown.
    std::string committed_until;          ///< As given; empty = no end is known.
    bool commitment_has_lapsed = false;   ///< It ended before the date of the assessment: nothing of it counts.
    std::optional<TelecomClass> telecom_class;
    bool capacity_is_yes_no = false;         ///< Serves or not, without an amount.
    std::optional<Kilometres> reach;         ///< Its own limit; nothing = the standard's.
    std::optional<double> connection_price;  ///< Store currency per km.
};

/// What the source can still firmly deliver: the least over seasons of (capacity × factor − use − committed), not below
/// zero. Nothing where capacity, any use or any committed amount is unknown, or the source has no amounts. A commitment
/// that has lapsed takes nothing, whatever its amount.
AMAYESH_EXPORT std::optional<double> headroom(const UtilitySource& source);

/// Whether what is known to be in use and committed leaves nothing, whatever the rest is.
AMAYESH_EXPORT bool is_exhausted(const UtilitySource& source);

/// What is committed in the season that has most of it, lapsed or not; nothing where it is unknown.
AMAYESH_EXPORT std::optional<double> stated_commitment(const UtilitySource& source);
/// Of that, what takes headroom: nothing of it (0) once it has lapsed.
AMAYESH_EXPORT std::optional<double> counted_commitment(const UtilitySource& source);

/// A season in which more is in use and committed than the source firmly has. Unknown amounts are left out of the sum.
struct OverCommitment {
    std::string season{};  ///< Empty = all year.
    double firm = 0;       ///< Capacity × factor, in the utility's unit.
    double in_use = 0;
    double committed = 0;  ///< What counts.
    [[nodiscard]] double excess() const noexcept { return in_use + committed - firm; }
};

/// The seasons in which the source is over-committed, in their order; none where the capacity is unknown.
AMAYESH_EXPORT std::vector<OverCommitment> over_commitments(const UtilitySource& source);

}  // namespace amayesh
