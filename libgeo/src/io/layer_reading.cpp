#include "io/layer_reading.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include "io/geometry_conversion.hpp"
#include "io/geopackage_reading.hpp"
#include "io/postgres_name.hpp"

namespace amayesh::detail {
namespace {

/// A date or time as ISO 8601 writes it.
std::string iso_date(const OGRField& field, OGRFieldType type) {
    const auto& d = field.Date;
    const std::string date = fmt::format("{:04}-{:02}-{:02}", d.Year, d.Month, d.Day);
    const std::string time = fmt::format("{:02}:{:02}:{:02}", d.Hour, d.Minute, static_cast<int>(d.Second));
    return type == OFTDate ? date : type == OFTTime ? time : date + "T" + time;
}

/// One column being filled from one field.
struct FieldReader {
    int index;
    OGRFieldType type;
    Column* column;

    void read(OGRFeature& feature, EncodingEvidence& evidence) const {
        const OGRField& field = *feature.GetRawFieldRef(index);
        const bool is_null = OGR_RawField_IsUnset(&field) != 0 || OGR_RawField_IsNull(&field) != 0;
        column->is_null.push_back(is_null ? 1 : 0);
        switch (column->type) {
            case Column::Type::integer:
                column->integers.push_back(is_null ? 0 : type == OFTInteger64 ? field.Integer64 : field.Integer);
                return;
            case Column::Type::real:
                column->reals.push_back(is_null ? 0 : field.Real);
                return;
            case Column::Type::text:
                break;
        }
        if (is_null)
            column->texts.emplace_back();
        else if (type == OFTString)
            evidence.add(column->texts.emplace_back(field.String));
        else if (type == OFTDate || type == OFTTime || type == OFTDateTime)
            column->texts.push_back(iso_date(field, type));
        else
            column->texts.emplace_back(feature.GetFieldAsString(index));
    }
};

/// GDAL's warning about some numbers of a DBF; all of them are found afterwards.
constexpr std::string_view parsed_in_part = " parsed incompletely";

/// Takes the features of a layer one by one.
class LayerReader {
public:
    LayerReader(RawTable& raw, const VectorSourceOptions& options, GdalSession& session, ProblemReport& problems)
        : m_raw{raw}, m_options{options}, m_session{session}, m_problems{problems} {}

    void choose(OGRLayer& layer, const std::vector<std::string>& names, const std::vector<bool>& chosen) {
        OGRFeatureDefn& definition = *layer.GetLayerDefn();
        m_has_geometry = definition.GetGeomType() != wkbNone;
        std::vector<Column>& columns = m_raw.table.columns;
        columns.reserve(names.size());  // the readers point into it
        CPLStringList ignored;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const OGRFieldDefn& field = *definition.GetFieldDefn(static_cast<int>(i));
            if (!chosen[i]) {
                ignored.AddString(field.GetNameRef());
                continue;
            }
            columns.push_back({});
            columns.back().name = names[i];
            columns.back().type = column_type(field.GetType());
            m_readers.push_back({static_cast<int>(i), field.GetType(), &columns.back()});
        }
        if (!ignored.empty()) layer.SetIgnoredFields(const_cast<const char**>(ignored.List()));
    }

    void reserve(std::size_t rows) {
        m_raw.table.row_ids.reserve(rows);
        if (m_has_geometry) m_raw.table.geometries.reserve(rows);
        for (const FieldReader& reader : m_readers) {
            reader.column->is_null.reserve(rows);
            if (reader.column->type == Column::Type::integer) reader.column->integers.reserve(rows);
            if (reader.column->type == Column::Type::real) reader.column->reals.reserve(rows);
            if (reader.column->type == Column::Type::text) reader.column->texts.reserve(rows);
        }
    }

    void add(OGRFeature& feature) {
        m_raw.table.row_ids.push_back(feature.GetFID());
        for (const FieldReader& reader : m_readers) reader.read(feature, m_raw.evidence);
        std::string messages = m_session.has_messages() ? m_session.take_messages() : std::string();
        if (messages.find(parsed_in_part) != std::string::npos) messages.clear();
        if (m_has_geometry) {
            add_geometry(feature.GetGeometryRef(), messages);
        } else if (!messages.empty()) {
            report(ProblemKind::feature_unreadable, messages, "kept");
        }
    }

private:
    void add_geometry(const OGRGeometry* shape, const std::string& messages) {
        Geometry& geometry = m_raw.table.geometries.emplace_back();
        if (shape == nullptr) {
            const bool is_broken = !messages.empty();
            report(is_broken ? ProblemKind::feature_unreadable : ProblemKind::geometry_missing,
                   is_broken ? messages : "the feature has no geometry", "kept without geometry");
            return;
        }
        if (!messages.empty()) report(ProblemKind::feature_unreadable, messages, "kept");
        ConvertedGeometry converted = from_ogr(*shape);
        if (!converted.is_finite) {
            report(ProblemKind::geometry_not_finite, "a coordinate is not finite", "kept without geometry");
            return;
        }
        if (std::holds_alternative<std::monostate>(converted.geometry))
            report(ProblemKind::geometry_empty, "the geometry is empty", "kept without geometry");
        if (converted.parts_left_out > 0)
            report(ProblemKind::geometry_wrong_type, "the geometry mixes points, lines and polygons",
                   fmt::format("the parts of the highest dimension are kept, {} others left out",
                               converted.parts_left_out));
        geometry = std::move(converted.geometry);
    }

    void report(ProblemKind kind, std::string message, std::string action) {
        Problem problem =
            problem_of(m_raw.table, m_options, Severity::warning, kind, std::move(message), std::move(action));
        problem.feature = std::to_string(m_raw.table.row_ids.back());
        m_problems.add(std::move(problem));
    }

