#include "study/load_features.hpp"

#include <fmt/format.h>

#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {

AcceptedShapes accepted_shapes(const LayerStudy& layer) {
    switch (layer.role) {
        case LayerRole::rural_districts:
            return {.polygons = true};
        case LayerRole::settlements:
            return {.points = true};
        case LayerRole::zones:
            return {.points = true, .polygons = true, .may_be_missing = layer.placed_by_district};
        case LayerRole::plots:
            return {.polygons = true};
        case LayerRole::sources:
            return {.points = true, .lines = true};
        case LayerRole::roads:
            return {.lines = true};
        case LayerRole::constraints:
            return {.points = true, .lines = true, .polygons = true};
        case LayerRole::rasters:
            break;
    }
    return {};
}

PlaceFields::PlaceFields(const LayerFields& fields)
    : m_district{fields.find("district")}, m_county{fields.find("county")}, m_province{fields.find("province")} {}

AdministrativePlace PlaceFields::at(std::size_t row) const {
    return {text_at(m_district, row), text_at(m_county, row), text_at(m_province, row)};
}

ServedShareFields::ServedShareFields(const LayerFields& fields) {
    for (const UtilityKind utility : all_utilities)
        m_shares[utility] = fields.find(fmt::format("served_{}", to_string(utility)));
}

PerUtility<std::optional<double>> ServedShareFields::at(std::size_t row) const {
    PerUtility<std::optional<double>> shares;
    for (const UtilityKind utility : all_utilities)
        shares[utility] = amount_at(m_shares[utility], row, Dimension::share);
    return shares;
}

void TextPlausibility::add(const std::string& text) {
    if (text.empty()) return;
    ++m_texts;
    const bool is_told_by_reader = text.find_first_not_of('?') == std::string::npos;
    if (is_told_by_reader || is_plausible_text(text)) return;
    ++m_implausible;
    if (m_implausible == 1 || text < m_example) m_example = text;
}

void TextPlausibility::add(const TextPlausibility& other) {
    const bool is_first = m_implausible == 0;
    m_texts += other.m_texts;
    m_implausible += other.m_implausible;
    if (other.m_implausible > 0 && (is_first || other.m_example < m_example)) m_example = other.m_example;
}

void TextPlausibility::report(const TableReading& reading, std::string_view attribute, ProblemReport& problems) const {
    if (m_implausible == 0) return;
    const FieldMap* map = reading.fields.map_of(attribute);
    problems.add({.severity = Severity::warning,
                  .kind = ProblemKind::text_implausible,
                  .layer = reading.role,
                  .file = reading.table.rows.file,
                  .field = map != nullptr ? map->field : std::string{},
                  .message = fmt::format("{} of {} texts look wrongly decoded or lost, for example '{}' (read as {}); "
                                         "state the encoding",
                                         m_implausible, m_texts, m_example, reading.table.rows.encoding),
                  .action = "kept"});
}

}  // namespace amayesh::detail
