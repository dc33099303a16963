#pragma once

#include <string_view>

namespace amayesh::detail {

/// The page without its data, as the build put it together (see assemble_page.cmake).
std::string_view page_text();

}  // namespace amayesh::detail
