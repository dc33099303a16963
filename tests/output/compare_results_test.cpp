#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/output/result_difference.hpp>

using namespace amayesh;

namespace {

/// A unit as a result holds it; nothing = unknown.
struct UnitRow {
    std::string id;
    std::optional<std::int64_t> population{};
    std::optional<double> target_ha{};
};

FeatureTable units_table(const std::vector<UnitRow>& rows) {
    FeatureTable table{.file = "r.gpkg", .layer = "units"};
    Column id{.name = "unit_id"}, people{.name = "population", .type = Column::Type::integer},
        target{.name = "target_ha", .type = Column::Type::real};
    for (const UnitRow& row : rows) {
        id.texts.push_back(row.id);
        id.is_null.push_back(row.id.empty() ? 1 : 0);
        people.integers.push_back(row.population.value_or(0));
        people.is_null.push_back(row.population ? 0 : 1);
        target.reals.push_back(row.target_ha.value_or(0));
        target.is_null.push_back(row.target_ha ? 0 : 1);
        table.row_ids.push_back(static_cast<std::int64_t>(table.row_ids.size() + 1));
    }
    table.columns = {std::move(id), std::move(people), std::move(target)};
    return table;
}

using Manifest = std::vector<ManifestEntry>;

GapResultFile result(const std::vector<UnitRow>& rows, Manifest manifest = {}) {
    return {.file = "r.gpkg",
            .units = units_table(rows),
            .unit_utilities = {.file = "r.gpkg", .layer = "unit_utilities"},
            .manifest = std::move(manifest)};
}

const ManifestEntry districts{"inputs", "rural_districts: d.shp", "10 rows, fingerprint 1"};
const ManifestEntry other_districts{"inputs", "rural_districts: d.shp", "10 rows, fingerprint 2"};
const ManifestEntry target{"coefficients", "land.target_per_1000", "0.5 ha; source"};
const ManifestEntry other_target{"coefficients", "land.target_per_1000", "0.6 ha; source"};
const ManifestEntry over{"parameters", "over", "10000"};
const ManifestEntry other_over{"parameters", "over", "13000"};

const ChangedValue& only_value(const ResultDifference& difference) {
    REQUIRE(difference.units.size() == 1);
    REQUIRE(difference.units[0].values.size() == 1);
    return difference.units[0].values[0];
}

}  // namespace

TEST_CASE("A result against itself has no difference, unknown values and any order of rows included",
          "[output][diff]") {
    const std::vector<UnitRow> rows{{"A", 5, 2.5}, {"B", std::nullopt, std::nullopt}};
    const std::vector<UnitRow> turned{rows[1], rows[0]};
    const auto same = compare_results(result(rows, {districts, target}), result(turned, {target, districts}));
    CHECK(same.units.empty());
    CHECK(same.manifest.empty());
    CHECK(same.units_in_first == 2);
}

TEST_CASE("Unknown is no number: it differs from zero, and has no difference in amount", "[output][diff]") {
    const auto changed = compare_results(result({{"A", 0, 1.0}}), result({{"A", std::nullopt, 1.0}}));
    const ChangedValue& value = only_value(changed);
    CHECK(value.column == "population");
    CHECK(value.unit == "people");
    CHECK(value.before == FieldValue{std::int64_t{0}});
    CHECK(value.after == FieldValue{});
    CHECK_FALSE(value.difference().has_value());
}

TEST_CASE("The amount of a difference is after less before", "[output][diff]") {
    const auto changed = compare_results(result({{"A", 5, 7.1}}), result({{"A", 5, 6.8}}));
    CHECK(only_value(changed).difference() == -0.3);  // not -0.2999999999999998
}

