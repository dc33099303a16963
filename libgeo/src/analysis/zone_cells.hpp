#pragma once

#include <vector>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh::detail {

/// The cells of a grid whose centre a polygon holds, row by row; shape and grid in one CRS.
std::vector<GridCell> cells_held(const MultiPolygon& shape, const StudyGrid& grid);

}  // namespace amayesh::detail
