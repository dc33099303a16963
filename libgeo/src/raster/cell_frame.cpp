#include "raster/cell_frame.hpp"

#include <algorithm>
#include <cmath>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr double roundings_of_a_place = 0x1p-50;  // some four operations, each within 2⁻⁵³ of the larger number
constexpr double most_rounding = 1e-6;            // a grid that far from its origin has no more digits to offer

}  // namespace

CellFrame::CellFrame(const GridPlacement& placement) : m_corner{placement.corner} {
    const auto& [corner, column, row] = placement;
    const double determinant = column.x * row.y - column.y * row.x;
    if (!std::isfinite(corner.x + corner.y) || !std::isfinite(determinant) || determinant == 0)
        throw InvalidInput{"the grid's cells have no area: is its geotransform right?"};
    m_column = {row.y / determinant, -row.x / determinant};
    m_row = {-column.y / determinant, column.x / determinant};
}

double CellFrame::rounding(std::size_t width, std::size_t height) const noexcept {
    const Point origin = to_cells({0, 0});
    const double farthest =
        static_cast<double>(std::max(width, height)) + std::max(std::abs(origin.x), std::abs(origin.y));
    return std::min(most_rounding, farthest * roundings_of_a_place);
}

}  // namespace amayesh::detail
