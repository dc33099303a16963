#include "study/field_origins.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/field_map.hpp>

#include "study/cell_text.hpp"

namespace amayesh::detail {

namespace {

/// A map with the table that its fields are in, and the rows that a row of the layer takes them from.
struct Mapped {
    const FieldMap* map = nullptr;
    const FeatureTable* rows = nullptr;
    const JoinedRows* joined = nullptr;  ///< Null for the layer's own fields.
};

/// As the loader looks: the layer's own fields, then those of its joins.
Mapped mapped(const KeptTable& table, std::string_view attribute) {
    if (const auto own = table.layer->fields.find(std::string(attribute)); own != table.layer->fields.end())
        return {&own->second, &table.rows};
    for (std::size_t j = 0; j < table.joined.size(); ++j) {
        const auto& take = table.layer->joins[j].take;
        if (const auto taken = take.find(std::string(attribute)); taken != take.end())
            return {&taken->second, &table.joined[j], &table.joined_rows[j]};
    }
    return {};
}

/// What a layer says for all of its rows.
std::vector<FieldOrigin> said_of_layer(const KeptTable& table, std::string_view attribute) {
    std::string_view text;
    if (attribute == "utility" && table.layer->utility) text = to_string(*table.layer->utility);
    if (attribute == "role" && table.layer->source_role) text = to_string(*table.layer->source_role);
    if (attribute == "unknown_headroom" && table.layer->unknown_headroom == UnknownHeadroom::enough) text = "enough";
    if (text.empty()) return {};
    FieldOrigin origin;
    origin.file = table.rows.file;
    origin.text = origin.means = text;
    return {origin};
}

/// Fields with what reads in them.
struct Reading {
    std::string fields;
    std::string text;
};

Reading read_together(const std::vector<std::string>& fields, std::string_view between, const FeatureTable& rows,
                      std::size_t row, bool skips_empty) {
    std::vector<std::string> texts;
    for (const std::string& field : fields) {
        const Column* column = rows.find(field);
        std::string text = column == nullptr ? std::string{} : cell_text(*column, row);
        if (!text.empty() || !skips_empty) texts.push_back(std::move(text));
    }
    return {fmt::format("{}", fmt::join(fields, between)), fmt::format("{}", fmt::join(texts, between))};
}

/// As FieldReader reads: one field, several put together or added up, and those that stand in for nothing.
Reading read(const FieldMap& map, const FeatureTable& rows, std::size_t row) {
    if (map.constant) return {{}, *map.constant};
    if (!map.sum_of.empty()) return read_together(map.sum_of, " + ", rows, row, false);
    const std::vector<std::string> fields = map.field.empty() ? map.parts : std::vector{map.field};
    Reading reading = read_together(fields, " / ", rows, row, true);
    if (reading.text.empty() && !map.otherwise.empty()) {
        Reading stand_in = read_together(map.otherwise, " / ", rows, row, true);
        if (!stand_in.text.empty()) return stand_in;
    }
    return reading;
}

std::optional<UtilityKind> utility_of(const KeptTable& table, std::size_t row) {
    if (table.layer->role != LayerRole::sources) return std::nullopt;
    const Mapped at = mapped(table, "utility");
    if (at.map == nullptr) return table.layer->utility;
    ProblemReport unused;
    const auto own = FieldReader(*at.rows, *at.map, {}, unused).utility(row);
    return own ? own : table.layer->utility;
}

/// Dimension that amounts of the attribute are read in.
std::optional<Dimension> dimension_of_attribute(LayerRole role, std::string_view attribute,
                                                const std::optional<UtilityKind>& utility) {
    if (role == LayerRole::sources && (attribute == "capacity" || attribute == "in_use" || attribute == "committed"))
        return utility ? std::optional{dimension_of(*utility)} : std::nullopt;
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

std::string rows_text(const Mapped& at, std::size_t row) {
    if (at.joined == nullptr) return fmt::format("{}", at.rows->row_ids[row]);
    return fmt::format("{}", fmt::join((*at.joined)[row], ", "));
}

FieldOrigin origin_of(const FieldMap& map, const Mapped& at, std::size_t row,
                      const std::optional<Dimension>& dimension) {
    Reading reading = read(map, *at.rows, row);
    FieldOrigin origin;
    origin.file = at.rows->file;
    origin.layer = at.rows->layer;
    origin.field = std::move(reading.fields);
    origin.row = rows_text(at, row);
    origin.text = std::move(reading.text);
    origin.season = map.season;
    origin.unit = map.unit;
    origin.factor = factor_of(map, dimension);
    origin.is_sum = at.joined != nullptr && (*at.joined)[row].size() > 1;
    const bool is_word = !map.words.empty() || !map.prefix.empty();
    ProblemReport unused;
    if (is_word) origin.means = FieldReader(*at.rows, map, {}, unused).text(row);
    return origin;
}

}  // namespace

FieldOrigins::FieldOrigins(const LoadedStudy& loaded) {
    if (loaded.tables.empty() && !loaded.inputs.empty())
        throw InvalidInput("the tables of the study were not kept: where values come from cannot be told");
    for (const KeptTable& table : loaded.tables)
        for (std::size_t row = 0; row < table.ids.size(); ++row)
            m_rows.insert({{to_string(table.layer->role), table.ids[row]}, {&table, row, utility_of(table, row)}});
}

std::vector<FieldOrigin> FieldOrigins::find(const FeatureKey& feature, std::string_view attribute) const {
    if (feature.id.empty()) return {};
    const auto [begin, end] = m_rows.equal_range({feature.role, feature.id});
    for (auto found = begin; found != end; ++found) {
        const Row& at_row = found->second;
        if (feature.utility && at_row.utility != feature.utility) continue;
        const Mapped at = mapped(*at_row.table, attribute);
        if (at.map == nullptr) return said_of_layer(*at_row.table, attribute);
        const auto dimension = dimension_of_attribute(at_row.table->layer->role, attribute, at_row.utility);
        std::vector<FieldOrigin> origins{origin_of(*at.map, at, at_row.row, dimension)};
        for (const FieldMap& season : at.map->other_seasons)
            origins.push_back(origin_of(season, at, at_row.row, dimension));
        const bool is_coordinate = attribute == "centre_x" || attribute == "centre_y";
        if (is_coordinate && at_row.table->rows.crs) origins.front().crs = at_row.table->rows.crs->name();
        return origins;
    }
    return {};
}

}  // namespace amayesh::detail
