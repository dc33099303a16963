#include "io/sql_text.hpp"

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

std::string quoted(std::string_view text, char quote) {
    std::string all(1, quote);
    for (const char c : text) all.append(c == quote ? 2 : 1, c);
    return all + quote;
}

}  // namespace

std::string quoted_identifier(std::string_view name) { return quoted(name, '"'); }

std::string quoted_identifiers(const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const std::string& name : names) all.push_back(quoted_identifier(name));
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string quoted_literal(std::string_view text) { return quoted(text, '\''); }

}  // namespace amayesh::detail
