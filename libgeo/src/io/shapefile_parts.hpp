#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/source_name.hpp"

namespace amayesh::detail {

/// What the files of a Shapefile (or a lone DBF) say of themselves.
struct ShapefileParts {
    std::uint64_t records = 0;    ///< Rows of the table, deleted ones among them.
    std::string stated_encoding;  ///< Of the .cpg, else of the table's language byte; "" for none.
};

/// Looks at .shp, .shx, .dbf and .cpg before GDAL does: it opens what is cut or incomplete without a word.
/// Throws: IoError: a part is missing or shorter than its header says, or the parts count differently.
[[nodiscard]] ShapefileParts check_shapefile(const ResolvedSource& source);

/// Rows of the table that are marked deleted: GDAL passes over them without a word.
[[nodiscard]] std::uint64_t count_deleted_rows(const ResolvedSource& source);

/// A cell of a numeric field that holds no number. GDAL reads what it can of it: "12a" as 12, "abc" as 0.
struct UnreadableNumber {
    std::int64_t record = 0;
    std::size_t field = 0;  ///< In the order of the table.
    std::string text{};
};

/// Those of the chosen fields.  Cost: reads the table once more, O(bytes).
[[nodiscard]] std::vector<UnreadableNumber> find_unreadable_numbers(const ResolvedSource& source,
                                                                    const std::vector<bool>& chosen);

}  // namespace amayesh::detail
