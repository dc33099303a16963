#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/study/field_map.hpp>

#include "study/load_tables.hpp"

namespace amayesh::detail {

/// What the rows of a table are called.
struct RowNames {
    std::vector<std::string> ids;     ///< As text; "" = unknown.
    std::vector<std::string> labels;  ///< For findings: the id, else where the row lies, else its number.
};

/// Reads the ids from `source` (the table itself, or a table joined to it) through `id`; none where it is null.
RowNames name_rows(const FeatureTable& rows, const FeatureTable& source, const FieldMap* id, const std::string& role,
                   ProblemReport& problems);

/// The attributes of one table: its own fields, then those of the tables joined to it.
/// Borrows the tables, the maps, the labels and the report for its life.
class LayerFields {
public:
    /// `joined[i]` holds the fields that the layer's i-th join takes, row for row.
    LayerFields(const FeatureTable& rows, const LayerStudy& layer, std::span<const FeatureTable> joined,
                std::span<const std::string> labels, ProblemReport& problems);

    /// The reader of an attribute; null where the study does not map it.
    [[nodiscard]] const FieldReader* find(std::string_view attribute) const;
    [[nodiscard]] const FieldMap* map_of(std::string_view attribute) const;
    /// The table that holds the attribute's field: the layer's or one joined to it; null as `find`.
    [[nodiscard]] const FeatureTable* rows_of(std::string_view attribute) const;

private:
    struct Attribute {
        const FieldMap* map;
        const FeatureTable* rows;
        FieldReader reader;
    };
    void add(const FeatureTable& rows, const std::map<std::string, FieldMap>& maps, const FieldContext& context,
             ProblemReport& problems);

    std::map<std::string, Attribute, std::less<>> m_attributes;
};

inline std::string text_at(const FieldReader* reader, std::size_t row) {
    return reader != nullptr ? reader->text(row) : std::string{};
}
inline std::optional<double> amount_at(const FieldReader* reader, std::size_t row, Dimension wanted) {
    return reader != nullptr ? reader->amount(row, wanted) : std::nullopt;
}
inline std::optional<double> number_at(const FieldReader* reader, std::size_t row) {
    return reader != nullptr ? reader->number(row) : std::nullopt;
}
inline std::optional<std::int64_t> count_at(const FieldReader* reader, std::size_t row) {
    return reader != nullptr ? reader->count(row) : std::nullopt;
}
inline std::optional<bool> flag_at(const FieldReader* reader, std::size_t row) {
    return reader != nullptr ? reader->flag(row) : std::nullopt;
}

}  // namespace amayesh::detail
