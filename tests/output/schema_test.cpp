#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include <amayesh/core/error.hpp>
#include <amayesh/output/schema.hpp>

using namespace amayesh;

TEST_CASE("columns have unique names, and short names that a Shapefile can hold", "[output][schema]") {
    REQUIRE(result_schema().size() == 11);
    for (const LayerSchema& layer : result_schema()) {
        std::set<std::string> names, short_names, titles_en, titles_fa;
        for (const ColumnSchema& column : layer.columns) {
            INFO(layer.name << "." << column.name);
            CHECK(names.insert(column.name).second);
            CHECK(short_names.insert(column.short_name).second);
            CHECK(column.short_name.size() <= 10);
            CHECK(std::ranges::all_of(
                column.name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }));
            CHECK_FALSE(column.title_en.empty());
            CHECK_FALSE(column.title_fa.empty());
            CHECK(titles_en.insert(column.title_en).second);  // a GeoPackage refuses repeated titles
            CHECK(titles_fa.insert(column.title_fa).second);
        }
    }
}

TEST_CASE("a column whose name ends in a unit has that unit", "[output][schema]") {
    const std::pair<const char*, const char*> endings[] = {
        {"_ha", "ha"}, {"_lps", "L/s"}, {"_mw", "MW"}, {"_m3h", "m³/h"}, {"_km", "km"}};
    for (const LayerSchema& layer : result_schema())
        for (const ColumnSchema& column : layer.columns)
            for (const auto& [ending, unit] : endings)
                if (column.name.ends_with(ending)) {
                    INFO(layer.name << "." << column.name);
                    CHECK(column.unit == unit);
                }
}

TEST_CASE("a layer's definition carries titles in the language asked for", "[output][schema]") {
    const auto english = layer_definition("units", GeometryKind::multi_polygon, TitleLanguage::english);
    const auto persian = layer_definition("units", GeometryKind::multi_polygon, TitleLanguage::persian);
    REQUIRE(english.fields.size() == persian.fields.size());
    CHECK(english.fields[0].title == "Id");
    CHECK(persian.fields[0].title == "شناسه");
    CHECK_THROWS_AS(layer_definition("nothing", GeometryKind::none, TitleLanguage::english), InvalidInput);
}
