#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace amayesh {

/// The three cases in which every coefficient is stated. All coefficients move together.
enum class Case : std::uint8_t { low, central, high };
inline constexpr std::array<Case, 3> all_cases{Case::low, Case::central, Case::high};

constexpr std::string_view to_string(Case c) noexcept {
    return c == Case::low ? "low" : c == Case::central ? "central" : "high";
}

/// A value in three cases.
struct Range {
    double low = 0;
    double central = 0;
    double high = 0;

    [[nodiscard]] constexpr double at(Case c) const noexcept {
        return c == Case::low ? low : c == Case::central ? central : high;
    }
    friend constexpr bool operator==(const Range&, const Range&) = default;
};

}  // namespace amayesh
