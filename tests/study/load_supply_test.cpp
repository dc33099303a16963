#include <string>
#include <vector>

#include <amayesh/study/load.hpp>

#include "study/loaded_study.hpp"

using namespace amayesh;

namespace {

/// A study of two districts with substations, whose layer has these keys and these fields.
struct Substations {
    std::string keys{};
    std::string fields{};
    std::string top{};

    [[nodiscard]] Loading load_with(const std::vector<std::string>& properties) const {
        const std::string assess = top.empty() ? "" : top + "\n";
        std::string text = plain_study;
        text.insert(text.find("[layers."), assess);
        text += "[[layers.sources]]\nsource = \"substations.geojson\"\nutility = \"power\"\nrole = \"distribution\"\n" +
                keys + "[layers.sources.fields]\nid = \"code\"\ncapacity = { field = \"mw\", unit = \"MW\" }\n" +
                fields;
        const WrittenStudy study{text};
        study.write("districts.geojson", plain_districts().text());
        study.write("settlements.geojson", plain_settlements().text());
        GeoJsonText substations;
        for (std::size_t i = 0; i < properties.size(); ++i)
            substations.add_point(50.1 + 0.01 * static_cast<double>(i), 30.05,
                                  fmt::format(R"("code":"x{}",{})", i + 1, properties[i]));
        study.write("substations.geojson", substations.text());
        return load(study);
    }
};

std::vector<std::optional<double>> headrooms(const Loading& loading) {
    std::vector<std::optional<double>> all;
    for (const UtilitySource& source : loading.loaded.area.sources) all.push_back(headroom(source));
    return all;
}

const std::string load_and_promise =
    "in_use = { field = \"load\", unit = \"MW\" }\n"
    "committed = { field = \"promised\", unit = \"MW\" }\n"
    "committed_until = \"until\"\n";

}  // namespace

TEST_CASE("What is committed by season is taken off the season that it is of", "[study][load][supply]") {
    const Substations by_season{.fields = R"(
in_use = [{ field = "use_s", unit = "kW", season = "summer", capacity_factor = 0.9 },
          { field = "use_w", unit = "kW", season = "winter" }]
committed = [{ field = "com_w", unit = "kW", season = "Winter" }, { field = "com_s", unit = "kW", season = "summer" }]
)"};
    const Loading loading = by_season.load_with({R"("mw":30,"use_s":20000,"use_w":24000,"com_s":3000,"com_w":500)",
                                                 R"("mw":30,"use_s":20000,"use_w":24000,"com_s":null,"com_w":0)"});
    CHECK(headrooms(loading) == std::vector<std::optional<double>>{30 * 0.9 - 20 - 3, std::nullopt});
}

TEST_CASE("What is in use all year is in use in each season of the commitments", "[study][load][supply]") {
    const std::string committed = R"(
committed = [{ field = "com_s", unit = "MW", season = "summer" }, { field = "com_w", unit = "MW", season = "winter" }]
)";
    const Substations all_year{.fields = "in_use = { field = \"load\", unit = \"MW\" }" + committed};
    CHECK(headrooms(all_year.load_with({R"("mw":30,"load":20,"com_s":3,"com_w":5)"})).at(0) == 30 - 20 - 5);
    const Substations not_known{.fields = committed};
    CHECK_FALSE(headrooms(not_known.load_with({R"("mw":30,"com_s":3,"com_w":5)"})).at(0));
}

TEST_CASE("A commitment that ended before the assessment takes no headroom, and is told", "[study][load][supply]") {
    const std::vector<std::string> rows{
        R"("mw":30,"load":20,"promised":4,"until":"1401-12-29")", R"("mw":30,"load":20,"promised":1.5,"until":"1402")",
        R"("mw":30,"load":20,"promised":4,"until":null)", R"("mw":30,"load":20,"promised":null,"until":"1400")",
        R"("mw":30,"load":20,"promised":0,"until":"1400")"};
    Substations layer{.fields = load_and_promise, .top = "calendar = \"solar_hijri\""};
    SECTION("without any date every commitment counts") {
        const Loading loading = layer.load_with(rows);
        CHECK(headrooms(loading) == std::vector<std::optional<double>>{6, 8.5, 6, std::nullopt, 10});
        CHECK(loading.of(ProblemKind::commitment_lapsed).empty());
    }
    SECTION("the date of the layer: \"1402\" has begun, and is not over") {
        layer.keys = "as_of = \"1402\"\n";
        const Loading loading = layer.load_with(rows);
        CHECK(headrooms(loading) == std::vector<std::optional<double>>{10, 8.5, 6, 10, 10});
        const Problem note = loading.only(ProblemKind::commitment_lapsed);
        CHECK(note.severity == Severity::note);
        CHECK(note.message ==
              "commitments of power that ended before the as_of of their layer: 2, 4 MW together and 1 of unknown "
              "amount");
    }
    SECTION("the date of the assessment goes before it") {
        layer.keys = "as_of = \"1402\"\n";
        layer.top += "\n[assess]\ndate = \"1403-01-01\"";
        const Loading loading = layer.load_with(rows);
        CHECK(headrooms(loading) == std::vector<std::optional<double>>{10, 10, 6, 10, 10});
        CHECK(loading.only(ProblemKind::commitment_lapsed).message ==
              "commitments of power that ended before 1403-01-01: 3, 5.5 MW together and 1 of unknown amount");
    }
}

