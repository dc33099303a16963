#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <amayesh/io/vector_source.hpp>

#include "io/source_name.hpp"
#include "io/text_encoding.hpp"

namespace amayesh::detail {

/// A layer as read, its texts still in the bytes of the source.
struct RawTable {
    FeatureTable table;
    EncodingEvidence evidence;
    std::string stated_encoding;  ///< "" for none.
};

/// Index of the field of that name: exact, else case-insensitive (ASCII); npos for none.
[[nodiscard]] std::size_t find_field(const std::vector<std::string>& names, std::string_view wanted) noexcept;

/// Names of the fields that are asked for, and of those of coordinates.
[[nodiscard]] std::vector<std::string> wanted_fields(const VectorSourceOptions& options);

/// Which of the fields `names` to read: those asked for and those of coordinates; all where none are asked for.
/// Throws: IoError for an unknown one, listing what there is.
[[nodiscard]] std::vector<bool> choose_fields(const std::vector<std::string>& names, const VectorSourceOptions& options,
                                              std::string_view shown);

/// True where every field that is asked for is among `names`.
[[nodiscard]] bool has_all_fields(const std::vector<std::string>& names, const VectorSourceOptions& options);

/// Field names in UTF-8; each is judged on the names alone.
[[nodiscard]] std::vector<std::string> decode_names(const std::vector<std::string>& raw, const std::string& stated,
                                                    const std::string& forced);

/// Decides the encoding, decodes every text, and reports guesses and texts whose letters are lost.
[[nodiscard]] FeatureTable settle_texts(RawTable&& raw, const VectorSourceOptions& options, ProblemReport& problems);

/// Gives the rows the geometry that `x_field`, `y_field` or `wkt_field` name, and drops the columns that only this needed.
/// Rows whose text is no coordinate get none and an entry.
void place_by_fields(FeatureTable& table, const VectorSourceOptions& options, ProblemReport& problems);

/// A CSV, its fields all texts (codes keep their zeros), an empty cell NULL. Rows with too few or too many cells are reported.
[[nodiscard]] RawTable read_csv(const ResolvedSource& source, const VectorSourceOptions& options,
                                ProblemReport& problems);

/// An entry about a layer, or about one row of it.
[[nodiscard]] Problem problem_of(const FeatureTable& table, const VectorSourceOptions& options, Severity severity,
                                 ProblemKind kind, std::string message, std::string action);

}  // namespace amayesh::detail
