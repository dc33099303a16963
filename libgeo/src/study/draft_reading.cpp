#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/io/vector_source.hpp>

#include "study/draft_layers.hpp"
#include "study/field_evidence.hpp"
#include "study/layer_evidence.hpp"
#include "study/load_crs.hpp"

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

/// The sign between the values of a CSV: the one of ; and tab that its first line has more often than commas.
std::string find_delimiter(const fs::path& file) {
    const std::string extension = file.extension().string();
    if (extension != ".csv" && extension != ".tsv" && extension != ".CSV" && extension != ".TSV") return {};
    constexpr std::size_t most_of_line = 64 * 1024;
    std::ifstream stream(file, std::ios::binary);
    std::string head(most_of_line, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    head.resize(std::min(head.find('\n'), head.size()));
    const auto commas = std::ranges::count(head, ',');
    for (const char sign : {';', '\t'})
        if (std::ranges::count(head, sign) > commas) return std::string(1, sign);
    return {};
}

std::vector<std::string> names_of_fields(const LayerDescription& layer) {
    std::vector<std::string> names;
    for (const auto& [name, type] : layer.fields) names.push_back(name);
    std::ranges::sort(names);
    return names;
}

/// Whether every file has one layer, with the same fields.
bool are_alike(const FileGroup& group, const fs::path& folder) {
    std::optional<std::vector<std::string>> fields;
    for (const std::string& file : group.files) {
        try {
            const auto layers = describe_vector((folder / file).string());
            if (layers.size() != 1) return false;
            const auto names = names_of_fields(layers.front());
            if (fields && *fields != names) return false;
            fields = names;
        } catch (const Error&) {
            return false;  // read on its own, it will say what is wrong
        }
    }
    return true;
}

void turn_into_text(Column& column) {
    if (column.type == Column::Type::text) return;
    column.texts = texts_of(column);
    column.integers.clear();
    column.reals.clear();
    column.type = Column::Type::text;
}

template <class Value>
void append(std::vector<Value>& to, std::vector<Value>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Rows of another file with the same fields.
void append_rows(FeatureTable& to, FeatureTable from) {
    for (Column& column : to.columns) {
        const auto found = std::ranges::find(from.columns, column.name, &Column::name);
        if (found->type != column.type) {
            turn_into_text(column);
            turn_into_text(*found);
        }
        append(column.integers, found->integers);
        append(column.reals, found->reals);
        append(column.texts, found->texts);
        append(column.is_null, found->is_null);
    }
    append(to.geometries, from.geometries);
    append(to.row_ids, from.row_ids);
}

struct ReadTable {
    FeatureTable rows;
    bool encoding_guessed = false;
};

ReadTable read_files(const FileGroup& group, const std::string& layer, const std::string& delimiter,
                     const fs::path& folder) {
    VectorSourceOptions options;
    options.role = "init";
    options.layer = layer;
    options.delimiter = delimiter;
    ReadTable table;
    ProblemReport problems;
    for (const std::string& file : group.files) {
        FeatureTable rows = read_vector((folder / file).string(), options, problems);
        if (&file == &group.files.front())
            table.rows = std::move(rows);
        else
            append_rows(table.rows, std::move(rows));
    }
    table.encoding_guessed = problems.count(ProblemKind::encoding_guessed) > 0;
    return table;
}

std::string shape_name(const FeatureTable& table) {
    std::array<std::size_t, 3> counts{};
    for (const Geometry& geometry : table.geometries) {
        if (std::holds_alternative<Point>(geometry) || std::holds_alternative<MultiPoint>(geometry)) ++counts[0];
        if (std::holds_alternative<MultiLine>(geometry)) ++counts[1];
        if (std::holds_alternative<MultiPolygon>(geometry)) ++counts[2];
    }
    constexpr std::array<std::string_view, 3> names{"points", "lines", "polygons"};
    std::string shape;
    for (std::size_t i = counts.size(); i-- > 0;)
        if (counts[i] > 0) shape += (shape.empty() ? "" : " and ") + std::string(names[i]);
    return shape.empty() ? "table" : shape;
}

/// Names, codes and areas: what tables can be matched by.
bool may_be_key(const Column& column) {
    const NameReading name = read_name(column.name);
    const bool is_key_word = name.has(Notion::code) || name.has(Notion::name) || name.has(Notion::row_number);
    return is_key_word || std::ranges::any_of(name.words, [](const ReadWord& word) {
               return std::ranges::any_of(word.notions, [](Notion n) { return level_of(n).has_value(); });
           });
}

void keep_texts(const FeatureTable& table, ReadLayer& layer) {
    for (const Column& column : table.columns) {
        const bool is_guessed = std::ranges::any_of(
            layer.draft.guess.fields, [&](const FieldGuess& guess) { return guess.field == column.name; });
        if (is_guessed || may_be_key(column)) layer.texts.emplace(column.name, texts_of(column));
    }
}

/// The folder's own name says something too: "utilities/post_bargh.shp".
std::string telling_path(const FileGroup& group, const fs::path& folder) {
    return fs::absolute(folder).lexically_normal().filename().string() + "/" + group.source;
}

ReadLayer make_layer(const FileGroup& group, const LayerDescription& description, bool is_only_layer,
                     const fs::path& folder, const DraftOptions& options) {
    ReadLayer layer;
    DraftLayer& draft = layer.draft;
    draft.source = group.source;
    draft.files = group.files;
    draft.layer = is_only_layer ? "" : description.layer;
    draft.delimiter = find_delimiter(folder / group.files.front());
    const ReadTable table = read_files(group, draft.layer, draft.delimiter, folder);
    draft.shape = shape_name(table.rows);
    draft.rows = table.rows.size();
    draft.crs = table.rows.crs ? table.rows.crs->name() : "";
    draft.bounds = bounds_of_rows(table.rows).all;
    if (table.encoding_guessed) draft.encoding = table.rows.encoding;
    draft.guess = guess_layer(table.rows, telling_path(group, folder), options.language);
    keep_texts(table.rows, layer);
    return layer;
}

ReadLayer make_raster(const FileGroup& group) {
    ReadLayer layer;
    DraftLayer& draft = layer.draft;
    draft.source = group.source;
    draft.files = group.files;
    draft.shape = "raster";
    const NameReading name = read_name(group.source);
    const std::array<std::pair<Notion, std::string_view>, 4> kinds{{{Notion::population, "population"},
                                                                    {Notion::relief, "elevation"},
                                                                    {Notion::land_cover, "land_cover"},
                                                                    {Notion::friction, "friction"}}};
    const auto kind = std::ranges::find_if(kinds, [&](const auto& entry) { return name.has(entry.first); });
    if (kind == kinds.end()) return layer;
    draft.raster_kind = kind->second;
    draft.guess.role = LayerRole::rasters;
    draft.guess.score = likely_score;
    draft.guess.reason = "its name";
    return layer;
}

}  // namespace

std::string ReadLayer::folder() const {
    const std::size_t slash = draft.source.rfind('/');
    return slash == std::string::npos ? "" : draft.source.substr(0, slash);
}

const std::vector<std::string>* ReadLayer::texts_of_attribute(std::string_view attribute) const {
    const FieldGuess* guess = draft.guess.find(attribute);
    if (guess == nullptr) return nullptr;
    const auto found = texts.find(guess->field);
    return found == texts.end() ? nullptr : &found->second;
}

std::vector<ReadLayer> read_group(const FileGroup& group, const fs::path& folder, const DraftOptions& options,
                                  std::vector<SkippedFile>& skipped) {
    std::vector<ReadLayer> layers;
    if (group.files.size() > 1 && (group.is_raster || !are_alike(group, folder))) {
        for (const FileGroup& part : part_group(group))
            std::ranges::move(read_group(part, folder, options, skipped), std::back_inserter(layers));
        return layers;
    }
    if (group.is_raster) {
        layers.push_back(make_raster(group));
        return layers;
    }
    try {
        const auto found = describe_vector((folder / group.files.front()).string());
        for (const LayerDescription& layer : found)
            layers.push_back(make_layer(group, layer, found.size() == 1, folder, options));
    } catch (const Error& error) {
        skipped.push_back({group.source, error.what()});
    }
    return layers;
}

}  // namespace amayesh::detail
