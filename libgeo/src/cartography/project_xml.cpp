#include "cartography/project_xml.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "cartography/layer_styles.hpp"
#include "cartography/map_extent.hpp"
#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

constexpr const char* project_name = "amayesh";
constexpr double margin = 0.04;  ///< Of the extent, around it.

/// QGIS makes ids of ten letters or fewer anew.
std::string id_of(std::string_view layer) { return fmt::format("amayesh_{}", layer); }

std::string source_of(const StoredPackage& package, const StoredLayer& layer) {
    return fmt::format("./{}|layername={}", package.file_name, layer.name);
}

std::vector<DrawnLayer> drawn_layers(const StoredPackage& package) {
    std::vector<DrawnLayer> drawn;
    for (const StoredLayer& layer : package.layers) drawn.push_back({&layer, &map_of_layer(layer.name)});
    std::ranges::stable_sort(drawn, {}, [](const DrawnLayer& d) { return d.map->height; });
    return drawn;
}

MapGroup group_of(const DrawnLayer& drawn) {
    const bool is_table = drawn.layer->geometry == GeometryKind::none;
    return is_table && drawn.map->group == MapGroup::others ? MapGroup::tables : drawn.map->group;
}

Box with_margin(const Box& box, const Crs& crs) {
    const double x = std::max((box.max_x - box.min_x) * margin, 1e-3);
    const double y = std::max((box.max_y - box.min_y) * margin, 1e-3);
    return rounded({box.min_x - x, box.min_y - y, box.max_x + x, box.max_y + y}, crs.is_geographic() ? 4 : 0);
}

void add_box(pugi::xml_node parent, const char* name, const Box& box) {
    const pugi::xml_node extent = add(parent, name);
    add(extent, "xmin", fmt::format("{}", box.min_x));
    add(extent, "ymin", fmt::format("{}", box.min_y));
    add(extent, "xmax", fmt::format("{}", box.max_x));
    add(extent, "ymax", fmt::format("{}", box.max_y));
}

void add_tree(pugi::xml_node project, const StoredPackage& package, const std::vector<DrawnLayer>& drawn,
              TitleLanguage language) {
    const pugi::xml_node tree = add(project, "layer-tree-group");
    for (std::size_t g = 0; g < map_group_count; ++g) {
        pugi::xml_node group;
        for (auto it = drawn.rbegin(); it != drawn.rend(); ++it) {
            if (static_cast<std::size_t>(group_of(*it)) != g) continue;
            if (!group) {
                group = add(tree, "layer-tree-group");
                set(group, "name", title_of(static_cast<MapGroup>(g)).in(language));
                set(group, "checked", "Qt::Checked");
                set(group, "expanded", g < static_cast<std::size_t>(MapGroup::findings) ? 1 : 0);
            }
            add_tree_layer(group, *it, package, language);
        }
    }
    const pugi::xml_node order = add(tree, "custom-order");
    set(order, "enabled", 1);
    for (auto it = drawn.rbegin(); it != drawn.rend(); ++it)
        if (it->layer->geometry != GeometryKind::none) add(order, "item", id_of(it->layer->name));
}

/// The default view is that of the layer itself; the others lie beside it.
void add_style_manager(pugi::xml_node element, const std::vector<NamedView>& views) {
    const pugi::xml_node manager = add(element, "map-layer-style-manager");
    set(manager, "current", views.front().name);
    for (const auto& [name, view] : views) {
        const pugi::xml_node entry = add(manager, "map-layer-style");
        set(entry, "name", name);
        if (name == views.front().name) continue;
        const pugi::xml_node qml = add(entry, "qgis");
        set(qml, "version", qgis_version);
        add_style(qml, view);
    }
}

void add_layer_metadata(pugi::xml_node element, const StoredLayer& layer, TitleLanguage language) {
    const pugi::xml_node metadata = add(element, "resourceMetadata");
    add(metadata, "type", "dataset");
    add(metadata, "title", title_of(layer, language));
    const auto schema = std::ranges::find(result_schema(), layer.name, &LayerSchema::name);
    if (schema != result_schema().end()) add(metadata, "abstract", "One row: " + schema->row);
}

