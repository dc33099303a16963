#pragma once

#include <string>
#include <vector>

#include "guide.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace amayesh::tools {

/// An option or positional argument, as help, man page and completion tell it.
struct OptionPage {
    std::vector<std::string> words{};    ///< "-o", "--output"; none for a positional.
    std::string value{};                 ///< "FILE", "fa|en"; empty for a flag.
    std::vector<std::string> choices{};  ///< The only words that it takes; empty = any.
    std::string description{};
    std::string default_value{};
    bool is_required = false;
    bool is_repeated = false;
};

/// Everything that is told of a command, or of the program itself (`name` "amayesh").
struct CommandPage {
    std::string name{};
    std::string summary{};
    std::string synopsis{};  ///< "amayesh gap STUDY -o FILE [OPTIONS]"
    std::vector<OptionPage> positionals{};
    std::vector<OptionPage> options{};
    std::string prose{};  ///< Lines as the help breaks them; empty lines between paragraphs.
    Guide guide{};
};

OptionPage page_of(const CLI::Option& option);
/// `prose` stands in the footer of the command.
CommandPage page_of(const CLI::App& command, const Guide& guide);

/// What follows the options in `--help`: prose, examples, exit codes.
std::string help_footer(const CommandPage& page);

}  // namespace amayesh::tools
