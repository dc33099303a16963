#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/io/geopackage_project.hpp>
#include <amayesh/output/schema.hpp>

namespace amayesh::detail {

/// The same text in both languages.
struct Words {
    std::string_view english{};
    std::string_view persian{};
    [[nodiscard]] std::string_view in(TitleLanguage language) const noexcept {
        return language == TitleLanguage::persian ? persian : english;
    }
};

struct Colour {
    std::uint32_t rgb = 0;  ///< 0xRRGGBB
    std::uint8_t alpha = 255;
};

enum class MarkerShape : std::uint8_t { circle, square, triangle, diamond, pentagon, star, cross };
enum class Texture : std::uint8_t { solid, hatched };

/// How a feature is drawn, whatever its geometry: the fill of a polygon, the inside of a marker, the colour of a line.
struct Look {
    Colour fill{};
    Colour outline{};
    double outline_mm = 0.2;
    double size_mm = 2.5;  ///< Of a marker; the width of a line.
    MarkerShape shape = MarkerShape::circle;
    Texture texture = Texture::solid;
    bool marks_centre = false;  ///< A polygon is also drawn as its marker, for scales at which it is too small.
    std::string_view size_expression{};  ///< Millimetres by an expression of QGIS; `size_mm` stands in the legend.
};

/// One entry of a legend.
struct MapClass {
    std::string_view value{};  ///< What the theme's expression gives.
    double low = 0;            ///< Of a range, both included.
    double high = 0;
    Words label{};  ///< Empty = the title of the word `value`.
    Look look{};
};

enum class Classing : std::uint8_t { one_look, words, ranges };

struct Labels {
    std::string_view expression{};      ///< Of QGIS; `{language}` stands for "fa" or "en".
    std::string_view bold_where{};      ///< Empty = nowhere.
    std::string_view shown_where{};     ///< Empty = everywhere.
    double smallest_scale = 1'000'000;  ///< Drawn from 1 : this on.
    double size_pt = 8;
    Colour colour{0x222222};
};

/// One way to draw a layer: a named style.
struct Theme {
    Words name{};
    Classing classing = Classing::one_look;
    std::string_view expression{};  ///< What is classed; of our own columns, never of values.
    std::vector<MapClass> classes{};
    std::string_view order{};  ///< Features with less of this expression are drawn first; empty = as they come.
    Labels labels{};           ///< In place of the layer's, where there is an expression.
};

/// The groups of the legend, in the order in which a reader goes through them.
enum class MapGroup : std::uint8_t { need, zones, supply, areas, places, findings, tables, others };
inline constexpr std::size_t map_group_count = 8;

/// How one result layer is shown.
struct LayerMap {
    std::string_view layer{};
    MapGroup group = MapGroup::others;
    int height = 0;             ///< Layers are drawn from the lowest to the highest.
    double smallest_scale = 0;  ///< Drawn from 1 : this on; 0 = always.
    bool is_shown = true;       ///< When the project is opened.
    std::string_view label_column{"name"};
    std::vector<Theme> themes{};  ///< The first is the default.
    Labels labels{};              ///< None where the expression is empty.
};

/// A number of the print layout: of the nation's row of a table, the greatest where it has several.
struct KeyFigure {
    Words caption{};
    std::string_view column{};
    std::string_view other_column{};  ///< Where the number is a range, its other end.
    int decimals = 0;
    std::string_view table{"rollups"};
};

/// One choice of layers and styles, with its own print layout.
struct MapView {
    struct Shown {
        std::string_view layer;
        std::size_t theme = 0;
    };
    std::string_view needs{};  ///< The layer without which there is nothing to see.
    Words name{};
    Words headline{};  ///< Under the title of the print layout.
    Words note{};      ///< At its foot.
    std::vector<KeyFigure> figures{};
    std::vector<Shown> layers{};
};

/// A row of a layer belongs to a row of another: shown in QGIS's forms.
struct MapRelation {
    std::string_view from;
    std::string_view from_column;
    std::string_view to;
    std::string_view to_column;
};

[[nodiscard]] Words title_of(MapGroup group);

/// The description of a result layer; of one that has none, a plain look.
[[nodiscard]] const LayerMap& map_of_layer(std::string_view layer);

/// Those whose layer is there.
[[nodiscard]] std::vector<MapView> map_views(std::span<const StoredLayer> layers);
[[nodiscard]] std::span<const MapRelation> map_relations();

// Parts of `map_of_layer`, by subject.
[[nodiscard]] std::vector<LayerMap> unit_maps();
[[nodiscard]] std::vector<LayerMap> place_maps();
[[nodiscard]] std::vector<LayerMap> supply_maps();
[[nodiscard]] std::vector<LayerMap> area_maps();
[[nodiscard]] std::vector<LayerMap> travel_maps();
[[nodiscard]] std::vector<LayerMap> difference_maps();

}  // namespace amayesh::detail
