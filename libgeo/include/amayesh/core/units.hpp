#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// A number with its unit in its type, for every signature where two numbers could be swapped.
template <class Tag>
class Quantity {
public:
    constexpr explicit Quantity(double value) noexcept : m_value{value} {}
    [[nodiscard]] constexpr double value() const noexcept { return m_value; }
    friend constexpr auto operator<=>(Quantity, Quantity) = default;

private:
    double m_value;
};

using Metres = Quantity<struct MetresTag>;
using Kilometres = Quantity<struct KilometresTag>;
using SquareMetres = Quantity<struct SquareMetresTag>;
using Hectares = Quantity<struct HectaresTag>;
using LitresPerSecond = Quantity<struct LitresPerSecondTag>;
using Megawatts = Quantity<struct MegawattsTag>;
using CubicMetresPerHour = Quantity<struct CubicMetresPerHourTag>;
using MegabitsPerSecond = Quantity<struct MegabitsPerSecondTag>;

inline constexpr double square_metres_per_hectare = 10'000.0;
inline constexpr double square_metres_per_square_kilometre = 1e6;
inline constexpr double metres_per_kilometre = 1'000.0;

constexpr Hectares to_hectares(SquareMetres a) noexcept { return Hectares{a.value() / square_metres_per_hectare}; }
constexpr Kilometres to_kilometres(Metres a) noexcept { return Kilometres{a.value() / metres_per_kilometre}; }
constexpr Metres to_metres(Kilometres a) noexcept { return Metres{a.value() * metres_per_kilometre}; }

/// What a number measures; two units convert only inside one dimension.
enum class Dimension : std::uint8_t {
    length,
    area,
    water_flow,
    electric_power,
    apparent_power,
    gas_flow,
    data_rate,
    speed,
    share,
    people,
    count,
};

/// A unit that a study may name for a field.
struct UnitOfMeasure {
    std::string_view name;  ///< As written in a study: "kW", "m3/day", "km2".
    Dimension dimension;
    double
        to_base;  ///< Multiplier to the base unit of the dimension (m, ha, L/s, MW, MVA, m³/h, Mbit/s, km/h, share 0–1).
};

/// The unit of that name, accepting the usual spellings (m³/day, m3/d, lps, L/s, MVA, %); nothing if unknown.
AMAYESH_EXPORT std::optional<UnitOfMeasure> find_unit(std::string_view name);

/// The known unit name nearest to a misspelt one, for messages.
AMAYESH_EXPORT std::string nearest_unit_name(std::string_view name);

/// Names of the units that convert to a dimension, apparent power with a power factor among them.
AMAYESH_EXPORT std::vector<std::string_view> unit_names_for(Dimension wanted);

/// `value` of `unit` in the base unit of `wanted`.
/// Apparent power (kVA, MVA) becomes electric power by `power_factor` and is refused without one.
/// Water may be given by the m³ (m³/h, m³/day, million m³/year); gas in m³/h, m³/day.
/// Throws: InvalidInput where the dimensions differ or the power factor is missing or outside (0, 1].
AMAYESH_EXPORT double convert_to_base(double value, const UnitOfMeasure& unit, Dimension wanted,
                                      std::optional<double> power_factor = std::nullopt);

}  // namespace amayesh
