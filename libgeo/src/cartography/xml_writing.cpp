#include "cartography/xml_writing.hpp"

#include <sstream>

namespace amayesh::detail {
namespace {

/// Bytes of the character that starts here; 0 where it is no UTF-8, or one that XML 1.0 leaves out.
std::size_t valid_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const bool is_control = first < 0x20 && first != '\t' && first != '\n' && first != '\r';
    if (first < 0x80) return is_control ? 0 : 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0U) != 0x80) return 0;
    const bool is_overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool is_surrogate = first == 0xED && byte(1) > 0x9F;
    const bool is_beyond = first == 0xF4 && byte(1) > 0x8F;
    const bool is_no_character = first == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE;
    return is_overlong || is_surrogate || is_beyond || is_no_character ? 0 : length;
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = valid_length(text);
        clean.append(text.substr(0, length));
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return clean;
}

pugi::xml_node add(pugi::xml_node parent, const char* name) { return parent.append_child(name); }

pugi::xml_node add(pugi::xml_node parent, const char* name, std::string_view text) {
    pugi::xml_node element = parent.append_child(name);
    element.append_child(pugi::node_pcdata).set_value(xml_text(text).c_str());
    return element;
}

void set(pugi::xml_node element, const char* attribute, std::string_view value) {
    element.append_attribute(attribute).set_value(xml_text(value).c_str());
}

pugi::xml_node add_map(pugi::xml_node parent) {
    pugi::xml_node map = add(parent, "Option");
    set(map, "type", "Map");
    return map;
}

pugi::xml_node add_map(pugi::xml_node parent, const char* name) {
    pugi::xml_node map = add_map(parent);
    set(map, "name", name);
    return map;
}

void add_option(pugi::xml_node map, const char* name, std::string_view value, const char* type) {
    pugi::xml_node option = add(map, "Option");
    set(option, "name", name);
    set(option, "type", type);
    set(option, "value", value);
}

void add_option(pugi::xml_node map, const char* name, double value) {
    add_option(map, name, std::string_view(fmt::format("{}", value)));
}

std::string text_of(Colour colour) {
    return fmt::format("{},{},{},{}", colour.rgb >> 16U & 0xFFU, colour.rgb >> 8U & 0xFFU, colour.rgb & 0xFFU,
                       colour.alpha);
}

std::string text_of(const pugi::xml_document& document) {
    std::ostringstream text;
    text << "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";
    document.save(text, "", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
    return std::move(text).str();
}

}  // namespace amayesh::detail
