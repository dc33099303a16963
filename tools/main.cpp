#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/io/vector_source.hpp>

#include "command.hpp"

namespace {

using namespace amayesh::tools;

std::string version_text() {
    std::string text = "amayesh " AMAYESH_VERSION "\n";
    for (const std::string& library : amayesh::library_versions()) text += library + "\n";
    return text;
}

/// One line; as JSON for programs.
int report_failure(const std::string& message, bool as_json) {
    if (as_json)
        say(nlohmann::json{{"error", message}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    else
        say("amayesh: " + message);
    return exit_failed;
}

/// A first word that is no command; nothing where it is one, or an option.
std::string unknown_command(int argc, char** argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    const bool is_known =
        std::ranges::any_of(commands(), [&](const CommandEntry& entry) { return entry.name == first; });
    return first.empty() || first.starts_with('-') || is_known ? std::string{} : first;
}

std::string usage_failure(const CLI::App* app, const CLI::Error& error) {
    return fmt::format("amayesh: {}\nRun '{} --help' for the options.\n", error.what(),
                       app->get_parent() != nullptr ? "amayesh " + app->get_name() : "amayesh");
}

bool wants_json(int argc, char** argv) {
    return std::any_of(argv, argv + argc, [](const char* argument) { return std::string_view(argument) == "--json"; });
}

int run_command(Command& command, bool as_json) {
    try {
        return command.run();
    } catch (const amayesh::Error& error) {
        return report_failure(error.what(), as_json);
    } catch (const std::bad_alloc&) {
        return report_failure("out of memory", as_json);
    } catch (const std::exception& error) {
        return report_failure(fmt::format("unexpected failure: {}", error.what()), as_json);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a write error, seen where it happens
    std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may not grow
    CLI::App app{"Spatial planning of industrial zones: gaps of land, water, power, gas and telecom"};
    app.name("amayesh");
    app.require_subcommand(1);
    app.failure_message(usage_failure);
    app.set_version_flag("--version", version_text);
    app.footer(
        "Exit codes: 0 done, 1 failed or errors found in the input, 2 wrong command line.\n"
        "Each command has a page in docs/.");
    if (const std::string unknown = unknown_command(argc, argv); !unknown.empty()) {
        say(amayesh::printable(fmt::format("amayesh: there is no command '{}'; 'amayesh --help' lists them", unknown)));
        return exit_usage;
    }
    std::vector<std::unique_ptr<Command>> made;
    for (const CommandEntry& entry : commands()) {
        made.push_back(entry.make());
        CLI::App* subcommand = app.add_subcommand(entry.name, entry.summary);
        made.back()->setup(*subcommand);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (app.exit(error) != 0) return exit_usage;
        return std::cout.flush() ? exit_done : report_failure("standard output cannot be written", false);
    }
    for (std::size_t i = 0; i < made.size(); ++i)
        if (app.got_subcommand(commands()[i].name)) return run_command(*made[i], wants_json(argc, argv));
    return exit_usage;
}
