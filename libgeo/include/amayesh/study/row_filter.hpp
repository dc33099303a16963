#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// The rows that pass every filter, in rising order. Numbers are compared as numbers, texts after name folding; a listed
/// "" stands for NULL and empty text. A row with NULL has none of the listed values: `not_in` keeps it.
/// Throws: InvalidInput naming the field, the source and the nearest field there is.
AMAYESH_EXPORT std::vector<std::size_t> rows_kept(const FeatureTable& table, std::span<const Filter> filters);

/// The table with only these rows, in this order; a row at most once.
AMAYESH_EXPORT FeatureTable select_rows(FeatureTable table, std::span<const std::size_t> rows);

}  // namespace amayesh
