#include <cstdlib>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/io/vector_source.hpp>

#include "io/test_files.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

const std::string mashhad_cp1256 = "\xE3\xD4\xE5\xCF \x81\xC7\xDF";  // مشهد پاك
const std::string mashhad_utf8 = "مشهد پاك";
const std::string cafe_cp1252 = "caf\xE9 d'\xE9t\xE9";

/// A DBF of one text field, its bytes as given.
struct TestTable {
    std::vector<std::string> texts;
    unsigned char language = 0;
    std::string page{};  ///< Content of the .cpg; "" = no file.
    std::string field = "NAME";
    std::size_t width = 20;
};

std::string little_endian(std::size_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
    return text;
}

std::string write_table(const TemporaryFolder& folder, const TestTable& table) {
    std::string bytes = "\x03\x5F\x07\x1A" + little_endian(table.texts.size(), 4) + little_endian(32 + 32 + 1, 2) +
                        little_endian(1 + table.width, 2) + std::string(17, '\0') +
                        std::string(1, static_cast<char>(table.language)) + std::string(2, '\0');
    std::string field = table.field;
    field.resize(11, '\0');
    bytes += field + "C" + std::string(4, '\0') + little_endian(table.width, 1) + std::string(15, '\0') + "\x0D";
    for (std::string text : table.texts) {
        text.resize(table.width, ' ');
        bytes += " " + text;
    }
    if (!table.page.empty()) folder.write("t.cpg", table.page);
    return folder.write("t.dbf", bytes + "\x1A");
}

struct Reading {
    std::string encoding;
    std::string field;
    std::vector<std::string> texts;
    ProblemReport problems;
};

Reading read_texts(const std::string& file, const std::string& forced = "") {
    Reading reading;
    const FeatureTable table = read_vector(file, {.encoding = forced}, reading.problems);
    reading.encoding = table.encoding;
    reading.field = table.columns.at(0).name;
    reading.texts = table.columns.at(0).texts;
    return reading;
}

}  // namespace

TEST_CASE("The encoding of a table: forced, stated where that is no program's default, else told from its bytes",
          "[io][text_encoding]") {
    struct Row {
        const char* what;
        TestTable table;
        std::string forced;
        std::string encoding;
        std::string first;
        std::size_t guesses;
    };
    const std::vector<Row> rows{
        {"plain ASCII is no guess", {{"Deh"}, 0x57}, "", "CP1252", "Deh", 0},
        {"ASCII without a word on encoding", {{"Deh"}, 0}, "", "UTF-8", "Deh", 0},
        {"CP1256 under LDID 0x57", {{mashhad_cp1256}, 0x57}, "", "CP1256", mashhad_utf8, 1},
        {"CP1256 without LDID or .cpg", {{mashhad_cp1256}, 0}, "", "CP1256", mashhad_utf8, 1},
        {"CP1256 stated as ANSI 1256", {{mashhad_cp1256}, 0x57, "ANSI 1256\r\n"}, "", "CP1256", mashhad_utf8, 0},
        {"CP1256 under a .cpg of UTF-8", {{mashhad_cp1256}, 0, "UTF-8"}, "", "CP1256", mashhad_utf8, 1},
        {"UTF-8 stated", {{mashhad_utf8}, 0, "UTF-8"}, "", "UTF-8", mashhad_utf8, 0},
        {"UTF-8 under LDID 0x57", {{mashhad_utf8}, 0x57}, "", "UTF-8", mashhad_utf8, 1},
        {"UTF-8 without a word", {{mashhad_utf8}, 0}, "", "UTF-8", mashhad_utf8, 0},
        {"UTF-8 stated as ISO-8859-1", {{mashhad_utf8}, 0, "ISO-8859-1"}, "", "UTF-8", mashhad_utf8, 1},
        {"French under LDID 0x03", {{cafe_cp1252}, 0x03}, "", "CP1252", "café d'été", 1},
        {"Cyrillic stated", {{"\xCC\xEE\xF1\xEA\xE2\xE0"}, 0xC9}, "", "CP1251", "Москва", 0},
        {"forced over a statement", {{mashhad_cp1256}, 0, "UTF-8"}, "windows-1256", "CP1256", mashhad_utf8, 0},
        {"forced against the bytes", {{cafe_cp1252}, 0x57}, "CP1252", "CP1252", "café d'été", 0},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        const TemporaryFolder folder;
        const Reading reading = read_texts(write_table(folder, row.table), row.forced);
        CHECK(reading.encoding == row.encoding);
        CHECK(reading.texts.at(0) == row.first);
        CHECK(reading.problems.count(ProblemKind::encoding_guessed) == row.guesses);
    }
}

