#include <chrono>
#include <string>

#include "study/written_study.hpp"

using namespace amayesh;

namespace {

/// The complaint about a study that is right but for the lines added at its end, which start in line 8.
std::string complaint(const std::string& added) { return WrittenStudy(least_study + added).message(); }

std::string sources_complaint(const std::string& fields) {
    return complaint(
        "[layers.sources]\nsource = \"n.gpkg\"\nutility = \"power\"\nrole = \"distribution\"\n"
        "[layers.sources.fields]\nid = \"code\"\n" +
        fields);
}

}  // namespace

TEST_CASE("An unknown key is named with its line and the nearest right one", "[study][study_file][golden]") {
    CHECK(complaint("populaton = \"p\"\n") ==
          "study.toml:8: unknown key 'populaton' in [layers.rural_districts.fields]; did you mean 'population'?");
    CHECK(complaint("[asess]\nover = 1\n") == "study.toml:8: unknown key 'asess' in the study; did you mean 'assess'?");
    CHECK(complaint("[assess]\nOver = 1\n") == "study.toml:9: unknown key 'Over' in [assess]; did you mean 'over'?");
    CHECK(complaint("[layers.vilages]\nsource = \"v\"\n") ==
          "study.toml:8: unknown layer 'vilages'; known: rural_districts, settlements, zones, plots, sources, roads, "
          "constraints, rasters");
    CHECK(complaint("[layers.zone]\nsource = \"v\"\n") == "study.toml:8: unknown layer 'zone'; did you mean 'zones'?");
}

TEST_CASE("A wrong type is named with what was wanted", "[study][study_file][golden]") {
    CHECK(complaint("[assess]\nover = \"10000\"\n") ==
          "study.toml:9: 'over' in [assess] must be a whole number, not the text \"10000\"");
    CHECK(complaint("[assess]\nserving_statuses = \"operating\"\n") ==
          "study.toml:9: 'serving_statuses' in [assess] must be a list of texts, not the text \"operating\"");
    CHECK(complaint("county = 5\n") ==
          "study.toml:8: 'county' in [layers.rural_districts.fields] must be a field's name "
          "or { field = … }, not the number 5");
    CHECK(WrittenStudy("schema_version = 1\nlayers = 4\n").message() ==
          "study.toml:2: 'layers' in the study must be a table, not the number 4\n"
          "study.toml:2: there is no [layers.rural_districts], the places that are assessed");
}

TEST_CASE("A unit must be known and suit its attribute", "[study][study_file][golden]") {
    CHECK(sources_complaint("capacity = { field = \"z\", unit = \"MWt\" }\n") ==
          "study.toml:14: unknown unit 'MWt' in 'capacity' of [layers.sources.fields]; did you mean 'MW'?");
    CHECK(sources_complaint("capacity = { field = \"z\", unit = \"L/s\" }\n") ==
          "study.toml:14: 'capacity' of [layers.sources.fields]: L/s measures a water flow, where electric power is "
          "wanted");
    CHECK(sources_complaint("capacity = { field = \"z\", unit = \"MVA\" }\n") ==
          "study.toml:14: 'capacity' of [layers.sources.fields]: MVA is apparent power: give a power_factor (0.9 is "
          "usual) or a field in MW");
    CHECK(sources_complaint("capacity = { field = \"z\", unit = \"MVA\", power_factor = 1.2 }\n") ==
          "study.toml:14: 'capacity' of [layers.sources.fields]: power_factor 1.2 is outside (0, 1]");
    CHECK(sources_complaint("capacity = { field = \"z\", unit = \"MW\", power_factor = 0.9 }\n") ==
          "study.toml:14: 'capacity' of [layers.sources.fields]: a power factor goes with kVA or MVA, not with MW");
    CHECK(sources_complaint("name = { field = \"z\", unit = \"MW\" }\n") ==
          "study.toml:14: 'name' is a text and takes no unit");
    CHECK(complaint("served_water = { field = \"z\", unit = \"ha\" }\n") ==
          "study.toml:8: 'served_water' of [layers.rural_districts.fields]: ha measures an area, where a share is "
          "wanted");
}

