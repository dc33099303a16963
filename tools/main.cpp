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

#include <amayesh/core/cancelled.hpp>
#include <amayesh/core/error.hpp>

#include "interruption.hpp"
#include "program.hpp"

namespace {

using namespace amayesh::tools;

/// One line; as JSON for programs.
int report_failure(const std::string& message, bool as_json) {
    if (as_json)
        say(nlohmann::json{{"error", message}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    else
        say("amayesh: " + message);
    return exit_failed;
}

/// A first word that is no command; nothing where it is one, or an option.
std::string first_word_that_is_no_command(int argc, char** argv) {
    const std::string first = argc > 1 ? argv[1] : "";
    const bool is_known =
        std::ranges::any_of(commands(), [&](const CommandEntry& entry) { return entry.name == first; });
    return first.empty() || first.starts_with('-') || is_known ? std::string{} : first;
}

bool wants_json(int argc, char** argv) {
    return std::any_of(argv, argv + argc, [](const char* argument) { return std::string_view(argument) == "--json"; });
}

int run_command(Command& command, bool as_json) {
    try {
        return command.run();
    } catch (const amayesh::Cancelled& stopped) {
        report_failure(stopped.what(), as_json);
        return exit_signal + noted_interruption();
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
    watch_for_interruption();
    if (const std::string word = first_word_that_is_no_command(argc, argv); !word.empty()) {
        say(unknown_command(word));
        return exit_usage;
    }
    Program program;
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // --help, --version
        program.app.exit(asked);
        return std::cout.flush() ? exit_done : report_failure("standard output cannot be written", false);
    } catch (const CLI::ParseError& error) {
        say(usage_failure(program, error));
        return exit_usage;
    }
    for (std::size_t i = 0; i < program.made.size(); ++i)
        if (program.app.got_subcommand(commands()[i].name))
            return run_command(*program.made[i], wants_json(argc, argv));
    return exit_usage;
}
