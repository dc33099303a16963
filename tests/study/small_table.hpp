#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <amayesh/io/vector_source.hpp>

/// A table in memory, built column by column; `std::nullopt` is NULL.
class SmallTable {
public:
    explicit SmallTable(std::string file) { m_table.file = std::move(file); }

    SmallTable& texts(const std::string& name, std::vector<std::optional<std::string>> values) {
        amayesh::Column& column = add(name, amayesh::Column::Type::text, values);
        for (auto& value : values) column.texts.push_back(value.value_or(""));
        return *this;
    }
    SmallTable& integers(const std::string& name, std::vector<std::optional<std::int64_t>> values) {
        amayesh::Column& column = add(name, amayesh::Column::Type::integer, values);
        for (const auto& value : values) column.integers.push_back(value.value_or(0));
        return *this;
    }
    SmallTable& reals(const std::string& name, std::vector<std::optional<double>> values) {
        amayesh::Column& column = add(name, amayesh::Column::Type::real, values);
        for (const auto& value : values) column.reals.push_back(value.value_or(0));
        return *this;
    }
    [[nodiscard]] const amayesh::FeatureTable& table() const { return m_table; }

private:
    template <class Value>
    amayesh::Column& add(const std::string& name, amayesh::Column::Type type,
                         const std::vector<std::optional<Value>>& values) {
        amayesh::Column& column = m_table.columns.emplace_back();
        column.name = name;
        column.type = type;
        m_table.row_ids.clear();
        for (const auto& value : values) {
            column.is_null.push_back(value ? 0 : 1);
            m_table.row_ids.push_back(static_cast<std::int64_t>(m_table.row_ids.size() + 1));
        }
        return column;
    }

    amayesh::FeatureTable m_table;
};
