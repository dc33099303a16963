#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/study/template_layers.hpp>

#include "study/written_study.hpp"

using namespace amayesh;

namespace {

constexpr std::array every_role{LayerRole::rural_districts, LayerRole::settlements, LayerRole::zones,
                                LayerRole::plots,           LayerRole::sources,     LayerRole::roads,
                                LayerRole::constraints};

const FieldDefinition& field_of(const std::vector<LayerDefinition>& layers, std::string_view layer,
                                std::string_view field) {
    const auto found = std::ranges::find(layers, layer, &LayerDefinition::name);
    REQUIRE(found != layers.end());
    const auto at = std::ranges::find(found->fields, field, &FieldDefinition::name);
    REQUIRE(at != found->fields.end());
    return *at;
}

}  // namespace

TEST_CASE("every attribute has a title in both languages, and no two of a layer have the same", "[study][template]") {
    for (const LayerRole role : every_role) {
        std::set<std::string> english;
        std::set<std::string> persian;
        for (const AttributeRule& rule : attributes_of(role)) {
            const AttributeTitle title = title_of(role, rule.name);
            INFO(to_string(role) << "." << rule.name);
            CHECK(title.english != rule.name);
            CHECK(title.persian != rule.name);
            CHECK(english.insert(title.english).second);
            CHECK(persian.insert(title.persian).second);
            CHECK((rule.kind == ValueKind::amount) ==
                  !(title.unit.empty() || title.unit == "people" || title.unit == "degrees"));
        }
    }
}

TEST_CASE("the template has a layer for every role, with every attribute", "[study][template]") {
    const std::vector<LayerDefinition> layers = template_layers(Language::english);
    for (const LayerRole role : every_role) {
        const auto layer = std::ranges::find(layers, to_string(role), &LayerDefinition::name);
        REQUIRE(layer != layers.end());
        CHECK(layer->fields.size() == attributes_of(role).size());
    }
    CHECK(field_of(layers, "zones", "status").domain.size() == 6);
    CHECK(field_of(layers, "zones", "status").required);
    CHECK(field_of(layers, "sources", "utility").domain.size() == 4);
    CHECK(field_of(layers, "sources", "telecom_class").domain.size() == 4);
    CHECK(field_of(layers, "plots", "state").domain.size() == 7);
    CHECK_FALSE(field_of(layers, "rural_districts", "population").required);  // unknown is not zero
    CHECK(field_of(layers, "zones", "gross_area").title == "Gross area (ha)");
    CHECK(field_of(template_layers(Language::persian), "plots", "state").domain.front().second == "خالی");
}

TEST_CASE("the study beside a template reads every layer of it", "[study][template]") {
    const WrittenStudy office("");
    const auto file = office.folder() / "office.gpkg";
    office.write("study.toml", write_template(file, {}, office.folder()));
    const Study study = office.read();
    CHECK(study.layers.size() == 9);
    const auto layers = describe_vector(file.string());
    REQUIRE(layers.size() == 9);
    for (const LayerStudy& layer : study.layers) {
        CHECK(layer.sources == std::vector<std::string>{"office.gpkg"});
        const auto found = std::ranges::find(layers, layer.layer, &LayerDescription::layer);
        REQUIRE(found != layers.end());
        CHECK(found->feature_count == 0);
        CHECK(found->crs == Crs::wgs84());
    }
    CHECK_THROWS_WITH(write_template(file, {}, office.folder()), Catch::Contains("exists"));
    CHECK_THROWS_WITH(write_template(office.folder() / "office.shp", {}, office.folder()), Catch::Contains(".gpkg"));
}

TEST_CASE("equal templates have equal bytes", "[study][template]") {
    const WrittenStudy office("");
    write_template(office.folder() / "a.gpkg", {}, office.folder());
    write_template(office.folder() / "b.gpkg", {}, office.folder());
    const auto bytes = [&](const char* name) {
        std::ifstream file(office.folder() / name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    CHECK(bytes("a.gpkg") == bytes("b.gpkg"));
}
