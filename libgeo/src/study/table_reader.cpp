#include "study/table_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

using Type = TomlNode::Type;

bool is_scalar(const TomlNode& node) { return node.type != Type::table && node.type != Type::array; }
bool is_number(const TomlNode& node) { return node.type == Type::integer || node.type == Type::real; }

template <class Predicate>
bool is_list_of(const TomlNode& node, Predicate item_is) {
    return node.type == Type::array && std::all_of(node.items.begin(), node.items.end(), item_is);
}

bool is_table_item(const TomlNode& node) { return node.type == Type::table; }
bool is_text_item(const TomlNode& node) { return node.type == Type::text; }
bool is_value_item(const TomlNode& node) { return is_scalar(node) && node.type != Type::date; }

bool is_accepted(const TomlNode& node, unsigned types) {
    if ((types & accepts::anything) != 0) return true;
    if ((types & accepts::text) != 0 && node.type == Type::text) return true;
    if ((types & accepts::whole) != 0 && node.type == Type::integer) return true;
    if ((types & accepts::number) != 0 && is_number(node)) return true;
    if ((types & accepts::boolean) != 0 && node.type == Type::boolean) return true;
    if ((types & accepts::date) != 0 && node.type == Type::date) return true;
    if ((types & accepts::table) != 0 && node.type == Type::table) return true;
    if ((types & accepts::texts) != 0 && is_list_of(node, is_text_item)) return true;
    if ((types & accepts::numbers) != 0 && is_list_of(node, is_number)) return true;
    if ((types & accepts::values) != 0 && is_list_of(node, is_value_item)) return true;
    return (types & accepts::tables) != 0 && is_list_of(node, is_table_item);
}

std::string type_names(unsigned types) {
    constexpr auto names = std::to_array<std::pair<unsigned, std::string_view>>({
        {accepts::text, "a text"},
        {accepts::whole, "a whole number"},
        {accepts::number, "a number"},
        {accepts::boolean, "true or false"},
        {accepts::date, "a date"},
        {accepts::table, "a table"},
        {accepts::texts, "a list of texts"},
        {accepts::numbers, "a list of numbers"},
        {accepts::values, "a list of values"},
        {accepts::tables, "a list of tables"},
    });
    std::string result;
    for (const auto& [type, name] : names) {
        if ((types & type) == 0) continue;
        if (!result.empty()) result += " or ";
        result += name;
    }
    return result;
}

/// What a value of a wrong type is; of a list its first item that should not be there.
std::string described_fault(const TomlNode& node, unsigned types) {
    constexpr unsigned lists = accepts::texts | accepts::numbers | accepts::values | accepts::tables;
    if (node.type == Type::array && (types & lists) != 0)
        for (const TomlNode& item : node.items) {
            TomlNode alone;
            alone.type = Type::array;
            alone.items = {item};
            if (!is_accepted(alone, types)) return "a list with " + described(item);
        }
    return described(node);
}

const KeyRule* find_rule(Section section, std::string_view key) {
    const auto rule = std::find_if(key_rules.begin(), key_rules.end(), [&](const KeyRule& candidate) {
        return candidate.section == section && candidate.key == key;
    });
    return rule == key_rules.end() ? nullptr : &*rule;
}

}  // namespace

void FileErrors::add(int line, std::string message) {
    // Messages are one line each, whatever the file's texts hold.
    for (char& c : message)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    m_findings.emplace_back(line, std::move(message));
}

void FileErrors::throw_if_any() const {
    constexpr std::size_t most_printed = 10;
    if (m_findings.empty()) return;
    std::vector<std::pair<int, std::string>> sorted = m_findings;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string message;
    for (std::size_t i = 0; i < std::min(sorted.size(), most_printed); ++i) {
        if (i > 0) message += '\n';
        message += fmt::format("{}:{}: {}", m_file, sorted[i].first, sorted[i].second);
    }
    if (sorted.size() > most_printed) message += fmt::format("\n… and {} more", sorted.size() - most_printed);
    throw InvalidInput(message);
}

