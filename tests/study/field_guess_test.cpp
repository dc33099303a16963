#include <catch2/catch.hpp>

#include <amayesh/study/field_guess.hpp>

#include "study/field_evidence.hpp"
#include "study/planning_words.hpp"

using namespace amayesh;
using detail::Notion;
using detail::read_name;

namespace {

Column texts(std::string name, std::vector<std::string> values) {
    Column column;
    column.name = std::move(name);
    for (const std::string& value : values) column.is_null.push_back(value.empty() ? 1 : 0);
    column.texts = std::move(values);
    return column;
}

Column numbers(std::string name, std::vector<std::int64_t> values) {
    Column column;
    column.name = std::move(name);
    column.type = Column::Type::integer;
    column.is_null.assign(values.size(), 0);
    column.integers = std::move(values);
    return column;
}

FeatureTable table_of(std::vector<Column> columns, std::vector<Geometry> geometries = {}) {
    FeatureTable table;
    table.columns = std::move(columns);
    table.geometries = std::move(geometries);
    for (std::size_t row = 0; row < table.columns.front().size(); ++row)
        table.row_ids.push_back(static_cast<std::int64_t>(row));
    return table;
}

std::vector<Geometry> points(std::size_t count) { return std::vector<Geometry>(count, Geometry{Point{59.5, 36.3}}); }

std::vector<Geometry> polygons(std::size_t count) {
    const Ring ring{{59, 36}, {60, 36}, {60, 37}, {59, 36}};
    return std::vector<Geometry>(count, Geometry{MultiPolygon{{{ring, {}}}}});
}

std::string field_of(const LayerGuess& guess, std::string_view attribute) {
    const FieldGuess* field = guess.find(attribute);
    return field == nullptr ? "" : field->field;
}

}  // namespace

TEST_CASE("names are read in three spellings", "[study][field_guess]") {
    for (const char* name :
         {"population", "POPULATION", "Jamiat", "JAMIAT_95", "جمعیت", "جمعيت", "pop_2016", "jameiat"})
        CHECK(read_name(name).has(Notion::population));
    for (const char* name : {"KOD", "code", "کد", "shenase", "cnty_cd", "KODOSTAN", "dehestan_amar_code_1399"})
        CHECK(read_name(name).has(Notion::code));
    for (const char* name : {"NAM", "name", "نام", "countyName", "NAMABADI", "cnty_nm"})
        CHECK(read_name(name).has(Notion::name));
    CHECK(read_name("SHAHRESTA").has(Notion::county));  // cut at ten bytes with a number behind it
    CHECK(read_name("prvnc_c").has(Notion::province));
    CHECK(read_name("ظرفيت").has(Notion::capacity));
    CHECK(read_name("rural_district_id").has(Notion::rural_district));
    CHECK_FALSE(read_name("rural_district_id").has(Notion::district));
    CHECK(read_name("xyzzy").words.empty());
    CHECK(read_name("xyzzy").unknown_words == 1);
    CHECK(read_name("").words.empty());
}

TEST_CASE("a cut or vowelless word is less certain than a whole one", "[study][field_guess]") {
    CHECK(read_name("county").certainty_of(Notion::county) == 1);
    CHECK(read_name("cnty").certainty_of(Notion::county) < 1);
    CHECK(read_name("cnty").certainty_of(Notion::county) > 0);
    CHECK(read_name("pop_2016").years == std::vector<int>{2016});
    CHECK(read_name("name2").numbers == std::vector<int>{2});
}

TEST_CASE("a field's evidence counts what is known", "[study][field_guess]") {
    const detail::FieldEvidence field = detail::measure_field(texts("x", {"12", "۳۴", "", "abc", "12"}));
    CHECK(field.rows == 5);
    CHECK(field.known == 4);
    CHECK(field.distinct == 3);
    CHECK(field.numeric == 3);  // 12, 34, 12
    CHECK(field.least == 12);
    CHECK(field.most == 34);
    CHECK_FALSE(field.is_key());
    CHECK(detail::measure_field(numbers("id", {1, 2, 3})).counts_rows);
    CHECK_FALSE(detail::measure_field(numbers("id", {1, 2, 4})).counts_rows);
}

