#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh {

/// The cells within a limit, as an area.
struct Isochrone {
    TravelTime limit{};
    MultiPolygon
        area;  ///< Along the edges of cells, in the grid's CRS; holes where cells take longer. None = no parts.
    std::uint64_t cells = 0;  ///< That are within the limit.
    SquareMetres size{0};     ///< Of the area, exactly: the cells times that of one, in the grid's CRS.
};

/// Areas within each limit, one for each, each within the next: every cell whose time is at most the limit, in whole
/// milliseconds (`to_travel_time`). `read_row(row, minutes)` fills a row, the upper one first, each once; NaN, infinite or
/// from 10⁹ minutes on = not reached. Limits must rise.
///
/// The borders are the stairs of the cells: they say no less and no more than the surface does, and are valid in the OGC
/// sense (cells that touch at a corner alone are two parts, or leave a hole that touches the border there). They may be
/// smoothed where they are drawn; people are counted by times, never by these areas.
/// Result:  parts and holes in the order of their vertices, each ring from its least vertex, outer ones clockwise.
/// Cost:    O(cells + corners log corners) a limit; memory for the corners of the borders and one row, not for cells.
/// Throws:  InvalidInput where limits do not rise, cells have no size, or an outline has over 4 billion corners; what
///          `progress` throws, to cancel.
AMAYESH_EXPORT std::vector<Isochrone> isochrones(
    const StudyGrid& grid, const std::function<void(std::size_t row, std::span<float> minutes)>& read_row,
    std::span<const TravelTime> limits, const Progress& progress = {});

}  // namespace amayesh
