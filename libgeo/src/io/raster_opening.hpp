#pragma once

#include <cstdint>
#include <string>

#include <gdal_priv.h>

#include <amayesh/raster/grid.hpp>

#include "io/gdal_session.hpp"
#include "io/source_name.hpp"

namespace amayesh::detail {

/// Opens a GeoTIFF and nothing else, whatever its name says.
/// Throws: IoError for another format or a damaged file.
[[nodiscard]] GDALDatasetUniquePtr open_geotiff(const ResolvedSource& source, GdalSession& session);

/// Throws: IoError for a band that is not there or holds complex numbers.
[[nodiscard]] GDALRasterBand& find_band(GDALDataset& raster, int number, const std::string& shown);

/// Throws: IoError where the file does not say where on the earth it lies.
[[nodiscard]] GridPlacement placement_of(GDALDataset& raster, const std::string& shown);

/// A block over the limit would be allocated whole for one cell. Throws: IoError.
void check_block(GDALRasterBand& band, std::uint64_t most_cells, const std::string& shown);

/// Throws: IoError with the size, the limit and the way out.
void check_cells(GDALRasterBand& band, std::uint64_t most_cells, const std::string& shown);

}  // namespace amayesh::detail