TEST_CASE("An over-committed source is told once, with its seasons and by how much", "[study][load][supply]") {
    const Substations by_season{.fields = R"(
in_use = [{ field = "use_s", unit = "MW", season = "summer", capacity_factor = 0.9 },
          { field = "use_w", unit = "MW", season = "winter" }]
committed = { field = "promised", unit = "MW" }
)"};
    const Loading loading = by_season.load_with({R"("mw":30,"use_s":20,"use_w":24,"promised":7.5)",
                                                 R"("mw":30,"use_s":20,"use_w":24,"promised":6)",
                                                 R"("mw":30,"use_s":20,"use_w":24.25,"promised":6)"});
    const std::vector<Problem> found = loading.of(ProblemKind::source_over_committed);
    REQUIRE(found.size() == 2);
    CHECK(found[0].feature == "x1");
    CHECK(found[0].message ==
          "summer: 20 MW in use and 7.5 MW committed of 27 MW, 0.5 MW too much; "
          "winter: 24 MW in use and 7.5 MW committed of 30 MW, 1.5 MW too much");
    CHECK(found[1].feature == "x3");
    CHECK(found[1].message == "winter: 24.25 MW in use and 6 MW committed of 30 MW, 0.25 MW too much");
    CHECK(headrooms(loading) == std::vector<std::optional<double>>{0, 0, 0});
}

TEST_CASE("What is not known of a source is told, and serves nobody", "[study][load][supply]") {
    const std::vector<std::string> rows{
        R"("mw":null,"load":20,"promised":1,"until":null)", R"("mw":30,"load":null,"promised":1,"until":null)",
        R"("mw":30,"load":20,"promised":null,"until":null)", R"("mw":30,"load":null,"promised":30,"until":null)",
        R"("mw":30,"load":20,"promised":1,"until":null)"};
    SECTION("a note each") {
        const Loading loading = Substations{.fields = load_and_promise}.load_with(rows);
        CHECK(loading.only(ProblemKind::capacity_unknown).feature == "x1");
        const std::vector<Problem> found = loading.of(ProblemKind::use_unknown);
        REQUIRE(found.size() == 3);
        CHECK(found[0].feature == "x2");
        CHECK(found[0].message == "the amount in use is not known");
        CHECK(found[1].message == "the committed amount is not known");
        for (const UtilitySource& source : loading.loaded.area.sources) CHECK_FALSE(source.capacity_is_yes_no);
    }
    SECTION("unless the study takes it as enough: one note with their number; what is exhausted gives nothing") {
        const Loading loading =
            Substations{.keys = "unknown_headroom = \"enough\"\n", .fields = load_and_promise}.load_with(rows);
        const Problem note = loading.only(ProblemKind::capacity_unknown);
        CHECK(note.severity == Severity::note);
        CHECK(note.message.starts_with("sources of power whose headroom cannot be told"));
        CHECK(note.message.ends_with("not known: 3"));
        CHECK(loading.only(ProblemKind::use_unknown).feature == "x4");
        std::vector<bool> serves;
        for (const UtilitySource& source : loading.loaded.area.sources) serves.push_back(source.capacity_is_yes_no);
        CHECK(serves == std::vector<bool>{true, true, true, false, false});
    }
}

TEST_CASE("A commitment whose end cannot be read counts, and is told", "[study][load][supply]") {
    const Substations layer{.fields = load_and_promise, .top = "[assess]\ndate = \"2024\""};
    const Loading loading = layer.load_with({R"("mw":30,"load":20,"promised":4,"until":"next year")"});
    CHECK(headrooms(loading).at(0) == 6);
    const Problem found = loading.only(ProblemKind::date_implausible);
    CHECK(found.severity == Severity::warning);
    CHECK(found.feature == "x1");
    CHECK(found.field == "until");
}
