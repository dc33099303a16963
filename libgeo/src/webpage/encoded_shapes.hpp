#pragma once

#include <span>
#include <vector>

#include <amayesh/geometry/types.hpp>

#include "webpage/bilingual.hpp"

namespace amayesh::detail {

/// Coordinates as the page reads them: whole steps of 1e-5°, the first as they are, every other as the difference from
/// the one before: [lon, lat, dlon, dlat, …].
Json encoded(std::span<const Point> degrees);
/// Of every polygon its rings, outer first; of every line its coordinates.
Json encoded(const MultiPolygon& degrees);
Json encoded(const MultiLine& degrees);

}  // namespace amayesh::detail
