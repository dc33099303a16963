#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amayesh::detail {

/// A name in double quotes, as SQL writes it: whatever stands in it is part of the name.
[[nodiscard]] std::string quoted_identifier(std::string_view name);

/// "a", "b", "c".
[[nodiscard]] std::string quoted_identifiers(const std::vector<std::string>& names);

/// A text in single quotes; a backslash is itself, which in PostgreSQL needs standard_conforming_strings.
[[nodiscard]] std::string quoted_literal(std::string_view text);

}  // namespace amayesh::detail
