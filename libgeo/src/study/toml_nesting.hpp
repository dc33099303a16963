#pragma once

#include <optional>
#include <string_view>

namespace amayesh::detail {

/// The first line of a TOML text on which tables, lists or dotted keys nest deeper than `most`; nothing if none does.
/// A parser that recurses, and the tree that it builds, would exhaust the stack on what this refuses.
/// Cost: one pass over the text.
std::optional<int> find_deep_nesting(std::string_view document, int most);

}  // namespace amayesh::detail
