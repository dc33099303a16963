#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/analysis/travel_reach.hpp>
#include <amayesh/core/error.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/output/word_titles.hpp>

using namespace amayesh;

TEST_CASE("columns have unique names, and short names that a Shapefile can hold", "[output][schema]") {
    REQUIRE(result_schema().size() == 22);
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
    const std::pair<const char*, const char*> endings[] = {{"_ha", "ha"},    {"_lps", "L/s"}, {"_mw", "MW"},
                                                           {"_m3h", "m³/h"}, {"_km", "km"},   {"_km2", "km²"}};
    for (const LayerSchema& layer : result_schema())
        for (const ColumnSchema& column : layer.columns)
            for (const auto& [ending, unit] : endings)
                if (column.name.ends_with(ending)) {
                    INFO(layer.name << "." << column.name);
                    CHECK(column.unit == unit);
                }
}

TEST_CASE("a layer's definition has its title in the language asked for, those of fields and words in English",
          "[output][schema]") {
    const auto english = layer_definition("units", GeometryKind::multi_polygon, TitleLanguage::english);
    const auto persian = layer_definition("units", GeometryKind::multi_polygon, TitleLanguage::persian);
    REQUIRE(english.fields.size() == persian.fields.size());
    CHECK(english.fields[0].title == "Id");
    CHECK(persian.fields[0].title == "Id");
    CHECK(english.title == "Assessed units");
    CHECK(persian.title == "واحدهای ارزیابی‌شده");
    const auto status = std::ranges::find(english.fields, "status", &FieldDefinition::name);
    REQUIRE(status != english.fields.end());
    CHECK(status->domain.front() == std::pair<std::string, std::string>{"no_zone_in_reach", "No zone in reach"});
    CHECK_THROWS_AS(layer_definition("nothing", GeometryKind::none, TitleLanguage::english), InvalidInput);
}

TEST_CASE("every word that a column can hold has a title in both languages", "[output][schema]") {
    std::size_t columns = 0;
    for (const LayerSchema& layer : result_schema())
        for (const ColumnSchema& column : layer.columns) {
            columns += words_of_column(layer.name, column.name).empty() ? 0 : 1;
            for (const std::string_view word : words_of_column(layer.name, column.name)) {
                INFO(layer.name << "." << column.name << ": " << word);
                CHECK(word_title(word, TitleLanguage::english) != word);
                CHECK(word_title(word, TitleLanguage::persian) != word);
            }
        }
    CHECK(columns > 40);
    CHECK(word_title("no word of ours", TitleLanguage::persian) == "no word of ours");
}

TEST_CASE("a column of an enumeration lists all of its words", "[output][schema]") {
    const auto holds = [](std::string_view layer, std::string_view column, const auto& values) {
        const auto words = words_of_column(layer, column);
        CHECK(words.size() == std::size(values));
        for (const auto value : values) CHECK(std::ranges::find(words, to_string(value)) != words.end());
    };
    holds("sources", "utility", all_utilities);
    holds("allocations", "case", all_cases);
    std::vector<ProblemKind> kinds;
    for (int i = 0; i <= static_cast<int>(ProblemKind::unroutable); ++i) kinds.push_back(static_cast<ProblemKind>(i));
    holds("problems", "kind", kinds);
    holds("problems", "severity", std::array{Severity::error, Severity::warning, Severity::note});
    holds(
        "units", "status",
        std::array{UnitStatus::served, UnitStatus::zone_full, UnitStatus::no_zone_in_reach,
                   UnitStatus::no_zone_known_in_reach, UnitStatus::not_over_threshold, UnitStatus::population_unknown});
    holds("unroutable", "reason",
          std::array{UnroutableReason::no_position, UnroutableReason::no_serving_zone, UnroutableReason::outside_grid,
                     UnroutableReason::no_access, UnroutableReason::no_way_to_any_zone});
    holds("unroutable", "place_kind",
          std::array{TravelPlaceKind::unit, TravelPlaceKind::settlement, TravelPlaceKind::zone});
    std::vector<UnitReason> reasons;  // none is NULL
    for (int i = 1; i <= static_cast<int>(UnitReason::population_unknown); ++i)
        reasons.push_back(static_cast<UnitReason>(i));
    holds("units", "reason", reasons);
}
