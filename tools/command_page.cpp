#include "command_page.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace amayesh::tools {

namespace {

/// Words of ours are written small: "fa|en"; what stands for something else, large: "ID|NAME".
std::vector<std::string> choices_in(const std::string& value) {
    std::vector<std::string> choices;
    if (value.empty() || std::islower(static_cast<unsigned char>(value.front())) == 0) return choices;
    std::istringstream words(value);
    for (std::string word; std::getline(words, word, '|');) choices.push_back(word);
    return choices;
}

/// Also those of groups: CLI11 keeps a group as a command without a name.
void add_options(const CLI::App& command, CommandPage& page) {
    for (const CLI::Option* option : command.get_options())
        (option->get_positional() ? page.positionals : page.options).push_back(page_of(*option));
    for (const CLI::App* group : command.get_subcommands([](const CLI::App* a) { return a->get_name().empty(); }))
        add_options(*group, page);
}

std::string synopsis_of(const CommandPage& page, bool has_commands) {
    std::string text = page.name == "amayesh" ? page.name : "amayesh " + page.name;
    if (has_commands) return text + " COMMAND [OPTIONS]";
    for (const OptionPage& argument : page.positionals)
        text += argument.is_required ? " " + argument.value : " [" + argument.value + "]";
    for (const OptionPage& option : page.options)
        if (option.is_required) text += " " + option.words.front() + " " + option.value;
    return text + " [OPTIONS]";
}

}  // namespace

OptionPage page_of(const CLI::Option& option) {
    OptionPage page;
    for (const std::string& name : option.get_snames()) page.words.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) page.words.push_back("--" + name);
    const std::string type = option.get_type_name();
    if (option.get_items_expected_max() > 0) page.value = type.substr(0, type.find(':'));  // less the checks
    page.choices = choices_in(page.value);
    page.description = option.get_description();
    page.default_value = option.get_default_str();
    page.is_required = option.get_required();
    page.is_repeated = option.get_items_expected_max() > 1;
    return page;
}

CommandPage page_of(const CLI::App& command, const Guide& guide) {
    CommandPage page;
    page.name = command.get_name();
    page.summary = command.get_description();
    page.prose = command.get_footer();
    page.guide = guide;
    add_options(command, page);
    page.synopsis = synopsis_of(page, command.get_require_subcommand_min() > 0);
    return page;
}

std::string help_footer(const CommandPage& page) {
    std::string text = page.prose + (page.prose.empty() ? "Examples:\n" : "\n\nExamples:\n");
    for (const Example& example : page.guide.examples)
        text += fmt::format("  {}\n      {}\n", example.line, example.effect);
    text += "\nExit codes:\n";
    for (const ExitCode& code : exit_codes(page.guide)) text += fmt::format("  {}  {}\n", code.number, code.meaning);
    text.pop_back();
    return text;
}

}  // namespace amayesh::tools
