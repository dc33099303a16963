#pragma once

#include <optional>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Why a shape is invalid, and where.
struct Invalidity {
    std::string reason;  ///< GEOS's words: "Self-intersection".
    Point place;
};

/// The first fault that makes the shape invalid in the OGC sense; nothing for a valid one.
/// Unclosed rings, rings of fewer than four points and NaN coordinates are faults too.
AMAYESH_EXPORT std::optional<Invalidity> find_invalidity(const MultiPolygon& shape);

/// A valid shape that covers the same area (GEOS make-valid, structure method, collapsed parts dropped). Open rings
/// are closed; a part with a coordinate that is not finite is left out. Empty where nothing with an area is left.
AMAYESH_EXPORT MultiPolygon make_valid(const MultiPolygon& shape);

}  // namespace amayesh
