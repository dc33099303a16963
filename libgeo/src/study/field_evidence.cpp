#include "study/field_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <amayesh/study/name_folding.hpp>

#include "study/attribute_words.hpp"

namespace amayesh::detail {
namespace {

/// Whole numbers that a double holds exactly.
constexpr double most_exact_whole = 9007199254740992.0;

std::string number_as_text(double value) {
    if (std::floor(value) == value && std::abs(value) < most_exact_whole)
        return fmt::format("{}", static_cast<std::int64_t>(value));
    return fmt::format("{}", value);
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\xC2\xA0";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

bool has_persian_letters(std::string_view utf8) {
    // Lead bytes of U+0600–U+07FF and of the presentation forms.
    return std::ranges::any_of(utf8, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xD8 && byte <= 0xDB;
    });
}

using ValueCounts = std::map<std::string, std::size_t>;

ValueCounts count_values(const Column& column) {
    ValueCounts counts;
    for (std::string& text : texts_of(column))
        if (!text.empty()) ++counts[std::move(text)];
    return counts;
}

void measure_number(double value, std::size_t rows, FieldEvidence& evidence) {
    if (!std::isfinite(value)) return;
    evidence.least = evidence.numeric == 0 ? value : std::min(evidence.least, value);
    evidence.most = evidence.numeric == 0 ? value : std::max(evidence.most, value);
    evidence.numeric += rows;
    if (value > 0) evidence.positive += rows;
    if (value >= 0 && std::floor(value) == value) evidence.whole += rows;
}

void measure_value(const std::string& text, std::size_t rows, FieldEvidence& evidence) {
    if (const auto number = parse_number(text)) measure_number(*number, rows, evidence);
    if (!is_plausible_text(text)) evidence.implausible += rows;
    if (has_persian_letters(text)) evidence.persian += rows;
}

bool counts_its_rows(const FieldEvidence& evidence) {
    return evidence.is_key() && evidence.whole == evidence.rows && evidence.least <= 1 &&
           evidence.most == evidence.least + double(evidence.rows) - 1;
}

std::vector<std::string> spread_sample(const ValueCounts& counts) {
    std::vector<std::string> sample;
    const std::size_t step = std::max<std::size_t>(1, counts.size() / FieldEvidence::most_sampled_values);
    std::size_t place = 0;
    for (const auto& [text, rows] : counts)
        if (place++ % step == 0 && sample.size() < FieldEvidence::most_sampled_values) sample.push_back(text);
    return sample;
}

void add_notions(const std::string& text, double share, FieldEvidence& evidence) {
    std::array<bool, notion_count> found{};
    for (const Notion notion : notions_in_text(text)) found[static_cast<std::size_t>(notion)] = true;
    for (std::size_t i = 0; i < notion_count; ++i)
        if (found[i]) evidence.notion_shares[i] += share;
}

void measure_notions(FieldEvidence& evidence) {
    if (evidence.type != Column::Type::text || evidence.known == 0) return;
    for (const auto& [text, rows] : evidence.values) add_notions(text, double(rows) / double(evidence.known), evidence);
    if (!evidence.values.empty()) return;
    for (const std::string& text : evidence.sample) add_notions(text, 1 / double(evidence.sample.size()), evidence);
}

}  // namespace

std::vector<std::string> texts_of(const Column& column) {
    std::vector<std::string> texts(column.size());
    for (std::size_t row = 0; row < column.size(); ++row) {
        if (column.is_null[row] != 0) continue;
        switch (column.type) {
            case Column::Type::integer:
                texts[row] = fmt::format("{}", column.integers[row]);
                break;
            case Column::Type::real:
                texts[row] = number_as_text(column.reals[row]);
                break;
            case Column::Type::text:
                texts[row] = trimmed(column.texts[row]);
                break;
        }
    }
    return texts;
}

FieldEvidence measure_field(const Column& column) {
    FieldEvidence evidence;
    evidence.name = column.name;
    evidence.reading = read_name(column.name);
    evidence.type = column.type;
    evidence.rows = column.size();
    const ValueCounts counts = count_values(column);
    evidence.distinct = counts.size();
    for (const auto& [text, rows] : counts) {
        evidence.known += rows;
        measure_value(text, rows, evidence);
    }
    evidence.counts_rows = counts_its_rows(evidence);
    if (counts.size() <= FieldEvidence::most_listed_values) {
        evidence.values.assign(counts.begin(), counts.end());
        std::ranges::stable_sort(evidence.values, [](const auto& a, const auto& b) { return a.second > b.second; });
    }
    evidence.sample = spread_sample(counts);
    measure_notions(evidence);
    return evidence;
}

double share_of_words(const FieldEvidence& field, LayerRole role, std::string_view attribute) {
    std::size_t rows = 0;
    for (const auto& [text, count] : field.values)
        if (is_word_of(role, attribute, text)) rows += count;
    return field.known == 0 ? 0 : double(rows) / double(field.known);
}

}  // namespace amayesh::detail
