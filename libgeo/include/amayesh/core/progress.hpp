#pragma once

#include <functional>
#include <string_view>

namespace amayesh {

/// Called with the phase and the part done, 0 to 1; from one thread at a time. Empty = silent.
using Progress = std::function<void(std::string_view phase, double fraction)>;

}  // namespace amayesh
