#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include <amayesh/study/study_draft.hpp>

#include "real/init_expected.hpp"

// How many fields of the real folders `amayesh init` maps as a person does who has read the data and its description.

using namespace amayesh;

namespace {

std::filesystem::path data_folder() { return std::getenv("AMAYESH_REAL_DATA"); }

/// One of several fields, parted by '|'.
bool is_one_of(std::string_view fields, std::string_view field) {
    while (!fields.empty()) {
        const std::size_t end = std::min(fields.find('|'), fields.size());
        if (fields.substr(0, end) == field) return true;
        fields.remove_prefix(std::min(end + 1, fields.size()));
    }
    return false;
}

std::string origin_of(const FieldGuess& guess) {
    constexpr std::size_t most_named = 3;
    if (guess.sum_of.size() > most_named) return std::to_string(guess.sum_of.size()) + " fields";
    std::string origin = guess.field;
    for (const std::string& field : guess.sum_of) origin += (origin.empty() ? "" : "+") + field;
    return origin;
}

/// What the draft says of a layer: attribute → field. The place of a centre is a place.
std::map<std::string, std::string> guesses_of(const DraftLayer& layer) {
    std::map<std::string, std::string> guesses;
    for (const FieldGuess& guess : layer.guess.fields) {
        if (!guess.constant.empty()) continue;
        const std::string attribute = guess.attribute == "centre_x"   ? "x"
                                      : guess.attribute == "centre_y" ? "y"
                                                                      : guess.attribute;
        guesses[attribute] = origin_of(guess);
    }
    if (!layer.guess.x_field.empty()) guesses["x"] = layer.guess.x_field;
    if (!layer.guess.y_field.empty()) guesses["y"] = layer.guess.y_field;
    if (!layer.guess.wkt_field.empty()) guesses["wkt"] = layer.guess.wkt_field;
    return guesses;
}

struct Score {
    int right = 0;
    int wrong = 0;     ///< Expected, and not found or found elsewhere.
    int too_many = 0;  ///< Not expected, and found.
    [[nodiscard]] double share() const { return double(right) / double(right + wrong + too_many); }
};

bool is_allowed(const std::string& file, const std::string& attribute, const std::string& field) {
    return std::ranges::any_of(allowed_fields, [&](const AllowedField& allowed) {
        return allowed.file == file && allowed.attribute == attribute && is_one_of(allowed.field, field);
    });
}

void compare(const std::string& file, std::map<std::string, std::string> guesses, Score& score) {
    for (const ExpectedField& expected : expected_fields) {
        if (expected.file != file) continue;
        const std::string attribute(expected.attribute);
        const bool is_right = is_one_of(expected.field, guesses[attribute]);
        ++(is_right ? score.right : score.wrong);
        if (!is_right)
            UNSCOPED_INFO(file << ": " << attribute << " is '" << guesses[attribute] << "', not " << expected.field);
        guesses.erase(attribute);
    }
    for (const auto& [attribute, field] : guesses)
        if (!field.empty() && !is_allowed(file, attribute, field)) {
            ++score.too_many;
            UNSCOPED_INFO(file << ": " << attribute << " = '" << field << "' is not expected");
        }
}

const DraftLayer& layer_of(const StudyDraft& draft, std::string_view source) {
    const auto found = std::ranges::find(draft.layers, source, &DraftLayer::source);
    INFO(source);
    REQUIRE(found != draft.layers.end());
    return *found;
}

}  // namespace

TEST_CASE("at least 8 of 10 fields of the real folders are mapped as a person would", "[real][init]") {
    Score score;
    std::set<std::string> seen;
    for (const char* folder : {"admin/khorasan_razavi", "admin/counties_2016_census", "settlements", "industry",
                               "utilities", "admin/divisions_v3", "admin/osm_counties", "admin/bakhsh_table_cp1256"}) {
        const StudyDraft draft = draft_study(data_folder() / folder);
        for (const DraftLayer& layer : draft.layers) {
            const std::string file = std::string(folder) + "/" + layer.source;
            const bool is_expected =
                std::ranges::any_of(expected_fields, [&](const auto& e) { return e.file == file; });
            if (is_expected) seen.insert(file);
            if (is_expected) compare(file, guesses_of(layer), score);
        }
    }
    for (const ExpectedField& expected : expected_fields) CHECK(seen.contains(std::string(expected.file)));
    std::cout << "fields right: " << score.right << ", wrong or missing: " << score.wrong
              << ", not expected: " << score.too_many << " (" << int(score.share() * 1000) / 10.0 << " %)\n";
    CHECK(score.share() >= 0.8);
}

TEST_CASE("roles, utilities and levels of the real layers are found", "[real][init]") {
    const StudyDraft utilities = draft_study(data_folder() / "utilities");
    for (const char* plants : {"gem_oil_gas_power_units_ir_2024-08.csv", "gem_hydropower_ir_2025-04.geojson",
                               "wri_power_plants_iran_raw.csv", "wri_geodb_power_plants_ir.csv"}) {
        CHECK(layer_of(utilities, plants).guess.utility == UtilityKind::power);
        CHECK(layer_of(utilities, plants).guess.source_role == SourceRole::context);
    }
    CHECK(layer_of(utilities, "gem_gas_pipelines_ir_2024-10.geojson").guess.utility == UtilityKind::gas);
    CHECK_FALSE(layer_of(utilities, "gem_oil_gas_fields_ir_2025-02.csv").guess.role);

    const StudyDraft industry = draft_study(data_folder() / "industry");
    CHECK(layer_of(industry, "industrial_abadi_1399.csv").guess.role == LayerRole::zones);
    CHECK(layer_of(industry, "industrial_abadi_1399.csv").guess.placed_by_district);
    CHECK_FALSE(layer_of(industry, "gem_iron_steel_plants_ir_2025-03.csv").guess.role);

    const StudyDraft razavi = draft_study(data_folder() / "admin/khorasan_razavi");
    CHECK(layer_of(razavi, "bakhsh_District.geojson").guess.level == AreaLevel::district);
    CHECK(layer_of(razavi, "bakhsh_District.geojson").use == DraftUse::used);
    CHECK(layer_of(razavi, "shahrestan_County.geojson").guess.level == AreaLevel::county);
}

TEST_CASE("31 files of counties are one layer", "[real][init]") {
    const StudyDraft draft = draft_study(data_folder() / "admin/osm_counties");
    REQUIRE(draft.layers.size() == 1);
    CHECK(draft.layers[0].source == "IR-*.all.min.geojson");
    CHECK(draft.layers[0].files.size() == 31);
    CHECK(draft.layers[0].rows == 761);
}
