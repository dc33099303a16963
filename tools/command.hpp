#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <amayesh/core/problem_report.hpp>
#include <amayesh/core/progress.hpp>

namespace amayesh::tools {

/// Exit codes of the program.
inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_signal = 128;  ///< And the number of the signal that stopped it.

/// Options that commands share; each command adds those that it honours.
struct CommonOptions {
    bool json = false;
    bool quiet = false;
    bool strict = false;
    bool allow_network = false;
    int threads = 0;  ///< 0 = all processors.
    bool times = false;

    void add_to(CLI::App& app);
    /// Takes effect of `threads`, before any work.
    void apply() const;
    /// To be called while the work is done: a bar on stderr where that is a terminal and neither `quiet` nor `times` is
    /// given; with `times` the seconds of each phase are printed when the last copy of the callback is gone. After Ctrl-C or
    /// SIGTERM (`watch_for_interruption`) it throws Cancelled, which says that `target` is as it was.
    [[nodiscard]] Progress progress(const std::string& target = {}) const;
};

/// One command: `setup` declares arguments and opens nothing, `run` works and returns the exit code.
class Command {
public:
    virtual ~Command() = default;
    virtual void setup(CLI::App& app) = 0;
    virtual int run() = 0;
};

/// A command by name, as `main` lists it.
struct CommandEntry {
    const char* name;
    const char* summary;
    std::unique_ptr<Command> (*make)();
};

/// Every command, in the order of the help.
const std::vector<CommandEntry>& commands();

/// An option that takes one of these words; another one is refused with the word that it most likely means.
CLI::Option* add_choice(CLI::App& app, const std::string& names, std::string& word,
                        const std::vector<std::string>& words, const std::string& description);

/// Writes to stdout. Throws: IoError where stdout is closed or full.
void print(const std::string& text);
/// One line on stderr.
void say(const std::string& text);
/// A line on stderr for each finding of a writer.
void say(const ProblemReport& problems);

}  // namespace amayesh::tools
