#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "io/geometry_conversion.hpp"
#include "io/vector_sink_state.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is one of the layer's private parts

OGRwkbGeometryType ogr_type(GeometryKind kind) {
    switch (kind) {
        case GeometryKind::none:
            return wkbNone;
        case GeometryKind::point:
            return wkbPoint;
        case GeometryKind::multi_line:
            return wkbMultiLineString;
        case GeometryKind::multi_polygon:
            return wkbMultiPolygon;
    }
    return wkbUnknown;
}

OGRFieldType ogr_type(const FieldDefinition& field, SinkDriver driver) {
    if (field.type == Column::Type::integer) return field.is_wide ? OFTInteger64 : OFTInteger;
    return field.type == Column::Type::real && driver != SinkDriver::postgresql ? OFTReal : OFTString;
}

/// Points, lines and polygons, as a sink takes them.
Geometry transformed(const Geometry& geometry, const Transform& transform) {
    if (transform.is_identity()) return geometry;
    if (const auto* point = std::get_if<Point>(&geometry)) return transform.apply(*point);
    if (const auto* lines = std::get_if<MultiLine>(&geometry)) return transform.apply(*lines);
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) return transform.apply(*polygons);
    return geometry;
}

}  // namespace

void VectorSink::State::finish_rows() {
    if (writer) writer->finish();
    writer.reset();
}

void VectorSink::State::report_cut(int index, std::size_t bytes) {
    Problem problem;
    problem.kind = ProblemKind::text_implausible;
    problem.file = shown.string();
    problem.layer = written.back().definition.name;
    problem.feature = std::to_string(written.back().rows + 1);
    problem.field = written.back().definition.fields[static_cast<std::size_t>(index)].name;
    problem.message = fmt::format("a Shapefile holds 254 bytes of text, this one has {}", bytes);
    problem.action = "cut at the border of a letter; write a GeoPackage to keep it";
    problems.add(std::move(problem));
}

void VectorSink::State::open_layer(const LayerDefinition& definition, const std::optional<Crs>& asked_crs,
                                   GdalSession& session) {
    const SinkFormat& its_format = files.back().format;
    const bool is_aside = its_format.driver != format.driver;
    CPLStringList list =
        layer_options(its_format, definition, is_aside ? std::vector<std::string>() : options.layer_options);
    to_wgs84.reset();
    if (asked_crs && format.driver == SinkDriver::geojson && list.FetchBool("RFC7946", false))
        to_wgs84.emplace(*asked_crs, Crs::wgs84());
    const std::optional<Crs> crs = to_wgs84 ? Crs::wgs84() : asked_crs;
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    const bool has_crs = crs && definition.geometry != GeometryKind::none;
    if (has_crs && reference.importFromWkt(crs->wkt().c_str()) != OGRERR_NONE)
        fail_to_write(shown, fmt::format("GDAL does not know the CRS {}", crs->name()));
    const bool indexes_itself = is_on_disk() && list.FetchBool("SPATIAL_INDEX", false);
    if (indexes_itself) list.SetNameValue("SPATIAL_INDEX", "NO");  // GDAL 3.6 fills an index row by row
    if (is_on_disk() && !definition.title.empty() && identifiers.insert(definition.title).second)
        list.SetNameValue("IDENTIFIER", definition.title.c_str());  // unique in the file
    if (database) list = PostgresSink::staging_options();
    const std::string name = database ? PostgresSink::staging_name(written.size()) : definition.name;
    layer =
        data_set->CreateLayer(name.c_str(), has_crs ? &reference : nullptr, ogr_type(definition.geometry), list.List());
    if (layer == nullptr || session.has_failed()) fail_with(session, fmt::format("layer '{}': ", definition.name));
    if (!database && !options.layer_options.empty() &&
        session.has_messages())  // GDAL only warns of an option that it does not know
        fail_to_write(shown, fmt::format("layer '{}': {}", definition.name, session.take_messages()),
                      "see the layer creation options of the driver");
    written.push_back({definition, 0, has_crs ? crs : std::nullopt});
    if (indexes_itself)
        written.back().index = IndexedLayer{definition.name, layer->GetFIDColumn(), layer->GetGeometryColumn()};
}

void VectorSink::State::add_fields(GdalSession& session) {
    const std::vector<FieldDefinition>& fields = written.back().definition.fields;
    const std::vector<std::string> names = stored_names(files.back().format, fields);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        OGRFieldDefn field(names[i].c_str(), ogr_type(fields[i], format.driver));
        if (fields[i].required && is_on_disk()) field.SetNullable(FALSE);
        if (layer->CreateField(&field) != OGRERR_NONE || session.has_failed())
            fail_with(session, fmt::format("field '{}': ", fields[i].name));
    }
    if (database) database->keep_all_digits(*data_set, written.size() - 1, written.back().definition, session);
    writer.emplace(*layer, [this](std::size_t row, const std::string& why) {
        fail_with(fmt::format("layer '{}', row {}: {}", written.back().definition.name, row, in_one_line(why)));
    });
}

