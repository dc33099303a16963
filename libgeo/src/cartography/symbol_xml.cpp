#include "cartography/symbol_xml.hpp"

#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

constexpr double hatch_distance_mm = 1.6;
constexpr double hatch_width_mm = 0.25;
constexpr Colour hatch_colour{0x969696};

// A zone of 5 ha is 4 mm wide at 1 : 60 000. A legend, where nothing is computed, shows the marker.
constexpr std::string_view solid_near_by = "if(@map_scale < 60000, 'solid', 'no')";
constexpr std::string_view far_off = "@map_scale >= 60000";

std::string_view name_of(MarkerShape shape) {
    switch (shape) {
        case MarkerShape::circle:
            return "circle";
        case MarkerShape::square:
            return "square";
        case MarkerShape::triangle:
            return "triangle";
        case MarkerShape::diamond:
            return "diamond";
        case MarkerShape::pentagon:
            return "pentagon";
        case MarkerShape::star:
            return "star";
        case MarkerShape::cross:
            return "cross2";
    }
    return {};
}

pugi::xml_node start_symbol(pugi::xml_node parent, const std::string& name, const char* type) {
    pugi::xml_node symbol = add(parent, "symbol");
    set(symbol, "name", name);
    set(symbol, "type", type);
    set(symbol, "alpha", 1);
    set(symbol, "clip_to_extent", 1);
    set(symbol, "force_rhr", 0);
    return symbol;
}

struct SymbolLayer {
    pugi::xml_node element;
    pugi::xml_node options;
};

SymbolLayer start_layer(pugi::xml_node symbol, const char* type) {
    pugi::xml_node layer = add(symbol, "layer");
    set(layer, "class", type);
    set(layer, "enabled", 1);
    set(layer, "locked", 0);
    set(layer, "pass", 0);
    return {layer, add_map(layer)};
}

void add_width(pugi::xml_node layer, const char* property, std::string_view expression) {
    if (!expression.empty()) add_property(add(layer, "data_defined_properties"), property, expression);
}

void add_marker(pugi::xml_node symbol, const Look& look) {
    const auto [layer, options] = start_layer(symbol, "SimpleMarker");
    add_option(options, "name", name_of(look.shape));
    add_option(options, "color", text_of(look.fill));
    add_option(options, "outline_color", text_of(look.outline));
    add_option(options, "outline_style", look.outline_mm > 0 ? "solid" : "no");
    add_option(options, "outline_width", look.outline_mm);
    add_option(options, "outline_width_unit", "MM");
    add_option(options, "joinstyle", "miter");
    add_option(options, "scale_method", "diameter");
    add_option(options, "size", look.size_mm);
    add_option(options, "size_unit", "MM");
    add_width(layer, "size", look.size_expression);
}

void add_line(pugi::xml_node symbol, Colour colour, double width_mm, std::string_view width_expression) {
    const auto [layer, options] = start_layer(symbol, "SimpleLine");
    add_option(options, "line_color", text_of(colour));
    add_option(options, "line_style", "solid");
    add_option(options, "line_width", width_mm);
    add_option(options, "line_width_unit", "MM");
    add_option(options, "capstyle", "round");
    add_option(options, "joinstyle", "round");
    add_width(layer, "outlineWidth", width_expression);
}

void add_fill(pugi::xml_node symbol, const Look& look) {
    const auto [layer, options] = start_layer(symbol, "SimpleFill");
    add_option(options, "color", text_of(look.fill));
    add_option(options, "style", look.marks_centre ? "no" : "solid");
    add_option(options, "outline_color", text_of(look.outline));
    add_option(options, "outline_style", look.outline_mm > 0 && !look.marks_centre ? "solid" : "no");
    add_option(options, "outline_width", look.outline_mm);
    add_option(options, "outline_width_unit", "MM");
    add_option(options, "joinstyle", "round");
    if (!look.marks_centre) return;
    const pugi::xml_node properties = add(layer, "data_defined_properties");
    add_property(properties, "fillStyle", solid_near_by);
    add_property(properties, "outlineStyle", solid_near_by);
}

void add_hatching(pugi::xml_node symbol) {
    const auto [layer, options] = start_layer(symbol, "LinePatternFill");
    add_option(options, "angle", 45);
    add_option(options, "distance", hatch_distance_mm);
    add_option(options, "distance_unit", "MM");
    add_line(start_symbol(layer, "hatch", "line"), hatch_colour, hatch_width_mm, {});
}

void add_centre(pugi::xml_node symbol, const Look& look) {
    const auto [layer, options] = start_layer(symbol, "CentroidFill");
    add_option(options, "point_on_surface", "1");
    add_option(options, "point_on_all_parts", "0");
    add_property(add(layer, "data_defined_properties"), "enabled", far_off);
    add_marker(start_symbol(layer, "centre", "marker"), look);
}

}  // namespace

void add_symbol(pugi::xml_node parent, const std::string& name, GeometryKind geometry, const Look& look) {
    switch (geometry) {
        case GeometryKind::none:
            return;
        case GeometryKind::point:
            return add_marker(start_symbol(parent, name, "marker"), look);
        case GeometryKind::multi_line:
            return add_line(start_symbol(parent, name, "line"), look.fill, look.size_mm, look.size_expression);
        case GeometryKind::multi_polygon:
            break;
    }
    const pugi::xml_node symbol = start_symbol(parent, name, "fill");
    add_fill(symbol, look);
    if (look.texture == Texture::hatched) add_hatching(symbol);
    if (look.marks_centre) add_centre(symbol, look);
}

void add_property(pugi::xml_node collection, const char* name, std::string_view expression) {
    pugi::xml_node map = collection.child("Option");
    if (!map) {
        map = add_map(collection);
        add_option(map, "name", "");
        add_map(map, "properties");
        add_option(map, "type", "collection");
    }
    const pugi::xml_node property = add_map(map.find_child_by_attribute("name", "properties"), name);
    add_option(property, "active", "true", "bool");
    add_option(property, "expression", expression);
    add_option(property, "type", "3", "int");  // QgsProperty::ExpressionBasedProperty
}

}  // namespace amayesh::detail
