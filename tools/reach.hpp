#pragma once

#include <memory>

#include "command.hpp"

namespace amayesh::tools {

std::unique_ptr<Command> make_reach();

}  // namespace amayesh::tools
