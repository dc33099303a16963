#pragma once

#include <string>

#include "program.hpp"

namespace amayesh::tools {

/// A script that bash sources: completes commands, options, words that an option takes, and names of files that suit it.
std::string bash_completion(const Program& program);

}  // namespace amayesh::tools
