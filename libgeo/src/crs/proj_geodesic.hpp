#pragma once

#include <geodesic.h>

namespace amayesh::detail {

/// PROJ's geodesics on the WGS 84 ellipsoid.
const geod_geodesic& wgs84_geodesic();

}  // namespace amayesh::detail
