#include "study/load_tables.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/field_map.hpp>
#include <amayesh/study/row_filter.hpp>

#include "study/load_crs.hpp"
#include "study/load_paths.hpp"

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

/// Only what the study uses is read, and only that enters the fingerprint.
std::vector<std::string> fields_used(const LayerStudy& layer) {
    std::set<std::string> fields;
    for (const auto& [attribute, map] : layer.fields)
        for (std::string& field : fields_of(map)) fields.insert(std::move(field));
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

/// Reads one source; findings name it as the study does. Those about single rows wait until the rows have names.
void read_rows(const SourcePath& source, const VectorSourceOptions& options, LayerTable& table, InputRecord& record,
               ProblemReport& problems) {
    ProblemReport found;
    table.rows = read_vector(source.opened, options, found);
    if (source.is_file) table.rows.file = source.written;
    for (Problem problem : found.entries()) {
        problem.file = table.rows.file;
        if (problem.feature.empty())
            problems.add(std::move(problem));
        else
            table.row_problems.push_back(std::move(problem));
    }
    record.layer = table.rows.layer;
    record.encoding = table.rows.encoding;
    record.features_in = static_cast<std::int64_t>(table.rows.size());
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

LayerTable read_table(const SourcePath& source, const LayerStudy& layer, const VectorSourceOptions& options,
                      InputRecord& record, InputsRead& read) {
    if (const std::optional<fs::path> file = file_of(source)) read.files.push_back(*file);
    record.source = source.written;
    record.as_of = layer.as_of;
    LayerTable table;
    read_rows(source, options, table, record, read.problems);
    if (!source.is_file) record.source = table.rows.file;  // without the password
    table.hashes = hash_rows(table.rows);
    table.input = read.records.size();
    record.fingerprint = fingerprint(table.hashes);
    filter_rows(table, layer, record, read.problems);
    record.features_used = static_cast<std::int64_t>(table.rows.size());
    return table;
}

}  // namespace

std::size_t add_inputs(InputsRead&& read, LoadedStudy& loaded, ProblemReport& problems) {
    const std::size_t first = loaded.inputs.size();
    std::ranges::move(read.records, std::back_inserter(loaded.inputs));
    std::ranges::move(read.files, std::back_inserter(loaded.input_files));
    problems.append(std::move(read.problems));
    return first;
}

LayerTables read_layer(const LayerStudy& layer, std::string role, const Study& study, InputsRead& read) {
    LayerTables result{&layer, std::move(role), {}};
    const VectorSourceOptions options = options_for(layer, study);
    for (const std::string& text : layer.sources) {
        for (const SourcePath& source : expand_source(text, study.file.parent_path())) {
            InputRecord record;
            record.role = result.role;
            LayerTable table = read_table(source, layer, options, record, read);
            const bool is_usable = settle_place(table, layer, record, read.problems);
            if (!is_usable) record.features_skipped += std::exchange(record.features_used, 0);
            read.records.push_back(std::move(record));
            if (is_usable) result.tables.push_back(std::move(table));
        }
    }
    note_mixed_crs(result, read.problems);
    return result;
}

void report_empty_layers(const Study& study, const LoadedStudy& loaded, ProblemReport& problems) {
    const LayerRole assessed = study.unit == UnitKind::settlement ? LayerRole::settlements : LayerRole::rural_districts;
    std::map<LayerRole, std::string_view> needed;
    for (const LayerStudy& layer : study.layers) {
        if (layer.role == assessed && !layer.derive) needed.emplace(assessed, "there is nothing to assess");
        if (layer.derive) needed.emplace(LayerRole::settlements, "no district can grow without settlements");
    }
    for (const auto& [role, why] : needed) {
        const InputRecord* first = nullptr;
        std::int64_t rows = 0;
        for (const InputRecord& record : loaded.inputs) {
            if (record.role != to_string(role)) continue;
            if (first == nullptr) first = &record;
            rows += record.features_in;
        }
        if (first == nullptr || rows > 0) continue;
        problems.add({.severity = Severity::error,
                      .kind = ProblemKind::layer_empty,
                      .layer = first->role,
                      .file = first->source,
                      .message = fmt::format("the layer is empty: {}", why),
                      .action = "gap cannot run"});
    }
}

LayerTable read_join_table(const LayerStudy& layer, const Study& study, InputsRead& read) {
    const std::vector<SourcePath> sources = expand_source(layer.sources.front(), study.file.parent_path());
    if (sources.size() != 1)
        throw InvalidInput(fmt::format("join with '{}': {} files match, a join takes one table", layer.sources.front(),
                                       sources.size()));
    InputRecord record;
    record.role = fmt::format("{} join", to_string(layer.role));
    LayerTable table = read_table(sources.front(), layer, options_for(layer, study), record, read);
    table.rows.geometries.clear();
    read.records.push_back(std::move(record));
    return table;
}

}  // namespace amayesh::detail
