#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "cartography/map_description.hpp"

namespace amayesh::detail {

/// The text without what XML 1.0 cannot hold: control characters, and bytes that are no UTF-8.
[[nodiscard]] std::string xml_text(std::string_view text);

pugi::xml_node add(pugi::xml_node parent, const char* name);
/// An element with a text, or without.
pugi::xml_node add(pugi::xml_node parent, const char* name, std::string_view text);

void set(pugi::xml_node element, const char* attribute, std::string_view value);
/// In the shortest form that gives the same number, whatever the locale.
template <class Number>
requires std::integral<Number> || std::floating_point<Number>
void set(pugi::xml_node element, const char* attribute, Number value) {
    set(element, attribute, std::string_view(fmt::format("{}", value)));
}

/// QGIS's way to keep settings: `<Option type="Map">` with a child for each.
pugi::xml_node add_map(pugi::xml_node parent);
pugi::xml_node add_map(pugi::xml_node parent, const char* name);
void add_option(pugi::xml_node map, const char* name, std::string_view value, const char* type = "QString");
void add_option(pugi::xml_node map, const char* name, double value);

/// "215,48,39,255"
[[nodiscard]] std::string text_of(Colour colour);
/// With QGIS's document type; every element on a line of its own.
[[nodiscard]] std::string text_of(const pugi::xml_document& document);

}  // namespace amayesh::detail
