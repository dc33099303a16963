#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/io/vector_source.hpp>

#include "io/test_files.hpp"

using namespace amayesh;
using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;

TestLayer districts(std::size_t count = 200) {
    TestLayer layer{.name = "districts", .geometry_type = "Polygon", .fields = {"id:text", "name:text"}, .rows = {}};
    for (std::size_t i = 0; i < count; ++i) {
        const std::string x = std::to_string(i);
        const std::string next = std::to_string(i + 1);
        layer.rows.push_back({"POLYGON ((" + x + " 0," + next + " 0," + next + " 1," + x + " 1," + x + " 0))",
                              {"code " + x, "a name that takes some room, number " + x}});
    }
    return layer;
}

/// The message of the IoError that reading gives, quickly and without a change to the folder; "" if it reads.
std::string refusal(const TemporaryFolder& folder, const std::string& source, const VectorSourceOptions& options = {}) {
    const auto before = folder.contents();
    const auto start = std::chrono::steady_clock::now();
    std::string message;
    try {
        ProblemReport problems;
        static_cast<void>(read_vector(source, options, problems));
    } catch (const IoError& e) {
        message = e.what();
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    CHECK(folder.contents() == before);
    return message;
}

void run_sql(const std::string& file, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    char* error = nullptr;
    sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error);
    INFO((error ? error : ""));
    CHECK(error == nullptr);
    sqlite3_free(error);
    sqlite3_close(database);
}

}  // namespace

TEST_CASE("What is no file is refused with what it is", "[io][damaged]") {
    const TemporaryFolder folder;
    folder.write("data/a.csv", "a,b\n1,2\n");
    CHECK_THAT(refusal(folder, folder / "none.gpkg"), Contains("none.gpkg") && Contains("no such file"));
    CHECK_THAT(refusal(folder, folder / "data"), Contains("it is a folder") && Contains("a.csv"));
    CHECK_THAT(refusal(folder, "/dev/zero"), Contains("device"));
    CHECK_THAT(refusal(folder, ""), Contains("empty"));
    CHECK_THAT(refusal(folder, folder.write("e.csv", "")), Contains("it is empty"));
    CHECK_THAT(refusal(folder, folder.write("b.csv", std::string("a\0b", 3))), Contains("format is not known"));
    CHECK_THAT(refusal(folder, folder.write("b.gpkg", "hello")), Contains("not that of a .gpkg"));
    REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
    ProblemReport problems;
    CHECK_THROWS_WITH(read_vector(folder / "pipe", {}, problems), Contains("pipe"));
}

TEST_CASE("A name that leads off this machine is refused", "[io][damaged]") {
    const TemporaryFolder folder;
    make_zip(folder / "z.zip", {{"t.csv", "a,b\n1,2\n"}});
    for (const std::string& name :
         {std::string("/vsicurl/http://127.0.0.1:9/x.gpkg"),
          std::string("/vsizip//vsicurl/http://127.0.0.1:9/x.zip/a.shp"),
          std::string("/vsizip/{/vsicurl/http://127.0.0.1:9/x.zip}/a.shp"), std::string("/vsis3/bucket/a.shp"),
          std::string("/vsigzip//vsicurl/x"), std::string("/vsimem/x"), std::string("/vsistdin/"),
          std::string("http://127.0.0.1:9/x.geojson"), std::string("https:x"), std::string("WFS:http://127.0.0.1:9/"),
          std::string("postgresql://db.example/x"), std::string("PG:host=db.example dbname=x"),
          std::string("PG:host=localhost,db.example"), std::string("PG:hostaddr=10.0.0.1"),
          std::string("PG:host = 'db.example'"), std::string("PG:service=far"),
          std::string("PG:dbname='host=db.example'")}) {
        CAPTURE(name);
        CHECK_THAT(refusal(folder, name), Contains("--allow-network"));
    }
    CHECK_THAT(refusal(folder, "MEM:::DATAPOINTER=1"), Contains("no such file"));
    CHECK_THAT(refusal(folder, "{\"type\":\"FeatureCollection\",\"features\":[]}"), Contains("no such file"));
}