TEST_CASE("a table of villages is understood", "[study][field_guess]") {
    const FeatureTable table =
        table_of({texts("KOD", {"010", "011", "012"}), texts("NAM", {"ده بالا", "کلاته", "نوده"}),
                  texts("NOE", {"روستا", "شهر", "روستا"}), numbers("JAMIAT", {120, 15000, 44}),
                  numbers("KHANEVAR", {30, 4000, 11}), texts("DEHESTAN", {"a", "a", "b"})},
                 points(3));
    const LayerGuess guess = guess_layer(table, "abadi.shp");
    REQUIRE(guess.role == LayerRole::settlements);
    CHECK(sureness_of(guess.score) == Sureness::sure);
    CHECK(field_of(guess, "id") == "KOD");
    CHECK(field_of(guess, "name") == "NAM");
    CHECK(field_of(guess, "kind") == "NOE");
    CHECK(field_of(guess, "population") == "JAMIAT");
    CHECK(field_of(guess, "households") == "KHANEVAR");
    CHECK(field_of(guess, "rural_district") == "DEHESTAN");
}

TEST_CASE("values decide where names do not", "[study][field_guess]") {
    const FeatureTable table =
        table_of({texts("A", {"z1", "z2", "z3"}), texts("B", {"شهرک صنعتی", "ناحیه صنعتی", "شهرک صنعتی"}),
                  texts("C", {"فعال", "مصوب", "فعال"})},
                 polygons(3));
    const LayerGuess guess = guess_layer(table, "layer1.shp");
    REQUIRE(guess.role == LayerRole::zones);
    CHECK(field_of(guess, "id") == "A");
    CHECK(field_of(guess, "kind") == "B");
    CHECK(field_of(guess, "status") == "C");
    CHECK(sureness_of(guess.find("id")->score) == Sureness::perhaps);
}

TEST_CASE("a unit is never guessed, only shown", "[study][field_guess]") {
    const FeatureTable table =
        table_of({texts("code", {"a", "b"}), numbers("zarfiat_MVA", {30, 60}), numbers("bar", {20, 30})}, points(2));
    const LayerGuess guess = guess_layer(table, "post_bargh.shp");
    REQUIRE(guess.role == LayerRole::sources);
    CHECK(guess.utility == UtilityKind::power);
    REQUIRE(guess.find("capacity") != nullptr);
    CHECK(guess.find("capacity")->needs_unit);
    CHECK(guess.find("capacity")->unit_hint == "MVA");
    CHECK(field_of(guess, "in_use") == "bar");
    CHECK(guess.find("in_use")->unit_hint.empty());
}

TEST_CASE("what is committed and until when are told apart", "[study][field_guess]") {
    for (const char* until : {"tarikh_taahod", "committed_until"}) {
        const FeatureTable table = table_of({texts("code", {"a", "b"}), numbers("zarfiat", {30, 60}),
                                             numbers("taahod", {3, 6}), texts(until, {"1402-06-31", "1403"})},
                                            points(2));
        const LayerGuess guess = guess_layer(table, "post_bargh.shp");
        CHECK(field_of(guess, "committed") == "taahod");
        CHECK(field_of(guess, "committed_until") == until);
    }
}

TEST_CASE("a code that repeats is no id, and another area's code is not the layer's", "[study][field_guess]") {
    const FeatureTable table =
        table_of({texts("province_code", {"01", "01", "02"}), texts("county_code", {"0101", "0102", "0201"}),
                  texts("county_name", {"الف", "ب", "پ"})},
                 polygons(3));
    const LayerGuess guess = guess_layer(table, "areas.shp");
    REQUIRE(guess.role == LayerRole::rural_districts);
    CHECK(guess.level == AreaLevel::county);
    CHECK(field_of(guess, "id") == "county_code");
    CHECK(field_of(guess, "name") == "county_name");
    CHECK(field_of(guess, "province") == "province_code");
}

TEST_CASE("lost names are not taken, and the code serves", "[study][field_guess]") {
    const FeatureTable table =
        table_of({numbers("cnty_cd", {101, 102, 103}), texts("cnty_nm", {"????", "??????", "?????"})}, polygons(3));
    const LayerGuess guess = guess_layer(table, "counties.shp");
    CHECK(field_of(guess, "id") == "cnty_cd");
    CHECK(guess.find("name") == nullptr);
}

