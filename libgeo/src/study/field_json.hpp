#pragma once

#include <string>
#include <type_traits>
#include <variant>

#include <nlohmann/json.hpp>

#include <amayesh/io/vector_source.hpp>

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

}  // namespace amayesh::detail
