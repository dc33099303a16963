#pragma once

#include <string>
#include <string_view>

namespace amayesh::detail {

/// A text as a CSV holds it: an apostrophe before what a spreadsheet would run as a formula when it opens the file: a text
/// that begins with = + - @ (or their full-width forms), tab or line break, and is no plain number. Apostrophes that already
/// stand before such a sign are kept behind the new one, so that `without_guard` gives every text back.
[[nodiscard]] bool needs_guard(std::string_view text);
[[nodiscard]] std::string with_guard(std::string_view text);

/// The text whose guarded form this is; what was never guarded as it is.
[[nodiscard]] std::string_view without_guard(std::string_view text);

}  // namespace amayesh::detail