TEST_CASE("the newest of several years is taken, and men and women are added up", "[study][field_guess]") {
    const FeatureTable years = table_of({texts("kod", {"1", "5", "9"}), numbers("jam_1385", {10, 2000, 35}),
                                         numbers("jam_1395", {12, 2500, 30}), numbers("jam_1390", {11, 2200, 31})},
                                        polygons(3));
    CHECK(field_of(guess_layer(years, "dehestan.shp"), "population") == "jam_1395");

    const FeatureTable sexes = table_of(
        {texts("kod", {"1", "5", "9"}), numbers("mard", {10, 2000, 35}), numbers("zan", {12, 2500, 30})}, polygons(3));
    const LayerGuess guess = guess_layer(sexes, "dehestan.shp");
    REQUIRE(guess.find("population") != nullptr);
    CHECK(guess.find("population")->sum_of == std::vector<std::string>{"mard", "zan"});
}

TEST_CASE("only rows of the layer's own kind are kept", "[study][field_guess]") {
    const FeatureTable table = table_of({texts("unit_type", {"rural_district", "rural_district", "city"}),
                                         texts("dehestan_code", {"1", "7", ""}), texts("name", {"الف", "ب", "پ"}),
                                         numbers("population", {5000, 12000, 90000})});
    const LayerGuess guess = guess_layer(table, "dehestan.csv");
    REQUIRE(guess.where);
    CHECK(guess.where->field == "unit_type");
    CHECK(guess.where->values == std::vector<std::string>{"rural_district"});
    CHECK(field_of(guess, "id") == "dehestan_code");  // unknown for the city alone
}

TEST_CASE("coordinates make a table a layer, and WKT does", "[study][field_guess]") {
    const FeatureTable degrees =
        table_of({texts("village", {"الف", "ب"}), texts("lon", {"59.1", "58.7"}), texts("lat", {"36.2", "35.9"})});
    const LayerGuess guess = guess_layer(degrees, "villages.csv");
    CHECK(guess.x_field == "lon");
    CHECK(guess.y_field == "lat");

    const FeatureTable exchanged =
        table_of({texts("village", {"الف", "ب"}), texts("lon", {"159.1", "158.7"}), texts("lat", {"136.2", "135.9"})});
    CHECK(guess_layer(exchanged, "villages.csv").y_field.empty());  // no latitude is beyond 90

    const FeatureTable lines =
        table_of({texts("gas_line", {"a", "b"}), texts("geom", {"LINESTRING (1 2, 3 4)", "LINESTRING (5 6, 7 8)"})});
    CHECK(guess_layer(lines, "pipelines.csv").wkt_field == "geom");
}

TEST_CASE("strangers are left alone", "[study][field_guess]") {
    const FeatureTable table = table_of({texts("foo", {"a", "a"}), texts("bar2", {"b", "b"})}, polygons(2));
    CHECK_FALSE(guess_layer(table, "data.shp").role);
    CHECK_FALSE(guess_layer(table_of({texts("name", {"IKA", "THR"})}, points(2)), "airports.geojson").role);
}

TEST_CASE("the order of rows does not matter", "[study][field_guess]") {
    const FeatureTable there = table_of({texts("KOD", {"3", "1", "2"}), texts("NAM", {"c", "a", "b"})}, points(3));
    const FeatureTable here = table_of({texts("KOD", {"1", "2", "3"}), texts("NAM", {"a", "b", "c"})}, points(3));
    const LayerGuess a = guess_layer(there, "roosta.shp");
    const LayerGuess b = guess_layer(here, "roosta.shp");
    CHECK(a.score == b.score);
    REQUIRE(a.fields.size() == b.fields.size());
    for (std::size_t i = 0; i < a.fields.size(); ++i) {
        CHECK(a.fields[i].field == b.fields[i].field);
        CHECK(a.fields[i].score == b.fields[i].score);
    }
}

TEST_CASE("an empty table is guessed by its names", "[study][field_guess]") {
    const LayerGuess guess = guess_layer(table_of({texts("KOD", {}), texts("NAM", {})}), "abadi.csv");
    CHECK(guess.role == LayerRole::settlements);
}
