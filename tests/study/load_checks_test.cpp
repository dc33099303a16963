#include <string>

#include <amayesh/study/load.hpp>

#include "study/loaded_study.hpp"

using namespace amayesh;

namespace {

const std::string power_layer = R"(
[[layers.sources]]
source = "substations.geojson"
utility = "power"
role = "distribution"
[layers.sources.fields]
id = "code"
capacity = { field = "mw", unit = "MW" }
in_use = { field = "load", unit = "MW" }
committed = { field = "promised", unit = "MW" }
)";

GeoJsonText substations(const std::vector<std::string>& properties) {
    GeoJsonText text;
    for (std::size_t i = 0; i < properties.size(); ++i)
        text.add_point(50.1 + 0.01 * static_cast<double>(i), 30.05,
                       fmt::format(R"("code":"x{}",{})", i + 1, properties[i]));
    return text;
}

Loading load_with_substations(const std::vector<std::string>& properties, const std::string& layer = power_layer) {
    const WrittenStudy study{plain_study + layer};
    write_plain(study);
    study.write("substations.geojson", substations(properties).text());
    return load(study);
}

const std::string zones_layer = R"(
[layers.zones]
source = "zones.geojson"
[layers.zones.fields]
id = "code"
name = "code"
kind = { value = "industrial_zone" }
status = { value = "operating" }
rural_district = "dist"
gross_area = { field = "ha", unit = "ha" }
water = { field = "water", unit = "L/s" }
[layers.plots]
source = "plots.geojson"
[layers.plots.fields]
id = "code"
zone = "zone"
state = { value = "vacant" }
)";

Loading load_with_zones(const GeoJsonText& zones, const GeoJsonText& plots) {
    const WrittenStudy study{plain_study + zones_layer};
    write_plain(study);
    study.write("zones.geojson", zones.text());
    study.write("plots.geojson", plots.text());
    return load(study);
}

GeoJsonText one_plot(const std::string& zone = "z1") {
    GeoJsonText plots;
    plots.add_rectangle(50.051, 30.051, 50.052, 30.052, R"("code":"p1","zone":")" + zone + "\"");
    return plots;
}

/// 0.01° × 0.01°: 107 ha.
GeoJsonText one_zone(const std::string& more = R"("dist":"d1","ha":null,"water":null)") {
    GeoJsonText zones;
    zones.add_rectangle(50.05, 30.05, 50.06, 30.06, R"("code":"z1",)" + more);
    return zones;
}

}  // namespace

TEST_CASE("a field of MW that holds some kW has mixed units", "[study][check]") {
    const Loading loading =
        load_with_substations({R"("mw":30,"load":1,"promised":0)", R"("mw":60,"load":1,"promised":0)",
                               R"("mw":45,"load":1,"promised":0)", R"("mw":40000,"load":1,"promised":0)"});
    const Problem problem = loading.only(ProblemKind::units_mixed);
    CHECK(problem.severity == Severity::error);
    CHECK(problem.message.find("1 of 4") != std::string::npos);
    CHECK(problem.message.find("kW") != std::string::npos);
    CHECK(loading.only(ProblemKind::value_implausible).feature == "x4");
}

TEST_CASE("a field of MW that holds kW throughout is an error", "[study][check]") {
    const Loading loading =
        load_with_substations({R"("mw":30000,"load":1,"promised":0)", R"("mw":60000,"load":1,"promised":0)"});
    CHECK(loading.of(ProblemKind::value_implausible).size() == 3);  // one a source, one for the field
    CHECK(loading.problems.count(Severity::error) == 1);
}

TEST_CASE("a source that promises more than it has is named with the sum", "[study][check]") {
    const Loading loading =
        load_with_substations({R"("mw":30,"load":20,"promised":11)", R"("mw":30,"load":20,"promised":10)",
                               R"("mw":null,"load":20,"promised":10)"});
    const Problem over = loading.only(ProblemKind::source_over_committed);
    CHECK(over.feature == "x1");  // 20 + 11 > 30
    CHECK(over.severity == Severity::warning);
    const Problem unknown = loading.only(ProblemKind::capacity_unknown);
    CHECK(unknown.feature == "x3");
    CHECK(unknown.severity == Severity::note);
}

