#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include <amayesh/analysis/gap.hpp>
#include <amayesh/study/run.hpp>

// The studies of examples/ over the folder that AMAYESH_REAL_DATA names. Where each expected figure comes from, and the
// command that repeats it, stands in docs/real-data.md.

using namespace amayesh;

namespace {

GapRun run(const std::string& study_file) {
    const Study study = read_study(std::filesystem::path(AMAYESH_SOURCE_DIR) / "examples" / study_file);
    return run_gap(study, {});
}

const Rollup& nation(const GapRun& run) { return run.result->rollups.front(); }

/// Units over the threshold, and those of them that hold a zone, by province.
std::map<std::string, std::pair<int, int>> over_and_served_by_province(const GapRun& run) {
    std::map<std::string, std::pair<int, int>> counts;
    for (const UnitGap& unit : run.result->units) {
        if (unit.unit.threshold != Threshold::over) continue;
        auto& [over, served] = counts[unit.unit.place.province];
        ++over;
        served += unit.zones_by_code > 0 ? 1 : 0;
    }
    return counts;
}

std::size_t count_of(const GapRun& run, ProblemKind kind) {
    std::size_t count = 0;
    for (const Problem& problem : run.problems) count += problem.kind == kind ? 1 : 0;
    return count;
}

const InputRecord& input_of(const GapRun& run, std::string_view file) {
    const auto found = std::find_if(run.loaded.inputs.begin(), run.loaded.inputs.end(), [&](const InputRecord& input) {
        return input.source.find(file) != std::string::npos;
    });
    REQUIRE(found != run.loaded.inputs.end());
    return *found;
}

}  // namespace

