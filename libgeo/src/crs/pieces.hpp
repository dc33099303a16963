#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <amayesh/crs/nearest.hpp>
#include <amayesh/geometry/types.hpp>

#include "crs/earth.hpp"

namespace amayesh::detail {

/// A point of a feature.
struct FeaturePoint {
    SpacePoint place;
    std::uint32_t feature;
};

/// A short straight piece of a feature's line or border: a geodesic, or straight in the plane.
struct FeaturePiece {
    SpacePoint start;
    SpacePoint end;
    SpacePoint middle;
    double half_length;  ///< No point of the piece is farther from `middle`.
    std::uint32_t feature;
};

/// Features taken apart into what distances are measured to.
struct FeatureParts {
    std::vector<FeaturePoint> points;
    std::vector<FeaturePiece> pieces;
    double longest_half_length = 0;
    std::vector<MultiPolygon> polygons;  ///< Degrees: each ring unwrapped, its longitude free of jumps.
    std::vector<std::uint32_t> polygon_features;
};

/// Throws: InvalidInput for a coordinate that is not finite or, on the ellipsoid, no place on earth.
FeatureParts take_apart(std::span<const Geometry> features, Metric metric);

SpacePoint place_in_space(const Point& p, Metric metric);

double distance_to_point(const SpacePoint& from, const SpacePoint& to, Metric metric);
/// The place on the piece that is nearest.
SpacePoint nearest_on_piece(const SpacePoint& from, const FeaturePiece& piece, Metric metric);
double distance_to_piece(const SpacePoint& from, const FeaturePiece& piece, Metric metric);

}  // namespace amayesh::detail
