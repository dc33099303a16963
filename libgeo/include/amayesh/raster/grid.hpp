#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Affine place of a grid: the corner of the first cell and the steps to the next column and the next row. A map with north
/// up has `row_step.y` < 0 and `column_step.y` = `row_step.x` = 0.
struct GridPlacement {
    Point corner;
    Point column_step{1, 0};
    Point row_step{0, -1};

    [[nodiscard]] constexpr Point centre_of(std::size_t column, std::size_t row) const noexcept {
        const double c = static_cast<double>(column) + 0.5;
        const double r = static_cast<double>(row) + 0.5;
        return {corner.x + c * column_step.x + r * row_step.x, corner.y + c * column_step.y + r * row_step.y};
    }
};

/// One band of a raster as values; row by row, the first row first. `T`: float or double.
template <class T>
struct Grid {
    GridPlacement placement;
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<T> values;
    std::vector<std::uint8_t> is_nodata;  ///< One for each cell; empty = no cell is masked. NaN is never a value.

    [[nodiscard]] bool has_value(std::size_t cell) const noexcept {
        return !std::isnan(values[cell]) && (is_nodata.empty() || is_nodata[cell] == 0);
    }
};

/// Masks every cell that holds the declared nodata value, compared in the grid's own type: the lowest float survives being
/// declared as a double.
template <class T>
AMAYESH_EXPORT void mask_nodata(Grid<T>& grid, double declared);

/// A fill value that was not declared as one.
struct SuspiciousConstant {
    double value = 0;
    std::size_t cells = 0;
};

// Every fill value lies at or beyond one of these.
inline constexpr double highest_negative_fill = -9999;
inline constexpr double lowest_positive_fill = std::numeric_limits<float>::max();

namespace detail {
AMAYESH_EXPORT bool is_listed_fill_value(double value) noexcept;
}

/// Whether a number is known as a fill value (-9999, -99999, -32768, -2147483648, the extremes of float and double, the
/// infinities) rather than a measurement.
inline bool is_suspicious_constant(double value) noexcept {
    return (value <= highest_negative_fill || value >= lowest_positive_fill) && detail::is_listed_fill_value(value);
}

/// Fill values among the grid's values, by value; a warning is due for each.
template <class T>
AMAYESH_EXPORT std::vector<SuspiciousConstant> find_suspicious_constants(const Grid<T>& grid);

}  // namespace amayesh
