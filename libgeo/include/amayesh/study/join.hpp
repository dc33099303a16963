#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/core/problem_report.hpp>
#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// How a join went. rows = matched + unmatched + ambiguous.
struct JoinRecord {
    std::string role;
    std::string table;
    std::int64_t rows = 0;
    std::int64_t matched = 0;
    std::int64_t matched_after_folding = 0;  ///< Of the matched: those whose texts differ.
    std::int64_t unmatched = 0;
    std::int64_t ambiguous = 0;  ///< Several rows of the table fit and disagree: nothing is taken.
    std::int64_t table_rows_unused = 0;
};

/// A join's outcome: the table's fields, row for row beside the layer.
struct JoinedTable {
    FeatureTable table;  ///< As many rows as the layer, its row ids; only the fields taken; NULL where nothing matched.
    JoinRecord record;
};

/// Finds for every row of a layer the rows of a table that have the same keys, and lays their fields beside it.
///
/// Method:  codes are compared as trimmed text with 0–9 digits, padded to `pad_to`; names after stripping prefixes:
///          first as they came, then folded, then folded without spaces. Empty keys match nothing. Several rows of the
///          table that agree in every field taken are one; else with `several = "sum"` their numbers are added (unknown
///          where one is), otherwise the match is ambiguous. Filter the table by `join.where` before.
/// Reports: `name_folded` (text before and after), `name_unmatched`, `name_ambiguous`, `code_unmatched`; errors where
///          the join is required, else warnings; `id_leading_zero_lost` where codes would match with leading zeros put
///          back, with the length to pad to.
/// Cost:    O(n log n) in the rows of layer and table.
/// Throws:  InvalidInput where a field is missing, naming the nearest one.
AMAYESH_EXPORT JoinedTable join_table(const FeatureTable& layer, const FeatureTable& table, const Join& join,
                                      const std::string& role, std::span<const std::string> feature_ids,
                                      ProblemReport& problems);

}  // namespace amayesh
