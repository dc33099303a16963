#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <amayesh/io/vector_source.hpp>

namespace amayesh::detail {

/// Without white space and invisible signs (bidi marks, ZWNJ, BOM) at its ends.
std::string_view trimmed(std::string_view utf8);

/// A cell as text, ends trimmed; whole numbers without a decimal point; "" for NULL.
std::string cell_text(const Column& column, std::size_t row);

/// Whether a text is one of the usual marks for "no figure": -, –, …, *, n/a, NULL, نامشخص, or empty.
bool is_no_figure(std::string_view trimmed_utf8);

/// The text without that prefix, where it has it and something follows.
std::string_view without_prefix(std::string_view text, std::string_view prefix);

/// What two values are compared by: numbers by their value, other texts folded, "" for nothing.
std::string comparison_key(std::string_view utf8);

/// The column of that name. Throws: InvalidInput naming the source, the study's line and the nearest field.
const Column& require_field(const FeatureTable& table, const std::string& field, int study_line);

}  // namespace amayesh::detail
