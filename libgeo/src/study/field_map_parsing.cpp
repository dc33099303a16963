#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/attribute_words.hpp"
#include "study/cell_text.hpp"
#include "study/study_parsing.hpp"

namespace amayesh::detail {
namespace {

bool is_numeric(ValueKind kind) {
    return kind == ValueKind::amount || kind == ValueKind::number || kind == ValueKind::people ||
           kind == ValueKind::count;
}

std::string_view described(ValueKind kind) {
    switch (kind) {
        case ValueKind::text:
            return "a text";
        case ValueKind::word:
            return "a word";
        case ValueKind::flag:
            return "yes or no";
        case ValueKind::date:
            return "a date";
        case ValueKind::people:
            return "people";
        case ValueKind::count:
            return "a count";
        case ValueKind::amount:
            return "an amount";
        case ValueKind::number:
            return "a number without unit";
    }
    return {};
}

/// Reads the map of one attribute.
class FieldMapParser {
public:
    FieldMapParser(const AttributeRule& rule, const AttributeScope& scope, std::string where, FileErrors& errors)
        : m_rule{rule}, m_scope{scope}, m_where{std::move(where)}, m_errors{errors} {}

    FieldMap parse(const TomlEntry& entry) {
        if (entry.node.type == TomlNode::Type::text) return of_field(entry);
        if (entry.node.type == TomlNode::Type::table) return of_table(entry.node);
        if (entry.node.type == TomlNode::Type::array && is_by_season()) return of_seasons(entry);
        m_errors.add(entry.line, fmt::format("'{}' in {} must be a field's name or {{ field = … }}, not {}",
                                             m_rule.name, m_where, detail::described(entry.node)));
        return {};
    }

private:
    [[nodiscard]] bool is_by_season() const { return m_rule.name == "in_use" || m_rule.name == "committed"; }

    FieldMap of_field(const TomlEntry& entry) {
        FieldMap map;
        map.field = entry.node.text;
        map.line = entry.line;
        if (map.field.empty()) m_errors.add(entry.line, fmt::format("'{}' in {} is empty", m_rule.name, m_where));
        return map;
    }

    FieldMap of_seasons(const TomlEntry& entry) {
        FieldMap first;
        std::set<std::string> seasons;
        for (const TomlNode& item : entry.node.items) {
            if (item.type != TomlNode::Type::table) {
                m_errors.add(item.line, fmt::format("'{}' in {} must be a list of {{ field = …, season = … }}",
                                                    m_rule.name, m_where));
                return {};
            }
            FieldMap map = of_table(item);
            if (map.season.empty()) {
                m_errors.add(item.line, fmt::format("each of several '{}' in {} needs a season", m_rule.name, m_where));
            } else if (!seasons.insert(fold_name(map.season)).second) {
                m_errors.add(item.line,
                             fmt::format("season '{}' stands twice in '{}' of {}", map.season, m_rule.name, m_where));
            }
            if (&item == &entry.node.items.front())
                first = std::move(map);
            else
                first.other_seasons.push_back(std::move(map));
        }
        if (entry.node.items.empty())
            m_errors.add(entry.line, fmt::format("'{}' in {} is an empty list", m_rule.name, m_where));
        return first;
    }

    FieldMap of_table(const TomlNode& node) {
        const TableReader table(node, Section::field, fmt::format("'{}' of {}", m_rule.name, m_where), m_errors);
        FieldMap map;
        map.line = node.line;
        map.field = table.text("field");
        map.parts = table.texts("parts");
        map.otherwise = table.texts("otherwise");
        map.sum_of = table.texts("sum");
        if (table.has("value")) map.constant = table.text("value");
        map.unit = table.text("unit");
        map.power_factor = table.number("power_factor");
        map.season = table.text("season");
        map.capacity_factor = table.number("capacity_factor");
        map.prefix = table.text("prefix");
        check_origin(table, map);
        check_unit(table, map);
        check_season(table, map);
        if (table.has("prefix") && is_numeric(m_rule.kind))
            table.report("prefix", fmt::format("'{}' is {} and takes no prefix", m_rule.name, described(m_rule.kind)));
        if (const TomlNode* words = table.find("words")) map.words = words_from(*words, table);
        if (map.constant) check_constant(table, map);
        return map;
    }

