#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <amayesh/cartography/map_sheet.hpp>

#include "cartography/layer_styles.hpp"
#include "cartography/project_xml.hpp"
#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

using namespace amayesh;
using namespace amayesh::detail;
using Catch::Matchers::Contains;

namespace {

StoredLayer stored(const LayerSchema& schema) {
    StoredLayer layer{.name = schema.name};
    layer.geometry = schema.geometry == "none"    ? GeometryKind::none
                     : schema.geometry == "line"  ? GeometryKind::multi_line
                     : schema.geometry == "point" ? GeometryKind::point
                                                  : GeometryKind::multi_polygon;
    if (layer.geometry != GeometryKind::none) {
        layer.crs = Crs::wgs84();
        layer.extent = {59, 36, 60, 37};
    }
    for (const ColumnSchema& column : schema.columns) layer.columns.push_back(column.name);
    return layer;
}

StoredPackage whole_package() {
    StoredPackage package{"result.gpkg", {}};
    for (const LayerSchema& schema : result_schema()) package.layers.push_back(stored(schema));
    return package;
}

pugi::xml_document parsed(const std::string& text) {
    pugi::xml_document document;
    REQUIRE(document.load_string(text.c_str(), pugi::parse_full));
    return document;
}

}  // namespace

TEST_CASE("Every layer has at least two styles, one of them the default, in the study's language", "[cartography]") {
    for (const LayerSchema& schema : result_schema())
        for (const TitleLanguage language : {TitleLanguage::english, TitleLanguage::persian}) {
            INFO(schema.name);
            const auto styles = styles_of(stored(schema), language);
            CHECK(styles.size() >= 2);
            CHECK(std::ranges::count(styles, true, &LayerStyle::is_default) == 1);
            CHECK(styles.front().is_default);
            std::set<std::string> names;
            for (const LayerStyle& style : styles) CHECK(names.insert(style.name).second);
            const ColumnSchema& first = schema.columns[0];
            const std::string unit = first.unit.empty() ? "" : " (" + first.unit + ")";
            const std::string title = (language == TitleLanguage::persian ? first.title_fa : first.title_en) + unit;
            const pugi::xml_document document = parsed(styles.front().qml);
            const auto root = document.child("qgis");
            CHECK(std::string(root.child("aliases").child("alias").attribute("name").value()) == title);
        }
}

TEST_CASE("A layer of a later version, with a shape or without, has a plain style", "[cartography]") {
    const auto drawn =
        styles_of({.name = "sites", .geometry = GeometryKind::multi_polygon, .columns = {"a"}}, TitleLanguage::english);
    CHECK(drawn.size() == 2);
    CHECK_THAT(drawn[0].qml, Contains("singleSymbol") && Contains("field=\"a\""));
    CHECK(styles_of({.name = "table", .columns = {"a"}}, TitleLanguage::english).size() == 2);
}

TEST_CASE("Text is escaped, and what XML cannot hold is left out", "[cartography]") {
    CHECK(xml_text("a\x07"
                   "b\tc\nd") == "ab\tc\nd");
    CHECK(xml_text("\xC3\x28ok\xE2\x82") == "(ok");             // cut and broken UTF-8
    CHECK(xml_text("\xED\xA0\x80\xEF\xBF\xBF\xC0\xAF") == "");  // a surrogate, no character, an overlong slash
    CHECK(xml_text("آمایش 🗺") == "آمایش 🗺");
    pugi::xml_document document;
    const auto element = add(document, "a", "<b> & ]]> \"q\"");
    set(element, "title", "<b> & \"q\" 'x'\n");
    const pugi::xml_document again = parsed(text_of(document));
    CHECK(std::string(again.child("a").text().get()) == "<b> & ]]> \"q\"");
    CHECK(std::string(again.child("a").attribute("title").value()) == "<b> & \"q\" 'x'\n");
}

TEST_CASE("A form lists words, and what must be filled", "[cartography]") {
    const LayerStyle style =
        form_style({.name = "plots",
                    .fields = {{.name = "id", .title = "<Code>", .required = true},
                               {.name = "state", .title = "State", .domain = {{"vacant", "Vacant"}}}}});
    const pugi::xml_document document = parsed(style.qml);
    const auto root = document.child("qgis");
    CHECK(std::string(root.child("aliases").child("alias").attribute("name").value()) == "<Code>");
    CHECK(root.select_node("constraints/constraint[@field='id'][@constraints='1']"));
    CHECK(!root.select_node("constraints/constraint[@field='state']"));
    CHECK(
        root.select_node("fieldConfiguration/field[@name='state']/editWidget[@type='ValueMap']//Option[@value='vacant']"
                         "[@name='Vacant']"));
    CHECK(!root.child("renderer-v2"));
}

TEST_CASE("The project names the file and nothing outside its folder", "[cartography]") {
    const QgisProject project = project_of({.title = "A <b> title"}, whole_package());
    const pugi::xml_document document = parsed(project.qgs);
    const auto root = document.child("qgis");
    std::size_t layers = 0;
    for (const auto& layer : root.child("projectlayers").children("maplayer")) {
        ++layers;
        CHECK(std::string(layer.child("datasource").text().get()).starts_with("./result.gpkg|layername="));
    }
    CHECK(layers == result_schema().size());
    CHECK(std::string(root.child("title").text().get()) == "A <b> title");
    CHECK_THAT(project.qgs, !Contains("http://") || Contains("http://mrcc.com/qgis.dtd"));
    CHECK_THAT(project.qgs, !Contains("/tmp") && !Contains("file:"));
}

TEST_CASE("Ids in a project are unique, and what refers to a layer refers to one that is there", "[cartography]") {
    const pugi::xml_document document = parsed(project_of({.title = "t"}, whole_package()).qgs);
    const auto root = document.child("qgis");
    std::set<std::string> ids;
    for (const auto& layer : root.child("projectlayers").children("maplayer"))
        CHECK(ids.insert(layer.child("id").text().get()).second);
    const auto refers = [&](const char* path, const char* attribute) {
        std::size_t count = 0;
        for (const auto& found : root.select_nodes(path)) {
            ++count;
            CHECK(ids.contains(found.node().attribute(attribute).value()));
        }
        CHECK(count > 0);
    };
    refers("//layer-tree-layer", "id");
    refers("visibility-presets/visibility-preset/layer", "id");
    refers("relations/relation", "referencingLayer");
    refers("relations/relation", "referencedLayer");
    std::set<std::string> items;
    for (const auto& item : root.select_nodes("Layouts//LayoutItem"))
        CHECK(items.insert(item.node().attribute("uuid").value()).second);
    for (const auto& legend : root.select_nodes("Layouts//LayoutItem[@map_uuid]"))
        CHECK(items.contains(legend.node().attribute("map_uuid").value()));
}

TEST_CASE("The same package gives the same text", "[cartography]") {
    const MapSheet sheet{.title = "t", .language = TitleLanguage::persian, .as_of = "1402"};
    CHECK(project_of(sheet, whole_package()).qgs == project_of(sheet, whole_package()).qgs);
}
