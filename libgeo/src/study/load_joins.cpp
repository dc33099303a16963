#include "study/load_joins.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

#include <amayesh/study/row_filter.hpp>

namespace amayesh::detail {
namespace {

std::string text_of(const FieldValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* real = std::get_if<double>(&value)) {
        const auto whole = static_cast<std::int64_t>(*real);
        return static_cast<double>(whole) == *real ? std::to_string(whole) : std::to_string(*real);
    }
    return {};
}

/// The key fields of every table of the layer below one another, as text where several tables have to agree.
FeatureTable keys_of(const LayerTables& layer, const Join& join) {
    FeatureTable keys;
    keys.file = layer.tables.front().rows.file;
    for (const Join::Key& key : join.keys) {
        Column column;
        column.name = key.field;
        for (const LayerTable& table : layer.tables) {
            const Column* source = table.rows.find(key.field);
            for (std::size_t row = 0; row < table.rows.size(); ++row) {
                const bool is_null = source == nullptr || source->is_null[row] != 0;
                column.is_null.push_back(is_null ? 1 : 0);
                column.texts.push_back(is_null ? std::string{} : text_of(source->at(row)));
            }
        }
        keys.columns.push_back(std::move(column));
    }
    for (const LayerTable& table : layer.tables)
        keys.row_ids.insert(keys.row_ids.end(), table.rows.row_ids.begin(), table.rows.row_ids.end());
    return keys;
}

std::vector<std::string> labels_of(std::span<const RowNames> names) {
    std::vector<std::string> labels;
    for (const RowNames& table : names) labels.insert(labels.end(), table.labels.begin(), table.labels.end());
    return labels;
}

/// A join's table is read like a layer that uses only the join's fields.
LayerStudy as_layer(const Join& join, LayerRole role) {
    LayerStudy layer;
    layer.role = role;
    layer.sources = {join.source};
    layer.layer = join.layer;
    layer.encoding = join.encoding;
    layer.delimiter = join.delimiter;
    if (join.where) layer.where = {*join.where};
    layer.fields = join.take;
    for (const Join::Key& key : join.keys) layer.fields["join key " + key.table_field].field = key.table_field;
    return layer;
}

/// Cuts what was joined to all tables into one piece a table.
void share_out(JoinedTable&& joined, const LayerTables& layer, std::vector<TableJoins>& result) {
    if (layer.tables.size() == 1) {
        result.front().fields.push_back(std::move(joined.table));
        result.front().rows.push_back(std::move(joined.rows));
        return;
    }
    std::size_t first = 0;
    for (std::size_t t = 0; t < layer.tables.size(); ++t) {
        std::vector<std::size_t> rows(layer.tables[t].rows.size());
        std::iota(rows.begin(), rows.end(), first);
        result[t].fields.push_back(select_rows(joined.table, rows));
        JoinedRows& joined_rows = result[t].rows.emplace_back();
        for (const std::size_t row : rows) joined_rows.push_back(std::move(joined.rows[row]));
        first += rows.size();
    }
}

}  // namespace

std::vector<TableJoins> join_layer(const LayerTables& layer, std::span<const RowNames> names, const Study& study,
                                   LoadedStudy& loaded, ProblemReport& problems) {
    std::vector<TableJoins> result(layer.tables.size());
    if (layer.tables.empty()) return result;
    const std::vector<std::string> labels = labels_of(names);
    for (const Join& join : layer.study->joins) {
        InputsRead read;
        const LayerTable source = read_join_table(as_layer(join, layer.study->role), study, read);
        add_inputs(std::move(read), loaded, problems);
        JoinedTable joined =
            layer.tables.size() == 1
                ? join_table(layer.tables.front().rows, source.rows, join, layer.role, labels, problems)
                : join_table(keys_of(layer, join), source.rows, join, layer.role, labels, problems);
        loaded.joins.push_back(joined.record);
        share_out(std::move(joined), layer, result);
    }
    return result;
}

}  // namespace amayesh::detail
