#include <locale>
#include <string>

#include <amayesh/study/study_file.hpp>

#include "study/written_study.hpp"

using namespace amayesh;

namespace {

const LayerStudy& layer_of(const Study& study, LayerRole role) {
    for (const LayerStudy& layer : study.layers)
        if (layer.role == role) return layer;
    FAIL("no layer " << to_string(role));
    return study.layers.front();
}

}  // namespace

TEST_CASE("A least study has every default filled in", "[study][study_file]") {
    const WrittenStudy written(least_study);
    const Study study = written.read();
    CHECK(study.file == written.file());
    CHECK(study.language == Language::english);
    CHECK(study.calendar == Calendar::gregorian);
    CHECK(study.metric == Metric::geodesic);
    CHECK(study.unit == UnitKind::rural_district);
    CHECK(study.over == 10'000);
    CHECK(study.serving_statuses == std::vector{ZoneStatus::operating});
    CHECK(study.standards.coefficients.empty());
    REQUIRE(study.layers.size() == 1);
    const LayerStudy& layer = study.layers.front();
    CHECK(layer.role == LayerRole::rural_districts);
    CHECK(layer.line == 2);
    CHECK(layer.complete);
    CHECK(layer.sources == std::vector<std::string>{"districts.gpkg"});
    CHECK(layer.fields.at("population").field == "pop");
    CHECK(layer.fields.at("population").line == 7);
}

TEST_CASE("Every part of a study is read", "[study][study_file]") {
    const Study study = WrittenStudy(R"(schema_version = 1
title = "خراسان رضوی"
language = "fa"
calendar = "solar_hijri"
[crs]
working = "EPSG:32640"
[output]
crs = "EPSG:4326"
[assess]
unit = "settlement"
over = 5000
distance = "planar"
serving_statuses = ["operating", "under_construction", "operating"]

[layers.settlements]
source = ["a.csv", "b/*.csv"]
layer = "villages"
encoding = "CP1256"
crs = "EPSG:4326"
delimiter = "tab"
x = "lon"
y = "lat"
as_of = 1395-01-30
complete = false
extent = [55, 33, 61.5, 38]
where = [{ field = "type", not_in = [1, "x"] }, { field = "live", equals = true }]
[layers.settlements.fields]
id = "code"
name = { field = "naam", prefix = "روستای " }
kind = { value = "village" }
population = { sum = ["male", "female"] }
served_water = { field = "ab", unit = "%" }
[[layers.settlements.joins]]
source = "names.csv"
delimiter = ";"
where = { field = "year", in = [1395] }
on = [{ field = "code", table_field = "amar_code", pad_to = 10 },
      { field = "naam", by = "name", prefix = "ده ", table_prefix = "روستای " }]
several = "sum"
required = true
take = { households = "hh" }

[[layers.sources]]
source = "net.gpkg"
utility = "power"
role = "distribution"
[layers.sources.fields]
id = "code"
capacity = { field = "zarfiat", unit = "MVA", power_factor = 0.9 }
in_use = [{ field = "peak_s", unit = "kW", season = "summer", capacity_factor = 0.85 },
          { field = "peak_w", unit = "kW", season = "winter" }]
[[layers.sources]]
source = "wells.gpkg"
utility = "water"
role = "context"
fields = { id = "code", capacity = { field = "debi", unit = "m3/h" } }
)")
                            .read();
    CHECK(study.title == "خراسان رضوی");
    CHECK(study.language == Language::persian);
    CHECK(study.calendar == Calendar::solar_hijri);
    CHECK(study.working_crs == "EPSG:32640");
    CHECK(study.output_crs == "EPSG:4326");
    CHECK(study.unit == UnitKind::settlement);
    CHECK(study.over == 5000);
    CHECK(study.metric == Metric::planar);
    CHECK(study.serving_statuses == std::vector{ZoneStatus::operating, ZoneStatus::under_construction});

    const LayerStudy& villages = layer_of(study, LayerRole::settlements);
    CHECK(villages.sources == std::vector<std::string>{"a.csv", "b/*.csv"});
    CHECK(villages.layer == "villages");
    CHECK(villages.encoding == "CP1256");
    CHECK(villages.crs == "EPSG:4326");
    CHECK(villages.delimiter == "\t");
    CHECK(villages.x_field == "lon");
    CHECK(villages.y_field == "lat");
    CHECK(villages.as_of == "1395-01-30");
    CHECK_FALSE(villages.complete);
    REQUIRE(villages.extent.has_value());
    CHECK(villages.extent->min_x == 55);
    CHECK(villages.extent->max_y == 38);
    REQUIRE(villages.where.size() == 2);
    CHECK(villages.where[0].values == std::vector<std::string>{"1", "x"});
    CHECK_FALSE(villages.where[0].keeps_listed);
    CHECK(villages.where[1].values == std::vector<std::string>{"true"});
    CHECK(villages.where[1].keeps_listed);
    CHECK(villages.fields.at("name").prefix == "روستای ");
    CHECK(villages.fields.at("kind").constant == "village");
    CHECK(villages.fields.at("population").sum_of == std::vector<std::string>{"male", "female"});

    REQUIRE(villages.joins.size() == 1);
    const Join& join = villages.joins.front();
    CHECK(join.source == "names.csv");
    CHECK(join.delimiter == ";");
    CHECK(join.where->field == "year");
    REQUIRE(join.keys.size() == 2);
    CHECK(join.keys[0].table_field == "amar_code");
    CHECK(join.keys[0].pad_to == 10);
    CHECK_FALSE(join.keys[0].by_name);
    CHECK(join.keys[1].table_field == "naam");
    CHECK(join.keys[1].by_name);
    CHECK(join.keys[1].table_prefix == "روستای ");
    CHECK(join.several == Join::Several::sum);
    CHECK(join.required);
    CHECK(join.take.at("households").field == "hh");

    REQUIRE(study.layers.size() == 3);
    const LayerStudy& power = study.layers[1];
    CHECK(power.utility == UtilityKind::power);
    CHECK(power.source_role == SourceRole::distribution);
    const FieldMap& in_use = power.fields.at("in_use");
    CHECK(in_use.season == "summer");
    CHECK(in_use.capacity_factor == 0.85);
    REQUIRE(in_use.other_seasons.size() == 1);
    CHECK(in_use.other_seasons[0].field == "peak_w");
    CHECK(study.layers[2].source_role == SourceRole::context);
}

TEST_CASE("Districts can be grown from settlements", "[study][study_file]") {
    const Study study = WrittenStudy(R"(schema_version = 1
[layers.rural_districts.derive]
source = "bakhsh.geojson"
parent = "position"
fields = { name = "NAME" }
[layers.settlements]
source = "villages.csv"
fields = { id = "code", name = "naam", population = "pop", rural_district = "deh" }
)")
                            .read();
    const LayerStudy& districts = layer_of(study, LayerRole::rural_districts);
    CHECK(districts.sources.empty());
    REQUIRE(districts.derive.has_value());
    CHECK(districts.derive->parent_attribute.empty());
    CHECK(districts.derive->fields.at("name").field == "NAME");
}

TEST_CASE("Zones can be known by a district's code alone", "[study][study_file]") {
    const Study study = WrittenStudy(least_study + R"([layers.zones]
source = "zones.csv"
place = "district"
[layers.zones.fields]
id = "code"
name = "name"
kind = { field = "class", words = { "shahrak" = "industrial_estate", "nahiye" = "industrial_zone" } }
status = { value = "operating" }
rural_district = "deh"
)")
                            .read();
    const LayerStudy& zones = layer_of(study, LayerRole::zones);
    CHECK(zones.placed_by_district);
    CHECK(zones.fields.at("kind").words.at("nahiye") == "industrial_zone");
}

TEST_CASE("A study may begin with a byte order mark and end lines as Windows does", "[study][study_file]") {
    std::string text = "\xEF\xBB\xBF" + least_study;
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
    CHECK(WrittenStudy(text).read().layers.size() == 1);
}

namespace {

/// Decimal comma and thousands points, as in many locales; installed by no package.
struct CommaDecimals : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

/// Puts the program's locale back when the test ends.
class GlobalLocale {
public:
    explicit GlobalLocale(const std::locale& locale) : m_before{std::locale::global(locale)} {}
    ~GlobalLocale() { std::locale::global(m_before); }
    GlobalLocale(const GlobalLocale&) = delete;
    GlobalLocale& operator=(const GlobalLocale&) = delete;

private:
    std::locale m_before;
};

}  // namespace

TEST_CASE("A locale with decimal commas changes no number or date of a study", "[study][study_file]") {
    const GlobalLocale comma(std::locale(std::locale::classic(), new CommaDecimals));
    const Study study = WrittenStudy(least_study + R"([layers.zones]
source = "z.gpkg"
as_of = 2023-02-28
extent = [55.25, 33, 61.5, 38]
[layers.zones.fields]
id = "i"
name = "n"
kind = { value = "industrial_zone" }
status = { value = "operating" }
gross_area = { value = 1234.5 }
[standards.values."demand.power"]
low = 0.125
central = 0.25
high = 1000.5
unit = "MW/ha"
)")
                            .read();
    const LayerStudy& zones = layer_of(study, LayerRole::zones);
    CHECK(zones.as_of == "2023-02-28");
    CHECK(zones.extent->min_x == 55.25);
    CHECK(zones.fields.at("gross_area").constant == "1234.5");
    CHECK(study.standards.at("demand.power").value == Range{0.125, 0.25, 1000.5});
}
