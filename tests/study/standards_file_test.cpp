#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <amayesh/analysis/travel_standards.hpp>

#include "study/written_study.hpp"

using namespace amayesh;

namespace {

const std::string two_standards = R"(schema_version = "1"
title = "Two"
[demand.power]
low = 0.16
central = 0.25
high = 0.5
unit = "MW/ha"
basis = "net hectare"
measures = "design demand"
year = "2019"
source = "A book"
confidence = "B"
[telecom.required]
text = "fibre"
unit = "class"
source = "Own assumption"
confidence = "D"
)";

std::string standards_complaint(const std::string& text) {
    const WrittenStudy written(least_study + "[standards]\nfiles = [\"own.toml\"]\n");
    written.write("own.toml", text);
    return written.message();
}

}  // namespace

TEST_CASE("Standards that come with the project are read", "[study][standards_file]") {
    const std::filesystem::path folder = std::filesystem::path(AMAYESH_SOURCE_DIR) / "standards";
    const Standards standards = read_standards(folder / "iran.toml");
    const Coefficient& power = standards.at("demand.power");
    CHECK(power.value.central == 0.25);
    CHECK(power.value.low < power.value.central);
    CHECK(power.value.central < power.value.high);
    CHECK(power.unit == "MW/ha");
    CHECK(power.confidence == Confidence::b);
    CHECK(standards.at("telecom.required").text == "fibre");
    CHECK(standards.at("reach.zone").value.central == 20);
    CHECK_FALSE(read_standards(folder / "iran-siting.toml").coefficients.empty());
}

TEST_CASE("A study finds its standards by name, beside it first", "[study][standards_file]") {
    for (const std::string name : {"iran", "iran.toml"}) {
        const WrittenStudy written(least_study + "[standards]\nfiles = [\"" + name + "\"]\n");
        const Study study = written.read();
        CHECK(study.standards.find("demand.water") != nullptr);
        REQUIRE(study.standards_files.size() == 1);
        CHECK(study.standards_files[0].filename() == "iran.toml");

        written.write("iran.toml", two_standards);
        const Study beside = written.read();
        CHECK(beside.standards.find("demand.water") == nullptr);
        CHECK(beside.standards_files[0].parent_path() == written.folder());
    }
    CHECK(WrittenStudy(least_study + "[standards]\nfiles = [\"irann\"]\n").message() ==
          "study.toml:9: standards file 'irann' is neither beside the study nor among the standards of this program");
    CHECK_THAT(WrittenStudy(least_study + "[standards]\nfiles = [\"elsewhere/iran\"]\n").message(),
               Catch::Contains("standards file 'elsewhere/iran'"));
}

TEST_CASE("A study's own values stand over those of files, later files over earlier", "[study][standards_file]") {
    const WrittenStudy written(least_study + R"([standards]
files = ["iran", "own"]
[standards.values."demand.power"]
low = 0.1
central = 0.2
high = 0.3
[standards.values.demand.water]
value = 0.4
unit = "L/s/ha"
source = "Water board, 1402"
confidence = "A"
year = 1402
)");
    written.write("own.toml", two_standards);
    const Standards standards = written.read().standards;
    const Coefficient& power = standards.at("demand.power");
    CHECK(power.value == Range{0.1, 0.2, 0.3});
    CHECK(power.unit == "MW/ha");
    CHECK(power.basis == "net hectare");
    CHECK(power.source == "the study's own value");
    CHECK(power.measures == "assumption");
    CHECK(power.confidence == Confidence::d);
    const Coefficient& water = standards.at("demand.water");
    CHECK(water.value == Range{0.4, 0.4, 0.4});
    CHECK(water.source == "Water board, 1402");
    CHECK(water.year == "1402");
    CHECK(water.confidence == Confidence::a);
}

TEST_CASE("A study names the speeds of its own roads and land cover", "[study][standards_file]") {
    const std::string start = least_study + "[standards]\nfiles = [\"iran\"]\n";
    const Study study = WrittenStudy(start + R"([standards.values.travel.road.farm_road]
value = 20
unit = "km/h"
[standards.values."travel.land_cover.17"]
text = "impassable"
unit = "km/h"
[standards.values.travel.walk]
value = 4
)")
                            .read();
    const TravelStandards travel = travel_standards(study.standards);
    CHECK(travel.km_per_hour_of("Farm road") == 20);
    CHECK(travel.land_cover_km_per_hour.at(17) == std::nullopt);
    CHECK(travel.walking_km_per_hour == 4);
    CHECK(WrittenStudy(start + "[standards.values.travel.wlk]\nvalue = 4\n").message() ==
          "study.toml:10: no standards file has 'travel.wlk'; did you mean 'travel.walk'?");
    CHECK(WrittenStudy(start + "[standards.values.travel.road.farm_road]\nvalue = 4\n").message() ==
          "study.toml:10: the standard 'travel.road.farm_road' lacks 'unit'");
}

