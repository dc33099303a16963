#pragma once

#include <span>
#include <string>
#include <string_view>

namespace amayesh::detail {

/// A text as a TOML string, whatever it holds.
std::string toml_string(std::string_view utf8);

/// `["a", "b"]`
std::string toml_list(std::span<const std::string> texts);

/// A key, quoted where it is not bare.
std::string toml_key(std::string_view utf8);

/// The text without line ends, control and direction signs, for a comment or a terminal.
std::string one_line(std::string_view utf8);

/// Each line with "# " before it; ends with a line end.
std::string commented(std::string_view lines);

}  // namespace amayesh::detail