TEST_CASE("a source that promises to the last drop is not over-committed by its units", "[study][check][regression]") {
    std::string layer = power_layer;
    for (std::size_t at = layer.find("\"MW\""); at != std::string::npos; at = layer.find("\"MW\""))
        layer.replace(at, 4, "\"m3/day\"");
    layer.replace(layer.find("\"power\""), 7, "\"water\"");
    const Loading loading = load_with_substations(
        {R"("mw":2503.1,"load":2334.8,"promised":168.3)", R"("mw":2503.1,"load":2334.8,"promised":168.4)"}, layer);
    CHECK(loading.only(ProblemKind::source_over_committed).feature == "x2");
}

TEST_CASE("a negative capacity is refused, unknown is not zero", "[study][check]") {
    const Loading loading = load_with_substations({R"("mw":-30,"load":20,"promised":11)"});
    CHECK(loading.only(ProblemKind::value_negative).severity == Severity::error);
    CHECK_FALSE(loading.loaded.area.sources.at(0).capacity.has_value());
}

TEST_CASE("sources of an unknown utility are skipped, without a role they are context", "[study][check]") {
    const std::string layer = R"(
[[layers.sources]]
source = "substations.geojson"
[layers.sources.fields]
id = "code"
utility = "utility"
role = "role"
)";
    const Loading loading = load_with_substations(
        {R"("utility":"steam","role":"distribution")", R"("utility":"water","role":null)"}, layer);
    INFO(loading.text());
    CHECK(loading.only(ProblemKind::value_missing).severity == Severity::error);
    CHECK(loading.of(ProblemKind::value_unknown_word).size() == 1);
    REQUIRE(loading.loaded.area.sources.size() == 1);
    CHECK(loading.loaded.area.sources[0].role == SourceRole::context);
    CHECK(loading.only(ProblemKind::source_without_role).severity == Severity::warning);
    CHECK(loading.loaded.inputs.at(2).features_skipped == 1);
}

TEST_CASE("588 in the water field of a small zone is implausible", "[study][check]") {
    const Loading small = load_with_zones(one_zone(R"("dist":"d1","ha":20,"water":588)"), one_plot());
    CHECK(small.only(ProblemKind::value_implausible).feature == "z1");
    const Loading large = load_with_zones(one_zone(R"("dist":"d1","ha":null,"water":58.8)"), one_plot());
    CHECK(large.of(ProblemKind::value_implausible).empty());
}

TEST_CASE("an area given that the polygon does not have is reported", "[study][check]") {
    const Loading off = load_with_zones(one_zone(R"("dist":"d1","ha":20,"water":null)"), one_plot());
    CHECK(off.only(ProblemKind::area_disagrees).feature == "z1");
    CHECK(*off.loaded.area.zones.at(0).gross_ha == 20);
    const Loading near = load_with_zones(one_zone(R"("dist":"d1","ha":105,"water":null)"), one_plot());
    CHECK(near.of(ProblemKind::area_disagrees).empty());
}

