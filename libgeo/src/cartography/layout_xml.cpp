#include <algorithm>
#include <cmath>
#include <numeric>

#include "cartography/layout_items.hpp"
#include "cartography/qgis_expression.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

// A3, landscape, millimetres. The map stands where reading begins: left in English, right in Persian.
constexpr double sheet_width = 420;
constexpr double sheet_height = 297;
constexpr double edge = 12;
constexpr double panel_width = 104;
constexpr double gap = 6;
constexpr double map_top = 34;
constexpr double foot = 10;
constexpr double map_width = sheet_width - 2 * edge - panel_width - gap;
constexpr double map_height = sheet_height - map_top - foot - edge;
constexpr int segments_of_width = 6;  ///< A segment of the scale bar is at most this part of the map.
constexpr double figure_height = 7.5;
constexpr double caption_width = 52;
constexpr double number_width = 50;
constexpr double scale_bar_height = 12;

constexpr Colour soft_ink{0x525252};

double panel_x(const LayoutSheet& sheet) { return sheet.is_right_to_left() ? edge : edge + map_width + gap; }

Frame map_frame(const LayoutSheet& sheet) {
    return {sheet.is_right_to_left() ? edge + panel_width + gap : edge, map_top, map_width, map_height};
}

/// The extent grown to the frame's shape, around its middle.
Box fitted(const Box& extent, const Frame& frame) {
    const double x = std::midpoint(extent.min_x, extent.max_x);
    const double y = std::midpoint(extent.min_y, extent.max_y);
    const double per_mm =
        std::max((extent.max_x - extent.min_x) / frame.width, (extent.max_y - extent.min_y) / frame.height);
    const double half_width = per_mm * frame.width / 2;
    const double half_height = per_mm * frame.height / 2;
    return {x - half_width, y - half_height, x + half_width, y + half_height};
}

/// The longest of 1, 2, 5, 10 … km that is short enough.
double segment_of(double width_km) {
    const double most = width_km / segments_of_width;
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (const double step : {5.0, 2.0})
        if (step * power <= most) return step * power;
    return power;
}

/// Of the row of the nation; "?" where it is not known.
std::string figure_expression(const KeyFigure& figure, TitleLanguage language) {
    const auto number = [&](std::string_view column) {
        const std::string value = fmt::format("aggregate('amayesh_{}', 'max', {}, \"level\" = 'nation')", figure.table,
                                              quoted_column(column));
        return fmt::format("coalesce({}, '?')", number_expression(value, figure.decimals, language));
    };
    const std::string one = number(figure.column);
    if (figure.other_column.empty()) return one;
    const std::string other = number(figure.other_column);
    return fmt::format("if({0} = {1}, {0}, {0} || '{2}' || {1})", one, other,
                       language == TitleLanguage::persian ? " تا " : "–");
}

/// Captions, and the numbers in a column of their own. Returns where the next thing may begin.
double add_figures(const LayoutSheet& sheet, const MapView& view) {
    const double start = panel_x(sheet);
    const bool is_mirrored = sheet.is_right_to_left();
    const double caption_x = is_mirrored ? start + panel_width - caption_width : start;
    const double number_x = is_mirrored ? caption_x - number_width : start + caption_width;
    double y = map_top;
    for (std::size_t i = 0; i < view.figures.size(); ++i, y += figure_height) {
        const KeyFigure& figure = view.figures[i];
        add_label(sheet, fmt::format("caption {}", i + 1), {caption_x, y, caption_width, figure_height},
                  {.size_pt = 10.5}, figure.caption.in(sheet.language));
        add_label(sheet, fmt::format("figure {}", i + 1), {number_x, y, number_width, figure_height},
                  {.size_pt = 12, .is_bold = true, .is_at_end = true},
                  fmt::format("[% {} %]", figure_expression(figure, sheet.language)));
    }
    return y + gap;
}

std::string foot_text(const MapSheet& sheet, const MapView& view) {
    const bool is_persian = sheet.language == TitleLanguage::persian;
    std::string text(view.note.in(sheet.language));
    if (!sheet.as_of.empty())
        text += fmt::format(" {} [% {} %].", is_persian ? "داده‌ها:" : "Data as of",
                            digits_expression(fmt::format("@{}", as_of_variable), sheet.language));
    text += fmt::format(" {} [% {} %]", is_persian ? "چاپ:" : "Printed", today_expression(sheet.language));
    return text;
}

void add_layout(pugi::xml_node layouts, std::size_t number, const MapView& view, const MapSheet& map,
                const StoredPackage& package, const Box& extent) {
    const LayoutSheet sheet{add(layouts, "Layout"), number, map.language};
    set(sheet.layout, "name", view.name.in(map.language));
    set(sheet.layout, "units", "mm");
    set(sheet.layout, "printResolution", 300);
    add_page(sheet, sheet_width, sheet_height);
    const Frame frame = map_frame(sheet);
    const Box shown = fitted(extent, frame);
    add_map(sheet, frame, view.name.in(map.language), shown);
    const double legend_top = add_figures(sheet, view);
    add_legend(sheet, {panel_x(sheet), legend_top, panel_width, map_height / 2}, view, package);
    constexpr double metres_per_km = 1000;
    add_scale_bar(sheet, {panel_x(sheet), map_top + map_height - scale_bar_height, panel_width, scale_bar_height},
                  segment_of((shown.max_x - shown.min_x) / metres_per_km));
    const double width = sheet_width - 2 * edge;
    add_label(sheet, "title", {edge, 8, width, 12}, {.size_pt = 22, .is_bold = true}, "[% @project_title %]");
    add_label(sheet, "headline", {edge, 20, width, 9}, {.size_pt = 13, .colour = soft_ink},
              view.headline.in(map.language));
    add_label(sheet, "foot", {edge, sheet_height - edge - 6, width, 6}, {.size_pt = 9, .colour = soft_ink},
              foot_text(map, view));
}

}  // namespace

void add_layouts(pugi::xml_node project, const MapSheet& map, const StoredPackage& package, const Box& extent) {
    const pugi::xml_node layouts = add(project, "Layouts");
    std::size_t number = 0;
    for (const MapView& view : map_views(package.layers)) add_layout(layouts, ++number, view, map, package, extent);
}

}  // namespace amayesh::detail
