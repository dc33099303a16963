#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

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

/// For each row of a layer the rows of a table that it was joined with, by their ids in the table.
using JoinedRows = std::vector<std::vector<std::int64_t>>;

/// A join's outcome: the table's fields, row for row beside the layer.
struct JoinedTable {
    FeatureTable table;  ///< As many rows as the layer, its row ids; only the fields taken; NULL where nothing matched.
    JoinedRows rows;
    JoinRecord record;
};

/// Finds for every row of a layer the rows of a table that have the same keys, and lays their fields beside it.
///
/// Method:  codes are compared as text without spaces, digits as 0–9, padded to `pad_to`; names after stripping prefixes
///          and folding, else without spaces too. Empty keys match nothing. Several rows of the table that agree in
///          every field taken are one. Else with `several = "sum"` their people, counts and amounts are added up,
///          unknown where one is; the others must agree. Else those written exactly as the layer's name are meant, if
///          they agree; otherwise the match is ambiguous and nothing is taken. Filter by `join.where` before.
/// Reports: `name_unmatched`, `name_ambiguous`, `code_unmatched`: errors where the join is required, else warnings;
///          `name_folded`, a note with the text before and after; `id_leading_zero_lost` where codes would match with
///          leading zeros put back, with the length to pad to; `selection_empty`, an error, where nothing matches.
/// Cost:    O(n) hash look-ups in the rows of layer and table.
/// Throws:  InvalidInput where a field is missing, naming the nearest one.
AMAYESH_EXPORT JoinedTable join_table(const FeatureTable& layer, const FeatureTable& table, const Join& join,
                                      const std::string& role, std::span<const std::string> feature_ids,
                                      ProblemReport& problems);

}  // namespace amayesh
