#include "study/join_keys.hpp"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <amayesh/study/name_folding.hpp>

#include "study/cell_text.hpp"

namespace amayesh::detail {
namespace {

constexpr char part_end = '\x1F';

/// A code without invisible signs and spaces, its digits as 0–9.
std::string plain_code(const std::string& text) {
    std::string code;
    const auto length = static_cast<int32_t>(text.size());
    for (int32_t i = 0; i < length;) {
        const int32_t begin = i;
        UChar32 c = 0;
        U8_NEXT(text.data(), i, length, c);
        if (c >= 0 && (u_isUWhiteSpace(c) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))) continue;
        const int32_t digit = c < 0 ? -1 : u_charDigitValue(c);
        if (digit >= 0)
            code.push_back(static_cast<char>('0' + digit));
        else
            code.append(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(i - begin));
    }
    return code;
}

bool is_digits(const std::string& code) {
    return !code.empty() && code.find_first_not_of("0123456789") == std::string::npos;
}

std::string padded(std::string code, int length) {
    const auto wanted = static_cast<std::size_t>(length);
    if (is_digits(code) && code.size() < wanted) code.insert(0, wanted - code.size(), '0');
    return code;
}

std::string without_leading_zeros(std::string code) {
    if (is_digits(code)) code.erase(0, std::min(code.find_first_not_of('0'), code.size() - 1));
    return code;
}

std::string code_part(const std::string& text, const Join::Key& key, Likeness likeness) {
    std::string code = plain_code(text);
    if (key.pad_to) return padded(std::move(code), *key.pad_to);
    return likeness == Likeness::zeros_dropped ? without_leading_zeros(std::move(code)) : code;
}

std::string name_part(const std::string& text, const std::string& prefix, Likeness likeness) {
    if (likeness == Likeness::as_written) return text;
    std::string name = fold_name(text);
    // The prefix may be written with other letters than the study's.
    if (const std::string folded_prefix = fold_name(prefix); !folded_prefix.empty())
        name = without_prefix(name, folded_prefix + " ");
    if (likeness == Likeness::without_spaces) std::erase(name, ' ');
    return name;
}

}  // namespace

JoinKeys::JoinKeys(const FeatureTable& table, const Join& join, Side side)
    : m_join{join}, m_side{side}, m_rows{table.size()} {
    for (const Join::Key& key : join.keys)
        m_columns.push_back(&require_field(table, side == Side::layer ? key.field : key.table_field, join.line));
}

std::string JoinKeys::raw(std::size_t part, std::size_t row) const {
    const Join::Key& key = m_join.keys[part];
    const std::string text = cell_text(*m_columns[part], row);
    return std::string(without_prefix(text, m_side == Side::layer ? key.prefix : key.table_prefix));
}

std::string JoinKeys::at(std::size_t row, Likeness likeness) const {
    std::string whole;
    for (std::size_t part = 0; part < m_columns.size(); ++part) {
        const Join::Key& key = m_join.keys[part];
        const std::string& prefix = m_side == Side::layer ? key.prefix : key.table_prefix;
        const std::string text = raw(part, row);
        const std::string one = key.by_name ? name_part(text, prefix, likeness) : code_part(text, key, likeness);
        if (one.empty()) return {};
        whole += one;
        whole += part_end;
    }
    return whole;
}

std::string JoinKeys::shown(std::size_t row) const {
    std::string whole;
    for (std::size_t part = 0; part < m_columns.size(); ++part) {
        if (part > 0) whole += " / ";
        whole += raw(part, row);
    }
    return whole;
}

std::size_t JoinKeys::longest_code() const {
    std::size_t longest = 0;
    for (std::size_t part = 0; part < m_columns.size(); ++part) {
        if (m_join.keys[part].by_name) continue;
        for (std::size_t row = 0; row < m_rows; ++row)
            if (const std::string code = plain_code(raw(part, row)); is_digits(code))
                longest = std::max(longest, code.size());
    }
    return longest;
}

RowsByKey index_rows(const JoinKeys& keys, Likeness likeness) {
    RowsByKey index;
    index.reserve(keys.size());
    for (std::size_t row = 0; row < keys.size(); ++row)
        if (std::string key = keys.at(row, likeness); !key.empty()) index[std::move(key)].push_back(row);
    return index;
}

}  // namespace amayesh::detail
