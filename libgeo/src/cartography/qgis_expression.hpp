#pragma once

#include <string>
#include <string_view>

#include <amayesh/output/schema.hpp>

namespace amayesh::detail {

// Expressions of QGIS, made of our own columns and words alone: text of a study or of data never becomes part of one.

/// A column by its quoted name.
[[nodiscard]] std::string quoted_column(std::string_view column);

/// A text with the digits of the language.
[[nodiscard]] std::string digits_expression(std::string_view expression, TitleLanguage language);

/// A number with the digits and separators of the language.
[[nodiscard]] std::string number_expression(std::string_view expression, int decimals, TitleLanguage language);

/// The day on which it is evaluated: "2026-11-22", or in Persian the Solar Hijri "۱۴۰۵/۰۹/۰۱".
[[nodiscard]] std::string today_expression(TitleLanguage language);

/// A Solar Hijri date, `expression` giving a date.
/// Method: days since the epoch in cycles of 33 years, right for 1799 to 2256 (Solar Hijri 1178 to 1634).
[[nodiscard]] std::string solar_hijri_expression(std::string_view expression);

}  // namespace amayesh::detail
