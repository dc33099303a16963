#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cpl_error.h>

namespace amayesh::detail {

enum class NetworkUse : std::uint8_t { refused, allowed };
enum class FileUse : std::uint8_t { reading, writing };

/// A message of GDAL in one short line: of a failed SQL statement, why it failed.
[[nodiscard]] std::string in_one_line(const std::string& message);

/// The scope in which this thread calls GDAL: our drivers are registered, nothing is fetched, no side files are
/// written, and messages are collected instead of printed. The program around us keeps its own GDAL settings.
class GdalSession {
public:
    GdalSession(FileUse use, NetworkUse network);
    ~GdalSession();
    GdalSession(const GdalSession&) = delete;  // registered with GDAL by address
    GdalSession& operator=(const GdalSession&) = delete;

    /// True once GDAL has said that something failed.
    [[nodiscard]] bool has_failed() const noexcept { return !m_failures.empty(); }
    [[nodiscard]] bool has_messages() const noexcept { return !m_failures.empty() || !m_warnings.empty(); }
    /// What failed, and everything that was said, joined by "; "; both forget it.
    std::string take_failures();
    std::string take_messages();
    /// The first that failed, in one line without SQL (what follows from it says nothing new); forgets the rest.
    std::string take_first_failure();

private:
    static void CPL_STDCALL collect(CPLErr level, CPLErrorNum number, const char* text);

    struct Setting {
        const char* name;
        std::string old_value;
        bool was_set;
    };
    bool m_is_offline;
    std::vector<Setting> m_settings;
    std::vector<std::string> m_failures;
    std::vector<std::string> m_warnings;
};

/// Collects the messages of one stretch of calls, where a whole session would cost too much (once a row).
class GdalFailures {
public:
    GdalFailures();
    ~GdalFailures();
    GdalFailures(const GdalFailures&) = delete;  // registered with GDAL by address
    GdalFailures& operator=(const GdalFailures&) = delete;

    [[nodiscard]] const std::string& text() const noexcept { return m_text; }

private:
    static void CPL_STDCALL collect(CPLErr level, CPLErrorNum number, const char* text);
    std::string m_text;
};

}  // namespace amayesh::detail
