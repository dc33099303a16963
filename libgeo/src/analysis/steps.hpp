#pragma once

#include <cmath>
#include <cstdint>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

/// Part of a step that is taken for the error of a product of doubles, not for an amount.
inline constexpr double step_noise = 1e-6;
/// Beyond this, doubles do not count single steps any more.
inline constexpr double most_steps = 9.0e15;

inline std::int64_t checked_steps(double steps) {
    if (!(std::abs(steps) < most_steps)) throw InvalidInput("an amount is too large to be counted in whole steps");
    return static_cast<std::int64_t>(steps);
}

/// Whole steps that hold the amount: demand is rounded up.
inline std::int64_t steps_up(double amount, double per_unit) {
    return checked_steps(std::ceil(amount * per_unit - step_noise));
}

/// Whole steps that the amount holds: headroom is rounded down.
inline std::int64_t steps_down(double amount, double per_unit) {
    return checked_steps(std::floor(amount * per_unit + step_noise));
}

}  // namespace amayesh::detail
