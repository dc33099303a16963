#include "analysis/zone_cells.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace amayesh::detail {

namespace {

/// Where a ring crosses the line through a row's centres.
void add_crossings(const Ring& ring, double y, std::vector<double>& crossings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point& a = ring[i - 1];
        const Point& b = ring[i];
        if ((a.y > y) == (b.y > y)) continue;
        crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
}

/// The number of a column or row, kept within 0 … count.
std::size_t clamped(double position, std::size_t count) {
    return static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(count)));
}

}  // namespace

std::vector<GridCell> cells_held(const MultiPolygon& shape, const StudyGrid& grid) {
    std::vector<GridCell> cells;
    const Box box = bounds(shape);
    if (box.is_empty()) return cells;
    const std::size_t first_row = clamped(std::floor((grid.corner.y - box.max_y) / grid.cell_m), grid.height);
    const std::size_t end_row = clamped(std::ceil((grid.corner.y - box.min_y) / grid.cell_m), grid.height);
    std::vector<double> crossings;
    for (std::size_t row = first_row; row < end_row; ++row) {
        const double y = grid.centre_of({0, row}).y;
        crossings.clear();
        for (const Polygon& part : shape.parts) {
            add_crossings(part.outer, y, crossings);
            for (const Ring& hole : part.holes) add_crossings(hole, y, crossings);
        }
        std::ranges::sort(crossings);
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const std::size_t first =
                clamped(std::ceil((crossings[i] - grid.corner.x) / grid.cell_m - 0.5), grid.width);
            const std::size_t end =
                clamped(std::ceil((crossings[i + 1] - grid.corner.x) / grid.cell_m - 0.5), grid.width);
            for (std::size_t column = first; column < end; ++column) cells.push_back({column, row});
        }
    }
    return cells;
}

}  // namespace amayesh::detail
