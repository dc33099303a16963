#pragma once

#include <span>
#include <vector>

#include <amayesh/study/join.hpp>
#include <amayesh/study/load.hpp>

#include "study/load_fields.hpp"
#include "study/load_tables.hpp"

namespace amayesh::detail {

/// The fields that a layer's joins take: `result[t][j]` holds those of join j, row for row beside table t.
///
/// The tables of one layer are joined together, so that a join has one record and a table's unused rows are counted
/// once. What is read is added to the inputs of `loaded`, the records to its joins.
/// Throws: as `read_vector`, `rows_kept` and `join_table`.
std::vector<std::vector<FeatureTable>> join_layer(const LayerTables& layer, std::span<const RowNames> names,
                                                  const Study& study, LoadedStudy& loaded, ProblemReport& problems);

}  // namespace amayesh::detail
