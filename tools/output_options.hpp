#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include <amayesh/io/vector_sink.hpp>

namespace amayesh::tools {

/// Options of a command that writes layers.
struct OutputOptions {
    std::string target;
    std::string driver;
    std::vector<std::string> layer_options;
    bool overwrite = false;

    void add_to(CLI::App& app, bool required);
    [[nodiscard]] VectorSinkOptions sink_options() const;
};

}  // namespace amayesh::tools
