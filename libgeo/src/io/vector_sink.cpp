#include <amayesh/io/vector_sink.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/transform.hpp>

#include "io/feature_writer.hpp"
#include "io/gdal_session.hpp"
#include "io/geometry_conversion.hpp"
#include "io/geopackage_schema.hpp"
#include "io/memory_folder.hpp"
#include "io/partial_target.hpp"
#include "io/postgres_name.hpp"
#include "io/postgres_sink.hpp"
#include "io/project_archive.hpp"
#include "io/sink_format.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

namespace fs = std::filesystem;

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

bool fits(const Geometry& geometry, GeometryKind kind) {
    if (std::holds_alternative<std::monostate>(geometry)) return true;
    switch (kind) {
        case GeometryKind::none:
            return false;
        case GeometryKind::point:
            return std::holds_alternative<Point>(geometry);
        case GeometryKind::multi_line:
            return std::holds_alternative<MultiLine>(geometry);
        case GeometryKind::multi_polygon:
            return std::holds_alternative<MultiPolygon>(geometry);
    }
    return false;
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

struct VectorSink::State {
    State(const fs::path& wanted, const VectorSinkOptions& asked, std::span<const fs::path> inputs)
        : options{asked}, format{choose_format(wanted, asked.driver)}, shape{shape_of(wanted, format)} {
        if (format.driver == SinkDriver::postgresql) {
            connect(wanted);
            return;
        }
        target.emplace(wanted,
                       PartialTarget::Rules{shape, asked.overwrite, format.folder_endings, has_project() ? ".qgz" : ""},
                       inputs);
        shown = target->target();
        given = wanted.string();
        check_layer_options(format, options.layer_options, shown);
        if (options.several_layers) require_room_for_layers();
        if (!has_project()) return;
        refuse_unnameable(shown);
        refuse_foreign_archive(target->companion());
    }

    void connect(const fs::path& wanted) {
        check_layer_options(format, options.layer_options, without_password(wanted.string()));
        database.emplace(wanted.string(), options);
        shown = given = database->shown();
    }

    /// GDAL holds the files open: they are closed before `target` removes them. A transaction that is open it would commit.
    ~State() {
        const GdalSession session(FileUse::writing, NetworkUse::refused);
        writer.reset();
        if (database && data_set && !is_finished) data_set->RollbackTransaction();
        data_set.reset();
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void require_room_for_layers() const {
        if (!format.holds_layers && shape == TargetShape::file)
            fail_to_write(shown, fmt::format("a {} file holds one layer", format.gdal_name),
                          fmt::format("name a folder, and the driver: {}", format.gdal_name));
    }

    [[nodiscard]] bool has_project() const noexcept { return options.with_project && is_on_disk(); }
    [[nodiscard]] bool is_on_disk() const noexcept { return format.driver == SinkDriver::geopackage; }

    void create_data_set(const std::string& name, GdalSession& session) {
        if (database) {
            data_set = database->take_data_set(session);
            return;
        }
        const std::string file = is_on_disk() ? target->place().string() : memory.file(name);
        data_set.reset(GetGDALDriverManager()
                           ->GetDriverByName(files.back().format.gdal_name)
                           ->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (data_set && is_on_disk()) data_set->StartTransaction();
        if (!data_set || session.has_failed()) fail_with(session);
    }

    /// Leaves the data set to this thread.
    void finish_rows() {
        if (writer) writer->finish();
        writer.reset();
    }

    /// The server says here what it has against the rows of the layer.
    void flush_to_database() const {
        GdalSession session(FileUse::writing, NetworkUse::refused);
        data_set->FlushCache(false);
        if (session.has_failed()) fail_with(session, fmt::format("layer '{}': ", written.back().definition.name));
    }

    void close_data_set(GdalSession& session) {
        if (!data_set) return;
        if (is_on_disk()) data_set->CommitTransaction();
        data_set->FlushCache(true);
        data_set.reset();
        if (session.has_failed()) fail_with(session);
    }

    void start_layer(const LayerDefinition& layer, const std::optional<Crs>& crs);
    void add_row(const Geometry& geometry, std::span<const FieldValue> values);
    void end_layer();
    SinkFormat format_of(const LayerDefinition& layer) const;
    void open_layer(const LayerDefinition& layer, const std::optional<Crs>& crs, GdalSession& session);
    void add_fields(GdalSession& session);
    void set_field(OGRFeature& feature, int index, const FieldValue& value);
    void check_memory_files(GdalSession& session) const;
    void write_memory_files() const;
    void finish_on_disk() const;

    [[noreturn]] void fail_with(GdalSession& session, const std::string& where = "") const {
        fail_with(where + session.take_first_failure());
    }
    [[noreturn]] void fail_with(const std::string& why) const {
        if (is_on_disk()) fail_to_grow(target->place(), why, shown);
        fail_to_write(shown, why);
    }
    [[noreturn]] void fail_at_row(const std::string& why) const {
        fail_to_write(
            shown, fmt::format("layer '{}', row {}: {}", written.back().definition.name, written.back().rows + 1, why));
    }
    void report_cut(int index, std::size_t bytes) {
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

    VectorSinkOptions options;
    SinkFormat format;
    TargetShape shape;
    std::optional<PartialTarget> target;   ///< Of files.
    std::optional<PostgresSink> database;  ///< Or this.
    fs::path shown;                        ///< In messages of failures.
    std::string given;                     ///< As the caller named it, but for a password.
    MemoryFolder memory;
    GDALDatasetUniquePtr data_set;
    OGRLayer* layer = nullptr;
    std::optional<FeatureWriter> writer;  ///< Of the layer that was begun.
    std::optional<Transform> to_wgs84;    ///< Of its geometries, where RFC 7946 asks for degrees.
    std::vector<WrittenLayer> written;
    std::optional<QgisProject> project;
    std::string metadata;
    struct File {
        std::string name;
        SinkFormat format;
    };
    std::vector<File> files;                             ///< Of the layers, where each has its own.
    std::vector<std::vector<FieldValue>> without_place;  ///< Rows that the layer's format cannot hold.
    std::set<std::string> identifiers;
    std::string buffer;
    ProblemReport problems;
    bool is_finished = false;
};

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

/// Of a layer of its own file: a table has no place in a FlatGeobuf (GDAL 3.6 writes 0 bytes), and lies beside it as CSV.
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

/// Writes what is left of the layer: its rows, and as a table beside it those that its format cannot hold.
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

/// Opens what was written and counts: a driver that lost a row without a word is found here.
void VectorSink::State::check_memory_files(GdalSession& session) const {
    for (std::size_t i = 0; i < written.size(); ++i) {
        const File& of_layer = files[format.holds_layers ? 0 : i];
        const std::string file = memory.file(of_layer.name);
        const char* const drivers[] = {of_layer.format.gdal_name, nullptr};
        const GDALDatasetUniquePtr again(
            GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, nullptr, nullptr));
        OGRLayer* read = !again                ? nullptr
                         : format.holds_layers ? again->GetLayerByName(written[i].definition.name.c_str())
                                               : again->GetLayer(0);
        const auto rows = read ? read->GetFeatureCount() : -1;
        const bool is_empty_file = written[i].rows == 0 && !read;  // a driver may find no layer in a file without rows
        if (rows != static_cast<GIntBig>(written[i].rows) && !is_empty_file)
            fail_to_write(shown, fmt::format("layer '{}' has {} rows of {} ({})", written[i].definition.name, rows,
                                             written[i].rows, session.take_messages()));
    }
}

void VectorSink::State::finish_on_disk() const {
    std::optional<ArchivedProject> archived;
    if (has_project()) {
        if (!project) fail_to_write(shown, "no project was made for it");
        archived = {project->name, archive_of(project->qgs, shown)};
        write_file(target->place_of_companion(), archived->qgz, target->companion());
    }
    finish_geopackage(target->place(), {written, archived, metadata}, shown);
}

void VectorSink::State::write_memory_files() const {
    for (const std::string& name : memory.names())
        write_file(shape == TargetShape::folder ? target->place() / name : target->place(), memory.bytes(name), shown);
}

VectorSink::VectorSink(fs::path target, const VectorSinkOptions& options, std::span<const fs::path> inputs)
    : m_state{std::make_unique<State>(target, options, inputs)} {}

VectorSink::~VectorSink() = default;
VectorSink::VectorSink(VectorSink&&) noexcept = default;
VectorSink& VectorSink::operator=(VectorSink&&) noexcept = default;

void VectorSink::begin_layer(const LayerDefinition& layer, const std::optional<Crs>& crs) {
    State& s = *m_state;
    s.end_layer();
    if (layer.name.empty() || layer.name.find('/') != std::string::npos || layer.name.front() == '.')
        fail_to_write(s.shown, fmt::format("'{}' is no name for a layer", layer.name));
    if (!s.written.empty()) s.require_room_for_layers();
    s.start_layer(layer, crs);
}

void VectorSink::add(const Geometry& geometry, std::span<const FieldValue> values) {
    State& s = *m_state;
    if (!s.writer) throw IoError("cannot write: no layer was begun");
    const WrittenLayer& written = s.written.back();
    if (values.size() != written.definition.fields.size())
        s.fail_at_row(fmt::format("{} values for {} fields", values.size(), written.definition.fields.size()));
    if (!fits(geometry, written.definition.geometry)) s.fail_at_row("the geometry is not of the layer's kind");
    const bool has_no_shape =
        std::holds_alternative<std::monostate>(geometry) && written.definition.geometry != GeometryKind::none;
    if (!has_no_shape || s.format.driver != SinkDriver::flatgeobuf) return s.add_row(geometry, values);
    if (s.shape == TargetShape::file)
        s.fail_at_row("a FlatGeobuf cannot hold a row without geometry; name a folder, or write a GeoPackage");
    s.without_place.emplace_back(values.begin(), values.end());
}

void VectorSink::set_styles(const std::string& layer, std::vector<LayerStyle> styles) {
    const auto found =
        std::ranges::find(m_state->written, layer, [](const WrittenLayer& w) { return w.definition.name; });
    if (found == m_state->written.end()) fail_to_write(m_state->shown, fmt::format("no layer '{}' was begun", layer));
    found->styles = std::move(styles);
}

void VectorSink::set_project(QgisProject project) {
    if (m_state->has_project()) m_state->project = std::move(project);
}

void VectorSink::set_metadata(std::string qmd) { m_state->metadata = std::move(qmd); }

std::optional<StoredPackage> VectorSink::package() const {
    if (!m_state->is_on_disk()) return std::nullopt;
    StoredPackage package{m_state->shown.filename().string(), {}};
    for (const WrittenLayer& w : m_state->written) {
        StoredLayer layer{w.definition.name, w.definition.geometry, {}, w.crs, w.extent};
        for (const FieldDefinition& field : w.definition.fields) layer.columns.push_back(field.name);
        package.layers.push_back(std::move(layer));
    }
    return package;
}

ProblemReport VectorSink::finish() {
    State& s = *m_state;
    if (s.is_finished) throw IoError("cannot write: already finished");
    s.end_layer();
    GdalSession session(FileUse::writing, NetworkUse::refused);
    if (s.written.empty()) fail_to_write(s.shown, "there is no layer to write");
    if (s.database) {
        s.database->publish(*s.data_set, s.written, session);
        s.is_finished = true;
        return std::move(s.problems);
    }
    s.close_data_set(session);
    if (s.is_on_disk()) {
        s.finish_on_disk();
    } else {
        s.check_memory_files(session);
        s.write_memory_files();
    }
    s.target->publish();
    s.is_finished = true;
    return std::move(s.problems);
}

std::string VectorSink::shown_target() const { return m_state->given; }

}  // namespace amayesh
