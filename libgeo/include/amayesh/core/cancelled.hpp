#pragma once

#include <stdexcept>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// What a `Progress` throws to end the work that calls it; whoever began the work gets it, and outputs are then as they
/// were. No Error: nothing that answers for bad input takes it. Any other exception would do as well. A call with the
/// part 1 comes when something is done, outputs too: throw at those before.
class AMAYESH_EXPORT Cancelled : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace amayesh
