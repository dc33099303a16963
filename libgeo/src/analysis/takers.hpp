#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace amayesh::detail {

/// Who got what, in steps, by id.
using Takers = std::map<std::string, std::int64_t>;

/// The three that got most, with amounts, and how many more there are: "C 3 MW; Z 1.5 MW; A 0.5 MW; 2 more".
/// Equal amounts by id; empty where nobody got anything.
std::string name_takers(const Takers& takers, double steps_per_unit, std::string_view unit);

}  // namespace amayesh::detail
