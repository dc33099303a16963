#include <amayesh/io/vector_sink.hpp>

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "io/postgres_name.hpp"
#include "io/project_archive.hpp"
#include "io/vector_sink_state.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

namespace fs = std::filesystem;

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

}  // namespace

VectorSink::State::State(const fs::path& wanted, const VectorSinkOptions& asked, std::span<const fs::path> inputs)
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

VectorSink::State::~State() {
    const GdalSession session(FileUse::writing, NetworkUse::refused);
    writer.reset();
    if (database && data_set && !is_finished) data_set->RollbackTransaction();
    data_set.reset();
}

void VectorSink::State::connect(const fs::path& wanted) {
    check_layer_options(format, options.layer_options, without_password(wanted.string()));
    database.emplace(wanted.string(), options);
    shown = given = database->shown();
}

void VectorSink::State::require_room_for_layers() const {
    if (!format.holds_layers && shape == TargetShape::file)
        fail_to_write(shown, fmt::format("a {} file holds one layer", format.gdal_name),
                      fmt::format("name a folder, and the driver: {}", format.gdal_name));
}

void VectorSink::State::create_data_set(const std::string& name, GdalSession& session) {
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

void VectorSink::State::flush_to_database() const {
    GdalSession session(FileUse::writing, NetworkUse::refused);
    data_set->FlushCache(false);
    if (session.has_failed()) fail_with(session, fmt::format("layer '{}': ", written.back().definition.name));
}

void VectorSink::State::close_data_set(GdalSession& session) {
    if (!data_set) return;
    if (is_on_disk()) data_set->CommitTransaction();
    data_set->FlushCache(true);
    data_set.reset();
    if (session.has_failed()) fail_with(session);
}

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

void VectorSink::State::fail_with(GdalSession& session, const std::string& where) const {
    fail_with(where + session.take_first_failure());
}

void VectorSink::State::fail_with(const std::string& why) const {
    if (is_on_disk()) fail_to_grow(target->place(), why, shown);
    fail_to_write(shown, why);
}

void VectorSink::State::fail_at_row(const std::string& why) const {
    fail_to_write(shown,
                  fmt::format("layer '{}', row {}: {}", written.back().definition.name, written.back().rows + 1, why));
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
