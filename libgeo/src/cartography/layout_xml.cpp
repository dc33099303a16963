#include <algorithm>
#include <cmath>

#include "cartography/project_xml.hpp"
#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

/// Millimetres from the upper left of the sheet.
struct Frame {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

// A3, landscape. The map stands where reading begins: left in English, right in Persian.
constexpr double sheet_width = 420;
constexpr double sheet_height = 297;
constexpr double edge = 12;
constexpr double panel_width = 104;
constexpr double gap = 6;
constexpr double map_top = 36;
constexpr double foot = 12;
constexpr double map_width = sheet_width - 2 * edge - panel_width - gap;
constexpr double map_height = sheet_height - map_top - foot - edge;

// `QGraphicsItem::UserType` of each kind of item: QgsLayoutItemRegistry.
constexpr int page_type = 65638;
constexpr int map_type = 65639;
constexpr int label_type = 65641;
constexpr int legend_type = 65642;
constexpr int scale_bar_type = 65646;

constexpr const char* font = "Tahoma";
constexpr int align_left = 1;  // Qt::AlignLeft and its like
constexpr int align_right = 2;
constexpr int align_middle = 128;

struct SheetPart {
    pugi::xml_node layout;
    std::size_t number;  ///< Of the layout in the project.
    TitleLanguage language;

    [[nodiscard]] bool is_rtl() const noexcept { return language == TitleLanguage::persian; }
    [[nodiscard]] int start() const noexcept { return is_rtl() ? align_right : align_left; }
    /// The same at every run; items refer to each other by it.
    [[nodiscard]] std::string id_of(std::string_view item) const {
        return fmt::format("{{layout-{}-{}}}", number, item);
    }
    [[nodiscard]] double map_x() const noexcept { return is_rtl() ? edge + panel_width + gap : edge; }
    [[nodiscard]] double panel_x() const noexcept { return is_rtl() ? edge : edge + map_width + gap; }
};

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
    return item;
}

std::string font_text(double size_pt, bool is_bold) {
    return fmt::format("{},{},-1,5,{},0,0,0,0,0", font, size_pt, is_bold ? 75 : 50);
}

void add_colour(pugi::xml_node item, const char* name, std::uint32_t rgb) {
    const pugi::xml_node colour = add(item, name);
    set(colour, "red", rgb >> 16U & 0xFFU);
    set(colour, "green", rgb >> 8U & 0xFFU);
    set(colour, "blue", rgb & 0xFFU);
    set(colour, "alpha", 255);
}

struct LabelLook {
    double size_pt;
    bool is_bold;
    std::uint32_t rgb;
};

/// `text` is ours: what QGIS finds between [% and %] in it, it computes.
void add_label(const SheetPart& part, std::string_view id, const Frame& frame, const LabelLook& look,
               std::string_view text) {
    const pugi::xml_node item = add_item(part.layout, label_type, part.id_of(id), frame);
    set(item, "id", id);
    set(item, "labelText", text);
    set(item, "htmlState", 0);
    set(item, "halign", part.start());
    set(item, "valign", align_middle);
    set(item, "marginX", 0);
    set(item, "marginY", 0);
    set(item, "background", "false");
    set(item, "frame", "false");
    set(add(item, "LabelFont"), "description", font_text(look.size_pt, look.is_bold));
    add_colour(item, "FontColor", look.rgb);
}

/// The extent grown to the frame's shape, around its middle.
Box fitted(const Box& extent, const Frame& frame) {
    const double x = (extent.min_x + extent.max_x) / 2;
    const double y = (extent.min_y + extent.max_y) / 2;
    const double per_mm =
        std::max((extent.max_x - extent.min_x) / frame.width, (extent.max_y - extent.min_y) / frame.height);
    return {x - per_mm * frame.width / 2, y - per_mm * frame.height / 2, x + per_mm * frame.width / 2,
            y + per_mm * frame.height / 2};
}

void add_map_item(const SheetPart& part, const MapView& view, const Box& extent) {
    const Frame frame{part.map_x(), map_top, map_width, map_height};
    const pugi::xml_node item = add_item(part.layout, map_type, part.id_of("map"), frame);
    set(item, "id", "map");
    set(item, "frame", "true");
    set(item, "outlineWidthM", "0.2,mm");
    set(item, "background", "true");
    set(item, "followPreset", "true");
    set(item, "followPresetName", view.name.in(part.language));
    set(item, "keepLayerSet", "false");
    set(item, "drawCanvasItems", "false");
    set(item, "mapRotation", 0);
    add_colour(item, "FrameColor", 0x737373);
    const Box shown = fitted(extent, frame);
    const pugi::xml_node box = add(item, "Extent");
    set(box, "xmin", shown.min_x);
    set(box, "ymin", shown.min_y);
    set(box, "xmax", shown.max_x);
    set(box, "ymax", shown.max_y);
}

void add_legend_style(pugi::xml_node styles, const char* name, double size_pt, bool is_bold, double top,
                      int alignment) {
    const pugi::xml_node style = add(styles, "style");
    set(style, "name", name);
    set(style, "alignment", alignment);
    set(style, "marginTop", top);
    set(style, "marginLeft", name == std::string_view("symbolLabel") ? 2 : 0);
    set(style, "marginRight", name == std::string_view("symbolLabel") ? 2 : 0);
    set(add(style, "styleFont"), "description", font_text(size_pt, is_bold));
}

