#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// A key for comparing names: NFKC (presentation forms), Arabic yeh and kaf to Persian, hamza seats and teh marbuta to
/// their letters, ZWNJ, tatweel, vowel marks and bidi marks removed, Persian and Arabic digits to 0–9, case folded,
/// punctuation and runs of spaces to one space, ends trimmed. For comparison only; names are printed as they came.
AMAYESH_EXPORT std::string fold_name(std::string_view utf8);

/// Parses a number as people write it: Persian and Arabic digits, "٫" or "," or "." as decimal mark, "٬", "،", "," and
/// spaces as thousands marks where the grouping is unambiguous. Nothing if it is not one number, or is ambiguous ("1,234"
/// is: 1234; "1,23": 1.23; "1.234.567": 1234567).
AMAYESH_EXPORT std::optional<double> parse_number(std::string_view utf8);

/// Columns that the text takes on a terminal: combining marks and ZWNJ none, wide characters two.
AMAYESH_EXPORT int display_width(std::string_view utf8);

/// Whether bytes are plausible UTF-8 Persian, English or mixed text; false for `ÒäÌÇä` and for runs of '?'.
AMAYESH_EXPORT bool is_plausible_text(std::string_view utf8);

}  // namespace amayesh
