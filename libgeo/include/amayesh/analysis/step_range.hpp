#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <amayesh/core/range.hpp>
#include <amayesh/model/utility.hpp>

namespace amayesh {

/// Amounts are whole numbers of these steps, so that sums are exact whatever their order.
inline constexpr double steps_per_ha = 10'000;                             ///< 1 m²
inline constexpr PerUtility<double> steps_per_unit{{1'000, 1'000, 1, 1}};  ///< 0.001 L/s, 1 kW, 1 m³/h, 1 Mbit/s

/// An amount of land or of a utility in whole steps, in three cases.
struct StepRange {
    std::int64_t low = 0;
    std::int64_t central = 0;
    std::int64_t high = 0;
    [[nodiscard]] constexpr std::int64_t at(Case c) const noexcept {
        return c == Case::low ? low : c == Case::central ? central : high;
    }
    constexpr StepRange& operator+=(const StepRange& other) noexcept {
        low += other.low;
        central += other.central;
        high += other.high;
        return *this;
    }
    friend constexpr bool operator==(const StepRange&, const StepRange&) = default;
};

/// One value per case of the standards.
template <class T>
struct PerCase {
    std::array<T, all_cases.size()> values{};
    constexpr T& operator[](Case c) noexcept { return values[static_cast<std::size_t>(c)]; }
    constexpr const T& operator[](Case c) const noexcept { return values[static_cast<std::size_t>(c)]; }
    friend constexpr bool operator==(const PerCase&, const PerCase&) = default;
};

}  // namespace amayesh
