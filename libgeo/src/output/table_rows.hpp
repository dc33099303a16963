#pragma once

#include <span>
#include <vector>

#include <amayesh/output/gap_layers.hpp>

#include "output/layer_columns.hpp"

namespace amayesh::detail {

/// Rows of one layer, column by column of its table. `for_each_row` calls what it is given with each row; what a layer draws
/// beside it, its shape or place, is left out here.
template <class Row, class ForEachRow>
TableRows rows_of(std::span<const LayerColumn<Row>> columns, const ForEachRow& for_each_row) {
    TableRows table;
    for (const LayerColumn<Row>& column : columns) table.columns.emplace_back(column.name);
    for_each_row([&](const Row& row, const auto&...) {
        std::vector<FieldValue>& values = table.rows.emplace_back();
        values.reserve(columns.size());
        for (const LayerColumn<Row>& column : columns) values.push_back(column.value(row));
    });
    return table;
}

}  // namespace amayesh::detail
