#include "cartography/layout_items.hpp"

#include <algorithm>

#include "cartography/layer_styles.hpp"
#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

// `QGraphicsItem::UserType` of each kind of item: QgsLayoutItemRegistry.
constexpr int page_type = 65638;
constexpr int map_type = 65639;
constexpr int label_type = 65641;
constexpr int legend_type = 65642;
constexpr int scale_bar_type = 65646;

constexpr const char* font = "Tahoma";  // QGIS takes what comes nearest where there is none
constexpr int align_left = 1;           // Qt::AlignLeft and its like
constexpr int align_right = 2;
constexpr int align_middle = 128;

constexpr Colour ink{0x252525};
constexpr Colour frame_grey{0x737373};

pugi::xml_node add_item(pugi::xml_node parent, int type, const std::string& id, const Frame& frame) {
    const pugi::xml_node item = add(parent, "LayoutItem");
    const std::string position = fmt::format("{},{},mm", frame.x, frame.y);
    set(item, "type", type);
    set(item, "uuid", id);
    set(item, "templateUuid", id);
    set(item, "position", position);
    set(item, "positionOnPage", position);
    set(item, "size", fmt::format("{},{},mm", frame.width, frame.height));
    set(item, "referencePoint", 0);
    set(item, "visibility", 1);
    set(item, "opacity", 1);
    set(item, "positionLock", "false");
    set(item, "itemRotation", 0);
    set(item, "background", "false");
    return item;
}

pugi::xml_node add_item(const LayoutSheet& sheet, int type, std::string_view id, const Frame& frame) {
    const pugi::xml_node item = add_item(sheet.layout, type, sheet.id_of(id), frame);
    set(item, "id", id);
    return item;
}

/// An item that finds its own size: from the corner where reading begins.
pugi::xml_node add_growing_item(const LayoutSheet& sheet, int type, std::string_view id, const Frame& frame) {
    if (!sheet.is_right_to_left()) return add_item(sheet, type, id, frame);
    pugi::xml_node item = add_item(sheet, type, id, frame);
    const std::string corner = fmt::format("{},{},mm", frame.x + frame.width, frame.y);
    item.attribute("position").set_value(corner.c_str());
    item.attribute("positionOnPage").set_value(corner.c_str());
    item.attribute("referencePoint").set_value(2);  // QgsLayoutItem::UpperRight
    return item;
}

int start_of(const LayoutSheet& sheet) { return sheet.is_right_to_left() ? align_right : align_left; }
int end_of(const LayoutSheet& sheet) { return sheet.is_right_to_left() ? align_left : align_right; }

std::string font_text(double size_pt, bool is_bold) {
    return fmt::format("{},{},-1,5,{},0,0,0,0,0", font, size_pt, is_bold ? 75 : 50);
}

void add_colour(pugi::xml_node item, const char* name, Colour colour) {
    const pugi::xml_node element = add(item, name);
    set(element, "red", colour.rgb >> 16U & 0xFFU);
    set(element, "green", colour.rgb >> 8U & 0xFFU);
    set(element, "blue", colour.rgb & 0xFFU);
    set(element, "alpha", colour.alpha);
}

struct LegendText {
    const char* name;
    double size_pt;
    bool is_bold;
    double above_mm;
    double beside_mm;
};

void add_legend_texts(pugi::xml_node legend, int alignment) {
    constexpr LegendText texts[] = {{"title", 12, true, 0, 0},
                                    {"group", 10.5, true, 3, 0},
                                    {"subgroup", 10.5, true, 3.5, 0},
                                    {"symbol", 10, false, 1.6, 0},
                                    {"symbolLabel", 10, false, 1.6, 2}};
    const pugi::xml_node styles = add(legend, "styles");
    for (const LegendText& text : texts) {
        const pugi::xml_node style = add(styles, "style");
        set(style, "name", text.name);
        set(style, "alignment", alignment);
        set(style, "marginTop", text.above_mm);
        set(style, "marginLeft", text.beside_mm);
        set(style, "marginRight", text.beside_mm);
        set(add(style, "styleFont"), "description", font_text(text.size_pt, text.is_bold));
    }
}