TEST_CASE("Sources of several utilities in one layer take any of their units", "[study][study_file]") {
    const std::string layer =
        "[layers.sources]\nsource = \"n.gpkg\"\nrole = \"distribution\"\n"
        "[layers.sources.fields]\nid = \"code\"\nutility = \"kind\"\n";
    CHECK(
        WrittenStudy(least_study + layer + "capacity = { field = \"z\", unit = \"m3/day\" }\n").read().layers.size() ==
        2);
    CHECK(complaint(layer + "capacity = { field = \"z\", unit = \"ha\" }\n") ==
          "study.toml:14: 'capacity' of [layers.sources.fields]: ha measures an area, where a water flow is wanted");
}

TEST_CASE("A wrong word is named with the nearest right one", "[study][study_file][golden]") {
    CHECK(complaint("[assess]\nunit = \"rural_distric\"\n") ==
          "study.toml:9: 'unit' in [assess] cannot be 'rural_distric'; did you mean 'rural_district'?");
    CHECK(complaint("[assess]\nserving_statuses = [\"opearting\"]\n") ==
          "study.toml:9: 'serving_statuses' in [assess] cannot be 'opearting'; did you mean 'operating'?");
    CHECK(complaint("[layers.sources]\nsource = \"n\"\nutility = \"watre\"\nrole = \"distribution\"\n"
                    "fields = { id = \"c\", utility = \"k\" }\n") ==
          "study.toml:10: 'utility' in [layers.sources] cannot be 'watre'; did you mean 'water'?\n"
          "study.toml:12: 'utility' is given for all rows of [layers.sources] in line 10");
    CHECK(complaint("[layers.zones]\nsource = \"z\"\n[layers.zones.fields]\nid = \"c\"\nname = \"n\"\n"
                    "kind = { value = \"industrial_zne\" }\nstatus = { field = \"v\", words = { \"فعال\" = "
                    "\"oprating\" } }\n") ==
          "study.toml:13: unknown word 'industrial_zne' in 'kind' of [layers.zones.fields]; did you mean "
          "'industrial_zone'?\n"
          "study.toml:14: unknown word 'oprating' in 'status' of [layers.zones.fields]; did you mean 'operating'?");
}

TEST_CASE("A date must be one of the study's calendar", "[study][study_file][golden]") {
    const std::string layer = "[layers.roads]\nsource = \"r.shp\"\n";
    CHECK(complaint(layer + "as_of = \"1402-06-31\"\n") ==
          "study.toml:10: 'as_of' in [layers.roads]: '1402-06-31' is no date of the gregorian calendar; it is one of "
          "calendar = \"solar_hijri\"");
    CHECK(complaint(layer + "as_of = \"2023-02-29\"\n") ==
          "study.toml:10: 'as_of' in [layers.roads]: '2023-02-29' is no date of the gregorian calendar; write "
          "\"2023-09-22\", \"2023-09\" or \"2023\"");
    CHECK_FALSE(WrittenStudy(least_study + layer + "as_of = 2023-02-28\n").read().layers.empty());
    // An unquoted Solar Hijri day that the other calendar has not is no TOML date at all.
    CHECK_THAT(complaint(layer + "as_of = 1402-06-31\n"),
               Catch::Contains("study.toml:10: ") && Catch::Contains("write dates as text: \"1402-06-31\""));
}

TEST_CASE("What a layer lacks is named", "[study][study_file][golden]") {
    CHECK(WrittenStudy("schema_version = 1\n[layers.rural_districts]\nsource = \"d\"\n").message() ==
          "study.toml:2: [layers.rural_districts] maps no 'id'\n"
          "study.toml:2: [layers.rural_districts] maps no 'name'\n"
          "study.toml:2: [layers.rural_districts] maps no 'population', nor gives a settlements layer or a population "
          "raster any");
    CHECK(complaint("[layers.settlements]\nfields = { id = \"i\", name = \"n\" }\n") ==
          "study.toml:8: [layers.settlements] lacks 'source'");
    CHECK(complaint("[layers.settlements]\nsource = [\"\"]\nfields = { id = \"i\", name = \"n\" }\n") ==
          "study.toml:9: 'source' in [layers.settlements] is empty");
    CHECK(WrittenStudy("title = \"x\"\n").message() ==
          "study.toml:1: the study lacks 'schema_version'\n"
          "study.toml:1: there is no [layers.rural_districts], the places that are assessed");
    CHECK(WrittenStudy("schema_version = 2\n" + least_study.substr(19)).message() ==
          "study.toml:1: schema_version 2 is not known here; this program reads 1");
    CHECK(complaint("[layers.zones]\nsource = \"z\"\nplace = \"district\"\nfields = { id = \"i\", name = \"n\", "
                    "kind = \"k\", status = \"s\" }\n") == "study.toml:8: [layers.zones] maps no 'rural_district'");
    CHECK(complaint("[layers.rural_districts.derive]\nsource = \"p\"\nfields = { name = \"n\" }\n") ==
          "study.toml:8: [layers.rural_districts.derive] grows districts from settlements, but there is no "
          "[layers.settlements]");
}

