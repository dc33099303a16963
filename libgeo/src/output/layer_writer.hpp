#pragma once

#include <span>
#include <vector>

#include <amayesh/io/vector_sink.hpp>

#include "output/layer_columns.hpp"

namespace amayesh::detail {

/// Writes the rows of one layer, column by column of its table.
template <class Row>
class LayerWriter {
public:
    LayerWriter(VectorSink& sink, std::span<const LayerColumn<Row>> columns)
        : m_sink{sink}, m_columns{columns}, m_values(columns.size()) {}

    void add(const Geometry& geometry, const Row& row) {
        for (std::size_t i = 0; i < m_columns.size(); ++i) m_values[i] = m_columns[i].value(row);
        m_sink.add(geometry, m_values);
    }

private:
    VectorSink& m_sink;
    std::span<const LayerColumn<Row>> m_columns;
    std::vector<FieldValue> m_values;
};

}  // namespace amayesh::detail
