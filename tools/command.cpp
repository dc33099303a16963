#include "command.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <amayesh/core/cancelled.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/core/nearest_word.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/core/printable.hpp>

#include "interruption.hpp"
#include "progress_bar.hpp"

namespace amayesh::tools {

namespace {

/// Seconds between the starts of phases, and seconds of all processors together.
class PhaseClock {
public:
    PhaseClock() = default;
    PhaseClock(const PhaseClock&) = delete;
    PhaseClock& operator=(const PhaseClock&) = delete;
    ~PhaseClock() {  // the last phase ends here
        end_phase();
        for (const Phase& p : m_phases)
            fmt::print(stderr, "{:8.3f} s {:8.3f} s of processors  {}\n", p.seconds, p.of_processors, p.name);
    }

    void start(std::string_view phase) {
        if (!m_phases.empty() && m_phases.back().name == phase) return;
        end_phase();
        m_phases.push_back({std::string(phase)});
        m_started = Clock::now();
        m_started_on_processors = std::clock();
    }

private:
    using Clock = std::chrono::steady_clock;
    struct Phase {
        std::string name;
        double seconds = 0;
        double of_processors = 0;
    };

    void end_phase() {
        if (m_phases.empty()) return;
        m_phases.back().seconds = std::chrono::duration<double>(Clock::now() - m_started).count();
        m_phases.back().of_processors =
            static_cast<double>(std::clock() - m_started_on_processors) / static_cast<double>(CLOCKS_PER_SEC);
    }

    std::vector<Phase> m_phases;
    Clock::time_point m_started;
    std::clock_t m_started_on_processors = 0;
};

/// Everything that a progress callback does.
class Watch {
public:
    Watch(bool has_clock, bool has_bar, std::string target) : m_has_bar{has_bar}, m_target{std::move(target)} {
        if (has_clock) m_clock.emplace();
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() {
        if (m_has_bar) erase_progress_bar();
    }

    void note(std::string_view phase, double part) {
        const bool is_over = part >= 1;  // an output may be in place by then
        if (noted_interruption() != 0 && !is_over)
            throw Cancelled(m_target.empty() ? "stopped; nothing was written"
                                             : fmt::format("stopped; {} is as it was", printable(m_target)));
        if (m_clock) m_clock->start(phase);
        if (m_has_bar) m_bar.show(phase, part);
    }

private:
    bool m_has_bar;
    std::string m_target;
    std::optional<PhaseClock> m_clock;
    ProgressBar m_bar;
};

}  // namespace

void CommonOptions::add_to(CLI::App& app) {
    app.add_flag("--json", json, "Print the whole result as JSON on standard output");
    app.add_flag("-q,--quiet", quiet, "No progress, no notes: only errors on standard error");
    app.add_flag("--strict", strict, "Warnings about the input are failures too (exit code 1)");
    app.add_flag("--allow-network", allow_network, "Allow sources that are not local");
    app.add_flag("--times", times,
                 "Print the seconds that each phase took, and those of all processors, on standard error");
    app.add_option("-j,--threads", threads, "Threads to use, 1 to 1024; the result does not depend on it")
        ->type_name("N")
        ->check(CLI::Range(1, 1024))
        ->default_str("all processors");
}

void CommonOptions::apply() const {
    set_thread_limit(threads > 0 ? static_cast<std::size_t>(threads)
                                 : std::max(1U, std::thread::hardware_concurrency()));
}

Progress CommonOptions::progress(const std::string& target) const {
    const bool has_bar = !quiet && !times && isatty(STDERR_FILENO) != 0;
    const auto watch = std::make_shared<Watch>(times, has_bar, target);
    return [watch](std::string_view phase, double part) { watch->note(phase, part); };
}

CLI::Option* add_choice(CLI::App& app, const std::string& names, std::string& word,
                        const std::vector<std::string>& words, const std::string& description) {
    const auto refuse_others = [words](const std::string& given) {
        const std::vector<std::string_view> known(words.begin(), words.end());
        if (std::ranges::find(words, given) != words.end()) return std::string{};
        return fmt::format("'{}' is none of {}{}", given, listed(known),
                           nearest_word(given, known).empty() ? "" : suggestion(given, known));
    };
    return app.add_option(names, word, description)
        ->type_name(fmt::format("{}", fmt::join(words, "|")))
        ->check(refuse_others);
}

void print(const std::string& text) {
    erase_progress_bar();
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        throw IoError(std::string("standard output: ") + std::strerror(errno));
}

void say(const std::string& text) {
    erase_progress_bar();
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

void say(const ProblemReport& problems) {
    for (const Problem& problem : problems.sorted())
        say(fmt::format("{}: {}, row {}, {}: {} ({})", to_string(problem.severity), problem.layer, problem.feature,
                        problem.field, problem.message, problem.action));
}

}  // namespace amayesh::tools
