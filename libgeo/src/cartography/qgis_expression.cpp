#include "cartography/qgis_expression.hpp"

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

std::string in_persian_digits(std::string_view expression) {
    return fmt::format(
        "replace({}, map('0', '۰', '1', '۱', '2', '۲', '3', '۳', '4', '۴', '5', '۵', '6', '۶', '7', '۷', '8', '۸', "
        "'9', "
        "'۹'))",
        expression);
}

}  // namespace

std::string quoted_column(std::string_view column) {
    std::string quoted = "\"";
    for (const char c : column) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string digits_expression(std::string_view expression, TitleLanguage language) {
    return language == TitleLanguage::persian ? in_persian_digits(expression) : std::string(expression);
}

std::string number_expression(std::string_view expression, int decimals, TitleLanguage language) {
    const bool is_persian = language == TitleLanguage::persian;
    return fmt::format("format_number({}, {}, '{}')", expression, decimals, is_persian ? "fa" : "en");
}

std::string solar_hijri_expression(std::string_view expression) {
    // In cycles of 12,053 days (33 years) and 1,461 days (4 years); months of 31, then 30 days.
    return in_persian_digits(
        fmt::format("with_variable('days', 1093902 + day(to_date({}) - to_date('2021-03-21')), "
                    "with_variable('in_cycle', @days % 12053, "
                    "with_variable('in_four', @in_cycle % 1461, "
                    "with_variable('year', -1595 + 33 * floor(@days / 12053) + 4 * floor(@in_cycle / 1461) + "
                    "if(@in_four > 365, floor((@in_four - 1) / 365), 0), "
                    "with_variable('day', if(@in_four > 365, (@in_four - 1) % 365, @in_four), "
                    "to_string(@year) || '/' || if(@day < 186, "
                    "lpad(to_string(1 + floor(@day / 31)), 2, '0') || '/' || lpad(to_string(1 + @day % 31), 2, '0'), "
                    "lpad(to_string(7 + floor((@day - 186) / 30)), 2, '0') || '/' || "
                    "lpad(to_string(1 + (@day - 186) % 30), 2, '0')))))))",
                    expression));
}

std::string today_expression(TitleLanguage language) {
    return language == TitleLanguage::persian ? solar_hijri_expression("now()") : "format_date(now(), 'yyyy-MM-dd')";
}

}  // namespace amayesh::detail
