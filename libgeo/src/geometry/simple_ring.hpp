#pragma once

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Whether the shape is one closed ring that nowhere touches itself: valid without a question. False proves nothing.
/// Coordinates must be finite.
bool is_one_simple_ring(const MultiPolygon& shape);

}  // namespace amayesh::detail
