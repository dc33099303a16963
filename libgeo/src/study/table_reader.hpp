#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <amayesh/core/nearest_word.hpp>

#include "study/study_keys.hpp"
#include "study/toml_document.hpp"

namespace amayesh::detail {

/// Everything that is wrong with one file, thrown together.
class FileErrors {
public:
    explicit FileErrors(std::string file) : m_file{std::move(file)} {}
    void add(int line, std::string message);
    /// Throws: InvalidInput with the first ten findings in the order of the file, each on its line "study.toml:12: …".
    void throw_if_any() const;
    [[nodiscard]] const std::string& file() const noexcept { return m_file; }
    [[nodiscard]] bool any() const noexcept { return !m_findings.empty(); }

private:
    std::string m_file;
    std::vector<std::pair<int, std::string>> m_findings;
};

/// A word of a study file and what it stands for.
template <class Value>
using Choice = std::pair<std::string_view, Value>;

/// Reads one table of a file. Unknown keys and wrong types are findings when the reader is made; a value of a wrong
/// type then counts as absent, so that reading goes on to the next finding.
class TableReader {
public:
    /// `name` is the table's as people write it: "[layers.settlements]". Borrows the node and the errors.
    TableReader(const TomlNode& table, Section section, std::string name, FileErrors& errors);

    [[nodiscard]] const TomlNode* find(std::string_view key) const noexcept;
    [[nodiscard]] bool has(std::string_view key) const noexcept { return find(key) != nullptr; }
    [[nodiscard]] int line() const noexcept { return m_table.line; }
    [[nodiscard]] int line_of(std::string_view key) const noexcept;
    [[nodiscard]] const std::string& name() const noexcept { return m_name; }
    [[nodiscard]] FileErrors& errors() const noexcept { return m_errors; }

    [[nodiscard]] std::string text(std::string_view key) const;  ///< "" where absent.
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key) const;
    [[nodiscard]] std::optional<bool> boolean(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;  ///< A list, or one text.
    /// The table, or each table of the list.
    [[nodiscard]] std::vector<const TomlNode*> tables(std::string_view key) const;

    /// A text that must be there and not empty.
    [[nodiscard]] std::string required_text(std::string_view key) const;

    template <class Value, std::size_t Count>
    [[nodiscard]] std::optional<Value> choice(std::string_view key,
                                              const std::array<Choice<Value>, Count>& choices) const {
        const TomlNode* node = find(key);
        if (node == nullptr) return std::nullopt;
        std::vector<std::string_view> words;
        for (const auto& [word, value] : choices) {
            if (word == node->text) return value;
            words.push_back(word);
        }
        report_unknown_word(key, node->text, words);
        return std::nullopt;
    }

    /// A finding at the line of that key (of the table where it is absent).
    void report(std::string_view key, const std::string& message) const;
    void report_unknown_word(std::string_view key, std::string_view word,
                             std::span<const std::string_view> known) const;

private:
    const TomlNode& m_table;
    std::string m_name;
    FileErrors& m_errors;
    std::vector<const TomlEntry*> m_entries;  ///< Those with a known key and a right type.
};

/// "a whole number", "a list", 'text "abc"': what a value is, for messages.
std::string described(const TomlNode& node);

/// A text, number or boolean as text: 12 → "12", true → "true".
std::string scalar_text(const TomlNode& node);

}  // namespace amayesh::detail