TEST_CASE("Population may come from settlements instead of the districts' own table", "[study][study_file]") {
    const std::string text =
        "schema_version = 1\n[layers.rural_districts]\nsource = \"d\"\nfields = { id = \"i\", name = "
        "\"n\" }\n[layers.settlements]\nsource = \"s\"\nfields = { id = \"i\", name = \"n\"";
    CHECK(WrittenStudy(text + ", population = \"p\" }\n").read().layers.size() == 2);
    CHECK_THAT(WrittenStudy(text + " }\n").message(), Catch::Contains("maps no 'population'"));
}

TEST_CASE("What stands twice, or in the wrong place, is named", "[study][study_file][golden]") {
    CHECK(WrittenStudy(R"(schema_version = 1
[[layers.rural_districts]]
source = "a"
fields = { id = "i", name = "n", population = "p" }
[[layers.rural_districts]]
source = "b"
fields = { id = "i", name = "n", population = "p" }
)")
              .message() == "study.toml:5: a second layer of rural_districts; the first is in line 2");
    CHECK(complaint("utility = \"power\"\n") ==
          "study.toml:8: unknown key 'utility' in [layers.rural_districts.fields]; known: id, name, population, "
          "district, county, province, centre_x, centre_y, area, parent_population, deprivation_weight, served_water, "
          "served_power, served_gas, "
          "served_telecom");
    CHECK(complaint("[layers.roads]\nsource = \"r\"\nutility = \"power\"\n") ==
          "study.toml:10: 'utility' goes with [layers.sources], not with [layers.roads]");
    CHECK(complaint("[[layers.rural_districts.joins]]\nsource = \"t.csv\"\non = { field = \"code\" }\n"
                    "take = { population = \"p\" }\n") ==
          "study.toml:11: 'population' of [layers.rural_districts] is mapped twice; first in line 7");
    CHECK(complaint("[[layers.rasters]]\nsource = \"a.tif\"\nkind = \"elevation\"\n"
                    "[[layers.rasters]]\nsource = \"b.tif\"\nkind = \"elevation\"\nx = \"a\"\n") ==
          "study.toml:11: a second layer of rasters, kind \"elevation\"; the first is in line 8\n"
          "study.toml:14: 'x' does not go with a raster\n"
          "study.toml:14: 'x' and 'y' in [layers.rasters] go together");
}

TEST_CASE("A constant is checked as a field's values are", "[study][study_file][regression]") {
    CHECK(complaint("deprivation_weight = { value = -1 }\n") ==
          "study.toml:8: -1 in 'deprivation_weight' of [layers.rural_districts.fields] is negative");
    CHECK(complaint("served_water = { value = 80 }\n") ==
          "study.toml:8: a share of 80 in 'served_water' of [layers.rural_districts.fields] is more than all; per cent "
          "need unit = \"%\"");
    CHECK_THAT(complaint("parent_population = { value = 12.5 }\n"),
               Catch::Contains("12.5 in 'parent_population'") && Catch::Contains("is no whole number"));
    const std::string fine =
        "deprivation_weight = { value = 0.5 }\nserved_water = { value = 80, unit = \"%\" }\n"
        "centre_x = { value = -1.5 }\ncentre_y = { value = -1.5 }\n";
    CHECK_FALSE(WrittenStudy(least_study + fine).read().layers.empty());
}