    RawTable& m_raw;
    const VectorSourceOptions& m_options;
    GdalSession& m_session;
    ProblemReport& m_problems;
    std::vector<FieldReader> m_readers;
    bool m_has_geometry = false;
};

/// A row of a table takes a byte and more: a layer with more rows than bytes is made by a view.
std::uint64_t most_rows_of(const ResolvedSource& source) {
    std::error_code error;
    const bool is_plain = source.format == SourceFormat::geopackage && !source.is_in_zip;
    const std::uintmax_t bytes = is_plain ? std::filesystem::file_size(source.file, error) : 0;
    constexpr std::uint64_t write_ahead_log = std::uint64_t{64} << 20;  // rows may still be there
    return is_plain && !error ? bytes + write_ahead_log : std::numeric_limits<std::uint64_t>::max();
}

CPLStringList open_options(const ResolvedSource& source) {
    CPLStringList options;
    if (source.format == SourceFormat::shapefile || source.format == SourceFormat::dbf)
        options.SetNameValue("ENCODING", "");  // bytes as they are: the encoding is settled afterwards
    if (source.format == SourceFormat::geopackage && !source.is_in_zip) options.SetNameValue("IMMUTABLE", "YES");
    if (source.format == SourceFormat::postgresql) options.SetNameValue("LIST_ALL_TABLES", "YES");
    if (source.format == SourceFormat::geojson) options.SetNameValue("DATE_AS_STRING", "YES");
    return options;
}

}  // namespace

GDALDatasetUniquePtr open_dataset(const ResolvedSource& source, const std::string& gdal_name, GdalSession& session) {
    const char* const drivers[] = {driver_of(source.format), nullptr};
    const unsigned flags = GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;
    GDALDatasetUniquePtr dataset(
        GDALDataset::Open(gdal_name.c_str(), flags, drivers, open_options(source).List(), nullptr));
    const bool has_failed = session.has_failed();
    const std::string messages = session.take_messages();
    if ((!dataset || has_failed) && source.format == SourceFormat::postgresql)
        fail_to_read(source.shown, fmt::format("no connection to the database: {}", reason_of_server(messages)),
                     "check that the server runs, and host, port, dbname, user and password");
    if (!dataset || has_failed)
        fail_to_read(
            source.shown,
            fmt::format("{} file is damaged, cut or not what its name says ({})", driver_of(source.format), messages),
            "get the file again");
    return dataset;
}

std::vector<OGRLayer*> data_layers(GDALDataset& dataset) {
    std::vector<OGRLayer*> layers;
    for (OGRLayer* layer : dataset.GetLayers()) {
        const std::string_view name = layer->GetName();
        if (name != "layer_styles" && name != "qgis_projects") layers.push_back(layer);
    }
    return layers;
}

OGRLayer& find_layer(GDALDataset& dataset, const std::string& name, const ResolvedSource& source) {
    const std::vector<OGRLayer*> layers = data_layers(dataset);
    if (name.empty() && layers.size() == 1) return *layers.front();
    std::vector<std::string> names;
    for (OGRLayer* layer : layers) {
        if (layer->GetName() == name) return *layer;
        names.emplace_back(layer->GetName());
    }
    if (names.empty()) fail_to_read(source.shown, "it holds no layer", "get the file again");
    fail_to_read(
        source.shown,
        name.empty() ? fmt::format("it holds {} layers", names.size()) : fmt::format("it has no layer '{}'", name),
        fmt::format("name one: {}", fmt::join(names, ", ")));
}

std::vector<std::string> field_names(OGRLayer& layer) {
    std::vector<std::string> names;
    OGRFeatureDefn& definition = *layer.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i) names.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
    return names;
}

Column::Type column_type(OGRFieldType type) noexcept {
    if (type == OFTInteger || type == OFTInteger64) return Column::Type::integer;
    return type == OFTReal ? Column::Type::real : Column::Type::text;
}

RawTable read_layer(GDALDataset& dataset, OGRLayer& layer, EndlessQueryGuard& guard,
                    const std::vector<std::string>& names, const std::vector<bool>& chosen,
                    const ResolvedSource& source, const VectorSourceOptions& options, GdalSession& session,
                    ProblemReport& problems) {
    RawTable raw;
    raw.table.file = source.shown;
    raw.table.layer = layer.GetName();
    LayerReader reader(raw, options, session, problems);
    reader.choose(layer, names, chosen);
    const GIntBig expected = layer.GetFeatureCount(FALSE);
    constexpr GIntBig most_reserved = 1'000'000;  // the count is the file's own word
    if (expected > 0) reader.reserve(static_cast<std::size_t>(std::min(expected, most_reserved)));
    layer.ResetReading();
    const std::uint64_t most_rows = most_rows_of(source);
    while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
        reader.add(*feature);
        guard.restart();
        if (raw.table.size() > most_rows)
            fail_to_read(source.shown,
                         fmt::format("layer '{}' gives more rows than the file has bytes", raw.table.layer),
                         "a view multiplies rows: export it to a table");
    }
    const bool is_short = source.format == SourceFormat::flatgeobuf &&  // cut in its index, GDAL sees no features
                          expected > static_cast<GIntBig>(raw.table.size());
    if (is_short)
        fail_to_read(source.shown, fmt::format("{} of {} features can be read", raw.table.size(), expected),
                     "the file is cut: get it again");
    if (session.has_failed())
        fail_to_read(source.shown,
                     fmt::format("layer '{}' ends after {} features: {}", raw.table.layer, raw.table.size(),
                                 session.take_failures()),
                     "the file is damaged: get it again");
    guard.restart();
    unset_values_of_other_types(dataset, layer, raw, options, problems);
    return raw;
}

}  // namespace amayesh::detail
