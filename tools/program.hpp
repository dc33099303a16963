#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "command.hpp"
#include "command_page.hpp"

namespace amayesh::tools {

/// The whole command line: what it parses, and what is told of it.
struct Program {
    Program();

    CLI::App app;
    std::vector<std::unique_ptr<Command>> made;  ///< In the order of `commands()`.
    CommandPage page;                            ///< Of the program itself.
    std::vector<CommandPage> pages;              ///< Of the commands, in their order.
};

/// What is wrong with a command line that could not be parsed, and the way out: lines for stderr.
std::string usage_failure(const Program& program, const CLI::ParseError& error);
/// The same for a first word that is no command.
std::string unknown_command(const std::string& word);

}  // namespace amayesh::tools
