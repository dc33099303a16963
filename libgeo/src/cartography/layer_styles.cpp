#include "cartography/layer_styles.hpp"

#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

constexpr Words titles_alone{"Titles", "عنوان‌ها"};

LayerStyle style_of(const LayerView& view, std::string_view name, bool is_default) {
    pugi::xml_document document;
    const pugi::xml_node root = add(document, "qgis");
    set(root, "version", qgis_version);
    add_style(root, view);
    const bool is_persian = view.language == TitleLanguage::persian;
    return {std::string(name), is_persian ? "fa" : "en", text_of(document), is_default};
}

}  // namespace

std::string_view style_name(const LayerMap& map, std::size_t theme, TitleLanguage language) {
    return theme < map.themes.size() ? map.themes[theme].name.in(language) : titles_alone.in(language);
}

std::vector<LayerStyle> styles_of(const StoredLayer& layer, TitleLanguage language) {
    const LayerMap& map = map_of_layer(layer.name);
    const bool is_drawn = layer.geometry != GeometryKind::none;
    const std::size_t themes = is_drawn ? map.themes.size() : 1;
    const TitleLanguage other = language == TitleLanguage::persian ? TitleLanguage::english : TitleLanguage::persian;
    std::vector<LayerStyle> styles;
    for (const TitleLanguage shown : {language, other})
        for (std::size_t i = 0; i < themes; ++i) {
            const Theme* theme = is_drawn ? &map.themes[i] : nullptr;
            const std::string_view name = theme ? style_name(map, i, shown) : titles_alone.in(shown);
            styles.push_back(style_of({layer, map, theme, shown}, name, styles.empty()));
        }
    return styles;
}

}  // namespace amayesh::detail