/// The layers of the view, each under its own title and that of its theme.
void add_legend_tree(pugi::xml_node legend, const MapView& view, const StoredPackage& package, TitleLanguage language) {
    const pugi::xml_node tree = add(legend, "layer-tree-group");
    for (const MapView::Shown& shown : view.layers) {
        const auto layer = std::ranges::find(package.layers, shown.layer, &StoredLayer::name);
        if (layer == package.layers.end()) continue;
        const LayerMap& map = map_of_layer(layer->name);
        const pugi::xml_node entry = add_tree_layer(tree, {&*layer, &map}, package, language);
        add_option(add_map(add(entry, "customproperties")), "legend/title-label",
                   fmt::format("{}: {}", title_of(*layer, language), style_name(map, shown.theme, language)));
    }
}

}  // namespace

std::string LayoutSheet::id_of(std::string_view item) const { return fmt::format("{{layout-{}-{}}}", number, item); }

void add_page(const LayoutSheet& sheet, double width, double height) {
    add_item(add(sheet.layout, "PageCollection"), page_type, sheet.id_of("page"), {0, 0, width, height});
}

void add_label(const LayoutSheet& sheet, std::string_view id, const Frame& frame, const LabelLook& look,
               std::string_view text) {
    const pugi::xml_node item = add_item(sheet, label_type, id, frame);
    set(item, "labelText", text);
    set(item, "htmlState", 0);
    set(item, "halign", look.is_at_end ? end_of(sheet) : start_of(sheet));
    set(item, "valign", align_middle);
    set(item, "marginX", 0);
    set(item, "marginY", 0);
    set(item, "frame", "false");
    set(add(item, "LabelFont"), "description", font_text(look.size_pt, look.is_bold));
    add_colour(item, "FontColor", look.colour);
}

void add_map(const LayoutSheet& sheet, const Frame& frame, std::string_view theme, const Box& extent) {
    const pugi::xml_node item = add_item(sheet, map_type, "map", frame);
    set(item, "frame", "true");
    set(item, "outlineWidthM", "0.2,mm");
    set(item, "followPreset", "true");
    set(item, "followPresetName", theme);
    set(item, "keepLayerSet", "false");
    set(item, "drawCanvasItems", "false");
    set(item, "mapRotation", 0);
    add_colour(item, "FrameColor", frame_grey);
    const pugi::xml_node box = add(item, "Extent");
    set(box, "xmin", extent.min_x);
    set(box, "ymin", extent.min_y);
    set(box, "xmax", extent.max_x);
    set(box, "ymax", extent.max_y);
}

void add_legend(const LayoutSheet& sheet, const Frame& frame, const MapView& view, const StoredPackage& package) {
    const pugi::xml_node item = add_growing_item(sheet, legend_type, "legend", frame);
    set(item, "map_uuid", sheet.id_of("map"));
    set(item, "title", "");
    set(item, "titleAlignment", start_of(sheet));
    set(item, "symbolAlignment", start_of(sheet));
    set(item, "resizeToContents", 1);
    set(item, "legendFilterByMap", 1);
    set(item, "symbolWidth", 8);
    set(item, "symbolHeight", 4.5);
    set(item, "boxSpace", 0);
    set(item, "columnCount", 1);
    set(item, "fontColor", "#252525");
    set(item, "frame", "false");
    add_legend_texts(item, start_of(sheet));
    add_legend_tree(item, view, package, sheet.language);
}

void add_scale_bar(const LayoutSheet& sheet, const Frame& frame, double segment_km) {
    const pugi::xml_node item = add_growing_item(sheet, scale_bar_type, "scale_bar", frame);
    set(item, "mapUuid", sheet.id_of("map"));
    set(item, "style", "Single Box");
    set(item, "unitType", "km");
    set(item, "unitLabel", sheet.is_right_to_left() ? "کیلومتر" : "km");
    set(item, "numMapUnitsPerScaleBarUnit", 1);
    set(item, "numUnitsPerSegment", segment_km);
    set(item, "numSegments", 2);
    set(item, "numSegmentsLeft", 0);
    set(item, "segmentSizeMode", 0);  // fixed
    set(item, "height", 2.5);
    set(item, "outlineWidth", 0.2);
    set(item, "labelBarSpace", 2);
    set(item, "boxContentSpace", 0);
    set(item, "alignment", 0);
    set(item, "frame", "false");
    add_text_style(item, 9, ink);
    add_colour(item, "fillColor", ink);
    add_colour(item, "fillColor2", {0xFFFFFF});
    add_colour(item, "strokeColor", ink);
}

}  // namespace amayesh::detail
