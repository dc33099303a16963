#pragma once

#include <cstddef>
#include <string>
#include <type_traits>
#include <variant>

#include <nlohmann/json.hpp>

#include <amayesh/io/vector_source.hpp>
#include <amayesh/output/gap_layers.hpp>

namespace amayesh::detail {

/// A field's value as JSON; unknown is null.
inline nlohmann::ordered_json field_json(const FieldValue& value) {
    return std::visit(
        [](const auto& held) -> nlohmann::ordered_json {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
                return nullptr;
            else
                return held;
        },
        value);
}

/// Each row as an object of its columns.
inline nlohmann::ordered_json rows_json(const TableRows& table) {
    auto rows = nlohmann::ordered_json::array();
    for (const auto& values : table.rows) {
        nlohmann::ordered_json& row = rows.emplace_back(nlohmann::ordered_json::object());
        for (std::size_t i = 0; i < values.size(); ++i) row[table.columns[i]] = field_json(values[i]);
    }
    return rows;
}

}  // namespace amayesh::detail
