#include <amayesh/core/printable.hpp>

#include <algorithm>
#include <string_view>

namespace amayesh {

namespace {

/// Bytes of a control at the text's beginning that would be obeyed by a terminal; 0 where it begins with none. Of the
/// controls of direction those that turn what follows them: U+202A to U+202E and U+2066 to U+2069.
std::size_t control_length(std::string_view text) {
    const char first = text.front();
    if ((first >= 0 && first < ' ') || first == '\x7F') return 1;
    constexpr std::string_view embeddings = "\xE2\x80";
    constexpr std::string_view isolates = "\xE2\x81";
    constexpr std::size_t length = 3;
    if (text.size() < length) return 0;
    const auto last = static_cast<unsigned char>(text[2]);
    const bool is_embedding = text.starts_with(embeddings) && last >= 0xAA && last <= 0xAE;
    const bool is_isolate = text.starts_with(isolates) && last >= 0xA6 && last <= 0xA9;
    return is_embedding || is_isolate ? length : 0;
}

}  // namespace

std::string printable(std::string text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t control = control_length(rest);
        shown += control > 0 ? '?' : rest.front();
        rest.remove_prefix(std::max<std::size_t>(control, 1));
    }
    return shown;
}

}  // namespace amayesh