    void check_origin(const TableReader& table, const FieldMap& map) {
        const int origins = static_cast<int>(table.has("field")) + static_cast<int>(table.has("sum")) +
                            static_cast<int>(table.has("parts")) + static_cast<int>(table.has("value"));
        if (origins != 1)
            table.report("field",
                         fmt::format("{} needs exactly one of 'field', 'parts', 'sum' and 'value'", table.name()));
        if (table.has("field") && map.field.empty())
            table.report("field", fmt::format("'field' in {} is empty", table.name()));
        check_parts(table, map);
        if (!table.has("sum")) return;
        if (!is_numeric(m_rule.kind))
            table.report("sum", fmt::format("'{}' is {} and cannot be a sum", m_rule.name, described(m_rule.kind)));
        if (map.sum_of.size() < 2) table.report("sum", fmt::format("'sum' in {} needs two fields", table.name()));
    }

    void check_parts(const TableReader& table, const FieldMap& map) {
        for (const std::string_view key : {"parts", "otherwise"})
            if (table.has(key) && m_rule.kind != ValueKind::text)
                table.report(key,
                             fmt::format("'{}' is {} and takes no '{}'", m_rule.name, described(m_rule.kind), key));
        if (table.has("parts") && map.parts.size() < 2)
            table.report("parts", fmt::format("'parts' in {} needs two fields", table.name()));
        if (table.has("otherwise") && !table.has("field"))
            table.report("otherwise", fmt::format("'otherwise' in {} goes with 'field'", table.name()));
        if (table.has("otherwise") && map.otherwise.empty())
            table.report("otherwise", fmt::format("'otherwise' in {} is empty", table.name()));
    }

    /// Dimensions that the attribute's unit may have: one, or those of every utility where the rows differ.
    std::vector<Dimension> wanted_dimensions() const {
        if (m_rule.kind != ValueKind::amount && !m_rule.dimension) return {};
        if (m_rule.dimension) return {*m_rule.dimension};
        if (m_scope.utility) return {dimension_of(*m_scope.utility)};
        std::vector<Dimension> all;
        for (const UtilityKind kind : all_utilities) all.push_back(dimension_of(kind));
        return all;
    }

    void check_unit(const TableReader& table, const FieldMap& map) {
        if (!table.has("unit")) {
            if (table.has("power_factor"))
                table.report("power_factor", fmt::format("{} has a power factor but no unit (kVA, MVA)", table.name()));
            return;
        }
        const std::vector<Dimension> wanted = wanted_dimensions();
        if (wanted.empty()) {
            table.report("unit", fmt::format("'{}' is {} and takes no unit", m_rule.name, described(m_rule.kind)));
            return;
        }
        if (map.unit.empty()) {
            table.report("unit", fmt::format("the unit of {} is blank; say which the figures are in: {}", table.name(),
                                             unit_choices(wanted)));
            return;
        }
        const std::optional<UnitOfMeasure> unit = find_unit(map.unit);
        if (!unit) {
            table.report("unit", fmt::format("unknown unit '{}' in {}; did you mean '{}'?", map.unit, table.name(),
                                             nearest_unit_name(map.unit)));
            return;
        }
        if (unit->dimension != Dimension::apparent_power && map.power_factor)
            table.report("power_factor",
                         fmt::format("{}: a power factor goes with kVA or MVA, not with {}", table.name(), unit->name));
        check_dimension(table, map, *unit, wanted);
    }

    static std::string unit_choices(const std::vector<Dimension>& wanted) {
        std::string choices;
        for (const Dimension dimension : wanted)
            for (const std::string_view name : unit_names_for(dimension))
                if (choices.find(fmt::format("\"{}\"", name)) == std::string::npos)
                    choices += fmt::format("{}\"{}\"", choices.empty() ? "" : ", ", name);
        return choices;
    }

    void check_dimension(const TableReader& table, const FieldMap& map, const UnitOfMeasure& unit,
                         const std::vector<Dimension>& wanted) {
        std::string reason;
        for (const Dimension dimension : wanted) {
            try {
                convert_to_base(1, unit, dimension, map.power_factor);
                return;
            } catch (const InvalidInput& error) {
                // Of several dimensions, the one that only lacks a power factor tells most.
                if (reason.empty() || unit.dimension == Dimension::apparent_power) {
                    if (reason.empty() || dimension == Dimension::electric_power) reason = error.what();
                }
            }
        }
        table.report("unit", fmt::format("{}: {}", table.name(), reason));
    }

    void check_season(const TableReader& table, const FieldMap& map) {
        if (table.has("season") && !is_by_season())
            table.report("season",
                         fmt::format("'season' goes with 'in_use' and 'committed', not with '{}'", m_rule.name));
        if (table.has("capacity_factor") && m_rule.name != "in_use")
            table.report("capacity_factor",
                         fmt::format("'capacity_factor' goes with 'in_use', not with '{}'", m_rule.name));
        if (map.capacity_factor && !(*map.capacity_factor >= 0 && *map.capacity_factor <= 1))
            table.report("capacity_factor",
                         fmt::format("capacity_factor {} in {} is outside 0–1; it is the part of the capacity that is "
                                     "there in the season: 0.9 for 90 %",
                                     *map.capacity_factor, table.name()));
    }

