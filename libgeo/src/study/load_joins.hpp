#pragma once

#include <span>
#include <vector>

#include <amayesh/study/join.hpp>
#include <amayesh/study/load.hpp>

#include "study/load_fields.hpp"
#include "study/load_tables.hpp"

namespace amayesh::detail {

/// What a layer's joins take, row for row beside one of its tables; an entry a join.
struct TableJoins {
    std::vector<FeatureTable> fields;
    std::vector<JoinedRows> rows;
};

/// The fields that a layer's joins take, an entry for each of its tables.
///
/// The tables of one layer are joined together, so that a join has one record and a table's unused rows are counted
/// once. What is read is added to the inputs of `loaded`, the records to its joins.
/// Throws: as `read_vector`, `rows_kept` and `join_table`.
std::vector<TableJoins> join_layer(const LayerTables& layer, std::span<const RowNames> names, const Study& study,
                                   LoadedStudy& loaded, ProblemReport& problems);

}  // namespace amayesh::detail
