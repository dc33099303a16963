#include "geometry/edge_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/ring_area.hpp>

namespace amayesh::detail {
namespace {

constexpr double cells_per_edge = 1;

std::size_t to_index(double cells, std::size_t count) noexcept {
    if (!(cells > 0)) return 0;
    return std::min(count - 1, static_cast<std::size_t>(std::min(cells, static_cast<double>(count))));
}

}  // namespace

DirectedRings::DirectedRings(const MultiPolygon& shape) {
    std::size_t count = 0;
    for (const Polygon& part : shape.parts) {
        count += part.outer.size();
        for (const Ring& hole : part.holes) count += hole.size();
    }
    if (count > std::numeric_limits<std::uint32_t>::max())
        throw InvalidInput{"more than 4,294,967,295 vertices in one shape"};
    vertices.reserve(count);
    ring_of.reserve(count);
    const auto add = [this](const Ring& ring, bool anticlockwise) {
        if (ring.empty()) return;
        const auto begin = static_cast<std::uint32_t>(vertices.size());
        if ((twice_signed_area(ring) > 0) == anticlockwise)
            vertices.insert(vertices.end(), ring.begin(), ring.end());
        else
            vertices.insert(vertices.end(), ring.rbegin(), ring.rend());
        ring_of.resize(vertices.size(), static_cast<std::uint32_t>(rings.size()));
        rings.push_back({begin, static_cast<std::uint32_t>(vertices.size() - 1)});
    };
    for (const Polygon& part : shape.parts) {
        add(part.outer, true);
        for (const Point& p : part.outer) box.add(p);
        for (const Ring& hole : part.holes) add(hole, false);
    }
}

EdgeGrid::EdgeGrid(const DirectedRings& rings) : m_box{rings.box} {
    const auto edges = static_cast<double>(rings.vertices.size() - rings.rings.size());
    const double width = m_box.max_x - m_box.min_x, height = m_box.max_y - m_box.min_y;
    if (edges > 0 && width > 0 && height > 0) {
        m_cell = std::max({std::sqrt(width / (cells_per_edge * edges) * height), width / edges, height / edges});
        m_columns = static_cast<std::size_t>(width / m_cell) + 1;
        m_rows = static_cast<std::size_t>(height / m_cell) + 1;
    }
    m_begin.assign(m_columns * m_rows + 2, 0);  // counted two places ahead, so that filling leaves the begins in place
    const auto for_each_entry = [&](auto&& visit) {
        for (const auto& ring : rings.rings)
            for (std::uint32_t i = ring.begin; i < ring.end; ++i) {
                const Box box = box_of_edge(rings.vertices[i], rings.vertices[i + 1], 0);
                const std::size_t last_row = row_of(box.max_y), last_column = column_of(box.max_x);
                for (std::size_t row = row_of(box.min_y); row <= last_row; ++row)
                    for (std::size_t column = column_of(box.min_x); column <= last_column; ++column)
                        visit(row * m_columns + column, i);
            }
    };
    for_each_entry([&](std::size_t cell, std::uint32_t) { ++m_begin[cell + 2]; });
    for (std::size_t i = 2; i < m_begin.size(); ++i) m_begin[i] += m_begin[i - 1];
    m_edges.resize(m_begin.back());
    for_each_entry([&](std::size_t cell, std::uint32_t edge) { m_edges[m_begin[cell + 1]++] = edge; });
}

std::size_t EdgeGrid::column_of(double x) const noexcept { return to_index((x - m_box.min_x) / m_cell, m_columns); }
std::size_t EdgeGrid::row_of(double y) const noexcept { return to_index((y - m_box.min_y) / m_cell, m_rows); }

}  // namespace amayesh::detail
