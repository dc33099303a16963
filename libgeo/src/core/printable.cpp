#include <amayesh/core/printable.hpp>

#include <algorithm>

namespace amayesh {

std::string printable(std::string text) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; };
    std::ranges::replace_if(text, is_control, '?');
    return text;
}

}  // namespace amayesh
