#pragma once

#include <string>
#include <vector>

#include <gdal_priv.h>

#include "io/gdal_session.hpp"
#include "io/geopackage_reading.hpp"
#include "io/raw_table.hpp"
#include "io/source_name.hpp"

namespace amayesh::detail {

/// Opens the source with the one driver of its format, read-only. `gdal_name` may be that of a private copy.
/// Throws: IoError with GDAL's own words.
[[nodiscard]] GDALDatasetUniquePtr open_dataset(const ResolvedSource& source, const std::string& gdal_name,
                                                GdalSession& session);

/// The layer of that name; the only one where `name` is empty (styles that QGIS keeps in a GeoPackage are no layers).
/// Throws: IoError listing the layers.
[[nodiscard]] OGRLayer& find_layer(GDALDataset& dataset, const std::string& name, const ResolvedSource& source);
[[nodiscard]] std::vector<OGRLayer*> data_layers(GDALDataset& dataset);

/// Names of the fields, in the bytes of the source.
[[nodiscard]] std::vector<std::string> field_names(OGRLayer& layer);
[[nodiscard]] Column::Type column_type(OGRFieldType type) noexcept;

/// Reads the chosen fields and the geometries of every feature.
/// Throws: IoError where the file ends before its features do.
[[nodiscard]] RawTable read_layer(GDALDataset& dataset, OGRLayer& layer, EndlessQueryGuard& guard,
                                  const std::vector<std::string>& names, const std::vector<bool>& chosen,
                                  const ResolvedSource& source, const VectorSourceOptions& options,
                                  GdalSession& session, ProblemReport& problems);

}  // namespace amayesh::detail
