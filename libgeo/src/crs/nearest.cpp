#include <amayesh/crs/nearest.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <nanoflann.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/geometry/point_locator.hpp>

#include "crs/pieces.hpp"

namespace amayesh {
namespace {

using detail::FeatureParts;
using detail::FeaturePiece;
using detail::FeaturePoint;
using detail::SpacePoint;

constexpr std::size_t leaf_size = 8;

/// What the tree must look up to so as to miss nothing within `reach`: it leaves out what lies exactly at its limit.
double squared_beyond(double reach) {
    constexpr double rounding = 1 + 1e-12;  // of squared distances in the tree
    return reach * reach * rounding + std::numeric_limits<double>::min();
}

const SpacePoint& place_of(const FeaturePoint& point) { return point.place; }
const SpacePoint& place_of(const FeaturePiece& piece) { return piece.middle; }

/// What nanoflann asks of a set of points.
template <class Part>
struct Places {
    const std::vector<Part>& parts;
    [[nodiscard]] std::size_t kdtree_get_point_count() const { return parts.size(); }
    [[nodiscard]] double kdtree_get_pt(std::size_t i, std::size_t axis) const {
        const SpacePoint& p = place_of(parts[i]);
        return axis == 0 ? p.x : axis == 1 ? p.y : p.z;
    }
    template <class BoundingBox>
    bool kdtree_get_bbox(BoundingBox&) const {
        return false;
    }
};

template <class Part>
class Tree {
public:
    explicit Tree(const std::vector<Part>& parts) : m_places{parts}, m_tree{3, m_places, {leaf_size}} {
        if (!parts.empty()) m_tree.buildIndex();
    }

    /// Offers the parts whose place in the tree lies within the visitor's `worstDist`, a squared distance.
    template <class Visitor>
    void search(const SpacePoint& from, Visitor& visitor) const {
        if (m_places.parts.empty()) return;
        const std::array<double, 3> query{from.x, from.y, from.z};
        m_tree.findNeighbors(visitor, query.data(), nanoflann::SearchParams{});
    }

private:
    Places<Part> m_places;
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Places<Part>>, Places<Part>, 3> m_tree;
};

/// The nearest feature so far; ties go to the lowest index.
struct Best {
    double distance;
    std::optional<std::size_t> feature;

    void offer(double offered, std::size_t from) {
        if (offered < distance || (offered == distance && (!feature || from < *feature))) {
            distance = offered;
            feature = from;
        }
    }
};

/// Points come in by their straight distance, which is at most their distance. Only those are measured that could
/// still be the nearest when the nearest in a straight line is known.
class NearestPoints {
public:
    NearestPoints(const std::vector<FeaturePoint>& points, Metric metric, double limit)
        : m_points{points}, m_metric{metric}, m_squared_reach{squared_beyond(limit)} {}

    [[nodiscard]] bool full() const { return true; }
    [[nodiscard]] double worstDist() const { return m_squared_reach; }
    bool addPoint(double squared, std::uint32_t point) {
        if (squared > m_squared_reach) return true;
        m_candidates.push_back({squared, point});
        const double straight = std::sqrt(squared);
        const double reach = m_metric == Metric::geodesic ? detail::longest_geodesic(straight) : straight;
        m_squared_reach = std::min(m_squared_reach, squared_beyond(reach));
        return true;
    }
    void measure(const SpacePoint& from, Best& best) const {
        for (const Candidate& candidate : m_candidates) {
            if (candidate.squared > m_squared_reach) continue;
            const FeaturePoint& point = m_points[candidate.point];
            best.offer(detail::distance_to_point(from, point.place, m_metric), point.feature);
        }
    }

private:
    struct Candidate {
        double squared;
        std::uint32_t point;
    };

    const std::vector<FeaturePoint>& m_points;
    Metric m_metric;
    double m_squared_reach;
    std::vector<Candidate> m_candidates;
};

/// A piece is no nearer than its middle less its half length.
class NearestPieces {
public:
    NearestPieces(const FeatureParts& parts, const SpacePoint& from, Metric metric, Best& best)
        : m_parts{parts}, m_from{from}, m_metric{metric}, m_best{best} {}

    [[nodiscard]] bool full() const { return true; }
    [[nodiscard]] double worstDist() const { return squared_beyond(m_best.distance + m_parts.longest_half_length); }
    bool addPoint(double squared, std::uint32_t number) {
        const FeaturePiece& piece = m_parts.pieces[number];
        if (squared <= squared_beyond(m_best.distance + piece.half_length))
            m_best.offer(detail::distance_to_piece(m_from, piece, m_metric), piece.feature);
        return true;
    }

private:
    const FeatureParts& m_parts;
    const SpacePoint& m_from;
    Metric m_metric;
    Best& m_best;
};

/// Keeps everything within a straight distance.
class PartsWithin {
public:
    explicit PartsWithin(double reach) : m_squared_reach{squared_beyond(reach)} {}
    [[nodiscard]] bool full() const { return true; }
    [[nodiscard]] double worstDist() const { return m_squared_reach; }
    bool addPoint(double, std::uint32_t part) {
        parts.push_back(part);
        return true;
    }
    std::vector<std::uint32_t> parts;

private:
    double m_squared_reach;
};

/// One entry for each feature, its least distance; nearest first, ties by index.
std::vector<Near> nearest_first(std::vector<Near> found) {
    const auto by_feature = [](const Near& a, const Near& b) {
        return std::pair{a.feature, a.distance} < std::pair{b.feature, b.distance};
    };
    std::sort(found.begin(), found.end(), by_feature);
    found.erase(
        std::unique(found.begin(), found.end(), [](const Near& a, const Near& b) { return a.feature == b.feature; }),
        found.end());
    std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
        return std::pair{a.distance, a.feature} < std::pair{b.distance, b.feature};
    });
    return found;
}

}  // namespace

