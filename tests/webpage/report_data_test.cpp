#include <string>

#include <amayesh/core/error.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/study/date_words.hpp>
#include <catch2/catch.hpp>

#include "webpage/reported_world.hpp"

using namespace amayesh;
using namespace amayesh::worlds;
using nlohmann::json;

TEST_CASE("The report says what it is of", "[webpage]") {
    const json data = report_of_world();
    CHECK(data.at("format") == 1);
    CHECK(data.at("program") == "amayesh 1.2.3");
    CHECK(data.at("language") == "en");
    CHECK(data.at("study") == json{{"title", "Small world"}, {"file", "study.toml"}});
    CHECK_FALSE(data.contains("date"));
}

TEST_CASE("The date of the assessment is in both calendars", "[webpage]") {
    Study study = reported_study();
    study.language = Language::persian;
    study.date = "1405-09-01";
    const json data = report_of(reported_world(), study);
    CHECK(data.at("language") == "fa");
    CHECK(data.at("date") == json{{"iso", "2026-11-22"}, {"en", "22 November 2026"}, {"fa", "۱ آذر ۱۴۰۵"}});
}

TEST_CASE("A day has its Solar Hijri words", "[webpage]") {
    using namespace std::chrono;
    // Nowruz 1403, and the last day of the leap year before it.
    CHECK(words_of_day(sys_days{2024y / March / 20}).persian == "۱ فروردین ۱۴۰۳");
    CHECK(words_of_day(sys_days{2024y / March / 19}).persian == "۲۹ اسفند ۱۴۰۲");
    CHECK(words_of_day(sys_days{2021y / March / 20}).persian == "۳۰ اسفند ۱۳۹۹");
    CHECK(words_of_day(sys_days{2024y / March / 19}).english == "19 March 2024");
    CHECK(words_of_day(sys_days{2024y / March / 9}).iso == "2024-03-09");
}

TEST_CASE("Key figures are those of the world, counted by hand", "[webpage]") {
    const json data = report_of_world();
    const json& figures = data.at("key_figures");
    const auto value = [&](const char* id) { return named(figures, id, "id").at("value"); };
    CHECK(value("units_over") == 3);                    // A, B, E
    CHECK(value("units_without_zone") == 1);            // B
    CHECK(value("people_left_out") == 15'000 + 5'000);  // B, and E's settlement at 25.5 km
    CHECK_FALSE(named(figures, "people_left_out", "id").contains("low"));
    const json& land = named(figures, "new_zone_ha", "id");
    CHECK(land.at("value") == 15 * 0.5);  // B; the others find vacant land
    CHECK(land.at("low") == 5);           // 15 × 0.25 = 3.75 is less than a zone may be
    CHECK(land.at("high") == 15 * 0.75);
    CHECK(value("credited_net_ha") == Approx((12 + 11) * 0.5 * 0.65));
    // No source has any water; of the gas there is no layer.
    CHECK(value("water_shortfall") == Approx((12 + 15 + 11) * 0.5 * 0.65 * 0.4));
    CHECK(value("gas_shortfall").is_null());
    CHECK(named(figures, "units_over", "id").at("title").at("fa") ==
          "دهستان‌ها با بیش از ۱۰٬۰۰۰ نفر");
}

