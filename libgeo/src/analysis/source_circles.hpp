#pragma once

#include <span>
#include <vector>

#include <amayesh/analysis/service_areas.hpp>

namespace amayesh::detail {

/// Circles and widened lines about sources, in the working CRS.
class SourceCircles {
public:
    /// `sources`: indices of placed sources.
    SourceCircles(const PlanningArea& area, std::span<const std::size_t> sources, Kilometres reach);

    [[nodiscard]] MultiPolygon drawn(int quadrant_segments) const;
    /// Greatest distance of the drawn border from the true circles and parallels in the plane.
    [[nodiscard]] Metres sag(int quadrant_segments) const;
    /// Greatest difference between a planar distance of a radius and the geodesic one, with room for unmeasured
    /// bearings.
    [[nodiscard]] Metres projection_error(const Crs& working_crs) const;

private:
    void add(const MultiLine& lines, double radius);

    std::vector<Disc> m_discs;
    std::vector<LineReach> m_lines;
    std::vector<MultiPolygon> m_polygons;
    std::vector<Disc> m_along_lines;  // circles about places of the lines, for measuring alone
};

}  // namespace amayesh::detail
