#pragma once

#include <string_view>
#include <vector>

namespace amayesh::tools {

/// A command line that works as it stands, in a folder with a `study.toml`.
struct Example {
    const char* line;
    const char* effect;
};

struct ExitCode {
    int number;
    const char* meaning;
};

/// What help and man page tell beside the options.
struct Guide {
    std::vector<Example> examples{};
    const char* done = "done";
    const char* failed = "failed: nothing was written";
};

/// That of a command, or of the program ("amayesh").
const Guide& guide_of(std::string_view command);

std::vector<ExitCode> exit_codes(const Guide& guide);

}  // namespace amayesh::tools
