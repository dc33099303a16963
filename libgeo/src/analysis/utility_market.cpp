#include "analysis/utility_market.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include <amayesh/analysis/commitments.hpp>
#include <amayesh/core/parallel.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "analysis/steps.hpp"

namespace amayesh::detail {

namespace {

constexpr std::size_t places_per_chunk = 16;

std::optional<Point> place_of(const IndustrialZone& zone) {
    if (const auto* point = std::get_if<Point>(&zone.geometry)) return *point;
    if (const auto* points = std::get_if<MultiPoint>(&zone.geometry); points && !points->empty())
        return points->front();
    const auto* shape = std::get_if<MultiPolygon>(&zone.geometry);
    return shape && !shape->parts.empty() ? std::optional{interior_point(*shape)} : std::nullopt;
}

/// Adds zones that stand at the centre of their district, which no index of positions holds.
void add_zones_placed_by_district(DemandPlace& place, Point from, const ZonePlaces& zones, Metric metric,
                                  Kilometres limit) {
    for (const std::size_t z : zones.by_district) {
        const Point to = *zones.measured[z];
        const Metres distance =
            metric == Metric::geodesic ? geodesic_distance(from, to) : Metres{std::hypot(to.x - from.x, to.y - from.y)};
        if (distance.value() <= to_metres(limit).value()) place.zones.push_back({z, distance});
    }
}

DemandPlace around(std::optional<Point> degrees, std::optional<Point> measured, UtilityKind utility,
                   const ReachIndex& reach, Kilometres limit, const ZonePlaces& zones) {
    DemandPlace place{.degrees = degrees, .sources = {}, .zones = {}};
    if (!measured) return place;
    place.sources = reach.sources_in_reach(*measured, utility, limit);
    place.zones = reach.zones_within(*measured, limit);
    add_zones_placed_by_district(place, *measured, zones, reach.metric(), limit);
    return place;
}

/// What a zone has to spare is in its own reach, wherever it stands.
void add_itself(DemandPlace& place, std::size_t zone) {
    const bool is_there = std::ranges::find(place.zones, zone, &Near::feature) != place.zones.end();
    if (!is_there) place.zones.push_back({zone, Metres{0}});
}

/// The centre of every rural district by its id: the assessed unit's, else as given, else inside the polygon.
class DistrictCentres {
public:
    DistrictCentres(std::span<const UnitGap> units, const PlanningArea& area)
        : m_area{area}, m_assessed(area.rural_districts.size()) {
        for (std::size_t i = 0; i < area.rural_districts.size(); ++i) m_index_of.emplace(area.rural_districts[i].id, i);
        for (const UnitGap& gap : units)
            if (gap.unit.kind == UnitKind::rural_district) m_assessed[gap.unit.index] = gap.unit.centre;
    }

    [[nodiscard]] std::optional<Point> of(std::string_view id) const {
        const auto found = m_index_of.find(id);
        if (found == m_index_of.end()) return std::nullopt;
        const RuralDistrict& district = m_area.rural_districts[found->second];
        if (m_assessed[found->second]) return m_assessed[found->second];
        if (district.centre) return district.centre;
        if (district.shape.parts.empty()) return std::nullopt;
        return Transform(m_area.working_crs, Crs::wgs84()).apply(interior_point(district.shape));
    }

private:
    const PlanningArea& m_area;
    std::vector<std::optional<Point>> m_assessed;
    std::unordered_map<std::string_view, std::size_t> m_index_of;
};

std::vector<std::optional<Point>> measured(std::vector<std::optional<Point>> degrees, const PlanningArea& area,
                                           Metric metric) {
    if (metric == Metric::geodesic) return degrees;
    const Transform to_plane(Crs::wgs84(), area.working_crs);
    for (auto& place : degrees)
        if (place) place = to_plane.apply(*place);
    return degrees;
}

std::vector<char> zones_that_may_ask(std::span<const UnitGap> units, std::span<const ZoneLand> land) {
    std::vector<char> may_ask(land.size());
    for (std::size_t z = 0; z < land.size(); ++z) may_ask[z] = land[z].occupied_ha || land[z].committed_ha > 0;
    for (const UnitGap& gap : units)
        for (const auto& balance : gap.land.values)
            if (balance)
                for (const LandCredit& credit : balance->credits) may_ask[credit.zone] = 1;
    return may_ask;
}

}  // namespace

ZonePlaces places_of_zones(std::span<const UnitGap> units, const PlanningArea& area, std::span<const ZoneLand> land,
                           Metric metric) {
    ZonePlaces zones;
    const DistrictCentres centres(units, area);
    for (std::size_t z = 0; z < area.zones.size(); ++z) {
        const IndustrialZone& zone = area.zones[z];
        const bool has_position = !std::holds_alternative<std::monostate>(zone.geometry);
        zones.degrees.push_back(has_position ? place_of(zone) : centres.of(zone.rural_district_id));
        if (!has_position && zones.degrees.back()) zones.by_district.push_back(z);
    }
    zones.measured = measured(zones.degrees, area, metric);
    zones.may_ask = zones_that_may_ask(units, land);
    return zones;
}

Market market_of(UtilityKind utility, std::span<const UnitGap> units, const PlanningArea& area, const ReachIndex& reach,
                 std::span<const std::optional<Point>> centres, const ZonePlaces& zones,
                 const GapStandards& standards) {
    Market market{.utility = utility, .centres = {}, .zones = {}, .headroom = {}};
    const Kilometres limit = standards.utility_reach[utility];
    market.centres.resize(units.size());
    market.zones.resize(area.zones.size());
    parallel_for(units.size() + area.zones.size(), places_per_chunk, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t z = i - units.size();
            if (i < units.size() && units[i].target)
                market.centres[i] = around(units[i].unit.centre, centres[i], utility, reach, limit, zones);
            else if (i >= units.size() && zones.may_ask[z]) {
                market.zones[z] = around(zones.degrees[z], zones.measured[z], utility, reach, limit, zones);
                add_itself(market.zones[z], z);
            }
        }
    });
    for (const UtilitySource& source : area.sources) {
        std::optional<std::int64_t> steps;
        if (source.utility == utility && !source.capacity_is_yes_no)
            if (const auto free = headroom(source)) steps = steps_down(*free, steps_per_unit[utility], source.id);
        market.headroom.push_back(steps);
    }
    market.committed_at_sources = counts_at_sources(commitments_of_sources(area, utility));
    return market;
}

}  // namespace amayesh::detail
