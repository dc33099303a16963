#pragma once

#include <string>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// The text as a message or a terminal may show it, on one line: control characters become '?'.
AMAYESH_EXPORT std::string printable(std::string text);

}  // namespace amayesh
