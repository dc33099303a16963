#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace amayesh::detail {

/// A GeoPackage that was written, open for what GDAL leaves out; every status is checked here.
/// Throws, in every function: IoError naming the target, with SQLite's words.
class GeoPackageDatabase {
public:
    struct FinishStatement {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

    GeoPackageDatabase(const std::filesystem::path& file, const std::filesystem::path& target);

    void run(const std::string& statements) const;
    [[nodiscard]] Statement prepare(const std::string& text) const;
    /// Binds texts in order (empty = NULL) and runs.
    void insert(const Statement& statement, const std::vector<std::string_view>& values) const;
    void insert(const Statement& statement, std::int64_t key, std::int64_t value) const;
    void insert(const Statement& statement, std::int64_t key, std::span<const unsigned char> bytes) const;
    /// First column of the first row.
    [[nodiscard]] std::string ask(const std::string& text) const;
    /// The same, with a text bound.
    [[nodiscard]] std::string ask(const Statement& statement, std::string_view value) const;
    void close();

private:
    struct CloseDatabase {
        void operator()(sqlite3* database) const noexcept;
    };
    void require(bool is_good) const;
    void run_bound(const Statement& statement) const;
    [[nodiscard]] std::string first_answer(const Statement& statement) const;

    std::filesystem::path m_file;
    std::filesystem::path m_target;
    std::unique_ptr<sqlite3, CloseDatabase> m_handle;
};

}  // namespace amayesh::detail
