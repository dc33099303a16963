#pragma once

#include <optional>
#include <string>

#include <amayesh/crs/crs.hpp>

class OGRSpatialReference;

namespace amayesh::detail {

/// The CRS that GDAL found; nothing where the data says none or "undefined" (GeoPackage's −1 and 0).
/// Throws: CrsError naming the source where it is not understood.
[[nodiscard]] std::optional<Crs> crs_of(const OGRSpatialReference* reference, const std::string& shown);

}  // namespace amayesh::detail
