#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/model/rural_district.hpp>

namespace amayesh {

enum class SettlementKind : std::uint8_t { village, city, block, nomadic, other, unknown };

AMAYESH_EXPORT std::string_view to_string(SettlementKind kind) noexcept;
AMAYESH_EXPORT std::optional<SettlementKind> parse_settlement_kind(std::string_view word);

/// A named place (abadi).
struct Settlement {
    std::string id;
    std::string name;
    SettlementKind kind = SettlementKind::unknown;
    AdministrativePlace place;
    std::optional<std::int64_t> population;
    std::optional<std::int64_t> households;
    std::string rural_district_id;  ///< As given; empty = not given.
    std::optional<Point> position;  ///< Degrees, longitude first.
    std::optional<double> deprivation_weight;
    PerUtility<std::optional<double>> served_share;
};

/// City people never count in a rural district; every other kind does.
constexpr bool is_rural(SettlementKind kind) noexcept { return kind != SettlementKind::city; }

}  // namespace amayesh
