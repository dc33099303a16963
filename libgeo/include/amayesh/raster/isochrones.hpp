#pragma once

#include <functional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/travel_time.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh {

/// The cells within a limit, as an area.
struct Isochrone {
    TravelTime limit{};
    MultiPolygon area;  ///< Along the edges of cells, in the grid's CRS; holes where cells take longer.
};

/// Areas within each limit, one for each, each within the next: every cell whose time is at most the limit.
/// `read_row(row, minutes)` fills a row; NaN or infinite = not reached. Limits rising.
AMAYESH_EXPORT std::vector<Isochrone> isochrones(
    const StudyGrid& grid, const std::function<void(std::size_t row, std::span<float> minutes)>& read_row,
    std::span<const TravelTime> limits);

}  // namespace amayesh