TEST_CASE("A single cause is certain, one of two is possible, and none is not made up", "[output][diff]") {
    const auto why = [](const Manifest& before, const Manifest& after) {
        return to_string(
            only_value(compare_results(result({{"A", 5, 1.0}}, before), result({{"A", 5, 2.0}}, after))).reason);
    };
    CHECK(why({districts, target, over}, {other_districts, target, over}) == "data");
    CHECK(why({districts, target, over}, {districts, other_target, over}) == "standard");
    CHECK(why({districts, target, over}, {districts, target, other_over}) == "method");
    CHECK(why({districts, target, over}, {other_districts, target, other_over}) == "data or method");
    CHECK(why({districts, target, over}, {districts, target, over}) == "not told by the manifests");
}

TEST_CASE("A count of people follows from no coefficient", "[output][diff]") {
    const auto changed = compare_results(result({{"A", 5, 1.0}}, {districts, target}),
                                         result({{"A", 6, 1.0}}, {other_districts, other_target}));
    const ChangedValue& value = only_value(changed);
    CHECK(to_string(value.reason) == "data");
    CHECK(value.reason.possible.count() == 0);
}

TEST_CASE("Units of one result alone are told, and their values are no changes", "[output][diff]") {
    const auto changed =
        compare_results(result({{"A", 5, 1.0}, {"B", 5, 1.0}}), result({{"B", 5, 1.0}, {"C", 5, 1.0}}));
    CHECK(changed.count(UnitChange::only_in_first) == 1);
    CHECK(changed.count(UnitChange::only_in_second) == 1);
    CHECK(changed.count(UnitChange::changed) == 0);
    REQUIRE(changed.units.size() == 2);
    CHECK(changed.units[0].id == "A");
    CHECK_FALSE(changed.units[0].row_in_second.has_value());
    CHECK(changed.units[1].row_in_second == 1U);
}

TEST_CASE("Random results: what is reported is what a look at every cell finds", "[output][diff]") {
    std::mt19937 random(11);
    const auto upto = [&](unsigned n) { return static_cast<std::int64_t>(random() % n); };
    for (int world = 0; world < 200; ++world) {
        CAPTURE(world);
        std::map<std::string, UnitRow> before, after;
        for (auto* side : {&before, &after})
            for (int i = 0; i < 12; ++i) {
                UnitRow row{std::string(1, static_cast<char>('a' + upto(16)))};
                if (upto(4) > 0) row.population = upto(3);
                if (upto(4) > 0) row.target_ha = static_cast<double>(upto(3)) / 2;
                (*side)[row.id] = row;
            }
        std::size_t cells = 0, alone = 0;
        for (const auto& [id, row] : before) {
            const auto other = after.find(id);
            if (other == after.end()) ++alone;
            if (other == after.end()) continue;
            cells += row.population != other->second.population ? 1 : 0;
            cells += row.target_ha != other->second.target_ha ? 1 : 0;
        }
        for (const auto& [id, row] : after) alone += before.contains(id) ? 0 : 1;
        const auto rows = [&](const std::map<std::string, UnitRow>& side) {
            std::vector<UnitRow> list;
            for (const auto& [id, row] : side) list.push_back(row);
            std::shuffle(list.begin(), list.end(), random);
            return list;
        };
        const auto found = compare_results(result(rows(before)), result(rows(after)));
        std::size_t found_cells = 0;
        for (const ChangedUnit& unit : found.units) found_cells += unit.values.size();
        CHECK(found_cells == cells);
        CHECK(found.count(UnitChange::only_in_first) + found.count(UnitChange::only_in_second) == alone);
        CHECK(std::is_sorted(found.units.begin(), found.units.end(),
                             [](const ChangedUnit& a, const ChangedUnit& b) { return a.id < b.id; }));
    }
}

TEST_CASE("A unit without an id, or there twice, is refused by row", "[output][diff]") {
    const auto good = result({{"A", 5, 1.0}});
    CHECK_THROWS_AS(compare_results(good, result({{"A", 5, 1.0}, {"", 5, 1.0}})), InvalidInput);
    CHECK_THROWS_WITH(compare_results(good, result({{"A", 5, 1.0}, {"B", 5, 1.0}, {"A", 6, 1.0}})),
                      Catch::Contains("row 3") && Catch::Contains("'A' is in row 1"));
}