TEST_CASE("zones and plots that do not fit together are found", "[study][check]") {
    SECTION("a zone in a district that is not there") {
        const Loading loading = load_with_zones(one_zone(R"("dist":"d9","ha":null,"water":null)"), one_plot());
        CHECK(loading.only(ProblemKind::code_unmatched).severity == Severity::warning);
    }
    SECTION("a zone known only by a district that is not there") {
        GeoJsonText zones;
        zones.add("null", R"("code":"z1","dist":"d9","ha":10,"water":null)");
        const Loading loading = load_with_zones(zones, one_plot());
        CHECK(loading.only(ProblemKind::code_unmatched).severity == Severity::error);
    }
    SECTION("a zone that is nowhere") {
        GeoJsonText zones;
        zones.add("null", R"("code":"z1","dist":null,"ha":10,"water":null)");
        CHECK(load_with_zones(zones, one_plot()).only(ProblemKind::value_missing).feature == "z1");
    }
    SECTION("a plot of a zone that is not there") {
        const Loading loading = load_with_zones(one_zone(), one_plot("z9"));
        CHECK(loading.only(ProblemKind::code_unmatched).layer == "plots");
    }
    SECTION("a plot outside its zone") {
        GeoJsonText plots;
        plots.add_rectangle(50.07, 30.05, 50.071, 30.051, R"("code":"p1","zone":"z1")");
        CHECK(load_with_zones(one_zone(), plots).only(ProblemKind::plot_outside_zone).feature == "p1");
    }
    SECTION("a plot in two zones that overlap") {
        GeoJsonText zones = one_zone();
        zones.add_rectangle(50.05, 30.05, 50.055, 30.055, R"("code":"z2","dist":"d1","ha":null,"water":null)");
        const Loading loading = load_with_zones(zones, one_plot());
        CHECK(loading.only(ProblemKind::zones_overlap).feature == "z1");
        CHECK(loading.only(ProblemKind::plot_outside_zone).message == "lies in several zones");
    }
    SECTION("all in order") {
        const Loading loading = load_with_zones(one_zone(), one_plot());
        CHECK(loading.problems.count(Severity::warning) + loading.problems.count(Severity::error) == 0);
    }
}

TEST_CASE("figures more than five years apart are warned of", "[study][check]") {
    std::string text = plain_study + power_layer;
    text.insert(text.find("[layers.rural_districts.fields]"), "as_of = \"1395\"\n");
    const std::string calendar = "calendar = \"solar_hijri\"\n";
    text.insert(text.find("[layers.rural_districts]"), calendar);
    const auto spread = [&](const std::string& as_of) {
        std::string dated = text;
        dated.insert(dated.find("[layers.sources.fields]"), "as_of = \"" + as_of + "\"\n");
        const WrittenStudy study{dated};
        write_plain(study);
        study.write("substations.geojson", substations({R"("mw":30,"load":1,"promised":0)"}).text());
        return load(study);
    };
    CHECK(spread("1402-06-31").only(ProblemKind::dates_spread).severity == Severity::warning);
    CHECK(spread("1399-12-29").of(ProblemKind::dates_spread).empty());
}

TEST_CASE("more households than people are implausible", "[study][check]") {
    const WrittenStudy study{plain_study + "population = \"people\"\nhouseholds = \"hh\"\n"};
    study.write("districts.geojson", plain_districts().text());
    GeoJsonText settlements;
    settlements.add_point(50.1, 30.05, R"("code":"s1","name":"A","people":100,"hh":120)")
        .add_point(50.1, 30.06, R"("code":"s2","name":"B","people":100,"hh":30)");
    study.write("settlements.geojson", settlements.text());
    CHECK(load(study).only(ProblemKind::value_implausible).feature == "s1");
}

TEST_CASE("a centre outside its district is warned of", "[study][check]") {
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements]"), "centre_x = \"cx\"\ncentre_y = \"cy\"\n\n");
    const WrittenStudy study{text};
    GeoJsonText districts;
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"West","people":1,"cx":50.3,"cy":30.05)")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"East","people":1,"cx":50.3,"cy":30.05)");
    write_plain(study, districts);
    CHECK(load(study).only(ProblemKind::centre_outside).feature == "d1");

    districts = GeoJsonText{};
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"West","people":1,"cx":5e5,"cy":3.3e6)");
    study.write("districts.geojson", districts.text());
    const Loading metres = load(study);
    CHECK(metres.only(ProblemKind::centre_outside).message.find("500000") != std::string::npos);
    CHECK_FALSE(metres.loaded.area.rural_districts.at(0).centre.has_value());
}

