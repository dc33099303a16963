#include "webpage/page_text.hpp"

// Bytes of the assembled page, between these two places (page_bytes.S.in).
extern "C" {
extern const char amayesh_page_begin[];
extern const char amayesh_page_end[];
}

namespace amayesh::detail {

std::string_view page_text() {
    return {amayesh_page_begin, static_cast<std::size_t>(amayesh_page_end - amayesh_page_begin)};
}

}  // namespace amayesh::detail
