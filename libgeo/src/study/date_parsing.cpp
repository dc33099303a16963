#include <fmt/format.h>

#include "study/study_parsing.hpp"

namespace amayesh::detail {

std::string parse_date_text(const TableReader& table, std::string_view key, Calendar calendar) {
    std::string text = table.text(key);
    if (!table.has(key) || parse_date(text, calendar)) return text;
    const Calendar other = calendar == Calendar::gregorian ? Calendar::solar_hijri : Calendar::gregorian;
    std::string hint = "; write \"1402-06-31\", \"1402-06\" or \"1402\"";
    if (calendar == Calendar::gregorian) hint = "; write \"2023-09-22\", \"2023-09\" or \"2023\"";
    if (parse_date(text, other)) hint = fmt::format("; it is one of calendar = \"{}\"", to_string(other));
    table.report(key, fmt::format("'{}' in {}: '{}' is no date of the {} calendar{}", key, table.name(), text,
                                  to_string(calendar), hint));
    return text;
}

}  // namespace amayesh::detail
