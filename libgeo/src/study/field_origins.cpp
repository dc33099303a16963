#include "study/field_origins.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/field_map.hpp>

#include "study/cell_text.hpp"

namespace amayesh::detail {

namespace {

/// A map with the table that its fields are in.
struct Mapped {
    const FieldMap* map = nullptr;
    const FeatureTable* rows = nullptr;
    bool is_sum = false;
};

/// As the loader looks: the layer's own fields, then those of its joins.
Mapped mapped(const KeptTable& table, std::string_view attribute) {
    if (const auto own = table.layer->fields.find(std::string(attribute)); own != table.layer->fields.end())
        return {&own->second, &table.rows};
    for (std::size_t j = 0; j < table.joined.size(); ++j) {
        const Join& join = table.layer->joins[j];
        if (const auto taken = join.take.find(std::string(attribute)); taken != join.take.end())
            return {&taken->second, &table.joined[j], join.several == Join::Several::sum};
    }
    return {};
}

/// What a layer says for all of its rows.
std::vector<FieldOrigin> said_of_layer(const KeptTable& table, std::string_view attribute) {
    std::string_view text;
    if (attribute == "utility" && table.layer->utility) text = to_string(*table.layer->utility);
    if (attribute == "role" && table.layer->source_role) text = to_string(*table.layer->source_role);
    if (text.empty()) return {};
    FieldOrigin origin;
    origin.file = table.rows.file;
    origin.text = origin.means = text;
    return {origin};
}

std::string fields_text(const FieldMap& map) {
    if (!map.field.empty()) return map.field;
    return fmt::format("{}",
                       fmt::join(map.sum_of.empty() ? map.parts : map.sum_of, map.sum_of.empty() ? " / " : " + "));
}

/// The cell, or the sum of several, as text.
std::string text_of(const FieldMap& map, const FeatureTable& rows, std::size_t row) {
    if (map.constant) return *map.constant;
    const auto cell = [&](const std::string& field) {
        const Column* column = rows.find(field);
        return column == nullptr ? std::string{} : cell_text(*column, row);
    };
    if (!map.field.empty()) return cell(map.field);
    std::vector<std::string> texts;
    for (const std::string& field : map.sum_of.empty() ? map.parts : map.sum_of) texts.push_back(cell(field));
    return fmt::format("{}", fmt::join(texts, map.sum_of.empty() ? " / " : " + "));
}

/// Dimension that amounts of the attribute are read in.
std::optional<Dimension> dimension_of_attribute(LayerRole role, std::string_view attribute, const KeptTable& table,
                                                std::size_t row) {
    if (role == LayerRole::sources && (attribute == "capacity" || attribute == "in_use" || attribute == "committed")) {
        std::optional<UtilityKind> utility = table.layer->utility;
        if (const Mapped map = mapped(table, "utility"); map.map != nullptr)
            if (const auto own = parse_utility(text_of(*map.map, *map.rows, row))) utility = own;
        return utility ? std::optional{dimension_of(*utility)} : std::nullopt;
    }
    for (const AttributeRule& rule : attributes_of(role))
        if (rule.name == attribute) return rule.dimension;
    return std::nullopt;
}

double factor_of(const FieldMap& map, const std::optional<Dimension>& dimension) {
    const auto unit = map.unit.empty() ? std::nullopt : find_unit(map.unit);
    if (!unit || !dimension) return 1;
    const double factor = convert_to_base(1, *unit, *dimension, map.power_factor);
    return *dimension == Dimension::length ? to_kilometres(Metres{factor}).value() : factor;
}

FieldOrigin origin_of(const FieldMap& map, const Mapped& at, std::size_t row,
                      const std::optional<Dimension>& dimension) {
    FieldOrigin origin;
    origin.file = at.rows->file;
    origin.layer = at.rows->layer;
    origin.field = fields_text(map);
    origin.row = fmt::format("{}", at.rows->row_ids[row]);
    origin.text = text_of(map, *at.rows, row);
    origin.season = map.season;
    origin.unit = map.unit;
    origin.factor = factor_of(map, dimension);
    origin.is_sum = at.is_sum;
    ProblemReport unused;
    const bool is_word = !map.words.empty() || !map.prefix.empty();
    if (is_word) origin.means = FieldReader(*at.rows, map, {}, unused).text(row);
    return origin;
}

}  // namespace

FieldOrigins::FieldOrigins(const LoadedStudy& loaded) {
    if (loaded.tables.empty() && !loaded.inputs.empty())
        throw InvalidInput("the tables of the study were not kept: where values come from cannot be told");
    for (const KeptTable& table : loaded.tables)
        for (std::size_t row = 0; row < table.ids.size(); ++row)
            m_rows.try_emplace({to_string(table.layer->role), table.ids[row]}, Row{&table, row});
}

std::vector<FieldOrigin> FieldOrigins::find(std::string_view role, std::string_view id,
                                            std::string_view attribute) const {
    const auto found = m_rows.find({role, id});
    if (id.empty() || found == m_rows.end()) return {};
    const auto& [table, row] = found->second;
    const Mapped at = mapped(*table, attribute);
    if (at.map == nullptr) return said_of_layer(*table, attribute);
    const auto dimension = dimension_of_attribute(table->layer->role, attribute, *table, row);
    std::vector<FieldOrigin> origins{origin_of(*at.map, at, row, dimension)};
    for (const FieldMap& season : at.map->other_seasons) origins.push_back(origin_of(season, at, row, dimension));
    return origins;
}

}  // namespace amayesh::detail
