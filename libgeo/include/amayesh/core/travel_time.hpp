#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

namespace amayesh {

/// A travel time in whole milliseconds. Limits are compared in it: the 60th minute belongs to 60.
using TravelTime = std::chrono::duration<std::int64_t, std::milli>;

/// Minutes, rounded to the nearest millisecond; 10⁹, some 1,900 years, stand for whatever is more. They must not be NaN.
inline TravelTime to_travel_time(double minutes) noexcept {
    constexpr double longest = 1e9;
    return TravelTime{std::llround((minutes < longest ? minutes : longest) * 60'000.0)};
}
constexpr double to_minutes(TravelTime time) noexcept { return static_cast<double>(time.count()) / 60'000.0; }

/// Whether ways lead from places to a facility or from it to them; they differ on slopes and on one-way roads.
enum class TravelDirection : std::uint8_t { to_facility, from_facility };

}  // namespace amayesh
