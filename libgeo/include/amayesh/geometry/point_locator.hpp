#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Where a point fell.
struct Located {
    std::optional<std::size_t> shape;  ///< Lowest index among the shapes that hold the point; nothing if none does.
    bool several = false;              ///< More than one shape holds it (an overlap, or a shared border).
    bool near_border = false;          ///< A border of a shape lies within the bound given.
};

/// Finds the polygon that holds a point, for many points.
///
/// Method:  uniform grid over the shapes' boxes; each ring's edges in horizontal slabs; crossing number, with the
///          orientation of a doubtful edge decided exactly. A point on a border belongs to every shape it bounds,
///          hence to the lowest index.
/// Cost:    O(edges) to build; about the edges of one slab a query. Safe to query from several threads.
class AMAYESH_EXPORT PointLocator {
public:
    /// `border_bound`: points nearer than this to a border are marked `near_border`.
    explicit PointLocator(std::span<const MultiPolygon> shapes, double border_bound = 0);
    ~PointLocator();
    PointLocator(PointLocator&&) noexcept;
    PointLocator& operator=(PointLocator&&) noexcept;

    [[nodiscard]] Located locate(Point p) const;
    /// Every shape that holds the point, by rising index.
    [[nodiscard]] std::vector<std::size_t> locate_all(Point p) const;

private:
    struct Index;
    std::unique_ptr<Index> m_index;
};

}  // namespace amayesh
