#pragma once

#include <span>
#include <utility>
#include <vector>

#include <amayesh/output/gap_layers.hpp>

#include "output/layer_columns.hpp"

namespace amayesh::detail {

/// Rows of one layer, column by column of its table.
template <class Row>
class TableMaker {
public:
    explicit TableMaker(std::span<const LayerColumn<Row>> columns) : m_columns{columns} {
        for (const LayerColumn<Row>& column : columns) m_table.columns.emplace_back(column.name);
    }

    void add(const Row& row) {
        std::vector<FieldValue>& values = m_table.rows.emplace_back();
        values.reserve(m_columns.size());
        for (const LayerColumn<Row>& column : m_columns) values.push_back(column.value(row));
    }
    TableRows take() { return std::move(m_table); }

private:
    std::span<const LayerColumn<Row>> m_columns;
    TableRows m_table;
};

}  // namespace amayesh::detail
