#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh::detail {

/// The fields that a join takes from its table, and what several rows that fit become.
class TakenFields {
public:
    /// `role` decides which attributes are amounts that can be added. Borrows table and join.
    /// Throws: InvalidInput where a field is missing.
    TakenFields(const FeatureTable& table, const Join& join, const std::string& role);

    /// Empty columns for the fields taken, each of its source's type.
    [[nodiscard]] std::vector<Column> empty_columns() const;

    /// Whether these rows say the same in every field that is not added up.
    [[nodiscard]] bool agree(std::span<const std::size_t> rows) const;
    /// Where they do not: "county: 'A', 'B'".
    [[nodiscard]] std::string disagreement(std::span<const std::size_t> rows) const;

    /// Appends what the rows give together, NULL for no rows. A sum is unknown where one of its numbers is.
    void append(std::span<const std::size_t> rows, std::vector<Column>& columns) const;

private:
    struct Field {
        const Column* column;
        bool is_added;
    };
    [[nodiscard]] bool agree_in(const Field& field, std::span<const std::size_t> rows) const;

    std::vector<Field> m_fields;
};

}  // namespace amayesh::detail
