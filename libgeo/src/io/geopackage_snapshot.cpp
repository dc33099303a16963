#include "io/geopackage_snapshot.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <system_error>

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

constexpr int attempts_to_copy = 3;
constexpr std::size_t header_bytes = 100;

struct CloseDatabase {
    void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinishStatement {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

/// SQLite's header states the file's length where its change counter and version-valid-for number agree.
void refuse_cut(const ResolvedSource& source) {
    VSIStatBufL status{};
    std::array<unsigned char, header_bytes> header{};
    VSILFILE* file = VSIFOpenL(source.gdal_name.c_str(), "rb");
    if (file == nullptr || VSIStatL(source.gdal_name.c_str(), &status) != 0)
        fail_to_read(source.shown, "it cannot be opened", "check its permissions");
    const std::size_t got = VSIFReadL(header.data(), 1, header.size(), file);
    VSIFCloseL(file);
    const auto number = [&](std::size_t at, std::size_t bytes) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) value = value << 8U | header[at + i];
        return value;
    };
    if (got < header.size()) fail_to_read(source.shown, "it is cut inside its header", "get the file again");
    const std::uint64_t page = number(16, 2) == 1 ? 65536 : number(16, 2);
    const std::uint64_t stated = page * number(28, 4);
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (number(24, 4) == number(92, 4) && size < stated)
        fail_to_read(source.shown, fmt::format("it is cut: {} of {} bytes", size, stated), "get the file again");
}

std::optional<fs::path> find_log(const fs::path& file) {
    for (const char* ending : {"-wal", "-journal"}) {
        const fs::path log = file.string() + ending;
        std::error_code error;
        const std::uintmax_t size = fs::file_size(log, error);
        if (!error && size > 0) return log;
    }
    return std::nullopt;
}

struct Moment {
    fs::file_time_type changed;
    std::uintmax_t size = 0;
    friend bool operator==(const Moment&, const Moment&) = default;
};

Moment moment_of(const fs::path& file) {
    std::error_code error;
    const auto changed = fs::last_write_time(file, error);
    return {error ? fs::file_time_type{} : changed, fs::file_size(file, error)};
}

fs::path make_private_folder(const ResolvedSource& source) {
    std::string pattern = (fs::temp_directory_path() / "amayesh-snapshot-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        fail_to_read(source.shown, "it has a write-ahead log, and there is no room for a copy in the temporary folder",
                     "close it in the program that writes it (QGIS)");
    return pattern;
}

/// Copies file and log between two moments at which neither changed.
void copy_quietly(const ResolvedSource& source, const fs::path& log, const fs::path& to) {
    const fs::path copied_log = to.string() + log.string().substr(source.file.string().size());
    for (int attempt = 0; attempt < attempts_to_copy; ++attempt) {
        const Moment file_before = moment_of(source.file);
        const Moment log_before = moment_of(log);
        std::error_code error;
        fs::copy_file(source.file, to, fs::copy_options::overwrite_existing, error);
        if (!error) fs::copy_file(log, copied_log, fs::copy_options::overwrite_existing, error);
        if (error == std::errc::no_space_on_device)
            fail_to_read(source.shown,
                         "it has a write-ahead log, and there is no room for a copy in the temporary folder",
                         "close it in the program that writes it (QGIS)");
        if (!error && file_before == moment_of(source.file) && log_before == moment_of(log)) return;
    }
    fail_to_read(source.shown, "it is being written by another program", "close it there (QGIS) and run again");
}

Database open_database(const std::string& uri, int flags) {
    sqlite3* raw = nullptr;
    const int result = sqlite3_open_v2(uri.c_str(), &raw, flags, nullptr);
    Database database(raw);
    if (result != SQLITE_OK) return nullptr;
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return database;
}

/// Lets SQLite bring log and file together in our copy; reading the schema makes it do so.
void settle(const ResolvedSource& source, const fs::path& copy) {
    const Database database = open_database(copy.string(), SQLITE_OPEN_READWRITE);
    const char* settling = "SELECT count(*) FROM sqlite_master; PRAGMA journal_mode = DELETE";
    if (!database || sqlite3_exec(database.get(), settling, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail_to_read(source.shown,
                     fmt::format("its write-ahead log does not fit it ({})",
                                 database ? sqlite3_errmsg(database.get()) : "not opened"),
                     "open and close it in QGIS, or get the file again");
}

/// A view is a program in the data; one that recurs may never end.
void refuse_endless_views(const ResolvedSource& source, const std::string& file) {
    std::string escaped;
    for (const char c : file) escaped += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
    const Database database = open_database("file:" + escaped + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    if (!database) return;
    sqlite3_stmt* raw = nullptr;
    const char* query = "SELECT name FROM sqlite_master WHERE type = 'view' AND sql LIKE '%recursive%' LIMIT 1";
    if (sqlite3_prepare_v2(database.get(), query, -1, &raw, nullptr) != SQLITE_OK)
        fail_to_read(source.shown, fmt::format("it is damaged: {}", sqlite3_errmsg(database.get())),
                     "get the file again");
    const Statement statement(raw);
    if (sqlite3_step(raw) == SQLITE_ROW)
        fail_to_read(source.shown,
                     fmt::format("its view '{}' is recursive: code in data is not run",
                                 reinterpret_cast<const char*>(sqlite3_column_text(raw, 0))),
                     "export the view to a table");
}

}  // namespace

GeoPackageSnapshot::GeoPackageSnapshot(const ResolvedSource& source) : m_gdal_name{source.gdal_name} {
    if (source.is_in_zip) return;
    if (const auto log = find_log(source.file)) {
        m_folder = make_private_folder(source);
        const fs::path copy = m_folder / source.file.filename();
        try {
            copy_quietly(source, *log, copy);
            settle(source, copy);
        } catch (const IoError&) {
            std::error_code ignored;
            fs::remove_all(m_folder, ignored);
            throw;
        }
        m_gdal_name = copy.string();
    } else {
        refuse_cut(source);
    }
    refuse_endless_views(source, m_gdal_name);
}

GeoPackageSnapshot::~GeoPackageSnapshot() {
    std::error_code ignored;
    if (!m_folder.empty()) std::filesystem::remove_all(m_folder, ignored);
}

}  // namespace amayesh::detail
