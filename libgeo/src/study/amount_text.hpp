#pragma once

#include <cmath>
#include <string>

#include <fmt/format.h>

#include <amayesh/analysis/gap.hpp>

namespace amayesh::detail {

/// An amount of a utility, to the step that results are counted in.
inline double rounded_amount(double amount, UtilityKind utility) {
    const double steps = steps_per_unit[utility];
    return std::round(amount * steps) / steps;
}

/// The same for people: "4.5 MW".
inline std::string amount_text(double amount, UtilityKind utility) {
    return fmt::format("{:.10g} {}", rounded_amount(amount, utility), unit_name(utility));
}

}  // namespace amayesh::detail
