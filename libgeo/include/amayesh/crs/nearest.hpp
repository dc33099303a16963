#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// How a distance is measured: on the ellipsoid, or in the plane of a projected CRS in metres.
enum class Metric : std::uint8_t { geodesic, planar };

/// A feature and how far it is.
struct Near {
    std::size_t feature = 0;  ///< Index into the features given.
    Metres distance{0};
};

/// Finds the nearest feature, or all within a distance, for many places. A feature is a point, some points, lines or
/// polygons; the distance is to its nearest point, 0 inside a polygon. Ties go to the lowest index.
///
/// Input:   geodesic: longitude, latitude in degrees, polygon and line edges densified (pieces are taken as geodesics);
///          planar: x, y in metres. Features without geometry are never found.
/// Method:  k-d tree (nanoflann) over the pieces' midpoints in earth-centred coordinates, where the straight
///          distance is a lower bound of the geodesic; the candidates that the bound leaves are measured exactly.
///          Edges over 5 km are cut along their geodesic.
/// Accuracy: geodesic distance to points as `geodesic_distance`; to an edge of up to 10 km within 1 mm at 100 km.
/// Cost:    O(n log n) to build, about O(log n) a query. Safe to query from several threads.
/// Throws:  InvalidInput for a coordinate, of a feature or a query, that is not finite or no place on earth.
class AMAYESH_EXPORT NearestIndex {
public:
    NearestIndex(std::span<const Geometry> features, Metric metric);
    ~NearestIndex();
    NearestIndex(NearestIndex&&) noexcept;
    NearestIndex& operator=(NearestIndex&&) noexcept;

    /// The nearest feature, nothing when there is none within `limit`.
    [[nodiscard]] std::optional<Near> nearest(Point place,
                                              Metres limit = Metres{std::numeric_limits<double>::infinity()}) const;
    /// Every feature within `limit` (inclusive), nearest first, ties by index.
    [[nodiscard]] std::vector<Near> within(Point place, Metres limit) const;

private:
    struct Index;
    std::unique_ptr<Index> m_index;
};

/// The point of one feature that is nearest to a place; the place itself inside a polygon, nothing without geometry.
/// Coordinates, accuracy and errors as NearestIndex, whose distance is that to this point. Cost: O(n) in its edges.
AMAYESH_EXPORT std::optional<Point> nearest_point(Point place, const Geometry& feature, Metric metric);

}  // namespace amayesh
