#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>

namespace amayesh {

enum class UtilityKind : std::uint8_t { water, power, gas, telecom };
inline constexpr std::size_t utility_count = 4;
inline constexpr std::array<UtilityKind, utility_count> all_utilities{UtilityKind::water, UtilityKind::power,
                                                                      UtilityKind::gas, UtilityKind::telecom};

/// Best service that a telecom source gives, in rising order.
enum class TelecomClass : std::uint8_t { none, phone, copper, fibre };

AMAYESH_EXPORT std::string_view to_string(UtilityKind kind) noexcept;
AMAYESH_EXPORT std::string_view to_string(TelecomClass value) noexcept;
/// English and Persian words are accepted, in the spelling that name folding leaves; nothing if unknown.
AMAYESH_EXPORT std::optional<UtilityKind> parse_utility(std::string_view word);
AMAYESH_EXPORT std::optional<TelecomClass> parse_telecom_class(std::string_view word);

/// Unit in which amounts of a utility are kept: "L/s", "MW", "m³/h", "Mbit/s".
AMAYESH_EXPORT std::string_view unit_name(UtilityKind kind) noexcept;
/// Dimension that a field of a utility's amounts must have.
AMAYESH_EXPORT Dimension dimension_of(UtilityKind kind) noexcept;

/// One value per utility.
template <class T>
struct PerUtility {
    std::array<T, utility_count> values{};
    constexpr T& operator[](UtilityKind kind) noexcept { return values[static_cast<std::size_t>(kind)]; }
    constexpr const T& operator[](UtilityKind kind) const noexcept { return values[static_cast<std::size_t>(kind)]; }
};

/// What a place has or needs; nothing = unknown, zero = none. The telecom figure is a class; a rate may stand beside it.
struct UtilitySupply {
    std::optional<LitresPerSecond> water;
    std::optional<Megawatts> power;
    std::optional<CubicMetresPerHour> gas;
    std::optional<TelecomClass> telecom;
    std::optional<MegabitsPerSecond> telecom_rate;

    /// The amount in the utility's unit (telecom: the rate); nothing if unknown.
    [[nodiscard]] AMAYESH_EXPORT std::optional<double> amount(UtilityKind kind) const noexcept;
};

}  // namespace amayesh
