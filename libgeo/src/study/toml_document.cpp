#include "study/toml_document.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <locale>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

// toml++ 3.3 asserts (and in release builds lets the compiler assume) that a key starts where its own next lines report
// that none does: "[=]" would abort. Without the assertion those lines are reached.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>

#include "study/toml_nesting.hpp"

namespace amayesh::detail {
namespace {

int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

template <class Value>
std::string to_text(const Value& value) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << value;
    return text.str();
}

TomlNode convert(const toml::node& node);

TomlNode convert_table(const toml::table& table) {
    TomlNode result;
    std::vector<std::pair<toml::source_position, TomlEntry>> entries;
    entries.reserve(table.size());
    for (const auto& [key, value] : table) {
        const int line = line_of(key.source());
        entries.emplace_back(key.source().begin, TomlEntry{std::string(key.str()), line, convert(value)});
    }
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [position, entry] : entries) result.entries.push_back(std::move(entry));
    return result;
}

TomlNode convert_array(const toml::array& array) {
    TomlNode result;
    result.type = TomlNode::Type::array;
    for (const toml::node& item : array) result.items.push_back(convert(item));
    return result;
}

TomlNode convert_scalar(const toml::node& node) {
    TomlNode result;
    if (const auto* text = node.as_string()) {
        result.type = TomlNode::Type::text;
        result.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        result.type = TomlNode::Type::integer;
        result.integer = integer->get();
    } else if (const auto* real = node.as_floating_point()) {
        result.type = TomlNode::Type::real;
        result.real = real->get();
    } else if (const auto* boolean = node.as_boolean()) {
        result.type = TomlNode::Type::boolean;
        result.boolean = boolean->get();
    } else {
        result.type = TomlNode::Type::date;
        if (const auto* date = node.as_date()) result.text = to_text(date->get());
        if (const auto* time = node.as_time()) result.text = to_text(time->get());
        if (const auto* moment = node.as_date_time()) result.text = to_text(moment->get());
    }
    return result;
}

[[noreturn]] void refuse_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const std::filesystem::path study = folder / "study.toml";
    const bool has_study = std::filesystem::is_regular_file(study, error);
    throw IoError(fmt::format("{}: a folder; {}", printable_name(folder),
                              has_study ? fmt::format("name the study, {}", printable_name(study))
                                        : "name a study file; 'amayesh init FOLDER -o study.toml' drafts one"));
}

TomlNode convert(const toml::node& node) {
    TomlNode result = node.is_table()   ? convert_table(*node.as_table())
                      : node.is_array() ? convert_array(*node.as_array())
                                        : convert_scalar(node);
    result.line = line_of(node.source());
    return result;
}

/// The role whose table is there twice, as the parser complains about it; "" for other complaints.
std::string repeated_layer(const std::string& complaint) {
    constexpr std::string_view before = "redefine existing table 'layers.";
    const std::size_t at = complaint.find(before);
    if (at == std::string::npos) return "";
    const std::size_t from = at + before.size();
    return complaint.substr(from, complaint.find_first_of(".'", from) - from);
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view key) const noexcept {
    for (const TomlEntry& entry : entries)
        if (entry.key == key) return &entry.node;
    return nullptr;
}

std::string printable_name(const std::filesystem::path& file) { return printable(file.string()); }

TomlNode parse_toml(std::string_view document, const std::string& name) {
    if (const auto deep = find_deep_nesting(document, most_toml_nesting))
        throw InvalidInput(fmt::format("{}:{}: tables or lists nest deeper than {}", name, *deep, most_toml_nesting));
    try {
        return convert_table(toml::parse(document));
    } catch (const toml::parse_error& error) {
        std::string message(error.description());
        if (message.find("date") != std::string::npos) message += " (write dates as text: \"1402-06-31\")";
        if (const std::string role = repeated_layer(message); !role.empty())
            message += fmt::format(" (several layers of a role are written [[layers.{}]], each of them)", role);
        throw InvalidInput(fmt::format("{}:{}: {}", name, line_of(error.source()), message));
    }
}

TomlNode read_toml(const std::filesystem::path& file) {
    const std::string name = printable_name(file);
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::exists(status)) throw IoError(fmt::format("{}: there is no such file", name));
    if (std::filesystem::is_directory(status)) refuse_folder(file);
    if (!std::filesystem::is_regular_file(status)) throw IoError(fmt::format("{}: not a file", name));
    if (const auto size = std::filesystem::file_size(file, error); error || size > most_toml_bytes)
        throw IoError(fmt::format("{}: larger than {} bytes, the most that a study or standards file may have", name,
                                  most_toml_bytes));
    std::ifstream stream(file, std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream.good() && !stream.eof()) throw IoError(fmt::format("{}: cannot be read", name));
    return parse_toml(document, name);
}

}  // namespace amayesh::detail
