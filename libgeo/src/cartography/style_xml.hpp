#pragma once

#include <span>
#include <string>

#include <pugixml.hpp>

#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/io/vector_sink.hpp>

#include "cartography/map_description.hpp"

namespace amayesh::detail {

/// Version of QGIS whose files these are; later ones read them.
inline constexpr const char* qgis_version = "3.22.0-Białowieża";

/// A layer in one of its themes and one language.
struct LayerView {
    const StoredLayer& layer;
    const LayerMap& map;
    const Theme* theme = nullptr;  ///< None for a table.
    TitleLanguage language = TitleLanguage::english;

    [[nodiscard]] const Labels& labels() const noexcept {
        return theme != nullptr && !theme->labels.expression.empty() ? theme->labels : map.labels;
    }
    [[nodiscard]] bool has_labels() const noexcept { return theme != nullptr && !labels().expression.empty(); }
};

/// Attributes and elements of a style, in a `qgis` element (QML) or a `maplayer` (project).
void add_style(pugi::xml_node element, const LayerView& view);
void add_renderer(pugi::xml_node element, const LayerView& view);
void add_labels(pugi::xml_node element, const LayerView& view);

/// Titles of the fields, their domains as lists to choose from, and which must be filled.
void add_form(pugi::xml_node element, std::span<const FieldDefinition> fields);

/// The columns of a result layer with titles and words in a language; a column that the schema does not know has its name.
[[nodiscard]] std::vector<FieldDefinition> titled_fields(const StoredLayer& layer, TitleLanguage language);

/// Fonts that have Persian letters, the first that is installed counts.
void add_text_style(pugi::xml_node parent, double size_pt, Colour colour);

}  // namespace amayesh::detail
