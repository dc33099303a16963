#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/problem_report.hpp>

namespace amayesh::test {

/// A folder of its own for one test case, removed at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_path; }
    [[nodiscard]] std::string operator/(std::string_view name) const { return (m_path / name).string(); }
    /// Writes a file of these bytes and returns its name.
    std::string write(std::string_view name, std::string_view bytes) const;
    /// Names and contents of everything in it.
    [[nodiscard]] std::map<std::string, std::string> contents() const;

private:
    std::filesystem::path m_path;
};

[[nodiscard]] std::string read_bytes(const std::filesystem::path& file);
/// Cuts the file to that part of its length.
void cut_file(const std::filesystem::path& file, double part);
/// Replaces the bytes from `at`.
void overwrite_bytes(const std::filesystem::path& file, std::size_t at, std::string_view bytes);

/// One row of a test layer: WKT ("" = NULL) and texts of the fields ("" = NULL).
struct TestRow {
    std::string wkt{};
    std::vector<std::string> values{};
};

/// One layer, made by GDAL: fields are "name:text", "name:integer", "name:real", "name:date".
struct TestLayer {
    std::string name = "layer";
    std::string crs = "EPSG:4326";          ///< "" = none.
    std::string geometry_type = "Unknown";  ///< As GDAL names it: "Point", "None".
    std::vector<std::string> fields{};
    std::vector<TestRow> rows{};
};

/// Makes a data set; `options` are layer creation options.
void make_data_set(const std::string& file, const std::string& driver, const std::vector<TestLayer>& layers,
                   const std::vector<std::string>& options = {});

/// Entries of that kind.
[[nodiscard]] std::vector<Problem> entries_of(const ProblemReport& problems, ProblemKind kind);

/// A zip of these members, made by GDAL.
void make_zip(const std::string& file, const std::map<std::string, std::string>& members);

}  // namespace amayesh::test
