#include "cartography/style_xml.hpp"

#include <algorithm>

#include "cartography/qgis_expression.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

bool has_column(const StoredLayer& layer, std::string_view column) {
    return std::ranges::find(layer.columns, column) != layer.columns.end();
}

/// What QGIS shows beside the pointer. It is markup: the values of the columns must not be.
std::string tip_of(std::string_view column) {
    return fmt::format("[% replace(replace(coalesce(to_string({}), ''), '&', '&amp;'), '<', '&lt;') %]",
                       quoted_column(column));
}

void add_scales(pugi::xml_node element, const LayerMap& map) {
    set(element, "hasScaleBasedVisibilityFlag", map.smallest_scale > 0 ? 1 : 0);
    set(element, "minScale", map.smallest_scale > 0 ? map.smallest_scale : 1e8);
    set(element, "maxScale", 0);
}

}  // namespace

void add_style(pugi::xml_node element, const LayerView& view) {
    set(element, "styleCategories", "LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering");
    add_scales(element, view.map);
    set(element, "labelsEnabled", view.has_labels() ? 1 : 0);
    set(element, "simplifyDrawingHints", 1);
    set(element, "simplifyDrawingTol", 1);
    set(element, "simplifyLocal", 1);
    set(element, "simplifyMaxScale", 1);
    set(element, "symbologyReferenceScale", -1);
    if (view.theme != nullptr) {
        add_renderer(element, view);
        add_labels(element, view);
        add(element, "blendMode", "0");
        add(element, "featureBlendMode", "0");
        add(element, "layerOpacity", "1");
    }
    add_form(element, titled_fields(view.layer, view.language));
    if (has_column(view.layer, view.map.label_column)) {
        add(element, "previewExpression", quoted_column(view.map.label_column));
        add(element, "mapTip", tip_of(view.map.label_column));
    }
}

}  // namespace amayesh::detail
