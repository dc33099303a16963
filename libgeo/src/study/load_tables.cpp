#include "study/load_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/row_filter.hpp>

#include "study/load_geometry.hpp"
#include "study/load_paths.hpp"

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

void add_fields_of(const FieldMap& map, std::set<std::string>& fields) {
    if (!map.field.empty()) fields.insert(map.field);
    fields.insert(map.sum_of.begin(), map.sum_of.end());
    for (const FieldMap& season : map.other_seasons) add_fields_of(season, fields);
}

/// Only what the study uses is read, and only that enters the fingerprint.
std::vector<std::string> fields_used(const LayerStudy& layer) {
    std::set<std::string> fields;
    for (const auto& [attribute, map] : layer.fields) add_fields_of(map, fields);
    for (const Filter& filter : layer.where) fields.insert(filter.field);
    for (const Join& join : layer.joins)
        for (const Join::Key& key : join.keys) fields.insert(key.field);
    return {fields.begin(), fields.end()};
}

VectorSourceOptions options_for(const LayerStudy& layer, const Study& study) {
    VectorSourceOptions options;
    options.role = to_string(layer.role);
    options.layer = layer.layer;
    options.fields = fields_used(layer);
    options.encoding = layer.encoding;
    options.x_field = layer.x_field;
    options.y_field = layer.y_field;
    options.wkt_field = layer.wkt_field;
    options.delimiter = layer.delimiter;
    options.network_allowed = study.network_allowed;
    return options;
}

/// The file that holds the source: itself, or the archive that it lies in.
std::optional<fs::path> file_of(const SourcePath& source) {
    if (!source.is_file) return std::nullopt;
    fs::path path = source.opened;
    if (source.opened.starts_with("/vsizip/")) path = source.opened.substr(std::string_view{"/vsizip/"}.size());
    std::error_code ignored;  // a parent that cannot be looked at is not the archive
    while (!fs::exists(path, ignored) && path.has_relative_path()) path = path.parent_path();
    return path.has_relative_path() ? std::optional{path} : std::nullopt;
}

/// Reads one source; findings name it as the study does.
FeatureTable read_source(const SourcePath& source, const VectorSourceOptions& options, InputRecord& record,
                         ProblemReport& problems) {
    ProblemReport found;
    FeatureTable rows = read_vector(source.opened, options, found);
    rows.file = source.written;
    for (Problem problem : found.entries()) {
        if (problem.kind == ProblemKind::feature_unreadable) ++record.features_skipped;
        problem.file = source.written;
        problems.add(std::move(problem));
    }
    record.layer = rows.layer;
    record.encoding = rows.encoding;
    record.features_in = static_cast<std::int64_t>(rows.size()) + record.features_skipped;
    return rows;
}

void report_empty(const InputRecord& record, ProblemReport& problems) {
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::layer_empty,
                  .layer = record.role,
                  .file = record.source,
                  .message = fmt::format("layer '{}' has no rows", record.layer),
                  .action = "kept"});
}

void filter_rows(LayerTable& table, const LayerStudy& layer, InputRecord& record, ProblemReport& problems) {
    if (layer.where.empty()) return;
    const std::vector<std::size_t> kept = rows_kept(table.rows, layer.where);
    if (kept.size() == table.rows.size()) return;
    record.features_filtered = static_cast<std::int64_t>(table.rows.size() - kept.size());
    std::vector<RowHash> hashes;
    hashes.reserve(kept.size());
    for (const std::size_t row : kept) hashes.push_back(table.hashes[row]);
    table.hashes = std::move(hashes);
    table.rows = select_rows(std::move(table.rows), kept);
    if (!kept.empty()) return;
    problems.add({.severity = Severity::error,
                  .kind = ProblemKind::selection_empty,
                  .layer = record.role,
                  .file = record.source,
                  .field = layer.where.front().field,
                  .message = fmt::format("the filter keeps none of the {} rows", record.features_in),
                  .action = "left out"});
}

bool are_degrees(const Box& box) {
    return box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90;
}

bool are_exchanged_degrees(const Box& box) {
    return box.min_x >= -90 && box.max_x <= 90 && box.min_y >= -180 && box.max_y <= 180;
}

Problem crs_problem(Severity severity, ProblemKind kind, const InputRecord& record, std::string message,
                    std::string action) {
    return {.severity = severity,
            .kind = kind,
            .layer = record.role,
            .file = record.source,
            .message = std::move(message),
            .action = std::move(action)};
}

std::string text_of(const Box& box) {
    return fmt::format("x {:.6g} to {:.6g}, y {:.6g} to {:.6g}", box.min_x, box.max_x, box.min_y, box.max_y);
}

std::optional<Crs> report_wrong_degrees(const Box& box, const std::string& crs, const InputRecord& record,
                                        ProblemReport& problems) {
    if (are_exchanged_degrees(box)) {
        problems.add(crs_problem(Severity::error, ProblemKind::axes_swapped, record,
                                 fmt::format("{}: latitude and longitude are exchanged", text_of(box)), "left out"));
    } else {
        problems.add(crs_problem(
            Severity::error, ProblemKind::crs_missing, record,
            fmt::format("coordinates ({}) are not degrees as {} has them; state the true CRS with crs = \"EPSG:…\"",
                        text_of(box), crs),
            "left out"));
    }
    return std::nullopt;
}

