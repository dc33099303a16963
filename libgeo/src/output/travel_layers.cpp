#include <amayesh/output/travel_layers.hpp>

#include <algorithm>
#include <map>

#include <amayesh/crs/transform.hpp>
#include <amayesh/geometry/overlay.hpp>

#include "output/layer_columns.hpp"
#include "output/layer_writer.hpp"
#include "output/placed_geometry.hpp"
#include "output/table_rows.hpp"

namespace amayesh {

namespace {

using namespace detail;

template <class Visit>
void for_each_unit_limit(const ReachLayers& layers, const Visit& visit) {
    for (const UnitTravel& unit : layers.reach.units)
        for (std::size_t i = 0; i < unit.within.size(); ++i)
            visit(UnitTravelPeopleRow{unit, layers.reach.limits[i], unit.within[i]});
}

template <class Visit>
void for_each_rollup_limit(const ReachLayers& layers, const Visit& visit) {
    for (const TravelRollup& total : layers.reach.rollups)
        for (std::size_t i = 0; i < total.within.size(); ++i)
            visit(TravelRollupRow{total, layers.reach.limits[i], total.within[i]});
}

/// A place to draw a zone at, in degrees.
std::optional<Point> place_of_zone(const IndustrialZone& zone) {
    if (const auto* point = std::get_if<Point>(&zone.geometry)) return *point;
    if (const auto* points = std::get_if<MultiPoint>(&zone.geometry); points && !points->empty())
        return points->front();
    if (const auto* shape = std::get_if<MultiPolygon>(&zone.geometry); shape && !shape->parts.empty())
        return interior_point(*shape);
    return std::nullopt;
}

bool serves(const IndustrialZone& zone, std::span<const ZoneStatus> statuses) {
    return std::ranges::find(statuses, zone.status) != statuses.end();
}

/// One row per zone of the area, whether it serves or not.
std::vector<ZoneTravelRow> zone_rows_of(const ReachLayers& layers) {
    std::vector<ZoneTravelRow> rows;
    for (const IndustrialZone& zone : layers.area.zones) rows.push_back({zone, std::nullopt});
    const TravelReach& reach = layers.reach;
    for (const UnitTravel& unit : reach.units)
        if (unit.centre.nearest) ++rows[unit.centre.nearest->zone].units;
    for (std::size_t i = 0; i < reach.places.size(); ++i) {
        if (!reach.settlements[i].nearest) continue;
        ZoneTravelRow& row = rows[reach.settlements[i].nearest->zone];
        const auto& population = layers.area.settlements[reach.places[i]].population;
        ++row.settlements;
        row.settlements_population_unknown += !population;
        row.people += population.value_or(0);
    }
    for (const UnroutablePlace& place : reach.unroutable)
        if (place.kind == TravelPlaceKind::zone) rows[place.index].unroutable = place.reason;
    return rows;
}

template <class Visit>
void for_each_zone(const ReachLayers& layers, const Visit& visit) {
    for (const ZoneTravelRow& row : zone_rows_of(layers))
        if (serves(row.zone, layers.serving_statuses)) visit(row);
}

/// Calls with the row and its place in degrees.
template <class Visit>
void for_each_unroutable(const ReachLayers& layers, const Visit& visit) {
    for (const auto& [kind, index, reason] : layers.reach.unroutable) {
        if (kind == TravelPlaceKind::unit) {
            const AssessedUnit& unit = layers.reach.units[index].unit;
            visit(UnroutableRow{kind, unit.id, unit.name, unit.place, unit.population, reason}, unit.centre);
        } else if (kind == TravelPlaceKind::settlement) {
            const Settlement& place = layers.area.settlements[index];
            visit(UnroutableRow{kind, place.id, place.name, place.place, place.population, reason}, place.position);
        } else {
            const IndustrialZone& zone = layers.area.zones[index];
            visit(UnroutableRow{kind, zone.id, zone.name, zone.place, std::nullopt, reason}, place_of_zone(zone));
        }
    }
}

/// Whether units are drawn as areas, and what as.
class UnitShapes {
public:
    explicit UnitShapes(const ReachLayers& layers)
        : m_layers{layers},
          m_from_degrees{Crs::wgs84(), layers.output_crs},
          m_from_working{layers.area.working_crs, layers.output_crs} {
        m_are_areas = layers.reach.units.empty() || layers.reach.units.front().unit.kind == UnitKind::rural_district;
    }
    [[nodiscard]] GeometryKind kind() const { return m_are_areas ? GeometryKind::multi_polygon : GeometryKind::point; }
    [[nodiscard]] Geometry shape_of(const AssessedUnit& unit) const {
        if (!m_are_areas) return place_of(unit.centre, m_from_degrees);
        const MultiPolygon& shape = m_layers.area.rural_districts[unit.index].shape;
        return shape.parts.empty() ? Geometry{} : moved(shape, m_from_working);
    }

private:
    const ReachLayers& m_layers;
    Transform m_from_degrees;
    Transform m_from_working;
    bool m_are_areas;
};

/// Begins a layer in the output's CRS, or a table.
template <class Row>
LayerWriter<Row> begin(const ReachLayers& layers, const char* name, GeometryKind kind,
                       std::span<const LayerColumn<Row>> columns, VectorSink& sink) {
    sink.begin_layer(layer_definition(name, kind, layers.language),
                     kind == GeometryKind::none ? std::nullopt : std::optional{layers.output_crs});
    return {sink, columns};
}

void write_units(const ReachLayers& layers, VectorSink& sink) {
    const UnitShapes shapes{layers};
    auto units = begin(layers, "unit_travel", shapes.kind(), unit_travel_columns(), sink);
    for (const UnitTravel& unit : layers.reach.units) units.add(shapes.shape_of(unit.unit), {unit, layers.area});
    auto people = begin(layers, "unit_travel_people", GeometryKind::none, unit_travel_people_columns(), sink);
    for_each_unit_limit(layers, [&](const UnitTravelPeopleRow& row) { people.add({}, row); });
}

void write_settlements(const ReachLayers& layers, VectorSink& sink) {
    std::vector<Point> positions;  // in one call: a call a point would cost as much as the writing
    for (const std::size_t i : layers.reach.places)
        positions.push_back(layers.area.settlements[i].position.value_or(Point{}));
    Transform(Crs::wgs84(), layers.output_crs).apply(std::span(positions));
    auto writer = begin(layers, "settlement_travel", GeometryKind::point, settlement_travel_columns(), sink);
    for (std::size_t i = 0; i < layers.reach.places.size(); ++i) {
        const std::size_t index = layers.reach.places[i];
        const Settlement& settlement = layers.area.settlements[index];
        writer.add(settlement.position ? Geometry{positions[i]} : Geometry{},
                   {settlement, layers.reach.settlements[i], layers.area, layers.district_of_settlement[index]});
    }
}

void write_places(const ReachLayers& layers, VectorSink& sink) {
    const Transform from_degrees(Crs::wgs84(), layers.output_crs);
    auto zones = begin(layers, "zone_travel", GeometryKind::point, zone_travel_columns(), sink);
    for_each_zone(layers,
                  [&](const ZoneTravelRow& row) { zones.add(place_of(place_of_zone(row.zone), from_degrees), row); });
    auto unroutable = begin(layers, "unroutable", GeometryKind::point, unroutable_columns(), sink);
    for_each_unroutable(layers, [&](const UnroutableRow& row, const std::optional<Point>& place) {
        unroutable.add(place_of(place, from_degrees), row);
    });
}

/// Sides of cells are long where few cells make an edge: they are cut so that they stay where they were drawn.
void write_isochrones(const ReachLayers& layers, VectorSink& sink) {
    const Transform from_working(layers.area.working_crs, layers.output_crs);
    auto writer = begin(layers, "isochrones", GeometryKind::multi_polygon, isochrone_columns(), sink);
    for (const DrawnIsochrone& drawn : layers.isochrones) {
        const bool is_empty = drawn.shape.area.parts.empty();
        writer.add(is_empty ? Geometry{} : Geometry{from_working.apply(drawn.shape.area)},
                   {drawn.shape.limit, drawn.area});
    }
}

void write_tables(const ReachLayers& layers, VectorSink& sink) {
    auto rollups = begin(layers, "travel_rollups", GeometryKind::none, travel_rollup_columns(), sink);
    for_each_rollup_limit(layers, [&](const TravelRollupRow& row) { rollups.add({}, row); });
}

}  // namespace

void write_travel_layers(const ReachLayers& layers, VectorSink& sink) {
    write_units(layers, sink);
    write_settlements(layers, sink);
    write_places(layers, sink);
    write_tables(layers, sink);
    if (layers.reach.kind == ReachKind::surface) write_isochrones(layers, sink);
    write_problem_layer(layers.problems, layers.language, sink);
    auto manifest = begin(layers, "manifest", GeometryKind::none, manifest_columns(), sink);
    for (const ManifestEntry& entry : layers.manifest) manifest.add({}, entry);
}

TableRows unit_travel_rows(const ReachLayers& layers) {
    return rows_of(unit_travel_columns(), [&](const auto& visit) {
        for (const UnitTravel& unit : layers.reach.units) visit({unit, layers.area});
    });
}

TableRows unit_travel_people_rows(const ReachLayers& layers) {
    return rows_of(unit_travel_people_columns(), [&](const auto& visit) { for_each_unit_limit(layers, visit); });
}

TableRows zone_travel_rows(const ReachLayers& layers) {
    return rows_of(zone_travel_columns(), [&](const auto& visit) { for_each_zone(layers, visit); });
}

TableRows unroutable_rows(const ReachLayers& layers) {
    return rows_of(unroutable_columns(), [&](const auto& visit) { for_each_unroutable(layers, visit); });
}

TableRows travel_rollup_rows(const ReachLayers& layers) {
    return rows_of(travel_rollup_columns(), [&](const auto& visit) { for_each_rollup_limit(layers, visit); });
}

TableRows isochrone_rows(const ReachLayers& layers) {
    return rows_of(isochrone_columns(), [&](const auto& visit) {
        for (const DrawnIsochrone& drawn : layers.isochrones) visit({drawn.shape.limit, drawn.area});
    });
}

}  // namespace amayesh