TEST_CASE("A server that cannot be reached is named in one line, without its password", "[io][damaged]") {
    const TemporaryFolder folder;
    const auto refused = [](const std::string& name, bool network_allowed) {
        ProblemReport problems;
        try {
            static_cast<void>(read_vector(name, {.layer = "zones", .network_allowed = network_allowed}, problems));
        } catch (const IoError& e) {
            return std::string(e.what());
        }
        return std::string("read");
    };
    const std::string here = refused("PG:host=127.0.0.1 port=9 dbname=plan password='ge heim'", false);
    CHECK_THAT(here, Contains("cannot read PG:host=127.0.0.1 port=9 dbname=plan: no connection to the database: ") &&
                         Contains("127.0.0.1") && Contains("check that the server runs") && !Contains("heim") &&
                         !Contains("damaged") && !Contains("\n"));
    const std::string socket = refused("PG:host=" + (folder / "nowhere") + " dbname=plan", false);
    CHECK_THAT(socket, Contains("no connection to the database: ") && Contains("nowhere") && !Contains("?"));
    for (const std::string address :
         {"postgresql://me@127.0.0.1:9/plan?password=geheim", "postgresql://127.0.0.1:9/plan?password=geh@heim",
          "PG:postgresql://me:geheim@127.0.0.1:9/plan"})
        CHECK_THAT(refused(address, true),
                   Contains("cannot read postgresql://127.0.0.1:9/plan: no connection") && !Contains("heim"));
    for (const std::string address :
         {"postgresql://me:ge@heim@127.0.0.1:9/plan", "postgresql://me:ge/heim@127.0.0.1:9/plan"})
        CHECK_THAT(refused(address, true), Contains("%40") && !Contains("ge@") && !Contains("heim"));
    CHECK_THAT(refused("PG:host=localhost password=ge heim", false), Contains("has no value") && !Contains("heim"));
    for (const char* address :
         {"postgresql://me:geheim%zz@127.0.0.1:9/plan", "postgresql://me:geheim@[::1/plan",
          "postgresql://127.0.0.1:9/plan?password=geheim%zz", "postgresql://127.0.0.1:9/plan?geheim",
          "PG:postgresql://me:geheim%zz@127.0.0.1:9/plan"})
        CHECK_THAT(refused(address, true), Contains("its address is not") && !Contains("heim"));
    CHECK_THAT(refused("PG:port=9 dbname='host=127.0.0.1 password=geheim'", true),
               Contains("cannot read PG:port=9 dbname=…: no connection") && !Contains("heim"));
}

TEST_CASE("An address inside the data is not followed", "[io][damaged]") {
    const TemporaryFolder folder;
    const std::string json =
        R"({"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"http://127.0.0.1:9/crs","type":"ogcwkt"}},)"
        R"("features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]})";
    CHECK_THAT(refusal(folder, folder.write("j.geojson", json)),
               Contains("names an address") && Contains("127.0.0.1:9"));
}

