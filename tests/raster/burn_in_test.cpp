#include "raster/burn_in.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <amayesh/core/error.hpp>

using namespace amayesh;

namespace {

using Cells = std::set<std::pair<std::size_t, std::size_t>>;  ///< Row, column.

constexpr StudyGrid grid{.corner = {1000, 5000}, .cell_m = 10, .width = 17, .height = 13};

Cells cells_of(const LineString& line) {
    Cells cells;
    detail::visit_cells_of_line(grid, line, [&](const detail::RowRun& run) {
        for (std::size_t c = run.first_column; c <= run.last_column; ++c) cells.emplace(run.row, c);
    });
    return cells;
}

Cells cells_inside(const Polygon& polygon) {
    Cells cells;
    detail::visit_cells_inside(grid, polygon, [&](const detail::RowRun& run) {
        for (std::size_t c = run.first_column; c <= run.last_column; ++c) cells.emplace(run.row, c);
    });
    return cells;
}

/// A place given in cells from the upper left corner.
Point at(double column, double row) { return {1000 + 10 * column, 5000 - 10 * row}; }

/// Whether a segment and a rectangle grown by `margin` share a place: cut to each of its four sides in turn.
bool touches(Point a, Point b, std::size_t row, std::size_t column, double margin) {
    const double left = 1000 + 10 * static_cast<double>(column);
    const double top = 5000 - 10 * static_cast<double>(row);
    const Box box{left - margin, top - 10 - margin, left + 10 + margin, top + margin};
    double from = 0;
    double to = 1;
    const auto cut = [&](double start, double step, double low, double high) {
        if (step == 0) {
            if (start < low || start > high) to = -1;
            return;
        }
        const double one = (low - start) / step;
        const double other = (high - start) / step;
        from = std::max(from, std::min(one, other));
        to = std::min(to, std::max(one, other));
    };
    cut(a.x, b.x - a.x, box.min_x, box.max_x);
    cut(a.y, b.y - a.y, box.min_y, box.max_y);
    return from <= to;
}

/// Every cell that the line is certainly in is among `cells`, and every one among them touches it.
void check_against_rectangles(const LineString& line, const Cells& cells) {
    constexpr double rounding_m = 1e-7;
    for (std::size_t row = 0; row < grid.height; ++row)
        for (std::size_t column = 0; column < grid.width; ++column) {
            bool is_inside = false;
            bool is_near = false;
            for (std::size_t i = 0; i + 1 < line.size(); ++i) {
                is_inside = is_inside || touches(line[i], line[i + 1], row, column, -rounding_m);
                is_near = is_near || touches(line[i], line[i + 1], row, column, rounding_m);
            }
            CAPTURE(row, column);
            if (is_inside) CHECK(cells.count({row, column}) == 1);
            if (!is_near) CHECK(cells.count({row, column}) == 0);
        }
}

/// Whether cells hang together edge to edge.
bool is_connected(const Cells& cells) {
    if (cells.empty()) return true;
    Cells left = cells;
    std::vector<std::pair<std::size_t, std::size_t>> open{*left.begin()};
    left.erase(left.begin());
    while (!open.empty()) {
        const auto [row, column] = open.back();
        open.pop_back();
        for (const auto& next : {std::pair{row + 1, column}, std::pair{row - 1, column}, std::pair{row, column + 1},
                                 std::pair{row, column - 1}})
            if (left.erase(next) != 0) open.push_back(next);
    }
    return left.empty();
}

}  // namespace

TEST_CASE("A line is burnt into every cell that it passes through", "[raster][burn_in][property]") {
    std::mt19937 random(5);
    for (int round = 0; round < 2000; ++round) {
        // Halves: corners and edges of cells are hit often; a third of the lines leave the grid and come back.
        const bool is_round = round % 2 == 0;
        const double beyond = round % 3 == 0 ? 12 : 0;
        std::uniform_real_distribution<double> column(-beyond, 17 + beyond);
        std::uniform_real_distribution<double> row(-beyond, 13 + beyond);
        LineString line;
        for (int i = 0; i < 2 + round % 4; ++i) {
            const Point cell{column(random), row(random)};
            line.push_back(is_round ? at(std::floor(cell.x * 2) / 2, std::floor(cell.y * 2) / 2) : at(cell.x, cell.y));
        }
        CAPTURE(round);
        const Cells cells = cells_of(line);
        check_against_rectangles(line, cells);
        if (beyond == 0) CHECK(is_connected(cells));
        LineString back(line.rbegin(), line.rend());
        CHECK(cells_of(back) == cells);
    }
}

TEST_CASE("Lines through corners and along the edges of cells are one cell wide and hang together",
          "[raster][burn_in]") {
    // Through corners: one cell beside each of them joins the two that only touch.
    CHECK(cells_of({at(0.5, 0.5), at(2.5, 2.5)}) == Cells{{0, 0}, {0, 1}, {1, 1}, {1, 2}, {2, 2}});
    CHECK(cells_of({at(2.5, 0.5), at(0.5, 2.5)}) == Cells{{0, 2}, {1, 2}, {1, 1}, {2, 1}, {2, 0}});
    // Along an edge: the right or the lower of its cells.
    CHECK(cells_of({at(3, 1.5), at(3, 3.5)}) == Cells{{1, 3}, {2, 3}, {3, 3}});
    CHECK(cells_of({at(1.5, 3), at(3.5, 3)}) == Cells{{3, 1}, {3, 2}, {3, 3}});
    CHECK(cells_of({at(4, 4)}) == Cells{{4, 4}});
    CHECK(cells_of({at(4.2, 4.3), at(4.2, 4.3)}) == Cells{{4, 4}});
    CHECK(cells_of({}).empty());
}

TEST_CASE("What lies outside the grid is left out", "[raster][burn_in]") {
    CHECK(cells_of({at(-5, 3), at(-1, 9)}).empty());
    CHECK(cells_of({at(5, -3), at(9, -1)}).empty());
    CHECK(cells_of({at(17, 3), at(30, 3)}).empty());
    CHECK(cells_of({at(-1e9, 2.5), at(1e9, 2.5)}).size() == 17);
    CHECK(cells_of({at(2.5, -1e9), at(2.5, 1e9)}).size() == 13);
    CHECK_THROWS_AS(cells_of({at(0, 0), {std::nan(""), 3}}), InvalidInput);
    CHECK_THROWS_AS(cells_of({at(0, 0), {1, std::numeric_limits<double>::infinity()}}), InvalidInput);
    CHECK_THROWS_AS(cells_of({at(0, 0), {1e300, 1e300}}), InvalidInput);
}

TEST_CASE("A polygon holds the cells whose centres lie inside", "[raster][burn_in]") {
    const auto square = [](double left, double top, double right, double bottom) {
        return Ring{at(left, top), at(right, top), at(right, bottom), at(left, bottom), at(left, top)};
    };
    CHECK(cells_inside({square(1, 1, 3, 2), {}}) == Cells{{1, 1}, {1, 2}});
    CHECK(cells_inside({square(1.6, 1.6, 2.4, 2.4), {}}).empty());  // smaller than a cell, between the centres
    CHECK(cells_inside({square(0, 0, 3, 3), {square(1, 1, 2, 2)}}).size() == 8);
    CHECK(cells_inside({square(-100, -100, 100, 100), {}}).size() == 17 * 13);
    CHECK(cells_inside({square(-9, 3, -2, 5), {}}).empty());
    CHECK(cells_inside({{}, {}}).empty());
}
