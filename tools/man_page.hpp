#pragma once

#include <string>
#include <vector>

#include "command_page.hpp"

namespace amayesh::tools {

/// A manual page in roff (macros "man"): of a command, amayesh-gap(1), or of the program, which lists the commands.
/// `all` are the pages of the commands.
std::string man_page(const CommandPage& page, const std::vector<CommandPage>& all);

/// "amayesh-gap", "amayesh".
std::string man_name(const CommandPage& page);

}  // namespace amayesh::tools