TEST_CASE("A format that is not on the list is refused whatever the file's name", "[io][damaged]") {
    const TemporaryFolder folder;
    const std::string vrt =
        "<OGRVRTDataSource><OGRVRTLayer "
        "name=\"x\"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    for (const char* name : {"v.vrt", "v.shp", "v.gpkg", "v.csv", "v.geojson", "v.tif", "v"})
        CHECK_THAT(refusal(folder, folder.write(name, "\n " + vrt)), Contains("XML"));
    CHECK_THAT(refusal(folder, folder.write("r.csv", std::string("II*\0\0\0\0\0", 8))), Contains("raster"));
    run_sql(folder / "plain.gpkg", "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    CHECK_THAT(refusal(folder, folder / "plain.gpkg"), Contains("plain.gpkg"));
    CHECK(!fs::exists(folder / "v.gfs"));
}

TEST_CASE("A cut file is refused", "[io][damaged]") {
    const auto part = GENERATE(0.02, 0.3, 0.7, 0.999);
    CAPTURE(part);
    const TemporaryFolder folder;
    SECTION("GeoPackage") {
        make_data_set(folder / "d.gpkg", "GPKG", {districts()});
        cut_file(folder / "d.gpkg", part);
        CHECK_THAT(refusal(folder, folder / "d.gpkg"), Contains("d.gpkg"));
    }
    SECTION("GeoJSON") {
        make_data_set(folder / "d.geojson", "GeoJSON", {districts()});
        cut_file(folder / "d.geojson", part);
        CHECK_THAT(refusal(folder, folder / "d.geojson"), Contains("d.geojson"));
    }
    SECTION("FlatGeobuf") {
        make_data_set(folder / "d.fgb", "FlatGeobuf", {districts()});
        cut_file(folder / "d.fgb", part);
        CHECK_THAT(refusal(folder, folder / "d.fgb"), Contains("d.fgb"));
    }
    SECTION("XLSX") {
        TestLayer table = districts();
        table.geometry_type = "None";
        make_data_set(folder / "d.xlsx", "XLSX", {table});
        cut_file(folder / "d.xlsx", part);
        CHECK_THAT(refusal(folder, folder / "d.xlsx"), Contains("d.xlsx"));
    }
    SECTION("zip") {
        make_zip(folder / "z.zip", {{"t.csv", "a,b\n" + std::string(5000, 'x') + ",2\n"}});
        cut_file(folder / "z.zip", std::min(part, 0.9));  // a byte or two of the last comment harm nobody
        CHECK_THAT(refusal(folder, folder / "z.zip/t.csv"), Contains("z.zip"));
    }
    SECTION("a part of a Shapefile") {
        make_data_set(folder / "d.shp", "ESRI Shapefile", {districts()});
        const std::string ending = GENERATE(".shp", ".shx", ".dbf");
        CAPTURE(ending);
        cut_file(folder / ("d" + ending), part);
        CHECK_THAT(refusal(folder, folder / "d.shp"), Contains("d.shp"));
    }
}

TEST_CASE("A Shapefile without one of its files is refused by name", "[io][damaged]") {
    const TemporaryFolder folder;
    make_data_set(folder / "d.shp", "ESRI Shapefile", {districts(3)});
    const std::string ending = GENERATE(".shx", ".dbf");
    fs::remove(folder / ("d" + ending));
    CHECK_THAT(refusal(folder, folder / "d.shp"), Contains("its " + ending + " file is missing"));
}

TEST_CASE("A Shapefile whose table counts other rows is refused", "[io][damaged]") {
    const TemporaryFolder folder;
    make_data_set(folder / "d.shp", "ESRI Shapefile", {districts(3)});
    overwrite_bytes(folder / "d.dbf", 4, "\x02");
    CHECK_THAT(refusal(folder, folder / "d.shp"), Contains("counts 3 features, its .dbf 2 rows"));
    overwrite_bytes(folder / "d.dbf", 4, "\x09");
    CHECK_THAT(refusal(folder, folder / "d.shp"), Contains(".dbf file is cut"));
}

TEST_CASE("A damaged shape that GDAL opens is a row without geometry and an entry", "[io][damaged]") {
    const TemporaryFolder folder;
    make_data_set(folder / "d.shp", "ESRI Shapefile", {districts(4)});
    const std::size_t record =
        8 + 4 + 32 + 4 + 4 + 4 + 5 * 16;  // header, type, box, parts, points, one part, five points
    overwrite_bytes(folder / "d.shp", 100 + record + 8 + 36, std::string("\xFF\xFF\xFF\x7F", 4));
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / "d.shp", {.role = "rural_districts"}, problems);
    REQUIRE(table.size() == 4);
    CHECK(std::holds_alternative<std::monostate>(table.geometries[1]));
    CHECK(std::holds_alternative<MultiPolygon>(table.geometries[2]));
    const auto entries = entries_of(problems, ProblemKind::feature_unreadable);
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].feature == "1");
    CHECK(entries[0].layer == "rural_districts");
    CHECK(!entries[0].message.empty());
}

