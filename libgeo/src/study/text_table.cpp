#include "study/text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/printable.hpp>
#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {

namespace {

std::string padded(const std::string& cell, int width, TextTable::Align align) {
    const std::string space(static_cast<std::size_t>(std::max(0, width - display_width(cell))), ' ');
    return align == TextTable::Align::right ? space + cell : cell + space;
}

std::string group_thousands(std::string digits) {
    constexpr std::size_t group = 3;
    const std::size_t start = digits.starts_with('-') ? 1 : 0;
    for (std::size_t end = digits.size(); end > start + group;) {
        end -= group;
        digits.insert(end, 1, ',');
    }
    return digits;
}

}  // namespace

void TextTable::add_column(std::string title, Align align) { m_columns.push_back({std::move(title), align}); }

void TextTable::add_row(std::vector<std::string> cells) {
    cells.resize(m_columns.size());
    for (std::string& cell : cells) cell = printable(std::move(cell));
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text(int indent) const {
    std::vector<int> widths;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        int width = display_width(m_columns[c].title);
        for (const auto& row : m_rows) width = std::max(width, display_width(row[c]));
        widths.push_back(width);
    }
    std::string result;
    const auto add_line = [&](const auto& cell_at) {
        std::string line(static_cast<std::size_t>(indent), ' ');
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            if (c > 0) line += "  ";
            line += padded(cell_at(c), widths[c], m_columns[c].align);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        result += line + "\n";
    };
    add_line([&](std::size_t c) { return m_columns[c].title; });
    for (const auto& row : m_rows) add_line([&](std::size_t c) { return row[c]; });
    return result;
}

std::string with_thousands(long long value) { return group_thousands(std::to_string(value)); }

std::string with_thousands(double value, int decimals) {
    const std::string all = fmt::format("{:.{}f}", value, decimals);
    const std::size_t point = all.find('.');
    return point == std::string::npos ? group_thousands(all)
                                      : group_thousands(all.substr(0, point)) + all.substr(point);
}

}  // namespace amayesh::detail