    std::map<std::string, std::string> words_from(const TomlNode& node, const TableReader& table) {
        std::map<std::string, std::string> words;
        if (is_numeric(m_rule.kind) || m_rule.kind == ValueKind::date)
            table.report("words", fmt::format("'{}' is {} and takes no words", m_rule.name, described(m_rule.kind)));
        std::map<std::string, std::string> by_folded;
        for (const TomlEntry& entry : node.entries) {
            if (entry.node.type != TomlNode::Type::text && entry.node.type != TomlNode::Type::boolean) {
                m_errors.add(entry.line, fmt::format("the word for '{}' in {} must be a text, not {}", entry.key,
                                                     table.name(), detail::described(entry.node)));
                continue;
            }
            const std::string word = scalar_text(entry.node);
            if (!is_word_of(m_scope.role, m_rule.name, word)) report_word(entry.line, word, table.name());
            const auto [other, is_new] = by_folded.emplace(comparison_key(entry.key), entry.key);
            if (!is_new)
                m_errors.add(entry.line, fmt::format("'{}' and '{}' in the words of {} are one word after folding",
                                                     other->second, entry.key, table.name()));
            words.emplace(entry.key, word);
        }
        return words;
    }

    void report_word(int line, const std::string& word, const std::string& name) {
        m_errors.add(line, fmt::format("unknown word '{}' in {}{}", word, name,
                                       suggestion(word, words_of(m_scope.role, m_rule.name))));
    }

    void check_constant(const TableReader& table, const FieldMap& map) {
        const std::string& value = *map.constant;
        const auto translated = map.words.find(value);
        const std::string& word = translated == map.words.end() ? value : translated->second;
        const bool is_word = m_rule.kind == ValueKind::word || m_rule.kind == ValueKind::flag;
        if (is_word && !is_word_of(m_scope.role, m_rule.name, word))
            report_word(table.line_of("value"), value, table.name());
        if (m_rule.kind == ValueKind::date && !parse_date(value, m_scope.calendar))
            table.report("value", fmt::format("'{}' in {} is no date of the {} calendar", value, table.name(),
                                              to_string(m_scope.calendar)));
        if (!is_numeric(m_rule.kind)) return;
        const std::optional<double> number = parse_number(value);
        if (!number)
            table.report("value", fmt::format("'{}' in {} is not a number", value, table.name()));
        else
            check_number(table, map, *number);
    }

    void check_number(const TableReader& table, const FieldMap& map, double number) {
        const bool is_coordinate = m_rule.name == "centre_x" || m_rule.name == "centre_y";
        const bool is_of_things = m_rule.kind == ValueKind::people || m_rule.kind == ValueKind::count;
        if (number < 0 && !is_coordinate)
            table.report("value", fmt::format("{} in {} is negative", *map.constant, table.name()));
        if (is_of_things && map.unit.empty() && number != std::floor(number))
            table.report("value", fmt::format("{} in {} is no whole number; its mark is likely a thousands mark",
                                              *map.constant, table.name()));
        if (m_rule.dimension == Dimension::share && map.unit.empty() && number > 1)
            table.report("value", fmt::format("a share of {} in {} is more than all; per cent need unit = \"%\"",
                                              *map.constant, table.name()));
    }

    const AttributeRule& m_rule;
    const AttributeScope& m_scope;
    std::string m_where;
    FileErrors& m_errors;
};

}  // namespace

std::map<std::string, FieldMap> parse_field_maps(const TomlNode& table, const std::string& name,
                                                 const AttributeScope& scope, FileErrors& errors) {
    const std::vector<AttributeRule> rules = attributes_of(scope.role);
    std::vector<std::string_view> known;
    for (const AttributeRule& rule : rules) known.push_back(rule.name);
    std::map<std::string, FieldMap> maps;
    for (const TomlEntry& entry : table.entries) {
        const auto rule = std::find_if(rules.begin(), rules.end(),
                                       [&](const AttributeRule& candidate) { return candidate.name == entry.key; });
        if (rule == rules.end()) {
            errors.add(entry.line,
                       fmt::format("unknown key '{}' in {}{}", entry.key, name, suggestion(entry.key, known)));
            continue;
        }
        maps.emplace(entry.key, FieldMapParser(*rule, scope, name, errors).parse(entry));
    }
    return maps;
}

}  // namespace amayesh::detail
