#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <amayesh/io/vector_source.hpp>

namespace amayesh::detail {

/// XXH3-128 of everything that a row holds.
struct RowHash {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend auto operator<=>(const RowHash&, const RowHash&) = default;
};

/// One hash a row over the values (columns in the order of their names) and the geometry as read.
/// Two rows are equal in every field and vertex exactly when their hashes are, so the hash breaks ties of ids.
std::vector<RowHash> hash_rows(const FeatureTable& table);

/// Hash of the sorted row hashes, as 32 hexadecimal digits: the same for any order of the rows.
std::string fingerprint(std::span<const RowHash> rows);

}  // namespace amayesh::detail
