#include "command.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <thread>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

namespace amayesh::tools {

void CommonOptions::add_to(CLI::App& app) {
    app.add_flag("--json", json, "Print the whole result as JSON on standard output");
    app.add_flag("-q,--quiet", quiet, "No progress, no notes: only errors on standard error");
    app.add_flag("--strict", strict, "Warnings about the input are failures too (exit code 1)");
    app.add_flag("--allow-network", allow_network, "Allow sources that are not local");
    app.add_option("-j,--threads", threads, "Threads to use; the result does not depend on it")
        ->type_name("N")
        ->check(CLI::Range(1, 1024))
        ->default_str("all processors");
}

void CommonOptions::apply() const {
    set_thread_limit(threads > 0 ? static_cast<std::size_t>(threads)
                                 : std::max(1U, std::thread::hardware_concurrency()));
}

Progress CommonOptions::progress() const {
    if (quiet || isatty(STDERR_FILENO) == 0) return {};
    return [](std::string_view phase, double part) {
        constexpr int percent = 100;
        fmt::print(stderr, "\r\033[K{} {:3.0f} %", phase, part * percent);
        if (part >= 1) fmt::print(stderr, "\r\033[K");
        std::fflush(stderr);
    };
}

void print(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        throw IoError(std::string("standard output: ") + std::strerror(errno));
}

void say(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

}  // namespace amayesh::tools
