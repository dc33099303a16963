#include <amayesh/raster/study_grid.hpp>

#include <cmath>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh {

void check_study_grid(const StudyGrid& grid) {
    if (grid.width == 0 || grid.height == 0) throw InvalidInput("the grid has no cells");
    if (!(grid.cell_m > 0) || !std::isfinite(grid.cell_m))
        throw InvalidInput(fmt::format("cells of {} m cannot be worked with: their side is above 0", grid.cell_m));
    if (!std::isfinite(grid.corner.x) || !std::isfinite(grid.corner.y))
        throw InvalidInput(fmt::format("the grid's corner ({}, {}) is no place", grid.corner.x, grid.corner.y));
    const double cells = static_cast<double>(grid.width) * static_cast<double>(grid.height);
    if (cells <= static_cast<double>(most_study_cells)) return;
    const double least_cell_m = grid.cell_m * std::sqrt(cells / static_cast<double>(most_study_cells));
    throw InvalidInput(fmt::format(
        "a grid of {} × {} cells of {:g} m has {:.3g} cells, at most {:.3g} can be worked with; take cells "
        "of at least {:g} m, or a smaller area",
        grid.width, grid.height, grid.cell_m, cells, static_cast<double>(most_study_cells), std::ceil(least_cell_m)));
}

}  // namespace amayesh