TEST_CASE("no distance is taken from a centre far outside its district", "[study][check][regression]") {
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements]"), "centre_x = \"cx\"\ncentre_y = \"cy\"\n\n");
    const WrittenStudy study{text};
    study.write("settlements.geojson", plain_settlements().text());
    const auto with_centre = [&](double x, double y) {
        GeoJsonText districts;
        districts
            .add_rectangle(50.0, 30.0, 50.2, 30.1,
                           fmt::format(R"("code":"d1","name":"West","people":1,"cx":{},"cy":{})", x, y))
            .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"East","people":1,"cx":null,"cy":null)");
        study.write("districts.geojson", districts.text());
        return load(study);
    };
    const auto message = [](const Loading& loading) { return loading.only(ProblemKind::centre_outside).message; };
    SECTION("9 km out: 0.08° of latitude") {
        const Loading near = with_centre(50.1, 30.18);
        CHECK(near.only(ProblemKind::centre_outside).action == "kept");
        CHECK(near.loaded.area.rural_districts.at(0).centre.has_value());
    }
    SECTION("13 km out: 0.12° of latitude") {
        const Loading far = with_centre(50.1, 30.22);
        CHECK(message(far).find("no rural district, over 10 km") != std::string::npos);
        CHECK(message(far).find("exchanged") == std::string::npos);
        CHECK_FALSE(far.loaded.area.rural_districts.at(0).centre.has_value());
    }
    SECTION("in another district, 14 km out: 0.15° of longitude at 30°") {
        const Loading other = with_centre(50.35, 30.05);
        CHECK(message(other).find("lies in 'd2', over 10 km") != std::string::npos);
        CHECK_FALSE(other.loaded.area.rural_districts.at(0).centre.has_value());
    }
    SECTION("exchanged") {
        const Loading exchanged = with_centre(30.05, 50.1);
        CHECK(message(exchanged).find("it would fit with x and y exchanged") != std::string::npos);
        CHECK_FALSE(exchanged.loaded.area.rural_districts.at(0).centre.has_value());
    }
    SECTION("exchanged, and no longitude and latitude as it is") {
        const Loading exchanged = with_centre(30.05, 100.1);
        CHECK(message(exchanged).find("it would be with x and y exchanged") != std::string::npos);
        CHECK_FALSE(exchanged.loaded.area.rural_districts.at(0).centre.has_value());
    }
}

TEST_CASE("the area of a district given in its attributes is compared", "[study][check]") {
    std::string text = plain_study;
    text.insert(text.find("[layers.settlements]"), "area = { field = \"ha\", unit = \"km2\" }\n\n");
    const WrittenStudy study{text};
    GeoJsonText districts;  // each 213.8 km²
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"West","people":1,"ha":214)")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"East","people":1,"ha":19.9)");
    write_plain(study, districts);
    const Loading loading = load(study);
    CHECK(loading.only(ProblemKind::area_disagrees).feature == "d2");
    CHECK(*loading.loaded.area.rural_districts.at(1).area_ha == Approx(21'380).epsilon(1e-3));
}

TEST_CASE("settlements and districts that nothing connects are told once", "[study][check]") {
    std::string text = plain_study;
    text.replace(text.find("districts.geojson"), 17, "districts.csv");
    const WrittenStudy study{text};
    study.write("districts.csv", "code,name,people\nd1,West,12000\n");
    study.write("settlements.geojson", plain_settlements().text());
    const Loading loading = load(study);
    CHECK(loading.only(ProblemKind::outside_every_district).message.substr(0, 1) == "2");
}

TEST_CASE("each utility numbers its sources for itself", "[study][check]") {
    const std::string layer = R"(
[[layers.sources]]
source = "substations.geojson"
role = "distribution"
[layers.sources.fields]
id = "own"
utility = "utility"
)";
    const auto sources = [&](const char* second) {
        return load_with_substations(
            {R"("own":"n1","utility":"power")", fmt::format(R"("own":"n1","utility":"{}")", second)}, layer);
    };
    CHECK(sources("water").of(ProblemKind::id_duplicate).empty());
    CHECK(sources("power").only(ProblemKind::id_duplicate).feature == "n1");
}