TEST_CASE("Bytes changed anywhere in a GeoPackage give rows, entries or a refusal, never a crash", "[io][damaged]") {
    const TemporaryFolder folder;
    make_data_set(folder / "d.gpkg", "GPKG", {districts(50)});
    const std::string whole = read_bytes(folder / "d.gpkg");
    for (std::size_t at = 100; at < whole.size(); at += 977) {
        std::string bytes = whole;
        for (std::size_t i = at; i < std::min(at + 16, bytes.size()); ++i)
            bytes[i] = static_cast<char>(bytes[i] ^ 0x5A);
        const std::string file = folder.write("x.gpkg", bytes);
        CAPTURE(at);
        try {
            ProblemReport problems;
            const std::size_t rows = read_vector(file, {}, problems).size();
            CHECK(rows <= 60);
        } catch (const Error& e) {
            CHECK_THAT(e.what(), Contains("x.gpkg"));
        }
    }
}

TEST_CASE("A zip that inflates beyond measure is refused before it does", "[io][damaged]") {
    const TemporaryFolder folder;
    make_zip(folder / "bomb.zip", {{"t.csv", std::string(std::size_t{80} << 20, '\0')}});
    CHECK_THAT(refusal(folder, folder / "bomb.zip/t.csv"), Contains("inflates"));
    make_zip(folder / "book.xlsx",
             {{"xl/workbook.xml", "<x/>"}, {"xl/worksheets/sheet1.xml", std::string(std::size_t{80} << 20, ' ')}});
    CHECK_THAT(refusal(folder, folder / "book.xlsx"), Contains("inflates"));
    make_zip(folder / "in.zip", {{"t.csv", "a,b\n1,2\n"}});
    CHECK_THAT(refusal(folder, folder / "in.zip/t.csv", {.most_bytes = 7}), Contains("limit is 7"));
    make_zip(folder / "out.zip", {{"in.zip", read_bytes(folder / "in.zip")}});
    CHECK_THAT(refusal(folder, folder / "out.zip/in.zip"), Contains("archive inside an archive"));
}

