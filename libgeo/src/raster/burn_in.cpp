#include "raster/burn_in.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr double farthest_cell = 1e15;  ///< Farther out doubles no longer tell cells apart.

/// Cells of `row` between two columns in either order, as far as they lie in the grid.
void visit_between(const StudyGrid& grid, std::size_t row, double from, double to, const VisitRun& visit) {
    const double first = std::floor(std::min(from, to));
    const double last = std::floor(std::max(from, to));
    const double end = static_cast<double>(grid.width);
    if (last < 0 || first >= end) return;
    visit({row, static_cast<std::size_t>(std::max(first, 0.0)), static_cast<std::size_t>(std::min(last, end - 1))});
}

struct Crossing {
    std::size_t row;
    double column;
    friend bool operator<(const Crossing& a, const Crossing& b) {
        return std::pair{a.row, a.column} < std::pair{b.row, b.column};
    }
};

std::size_t clamped(double cells, std::size_t most) {
    if (!(cells > 0)) return 0;
    return cells >= static_cast<double>(most) ? most : static_cast<std::size_t>(cells);
}

/// Number of centres before `place`.
std::size_t centres_before(double place, std::size_t most) { return clamped(std::ceil(place - 0.5), most); }

/// Where a ring crosses the rows of centres; each edge reckoned downwards, so that either direction gives the same.
void add_crossings(const StudyGrid& grid, const Ring& ring, std::vector<Crossing>& crossings) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        Point a = to_cells(grid, ring[i]);
        Point b = to_cells(grid, ring[i + 1]);
        if (b.y < a.y) std::swap(a, b);
        const std::size_t end = centres_before(b.y, grid.height);
        for (std::size_t row = centres_before(a.y, grid.height); row < end; ++row)
            crossings.push_back({row, a.x + (b.x - a.x) * ((static_cast<double>(row) + 0.5 - a.y) / (b.y - a.y))});
    }
}

}  // namespace

Point to_cells(const StudyGrid& grid, const Point& vertex) {
    const Point place{(vertex.x - grid.corner.x) / grid.cell_m, (grid.corner.y - vertex.y) / grid.cell_m};
    if (!(std::abs(place.x) < farthest_cell && std::abs(place.y) < farthest_cell))
        throw InvalidInput(fmt::format("the vertex ({}, {}) is no place on the earth", vertex.x, vertex.y));
    return place;
}

void visit_cells_of_edge(const StudyGrid& grid, const Point& from, const Point& to, const VisitRun& visit) {
    const Point& a = from.y <= to.y ? from : to;
    const Point& b = from.y <= to.y ? to : from;
    const double last_row = std::min(std::floor(b.y), static_cast<double>(grid.height) - 1);
    const double first_row = std::max(std::floor(a.y), 0.0);
    const double slope = (b.x - a.x) / (b.y - a.y);
    const auto column_at = [&](double y) {
        if (y <= a.y) return a.x;
        if (y >= b.y) return b.x;
        return std::clamp(a.x + (y - a.y) * slope, std::min(a.x, b.x), std::max(a.x, b.x));
    };
    if (!(first_row <= last_row)) return;
    double enter = column_at(first_row);
    for (double row = first_row; row <= last_row; ++row) {
        const double leave = column_at(row + 1);
        visit_between(grid, static_cast<std::size_t>(row), enter, leave, visit);
        enter = leave;
    }
}

void visit_cells_of_line(const StudyGrid& grid, const LineString& line, const VisitRun& visit) {
    if (line.empty()) return;
    Point previous = to_cells(grid, line.front());
    if (line.size() == 1) visit_cells_of_edge(grid, previous, previous, visit);
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Point next = to_cells(grid, line[i]);
        visit_cells_of_edge(grid, previous, next, visit);
        previous = next;
    }
}

void visit_cells_inside(const StudyGrid& grid, const Polygon& polygon, const VisitRun& visit) {
    std::vector<Crossing> crossings;
    add_crossings(grid, polygon.outer, crossings);
    for (const Ring& hole : polygon.holes) add_crossings(grid, hole, crossings);
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const std::size_t first = centres_before(crossings[i].column, grid.width);
        const std::size_t end = centres_before(crossings[i + 1].column, grid.width);
        if (first < end) visit({crossings[i].row, first, end - 1});
    }
}

}  // namespace amayesh::detail
