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

/// Part of the capacity that is there, and what is drawn, in one season.
struct SeasonalUse {
    std::string season;            ///< "summer"; empty = all year.
    double capacity_factor = 1;    ///< 0–1.
    std::optional<double> in_use;  ///< In the utility's unit; nothing = unknown.
};

/// A point or line that supplies a utility.
struct UtilitySource {
    std::string id;
    std::string name;
    UtilityKind utility = UtilityKind::power;
    SourceRole role = SourceRole::distribution;
    Geometry geometry;                    ///< Degrees, densified; point or line.
    std::optional<double> capacity;       ///< In the utility's unit; nothing = unknown.
    std::vector<SeasonalUse> use;         ///< Empty = unknown use.
    std::optional<double> committed = 0;  ///< In the utility's unit; nothing = unknown.
    std::optional<TelecomClass> telecom_class;
    bool capacity_is_yes_no = false;         ///< Serves or not, without an amount.
    std::optional<Kilometres> reach;         ///< Its own limit; nothing = the standard's.
    std::optional<double> connection_price;  ///< Store currency per km.
};

/// What the source can still firmly deliver: the least over seasons of (capacity × factor − use), minus what is
/// committed, not below zero. Nothing where capacity, any use or the committed amount is unknown, or the source has no
/// amounts.
AMAYESH_EXPORT std::optional<double> headroom(const UtilitySource& source);

}  // namespace amayesh
