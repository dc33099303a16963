#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/raster/friction_surface.hpp>
#include <amayesh/raster/grid_blocks.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh {

/// What the values of a grid are, and so how they are brought to other cells.
enum class GridMeaning : std::uint8_t { classes, elevation, friction };

/// What a study's cell takes from a grid whose cells (here: pixels) lie otherwise.
enum class ResamplingMethod : std::uint8_t {
    nearest,   ///< The pixel that its centre lies in.
    bilinear,  ///< Between the four pixels around its centre, of those with a value.
    average,   ///< Mean of the pixels whose centres lie in it.
    mode       ///< The commonest value of the pixels whose centres lie in it; of several the lowest.
};
AMAYESH_EXPORT std::string_view to_string(ResamplingMethod method) noexcept;

/// Values that a grid may hold; others are taken for a mistake. Infinite values are always plausible frictions: impassable.
struct PlausibleValues {
    float least = -std::numeric_limits<float>::infinity();
    float most = std::numeric_limits<float>::infinity();
    std::string described{};  ///< Said of them where others are refused: "0.00006 to 60 min/m".
};

/// A grid in any CRS, any way up, brought to the cells of a study grid, row by row.
///
/// Method:   classes: mode, elevation and friction: average, where a cell is at least two pixels wide; otherwise classes and
///           friction: nearest, elevation: bilinear. A cell without a pixel's centre takes the nearest.
/// No value: outside the grid. Of classes and friction also where more than half of a cell's pixels have none, so that
///           what cannot be passed neither grows nor shrinks; barriers narrower than a cell are lost: give them as lines.
/// Accuracy: places within 0.1 pixel of PROJ's: interpolated over 64 cells where that is as good, else one by one.
/// Cost:     O(cells + pixels under them) time; up to 128 MB of blocks. The same values whatever rows are asked for.
class AMAYESH_EXPORT ResampledGrid {
public:
    /// Borrows `source`.
    /// Throws: InvalidInput for a grid that `check_study_grid` refuses, pixels without an area, or where `source` lies
    ///         nowhere in the grid; CrsError for a grid that is not in metres or where no way leads between the two CRS.
    ResampledGrid(const GridBlocks& source, const Crs& source_crs, GridMeaning meaning, const StudyGrid& grid,
                  const Crs& grid_crs, const PlausibleValues& plausible = {});
    ~ResampledGrid();
    ResampledGrid(ResampledGrid&&) noexcept;
    ResampledGrid& operator=(ResampledGrid&&) noexcept;

    [[nodiscard]] ResamplingMethod method() const noexcept;
    /// The longer side of the pixel at the study grid's centre, on the ground.
    [[nodiscard]] Metres pixel_size() const noexcept;

    /// Fills `values` with `values.size() / width` rows from `first_row` on; NaN = no value. From one thread at a time.
    /// Throws: InvalidInput for an elevation or a friction that is a usual fill value and not declared as one (−9999 …) or
    ///         is not plausible, with its place; what `source` throws.
    void read(std::size_t first_row, std::span<float> values) const;
    [[nodiscard]] GridRows rows() const;  ///< `read`; lives as long as this, moved or not.

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace amayesh
