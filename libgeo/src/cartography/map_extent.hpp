#pragma once

#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/io/geopackage_project.hpp>

namespace amayesh::detail {

/// A tenth of a metre, and in degrees as much.
inline constexpr int decimals_of_extent = 6;

/// To as many decimals: what a GeoPackage states of an extent has lost its last bits.
[[nodiscard]] Box rounded(const Box& box, int decimals);

/// Of the layer that is judged, in that CRS; of all layers where that one shows nothing; never empty.
[[nodiscard]] Box extent_of(const StoredPackage& package, const Crs& crs);

}  // namespace amayesh::detail
