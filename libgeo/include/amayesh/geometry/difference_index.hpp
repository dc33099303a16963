#pragma once

#include <memory>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Takes one large shape off many small ones.
///
/// Method:   the large shape's edges lie in a grid. Where a small shape's border crosses them, the pieces of the one
///           outside and of the other inside are joined (Weiler and Atherton 1977); without a crossing a point decides.
///           A shape whose border passes a vertex, or runs along an edge, nearer than 1e-12 of the largest coordinate
///           is left to `difference_on_grid`.
/// Result:   as `difference_of`, to the rounding of the crossings; a shape that loses nothing comes back as it was.
/// Cost:     O(n log n) in the large shape's edges to build; then per shape its edges and the large shape's near them.
///           Safe to use from several threads.
class AMAYESH_EXPORT DifferenceIndex {
public:
    /// `removed`: valid.
    explicit DifferenceIndex(MultiPolygon removed);
    ~DifferenceIndex();
    DifferenceIndex(DifferenceIndex&&) noexcept;
    DifferenceIndex& operator=(DifferenceIndex&&) noexcept;

    /// What of the shape (valid) lies outside the large one; empty if nothing does.
    [[nodiscard]] MultiPolygon rest_of(const MultiPolygon& shape) const;

private:
    struct Index;
    std::unique_ptr<Index> m_index;
};

}  // namespace amayesh
