#include "io/geopackage_database.hpp"

#include <sqlite3.h>

#include "io/partial_target.hpp"

namespace amayesh::detail {

void GeoPackageDatabase::CloseDatabase::operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
void GeoPackageDatabase::FinishStatement::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

GeoPackageDatabase::GeoPackageDatabase(const std::filesystem::path& file, const std::filesystem::path& target)
    : m_file{file}, m_target{target} {
    sqlite3* raw = nullptr;
    const int result = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
    m_handle.reset(raw);
    require(result == SQLITE_OK);
}

void GeoPackageDatabase::run(const std::string& statements) const {
    require(sqlite3_exec(m_handle.get(), statements.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
}

GeoPackageDatabase::Statement GeoPackageDatabase::prepare(const std::string& text) const {
    sqlite3_stmt* raw = nullptr;
    require(sqlite3_prepare_v2(m_handle.get(), text.c_str(), -1, &raw, nullptr) == SQLITE_OK);
    return Statement(raw);
}

void GeoPackageDatabase::insert(const Statement& statement, const std::vector<std::string_view>& values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        const int result = values[i].empty() ? sqlite3_bind_null(statement.get(), at)
                                             : sqlite3_bind_text(statement.get(), at, values[i].data(),
                                                                 static_cast<int>(values[i].size()), SQLITE_TRANSIENT);
        require(result == SQLITE_OK);
    }
    run_bound(statement);
}

void GeoPackageDatabase::insert(const Statement& statement, std::int64_t key, std::int64_t value) const {
    require(sqlite3_bind_int64(statement.get(), 1, key) == SQLITE_OK);
    require(sqlite3_bind_int64(statement.get(), 2, value) == SQLITE_OK);
    run_bound(statement);
}

void GeoPackageDatabase::insert(const Statement& statement, std::int64_t key,
                                std::span<const unsigned char> bytes) const {
    require(sqlite3_bind_int64(statement.get(), 1, key) == SQLITE_OK);
    require(sqlite3_bind_blob64(statement.get(), 2, bytes.data(), bytes.size(), SQLITE_STATIC) == SQLITE_OK);
    run_bound(statement);
}

void GeoPackageDatabase::run_bound(const Statement& statement) const {
    require(sqlite3_step(statement.get()) == SQLITE_DONE);
    require(sqlite3_reset(statement.get()) == SQLITE_OK);
}

std::string GeoPackageDatabase::ask(const std::string& text) const { return first_answer(prepare(text)); }

std::string GeoPackageDatabase::ask(const Statement& statement, std::string_view value) const {
    require(sqlite3_bind_text(statement.get(), 1, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT) ==
            SQLITE_OK);
    return first_answer(statement);
}

std::string GeoPackageDatabase::first_answer(const Statement& statement) const {
    require(sqlite3_step(statement.get()) == SQLITE_ROW);
    const auto* answer = reinterpret_cast<const char*>(sqlite3_column_text(statement.get(), 0));
    return answer ? answer : "";
}

void GeoPackageDatabase::close() {
    const bool is_closed = sqlite3_close(m_handle.get()) == SQLITE_OK;
    require(is_closed);
    static_cast<void>(m_handle.release());
}

void GeoPackageDatabase::require(bool is_good) const {
    if (!is_good) fail_to_grow(m_file, sqlite3_errmsg(m_handle.get()), m_target);
}

}  // namespace amayesh::detail
