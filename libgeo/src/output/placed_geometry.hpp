#pragma once

#include <optional>
#include <span>

#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Moves vertices only: edges were split to within the sag when they were read.
inline Geometry moved(Geometry geometry, const Transform& transform) {
    if (auto* point = std::get_if<Point>(&geometry)) *point = transform.apply(*point);
    if (auto* points = std::get_if<MultiPoint>(&geometry)) transform.apply(std::span(*points));
    if (auto* lines = std::get_if<MultiLine>(&geometry))
        for (LineString& part : lines->parts) transform.apply(std::span(part));
    if (auto* shape = std::get_if<MultiPolygon>(&geometry)) {
        for (Polygon& part : shape->parts) {
            transform.apply(std::span(part.outer));
            for (Ring& hole : part.holes) transform.apply(std::span(hole));
        }
    }
    return geometry;
}

inline Geometry place_of(const std::optional<Point>& degrees, const Transform& transform) {
    return degrees ? Geometry{transform.apply(*degrees)} : Geometry{};
}

}  // namespace amayesh::detail
