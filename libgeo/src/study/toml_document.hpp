#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace amayesh::detail {

struct TomlEntry;

/// One value of a TOML file, with the line that it stands on. Only the members of its type are filled.
struct TomlNode {
    enum class Type : std::uint8_t { table, array, text, integer, real, boolean, date };
    Type type = Type::table;
    int line = 0;
    std::string text;  ///< Of a text; of a date, as written ("2024-03-20").
    std::int64_t integer = 0;
    double real = 0;
    bool boolean = false;
    std::vector<TomlNode> items;
    std::vector<TomlEntry> entries;  ///< In the order of the file.

    [[nodiscard]] const TomlNode* find(std::string_view key) const noexcept;
};

struct TomlEntry {
    std::string key;
    int line = 0;
    TomlNode node;
};

inline constexpr std::uint64_t most_toml_bytes = std::uint64_t{1} << 20;
inline constexpr int most_toml_nesting = 32;

/// Reads a TOML file into values.
/// Throws: IoError where it cannot be read, is no regular file, or holds more than `most_toml_bytes`;
///         InvalidInput "study.toml:3: …" where it is no TOML, or nests deeper than `most_toml_nesting`.
TomlNode read_toml(const std::filesystem::path& file);

/// As `read_toml`, of a text that was read already; `name` stands in messages.
TomlNode parse_toml(std::string_view document, const std::string& name);

/// A file's name for messages, control characters shown as '?'.
std::string printable_name(const std::filesystem::path& file);

}  // namespace amayesh::detail