struct NearestIndex::Index {
    Index(std::span<const Geometry> features, Metric wanted)
        : metric{wanted},
          parts{detail::take_apart(features, wanted)},
          points{parts.points},
          pieces{parts.pieces},
          insides{parts.polygons} {}

    /// Calls `visit(feature)` for every polygon that holds the place.
    template <class Visit>
    void for_each_holder(const Point& place, Visit visit) const {
        if (parts.polygons.empty()) return;
        const auto visit_at = [&](const Point& p) {
            for (const std::size_t polygon : insides.locate_all(p)) visit(parts.polygon_features[polygon]);
        };
        visit_at(place);
        if (metric == Metric::planar) return;
        visit_at({place.x - 360, place.y});
        visit_at({place.x + 360, place.y});
    }

    Metric metric;
    FeatureParts parts;
    Tree<FeaturePoint> points;
    Tree<FeaturePiece> pieces;
    PointLocator insides;
};

NearestIndex::NearestIndex(std::span<const Geometry> features, Metric metric)
    : m_index{std::make_unique<Index>(features, metric)} {}
NearestIndex::~NearestIndex() = default;
NearestIndex::NearestIndex(NearestIndex&&) noexcept = default;
NearestIndex& NearestIndex::operator=(NearestIndex&&) noexcept = default;

std::optional<Near> NearestIndex::nearest(Point place, Metres limit) const {
    const SpacePoint from = detail::place_in_space(place, m_index->metric);
    if (!(limit.value() >= 0)) return std::nullopt;
    Best best{limit.value(), std::nullopt};
    m_index->for_each_holder(place, [&](std::size_t feature) { best.offer(0, feature); });
    NearestPoints points{m_index->parts.points, m_index->metric, best.distance};
    m_index->points.search(from, points);
    points.measure(from, best);
    NearestPieces pieces{m_index->parts, from, m_index->metric, best};
    m_index->pieces.search(from, pieces);
    if (!best.feature) return std::nullopt;
    return Near{*best.feature, Metres{best.distance}};
}

std::vector<Near> NearestIndex::within(Point place, Metres limit) const {
    const SpacePoint from = detail::place_in_space(place, m_index->metric);
    std::vector<Near> found;
    if (!(limit.value() >= 0)) return found;
    const auto keep = [&](std::size_t feature, double distance) {
        if (distance <= limit.value()) found.push_back({feature, Metres{distance}});
    };
    m_index->for_each_holder(place, [&](std::size_t feature) { keep(feature, 0); });
    PartsWithin points{limit.value()};
    m_index->points.search(from, points);
    for (const std::uint32_t i : points.parts) {
        const FeaturePoint& point = m_index->parts.points[i];
        keep(point.feature, detail::distance_to_point(from, point.place, m_index->metric));
    }
    PartsWithin pieces{limit.value() + m_index->parts.longest_half_length};
    m_index->pieces.search(from, pieces);
    for (const std::uint32_t i : pieces.parts) {
        const FeaturePiece& piece = m_index->parts.pieces[i];
        keep(piece.feature, detail::distance_to_piece(from, piece, m_index->metric));
    }
    return nearest_first(std::move(found));
}

std::optional<Point> nearest_point(Point place, const Geometry& feature, Metric metric) {
    const NearestIndex index{std::span{&feature, 1}, metric};
    const std::optional<Near> near = index.nearest(place);
    if (!near) return std::nullopt;
    if (near->distance.value() == 0) return place;
    const FeatureParts parts = detail::take_apart(std::span{&feature, 1}, metric);
    const SpacePoint from = detail::place_in_space(place, metric);
    SpacePoint nearest;
    double least = std::numeric_limits<double>::infinity();
    const auto offer = [&](const SpacePoint& to) {
        const double distance = detail::distance_to_point(from, to, metric);
        if (distance >= least) return;
        least = distance;
        nearest = to;
    };
    for (const FeaturePoint& point : parts.points) offer(point.place);
    for (const FeaturePiece& piece : parts.pieces) offer(detail::nearest_on_piece(from, piece, metric));
    return metric == Metric::geodesic ? detail::to_degrees(nearest) : Point{nearest.x, nearest.y};
}

}  // namespace amayesh
