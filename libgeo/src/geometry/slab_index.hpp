#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

enum class PlaceInShape : std::uint8_t { outside, border, inside };

/// Edges of many shapes, each shape's in horizontal slabs, for deciding on which side of a shape a point lies.
/// Holds its own copy of the vertices. Rings left open are closed.
class SlabIndex {
public:
    /// `margin`: edges are found from this far above or below them.
    explicit SlabIndex(std::span<const MultiPolygon> shapes, double margin = 0);

    [[nodiscard]] std::size_t size() const noexcept { return m_shapes.size(); }
    [[nodiscard]] const Box& box(std::size_t shape) const noexcept { return m_shapes[shape].box; }

    /// Crossing number; exact for finite coordinates.
    [[nodiscard]] PlaceInShape place_of(std::size_t shape, const Point& p) const noexcept;
    /// Whether an edge lies within `bound`, which is at most the margin.
    [[nodiscard]] bool is_near_border(std::size_t shape, const Point& p, double bound) const noexcept;

    /// Edges by number: a shape's are those of `edges_of`, except where a ring ends.
    struct EdgeRange {
        std::uint32_t begin;
        std::uint32_t end;
    };
    [[nodiscard]] EdgeRange edges_of(std::size_t shape) const noexcept {
        return {m_first_edges[shape], m_first_edges[shape + 1]};
    }
    [[nodiscard]] std::size_t vertex_count() const noexcept { return m_vertices.size(); }
    [[nodiscard]] bool is_edge(std::uint32_t i) const noexcept { return !m_ends_ring[i]; }
    [[nodiscard]] const Point& start(std::uint32_t edge) const noexcept { return m_vertices[edge]; }
    [[nodiscard]] const Point& end(std::uint32_t edge) const noexcept { return m_vertices[edge + 1]; }

    /// Visits every edge of the shape that meets the rows `low` to `high`, some of them and others more than once,
    /// until `visit(edge)` returns true; whether it did.
    template <class Visit>
    bool any_edge_between(std::size_t shape, double low, double high, Visit visit) const {
        const Slabs& slabs = m_shapes[shape];
        const std::size_t last = slabs.first_slab + slab_of(slabs, high);
        for (std::size_t slab = slabs.first_slab + slab_of(slabs, low); slab <= last; ++slab)
            for (std::uint32_t i = m_slab_begin[slab]; i < m_slab_begin[slab + 1]; ++i)
                if (visit(m_edges[i])) return true;
        return false;
    }

private:
    struct Slabs {
        Box box;
        double slabs_per_unit = 0;
        std::size_t first_slab = 0;
        std::size_t slab_count = 0;
    };

    void copy_vertices(std::span<const MultiPolygon> shapes);
    void fill_slabs(double margin);
    [[nodiscard]] std::size_t slab_of(const Slabs& shape, double y) const noexcept;
    [[nodiscard]] std::span<const std::uint32_t> edges_at(const Slabs& shape, double y) const noexcept;

    std::vector<Slabs> m_shapes;
    std::vector<Point> m_vertices;             // edge i runs from vertex i to vertex i + 1
    std::vector<std::uint32_t> m_first_edges;  // of each shape; one more at the end
    std::vector<bool> m_ends_ring;             // vertex i is its ring's last: no edge starts there
    std::vector<std::uint32_t> m_slab_begin;   // of each slab of each shape, into m_edges; one more at the end
    std::vector<std::uint32_t> m_edges;
};

}  // namespace amayesh::detail
