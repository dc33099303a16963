#include <amayesh/geometry/ring_area.hpp>
#include <amayesh/raster/cell_fractions.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/parallel.hpp>

#include "raster/border_cells.hpp"
#include "raster/cell_frame.hpp"

namespace amayesh {
namespace {

using detail::BorderCells;
using detail::BorderEdge;
using detail::CellFrame;

constexpr std::size_t polygons_per_chunk = 4;
constexpr std::size_t cells_of_a_band = std::size_t{1} << 15;  // 512 KiB of sums stay in the cache

struct GridSize {
    std::size_t width;
    std::size_t height;
};

/// A polygon's border in cells.
struct Outline {
    std::vector<BorderEdge> edges;
    Box box;
    double area = 0;
};

/// In one direction for the same two points, so that neighbours reckon their common border alike.
void add_edge(Point a, Point b, double sign, std::vector<BorderEdge>& edges) {
    if (a.y == b.y) return;
    if (b.y < a.y) {
        std::swap(a, b);
        sign = -sign;
    }
    edges.push_back({a, b, sign});
}

Ring to_cells(const Ring& ring, const CellFrame& frame) {
    Ring cells;
    cells.reserve(ring.size());
    for (const Point& p : ring) {
        const Point& at = cells.emplace_back(frame.to_cells(p));
        constexpr double most = std::numeric_limits<double>::max() / 4;  // two may be subtracted
        if (!(std::abs(at.x) < most && std::abs(at.y) < most))
            throw InvalidInput{fmt::format("a polygon's corner at ({}, {}) is not finite", p.x, p.y)};
    }
    return cells;
}

/// `side` is 1 for an outer ring and -1 for a hole.
void add_ring(const Ring& ring, double side, const CellFrame& frame, Outline& outline) {
    const Ring cells = to_cells(ring, frame);
    const double area = twice_signed_area(cells) / 2;
    const double sign = area < 0 ? side : -side;  // rows count downwards
    outline.area += side * std::abs(area);
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
        outline.box.add(cells[i]);
        add_edge(cells[i], cells[i + 1], sign, outline.edges);
    }
}

Outline outline_of(const MultiPolygon& shape, const CellFrame& frame) {
    Outline outline;
    for (const Polygon& part : shape.parts) {
        add_ring(part.outer, 1, frame, outline);
        for (const Ring& hole : part.holes) add_ring(hole, -1, frame, outline);
    }
    return outline;
}

/// Cells from the first that a range touches to that after the last, kept inside the grid.
std::pair<std::size_t, std::size_t> cells_between(double least, double most, std::size_t size) {
    const auto end = static_cast<double>(size);
    if (!(least < end && most > 0)) return {0, 0};
    return {static_cast<std::size_t>(std::max(std::floor(least), 0.0)),
            static_cast<std::size_t>(std::min(std::ceil(most), end))};
}

/// The edges of each band of rows, one band after the other.
struct BandedEdges {
    std::vector<std::size_t> starts;
    std::vector<std::size_t> edges;
};

struct Bands {
    std::size_t first_row;
    std::size_t end_row;
    std::size_t height;

    [[nodiscard]] std::size_t count() const { return (end_row - first_row + height - 1) / height; }
    [[nodiscard]] std::size_t first_of(std::size_t band) const { return first_row + band * height; }
    [[nodiscard]] std::size_t end_of(std::size_t band) const { return std::min(first_of(band) + height, end_row); }
    /// Bands that an edge touches.
    [[nodiscard]] std::pair<std::size_t, std::size_t> of(const BorderEdge& edge) const {
        const auto [first, end] = cells_between(edge.upper.y, edge.lower.y, end_row);
        if (end <= first_row) return {0, 0};
        return {(std::max(first, first_row) - first_row) / height, (end - first_row + height - 1) / height};
    }
};

BandedEdges banded(const std::vector<BorderEdge>& edges, const Bands& bands) {
    BandedEdges result;
    result.starts.assign(bands.count() + 2, 0);
    for (const BorderEdge& edge : edges) {
        const auto [first, end] = bands.of(edge);
        for (std::size_t band = first; band < end; ++band) ++result.starts[band + 2];
    }
    for (std::size_t i = 2; i < result.starts.size(); ++i) result.starts[i] += result.starts[i - 1];
    result.edges.resize(result.starts.back());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto [first, end] = bands.of(edges[i]);
        for (std::size_t band = first; band < end; ++band) result.edges[result.starts[band + 1]++] = i;
    }
    return result;
}

double covered_area(const CellFractions& fractions) {
    double area = 0;
    for (const CellRun& run : fractions.runs) area += run.fraction * static_cast<double>(run.end - run.column);
    return area;
}

bool is_within(const Box& box, const GridSize& size) {
    return box.min_x >= 0 && box.min_y >= 0 && box.max_x <= static_cast<double>(size.width) &&
           box.max_y <= static_cast<double>(size.height);
}

void add_runs(const Outline& outline, const GridSize& size, double rounding, BorderCells& cells,
              CellFractions& fractions) {
    const auto [first_row, end_row] = cells_between(outline.box.min_y, outline.box.max_y, size.height);
    const auto [first_column, end_column] = cells_between(outline.box.min_x, outline.box.max_x, size.width);
    if (end_row <= first_row || end_column <= first_column) return;
    const Bands bands{first_row, end_row, std::max<std::size_t>(1, cells_of_a_band / (end_column - first_column))};
    const BandedEdges edges = banded(outline.edges, bands);
    fractions.first_row = first_row;
    fractions.row_starts.reserve(end_row - first_row + 1);
    fractions.row_starts.push_back(0);
    for (std::size_t band = 0; band < bands.count(); ++band) {
        cells.reset(bands.first_of(band), bands.end_of(band), first_column, end_column);
        for (std::size_t i = edges.starts[band]; i < edges.starts[band + 1]; ++i)
            cells.add(outline.edges[edges.edges[i]]);
        for (std::size_t row = bands.first_of(band); row < bands.end_of(band); ++row) {
            cells.take_row(row, rounding, fractions.runs);
            fractions.row_starts.push_back(fractions.runs.size());
        }
    }
}

}  // namespace

std::vector<CellFractions> cell_fractions(const GridPlacement& placement, std::size_t width, std::size_t height,
                                          std::span<const MultiPolygon> polygons) {
    if (width > std::numeric_limits<std::uint32_t>::max())
        throw InvalidInput{fmt::format("a grid of {} columns is too wide", width)};
    const CellFrame frame{placement};
    const GridSize size{width, height};
    const double rounding = frame.rounding(width, height);
    std::vector<CellFractions> all(polygons.size());
    parallel_for(polygons.size(), polygons_per_chunk, [&](std::size_t begin, std::size_t end) {
        BorderCells cells;
        for (std::size_t i = begin; i < end; ++i) {
            const Outline outline = outline_of(polygons[i], frame);
            CellFractions& fractions = all[i];
            add_runs(outline, size, rounding, cells, fractions);
            fractions.area = outline.area;
            if (!outline.box.is_empty() && !is_within(outline.box, size))
                fractions.outside_area = std::max(0.0, outline.area - covered_area(fractions));
        }
    });
    return all;
}

}  // namespace amayesh
