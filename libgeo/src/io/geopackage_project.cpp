#include <amayesh/io/geopackage_project.hpp>

#include <fmt/format.h>

#include "io/geopackage_database.hpp"
#include "io/geopackage_schema.hpp"
#include "io/partial_target.hpp"
#include "io/project_archive.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is a face of the layer's private parts

namespace fs = std::filesystem;

/// The file with its links followed, so that the project lies beside what it names.
fs::path real_file(const fs::path& file) {
    std::error_code error;
    fs::path real = fs::canonical(file, error);
    if (error || !fs::is_regular_file(real)) fail_to_write(file, "there is no such file", "name a GeoPackage");
    return real;
}

/// In hexadecimal digits; empty where there is none.
std::string stored_content(const GeoPackageDatabase& database, const std::string& name) {
    if (database.ask("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'qgis_projects'") == "0")
        return {};
    const auto statement =
        database.prepare("SELECT ifnull((SELECT CAST(content AS TEXT) FROM qgis_projects WHERE name = ?), '')");
    return database.ask(statement, name);
}

}  // namespace

void write_project(const fs::path& file, const QgisProject& project, Overwrite replace) {
    const fs::path real = real_file(file);
    refuse_unnameable(real);
    PartialTarget target(real, {TargetShape::file, Overwrite::yes, {}, ".qgz"}, {});
    if (replace == Overwrite::no && fs::exists(target.companion()))
        fail_to_write(target.companion(), "it exists", "give --overwrite to replace it");
    refuse_foreign_archive(target.companion());
    const std::vector<unsigned char> qgz = archive_of(project.qgs, target.companion());
    write_file(target.place_of_companion(), qgz, target.companion());
    std::error_code error;
    if (!fs::copy_file(real, target.place(), error)) fail_with_errno(real, "copying it", error.value());
    GeoPackageDatabase database(target.place(), real);
    database.run("PRAGMA trusted_schema = OFF; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    const std::string old = stored_content(database, project.name);
    if (replace == Overwrite::no && !old.empty() && !is_our_archive(bytes_of_hexadecimal(old)))
        fail_to_write(real, fmt::format("its project '{}' was saved in QGIS", project.name),
                      "keep it under another name, or give --overwrite to replace it");
    store_project(database, {project.name, qgz});
    database.run("COMMIT");
    database.close();
    target.publish();
}

}  // namespace amayesh
