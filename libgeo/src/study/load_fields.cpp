#include "study/load_fields.hpp"

#include <cstddef>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

std::string label_of(const FeatureTable& rows, std::size_t row) {
    if (!rows.geometries.empty())
        if (const auto* point = std::get_if<Point>(&rows.geometries[row]))
            return fmt::format("at {:.10g}, {:.10g}", point->x, point->y);
    return fmt::format("row {}", rows.row_ids[row]);
}

}  // namespace

RowNames name_rows(const FeatureTable& rows, const FeatureTable& source, const FieldMap* id, const std::string& role,
                   ProblemReport& problems) {
    RowNames names;
    names.ids.resize(rows.size());
    if (id != nullptr) {
        const FieldReader reader{source, *id, {role, {}}, problems};
        for (std::size_t row = 0; row < rows.size(); ++row) names.ids[row] = reader.text(row);
    }
    names.labels = names.ids;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (names.labels[row].empty()) names.labels[row] = label_of(rows, row);
    return names;
}

LayerFields::LayerFields(const FeatureTable& rows, const LayerStudy& layer, std::span<const FeatureTable> joined,
                         std::span<const std::string> labels, ProblemReport& problems) {
    const FieldContext context{std::string{to_string(layer.role)}, labels};
    add(rows, layer.fields, context, problems);
    for (std::size_t i = 0; i < joined.size(); ++i) add(joined[i], layer.joins[i].take, context, problems);
}

void LayerFields::add(const FeatureTable& rows, const std::map<std::string, FieldMap>& maps,
                      const FieldContext& context, ProblemReport& problems) {
    for (const auto& [attribute, map] : maps)
        if (attribute != "id")
            m_attributes.try_emplace(attribute, Attribute{&map, &rows, FieldReader{rows, map, context, problems}});
}

const FieldReader* LayerFields::find(std::string_view attribute) const {
    const auto found = m_attributes.find(attribute);
    return found == m_attributes.end() ? nullptr : &found->second.reader;
}

const FeatureTable* LayerFields::rows_of(std::string_view attribute) const {
    const auto found = m_attributes.find(attribute);
    return found == m_attributes.end() ? nullptr : found->second.rows;
}

const FieldMap* LayerFields::map_of(std::string_view attribute) const {
    const auto found = m_attributes.find(attribute);
    return found == m_attributes.end() ? nullptr : found->second.map;
}

}  // namespace amayesh::detail
