#include <amayesh/output/gap_layers.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include <amayesh/crs/transform.hpp>

#include "output/gap_rows.hpp"
#include "output/layer_columns.hpp"
#include "output/layer_writer.hpp"
#include "output/placed_geometry.hpp"
#include "output/service_area_layers.hpp"

namespace amayesh {

namespace {

using namespace detail;

Geometry shape_of(const UnitGap& gap, const PlanningArea& area, const Transform& from_working) {
    if (gap.unit.kind == UnitKind::settlement) return {};
    const MultiPolygon& shape = area.rural_districts[gap.unit.index].shape;
    return shape.parts.empty() ? Geometry{} : moved(shape, from_working);
}

void write_units(const GapLayers& layers, const Transform& from_degrees, VectorSink& sink) {
    const bool districts = layers.result.options.assessment.kind == UnitKind::rural_district;
    const Transform from_working(layers.area.working_crs, layers.output_crs);
    sink.begin_layer(
        layer_definition("units", districts ? GeometryKind::multi_polygon : GeometryKind::point, layers.language),
        layers.output_crs);
    LayerWriter<UnitRow> writer(sink, unit_columns());
    for (const UnitGap& gap : layers.result.units)
        writer.add(districts ? shape_of(gap, layers.area, from_working) : place_of(gap.unit.centre, from_degrees),
                   {gap, layers.area});
}

void write_unit_utilities(const GapLayers& layers, VectorSink& sink) {
    sink.begin_layer(layer_definition("unit_utilities", GeometryKind::none, layers.language), std::nullopt);
    LayerWriter<UnitUtilityRow> writer(sink, unit_utility_columns());
    for_each_unit_utility(layers, [&](const UnitUtilityRow& row) { writer.add({}, row); });
}

/// Writes the features that `belongs` takes, of any type with a `geometry`.
template <class Row, class Feature, class Belongs, class MakeRow>
void write_features(const GapLayers& layers, const std::string& layer, GeometryKind kind,
                    const std::vector<Feature>& features, const Transform& from_degrees,
                    std::span<const LayerColumn<Row>> columns, VectorSink& sink, const Belongs& belongs,
                    const MakeRow& make_row) {
    sink.begin_layer(layer_definition(layer, kind, layers.language), layers.output_crs);
    LayerWriter<Row> writer(sink, columns);
    for (const Feature& feature : features)
        if (belongs(feature)) writer.add(moved(feature.geometry, from_degrees), make_row(feature));
}

bool is_point(const Geometry& geometry) {
    return std::holds_alternative<Point>(geometry) || std::holds_alternative<MultiPoint>(geometry);
}

void write_zones(const GapLayers& layers, const Transform& from_degrees, VectorSink& sink) {
    const auto row = [&](const IndustrialZone& zone) { return zone_row(layers, zone); };
    const auto as_point = [](const IndustrialZone& zone) { return is_point(zone.geometry); };
    write_features(layers, "zones", GeometryKind::multi_polygon, layers.area.zones, from_degrees, zone_columns(), sink,
                   std::not_fn(as_point), row);
    if (std::ranges::any_of(layers.area.zones, as_point))
        write_features(layers, "zone_points", GeometryKind::point, layers.area.zones, from_degrees, zone_columns(),
                       sink, as_point, row);
}

std::optional<Point> nearest_vertex(const Geometry& geometry, Point place) {
    std::optional<Point> nearest;
    const auto look_at = [&](const Point& p) {
        const auto apart = [&](const Point& q) { return std::hypot(q.x - place.x, q.y - place.y); };
        if (!nearest || apart(p) < apart(*nearest)) nearest = p;
    };
    if (const auto* point = std::get_if<Point>(&geometry)) look_at(*point);
    if (const auto* points = std::get_if<MultiPoint>(&geometry)) std::ranges::for_each(*points, look_at);
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        for (const LineString& line : lines->parts) std::ranges::for_each(line, look_at);
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        for (const Polygon& part : shape->parts) std::ranges::for_each(part.outer, look_at);
    return nearest;
}

void write_sources(const GapLayers& layers, const Transform& from_degrees, VectorSink& sink) {
    const auto shared = shared_of_sources(layers);
    const auto row = [&](const UtilitySource& source) {
        return SourceRow{source, shared[static_cast<std::size_t>(&source - layers.area.sources.data())]};
    };
    const auto as_line = [](const UtilitySource& source) { return std::holds_alternative<MultiLine>(source.geometry); };
    write_features(layers, "sources", GeometryKind::point, layers.area.sources, from_degrees, source_columns(), sink,
                   std::not_fn(as_line), row);
    if (std::ranges::any_of(layers.area.sources, as_line))
        write_features(layers, "source_lines", GeometryKind::multi_line, layers.area.sources, from_degrees,
                       source_columns(), sink, as_line, row);
}

/// Straight from where the amount comes from to where it is needed; a line gives at its vertex that is nearest in degrees.
Geometry drawn(const SharedAmount& given, const SharedDemand& demand, const PlanningArea& area,
               const Transform& from_degrees) {
    if (!demand.place) return {};
    const Geometry& from =
        given.source != no_index ? area.sources[given.source].geometry : area.zones[given.zone].geometry;
    const std::optional<Point> start = nearest_vertex(from, *demand.place);
    if (!start || *start == *demand.place) return {};
    return moved(MultiLine{{{*start, *demand.place}}}, from_degrees);
}

void write_allocations(const GapLayers& layers, const Transform& from_degrees, VectorSink& sink) {
    sink.begin_layer(layer_definition("allocations", GeometryKind::multi_line, layers.language), layers.output_crs);
    LayerWriter<AllocationRow> writer(sink, allocation_columns());
    for (const UtilityKind utility : all_utilities)
        for (const Case scenario : all_cases) {
            const SharedUtility& shared = layers.result.shared.at(utility, scenario);
            for (const SharedAmount& given : shared.amounts)
                writer.add(drawn(given, shared.demands[given.demand], layers.area, from_degrees),
                           {shared, given, utility, scenario, layers.result, layers.area});
        }
}

/// Positions in the output's CRS, all in one call: a call a point would cost as much as the writing.
std::vector<Point> moved_positions(const std::vector<Settlement>& settlements, const Transform& from_degrees) {
    std::vector<Point> positions;
    positions.reserve(settlements.size());
    for (const Settlement& settlement : settlements)
        if (settlement.position) positions.push_back(*settlement.position);
    from_degrees.apply(std::span(positions));
    return positions;
}

void write_settlements(const GapLayers& layers, const Transform& from_degrees, VectorSink& sink) {
    const auto& settlements = layers.area.settlements;
    sink.begin_layer(layer_definition("settlements", GeometryKind::point, layers.language), layers.output_crs);
    LayerWriter<SettlementRow> writer(sink, settlement_columns());
    const std::vector<Point> positions = moved_positions(settlements, from_degrees);
    auto position = positions.begin();
    for (std::size_t i = 0; i < settlements.size(); ++i)
        writer.add(settlements[i].position ? Geometry{*position++} : Geometry{},
                   {settlements[i], layers.result.settlements[i], layers.area, layers.district_of_settlement[i]});
}

void write_manifest(const GapLayers& layers, VectorSink& sink) {
    sink.begin_layer(layer_definition("manifest", GeometryKind::none, layers.language), std::nullopt);
    LayerWriter<ManifestEntry> writer(sink, manifest_columns());
    for (const ManifestEntry& entry : layers.manifest) writer.add({}, entry);
}

void write_rollups(const GapLayers& layers, VectorSink& sink) {
    sink.begin_layer(layer_definition("rollups", GeometryKind::none, layers.language), std::nullopt);
    LayerWriter<RollupRow> writer(sink, rollup_columns());
    for (const Rollup& total : layers.result.rollups) writer.add({}, {total});
}

}  // namespace

TitleLanguage language_of(std::span<const ManifestEntry> manifest) {
    const bool is_persian = std::ranges::any_of(manifest, [](const ManifestEntry& entry) {
        return entry.section == "parameters" && entry.key == "language" && entry.value == "fa";
    });
    return is_persian ? TitleLanguage::persian : TitleLanguage::english;
}

void write_problem_layer(std::span<const Problem> problems, TitleLanguage language, VectorSink& sink) {
    sink.begin_layer(layer_definition("problems", GeometryKind::point, language), Crs::wgs84());
    LayerWriter<Problem> writer(sink, problem_columns());
    for (const Problem& problem : problems)
        writer.add(problem.place ? Geometry{Point{problem.place->longitude, problem.place->latitude}} : Geometry{},
                   problem);
}

namespace {

/// Tells how many of the rows are written, as nine tenths of the work.
class RowsWritten {
public:
    RowsWritten(const Progress& progress, std::size_t expected)
        : m_progress{progress}, m_expected{static_cast<double>(expected) + 1} {
        add(0);
    }
    void add(std::size_t rows) {
        m_rows += static_cast<double>(rows);
        if (m_progress) m_progress("write", 0.9 * std::min(m_rows / m_expected, 1.0));
    }

private:
    const Progress& m_progress;
    double m_expected;
    double m_rows = 0;
};

std::size_t rows_of_unit_utilities(const GapLayers& layers) {
    return layers.result.units.size() * utility_count * all_cases.size();
}

}  // namespace

void write_gap_layers(const GapLayers& layers, VectorSink& sink, const Progress& progress) {
    const Transform from_degrees(Crs::wgs84(), layers.output_crs);
    const std::size_t units = layers.result.units.size();
    const std::size_t zones = layers.area.zones.size();
    const std::size_t sources = layers.area.sources.size();
    RowsWritten written{progress,
                        units + rows_of_unit_utilities(layers) + zones + sources + layers.area.settlements.size()};
    write_units(layers, from_degrees, sink);
    written.add(units);
    write_unit_utilities(layers, sink);
    written.add(rows_of_unit_utilities(layers));
    write_zones(layers, from_degrees, sink);
    written.add(zones);
    write_sources(layers, from_degrees, sink);
    written.add(sources);
    write_allocations(layers, from_degrees, sink);
    write_settlements(layers, from_degrees, sink);
    written.add(layers.area.settlements.size());
    write_rollups(layers, sink);
    write_problem_layer(layers.problems, layers.language, sink);
    write_manifest(layers, sink);
}

void write_allocation_layers(const AllocationLayers& layers, VectorSink& sink, const Progress& progress) {
    const GapLayers& gap = layers.gap;
    const Transform from_degrees(Crs::wgs84(), gap.output_crs);
    RowsWritten written{progress, rows_of_unit_utilities(gap) + gap.area.zones.size() + gap.area.sources.size()};
    write_unit_utilities(gap, sink);
    written.add(rows_of_unit_utilities(gap));
    write_zones(gap, from_degrees, sink);
    written.add(gap.area.zones.size());
    write_sources(gap, from_degrees, sink);
    write_allocations(gap, from_degrees, sink);
    written.add(gap.area.sources.size());
    detail::write_service_areas(layers, sink);
    detail::write_unserved_rest(layers, sink);
    write_rollups(gap, sink);
    write_problem_layer(gap.problems, gap.language, sink);
    write_manifest(gap, sink);
}

}  // namespace amayesh
