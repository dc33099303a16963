#include "geometry/slab_index.hpp"

#include <algorithm>
#include <limits>

#include <amayesh/core/error.hpp>

#include "geometry/distance.hpp"
#include "geometry/orientation.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t edges_per_slab = 4;
constexpr std::size_t most_slabs = 65'536;  // a shape's

}  // namespace

SlabIndex::SlabIndex(std::span<const MultiPolygon> shapes, double margin) {
    copy_vertices(shapes);
    fill_slabs(margin);
}

void SlabIndex::copy_vertices(std::span<const MultiPolygon> shapes) {
    const auto copy_ring = [this](const Ring& ring, Box& box) {
        if (ring.empty()) return;
        m_vertices.insert(m_vertices.end(), ring.begin(), ring.end());
        if (ring.front() != ring.back()) m_vertices.push_back(ring.front());
        m_ends_ring.resize(m_vertices.size(), false);
        m_ends_ring.back() = true;
        for (const Point& p : ring) box.add(p);
    };
    std::size_t vertices = 0;
    for (const MultiPolygon& shape : shapes)
        for (const Polygon& part : shape.parts) {
            vertices += part.outer.size() + 1;
            for (const Ring& hole : part.holes) vertices += hole.size() + 1;
        }
    if (vertices > std::numeric_limits<std::uint32_t>::max())
        throw InvalidInput{"more than 4,294,967,295 vertices in one layer of polygons"};
    m_vertices.reserve(vertices);
    m_shapes.reserve(shapes.size());
    m_first_edges.reserve(shapes.size() + 1);
    for (const MultiPolygon& shape : shapes) {
        m_first_edges.push_back(static_cast<std::uint32_t>(m_vertices.size()));
        Slabs& slabs = m_shapes.emplace_back();
        for (const Polygon& part : shape.parts) {
            copy_ring(part.outer, slabs.box);
            for (const Ring& hole : part.holes) copy_ring(hole, slabs.box);
        }
    }
    m_first_edges.push_back(static_cast<std::uint32_t>(m_vertices.size()));
}

void SlabIndex::fill_slabs(double margin) {
    std::size_t slab_total = 0;
    for (std::size_t s = 0; s < m_shapes.size(); ++s) {
        Slabs& shape = m_shapes[s];
        const std::size_t edges = m_first_edges[s + 1] - m_first_edges[s];
        const double height = shape.box.is_empty() ? 0 : shape.box.max_y - shape.box.min_y;
        shape.first_slab = slab_total;
        shape.slab_count = height > 0 ? std::clamp<std::size_t>(edges / edges_per_slab, 1, most_slabs) : 1;
        shape.slabs_per_unit = height > 0 ? static_cast<double>(shape.slab_count) / height : 0;
        slab_total += shape.slab_count;
    }
    m_slab_begin.assign(slab_total + 2, 0);  // counted two places ahead, so that filling leaves the begins in place

    const auto for_each_slab_of_each_edge = [&](auto&& visit) {
        for (std::size_t s = 0; s < m_shapes.size(); ++s) {
            const Slabs& shape = m_shapes[s];
            for (std::uint32_t i = m_first_edges[s]; i < m_first_edges[s + 1]; ++i) {
                if (m_ends_ring[i]) continue;
                const auto [low, high] = std::minmax(m_vertices[i].y, m_vertices[i + 1].y);
                const std::size_t last = slab_of(shape, high + margin);
                for (std::size_t slab = slab_of(shape, low - margin); slab <= last; ++slab)
                    visit(shape.first_slab + slab, i);
            }
        }
    };
    for_each_slab_of_each_edge([&](std::size_t slab, std::uint32_t) { ++m_slab_begin[slab + 2]; });
    for (std::size_t i = 2; i < m_slab_begin.size(); ++i) m_slab_begin[i] += m_slab_begin[i - 1];
    m_edges.resize(m_slab_begin.back());
    for_each_slab_of_each_edge([&](std::size_t slab, std::uint32_t edge) { m_edges[m_slab_begin[slab + 1]++] = edge; });
}

std::size_t SlabIndex::slab_of(const Slabs& shape, double y) const noexcept {
    const double slab = (y - shape.box.min_y) * shape.slabs_per_unit;
    if (!(slab > 0)) return 0;
    const auto last = shape.slab_count - 1;
    return slab >= static_cast<double>(last) ? last : static_cast<std::size_t>(slab);
}

std::span<const std::uint32_t> SlabIndex::edges_at(const Slabs& shape, double y) const noexcept {
    const std::size_t slab = shape.first_slab + slab_of(shape, y);
    return {m_edges.data() + m_slab_begin[slab], m_slab_begin[slab + 1] - m_slab_begin[slab]};
}

PlaceInShape SlabIndex::place_of(std::size_t shape, const Point& p) const noexcept {
    const Slabs& slabs = m_shapes[shape];
    const Box& box = slabs.box;
    if (!(p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y)) return PlaceInShape::outside;
    bool inside = false;
    for (const std::uint32_t edge : edges_at(slabs, p.y)) {
        const Point& a = m_vertices[edge];
        const Point& b = m_vertices[edge + 1];
        if ((a.y > p.y) != (b.y > p.y)) {
            if (p.x < std::min(a.x, b.x)) {
                inside = !inside;
            } else if (p.x <= std::max(a.x, b.x)) {
                const int side = orientation(a, b, p);
                if (side == 0) return PlaceInShape::border;
                if ((side > 0) == (b.y > a.y)) inside = !inside;
            }
        } else if (a.y == p.y || b.y == p.y) {
            if (a == p || b == p) return PlaceInShape::border;
            if (a.y == b.y && (a.x < p.x) != (b.x < p.x)) return PlaceInShape::border;
        }
    }
    return inside ? PlaceInShape::inside : PlaceInShape::outside;
}

bool SlabIndex::is_near_border(std::size_t shape, const Point& p, double bound) const noexcept {
    for (const std::uint32_t edge : edges_at(m_shapes[shape], p.y))
        if (squared_distance_to_segment(p, m_vertices[edge], m_vertices[edge + 1]) <= bound * bound) return true;
    return false;
}

}  // namespace amayesh::detail
