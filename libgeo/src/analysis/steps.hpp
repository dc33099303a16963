#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

/// Part of a step that is taken for the error of a product of doubles, not for an amount.
inline constexpr double step_noise = 1e-6;
/// Beyond this, doubles do not count single steps any more.
inline constexpr double most_steps = 9.0e15;

/// `whose`: the id that a message names.
inline std::int64_t checked_steps(double steps, std::string_view whose = {}) {
    if (!(std::abs(steps) < most_steps))
        throw InvalidInput(
            fmt::format("{}{:g} steps are more than can be counted; correct the areas and amounts given for "
                        "it, or the standards that multiply them",
                        whose.empty() ? "" : fmt::format("'{}': ", whose), steps));
    return static_cast<std::int64_t>(steps);
}

/// Whole steps that hold the amount: demand is rounded up.
inline std::int64_t steps_up(double amount, double per_unit, std::string_view whose = {}) {
    return checked_steps(std::ceil(amount * per_unit - step_noise), whose);
}

/// Whole steps that the amount holds: headroom is rounded down.
inline std::int64_t steps_down(double amount, double per_unit, std::string_view whose = {}) {
    return checked_steps(std::floor(amount * per_unit + step_noise), whose);
}

}  // namespace amayesh::detail
