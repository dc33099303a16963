#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <cpl_string.h>

#include <amayesh/io/vector_sink.hpp>

#include "io/partial_target.hpp"

namespace amayesh::detail {

enum class SinkDriver : std::uint8_t { geopackage, geojson, flatgeobuf, xlsx, csv, shapefile, postgresql };

/// How a format lies on disk.
struct SinkFormat {
    SinkDriver driver = SinkDriver::geopackage;
    const char* gdal_name = "GPKG";
    const char* ending = ".gpkg";
    bool holds_layers = true;                   ///< Several layers in one file; else a file a layer.
    std::vector<std::string> folder_endings{};  ///< Of the files of a folder of such layers.
};

/// PostgreSQL for a connection; else by GDAL's driver name, else by the target's ending, else GeoPackage.  Throws: IoError for a driver not on the list.
[[nodiscard]] SinkFormat choose_format(const std::filesystem::path& target, const std::string& driver);

/// A folder for a Shapefile, and for a format of one layer whose target has not that format's ending.
[[nodiscard]] TargetShape shape_of(const std::filesystem::path& target, const SinkFormat& format);

/// Refuses the user's options that are not NAME=VALUE or that the driver does not have.  Throws: IoError.
void check_layer_options(const SinkFormat& format, const std::vector<std::string>& users,
                         const std::filesystem::path& target);

/// GDAL's layer creation options: ours, then the user's.
[[nodiscard]] CPLStringList layer_options(const SinkFormat& format, const LayerDefinition& layer,
                                          const std::vector<std::string>& users);

/// Field names as the format can hold them, all different: at most 10 bytes in a Shapefile.
[[nodiscard]] std::vector<std::string> stored_names(const SinkFormat& format,
                                                    const std::vector<FieldDefinition>& fields);

/// The text as the format can hold it: cut to 254 bytes in a Shapefile, at the border of a letter; in CSV with a guard
/// against formulas (see `with_guard`). The texts of XLSX are cells of text, which are no formulas.
/// Returns `text` itself where nothing is to do.
[[nodiscard]] const std::string& stored_text(const SinkFormat& format, const std::string& text, std::string& buffer);

}  // namespace amayesh::detail