void add_layer(pugi::xml_node layers, const DrawnLayer& drawn, const StoredPackage& package, TitleLanguage language) {
    const StoredLayer& layer = *drawn.layer;
    const bool is_drawn = layer.geometry != GeometryKind::none;
    const pugi::xml_node element = add(layers, "maplayer");
    set(element, "type", "vector");
    set(element, "geometry",
        layer.geometry == GeometryKind::multi_polygon ? "Polygon"
        : layer.geometry == GeometryKind::multi_line  ? "Line"
        : is_drawn                                    ? "Point"
                                                      : "No geometry");
    if (!layer.extent.is_empty()) add_box(element, "extent", rounded(layer.extent, decimals_of_extent));
    add(element, "id", id_of(layer.name));
    add(element, "datasource", source_of(package, layer));
    add(element, "layername", title_of(layer, language));
    if (layer.crs) add_crs(add(element, "srs"), *layer.crs);
    add_layer_metadata(element, layer, language);
    set(add(element, "provider", "ogr"), "encoding", "UTF-8");
    const std::vector<NamedView> views = views_of(layer, language);
    add_style_manager(element, views);
    add_style(element, views.front().view);
}

void add_relations(pugi::xml_node project, const StoredPackage& package) {
    const auto has = [&](std::string_view layer) {
        return std::ranges::any_of(package.layers, [&](const StoredLayer& l) { return l.name == layer; });
    };
    const pugi::xml_node relations = add(project, "relations");
    for (const MapRelation& wanted : map_relations()) {
        if (!has(wanted.from) || !has(wanted.to)) continue;
        const pugi::xml_node relation = add(relations, "relation");
        set(relation, "id", fmt::format("{}_{}", wanted.from, wanted.from_column));
        set(relation, "name", wanted.from);
        set(relation, "referencingLayer", id_of(wanted.from));
        set(relation, "referencedLayer", id_of(wanted.to));
        set(relation, "strength", "Association");
        const pugi::xml_node pair = add(relation, "fieldRef");
        set(pair, "referencingField", wanted.from_column);
        set(pair, "referencedField", wanted.to_column);
    }
}

void add_views(pugi::xml_node project, const StoredPackage& package, TitleLanguage language) {
    const pugi::xml_node presets = add(project, "visibility-presets");
    for (const MapView& view : map_views(package.layers)) {
        const pugi::xml_node preset = add(presets, "visibility-preset");
        set(preset, "name", view.name.in(language));
        set(preset, "has-expanded-info", 0);
        for (const StoredLayer& layer : package.layers) {
            if (layer.geometry == GeometryKind::none) continue;
            const auto shown = std::ranges::find(view.layers, layer.name, &MapView::Shown::layer);
            const bool is_shown = shown != view.layers.end();
            const pugi::xml_node entry = add(preset, "layer");
            set(entry, "id", id_of(layer.name));
            set(entry, "visible", is_shown ? 1 : 0);
            set(entry, "style", style_name(map_of_layer(layer.name), is_shown ? shown->theme : 0, language));
        }
    }
}

void add_canvas(pugi::xml_node project, const Crs& crs, const Box& extent) {
    const pugi::xml_node canvas = add(project, "mapcanvas");
    set(canvas, "name", "theMapCanvas");
    set(canvas, "annotationsVisible", 1);
    add(canvas, "units", crs.is_geographic() ? "degrees" : "meters");
    add_box(canvas, "extent", extent);
    add(canvas, "rotation", "0");
    add_crs(add(canvas, "destinationsrs"), crs);
    const pugi::xml_node settings = add(project, "ProjectViewSettings");
    set(settings, "UseProjectScales", 0);
    const pugi::xml_node view = add(settings, "DefaultViewExtent");
    set(view, "xmin", extent.min_x);
    set(view, "ymin", extent.min_y);
    set(view, "xmax", extent.max_x);
    set(view, "ymax", extent.max_y);
    add_crs(view, crs);
}