TEST_CASE("People left out are given as a range where settlements are not all known", "[webpage]") {
    World world = reported_world();
    world.settlement("S3", 1, std::nullopt, at_km(1));     // B: one in reach with unknown people,
    world.settlement("S4", 1, 4'000, at_km(30.5));         // one out of reach with 4,000
    world.settlement("S5", 1, std::nullopt, at_km(30.5));  // and one with unknown people: 0 to 11,000
    const json figure = named(report_of(world, reported_study()).at("key_figures"), "people_left_out", "id");
    CHECK(figure.at("low") == 5'000 + 4'000);
    CHECK(figure.at("high") == 5'000 + 15'000);
    CHECK(figure.at("value") == figure.at("low"));
}

TEST_CASE("The curve counts people whose nearest zone is farther than a distance", "[webpage]") {
    const json data = report_of_world();
    const json& curve = data.at("charts").at("left_out_by_distance");
    const auto farther_than = [&](std::size_t km) {
        REQUIRE(curve.at("distance").at(km) == km);
        return curve.at("people").at(km).get<int>();
    };
    CHECK(farther_than(0) == 12'000 + 15'000 + 11'000);
    CHECK(farther_than(6) == 12'000 + 15'000 + 5'000);
    CHECK(farther_than(9) == 12'000 + 15'000 + 5'000);
    CHECK(farther_than(10) == 15'000 + 5'000);
    CHECK(farther_than(20) == 15'000 + 5'000);  // the reach: as many as are left out
    CHECK(farther_than(25) == 15'000 + 5'000);
    CHECK(farther_than(26) == 15'000);
    CHECK(farther_than(30) == 15'000);
    CHECK(farther_than(31) == 0);
    CHECK(curve.at("limit") == 20);
    CHECK(curve.at("unit") == "km");
    CHECK(curve.at("people_unknown_units") == 0);
}

TEST_CASE("Without any zone everyone is farther than any distance", "[webpage]") {
    World world = reported_world();
    world.area.zones.clear();
    const json curve = report_of(world, reported_study()).at("charts").at("left_out_by_distance");
    CHECK(curve.at("people").front() == 38'000);
    CHECK(curve.at("people").back() == 38'000);
}

TEST_CASE("At least 0 people, where the least is not known of all, is no figure", "[webpage]") {
    World world = reported_world();
    world.area.zones_layer.complete = false;
    const json figure = named(report_of(world, reported_study()).at("key_figures"), "people_left_out", "id");
    CHECK(figure.at("value").is_null());
    CHECK(figure.at("low") == 0);
    CHECK(figure.at("high") == 15'000 + 5'000);
}

TEST_CASE("Of units whose population is not known no figure says 0", "[webpage]") {
    World world = reported_world();
    SECTION("where some are known, each figure says how many it leaves out") {
        const json report = report_of(world, reported_study());
        for (const json& figure : report.at("key_figures")) {
            CAPTURE(figure);
            CHECK(figure.at("note").at("en").get<std::string>().find("1 ") != std::string::npos);
        }
    }
    SECTION("where none is known, nothing is") {
        for (RuralDistrict& district : world.area.rural_districts) district.population.reset();
        for (Settlement& settlement : world.area.settlements) settlement.population.reset();
        const json report = report_of(world, reported_study());
        for (const json& figure : report.at("key_figures")) {
            CAPTURE(figure);
            CHECK(figure.at("value").is_null());
            CHECK_FALSE(figure.contains("low"));
            CHECK(figure.at("note").at("fa").get<std::string>().find("۵ ") != std::string::npos);
        }
    }
}

TEST_CASE("The curve has as many people at the reach as are left out", "[webpage]") {
    World world = reported_world();
    SECTION("some live in no settlement of the list: they follow the centre") {
        world.settlement("S3", 1, 4'000, at_km(1));  // B, whose other 11,000 people are at 30.5 km
    }
    SECTION("people of settlements out of reach are not known") {
        world.settlement("S3", 1, 4'000, at_km(1));
        world.settlement("S4", 1, std::nullopt, at_km(28));
    }
    SECTION("people of a settlement in reach are not known") {
        world.settlement("S3", 1, 4'000, at_km(31));
        world.settlement("S4", 1, std::nullopt, at_km(3));
    }
    SECTION("settlements are missing from the list") {
        world.settlement("S3", 1, 4'000, at_km(31));
        world.area.settlements_layer.complete = false;
    }
    const json data = report_of(world, reported_study());
    const json& curve = data.at("charts").at("left_out_by_distance");
    const json& left_out = named(data.at("key_figures"), "people_left_out", "id");
    CHECK(curve.at("people").at(20) == left_out.at("value"));
    CHECK(curve.at("may_be_nearer") == false);
}

TEST_CASE("The curve says where zones may be missing", "[webpage]") {
    World world = reported_world();
    world.area.zones_layer.complete = false;
    CHECK(report_of(world, reported_study()).at("charts").at("left_out_by_distance").at("may_be_nearer") == true);
}

TEST_CASE("Charts show what is known, and null where nothing is", "[webpage]") {
    const json data = report_of_world();
    const json& charts = data.at("charts");
    const json& province = named(charts.at("shortfall_by_province"), "province 1", "province");
    CHECK(province.at("people_left_out") == json{{"min", 20'000}, {"max", 20'000}});
    CHECK(province.at("new_zone_ha") == 7.5);
    CHECK(province.at("gas").is_null());
    CHECK(province.at("water") == Approx(38 * 0.5 * 0.65 * 0.4));
    const json& water = named(charts.at("utilities"), "water", "utility");
    CHECK(water.at("demand").at("value") == Approx(38 * 0.5 * 0.65 * 0.4));
    CHECK(water.at("supplied").at("value") == 0);
    CHECK(water.at("shortfall") == water.at("demand"));
    CHECK(water.at("reasons") == json::array({{{"word", "no_source_in_reach"}, {"units", 3}}}));
    const json& gas = named(charts.at("utilities"), "gas", "utility");
    CHECK(gas.at("shortfall").is_null());
    CHECK(gas.at("demand").at("value") == Approx(38 * 0.5 * 50));
    CHECK(gas.at("unknown_units") == 3);
    CHECK(data.at("words").at("no_source_in_reach").at("en") == "No source in reach");
}

TEST_CASE("Of a province whose populations are unknown no chart and no total says 0", "[webpage]") {
    World world = reported_world();
    for (RuralDistrict& district : world.area.rural_districts) district.population.reset();
    for (Settlement& settlement : world.area.settlements) settlement.population.reset();
    const json data = report_of(world, reported_study());
    const json& province = named(data.at("charts").at("shortfall_by_province"), "province 1", "province");
    for (const char* amount : {"units_over", "new_zone_ha", "water", "power", "gas"})
        CHECK(province.at(amount).is_null());
    CHECK(province.at("people_left_out") == json{{"min", nullptr}, {"max", nullptr}});
    const json& rollups = named(data.at("tables"), "rollups");
    for (const json& row : rollups.at("rows"))
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string column = rollups.at("columns")[c].at("name");
            CAPTURE(column);
            if (column.starts_with("people_left_out") || column.ends_with("_ha") || column.ends_with("_mw"))
                CHECK((row[c].is_null() || column == "area_ha"));
        }
}

TEST_CASE("Utilities stand beside the names of their units", "[webpage]") {
    World world = reported_world();
    world.area.rural_districts[1].name.clear();
    const json data = report_of(world, reported_study());
    const json& table = named(data.at("tables"), "unit_utilities");
    CHECK(cell(table, "A", "unit_name") == "تبادکان");
    CHECK(cell(table, "B", "unit_name") == "B");
    CHECK(table.at("shown")[0] == "unit_name");
}

TEST_CASE("Tables have the columns of the layers, their words, and null for the unknown", "[webpage]") {
    const json data = report_of_world();
    const json& units = named(data.at("tables"), "units");
    const auto& schema = result_schema().front();
    REQUIRE(schema.name == "units");
    REQUIRE(units.at("columns").size() == schema.columns.size());
    for (std::size_t c = 0; c < schema.columns.size(); ++c) {
        CHECK(units.at("columns")[c].at("name") == schema.columns[c].name);
        CHECK(units.at("columns")[c].at("title").at("fa") == schema.columns[c].title_fa);
        CHECK(units.at("columns")[c].at("unit") == schema.columns[c].unit);
    }
    for (const json& table : data.at("tables")) {
        CAPTURE(table.at("name"));
        for (const json& row : table.at("rows")) CHECK(row.size() == table.at("columns").size());
        for (const json& shown : table.at("shown")) CHECK_NOTHROW(named(table.at("columns"), shown));
    }
    CHECK(units.at("rows").size() == 5);
    CHECK(cell(units, "A", "name") == "تبادکان");
    CHECK(cell(units, "A", "population") == 12'000);
    CHECK(cell(units, "B", "nearest_zone_km") == Approx(30.5).epsilon(1e-5));
    CHECK(cell(units, "D", "population").is_null());
    CHECK(cell(units, "B", "status") == "no_zone_in_reach");
    CHECK(named(units.at("columns"), "status").at("words") == true);
    CHECK(data.at("words").at("no_zone_in_reach").at("fa") == "بدون ناحیه در دسترس");
    CHECK(data.at("words").at("0").at("en") == "No");
    CHECK(named(data.at("tables"), "unit_utilities").at("rows").size() == 3 * 4 * 3);
    CHECK(named(data.at("tables"), "zones").at("rows").size() == 1);
    CHECK(named(data.at("tables"), "manifest").at("rows") == json::array({{"parameters", "title", "Small world"}}));
}

TEST_CASE("Reals have six significant digits, whole numbers all of theirs", "[webpage]") {
    World world = reported_world();
    world.area.zones[0].gross_ha = 1234.5678;
    world.area.rural_districts[0].population = 12'345'678;
    const json data = report_of(world, reported_study());
    CHECK(cell(named(data.at("tables"), "zones"), "Z", "gross_ha") == 1234.57);
    CHECK(cell(named(data.at("tables"), "units"), "A", "population") == 12'345'678);
}

TEST_CASE("Coefficients stand with source and confidence", "[webpage]") {
    World world = reported_world();
    GapRun run;
    GapStandards with_sources = standards();
    Coefficient reach;
    reach.value = {10, 20, 30};
    reach.source = "own";
    reach.confidence = Confidence::d;
    Coefficient telecom;
    telecom.text = "fibre";
    telecom.confidence = Confidence::a;
    with_sources.used = {{"reach.zone", reach}, {"telecom.required", telecom}};
    run.result = world.gaps(with_sources);
    run.loaded.district_of_settlement = world.district_of_settlement;
    run.loaded.area = world.area;
    const Study study = reported_study();
    const json data = json::parse(report_data({.study = study, .run = run, .backdrop = {}, .program = ""}));
    const json& table = named(data.at("tables"), "standards");
    CHECK(cell(table, "reach.zone", "title_en") == "Reach of a zone");
    CHECK(cell(table, "reach.zone", "central") == 20);
    CHECK(cell(table, "reach.zone", "confidence") == "D");
    CHECK(cell(table, "reach.zone", "source") == "own");
    CHECK(cell(table, "telecom.required", "central").is_null());
    CHECK(cell(table, "telecom.required", "text") == "fibre");
    CHECK(
        data.at("method").at("en").back() ==
        "1 of the 2 coefficients used are assumptions (confidence D); the table of standards names them all with their "
        "sources.");
}

TEST_CASE("Question and method tell the numbers of this run in both languages", "[webpage]") {
    GapOptions options;
    options.assessment.over = 9'000;
    options.reuse = LandReuse::none;
    const json data = report_of(reported_world(), reported_study(), options);
    const json& question = data.at("question");
    CHECK(question.at("en").size() == question.at("fa").size());
    CHECK(question.at("en")[0] ==
          "Which rural districts of more than 9,000 people have no industrial zone within 20 km, and how many people "
          "is that?");
    CHECK(question.at("fa")[0].get<std::string>().find("۹٬۰۰۰ نفر") != std::string::npos);
    CHECK(question.at("en")[2] ==
          "Looked at: 5 rural districts. Of more than 9,000 people: 3; not more: 1; population not known: 1.");
    const std::string land = data.at("method").at("en")[2];
    CHECK(land.find("0.5 (low 0.25, high 0.75) ha for each 1,000 people, at least 5 and at most 20 ha") !=
          std::string::npos);
    CHECK(land.find("was not promised") != std::string::npos);
    CHECK(data.at("method").at("fa")[2].get<std::string>().find("۰٫۵ (کم ۰٫۲۵، زیاد ۰٫۷۵) هکتار") != std::string::npos);
    for (const json& text : data.at("method").at("fa"))
        CHECK(text.get<std::string>().find_first_of("0123456789") == std::string::npos);
}

TEST_CASE("Large and fine numbers are written in full in sentences", "[webpage]") {
    World world = reported_world();
    GapStandards far = standards();
    GapRun run;
    far.zone_reach = Kilometres(15'000);
    far.least_zone = Hectares(12.345);
    run.result = world.gaps(far);
    run.loaded.district_of_settlement = world.district_of_settlement;
    run.loaded.area = world.area;
    const Study study = reported_study();
    const json data = json::parse(report_data({.study = study, .run = run, .backdrop = {}, .program = ""}));
    CHECK(data.at("method").at("en")[0].get<std::string>().find("at most 15,000 km") != std::string::npos);
    CHECK(data.at("method").at("fa")[0].get<std::string>().find("۱۵٬۰۰۰ کیلومتر") != std::string::npos);
    CHECK(data.at("method").at("en")[2].get<std::string>().find("at least 12.345 and") != std::string::npos);
}

TEST_CASE("The page is told what was assessed", "[webpage]") {
    CHECK(report_of_world().at("units").at("fa") == "دهستان‌ها");
    GapOptions options;
    options.assessment.kind = UnitKind::settlement;
    const json data = report_of(reported_world(), reported_study(), options);
    CHECK(data.at("unit").at("en") == "settlement");
    CHECK(data.at("units").at("fa") == "آبادی‌ها");
}

TEST_CASE("The method states the dates of the data where the study does", "[webpage]") {
    World world = reported_world();
    GapRun run;
    run.result = world.gaps(standards());
    run.loaded.district_of_settlement = world.district_of_settlement;
    run.loaded.area = world.area;
    run.manifest = {{"parameters", "as_of", "1395 – 1397-06-31"}};
    const Study study = reported_study();
    const json data = json::parse(report_data({.study = study, .run = run, .backdrop = {}, .program = ""}));
    const json& english = data.at("method").at("en");
    CHECK(english[english.size() - 2] ==
          "Dates of the data, as the study states them: 1395 – 1397-06-31 (Solar Hijri).");
    const json& persian = data.at("method").at("fa");
    CHECK(
        persian[persian.size() - 2] ==
        "تاریخ داده‌ها به گفته مطالعه: ۱۳۹۵ – ۱۳۹۷-۰۶-۳۱ (هجری شمسی).");
}

TEST_CASE("Only so many findings are listed, and the report says so", "[webpage]") {
    const auto table_of = [](std::size_t count) {
        std::vector<Problem> problems(count);
        for (Problem& problem : problems) problem.message = "wrong";
        return named(report_of(reported_world(), reported_study(), {}, std::move(problems)).at("tables"), "problems");
    };
    CHECK(table_of(2'000).at("rows").size() == 2'000);
    CHECK_FALSE(table_of(2'000).contains("note"));
    CHECK(table_of(2'001).at("rows").size() == 2'000);
    CHECK(table_of(2'001).at("note").at("en") == "The first 2,000 of 2,001 findings; 'amayesh check' lists them all.");
}

TEST_CASE("Utilities of very many units are listed in the central case", "[webpage]") {
    const auto table_of = [](int units) {
        World world;
        for (int i = 0; i < units; ++i) world.district(std::to_string(10'000 + i), 12'000, at_km(i));
        return named(report_of(world, reported_study()).at("tables"), "unit_utilities");
    };
    CHECK(table_of(1'000).at("rows").size() == 1'000 * 4 * 3);
    const json many = table_of(1'001);
    CHECK(many.at("rows").size() == 1'001 * 4);
    for (const json& row : many.at("rows")) CHECK(row.at(2) == "central");
    CHECK(many.at("note").at("en").get<std::string>().find("central case") != std::string::npos);
}

TEST_CASE("Settlements that are not over the threshold have no row", "[webpage]") {
    World world = reported_world();
    world.settlement("S3", nowhere, 12'000, at_km(40));
    GapOptions options;
    options.assessment.kind = UnitKind::settlement;
    const json data = report_of(world, reported_study(), options);
    const json& units = named(data.at("tables"), "units");
    CHECK(units.at("rows").size() == 1);
    CHECK(cell(units, "S3", "population") == 12'000);
    CHECK(units.contains("note"));
    const json& points = named(data.at("map").at("layers"), "unit_points");
    CHECK(points.at("features").size() == 1);
    CHECK(points.at("features")[0].at("row") == 0);
}

TEST_CASE("A run whose input has errors cannot be reported", "[webpage]") {
    const GapRun run;
    const Study study;
    CHECK_THROWS_AS(report_data({.study = study, .run = run, .backdrop = {}, .program = ""}), InvalidInput);
}