TableReader::TableReader(const TomlNode& table, Section section, std::string name, FileErrors& errors)
    : m_table{table}, m_name{std::move(name)}, m_errors{errors} {
    for (const TomlEntry& entry : table.entries) {
        const KeyRule* rule = find_rule(section, entry.key);
        if (rule == nullptr) {
            m_errors.add(entry.line, fmt::format("unknown key '{}' in {}{}", entry.key, m_name,
                                                 suggestion(entry.key, keys_of(section))));
        } else if (!is_accepted(entry.node, rule->types)) {
            m_errors.add(entry.line, fmt::format("'{}' in {} must be {}, not {}", entry.key, m_name,
                                                 type_names(rule->types), described_fault(entry.node, rule->types)));
        } else {
            m_entries.push_back(&entry);
        }
    }
}

const TomlNode* TableReader::find(std::string_view key) const noexcept {
    for (const TomlEntry* entry : m_entries)
        if (entry->key == key) return &entry->node;
    return nullptr;
}

int TableReader::line_of(std::string_view key) const noexcept {
    for (const TomlEntry& entry : m_table.entries)
        if (entry.key == key) return entry.line;
    return m_table.line;
}

std::string TableReader::text(std::string_view key) const {
    const TomlNode* node = find(key);
    return node == nullptr ? std::string{} : scalar_text(*node);
}

std::optional<double> TableReader::number(std::string_view key) const {
    const TomlNode* node = find(key);
    if (node == nullptr) return std::nullopt;
    return node->type == Type::integer ? static_cast<double>(node->integer) : node->real;
}

std::optional<std::int64_t> TableReader::whole(std::string_view key) const {
    const TomlNode* node = find(key);
    return node == nullptr ? std::nullopt : std::optional(node->integer);
}

std::optional<bool> TableReader::boolean(std::string_view key) const {
    const TomlNode* node = find(key);
    return node == nullptr ? std::nullopt : std::optional(node->boolean);
}

std::vector<std::string> TableReader::texts(std::string_view key) const {
    const TomlNode* node = find(key);
    if (node == nullptr) return {};
    if (node->type != Type::array) return {scalar_text(*node)};
    std::vector<std::string> result;
    for (const TomlNode& item : node->items) result.push_back(scalar_text(item));
    return result;
}

std::vector<const TomlNode*> TableReader::tables(std::string_view key) const {
    const TomlNode* node = find(key);
    if (node == nullptr) return {};
    if (node->type == Type::table) return {node};
    std::vector<const TomlNode*> result;
    for (const TomlNode& item : node->items) result.push_back(&item);
    return result;
}

std::string TableReader::required_text(std::string_view key) const {
    const bool stated = std::any_of(m_table.entries.begin(), m_table.entries.end(),
                                    [&](const TomlEntry& entry) { return entry.key == key; });
    std::string result = text(key);
    if (!stated) m_errors.add(m_table.line, fmt::format("{} lacks '{}'", m_name, key));
    if (has(key) && result.empty()) report(key, fmt::format("'{}' in {} is empty", key, m_name));
    return result;
}

void TableReader::report(std::string_view key, const std::string& message) const {
    m_errors.add(line_of(key), message);
}

void TableReader::report_unknown_word(std::string_view key, std::string_view word,
                                      std::span<const std::string_view> known) const {
    report(key, fmt::format("'{}' in {} cannot be '{}'{}", key, m_name, word, suggestion(word, known)));
}

std::string described(const TomlNode& node) {
    constexpr std::size_t longest_shown = 40;
    switch (node.type) {
        case Type::table:
            return "a table";
        case Type::array:
            return "a list";
        case Type::text:
            return node.text.size() > longest_shown ? "a text" : fmt::format("the text \"{}\"", node.text);
        case Type::integer:
            return fmt::format("the number {}", node.integer);
        case Type::real:
            return fmt::format("the number {}", node.real);
        case Type::boolean:
            return node.boolean ? "true" : "false";
        case Type::date:
            return fmt::format("the date {}", node.text);
    }
    return {};
}

std::string scalar_text(const TomlNode& node) {
    switch (node.type) {
        case Type::integer:
            return fmt::format("{}", node.integer);
        case Type::real:
            return fmt::format("{}", node.real);
        case Type::boolean:
            return node.boolean ? "true" : "false";
        default:
            return node.text;
    }
}

}  // namespace amayesh::detail