TEST_CASE("the nation by county adds up to the census exactly", "[real][iran_counties]") {
    const GapRun counties = run("iran_counties/study.toml");
    REQUIRE(counties.count(Severity::error) == 0);
    REQUIRE(counties.result);

    SECTION("every polygon finds its county by code, and the people are those of the census") {
        CHECK(nation(counties).units == 429);
        CHECK(nation(counties).people_known == 79'926'270);
        CHECK(nation(counties).people_unknown_units == 0);
        CHECK(counties.loaded.joins.front().matched == 429);
        CHECK(counties.loaded.joins.front().unmatched == 0);
    }
    SECTION("provinces and counties reconcile with the nation") {
        std::int64_t in_provinces = 0;
        std::int64_t in_counties = 0;
        for (const Rollup& rollup : counties.result->rollups) {
            if (rollup.level == RollupLevel::province) in_provinces += rollup.people_known;
            if (rollup.level == RollupLevel::county) in_counties += rollup.people_known;
        }
        CHECK(in_provinces == 79'926'270);
        CHECK(in_counties == 79'926'270);
    }
    SECTION("35 polygons are invalid; each is repaired with an entry") {
        CHECK(count_of(counties, ProblemKind::geometry_invalid) == 35);
    }
    SECTION("428 of them are over 10,000 people, all but Abu Musa") {
        CHECK(nation(counties).over == 428);
        CHECK(nation(counties).not_over == 1);
    }
    SECTION("operating power plants are context: 76,081 MW of gas and oil, 11,918 MW of water") {
        double fuel_mw = 0;
        double hydro_mw = 0;
        std::size_t hydro_plants = 0;
        const auto& sources = counties.loaded.area.sources;
        for (const UtilitySource& source : sources) {
            if (source.utility != UtilityKind::power) continue;
            CHECK(source.role == SourceRole::context);
            REQUIRE(source.capacity);
            const bool is_unit = source.id.find(" / ") != std::string::npos;  // project / unit
            (is_unit ? fuel_mw : hydro_mw) += *source.capacity;
            hydro_plants += is_unit ? 0 : 1;
        }
        CHECK(fuel_mw == Approx(76'081).margin(0.05));
        CHECK(hydro_mw == Approx(11'918).margin(0.05));
        CHECK(hydro_plants == 20);
    }
    SECTION("17 operating gas pipelines, and none of this is headroom for anybody") {
        CHECK(std::ranges::count_if(counties.loaded.area.sources, [](const UtilitySource& source) {
                  return source.utility == UtilityKind::gas;
              }) == 17);
        for (const UnitGap& unit : counties.result->units)
            CHECK(unit.services[UtilityKind::power].sources_in_reach == 0);
    }
    SECTION("no zone has a position: no county is said to lack one") {
        CHECK(std::ranges::count_if(counties.result->units,
                                    [](const UnitGap& unit) { return unit.zones_by_code > 0; }) == 180);
        CHECK(nation(counties).no_zone == 0);
        for (const UnitGap& unit : counties.result->units) CHECK(unit.status != UnitStatus::no_zone_in_reach);
    }
}

TEST_CASE("304 of the rural districts with a census figure are over 10,000, and 48 of them hold an estate or zone",
          "[real][iran_rural_districts]") {
    const GapRun districts = run("iran_rural_districts/study.toml");
    REQUIRE(districts.count(Severity::error) == 0);
    REQUIRE(districts.result);
    const auto by_province = over_and_served_by_province(districts);

    CHECK(nation(districts).units == 909);
    CHECK(nation(districts).people_known == 8'703'352);
    CHECK(nation(districts).people_unknown_units == 1);  // Shaab Jereh, Kerman
    CHECK(nation(districts).over == 304);
    CHECK(nation(districts).served + nation(districts).zone_full == 48);
    CHECK(nation(districts).no_zone == 0);
    CHECK(nation(districts).no_zone_known == 304 - 48);
    CHECK(by_province.at("Razavi Khorasan") == std::pair{35, 6});
    CHECK(by_province.at("Khuzestan") == std::pair{30, 7});
    CHECK(by_province.at("West Azerbaijan") == std::pair{23, 7});
    CHECK(by_province.at("Gilan") == std::pair{13, 0});
    CHECK(by_province.at("Kurdistan") == std::pair{2, 2});
}

TEST_CASE("63 of the 304 hold any industrial place of the official list", "[real][iran_rural_districts]") {
    const GapRun districts = run("iran_rural_districts/every_place.toml");
    REQUIRE(districts.result);
    const auto by_province = over_and_served_by_province(districts);

    CHECK(nation(districts).over == 304);
    CHECK(nation(districts).served + nation(districts).zone_full == 63);
    CHECK(by_province.at("Razavi Khorasan") == std::pair{35, 8});
    CHECK(by_province.at("Isfahan") == std::pair{6, 3});
    CHECK(by_province.at("Fars") == std::pair{14, 6});
}

TEST_CASE("Razavi Khorasan is grown from settlements that match the official list", "[real][razavi_derived]") {
    const GapRun derived = run("razavi_derived/study.toml");
    REQUIRE(derived.result);
    REQUIRE(derived.loaded.joins.size() == 1);
    const JoinRecord& join = derived.loaded.joins.front();

    CHECK(join.rows == 4'183);
    CHECK(join.matched == 1'430);
    CHECK(join.matched_after_folding == 596);
    CHECK(join.unmatched == 2'535);
    CHECK(join.ambiguous == 218);
    std::size_t grown = 0;
    for (const RuralDistrict& district : derived.loaded.area.rural_districts)
        grown += district.derived && !district.shape.parts.empty() ? 1 : 0;
    CHECK(grown == 150);
    CHECK(count_of(derived, ProblemKind::geometry_missing) == 19);  // no located settlement names them
    CHECK(count_of(derived, ProblemKind::districts_gap) == 2);      // nor any in these two districts: residue
    CHECK(nation(derived).over == 35);
    CHECK(nation(derived).threshold_unknown == 65);
    CHECK(nation(derived).people_known == 1'156'342);
}

TEST_CASE("a CP1256 table without .cpg is read as Persian", "[real][dirty_tables]") {
    const GapRun table = run("dirty_tables/cp1256_districts.toml");
    const auto& districts = table.loaded.area.rural_districts;

    CHECK(districts.size() == 858);
    CHECK(std::ranges::count_if(districts, [](const RuralDistrict& d) { return d.name == "مركزي"; }) == 316);
    CHECK(std::ranges::count_if(districts, [](const RuralDistrict& d) { return d.name == "قره پشتلو"; }) == 1);
    CHECK(count_of(table, ProblemKind::encoding_guessed) >= 1);
}

TEST_CASE("names in Arabic letters join names in Persian letters", "[real][dirty_tables]") {
    const GapRun counties = run("dirty_tables/utm_counties.toml");
    REQUIRE(counties.loaded.joins.size() == 1);
    const JoinRecord& join = counties.loaded.joins.front();

    CHECK(join.rows == 28);
    CHECK(join.matched == 25);
    CHECK(join.matched_after_folding == 10);
    CHECK(join.unmatched ==
          3);  // Torqabeh-Shandiz and Firuzeh were named otherwise in 2011, Davarzan was part of Sabzevar
    REQUIRE(counties.result);
    CHECK(nation(counties).people_known == 5'893'180);
    CHECK(nation(counties).people_unknown_units == 3);
    CHECK(input_of(counties, "Shahrestan.shp").crs.find("40N") != std::string::npos);
}

TEST_CASE("31 files are one layer; its stray points are skipped one by one", "[real][dirty_tables]") {
    const GapRun counties = run("dirty_tables/osm_counties.toml");
    std::int64_t in = 0;
    std::int64_t used = 0;
    std::int64_t skipped = 0;
    std::size_t files = 0;
    for (const InputRecord& input : counties.loaded.inputs) {
        if (input.role != "rural_districts") continue;
        ++files;
        in += input.features_in;
        used += input.features_used;
        skipped += input.features_skipped;
    }
    CHECK(files == 31);
    CHECK(in == 761);
    CHECK(used == 478);
    CHECK(skipped == 283);
    CHECK(count_of(counties, ProblemKind::geometry_wrong_type) == 283);
}