TEST_CASE("A field map says where its values come from, once", "[study][study_file][golden]") {
    CHECK(complaint("county = { field = \"a\", value = \"b\" }\n") ==
          "study.toml:8: 'county' of [layers.rural_districts.fields] needs exactly one of 'field', 'parts', 'sum' and "
          "'value'");
    CHECK(complaint("county = { parts = [\"a\"] }\n") ==
          "study.toml:8: 'parts' in 'county' of [layers.rural_districts.fields] needs two fields");
    CHECK(complaint("centre_x = { field = \"x\", otherwise = [\"y\"] }\n") ==
          "study.toml:8: 'centre_x' is a number without unit and takes no 'otherwise'");
    CHECK(complaint("county = { sum = [\"a\", \"b\"] }\n") == "study.toml:8: 'county' is a text and cannot be a sum");
    CHECK(complaint("centre_x = { field = \"x\", season = \"summer\" }\n") ==
          "study.toml:8: 'season' goes with 'in_use' and 'committed', not with 'centre_x'");
    CHECK(complaint("deprivation_weight = { value = \"many\" }\n") ==
          "study.toml:8: 'many' in 'deprivation_weight' of [layers.rural_districts.fields] is not a number");
    CHECK(complaint("served_gas = { value = -0.5 }\n") ==
          "study.toml:8: -0.5 in 'served_gas' of [layers.rural_districts.fields] is negative");
    CHECK(sources_complaint("in_use = [{ field = \"a\", season = \"summer\" }, { field = \"b\" }]\n") ==
          "study.toml:14: each of several 'in_use' in [layers.sources.fields] needs a season");
    CHECK(sources_complaint("in_use = [{ field = \"a\", season = \"s\" }, { field = \"b\", season = \"s\" }]\n") ==
          "study.toml:14: season 's' stands twice in 'in_use' of [layers.sources.fields]");
    CHECK(sources_complaint("in_use = { field = \"a\", capacity_factor = 1.5 }\n") ==
          "study.toml:14: capacity_factor 1.5 in 'in_use' of [layers.sources.fields] is outside 0–1; it is the part of "
          "the "
          "capacity that is there in the season: 0.9 for 90 %");
    CHECK(sources_complaint("in_use = { field = \"a\", capacity_factor = -0.1 }\n").find("-0.1") != std::string::npos);
    CHECK(sources_complaint("committed = { field = \"a\", season = \"s\", capacity_factor = 0.5 }\n") ==
          "study.toml:14: 'capacity_factor' goes with 'in_use', not with 'committed'");
}

TEST_CASE("What unknown headroom stands for is one of two words, of sources alone", "[study][study_file][golden]") {
    CHECK(complaint("[layers.zones]\nsource = \"z.shp\"\nunknown_headroom = \"none\"\n"
                    "[layers.zones.fields]\nid = \"a\"\nname = \"a\"\nkind = \"a\"\nstatus = \"a\"\n") ==
          "study.toml:10: 'unknown_headroom' goes with [layers.sources], not with [layers.zones]");
}

TEST_CASE("What is committed and in use by season names the same seasons", "[study][study_file][golden]") {
    const std::string summer = "in_use = { field = \"a\", season = \"summer\" }\n";
    CHECK(
        sources_complaint(summer + "committed = { field = \"b\", season = \"winter\" }\n") ==
        "study.toml:14: 'in_use' of [layers.sources] has the season 'summer', 'committed' has not; where nothing is, "
        "give { value = 0, season = … }, and for what is committed all year leave out its season\n"
        "study.toml:15: 'committed' of [layers.sources] has the season 'winter', 'in_use' has not: its headroom is not "
        "known in it");
}

TEST_CASE("Filters and joins are checked", "[study][study_file][golden]") {
    CHECK(complaint("[layers.roads]\nsource = \"r\"\nwhere = { field = \"a\", in = [\"x\"], equals = 3 }\n") ==
          "study.toml:10: 'where' of [layers.roads] needs exactly one of 'in', 'not_in' and 'equals'");
    CHECK(complaint("[layers.roads]\nsource = \"r\"\nwhere = { field = \"a\", in = [] }\n") ==
          "study.toml:10: 'in' in 'where' of [layers.roads] is empty");
    CHECK(complaint("[[layers.rural_districts.joins]]\nsource = \"t.csv\"\n") ==
          "study.toml:8: [[layers.rural_districts.joins]] lacks 'on', the fields that must be equal\n"
          "study.toml:8: [[layers.rural_districts.joins]] lacks 'take', the fields that the table gives");
    CHECK(complaint("[[layers.rural_districts.joins]]\nsource = \"t.csv\"\non = [{ field = \"a\", by = \"names\" }]\n"
                    "take = { county = \"c\" }\n") ==
          "study.toml:10: 'by' in 'on' of [[layers.rural_districts.joins]] cannot be 'names'; did you mean 'name'?");
    CHECK(complaint("[layers.settlements]\nsource = \"s\"\nextent = [61, 33, 55, 38]\n"
                    "fields = { id = \"i\", name = \"n\" }\n") ==
          "study.toml:10: 'extent' in [layers.settlements] must be [west, south, east, north] in degrees");
}

