#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "study/study_parsing.hpp"

namespace amayesh::detail {
namespace {

constexpr std::array<Choice<bool>, 2> key_choices{{{"code", false}, {"name", true}}};
constexpr std::array<Choice<Join::Several>, 2> several_choices{
    {{"refuse", Join::Several::refuse}, {"sum", Join::Several::sum}}};

Join::Key parse_key(const TomlNode& node, const std::string& name, FileErrors& errors) {
    constexpr std::int64_t longest_code = 64;
    const TableReader table(node, Section::join_key, name, errors);
    Join::Key key;
    key.field = table.required_text("field");
    key.table_field = table.has("table_field") ? table.text("table_field") : key.field;
    key.by_name = table.choice("by", key_choices).value_or(false);
    key.prefix = table.text("prefix");
    key.table_prefix = table.text("table_prefix");
    if (const auto length = table.whole("pad_to")) {
        if (*length < 1 || *length > longest_code)
            table.report("pad_to", fmt::format("'pad_to' in {} must be 1 to {}", name, longest_code));
        else if (key.by_name)
            table.report("pad_to", fmt::format("'pad_to' in {} goes with by = \"code\"", name));
        else
            key.pad_to = static_cast<int>(*length);
    }
    return key;
}

}  // namespace

Filter parse_filter(const TomlNode& node, const std::string& name, FileErrors& errors) {
    const TableReader table(node, Section::filter, name, errors);
    Filter filter;
    filter.field = table.required_text("field");
    const int tests = static_cast<int>(table.has("in")) + static_cast<int>(table.has("not_in")) +
                      static_cast<int>(table.has("equals"));
    if (tests != 1) errors.add(node.line, fmt::format("{} needs exactly one of 'in', 'not_in' and 'equals'", name));
    filter.keeps_listed = !table.has("not_in");
    for (const std::string_view key : {"in", "not_in", "equals"}) {
        if (!table.has(key)) continue;
        filter.values = table.texts(key);
        if (filter.values.empty()) table.report(key, fmt::format("'{}' in {} is empty", key, name));
    }
    return filter;
}

std::string parse_delimiter(const TableReader& table) {
    const std::string text = table.text("delimiter");
    if (text == "tab" || text == "\\t") return "\t";
    if (text.size() > 1 || (table.has("delimiter") && text.empty()))
        table.report("delimiter", fmt::format("'delimiter' in {} must be one character or \"tab\"", table.name()));
    return text;
}

Join parse_join(const TomlNode& node, const std::string& name, const AttributeScope& scope, FileErrors& errors) {
    const TableReader table(node, Section::join, name, errors);
    Join join;
    join.line = node.line;
    join.source = table.required_text("source");
    join.layer = table.text("layer");
    join.encoding = table.text("encoding");
    join.delimiter = parse_delimiter(table);
    join.several = table.choice("several", several_choices).value_or(Join::Several::refuse);
    join.required = table.boolean("required").value_or(false);
    if (const TomlNode* where = table.find("where"))
        join.where = parse_filter(*where, fmt::format("'where' of {}", name), errors);
    for (const TomlNode* key : table.tables("on"))
        join.keys.push_back(parse_key(*key, fmt::format("'on' of {}", name), errors));
    if (join.keys.empty()) errors.add(node.line, fmt::format("{} lacks 'on', the fields that must be equal", name));
    if (const TomlNode* take = table.find("take"))
        join.take = parse_field_maps(*take, fmt::format("'take' of {}", name), scope, errors);
    if (join.take.empty() && !table.has("take"))
        errors.add(node.line, fmt::format("{} lacks 'take', the fields that the table gives", name));
    return join;
}

}  // namespace amayesh::detail
