#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include <amayesh/study/run.hpp>

#include "command.hpp"

namespace amayesh::tools {

/// Options of every command that assesses units: which, and from how many people on.
class UnitCommandOptions {
public:
    void add_to(CLI::App& app);
    /// The study, with what the command line changes of it. Throws: as read_study.
    [[nodiscard]] Study read(const std::string& file, const CommonOptions& common) const;
    [[nodiscard]] const std::optional<std::int64_t>& over() const noexcept { return m_over; }
    [[nodiscard]] const std::vector<std::string>& within() const noexcept { return m_within; }

private:
    std::optional<std::int64_t> m_over;
    std::vector<std::string> m_within;
    std::string m_unit;
};

/// Options of every command that judges a study: what is assessed, and how.
class GapCommandOptions {
public:
    void add_to(CLI::App& app);
    /// As UnitCommandOptions.
    [[nodiscard]] Study read(const std::string& file, const CommonOptions& common) const {
        return m_units.read(file, common);
    }
    [[nodiscard]] GapRunOptions options() const;

private:
    UnitCommandOptions m_units;
    bool m_no_reuse = false;
};

}  // namespace amayesh::tools