void add_legend(const SheetPart& part, const MapView& view, const StoredPackage& package) {
    const Frame frame{part.panel_x(), map_top, panel_width, map_height / 2};
    const pugi::xml_node item = add_item(part.layout, legend_type, part.id_of("legend"), frame);
    set(item, "id", "legend");
    set(item, "map_uuid", part.id_of("map"));
    set(item, "title", "");
    set(item, "titleAlignment", part.start());
    set(item, "symbolAlignment", part.start());
    set(item, "resizeToContents", 1);
    set(item, "legendFilterByMap", 1);
    set(item, "symbolWidth", 8);
    set(item, "symbolHeight", 4.5);
    set(item, "boxSpace", 0);
    set(item, "columnCount", 1);
    set(item, "fontColor", "#252525");
    set(item, "background", "false");
    set(item, "frame", "false");
    const pugi::xml_node styles = add(item, "styles");
    add_legend_style(styles, "title", 12, true, 0, part.start());
    add_legend_style(styles, "group", 11, true, 3, part.start());
    add_legend_style(styles, "subgroup", 11, true, 4, part.start());
    add_legend_style(styles, "symbol", 10, false, 1.8, part.start());
    add_legend_style(styles, "symbolLabel", 10, false, 1.8, part.start());
    const pugi::xml_node tree = add(item, "layer-tree-group");
    for (const MapView::Shown& shown : view.layers) {
        const auto layer = std::ranges::find(package.layers, shown.layer, &StoredLayer::name);
        if (layer == package.layers.end()) continue;
        add_tree_layer(tree, {&*layer, &map_of_layer(layer->name)}, source_of(package, *layer), part.language, true);
    }
}

/// The longest round length that stays under a fifth of the map's width.
double round_segment_km(double width_km) {
    const double most = width_km / 10;
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (const double step : {5.0, 2.0, 1.0})
        if (step * power <= most) return step * power;
    return power;
}

void add_scale_bar(const SheetPart& part, double width_km) {
    const pugi::xml_node item = add_item(part.layout, scale_bar_type, part.id_of("scale_bar"),
                                         {part.panel_x(), sheet_height - foot - edge - 16, panel_width, 14});
    set(item, "id", "scale_bar");
    set(item, "mapUuid", part.id_of("map"));
    set(item, "style", "Single Box");
    set(item, "unitType", "km");
    set(item, "unitLabel", part.is_rtl() ? "کیلومتر" : "km");
    set(item, "numMapUnitsPerScaleBarUnit", 1);
    set(item, "numUnitsPerSegment", round_segment_km(width_km));
    set(item, "numSegments", 2);
    set(item, "numSegmentsLeft", 0);
    set(item, "segmentSizeMode", 0);
    set(item, "height", 2.5);
    set(item, "outlineWidth", 0.2);
    set(item, "labelBarSpace", 2);
    set(item, "boxContentSpace", 0);
    set(item, "alignment", part.is_rtl() ? 2 : 0);
    set(item, "background", "false");
    set(item, "frame", "false");
    add_text_style(item, 9, {0x252525}, part.language);
    add_colour(item, "fillColor", 0x252525);
    add_colour(item, "fillColor2", 0xFFFFFF);
    add_colour(item, "strokeColor", 0x252525);
}

std::string footer(const MapSheet& sheet) {
    const bool is_persian = sheet.language == TitleLanguage::persian;
    std::string text;
    if (!sheet.as_of.empty())
        text = (is_persian ? "تاریخ داده‌ها: " : "Data as of ") + sheet.as_of + (is_persian ? "؛ " : ". ");
    return text + (is_persian ? "چاپ: " : "Printed ") + "[% format_date(now(), 'yyyy-MM-dd') %]";
}

void add_page(pugi::xml_node layout, std::size_t number) {
    const pugi::xml_node pages = add(layout, "PageCollection");
    add_item(pages, page_type, fmt::format("{{layout-{}-page}}", number), {0, 0, sheet_width, sheet_height});
}

void add_layout(pugi::xml_node layouts, const MapView& view, const MapSheet& sheet, const StoredPackage& package,
                const Box& extent) {
    const auto number = static_cast<std::size_t>(std::distance(layouts.begin(), layouts.end()));
    const pugi::xml_node layout = add(layouts, "Layout");
    set(layout, "name", view.name.in(sheet.language));
    set(layout, "units", "mm");
    set(layout, "printResolution", 300);
    add_page(layout, number);
    const SheetPart part{layout, number, sheet.language};
    add_map_item(part, view, extent);
    add_legend(part, view, package);
    const Box shown = fitted(extent, {0, 0, map_width, map_height});
    add_scale_bar(part, (shown.max_x - shown.min_x) / 1000);
    const double width = sheet_width - 2 * edge;
    add_label(part, "title", {edge, 9, width, 12}, {22, true, 0x252525}, "[% @project_title %]");
    add_label(part, "headline", {edge, 21, width, 9}, {13, false, 0x525252}, view.headline.in(sheet.language));
    add_label(part, "date", {edge, sheet_height - edge - 6, width, 6}, {9, false, 0x525252}, footer(sheet));
}

}  // namespace

void add_layouts(pugi::xml_node project, const MapSheet& sheet, const StoredPackage& package, const Box& extent) {
    const pugi::xml_node layouts = add(project, "Layouts");
    for (const MapView& view : map_views()) add_layout(layouts, view, sheet, package, extent);
}

}  // namespace amayesh::detail
