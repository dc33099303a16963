#include <array>

#include "cartography/style_xml.hpp"
#include "cartography/symbol_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

// Both have Persian letters: Tahoma is on Windows and macOS, DejaVu on Debian. None is one that QGIS would fetch.
constexpr std::array fonts{"Tahoma", "DejaVu Sans"};

/// `QgsPalLayerSettings::Placement` and its like, by their numbers.
constexpr int around_point = 0;
constexpr int along_line = 2;
constexpr int inside_polygon = 1;  // over the point of the polygon that is best seen

std::string with_language(std::string_view expression, TitleLanguage language) {
    constexpr std::string_view mark = "{language}";
    std::string text(expression);
    const std::string code = language == TitleLanguage::persian ? "fa" : "en";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
        text.replace(at, mark.size(), code);
    return text;
}

void add_buffer(pugi::xml_node text_style) {
    const pugi::xml_node buffer = add(text_style, "text-buffer");
    set(buffer, "bufferDraw", 1);
    set(buffer, "bufferSize", 0.8);
    set(buffer, "bufferSizeUnits", "MM");
    set(buffer, "bufferColor", text_of(Colour{0xFFFFFF}));
    set(buffer, "bufferOpacity", 0.85);
    set(buffer, "bufferNoFill", 1);
    set(buffer, "bufferJoinStyle", 128);  // Qt::RoundJoin
}

void add_placement(pugi::xml_node settings, GeometryKind geometry) {
    const pugi::xml_node placement = add(settings, "placement");
    set(placement, "placement",
        geometry == GeometryKind::point        ? around_point
        : geometry == GeometryKind::multi_line ? along_line
                                               : inside_polygon);
    set(placement, "dist", geometry == GeometryKind::point ? 1 : 0);
    set(placement, "distUnits", "MM");
    set(placement, "quadOffset", 4);
    set(placement, "centroidInside", 1);
    set(placement, "centroidWhole", 0);
    set(placement, "priority", geometry == GeometryKind::multi_polygon ? 7 : 5);
}

void add_rendering(pugi::xml_node settings, const Labels& labels) {
    const pugi::xml_node rendering = add(settings, "rendering");
    set(rendering, "drawLabels", 1);
    set(rendering, "scaleVisibility", 1);
    set(rendering, "scaleMin", 1);
    set(rendering, "scaleMax", labels.smallest_scale);
    set(rendering, "obstacle", 1);
    set(rendering, "mergeLines", 0);
    set(rendering, "displayAll", 0);
}

void add_properties(pugi::xml_node settings, const Labels& labels) {
    const pugi::xml_node properties = add(settings, "dd_properties");
    if (!labels.bold_where.empty()) add_property(properties, "Bold", labels.bold_where);
    if (!labels.shown_where.empty()) add_property(properties, "Show", labels.shown_where);
}

}  // namespace

void add_text_style(pugi::xml_node parent, double size_pt, Colour colour) {
    const pugi::xml_node style = add(parent, "text-style");
    set(style, "fontFamily", fonts[0]);
    set(style, "fontSize", size_pt);
    set(style, "fontSizeUnit", "Point");
    set(style, "fontWeight", 50);
    set(style, "textColor", text_of(colour));
    set(style, "textOpacity", 1);
    set(style, "allowHtml", 0);  // names are text
    set(style, "multilineHeight", 1.05);
    const pugi::xml_node families = add(style, "families");
    for (const char* font : fonts) set(add(families, "family"), "name", font);
}

void add_labels(pugi::xml_node element, const LayerView& view) {
    if (!view.has_labels()) return;
    const Labels& labels = view.labels();
    const pugi::xml_node labeling = add(element, "labeling");
    set(labeling, "type", "simple");
    const pugi::xml_node settings = add(labeling, "settings");
    add_text_style(settings, labels.size_pt, labels.colour);
    const pugi::xml_node style = settings.child("text-style");
    set(style, "fieldName", with_language(labels.expression, view.language));
    set(style, "isExpression", 1);
    add_buffer(style);
    const pugi::xml_node format = add(settings, "text-format");
    set(format, "multilineAlign", 1);  // centred
    set(format, "formatNumbers", 0);
    add_placement(settings, view.layer.geometry);
    add_rendering(settings, labels);
    add_properties(settings, labels);
}

}  // namespace amayesh::detail
