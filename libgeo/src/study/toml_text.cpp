#include "study/toml_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace amayesh::detail {
namespace {

constexpr UChar32 replacement = 0xFFFD;

/// Calls `use` with each character of a text; what is no UTF-8 is the replacement character.
template <class Use>
void for_each_character(std::string_view utf8, const Use& use) {
    const auto length = static_cast<int32_t>(utf8.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(utf8.data(), i, length, c);
        use(c < 0 ? replacement : c);
    }
}

void append(UChar32 c, std::string& text) {
    char bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    text.append(bytes, static_cast<std::size_t>(length));
}

/// Signs that change the direction of what stands beside them; the joiners of Persian words are none.
bool turns_text(UChar32 c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool breaks_line(UChar32 c) { return u_charType(c) == U_CONTROL_CHAR || c == 0x2028 || c == 0x2029; }

}  // namespace

std::string toml_string(std::string_view utf8) {
    std::string text = "\"";
    for_each_character(utf8, [&](UChar32 c) {
        if (c == '"' || c == '\\')
            text += fmt::format("\\{}", static_cast<char>(c));
        else if (breaks_line(c) || turns_text(c))
            text += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        else
            append(c, text);
    });
    return text + "\"";
}

std::string toml_list(std::span<const std::string> texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + toml_string(text);
    return "[" + list + "]";
}

std::string toml_key(std::string_view utf8) {
    const bool is_bare = !utf8.empty() && std::ranges::all_of(utf8, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return is_bare ? std::string(utf8) : toml_string(utf8);
}

std::string one_line(std::string_view utf8) {
    std::string text;
    for_each_character(utf8, [&](UChar32 c) {
        if (turns_text(c)) return;
        append(breaks_line(c) ? ' ' : c, text);
    });
    return text;
}

std::string commented(std::string_view lines) {
    std::string text;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string line = one_line(lines.substr(0, end));
        text += line.empty() ? "#\n" : "# " + line + "\n";
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return text;
}

}  // namespace amayesh::detail
