#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include <amayesh/analysis/allocate_capacity.hpp>

namespace amayesh::detail {

/// What an allocation is of, for people.
struct AllocationWords {
    std::string what;                                     ///< "power, high case"
    double steps_per_unit;                                ///< Of the amounts.
    std::string_view unit;                                ///< "MW"
    std::string_view cause;                               ///< What to look at: "demand.power of the standards".
    std::function<std::string(std::size_t)> demand_name;  ///< "unit 'D1'"
    std::function<std::string(std::size_t)> source_name;
};

/// Refuses in the planner's words what allocate_capacity() refuses in its own: sums that leave what can be counted.
/// Throws: InvalidInput.
void require_countable(const CapacityProblem& problem, const AllocationWords& words);

}  // namespace amayesh::detail
