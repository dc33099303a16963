#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <amayesh/crs/crs.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/grid_blocks.hpp>
#include <amayesh/raster/study_grid.hpp>

#include "raster/cell_frame.hpp"

namespace amayesh::detail {

/// Where the cells of a study grid lie in another grid, in its columns and rows (pixel 0, 0 reaches from 0 to 1).
class PixelPlaces {
public:
    static constexpr std::size_t tile_side = 64;  ///< Cells of a tile across and down.

    /// Throws: CrsError where no way leads between the two CRS; InvalidInput for pixels without an area.
    PixelPlaces(const GridLayout& source, const Crs& source_crs, const StudyGrid& grid, const Crs& grid_crs);

    /// The place `column`, `row` cells from the study grid's upper left corner.
    [[nodiscard]] Point place_of(double column, double row) const;
    /// The corners of the cells in some rows of a tile, row by row: (width + 1) × (rows + 1) of them. Tiles at the right and
    /// the lower edge are smaller. Interpolated between the tile's own corners where that is right to `tolerance` pixels,
    /// else each by itself, whatever the rows.
    void corners_in_tile(const GridWindow& tile, const GridWindow& rows, std::span<Point> corners) const;
    static constexpr double tolerance = 0.05;

    /// Columns of the other grid that go once around the earth; nothing where it is not in degrees.
    [[nodiscard]] std::optional<double> columns_around() const noexcept { return m_columns_around; }

private:
    [[nodiscard]] Point on_grid(double column, double row) const noexcept;
    void to_pixels(std::span<Point> places) const;

    StudyGrid m_grid;
    CellFrame m_frame;
    Transform m_transform;
    std::optional<double> m_columns_around;
    double m_middle_longitude = 0;  ///< Places lie within 180° of it.
    double m_turn = 0;              ///< Whole turns from there to the other grid, in degrees.
};

}  // namespace amayesh::detail
