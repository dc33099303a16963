#include <amayesh/study/row_filter.hpp>

#include <set>
#include <string>
#include <utility>
#include <variant>

#include "study/cell_text.hpp"

namespace amayesh {
namespace {

/// One filter, ready to judge rows.
class RowTest {
public:
    RowTest(const FeatureTable& table, const Filter& filter)
        : m_column{detail::require_field(table, filter.field, 0)}, m_keeps_listed{filter.keeps_listed} {
        for (const std::string& value : filter.values) {
            if (detail::trimmed(value).empty())
                m_lists_nothing = true;
            else
                m_keys.insert(detail::comparison_key(value));
        }
    }

    [[nodiscard]] bool keeps(std::size_t row) const {
        const std::string text = detail::cell_text(m_column, row);
        const bool is_listed = text.empty() ? m_lists_nothing : m_keys.contains(detail::comparison_key(text));
        return is_listed == m_keeps_listed;
    }

private:
    const Column& m_column;
    std::set<std::string> m_keys;
    bool m_keeps_listed;
    bool m_lists_nothing = false;
};

template <class Value>
void pick(std::vector<Value>& values, std::span<const std::size_t> rows) {
    if (values.empty()) return;
    std::vector<Value> picked;
    picked.reserve(rows.size());
    for (const std::size_t row : rows) picked.push_back(std::move(values[row]));
    values = std::move(picked);
}

}  // namespace

std::vector<std::size_t> rows_kept(const FeatureTable& table, std::span<const Filter> filters) {
    std::vector<RowTest> tests;
    tests.reserve(filters.size());
    for (const Filter& filter : filters) tests.emplace_back(table, filter);
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.size(); ++row) {
        bool is_kept = true;
        for (const RowTest& test : tests) is_kept = is_kept && test.keeps(row);
        if (is_kept) rows.push_back(row);
    }
    return rows;
}

FeatureTable select_rows(FeatureTable table, std::span<const std::size_t> rows) {
    for (Column& column : table.columns) {
        pick(column.integers, rows);
        pick(column.reals, rows);
        pick(column.texts, rows);
        pick(column.is_null, rows);
    }
    pick(table.geometries, rows);
    pick(table.row_ids, rows);
    return table;
}

}  // namespace amayesh
