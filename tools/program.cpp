#include "program.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <amayesh/core/nearest_word.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/io/vector_source.hpp>

namespace amayesh::tools {

namespace {

/// Arguments as the man pages tell them, from the same description.
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
        return is_positional ? page_of(*option).value : CLI::Formatter::make_option_name(option, is_positional);
    }
    std::string make_option_opts(const CLI::Option* option) const override {
        const OptionPage page = page_of(*option);
        std::string text = page.words.empty() || page.value.empty() ? "" : " " + page.value;
        if (page.is_repeated) text += " ...";
        return page.is_required && !page.words.empty() ? text + " (required)" : text;
    }
    std::string make_option_desc(const CLI::Option* option) const override {
        const OptionPage page = page_of(*option);
        return page.default_value.empty() ? page.description
                                          : fmt::format("{} (default: {})", page.description, page.default_value);
    }
    std::string make_usage(const CLI::App* app, std::string) const override {
        return "Usage: " + page_of(*app, {}).synopsis + "\n";
    }
};

std::string version_text() {
    std::string text = "amayesh " AMAYESH_VERSION "\n";
    for (const std::string& library : library_versions()) text += library + "\n";
    return text;
}

CommandPage complete_help(CLI::App& app) {
    CommandPage page = page_of(app, guide_of(app.get_name()));
    app.footer(help_footer(page));
    return page;
}

/// The page of the command that was named, else that of the program.
const CommandPage& named_page(const Program& program) {
    for (const CommandPage& page : program.pages)
        if (program.app.got_subcommand(page.name)) return page;
    return program.page;
}

/// The first word that looks like an option and is none of that page; "" where there is none.
std::string unknown_option(const Program& program, const CommandPage& page) {
    std::vector<std::string> left = program.app.remaining(true);
    const auto is_unknown = [&](const std::string& word) {
        const std::string name = word.substr(0, word.find('='));
        return word.starts_with('-') && word != "--" &&
               std::ranges::none_of(page.options, [&](const OptionPage& option) {
                   return std::ranges::find(option.words, name) != option.words.end();
               });
    };
    const auto found = std::ranges::find_if(left, is_unknown);
    return found == left.end() ? std::string{} : found->substr(0, found->find('='));
}

std::string option_suggestion(const std::string& option, const CommandPage& page) {
    std::vector<std::string_view> known;
    for (const OptionPage& of_page : page.options)
        known.insert(known.end(), of_page.words.begin(), of_page.words.end());
    std::erase_if(known, [](std::string_view word) { return !word.starts_with("--"); });
    const std::string_view nearest = option.starts_with("--") ? nearest_word(option, known) : std::string_view{};
    return nearest.empty() ? std::string{} : fmt::format("; did you mean '{}'?", nearest);
}

}  // namespace

Program::Program() : app{"Spatial planning of industrial zones: gaps of land, water, power, gas and telecom"} {
    constexpr std::size_t name_width = 32;
    app.name("amayesh");
    app.require_subcommand(1);
    app.formatter(std::make_shared<HelpFormatter>());
    app.get_formatter()->column_width(name_width);
    app.get_formatter()->label("Positionals", "Arguments");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.set_version_flag("--version", version_text, "Print the versions of amayesh and of its libraries and exit");
    for (const CommandEntry& entry : commands()) {
        CLI::App* command = app.add_subcommand(entry.name, entry.summary)->group("Commands");
        made.push_back(entry.make());
        made.back()->setup(*command);
        pages.push_back(complete_help(*command));
    }
    app.footer(
        "'amayesh COMMAND --help' tells a command's options, with examples; 'man amayesh-COMMAND' the same. Results go "
        "to\n"
        "standard output or to the file named, everything else to standard error.");
    page = complete_help(app);
}

std::string usage_failure(const Program& program, const CLI::ParseError& error) {
    const CommandPage& page = named_page(program);
    const std::string unknown = unknown_option(program, page);
    const std::string command = page.name == "amayesh" ? page.name : "amayesh " + page.name;
    std::string what = error.what();
    if (!unknown.empty())
        what = fmt::format("'{}' has no option '{}'{}", command, unknown, option_suggestion(unknown, page));
    else if (page.name == program.page.name)
        what = "name a command";
    return printable(fmt::format("amayesh: {}", what)) +
           fmt::format("\nUsage: {}; '{} --help' tells more", page.synopsis, command);
}

std::string unknown_command(const std::string& word) {
    std::vector<std::string_view> names;
    for (const CommandEntry& entry : commands()) names.emplace_back(entry.name);
    return printable(fmt::format("amayesh: there is no command '{}'{}", word, suggestion(word, names))) +
           "\n'amayesh --help' tells what each of them does";
}

}  // namespace amayesh::tools
