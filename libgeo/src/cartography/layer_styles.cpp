#include "cartography/layer_styles.hpp"

#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

constexpr Words titles_alone{"Titles", "عنوان‌ها"};

std::string qml_of(const LayerView& view) {
    pugi::xml_document document;
    const pugi::xml_node root = add(document, "qgis");
    set(root, "version", qgis_version);
    add_style(root, view);
    return text_of(document);
}

}  // namespace

std::string_view style_name(const LayerMap& map, std::size_t theme, TitleLanguage language) {
    return theme < map.themes.size() ? map.themes[theme].name.in(language) : titles_alone.in(language);
}

std::vector<NamedView> views_of(const StoredLayer& layer, TitleLanguage language) {
    const LayerMap& map = map_of_layer(layer.name);
    const bool is_drawn = layer.geometry != GeometryKind::none;
    const TitleLanguage other = language == TitleLanguage::persian ? TitleLanguage::english : TitleLanguage::persian;
    std::vector<NamedView> views;
    for (const TitleLanguage shown : {language, other}) {
        if (!is_drawn) views.push_back({titles_alone.in(shown), {layer, map, nullptr, shown}});
        for (const Theme& theme : map.themes)
            if (is_drawn) views.push_back({theme.name.in(shown), {layer, map, &theme, shown}});
    }
    return views;
}

std::vector<LayerStyle> styles_of(const StoredLayer& layer, TitleLanguage language) {
    std::vector<LayerStyle> styles;
    for (const auto& [name, view] : views_of(layer, language))
        styles.push_back(
            {std::string(name), view.language == TitleLanguage::persian ? "fa" : "en", qml_of(view), styles.empty()});
    return styles;
}

}  // namespace amayesh::detail