/// The CRS to work with, or nothing after an error entry.
std::optional<Crs> settle_crs(const FeatureTable& rows, const RowBounds& bounds, const LayerStudy& layer,
                              const InputRecord& record, ProblemReport& problems) {
    const Box& box = bounds.all;
    const bool is_wrong_for_degrees =
        2 * bounds.rows_in_degrees < bounds.rows;  // a few stray rows are those rows' fault
    if (rows.crs && !(rows.crs->is_geographic() && is_wrong_for_degrees)) return rows.crs;
    if (!layer.crs.empty()) {
        Crs stated = Crs::parse(layer.crs);
        if (stated.is_geographic() && is_wrong_for_degrees)
            return report_wrong_degrees(box, stated.name(), record, problems);
        problems.add(crs_problem(rows.crs ? Severity::warning : Severity::note, ProblemKind::crs_assigned, record,
                                 rows.crs ? fmt::format("coordinates are not degrees as {} has them", rows.crs->name())
                                          : "the data states no CRS",
                                 fmt::format("taken as {}, as the study says", stated.name())));
        return stated;
    }
    if (rows.crs) return report_wrong_degrees(box, rows.crs->name(), record, problems);
    if (!layer.x_field.empty()) {
        if (is_wrong_for_degrees) return report_wrong_degrees(box, Crs::wgs84().name(), record, problems);
        return Crs::wgs84();
    }
    problems.add(crs_problem(Severity::error, ProblemKind::crs_missing, record,
                             fmt::format("layer '{}' has coordinates but states no CRS (no .prj?); say crs = "
                                         "\"EPSG:…\" in [layers.{}]",
                                         record.layer, record.role),
                             "left out"));
    return std::nullopt;
}

/// Whether the table can be used; its CRS and bounds are then known.
bool settle_place(LayerTable& table, const LayerStudy& layer, InputRecord& record, ProblemReport& problems) {
    if (table.rows.geometries.empty()) return true;
    const RowBounds bounds = bounds_of_rows(table.rows);
    table.crs = settle_crs(table.rows, bounds, layer, record, problems);
    if (!table.crs) return false;
    const Box& box = table.crs->is_geographic() ? bounds.in_degrees : bounds.all;
    record.crs = table.crs->name();
    try {
        table.degrees = transformed_bounds(box, *table.crs, Crs::wgs84());
    } catch (const CrsError& error) {
        problems.add(crs_problem(Severity::error, ProblemKind::crs_missing, record,
                                 fmt::format("coordinates ({}) do not fit {}: {}; state the true CRS", text_of(box),
                                             table.crs->name(), error.what()),
                                 "left out"));
        return false;
    }
    return true;
}

void note_mixed_crs(const LayerTables& layer, ProblemReport& problems) {
    const LayerTable* first = nullptr;
    for (const LayerTable& table : layer.tables) {
        if (!table.crs) continue;
        if (first == nullptr) first = &table;
        if (*table.crs == *first->crs) continue;
        problems.add({.severity = Severity::note,
                      .kind = ProblemKind::crs_mixed,
                      .layer = layer.role,
                      .file = table.rows.file,
                      .message = fmt::format("CRS {} differs from {} of {}", table.crs->name(), first->crs->name(),
                                             first->rows.file),
                      .action = "each reprojected by its own CRS"});
    }
}

void add_bounds(Box& box, std::span<const Point> points) {
    for (const Point& p : points)
        if (std::isfinite(p.x) && std::isfinite(p.y) && (p.x != 0 || p.y != 0)) box.add(p);
}

Box bounds_of(const Geometry& geometry) {
    Box box;
    if (const auto* point = std::get_if<Point>(&geometry)) add_bounds(box, {point, 1});
    if (const auto* points = std::get_if<MultiPoint>(&geometry)) add_bounds(box, *points);
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        for (const LineString& line : lines->parts) add_bounds(box, line);
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        for (const Polygon& part : shape->parts) add_bounds(box, part.outer);
    return box;
}

}  // namespace

RowBounds bounds_of_rows(const FeatureTable& rows) {
    RowBounds bounds;
    for (const Geometry& geometry : rows.geometries) {
        const Box box = bounds_of(geometry);
        if (box.is_empty()) continue;
        bounds.all.add(box);
        ++bounds.rows;
        if (!are_degrees(box)) continue;
        bounds.in_degrees.add(box);
        ++bounds.rows_in_degrees;
    }
    return bounds;
}

LayerTables read_layer(const LayerStudy& layer, const Study& study, LoadedStudy& loaded, ProblemReport& problems) {
    LayerTables result{&layer, std::string{to_string(layer.role)}, {}};
    const VectorSourceOptions options = options_for(layer, study);
    for (const std::string& text : layer.sources) {
        for (const SourcePath& source : expand_source(text, study.file.parent_path())) {
            if (const std::optional<fs::path> file = file_of(source)) loaded.input_files.push_back(*file);
            InputRecord record;
            record.role = result.role;
            record.source = source.written;
            record.as_of = layer.as_of;
            LayerTable table;
            table.rows = read_source(source, options, record, problems);
            table.hashes = hash_rows(table.rows);
            record.fingerprint = fingerprint(table.hashes);
            if (record.features_in == 0) report_empty(record, problems);
            filter_rows(table, layer, record, problems);
            table.input = loaded.inputs.size();
            const bool is_usable = settle_place(table, layer, record, problems);
            if (is_usable)
                record.features_used = static_cast<std::int64_t>(table.rows.size());
            else
                record.features_skipped += static_cast<std::int64_t>(table.rows.size());
            loaded.inputs.push_back(std::move(record));
            if (is_usable) result.tables.push_back(std::move(table));
        }
    }
    note_mixed_crs(result, problems);
    return result;
}

}  // namespace amayesh::detail
