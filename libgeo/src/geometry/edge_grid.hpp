#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Rings one after another, outer ones anticlockwise and holes clockwise: the shape on the left of every edge. Edge i
/// runs from vertex i to vertex i + 1; a ring's last vertex repeats its first and starts no edge.
struct DirectedRings {
    explicit DirectedRings(const MultiPolygon& shape);

    struct Range {
        std::uint32_t begin = 0;  ///< First vertex and edge.
        std::uint32_t end = 0;    ///< One past the last edge; the last vertex.
        [[nodiscard]] std::uint32_t size() const noexcept { return end - begin; }
    };
    std::vector<Point> vertices;
    std::vector<Range> rings;
    std::vector<std::uint32_t> ring_of;  ///< Of each vertex.
    Box box;

    [[nodiscard]] bool is_edge(std::uint32_t i) const noexcept { return i != rings[ring_of[i]].end; }
};

/// Edges of rings in a uniform grid, each in every cell that its box meets.
class EdgeGrid {
public:
    explicit EdgeGrid(const DirectedRings& rings);

    /// Visits the edges of the cells that the box meets, some of them more than once.
    template <class Visit>
    void for_each_edge(const Box& box, Visit visit) const {
        if (!m_box.intersects(box)) return;
        const std::size_t last_row = row_of(box.max_y), last_column = column_of(box.max_x);
        for (std::size_t row = row_of(box.min_y); row <= last_row; ++row)
            for (std::size_t i = m_begin[row * m_columns + column_of(box.min_x)];
                 i < m_begin[row * m_columns + last_column + 1]; ++i)
                visit(m_edges[i]);
    }

private:
    [[nodiscard]] std::size_t column_of(double x) const noexcept;
    [[nodiscard]] std::size_t row_of(double y) const noexcept;

    Box m_box;
    double m_cell = 1;
    std::size_t m_columns = 1;
    std::size_t m_rows = 1;
    std::vector<std::size_t> m_begin;  // of each cell, into m_edges; one more at the end
    std::vector<std::uint32_t> m_edges;
};

inline Box box_of_edge(const Point& a, const Point& b, double margin) noexcept {
    return {(a.x < b.x ? a.x : b.x) - margin, (a.y < b.y ? a.y : b.y) - margin, (a.x < b.x ? b.x : a.x) + margin,
            (a.y < b.y ? b.y : a.y) + margin};
}

}  // namespace amayesh::detail