TEST_CASE("All that is wrong is told at once, ten findings at most", "[study][study_file][golden]") {
    std::string text;
    for (int i = 0; i < 12; ++i) text += "wrong" + std::to_string(i) + " = 1\n";
    const std::string message = WrittenStudy(text + least_study).message();
    CHECK_THAT(message, Catch::StartsWith("study.toml:1: unknown key 'wrong0' in the study"));
    CHECK_THAT(message, Catch::Contains("study.toml:10: unknown key 'wrong9'"));
    CHECK_THAT(message, !Catch::Contains("wrong10"));
    CHECK_THAT(message, Catch::EndsWith("\n… and 2 more"));
}

TEST_CASE("What is no TOML is told with its line", "[study][study_file][golden]") {
    CHECK_THAT(WrittenStudy("schema_version = 1\ntitle = \"open\n").message(), Catch::StartsWith("study.toml:2: "));
    CHECK_THAT(WrittenStudy("a = 1\na = 2\n").message(), Catch::StartsWith("study.toml:2: "));
    CHECK_THAT(WrittenStudy("a = \"\xFF\"\n").message(), Catch::StartsWith("study.toml:1: "));
    CHECK_THAT(WrittenStudy("a = 1\n[=]\n").message(), Catch::StartsWith("study.toml:2: "));
    CHECK_THAT(WrittenStudy(std::string("a = 1\n\0b = 2\n", 13)).message(), Catch::StartsWith("study.toml:2: "));
}

TEST_CASE("A study that is missing, a folder or too large is an error of reading", "[study][study_file]") {
    const WrittenStudy written(least_study);
    CHECK_THROWS_AS(read_study(written.folder() / "none.toml"), IoError);
    CHECK_THROWS_AS(read_study(written.folder()), IoError);
    written.write("large.toml", std::string((std::size_t{1} << 20) + 1, '\n'));
    CHECK_THROWS_AS(read_study(written.folder() / "large.toml"), IoError);
}

TEST_CASE("Nesting without end is refused at once", "[study][study_file][fuzz]") {
    constexpr std::size_t deep = 200'000;
    std::string dotted = "a";
    for (std::size_t i = 0; i < deep; ++i) dotted += ".a";
    const auto begin = std::chrono::steady_clock::now();
    const std::string refusal = "tables or lists nest deeper than 32";
    CHECK(WrittenStudy(dotted + " = 1\n").message() == "study.toml:1: " + refusal);
    CHECK(WrittenStudy("x = 1\n[" + dotted + "]\n").message() == "study.toml:2: " + refusal);
    CHECK(WrittenStudy("a = " + std::string(deep, '[')).message() == "study.toml:1: " + refusal);
    std::string tables = "a = ";
    for (std::size_t i = 0; i < deep / 4; ++i) tables += "{a=";
    CHECK(WrittenStudy(tables).message() == "study.toml:1: " + refusal);
    // A closing quote too many must not hide what follows it.
    CHECK(WrittenStudy("a = { b = \"\"\"x\"\"\"\", " + dotted + " = 1 }\n").message() == "study.toml:1: " + refusal);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("Brackets and dots in texts and comments are no nesting", "[study][study_file]") {
    const std::string brackets(100, '[');
    const std::string dots(100, '.');
    const Study study = WrittenStudy("schema_version = 1\ntitle = \"" + brackets + dots + "\\\"" + brackets + "\" # " +
                                     brackets + "\n" + least_study.substr(19))
                            .read();
    CHECK(study.title == brackets + dots + "\"" + brackets);
    const std::string literal = "schema_version = 1\ntitle = '''\n" + brackets + "\n'''\n";
    CHECK(WrittenStudy(literal + least_study.substr(19)).read().title == brackets + "\n");
}

TEST_CASE("Control characters of a study never reach the message", "[study][study_file]") {
    const std::string message = complaint("\"a\\u001b[31m\\nb\" = 1\n");
    CHECK(message.find('\x1B') == std::string::npos);
    CHECK(message.find('\n') == std::string::npos);
}
