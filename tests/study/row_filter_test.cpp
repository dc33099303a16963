#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/study/row_filter.hpp>
#include <catch2/catch.hpp>

#include "study/small_table.hpp"

using namespace amayesh;
using Rows = std::vector<std::size_t>;

namespace {

Rows kept(const SmallTable& table, const std::vector<Filter>& filters) { return rows_kept(table.table(), filters); }

}  // namespace

TEST_CASE("Rows are kept by listed values, texts folded", "[study][row_filter]") {
    const SmallTable table =
        SmallTable("t").texts("a", {"فعال", "غیرفعال", "بهره\u200Cبرداري", std::nullopt, "ACTIVE"});
    CHECK(kept(table, {{"a", {"active"}, true}}) == Rows{4});
    CHECK(kept(table, {{"a", {"بهره‌برداری", "فعال"}, true}}) == Rows{0, 2});
    CHECK(kept(table, {{"a", {"فعال"}, false}}) == Rows{1, 2, 3, 4});
    CHECK(kept(table, {{"a", {""}, true}}) == Rows{3});
    CHECK(kept(table, {{"a", {"", "فعال"}, false}}) == Rows{1, 2, 4});
    CHECK(kept(table, {}) == Rows{0, 1, 2, 3, 4});
}

TEST_CASE("Numbers are compared as numbers, their sign too", "[study][row_filter]") {
    const SmallTable table =
        SmallTable("t").integers("i", {-1, 0, 1}).reals("r", {-1.0, 0.5, 1.0}).texts("t", {"-1", "۱", "01"});
    CHECK(kept(table, {{"i", {"1"}, true}}) == Rows{2});
    CHECK(kept(table, {{"r", {"1"}, true}}) == Rows{2});
    CHECK(kept(table, {{"r", {"0.50"}, true}}) == Rows{1});
    CHECK(kept(table, {{"t", {"1"}, true}}) == Rows{1, 2});
    CHECK(kept(table, {{"i", {"-1"}, true}}) == Rows{0});
}

TEST_CASE("All filters must hold", "[study][row_filter]") {
    const SmallTable table = SmallTable("t").integers("a", {1, 1, 2}).texts("b", {"x", "y", "x"});
    CHECK(kept(table, {{"a", {"1"}, true}, {"b", {"x"}, true}}) == Rows{0});
}

TEST_CASE("A filter on a field that is not there names the nearest", "[study][row_filter]") {
    const SmallTable table = SmallTable("t.shp").integers("vaziat", {1});
    CHECK_THROWS_WITH(kept(table, {{"vaziyat", {"1"}, true}}),
                      "t.shp: there is no field 'vaziyat'; did you mean 'vaziat'?");
}

TEST_CASE("Chosen rows keep every column, geometry and row id", "[study][row_filter]") {
    FeatureTable table = SmallTable("t").integers("i", {1, 2, 3}).texts("t", {"a", std::nullopt, "c"}).table();
    table.geometries = {Point{1, 1}, Point{2, 2}, Point{3, 3}};
    const FeatureTable picked = select_rows(table, Rows{2, 1});
    CHECK(picked.size() == 2);
    CHECK(picked.row_ids == std::vector<std::int64_t>{3, 2});
    CHECK(picked.columns[0].integers == std::vector<std::int64_t>{3, 2});
    CHECK(picked.columns[1].texts[0] == "c");
    CHECK(picked.columns[1].is_null == std::vector<std::uint8_t>{0, 1});
    CHECK(std::get<Point>(picked.geometries[0]) == Point{3, 3});
}
