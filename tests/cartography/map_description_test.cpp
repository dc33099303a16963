#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/output/schema.hpp>
#include <amayesh/output/word_titles.hpp>

#include "cartography/map_description.hpp"
#include "cartography/seen_colour.hpp"

using namespace amayesh;
using namespace amayesh::detail;

namespace {

std::set<std::string> columns_of(const LayerSchema& layer) {
    std::set<std::string> names;
    for (const ColumnSchema& column : layer.columns) names.insert(column.name);
    return names;
}

/// Every column that an expression names.
std::vector<std::string> columns_in(std::string_view expression) {
    static const std::regex quoted("\"([^\"]+)\"");
    const std::string text(expression);
    std::vector<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), quoted), end; it != end; ++it) names.push_back((*it)[1]);
    return names;
}

std::vector<std::string_view> expressions_of(const LayerMap& map) {
    std::vector<std::string_view> all;
    const auto add_labels = [&](const Labels& labels) {
        all.insert(all.end(), {labels.expression, labels.bold_where, labels.shown_where});
    };
    add_labels(map.labels);
    for (const Theme& theme : map.themes) {
        all.insert(all.end(), {theme.expression, theme.order});
        add_labels(theme.labels);
        for (const MapClass& c : theme.classes) all.push_back(c.look.size_expression);
    }
    return all;
}

/// Calls `check(layer's schema, its map)` for each layer that has a description.
template <class Check>
void for_each_layer(const Check& check) {
    for (const LayerSchema& layer : result_schema()) {
        INFO(layer.name);
        check(layer, map_of_layer(layer.name));
    }
}

bool tells_by_more_than_colour(const Look& a, const Look& b) {
    return a.shape != b.shape || a.texture != b.texture || a.size_mm != b.size_mm || a.outline.rgb != b.outline.rgb;
}

}  // namespace

TEST_CASE("Every layer of the schema is described, and one that nobody knows has a plain look", "[cartography]") {
    for_each_layer([](const LayerSchema& layer, const LayerMap& map) {
        CHECK(map.layer == layer.name);
        CHECK(map.themes.empty() == (layer.geometry == "none"));
        CHECK((map.label_column.empty() || columns_of(layer).contains(std::string(map.label_column))));
    });
    const LayerMap& plain = map_of_layer("of some later version");
    CHECK(plain.group == MapGroup::others);
    REQUIRE(plain.themes.size() == 1);
    CHECK(plain.themes[0].classes.size() == 1);
}

TEST_CASE("Expressions name columns that the layer has", "[cartography]") {
    for_each_layer([](const LayerSchema& layer, const LayerMap& map) {
        const std::set<std::string> columns = columns_of(layer);
        for (const std::string_view expression : expressions_of(map))
            for (const std::string& column : columns_in(expression)) {
                INFO(expression);
                CHECK(columns.contains(column));
            }
    });
    const std::vector<StoredLayer> stored{
        {.name = "units"}, {.name = "allocations"}, {.name = "unit_travel"}, {.name = "isochrones"}};
    for (const MapView& view : map_views(stored)) {
        for (const KeyFigure& figure : view.figures) {
            const auto rollups = std::ranges::find(result_schema(), figure.table, &LayerSchema::name);
            REQUIRE(rollups != result_schema().end());
            CHECK(columns_of(*rollups).contains(std::string(figure.column)));
            CHECK((figure.other_column.empty() || columns_of(*rollups).contains(std::string(figure.other_column))));
        }
    }
}

TEST_CASE("Themes and classes have names in both languages, unique in their layer", "[cartography]") {
    for_each_layer([](const LayerSchema&, const LayerMap& map) {
        std::set<std::string_view> names;
        for (const Theme& theme : map.themes)
            for (const TitleLanguage language : {TitleLanguage::english, TitleLanguage::persian}) {
                CHECK(!theme.name.in(language).empty());
                CHECK(names.insert(theme.name.in(language)).second);
                std::set<std::string_view> labels;
                for (const MapClass& c : theme.classes) {
                    const std::string_view own = c.label.in(language);
                    const std::string_view label = own.empty() ? word_title(c.value, language) : own;
                    INFO(c.value);
                    CHECK(label != c.value);
                    CHECK(labels.insert(label).second);
                }
            }
    });
}