TEST_CASE("A guess shows the text before and after", "[io][text_encoding]") {
    const TemporaryFolder folder;
    const Reading reading = read_texts(write_table(folder, {{mashhad_cp1256}, 0x57}));
    const auto entries = entries_of(reading.problems, ProblemKind::encoding_guessed);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].severity == Severity::warning);
    CHECK_THAT(entries[0].message, Contains("ãÔåÏ") && Contains(mashhad_utf8));
}

TEST_CASE("Field names are decoded, and asked for in UTF-8", "[io][text_encoding]") {
    const TemporaryFolder folder;
    const std::string file = write_table(folder, {{mashhad_cp1256}, 0x57, "", "\xE4\xC7\xE3"});  // نام
    ProblemReport problems;
    const FeatureTable table = read_vector(file, {.fields = {{"نام"}}}, problems);
    CHECK(table.columns.at(0).texts.at(0) == mashhad_utf8);
}

TEST_CASE("A letter cut by the width of a field falls away, the rest stays", "[io][text_encoding]") {
    const TemporaryFolder folder;
    const std::string cut = mashhad_utf8.substr(0, 5);  // two letters and a half
    std::vector<std::string> texts(40, "مشهد");
    texts[0] = cut;
    const Reading reading = read_texts(write_table(folder, {texts, 0, "UTF-8", "NAME", 8}));
    CHECK(reading.encoding == "UTF-8");
    CHECK(reading.texts.at(0) == "مش");
    CHECK(reading.problems.count(ProblemKind::text_implausible) == 1);
}

TEST_CASE("Texts that are nothing but question marks are reported once a field", "[io][text_encoding]") {
    const TemporaryFolder folder;
    const Reading reading = read_texts(write_table(folder, {{"???? ??", "????", "really?", "?"}, 0x57}));
    const auto entries = entries_of(reading.problems, ProblemKind::text_implausible);
    REQUIRE(entries.size() == 1);
    CHECK_THAT(entries[0].message, Contains("2 of 4"));
    CHECK(entries[0].field == "NAME");
}

TEST_CASE("An encoding that this system does not know is named", "[io][text_encoding]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(read_texts(write_table(folder, {{mashhad_cp1256}, 0}), "klingon"), Contains("KLINGON"));
}

TEST_CASE("A CSV in CP1256 is told from its bytes; UTF-16 is refused with the way out", "[io][text_encoding]") {
    const TemporaryFolder folder;
    const Reading reading = read_texts(folder.write("t.csv", "\xE4\xC7\xE3;b\r\n" + mashhad_cp1256 + ";1\r\n"));
    CHECK(reading.encoding == "CP1256");
    CHECK(reading.field == "نام");
    CHECK(reading.texts.at(0) == mashhad_utf8);
    CHECK(reading.problems.count(ProblemKind::encoding_guessed) == 1);
    CHECK(read_texts(folder.write("u.csv", "a,b\n" + mashhad_cp1256 + ",1\n"), "CP1256").problems.entries().empty());
    CHECK_THROWS_WITH(read_texts(folder.write("w.csv", std::string("\xFF\xFE"
                                                                   "a\0,\0b\0",
                                                                   8))),
                      Contains("UTF-16") && Contains("UTF-8"));
}

TEST_CASE("A real table of districts in CP1256 under a Latin language byte", "[io][text_encoding][real]") {
    const std::string file = std::string(std::getenv("AMAYESH_REAL_DATA")) + "/admin/bakhsh_table_cp1256/BAKHSH.dbf";
    ProblemReport problems;
    const FeatureTable table = read_vector(file, {}, problems);
    REQUIRE(table.size() == 858);
    CHECK(table.encoding == "CP1256");
    CHECK(table.find("PER_NAM")->texts.at(1) == "زنجانرود");
    CHECK(problems.count(ProblemKind::encoding_guessed) == 1);
    const auto entries = entries_of(problems, ProblemKind::text_implausible);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].field == "PER_NAM_IP");  // in the codes of an old font
}

TEST_CASE("Real polygons whose names were destroyed say so, field by field", "[io][text_encoding][real]") {
    const std::string file =
        std::string(std::getenv("AMAYESH_REAL_DATA")) + "/admin/counties_2016_census/iran2016census.shp";
    ProblemReport problems;
    CHECK(read_vector(file, {}, problems).size() == 429);
    CHECK(problems.count(ProblemKind::text_implausible) == 2);
}
