#include <array>
#include <string>

#include <amayesh/webpage/report_page.hpp>

#include "webpage/page_text.hpp"

namespace amayesh {

namespace {

constexpr std::string_view data_mark = "<!-- amayesh:data -->";

/// Characters that could end the element, be taken for the end of a line, or turn the direction of the text around them:
/// their UTF-8 and how JSON writes them.
struct Escape {
    std::string_view character;
    std::string_view written;
};
constexpr auto escapes = std::to_array<Escape>({
    {"<", "\\u003c"},
    {">", "\\u003e"},
    {"&", "\\u0026"},
    {"\x7f", "\\u007f"},
    {"\u061c", "\\u061c"},
    {"\u200e", "\\u200e"},
    {"\u200f", "\\u200f"},
    {"\u2028", "\\u2028"},
    {"\u2029", "\\u2029"},
    {"\u202a", "\\u202a"},
    {"\u202b", "\\u202b"},
    {"\u202c", "\\u202c"},
    {"\u202d", "\\u202d"},
    {"\u202e", "\\u202e"},
    {"\u2066", "\\u2066"},
    {"\u2067", "\\u2067"},
    {"\u2068", "\\u2068"},
    {"\u2069", "\\u2069"},
});

/// Bytes that one of the characters begins with.
constexpr std::array<bool, 256> find_first_bytes() {
    std::array<bool, 256> first{};
    for (const Escape& escape : escapes) first[static_cast<unsigned char>(escape.character.front())] = true;
    return first;
}

/// All of these characters stand in strings of the JSON, where their escapes mean the same.
std::string escaped(std::string_view json) {
    static constexpr auto first_bytes = find_first_bytes();
    std::string text;
    text.reserve(json.size());
    for (std::size_t i = 0; i < json.size();) {
        const Escape* found = nullptr;
        if (first_bytes[static_cast<unsigned char>(json[i])])
            for (const Escape& escape : escapes)
                if (json.substr(i).starts_with(escape.character)) found = &escape;
        text += found ? found->written : json.substr(i, 1);
        i += found ? found->character.size() : 1;
    }
    return text;
}

}  // namespace

std::string report_page(std::string_view data) {
    const std::string_view page = detail::page_text();
    const std::size_t mark = page.find(data_mark);
    std::string text(page.substr(0, mark));
    text += R"(<script type="application/json" id="report-data">)";
    text += escaped(data);
    text += "</script>";
    text += page.substr(mark + data_mark.size());
    return text;
}

}  // namespace amayesh
