#include <amayesh/raster/zonal_sum.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

namespace amayesh {
namespace {

constexpr std::size_t polygons_per_chunk = 4;

/// From coordinates to columns and rows, where cell (0, 0) reaches from 0 to 1.
class CellFrame {
public:
    explicit CellFrame(const GridPlacement& placement) : m_placement{placement} {
        const auto& [corner, column, row] = placement;
        const double determinant = column.x * row.y - column.y * row.x;
        if (!std::isfinite(corner.x + corner.y) || !std::isfinite(determinant) || determinant == 0)
            throw InvalidInput{"the grid's cells have no area: is its geotransform right?"};
        m_column = {row.y / determinant, -row.x / determinant};
        m_row = {-column.y / determinant, column.x / determinant};
    }
    [[nodiscard]] Point to_cells(const Point& p) const {
        const double x = p.x - m_placement.corner.x;
        const double y = p.y - m_placement.corner.y;
        return {x * m_column.x + y * m_column.y, x * m_row.x + y * m_row.y};
    }

private:
    GridPlacement m_placement;
    Point m_column;
    Point m_row;
};

/// A number of cells, kept inside the grid.
std::size_t clamped(double cells, std::size_t most) {
    if (!(cells > 0)) return 0;
    return cells >= static_cast<double>(most) ? most : static_cast<std::size_t>(cells);
}

/// The first cell whose centre is not before `x`.
std::size_t first_centre_from(double x, std::size_t most) { return clamped(std::ceil(x - 0.5), most); }

struct Crossing {
    std::size_t row;
    double column;
    friend bool operator<(const Crossing& a, const Crossing& b) {
        return std::pair{a.row, a.column} < std::pair{b.row, b.column};
    }
};

/// Where an edge crosses the rows of centres; reckoned upwards, so that either direction gives the same numbers.
void add_crossings(Point a, Point b, std::size_t height, std::vector<Crossing>& crossings) {
    if (b.y < a.y) std::swap(a, b);
    const std::size_t end = first_centre_from(b.y, height);
    for (std::size_t row = first_centre_from(a.y, height); row < end; ++row)
        crossings.push_back({row, a.x + (b.x - a.x) * ((static_cast<double>(row) + 0.5 - a.y) / (b.y - a.y))});
}

/// A shape's border in cells.
struct Outline {
    std::vector<Crossing> crossings;
    Box box;
};

Outline outline_of(const MultiPolygon& shape, const CellFrame& frame, std::size_t height) {
    Outline outline;
    const auto take = [&](const Ring& ring) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const Point a = frame.to_cells(ring[i]);
            const Point b = frame.to_cells(ring[i + 1]);
            if (!std::isfinite(a.x + a.y + b.x + b.y))
                throw InvalidInput{fmt::format("a polygon's edge from ({}, {}) is not finite", ring[i].x, ring[i].y)};
            outline.box.add(a);
            add_crossings(a, b, height, outline.crossings);
        }
    };
    for (const Polygon& part : shape.parts) {
        take(part.outer);
        for (const Ring& hole : part.holes) take(hole);
    }
    std::sort(outline.crossings.begin(), outline.crossings.end());
    return outline;
}

double share_outside(const Box& box, std::size_t width, std::size_t height) {
    const double area = (box.max_x - box.min_x) * (box.max_y - box.min_y);
    if (box.is_empty() || !(area > 0)) return 0;
    const double x = std::min(box.max_x, static_cast<double>(width)) - std::max(box.min_x, 0.0);
    const double y = std::min(box.max_y, static_cast<double>(height)) - std::max(box.min_y, 0.0);
    return x > 0 && y > 0 ? std::max(0.0, 1 - x * y / area) : 1;
}

template <class T>
void add_cell(const Grid<T>& grid, std::size_t cell, ZonalSum& zone) {
    if (!grid.has_value(cell)) {
        ++zone.nodata_cells;
    } else if (const auto value = static_cast<double>(grid.values[cell]); is_suspicious_constant(value)) {
        ++zone.suspicious_cells;
    } else {
        zone.sum += value;
        ++zone.cells;
    }
}

template <class T>
ZonalSum sum_inside(const Grid<T>& grid, const MultiPolygon& shape, const CellFrame& frame) {
    const Outline outline = outline_of(shape, frame, grid.height);
    ZonalSum zone;
    zone.outside_share = share_outside(outline.box, grid.width, grid.height);
    for (std::size_t i = 0; i + 1 < outline.crossings.size(); i += 2) {
        const Crossing& enter = outline.crossings[i];
        const std::size_t end = first_centre_from(outline.crossings[i + 1].column, grid.width);
        for (std::size_t column = first_centre_from(enter.column, grid.width); column < end; ++column)
            add_cell(grid, enter.row * grid.width + column, zone);
    }
    return zone;
}

}  // namespace

template <class T>
std::vector<ZonalSum> zonal_sum(const Grid<T>& grid, std::span<const MultiPolygon> polygons) {
    if (grid.values.size() != grid.width * grid.height ||
        (!grid.is_nodata.empty() && grid.is_nodata.size() != grid.values.size()))
        throw InvalidInput{fmt::format("a grid of {} × {} cells has {} values and {} mask entries", grid.width,
                                       grid.height, grid.values.size(), grid.is_nodata.size())};
    const CellFrame frame{grid.placement};
    std::vector<ZonalSum> zones(polygons.size());
    parallel_for(polygons.size(), polygons_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) zones[i] = sum_inside(grid, polygons[i], frame);
    });
    return zones;
}

template AMAYESH_EXPORT std::vector<ZonalSum> zonal_sum(const Grid<float>&, std::span<const MultiPolygon>);
template AMAYESH_EXPORT std::vector<ZonalSum> zonal_sum(const Grid<double>&, std::span<const MultiPolygon>);

}  // namespace amayesh
