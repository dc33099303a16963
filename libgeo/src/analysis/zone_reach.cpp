#include <amayesh/analysis/zone_reach.hpp>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <amayesh/crs/transform.hpp>

namespace amayesh {

namespace {

/// Features of one kind with an index over them; `original[i]` is the place of feature i in the planning area.
struct Group {
    std::vector<std::size_t> original;
    std::optional<NearestIndex> index;

    [[nodiscard]] Near to_original(Near near) const { return {original[near.feature], near.distance}; }
};

/// Moves geometries from degrees into the plane that distances are measured in.
class Measuring {
public:
    Measuring(const Crs& working_crs, Metric metric) : m_metric{metric} {
        if (metric == Metric::planar) m_to_plane.emplace(Crs::wgs84(), working_crs);
    }

    [[nodiscard]] Geometry moved(const Geometry& geometry) const {
        if (m_metric == Metric::geodesic) return geometry;
        Geometry result = geometry;
        if (auto* point = std::get_if<Point>(&result)) *point = m_to_plane->apply(*point);
        if (auto* points = std::get_if<MultiPoint>(&result)) m_to_plane->apply(std::span(*points));
        if (auto* lines = std::get_if<MultiLine>(&result)) *lines = m_to_plane->apply(*lines);
        if (auto* shape = std::get_if<MultiPolygon>(&result)) *shape = m_to_plane->apply(*shape);
        return result;
    }

private:
    Metric m_metric;
    std::optional<Transform> m_to_plane;
};

template <class Feature, class Predicate>
Group group_of(const std::vector<Feature>& features, const Measuring& measuring, Metric metric, Predicate&& belongs) {
    Group group;
    std::vector<Geometry> geometries;
    for (std::size_t i = 0; i < features.size(); ++i) {
        if (std::holds_alternative<std::monostate>(features[i].geometry) || !belongs(features[i])) continue;
        group.original.push_back(i);
        geometries.push_back(measuring.moved(features[i].geometry));
    }
    if (!geometries.empty()) group.index.emplace(geometries, metric);
    return group;
}

/// Serving zones without a position.
struct UnpositionedZones {
    std::vector<std::vector<std::size_t>> by_district;  ///< Known by the code of a rural district, by its index.
    std::size_t without_place = 0;                      ///< Known by nothing, or by a district without a polygon.
    std::optional<NearestIndex> districts;              ///< Polygons of the districts that hold some.
};

template <class Serves>
UnpositionedZones find_unpositioned(const PlanningArea& area, const Measuring& measuring, Metric metric,
                                    const Serves& serves) {
    UnpositionedZones found;
    found.by_district.resize(area.rural_districts.size());
    std::unordered_map<std::string_view, std::size_t> index_of;
    for (std::size_t i = 0; i < area.rural_districts.size(); ++i) index_of.emplace(area.rural_districts[i].id, i);
    std::vector<Geometry> shapes;
    const Transform to_degrees(area.working_crs, Crs::wgs84());
    for (std::size_t z = 0; z < area.zones.size(); ++z) {
        const IndustrialZone& zone = area.zones[z];
        if (!std::holds_alternative<std::monostate>(zone.geometry) || !serves(zone)) continue;
        const auto district = index_of.find(zone.rural_district_id);
        if (district == index_of.end()) {
            ++found.without_place;
            continue;
        }
        found.by_district[district->second].push_back(z);
        const MultiPolygon& shape = area.rural_districts[district->second].shape;
        if (shape.parts.empty())
            ++found.without_place;
        else if (found.by_district[district->second].size() == 1)
            shapes.push_back(measuring.moved(to_degrees.apply(shape)));
    }
    if (!shapes.empty()) found.districts.emplace(shapes, metric);
    return found;
}

}  // namespace

struct ReachIndex::Index {
    ReachOptions options;
    const PlanningArea* area = nullptr;
    Group serving;
    Group not_serving;
    Group status_unknown;
    PerUtility<Group> sources;
    PerUtility<Kilometres> longest_own_reach{{Kilometres{0}, Kilometres{0}, Kilometres{0}, Kilometres{0}}};
    UnpositionedZones unpositioned;
    PerUtility<std::size_t> sources_without_place;
};

ReachIndex::ReachIndex(const PlanningArea& area, const ReachOptions& options) : m_index{std::make_unique<Index>()} {
    m_index->options = options;
    m_index->area = &area;
    const Measuring measuring(area.working_crs, options.metric);
    const auto serves = [&](const IndustrialZone& zone) {
        return std::ranges::find(options.serving_statuses, zone.status) != options.serving_statuses.end();
    };
    m_index->serving = group_of(area.zones, measuring, options.metric, serves);
    m_index->not_serving =
        group_of(area.zones, measuring, options.metric, [&](const IndustrialZone& zone) { return !serves(zone); });
    m_index->status_unknown = group_of(area.zones, measuring, options.metric, [&](const IndustrialZone& zone) {
        return zone.status == ZoneStatus::unknown && !serves(zone);
    });
    for (const UtilityKind utility : all_utilities) {
        m_index->sources[utility] = group_of(area.sources, measuring, options.metric, [&](const UtilitySource& source) {
            return source.utility == utility && source.role == SourceRole::distribution;
        });
        for (const std::size_t i : m_index->sources[utility].original)
            if (area.sources[i].reach)
                m_index->longest_own_reach[utility] =
                    std::max(m_index->longest_own_reach[utility], *area.sources[i].reach);
    }
    m_index->unpositioned = find_unpositioned(area, measuring, options.metric, serves);
    for (const UtilitySource& source : area.sources)
        if (source.role == SourceRole::distribution && std::holds_alternative<std::monostate>(source.geometry))
            ++m_index->sources_without_place[source.utility];
}

ReachIndex::~ReachIndex() = default;
ReachIndex::ReachIndex(ReachIndex&&) noexcept = default;
ReachIndex& ReachIndex::operator=(ReachIndex&&) noexcept = default;

Kilometres ReachIndex::zone_limit() const noexcept { return m_index->options.zone_reach; }
Metric ReachIndex::metric() const noexcept { return m_index->options.metric; }

PlaceReach ReachIndex::around(Point place, std::size_t district) const {
    PlaceReach reach;
    const double limit = to_metres(m_index->options.zone_reach).value();
    if (m_index->serving.index) {
        if (const auto near = m_index->serving.index->nearest(place)) {
            reach.zone = m_index->serving.to_original(*near);
            reach.zone_in_reach = near->distance.value() <= limit;
            reach.on_the_line = std::abs(near->distance.value() - limit) <= m_index->options.position_bound.value();
        }
    }
    if (!zones_placed_by_district(district).empty()) reach.zone_in_reach = true;
    for (const UtilityKind utility : all_utilities) {
        const Group& group = m_index->sources[utility];
        if (!group.index) continue;
        if (const auto near = group.index->nearest(place)) reach.source[utility] = group.to_original(*near);
    }
    return reach;
}

std::optional<Near> ReachIndex::nearest_not_serving(Point place) const {
    if (!m_index->not_serving.index) return std::nullopt;
    const auto near = m_index->not_serving.index->nearest(place);
    return near ? std::optional{m_index->not_serving.to_original(*near)} : std::nullopt;
}

std::vector<Near> ReachIndex::zones_in_reach(Point place) const {
    return zones_within(place, m_index->options.zone_reach);
}

std::vector<Near> ReachIndex::zones_within(Point place, Kilometres limit) const {
    std::vector<Near> zones;
    if (!m_index->serving.index) return zones;
    for (const Near& near : m_index->serving.index->within(place, to_metres(limit)))
        zones.push_back(m_index->serving.to_original(near));
    return zones;
}

std::span<const std::size_t> ReachIndex::zones_placed_by_district(std::size_t district) const {
    const auto& by_district = m_index->unpositioned.by_district;
    return district < by_district.size() ? std::span<const std::size_t>(by_district[district])
                                         : std::span<const std::size_t>{};
}

std::size_t ReachIndex::zones_without_place() const noexcept { return m_index->unpositioned.without_place; }

bool ReachIndex::may_hide_zone(Point place) const {
    if (m_index->unpositioned.without_place > 0) return true;
    const auto& districts = m_index->unpositioned.districts;
    return districts && districts->nearest(place, to_metres(m_index->options.zone_reach)).has_value();
}

bool ReachIndex::has_zone_of_unknown_status(Point place) const {
    const auto& index = m_index->status_unknown.index;
    return index && index->nearest(place, to_metres(m_index->options.zone_reach)).has_value();
}

std::size_t ReachIndex::sources_without_place(UtilityKind utility) const noexcept {
    return m_index->sources_without_place[utility];
}

std::vector<Near> ReachIndex::sources_in_reach(Point place, UtilityKind utility, Kilometres limit) const {
    std::vector<Near> sources;
    const Group& group = m_index->sources[utility];
    if (!group.index) return sources;
    const Kilometres farthest = std::max(limit, m_index->longest_own_reach[utility]);
    for (const Near& near : group.index->within(place, to_metres(farthest))) {
        const Near found = group.to_original(near);
        const Kilometres own = m_index->area->sources[found.feature].reach.value_or(limit);
        if (to_kilometres(found.distance) <= own) sources.push_back(found);
    }
    return sources;
}

}  // namespace amayesh
