#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh {

/// Column and row of a cell, counted from the upper left.
struct GridCell {
    std::size_t column = 0;
    std::size_t row = 0;
    friend constexpr bool operator==(const GridCell&, const GridCell&) = default;
};

/// Square cells with north up, in a projected CRS in metres: what surfaces of a study are computed on.
struct StudyGrid {
    Point corner{};     ///< Upper left of the first cell.
    double cell_m = 0;  ///< Side of a cell.
    std::size_t width = 0;
    std::size_t height = 0;

    [[nodiscard]] GridPlacement placement() const noexcept { return {corner, {cell_m, 0}, {0, -cell_m}}; }
    [[nodiscard]] Point centre_of(GridCell cell) const noexcept {
        return {corner.x + (static_cast<double>(cell.column) + 0.5) * cell_m,
                corner.y - (static_cast<double>(cell.row) + 0.5) * cell_m};
    }
    /// The cell that a place lies in; nothing outside the grid. A place on a line between cells is of the right or lower one.
    [[nodiscard]] std::optional<GridCell> cell_of(Point place) const noexcept {
        const double column = std::floor((place.x - corner.x) / cell_m);
        const double row = std::floor((corner.y - place.y) / cell_m);
        if (!(column >= 0 && row >= 0 && column < static_cast<double>(width) && row < static_cast<double>(height)))
            return std::nullopt;
        return GridCell{static_cast<std::size_t>(column), static_cast<std::size_t>(row)};
    }
};

/// More cells than this are a mistake in the cell size, or a country in metres: a surface takes some 20 bytes a cell.
inline constexpr std::uint64_t most_study_cells = 1'000'000'000;

/// Whether a grid can be worked on, before memory is taken for it.
/// Throws: InvalidInput for no cells, a cell size that is not above 0, a corner that is not finite, or more than
///         `most_study_cells`: the message says how many and from which cell size on they would fit.
AMAYESH_EXPORT void check_study_grid(const StudyGrid& grid);

}  // namespace amayesh
