#pragma once

#include <string>

#include <CLI/App.hpp>

#include <amayesh/study/run.hpp>

#include "command.hpp"

namespace amayesh::tools {

/// Options of every command that judges a study: what is assessed, and how.
class GapCommandOptions {
public:
    void add_to(CLI::App& app);
    /// The study, with what the command line changes of it. Throws: as read_study.
    [[nodiscard]] Study read(const std::string& file, const CommonOptions& common) const;
    [[nodiscard]] GapRunOptions options() const;

private:
    GapRunOptions m_options;
    std::string m_unit;
    bool m_no_reuse = false;
};

}  // namespace amayesh::tools
