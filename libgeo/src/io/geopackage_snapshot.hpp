#pragma once

#include <filesystem>

#include "io/source_name.hpp"

namespace amayesh::detail {

/// A GeoPackage that can be read without touching what is beside it.
///
/// Nobody writing: the file itself. With a write-ahead log or a rollback journal beside it (open in QGIS, or left by
/// a crash): a private copy of both, settled by SQLite, removed at the end.
class GeoPackageSnapshot {
public:
    /// Throws: IoError: cut file, a database that is written to again and again while it is copied, no room for the copy,
    /// a view that computes without end.
    explicit GeoPackageSnapshot(const ResolvedSource& source);
    ~GeoPackageSnapshot();
    GeoPackageSnapshot(const GeoPackageSnapshot&) = delete;  // owns a folder on disk
    GeoPackageSnapshot& operator=(const GeoPackageSnapshot&) = delete;

    [[nodiscard]] const std::string& gdal_name() const noexcept { return m_gdal_name; }

private:
    std::string m_gdal_name;
    std::filesystem::path m_folder;  ///< Of the copy; empty without one.
};

}  // namespace amayesh::detail