TEST_CASE("A theme of a column has a class for each of its words", "[cartography]") {
    std::size_t themes = 0;
    for_each_layer([&](const LayerSchema& layer, const LayerMap& map) {
        for (const Theme& theme : map.themes) {
            const std::vector<std::string> columns = columns_in(theme.expression);
            if (columns.size() != 1 || theme.expression != '"' + columns[0] + '"') continue;
            ++themes;
            std::set<std::string_view> classes;
            for (const MapClass& c : theme.classes) classes.insert(c.value);
            const auto words = words_of_column(layer.name, columns[0]);
            CHECK(classes == std::set<std::string_view>(words.begin(), words.end()));
        }
    });
    CHECK(themes >= 7);
}

TEST_CASE("Ranges stand in order, and no whole number falls between two", "[cartography]") {
    std::size_t themes = 0;
    for_each_layer([&](const LayerSchema&, const LayerMap& map) {
        for (const Theme& theme : map.themes) {
            if (theme.classing != Classing::ranges) continue;
            ++themes;
            for (std::size_t i = 0; i + 1 < theme.classes.size(); ++i) {
                const MapClass& above = theme.classes[i];
                const MapClass& below = theme.classes[i + 1];
                CHECK(above.low <= above.high);
                CHECK(below.high <= above.low);
                CHECK(above.low - below.high <= 1);
            }
            CHECK(theme.classes.back().low == -1);  // unknown is a class of its own
        }
    });
    CHECK(themes == 8);
}

TEST_CASE("Classes of a theme can be told apart by the colour-blind", "[cartography]") {
    using namespace amayesh::test;
    constexpr double told_apart = 9;  // ΔE*ab; 2.3 is just seen side by side
    for_each_layer([&](const LayerSchema&, const LayerMap& map) {
        for (const Theme& theme : map.themes)
            for (const Matrix& eyes : {full_sight, protanopia, deuteranopia, tritanopia})
                for (std::size_t i = 0; i < theme.classes.size(); ++i)
                    for (std::size_t k = 0; k < i; ++k) {
                        const Look& a = theme.classes[i].look;
                        const Look& b = theme.classes[k].look;
                        if (tells_by_more_than_colour(a, b)) continue;
                        INFO(theme.name.english << ": " << theme.classes[i].value << theme.classes[i].low << ", "
                                                << theme.classes[k].value << theme.classes[k].low);
                        CHECK(distance(lab_of(a.fill.rgb, a.fill.alpha / 255.0, eyes),
                                       lab_of(b.fill.rgb, b.fill.alpha / 255.0, eyes)) > told_apart);
                    }
    });
}

TEST_CASE("Unmet need stands out from everything else, also for the colour-blind", "[cartography]") {
    using namespace amayesh::test;
    const Theme& status = map_of_layer("units").themes.front();
    const auto look = [&](std::string_view word) {
        return std::ranges::find(status.classes, word, &MapClass::value)->look.fill.rgb;
    };
    for (const Matrix& eyes : {full_sight, protanopia, deuteranopia, tritanopia})
        for (const char* quiet : {"served", "not_over_threshold", "population_unknown"})
            CHECK(distance(lab_of(look("no_zone_in_reach"), 1, eyes), lab_of(look(quiet), 1, eyes)) > 30);
}

TEST_CASE("Views show layers and themes that there are", "[cartography]") {
    std::vector<StoredLayer> layers;
    for (const LayerSchema& layer : result_schema()) layers.push_back({.name = layer.name});
    const std::vector<MapView> views = map_views(layers);
    CHECK(views.size() == 10);
    CHECK(map_views(std::vector<StoredLayer>{}).empty());
    std::set<std::string_view> names;
    for (const MapView& view : views) {
        for (const TitleLanguage language : {TitleLanguage::english, TitleLanguage::persian}) {
            CHECK(names.insert(view.name.in(language)).second);
            CHECK(!view.headline.in(language).empty());
        }
        for (const MapView::Shown& shown : view.layers) {
            INFO(view.name.english << ": " << shown.layer);
            CHECK(map_of_layer(shown.layer).layer == shown.layer);
            CHECK(shown.theme < map_of_layer(shown.layer).themes.size());
        }
    }
}