void add_property_list(pugi::xml_node project, const MapSheet& sheet) {
    const pugi::xml_node properties = add(project, "properties");
    const auto set_typed = [&](const char* scope, const char* key, const char* type, const char* value) {
        pugi::xml_node group = properties.child(scope);
        if (!group) group = add(properties, scope);
        set(add(group, key, value), "type", type);
    };
    set_typed("Paths", "Absolute", "bool", "false");
    set_typed("Measure", "Ellipsoid", "QString", "EPSG:7030");
    set_typed("Measurement", "AreaUnits", "QString", "ha");
    set_typed("Measurement", "DistanceUnits", "QString", "km");
    set_typed("PAL", "PlacementEngineVersion", "int", "1");
    set_typed("PAL", "DrawUnplaced", "bool", "false");
    set_typed("PAL", "ShowingPartialsLabels", "bool", "false");
    set_typed("SpatialRefSys", "ProjectionsEnabled", "int", "1");
    const pugi::xml_node variables = add(properties, "Variables");
    const auto add_list = [&](const char* name, std::string_view value) {
        const pugi::xml_node list = add(variables, name);
        set(list, "type", "QStringList");
        add(list, "value", value);
    };
    add_list("variableNames", as_of_variable);
    add_list("variableValues", sheet.as_of);
}

}  // namespace

void add_crs(pugi::xml_node parent, const Crs& given) {
    const Crs crs = given.epsg() ? Crs::parse(fmt::format("EPSG:{}", *given.epsg())) : given;
    const pugi::xml_node element = add(parent, "spatialrefsys");
    set(element, "nativeFormat", "Wkt");
    add(element, "wkt", crs.wkt());
    add(element, "srsid", "0");
    add(element, "srid", crs.epsg() ? fmt::format("{}", *crs.epsg()) : "0");
    add(element, "authid", crs.epsg() ? fmt::format("EPSG:{}", *crs.epsg()) : "");
    add(element, "description", crs.name());
    add(element, "geographicflag", crs.is_geographic() ? "true" : "false");
}

std::string title_of(const StoredLayer& layer, TitleLanguage language) {
    const auto schema = std::ranges::find(result_schema(), layer.name, &LayerSchema::name);
    if (schema == result_schema().end()) return layer.name;
    return language == TitleLanguage::persian ? schema->title_fa : schema->title_en;
}

pugi::xml_node add_tree_layer(pugi::xml_node parent, const DrawnLayer& drawn, const StoredPackage& package,
                              TitleLanguage language) {
    const pugi::xml_node element = add(parent, "layer-tree-layer");
    set(element, "id", id_of(drawn.layer->name));
    set(element, "name", title_of(*drawn.layer, language));
    set(element, "source", source_of(package, *drawn.layer));
    set(element, "providerKey", "ogr");
    set(element, "checked", drawn.map->is_shown ? "Qt::Checked" : "Qt::Unchecked");
    set(element, "expanded", drawn.map->is_shown ? 1 : 0);
    return element;
}

QgisProject project_of(const MapSheet& sheet, const StoredPackage& package) {
    pugi::xml_document document;
    const pugi::xml_node project = add(document, "qgis");
    set(project, "version", qgis_version);
    set(project, "saveUser", "amayesh");
    set(project, "projectname", sheet.title);
    add(project, "title", sheet.title);
    add_crs(add(project, "projectCrs"), sheet.crs);
    const std::vector<DrawnLayer> drawn = drawn_layers(package);
    const Box extent = with_margin(extent_of(package, sheet.crs), sheet.crs);
    add_tree(project, package, drawn, sheet.language);
    add_relations(project, package);
    add_canvas(project, sheet.crs, extent);
    const pugi::xml_node layers = add(project, "projectlayers");
    for (const DrawnLayer& layer : drawn) add_layer(layers, layer, package, sheet.language);
    add_property_list(project, sheet);
    add_views(project, package, sheet.language);
    const pugi::xml_node metadata = add(project, "projectMetadata");
    add(metadata, "title", sheet.title);
    add(metadata, "language", sheet.language == TitleLanguage::persian ? "FAS" : "ENG");
    add_layouts(project, sheet, package, extent);
    return {project_name, text_of(document)};
}

}  // namespace amayesh::detail
