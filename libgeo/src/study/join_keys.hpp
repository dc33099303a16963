#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include <amayesh/io/vector_source.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh::detail {

/// How closely two rows' keys must agree. Codes are always compared as digits and letters.
enum class Likeness {
    as_written,      ///< Names as they came, but for prefixes.
    folded,          ///< Names after folding.
    without_spaces,  ///< Names after folding, their spaces left out.
    zeros_dropped,   ///< As folded; codes without their leading zeros.
};

/// The keys of one side of a join, row by row.
class JoinKeys {
public:
    enum class Side { layer, table };
    /// Throws: InvalidInput where a field is missing. Borrows table and join.
    JoinKeys(const FeatureTable& table, const Join& join, Side side);

    [[nodiscard]] std::size_t size() const noexcept { return m_rows; }
    /// One text for all fields of the key; "" where any of them is empty: such a row matches nothing.
    [[nodiscard]] std::string at(std::size_t row, Likeness likeness) const;
    /// The key as a person reads it: "Bardaskan / Kenarshahr".
    [[nodiscard]] std::string shown(std::size_t row) const;
    /// Length of the longest code in digits, over the fields that are codes.
    [[nodiscard]] std::size_t longest_code() const;

private:
    [[nodiscard]] std::string raw(std::size_t part, std::size_t row) const;

    const Join& m_join;
    Side m_side;
    std::vector<const Column*> m_columns;
    std::size_t m_rows = 0;
};

/// Rows of the table by key.
using RowsByKey = std::unordered_map<std::string, std::vector<std::size_t>>;
RowsByKey index_rows(const JoinKeys& keys, Likeness likeness);

}  // namespace amayesh::detail
