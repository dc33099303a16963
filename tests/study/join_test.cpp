#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/study/field_map.hpp>
#include <amayesh/study/join.hpp>
#include <catch2/catch.hpp>

#include "study/small_table.hpp"

using namespace amayesh;

namespace {

Join join_by(std::vector<Join::Key> keys, std::vector<std::pair<std::string, std::string>> take) {
    Join join;
    join.keys = std::move(keys);
    for (const auto& [attribute, field] : take) join.take[attribute].field = field;
    return join;
}

Join::Key code(const std::string& field, const std::string& table_field) {
    Join::Key key;
    key.field = field;
    key.table_field = table_field;
    return key;
}

Join::Key name(const std::string& field, const std::string& table_field) {
    Join::Key key = code(field, table_field);
    key.by_name = true;
    return key;
}

/// A join of two small tables and what it found.
struct Outcome {
    Outcome(const SmallTable& layer, const SmallTable& table, const Join& join) {
        joined = join_table(layer.table(), table.table(), join, "settlements", {}, problems);
    }
    std::vector<std::string> texts(const std::string& field) const {
        ProblemReport ignored;
        FieldMap map;
        map.field = field;
        const FieldReader reader(joined.table, map, {"settlements", {}}, ignored);
        std::vector<std::string> result;
        for (std::size_t row = 0; row < reader.size(); ++row) result.push_back(reader.text(row));
        return result;
    }
    const Problem& first(ProblemKind kind) const {
        const auto found = std::find_if(problems.entries().begin(), problems.entries().end(),
                                        [&](const Problem& problem) { return problem.kind == kind; });
        REQUIRE(found != problems.entries().end());
        return *found;
    }
    JoinedTable joined;
    ProblemReport problems;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Rows are joined by code, row for row", "[study][join]") {
    const SmallTable layer = SmallTable("v.shp").texts("c", {"b", "a", "x", std::nullopt, "a"});
    const SmallTable table =
        SmallTable("t.csv").texts("k", {"a", "b", "unused", std::nullopt}).integers("n", {1, 2, 3, 4});
    const Outcome outcome(layer, table, join_by({code("c", "k")}, {{"population", "n"}}));
    CHECK(outcome.texts("n") == Texts{"2", "1", "", "", "1"});
    const JoinRecord& record = outcome.joined.record;
    CHECK(record.role == "settlements");
    CHECK(record.table == "t.csv");
    CHECK(record.rows == 5);
    CHECK(record.matched == 3);
    CHECK(record.unmatched == 2);
    CHECK(record.ambiguous == 0);
    CHECK(record.matched_after_folding == 0);
    CHECK(record.table_rows_unused == 2);
    CHECK(outcome.problems.count(ProblemKind::code_unmatched) == 2);
    const Problem& problem = outcome.first(ProblemKind::code_unmatched);
    CHECK(problem.severity == Severity::warning);
    CHECK(problem.file == "v.shp");
    CHECK(problem.feature == "row 3");
    CHECK(problem.field == "c");
    CHECK(problem.message == "'x' is not in t.csv");
    CHECK(outcome.joined.table.size() == 5);
    CHECK(outcome.joined.table.columns.size() == 1);
}

TEST_CASE("Codes match whatever their column's type and digits", "[study][join]") {
    const SmallTable layer = SmallTable("v").integers("c", {12, 7, 100});
    const SmallTable table = SmallTable("t").texts("k", {" ۱۲", "7\u200F", "1 00"}).texts("n", {"a", "b", "c"});
    CHECK(Outcome(layer, table, join_by({code("c", "k")}, {{"name", "n"}})).texts("n") == Texts{"a", "b", "c"});
    const SmallTable reals = SmallTable("v").reals("c", {12.0, 7.0});
    CHECK(Outcome(reals, table, join_by({code("c", "k")}, {{"name", "n"}})).texts("n") == Texts{"a", "b"});
}

TEST_CASE("Leading zeros that a spreadsheet lost are told, and put back by pad_to", "[study][join]") {
    const SmallTable layer = SmallTable("v").integers("c", {101, 2203, 9});
    const SmallTable table = SmallTable("t.csv").texts("k", {"0101", "2203", "0909"}).texts("n", {"a", "b", "c"});
    Join join = join_by({code("c", "k")}, {{"name", "n"}});
    const Outcome bare(layer, table, join);
    CHECK(bare.texts("n") == Texts{"", "b", ""});
    const Problem& problem = bare.first(ProblemKind::id_leading_zero_lost);
    CHECK(problem.message ==
          "1 of 2 unmatched codes differ from t.csv only in leading zeros; say pad_to = 4 in the join");
    join.keys[0].pad_to = 4;
    const Outcome padded(layer, table, join);
    CHECK(padded.texts("n") == Texts{"a", "b", ""});
    CHECK(padded.problems.count(ProblemKind::id_leading_zero_lost) == 0);
}

TEST_CASE("A mixed Arabic and Persian keyboard joins completely, and the report says what was folded",
          "[study][join]") {
    const SmallTable layer =
        SmallTable("v").texts("n", {"علي آباد", "كلاته", "حسن\u200Cآباد", "مُحَمَّدیه", "ده  نو", "رضوی", "علي آباد"});
    const SmallTable table = SmallTable("t.csv")
                                 .texts("n", {"علی آباد", "کلاته", "حسن آباد", "محمديه", "ده نو", "رضوی"})
                                 .integers("k", {1, 2, 3, 4, 5, 6});
    const Outcome outcome(layer, table, join_by({name("n", "n")}, {{"id", "k"}}));
    CHECK(outcome.texts("k") == Texts{"1", "2", "3", "4", "5", "6", "1"});
    CHECK(outcome.joined.record.matched == 7);
    CHECK(outcome.joined.record.matched_after_folding == 6);
    CHECK(outcome.problems.count(ProblemKind::name_folded) == 5);
    const Problem& problem = outcome.first(ProblemKind::name_folded);
    CHECK(problem.severity == Severity::note);
    std::vector<std::string> messages;
    for (const Problem& entry : outcome.problems.entries()) messages.push_back(entry.message);
    CHECK_THAT(messages,
               Catch::VectorContains(std::string("'علي آباد' was matched with 'علی آباد' of t.csv in 2 rows")));
}

TEST_CASE("Names are matched within their parent", "[study][join]") {
    const SmallTable layer =
        SmallTable("v").texts("county", {"شهرستان قوچان", "چناران", "قوچان"}).texts("n", {"ده نو", "ده نو", "گمشده"});
    const SmallTable table =
        SmallTable("t").texts("county", {"چناران", "قوچان"}).texts("n", {"ده نو", "ده نو"}).texts("k", {"C", "Q"});
    Join join = join_by({name("county", "county"), name("n", "n")}, {{"id", "k"}});
    CHECK(Outcome(layer, table, join).texts("k") == Texts{"", "C", ""});
    join.keys[0].prefix = "شهرستان ";
    const Outcome outcome(layer, table, join);
    CHECK(outcome.texts("k") == Texts{"Q", "C", ""});
    CHECK(outcome.joined.record.matched_after_folding == 0);
    CHECK(outcome.first(ProblemKind::name_unmatched).message == "'قوچان / گمشده' is not in t");
}

TEST_CASE("A prefix is stripped whatever its letters", "[study][join]") {
    const SmallTable layer = SmallTable("v").texts("n", {"بخش مركزي"});
    const SmallTable table = SmallTable("t").texts("n", {"مرکزی"}).texts("k", {"1"});
    Join join = join_by({name("n", "n")}, {{"id", "k"}});
    join.keys[0].prefix = "بخش ";
    CHECK(Outcome(layer, table, join).texts("k") == Texts{"1"});
}

TEST_CASE("Rows that disagree are ambiguous unless one is written the same", "[study][join]") {
    const SmallTable table = SmallTable("t")
                                 .texts("n", {"علی", "علي", "ده نو", "ده نو", "کوه", "کوه"})
                                 .texts("k", {"1", "2", "3", "4", "5", "5"});
    const SmallTable layer = SmallTable("v").texts("n", {"علي", "علی", "عَلی", "ده نو", "کوه"});
    const Outcome outcome(layer, table, join_by({name("n", "n")}, {{"id", "k"}}));
    CHECK(outcome.texts("k") == Texts{"2", "1", "", "", "5"});
    CHECK(outcome.joined.record.matched == 3);
    CHECK(outcome.joined.record.ambiguous == 2);
    CHECK(outcome.joined.record.table_rows_unused == 0);
    CHECK(outcome.first(ProblemKind::name_ambiguous).message == "'عَلی' fits 2 rows of t that disagree in k: '1', '2'");
}

TEST_CASE("Several rows can be added up", "[study][join]") {
    const SmallTable layer = SmallTable("v").texts("c", {"a", "b", "c", "d"});
    const SmallTable table = SmallTable("t")
                                 .texts("k", {"a", "a", "b", "b", "c", "d", "d"})
                                 .texts("name", {"تفت", "تفت", "يزد", "یزد", "قم", "x", "y"})
                                 .integers("male", {1, 2, 10, std::nullopt, 7, 1, 1})
                                 .texts("female", {"۱", "1,000", "5", "5", "8", "1", "1"});
    Join join = join_by({code("c", "k")}, {{"name", "name"}});
    join.take["population"].sum_of = {"male", "female"};
    join.several = Join::Several::sum;
    const Outcome outcome(layer, table, join);
    CHECK(outcome.texts("male") == Texts{"3", "", "7", ""});
    CHECK(outcome.texts("female") == Texts{"1001", "10", "8", ""});
    CHECK(outcome.texts("name") == Texts{"تفت", "يزد", "قم", ""});
    CHECK(outcome.joined.record.ambiguous == 1);
    CHECK_THAT(outcome.first(ProblemKind::name_ambiguous).message, Catch::Contains("disagree in name: 'x', 'y'"));
}

TEST_CASE("A sum does not hide a negative number", "[study][join]") {
    const SmallTable layer = SmallTable("v").texts("c", {"a", "b"});
    const SmallTable table =
        SmallTable("t").texts("k", {"a", "a", "b", "b"}).integers("n", {5, -2, 1, 2}).texts("t", {"1", "2", "7", "-4"});
    Join join = join_by({code("c", "k")}, {{"population", "n"}, {"households", "t"}});
    join.several = Join::Several::sum;
    const Outcome outcome(layer, table, join);
    CHECK(outcome.texts("n") == Texts{"-2", "3"});
    CHECK(outcome.texts("t") == Texts{"3", "-4"});
}

TEST_CASE("Unmatched rows of a required join are errors", "[study][join]") {
    const SmallTable layer = SmallTable("v").texts("c", {"a", "x"});
    const SmallTable table = SmallTable("t").texts("k", {"a"}).texts("n", {"A"});
    Join join = join_by({code("c", "k")}, {{"name", "n"}});
    join.required = true;
    CHECK(Outcome(layer, table, join).first(ProblemKind::code_unmatched).severity == Severity::error);
}

TEST_CASE("A join that matches nothing is an error", "[study][join]") {
    const SmallTable layer = SmallTable("v").texts("c", {"a", "()"});
    const SmallTable table = SmallTable("t").texts("k", {"b", "[]"}).texts("n", {"B", "C"});
    const Outcome outcome(layer, table, join_by({name("c", "k")}, {{"name", "n"}}));
    CHECK(outcome.first(ProblemKind::selection_empty).severity == Severity::error);
    CHECK(outcome.joined.record.unmatched == 2);
}

TEST_CASE("A join on a field that is not there names the nearest", "[study][join]") {
    const SmallTable layer = SmallTable("v").texts("code", {"a"});
    const SmallTable table = SmallTable("t.csv").texts("amar_code", {"a"}).texts("n", {"A"});
    CHECK_THROWS_WITH(Outcome(layer, table, join_by({code("code", "amarcode")}, {{"name", "n"}})),
                      "t.csv: there is no field 'amarcode'; did you mean 'amar_code'?");
}

TEST_CASE("A join agrees with comparing every pair of rows", "[study][join][property]") {
    constexpr unsigned seed = 77;
    CAPTURE(seed);
    std::mt19937 random{seed};
    const std::vector<std::string> spellings{"علی", "علي", "عَلی", "ده نو", "ده‌نو", "دهنو", "كوه", "کوه", "رود"};
    const std::map<std::string, int> meaning{{"علی", 0},  {"علي", 0}, {"عَلی", 0}, {"ده نو", 1}, {"ده‌نو", 1},
                                             {"دهنو", 1}, {"كوه", 2}, {"کوه", 2}, {"رود", 3}};
    std::uniform_int_distribution<std::size_t> pick{0, spellings.size() - 1};
    for (int round = 0; round < 200; ++round) {
        std::vector<std::optional<std::string>> left;
        std::vector<std::optional<std::string>> right;
        std::vector<std::optional<std::int64_t>> people;
        for (int i = 0; i < 8; ++i) left.emplace_back(spellings[pick(random)]);
        for (int i = 0; i < 5; ++i) {
            // One way of spacing in the table, so that folding alone decides who fits.
            std::string text = spellings[pick(random)];
            right.emplace_back(meaning.at(text) == 1 ? "ده نو" : text);
            people.emplace_back(static_cast<std::int64_t>(pick(random)));
        }
        Join join = join_by({name("n", "n")}, {{"population", "p"}});
        join.several = Join::Several::sum;
        const SmallTable table = SmallTable("t").texts("n", right).integers("p", people);
        const Outcome outcome(SmallTable("v").texts("n", left), table, join);
        std::int64_t matched = 0;
        for (std::size_t row = 0; row < left.size(); ++row) {
            std::int64_t sum = 0;
            bool any = false;
            for (std::size_t fit = 0; fit < right.size(); ++fit) {
                if (meaning.at(*left[row]) != meaning.at(*right[fit])) continue;
                any = true;
                sum += *people[fit];
            }
            matched += any ? 1 : 0;
            CHECK(outcome.texts("p")[row] == (any ? std::to_string(sum) : ""));
        }
        CHECK(outcome.joined.record.matched == matched);
        CHECK(outcome.joined.record.unmatched == static_cast<std::int64_t>(left.size()) - matched);
    }
}
