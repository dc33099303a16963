#include "crs/pieces.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <geodesic.h>

#include <amayesh/core/error.hpp>

#include "crs/proj_geodesic.hpp"

namespace amayesh::detail {
namespace {

constexpr double longest_piece = 5'000;  // metres: short pieces keep the search narrow and the measuring simple
constexpr double most_pieces_an_edge = 100'000;

/// Calls `visit(from, to)` for every edge of a line or ring.
template <class Visit>
void for_each_edge(const std::vector<Point>& line, Visit visit) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) visit(line[i], line[i + 1]);
}

class Dismantler {
public:
    Dismantler(Metric metric, FeatureParts& parts) : m_metric{metric}, m_parts{parts} {}

    void take(const Geometry& geometry, std::uint32_t feature) {
        m_feature = feature;
        std::visit([this](const auto& kind) { take(kind); }, geometry);
    }

private:
    void take(const std::monostate&) {}
    void take(const Point& p) { m_parts.points.push_back({place_in_space(p, m_metric), m_feature}); }
    void take(const MultiPoint& points) {
        for (const Point& p : points) take(p);
    }
    void take(const MultiLine& lines) {
        for (const LineString& line : lines.parts) {
            if (line.size() == 1) take(line.front());
            take_edges(line);
        }
    }
    void take(const MultiPolygon& shape) {
        if (shape.parts.empty()) return;
        MultiPolygon unwrapped = shape;
        for (Polygon& part : unwrapped.parts) {
            take_edges(part.outer);
            for (const Ring& hole : part.holes) take_edges(hole);
            if (m_metric == Metric::geodesic) unwrap(part);
        }
        m_parts.polygons.push_back(std::move(unwrapped));
        m_parts.polygon_features.push_back(m_feature);
    }

    /// Longitudes of a part run on across the antimeridian; holes lie where the outer ring does.
    static void unwrap(Polygon& part) {
        if (part.outer.empty()) return;
        double longitude = part.outer.front().x;
        const auto unwrap_ring = [&](Ring& ring) {
            for (Point& p : ring) {
                p.x -= 360 * std::round((p.x - longitude) / 360);
                longitude = p.x;
            }
        };
        unwrap_ring(part.outer);
        longitude = part.outer.front().x;
        for (Ring& hole : part.holes) unwrap_ring(hole);
    }

    void take_edges(const std::vector<Point>& line) {
        for_each_edge(line, [this](const Point& a, const Point& b) {
            const SpacePoint start = place_in_space(a, m_metric);
            const SpacePoint end = place_in_space(b, m_metric);
            const double pieces = std::ceil(norm(end - start) / longest_piece);
            if (pieces > most_pieces_an_edge)
                throw InvalidInput{
                    fmt::format("the edge from ({}, {}) to ({}, {}) is {} km long: are the coordinates "
                                "metres?",
                                a.x, a.y, b.x, b.y, norm(end - start) / 1000)};
            if (pieces <= 1)
                add_piece(start, end);
            else if (m_metric == Metric::planar)
                cut_straight(start, end, pieces);
            else
                cut_geodesic(a, b, pieces);
        });
    }
    void cut_straight(const SpacePoint& start, const SpacePoint& end, double pieces) {
        SpacePoint from = start;
        for (double k = 1; k <= pieces; ++k) {
            const SpacePoint to = k == pieces ? end : start + k / pieces * (end - start);
            add_piece(from, to);
            from = to;
        }
    }
    void cut_geodesic(const Point& a, const Point& b, double pieces) {
        geod_geodesicline line;
        geod_inverseline(&line, &wgs84_geodesic(), a.y, a.x, b.y, b.x,
                         GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
        SpacePoint from = to_space(a);
        for (double k = 1; k <= pieces; ++k) {
            Point p = b;
            if (k < pieces) geod_position(&line, line.s13 * k / pieces, &p.y, &p.x, nullptr);
            const SpacePoint to = to_space(p);
            add_piece(from, to);
            from = to;
        }
    }
    void add_piece(const SpacePoint& start, const SpacePoint& end) {
        const double half_length = norm(end - start) / 2;
        // On the ellipsoid the piece bows above its chord by less than half_length² / (2 × least radius).
        const double bow = m_metric == Metric::geodesic ? half_length * half_length / (2 * least_curvature_radius) : 0;
        m_parts.pieces.push_back({start, end, 0.5 * (start + end), half_length + bow, m_feature});
        m_parts.longest_half_length = std::max(m_parts.longest_half_length, half_length + bow);
    }

    Metric m_metric;
    FeatureParts& m_parts;
    std::uint32_t m_feature = 0;
};

/// The place on the surface above a point of the chord, `part` of the way along.
SpacePoint on_surface(const FeaturePiece& piece, double part) {
    const SpacePoint along = piece.end - piece.start;
    const SpacePoint chord_point = piece.start + part * along;
    const double bow = part * (1 - part) * dot(along, along) * curvature_along(along, piece.middle) / 2;
    const SpacePoint normal = normal_at(chord_point);
    return chord_point + bow / norm(normal) * normal;
}

}  // namespace

SpacePoint place_in_space(const Point& p, Metric metric) {
    if (metric == Metric::geodesic) {
        require_degrees(p);
        return to_space(p);
    }
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) throw InvalidInput{fmt::format("({}, {}) is no place", p.x, p.y)};
    return {p.x, p.y, 0};
}

FeatureParts take_apart(std::span<const Geometry> features, Metric metric) {
    if (features.size() > std::numeric_limits<std::uint32_t>::max())
        throw InvalidInput{"more than 4,294,967,295 features in one layer"};
    FeatureParts parts;
    Dismantler dismantler{metric, parts};
    for (std::size_t i = 0; i < features.size(); ++i) dismantler.take(features[i], static_cast<std::uint32_t>(i));
    return parts;
}

double distance_to_point(const SpacePoint& from, const SpacePoint& to, Metric metric) {
    return metric == Metric::geodesic ? geodesic_length(from, to) : norm(to - from);
}

SpacePoint nearest_on_piece(const SpacePoint& from, const FeaturePiece& piece, Metric metric) {
    const SpacePoint along = piece.end - piece.start;
    const double squared_length = dot(along, along);
    const double part = squared_length > 0 ? std::clamp(dot(from - piece.start, along) / squared_length, 0.0, 1.0) : 0;
    if (part == 0) return piece.start;
    if (part == 1) return piece.end;
    return metric == Metric::planar ? piece.start + part * along : on_surface(piece, part);
}

double distance_to_piece(const SpacePoint& from, const FeaturePiece& piece, Metric metric) {
    return distance_to_point(from, nearest_on_piece(from, piece, metric), metric);
}

}  // namespace amayesh::detail