TEST_CASE("The speeds and limits of travel that come with the project", "[study][standards_file]") {
    const std::filesystem::path folder = std::filesystem::path(AMAYESH_SOURCE_DIR) / "standards";
    const TravelStandards travel = travel_standards(read_standards(folder / "iran.toml"));
    CHECK(travel.walking_km_per_hour == 3);
    CHECK(travel.land_cover_km_per_hour.size() == 11);
    CHECK(travel.land_cover_km_per_hour.at(80) == std::nullopt);
    CHECK(travel.km_per_hour_of("Primary Route") == 65);
    CHECK(travel.km_per_hour_of("Unknown") == 30);
    CHECK(travel.reach_limit == to_travel_time(45));
    // The better road is the faster one.
    const std::vector<std::string> order{"motorway", "trunk",       "primary",       "secondary",
                                         "tertiary", "residential", "living_street", "path"};
    for (std::size_t i = 1; i < order.size(); ++i)
        CHECK(*travel.km_per_hour_of(order[i - 1]) > *travel.km_per_hour_of(order[i]));
    CHECK(travel.other_road_km_per_hour > travel.walking_km_per_hour);
}

TEST_CASE("A study may bring every value itself", "[study][standards_file]") {
    const Study study =
        WrittenStudy(least_study + "[standards.values.\"reach.zone\"]\nvalue = 15\nunit = \"km\"\nsource = \"us\"\n")
            .read();
    CHECK(study.standards.at("reach.zone").value.high == 15);
}

TEST_CASE("Values that mislead are refused", "[study][standards_file][golden]") {
    const std::string start = least_study + "[standards]\nfiles = [\"iran\"]\n";
    CHECK(WrittenStudy(start + "[standards.values.\"demand.powr\"]\nvalue = 1\n").message() ==
          "study.toml:10: no standards file has 'demand.powr'; did you mean 'demand.power'?");
    CHECK(WrittenStudy(start + "[standards.values.\"demand.power\"]\nvalue = 250\nunit = \"kW/ha\"\n").message() ==
          "study.toml:12: the standard 'demand.power' is in 'MW/ha', not in 'kW/ha': convert its values");
    CHECK(
        WrittenStudy(start + "[standards.values.\"demand.power\"]\nlow = 0.3\ncentral = 0.2\nhigh = 0.4\n").message() ==
        "study.toml:11: the standard 'demand.power' must have low ≤ central ≤ high, not 0.3, 0.2, 0.4");
    CHECK(WrittenStudy(start + "[standards.values.\"demand.power\"]\nlow = 0.1\nhigh = 0.4\n").message() ==
          "study.toml:10: the standard 'demand.power' lacks 'central'");
    CHECK(WrittenStudy(start + "[standards.values.\"demand.power\"]\nvalue = nan\n").message() ==
          "study.toml:11: 'value' of the standard 'demand.power' must be finite and not negative");
    CHECK(WrittenStudy(start + "[standards.values.\"demand.power\"]\nvalue = -1\n").message() ==
          "study.toml:11: 'value' of the standard 'demand.power' must be finite and not negative");
    CHECK(
        WrittenStudy(start + "[standards.values]\n\"demand.power\" = 0.3\n").message() ==
        "study.toml:11: the standard 'demand.power' must be a table with low, central, high, unit and source, not the "
        "number 0.3");
}

TEST_CASE("A standards file says where its values come from", "[study][standards_file][golden]") {
    CHECK(standards_complaint("schema_version = 1\n[a.b]\nvalue = 1\n") ==
          "own.toml:2: the standard 'a.b' lacks 'unit'\n"
          "own.toml:2: the standard 'a.b' lacks 'source'\n"
          "own.toml:2: the standard 'a.b' lacks 'confidence'");
    CHECK(standards_complaint("[a.b]\nvalue = 1\nunit = \"km\"\nsource = \"x\"\nconfidence = \"E\"\n") ==
          "own.toml:1: the standards file lacks 'schema_version'\n"
          "own.toml:5: 'confidence' in the standard 'a.b' cannot be 'E'; known: A, B, C, D");
}
