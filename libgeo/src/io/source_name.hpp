#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "io/gdal_session.hpp"

namespace amayesh::detail {

enum class SourceFormat : std::uint8_t {
    shapefile,
    dbf,
    geopackage,
    geojson,
    flatgeobuf,
    csv,
    xlsx,
    postgresql,
    geotiff,
};

/// The GDAL driver that alone may open the format.
[[nodiscard]] const char* driver_of(SourceFormat format) noexcept;

/// A source that may be opened: local, a file, of an allowed format, within the limit.
struct ResolvedSource {
    std::string shown;      ///< As the study names it, for messages.
    std::string gdal_name;  ///< Absolute path, "/vsizip/{…}/…" or a connection.
    SourceFormat format = SourceFormat::csv;
    std::filesystem::path file;  ///< On disk: the file, or the zip it is in; empty for a connection.
    bool is_in_zip = false;
};

struct SourceLimits {
    NetworkUse network = NetworkUse::refused;
    std::uint64_t most_bytes = 0;
};

/// Settles what a source's name means and looks at its first bytes; the file's name decides nothing but CSV and DBF.
/// Throws: IoError for what is missing, a folder, remote, too large, or of a format that is not on the list.
[[nodiscard]] ResolvedSource resolve_source(const std::string& source, const SourceLimits& limits);

/// "cannot read FILE: WHY; WAY OUT".
[[noreturn]] void fail_to_read(std::string_view shown, std::string_view why, std::string_view way_out = {});

}  // namespace amayesh::detail