void VectorSink::State::set_field(OGRFeature& feature, int index, const FieldValue& value) {
    const FieldDefinition& field = written.back().definition.fields[static_cast<std::size_t>(index)];
    if (std::holds_alternative<std::monostate>(value)) {
        if (field.required) fail_at_row(fmt::format("field '{}' must not be empty", field.name));
        feature.SetFieldNull(index);
        return;
    }
    if (const auto* text = std::get_if<std::string>(&value); text != nullptr && field.type == Column::Type::text) {
        const std::string& stored = stored_text(files.back().format, *text, buffer);
        feature.SetField(index, stored.c_str());
        if (stored.size() < text->size()) report_cut(index, text->size());
        return;
    }
    const auto* integer = std::get_if<std::int64_t>(&value);
    const auto* real = std::get_if<double>(&value);
    const auto set_real = [&](double number) {
        if (database)
            feature.SetField(index, fmt::format("{}", number).c_str());
        else
            feature.SetField(index, number);
    };
    if (integer != nullptr && field.type == Column::Type::integer && field.is_wide)
        feature.SetField(index, static_cast<GIntBig>(*integer));
    else if (integer != nullptr && field.type == Column::Type::integer && std::in_range<std::int32_t>(*integer))
        feature.SetField(index, static_cast<int>(*integer));
    else if (integer != nullptr && field.type == Column::Type::real)
        set_real(static_cast<double>(*integer));
    else if (real != nullptr && field.type == Column::Type::real && std::isfinite(*real))
        set_real(*real);
    else
        fail_at_row(fmt::format("the value does not fit field '{}'", field.name));
}

SinkFormat VectorSink::State::format_of(const LayerDefinition& definition) const {
    if (format.driver != SinkDriver::flatgeobuf || definition.geometry != GeometryKind::none) return format;
    if (shape == TargetShape::file)
        fail_to_write(shown, fmt::format("a FlatGeobuf cannot hold '{}', a table", definition.name),
                      "name a folder, or write a GeoPackage");
    return choose_format(shown, "CSV");
}

void VectorSink::State::start_layer(const LayerDefinition& definition, const std::optional<Crs>& crs) {
    GdalSession session(FileUse::writing, NetworkUse::refused);
    if (!format.holds_layers) close_data_set(session);
    if (!data_set) {
        const SinkFormat its_format = format_of(definition);
        const bool is_dbf = definition.geometry == GeometryKind::none && its_format.driver == SinkDriver::shapefile;
        files.push_back({definition.name + (is_dbf ? ".dbf" : its_format.ending), its_format});
        create_data_set(files.back().name, session);
    }
    open_layer(definition, crs, session);
    add_fields(session);
}

void VectorSink::State::add_row(const Geometry& geometry, std::span<const FieldValue> values) {
    OGRFeature& feature = writer->next();
    for (std::size_t i = 0; i < values.size(); ++i) set_field(feature, static_cast<int>(i), values[i]);
    WrittenLayer& of_layer = written.back();
    feature.SetFID(is_on_disk() || database ? static_cast<GIntBig>(of_layer.rows) + 1 : OGRNullFID);
    feature.SetGeometryDirectly(to_ogr(to_wgs84 ? transformed(geometry, *to_wgs84) : geometry).release());
    ++of_layer.rows;
    if (const OGRGeometry* drawn = feature.GetGeometryRef(); is_on_disk() && drawn != nullptr && !drawn->IsEmpty()) {
        OGREnvelope box;
        drawn->getEnvelope(&box);
        of_layer.extent.add(Box{box.MinX, box.MinY, box.MaxX, box.MaxY});
        if (of_layer.index) of_layer.index->boxes.push_back(indexed_box(static_cast<std::int64_t>(of_layer.rows), box));
    }
    writer->add();
}

void VectorSink::State::end_layer() {
    finish_rows();
    if (database && data_set) flush_to_database();
    if (without_place.empty()) return;
    LayerDefinition table = written.back().definition;
    table.name += "_without_place";
    table.geometry = GeometryKind::none;
    start_layer(table, std::nullopt);
    for (const std::vector<FieldValue>& row : without_place) add_row({}, row);
    without_place.clear();
    finish_rows();
}

}  // namespace amayesh