TEST_CASE("A file over the limit is refused before it is read", "[io][damaged]") {
    const TemporaryFolder folder;
    const std::string file = folder.write("big.csv", "a,b\n");
    fs::resize_file(file, std::uintmax_t{5} << 30);
    const auto start = std::chrono::steady_clock::now();
    ProblemReport problems;
    CHECK_THROWS_WITH(read_vector(file, {}, problems), Contains("the limit is 4294967296"));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("A GeoPackage that another program writes to is read with its log, and nothing is left beside it",
          "[io][damaged]") {
    const TemporaryFolder folder;
    make_data_set(folder / "d.gpkg", "GPKG", {districts(3)}, {"SPATIAL_INDEX=NO"});
    sqlite3* writer = nullptr;
    REQUIRE(sqlite3_open((folder / "d.gpkg").c_str(), &writer) == SQLITE_OK);
    const char* open_log =
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; UPDATE districts SET name = 'new' WHERE fid = 1";
    REQUIRE(sqlite3_exec(writer, open_log, nullptr, nullptr, nullptr) == SQLITE_OK);
    REQUIRE(fs::exists(folder / "d.gpkg-wal"));
    const auto before = folder.contents();
    ProblemReport problems;
    const FeatureTable table = read_vector(folder / "d.gpkg", {}, problems);
    CHECK(std::get<std::string>(table.find("name")->at(0)) == "new");
    CHECK(folder.contents() == before);
    sqlite3_close(writer);
    const auto settled = folder.contents();
    CHECK(read_vector(folder / "d.gpkg", {}, problems).size() == 3);
    CHECK(folder.contents() == settled);
}

TEST_CASE("Text in a numeric column is unknown, not zero", "[io][damaged]") {
    const TemporaryFolder folder;
    const TestLayer layer{.name = "d",
                          .geometry_type = "None",
                          .fields = {"people:integer", "ha:real"},
                          .rows = {{"", {"11", "1.5"}}, {"", {"22", "2.5"}}, {"", {"33", "3.5"}}, {"", {"", ""}}}};
    ProblemReport problems;
    SECTION("of a GeoPackage") {
        make_data_set(folder / "d.gpkg", "GPKG", {layer});
        run_sql(folder / "d.gpkg",
                "UPDATE d SET people = 'many', ha = '2,5' WHERE fid = 2; UPDATE d SET people = 3.25 WHERE fid = 3");
        const FeatureTable table = read_vector(folder / "d.gpkg", {}, problems);
        CHECK(table.find("people")->at(0) == FieldValue{std::int64_t{11}});
        CHECK(table.find("people")->at(1) == FieldValue{});
        CHECK(table.find("people")->at(2) == FieldValue{});
        CHECK(table.find("ha")->at(1) == FieldValue{});
        CHECK(table.find("ha")->at(2) == FieldValue{3.5});
        const auto entries = entries_of(problems, ProblemKind::value_not_a_number);
        REQUIRE(entries.size() == 3);
        CHECK(entries[0].feature == "2");
        CHECK(entries[0].field == "people");
        CHECK_THAT(entries[0].message, Contains("'many'"));
        CHECK(problems.entries().size() == 3);
    }
    SECTION("of a DBF") {
        make_data_set(folder / "d.dbf", "ESRI Shapefile", {layer});
        const std::string bytes = read_bytes(folder / "d.dbf");
        overwrite_bytes(folder / "d.dbf", bytes.rfind("22"), "x2");
        overwrite_bytes(folder / "d.dbf", bytes.rfind("33"), "3x");
        overwrite_bytes(folder / "d.dbf", bytes.rfind("1.5"), "1,5");
        const FeatureTable table = read_vector(folder / "d.dbf", {}, problems);
        CHECK(table.find("people")->at(0) == FieldValue{std::int64_t{11}});
        CHECK(table.find("people")->at(1) == FieldValue{});
        CHECK(table.find("people")->at(2) == FieldValue{});
        CHECK(table.find("ha")->at(0) == FieldValue{});
        CHECK(table.find("ha")->at(2) == FieldValue{3.5});
        CHECK(problems.count(ProblemKind::value_not_a_number) == 3);
    }
}

TEST_CASE("Code inside a GeoPackage is not run", "[io][damaged]") {
    const TemporaryFolder folder;
    make_data_set(folder / "d.gpkg", "GPKG", {districts(3)}, {"SPATIAL_INDEX=NO"});
    SECTION("an endless view") {
        run_sql(folder / "d.gpkg",
                "CREATE VIEW bomb AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) "
                "AS c FROM n;"
                "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('bomb', 'attributes', 'bomb')");
        CHECK_THAT(refusal(folder, folder / "d.gpkg", {.layer = "bomb"}), Contains("recursive"));
    }
    SECTION("a view that multiplies rows, or counts what it multiplies") {
        std::string many = "districts";
        for (int i = 0; i < 9; ++i) many += ", districts AS d" + std::to_string(i);
        run_sql(folder / "d.gpkg",
                "INSERT INTO districts (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                "50) SELECT i FROM n;"
                "CREATE VIEW counted AS SELECT count(*) AS c FROM " +
                    many +
                    ";"
                    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('counted', 'attributes', "
                    "'counted')");
        CHECK_THAT(refusal(folder, folder / "d.gpkg", {.layer = "counted"}), Contains("interrupted"));
    }
    SECTION("a trigger") {
        run_sql(folder / "d.gpkg", "CREATE TRIGGER t AFTER INSERT ON districts BEGIN DELETE FROM districts; END");
        CHECK(refusal(folder, folder / "d.gpkg").empty());
    }
}

TEST_CASE("Nested JSON and coordinates that are no numbers end in a message", "[io][damaged]") {
    const TemporaryFolder folder;
    const std::string deep =
        "{\"type\":\"FeatureCollection\",\"features\":" + std::string(200'000, '[') + std::string(200'000, ']') + "}";
    CHECK_THAT(refusal(folder, folder.write("deep.geojson", deep)), Contains("deep.geojson"));
    const std::string nan =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1e999,NaN]}}]})";
    ProblemReport problems;
    const FeatureTable table = read_vector(folder.write("nan.geojson", nan), {}, problems);
    REQUIRE(table.size() == 1);
    CHECK(std::holds_alternative<std::monostate>(table.geometries.at(0)));
    CHECK(problems.entries().size() == 1);
}
