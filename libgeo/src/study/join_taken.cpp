#include "study/join_taken.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>

#include <fmt/format.h>

#include <amayesh/study/name_folding.hpp>

#include "study/cell_text.hpp"

namespace amayesh::detail {
namespace {

constexpr std::array all_roles{LayerRole::rural_districts, LayerRole::settlements, LayerRole::zones,
                               LayerRole::plots,           LayerRole::sources,     LayerRole::roads,
                               LayerRole::constraints,     LayerRole::rasters};

/// People, counts and amounts add up over rows; shares, coordinates and texts do not.
bool adds_up(const std::string& role, const std::string& attribute) {
    for (const LayerRole candidate : all_roles) {
        if (to_string(candidate) != role) continue;
        for (const AttributeRule& rule : attributes_of(candidate))
            if (rule.name == attribute)
                return rule.kind == ValueKind::people || rule.kind == ValueKind::count ||
                       (rule.kind == ValueKind::amount && rule.dimension != Dimension::share &&
                        rule.dimension != Dimension::length);
    }
    return false;
}

void append_null(Column& column) {
    column.is_null.push_back(1);
    if (column.type == Column::Type::integer) column.integers.push_back(0);
    if (column.type == Column::Type::real) column.reals.push_back(0);
    if (column.type == Column::Type::text) column.texts.emplace_back();
}

void append_cell(const Column& source, std::size_t row, Column& column) {
    if (source.is_null[row] != 0) {
        append_null(column);
        return;
    }
    column.is_null.push_back(0);
    if (source.type == Column::Type::integer) column.integers.push_back(source.integers[row]);
    if (source.type == Column::Type::real) column.reals.push_back(source.reals[row]);
    if (source.type == Column::Type::text) column.texts.push_back(source.texts[row]);
}

void append_text_sum(const Column& source, std::span<const std::size_t> rows, Column& column) {
    double sum = 0;
    for (const std::size_t row : rows) {
        const std::string text = cell_text(source, row);
        if (is_no_figure(text)) {
            append_null(column);
            return;
        }
        const std::optional<double> value = parse_number(text);
        if (!value || *value < 0) {  // the reader of the field reports the text
            append_cell(source, row, column);
            return;
        }
        sum += *value;
    }
    column.is_null.push_back(0);
    column.texts.push_back(fmt::format("{}", sum));
}

bool is_wrong(const Column& source, std::size_t row) {
    if (source.is_null[row] != 0) return false;
    if (source.type == Column::Type::integer) return source.integers[row] < 0;
    return !(source.reals[row] >= 0) || !std::isfinite(source.reals[row]);
}

void append_sum(const Column& source, std::span<const std::size_t> rows, Column& column) {
    if (source.type == Column::Type::text) {
        append_text_sum(source, rows, column);
        return;
    }
    // A sum must not hide a number that cannot be; the reader of the field reports it.
    const auto wrong = std::find_if(rows.begin(), rows.end(), [&](std::size_t row) { return is_wrong(source, row); });
    if (wrong != rows.end()) {
        append_cell(source, *wrong, column);
        return;
    }
    if (std::any_of(rows.begin(), rows.end(), [&](std::size_t row) { return source.is_null[row] != 0; })) {
        append_null(column);
        return;
    }
    column.is_null.push_back(0);
    if (source.type == Column::Type::integer) {
        std::int64_t sum = 0;
        bool overflows = false;
        for (const std::size_t row : rows) overflows |= __builtin_add_overflow(sum, source.integers[row], &sum);
        column.integers.push_back(overflows ? std::numeric_limits<std::int64_t>::max() : sum);
        return;
    }
    double sum = 0;
    for (const std::size_t row : rows) sum += source.reals[row];
    column.reals.push_back(sum);
}

}  // namespace

TakenFields::TakenFields(const FeatureTable& table, const Join& join, const std::string& role) {
    std::map<std::string, bool> is_added;
    for (const auto& [attribute, map] : join.take)
        for (const std::string& field : fields_of(map))
            is_added[field] |= join.several == Join::Several::sum && adds_up(role, attribute);
    for (const auto& [field, added] : is_added) m_fields.push_back({&require_field(table, field, join.line), added});
}

std::vector<Column> TakenFields::empty_columns() const {
    std::vector<Column> columns;
    for (const Field& field : m_fields) {
        Column column;
        column.name = field.column->name;
        column.type = field.column->type;
        columns.push_back(std::move(column));
    }
    return columns;
}

bool TakenFields::agree_in(const Field& field, std::span<const std::size_t> rows) const {
    if (field.is_added) return true;
    const std::string first = cell_text(*field.column, rows.front());
    return std::all_of(rows.begin() + 1, rows.end(), [&](std::size_t row) {
        const std::string other = cell_text(*field.column, row);
        return other == first || (!first.empty() && !other.empty() && comparison_key(other) == comparison_key(first));
    });
}

bool TakenFields::agree(std::span<const std::size_t> rows) const {
    return rows.size() < 2 ||
           std::all_of(m_fields.begin(), m_fields.end(), [&](const Field& field) { return agree_in(field, rows); });
}

std::string TakenFields::disagreement(std::span<const std::size_t> rows) const {
    constexpr std::size_t most_shown = 3;
    for (const Field& field : m_fields) {
        if (agree_in(field, rows)) continue;
        std::vector<std::string> values;
        for (const std::size_t row : rows) values.push_back(cell_text(*field.column, row));
        std::sort(values.begin(), values.end());
        values.erase(std::unique(values.begin(), values.end()), values.end());
        std::string shown;
        for (std::size_t i = 0; i < std::min(values.size(), most_shown); ++i)
            shown += fmt::format("{}'{}'", i == 0 ? "" : ", ", values[i]);
        return fmt::format("{}: {}{}", field.column->name, shown, values.size() > most_shown ? ", …" : "");
    }
    return {};
}

void TakenFields::append(std::span<const std::size_t> rows, std::vector<Column>& columns) const {
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (rows.empty())
            append_null(columns[i]);
        else if (rows.size() > 1 && m_fields[i].is_added)
            append_sum(*m_fields[i].column, rows, columns[i]);
        else
            append_cell(*m_fields[i].column, rows.front(), columns[i]);
    }
}

}  // namespace amayesh::detail
