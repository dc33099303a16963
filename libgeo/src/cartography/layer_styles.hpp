#pragma once

#include <string_view>
#include <vector>

#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/output/schema.hpp>

#include "cartography/map_description.hpp"
#include "cartography/style_xml.hpp"

namespace amayesh::detail {

struct NamedView {
    std::string_view name;
    LayerView view;
};

/// Every theme of a layer in both languages; for a table the titles alone. The first theme in `language` comes first, and
/// is the default. Borrows the layer.
[[nodiscard]] std::vector<NamedView> views_of(const StoredLayer& layer, TitleLanguage language);

/// The views as a GeoPackage keeps them.
[[nodiscard]] std::vector<LayerStyle> styles_of(const StoredLayer& layer, TitleLanguage language);

/// Name of the style that shows a theme.
[[nodiscard]] std::string_view style_name(const LayerMap& map, std::size_t theme, TitleLanguage language);

}  // namespace amayesh::detail
