#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/study/study_draft.hpp>

#include "study/written_study.hpp"

using namespace amayesh;

namespace {

/// A small office's folder: districts as GeoJSON, villages and sources as CSV, a census table to be joined.
void fill(const WrittenStudy& office) {
    office.write("dehestan.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"KOD": "01", "NAM": "شرق", "OSTAN": "خراسان"},
 "geometry": {"type": "Polygon", "coordinates": [[[59, 36], [60, 36], [60, 37], [59, 36]]]}},
{"type": "Feature", "properties": {"KOD": "02", "NAM": "غرب", "OSTAN": "خراسان"},
 "geometry": {"type": "Polygon", "coordinates": [[[58, 36], [59, 36], [59, 37], [58, 36]]]}}]})");
    office.write("amar_dehestan.csv", "dehestan_code,mard,zan\n1,4000,4100\n2,7000,7200\n");
    office.write("abadi.csv",
                 "kod,nam,noe,jamiat,lon,lat\n11,بالا,روستا,120,59.7,36.2\n12,پایین,روستا,310,58.6,36.1\n");
    office.write("post_bargh.csv", "kod;nam;zarfiat_MVA;x;y\na;پست یک;30;59.5;36.2\nb;پست دو;60;58.5;36.2\n");
    office.write("notes.csv", "colour,shade\nred,dark\nblue,light\n");
    office.write("broken.geojson", "{\"type\": \"FeatureCollection\", \"features\": [");
}

std::string golden(const std::string& name) {
    std::ifstream file(std::string(AMAYESH_SOURCE_DIR) + "/tests/golden/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const DraftLayer& layer_of(const StudyDraft& draft, std::string_view source) {
    const auto found = std::ranges::find(draft.layers, source, &DraftLayer::source);
    REQUIRE(found != draft.layers.end());
    return *found;
}

/// The study of the folder, as a file in it, the folder's own name taken out.
std::string drafted(const WrittenStudy& office) {
    std::string text = to_toml(draft_study(office.folder()), office.folder());
    const std::string name = office.folder().filename().string();
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
        text.replace(at, name.size(), "FOLDER");
    return text;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the draft of a small folder reads as a person would write it", "[study][study_draft][golden]") {
    const WrittenStudy office("");
    fill(office);
    const std::string text = drafted(office);
    const std::string expected = golden("init_small_folder.toml");
    if (std::getenv("AMAYESH_RENEW_GOLDEN") != nullptr)
        std::ofstream(std::string(AMAYESH_SOURCE_DIR) + "/tests/golden/init_small_folder.toml", std::ios::binary)
            << text;
    CHECK(text == expected);
}

TEST_CASE("a draft is read once its blanks are filled, and says which are not", "[study][study_draft]") {
    const WrittenStudy office("");
    fill(office);
    std::string text = to_toml(draft_study(office.folder()), office.folder());
    office.write("study.toml", text);
    CHECK_THAT(office.message(),
               Catch::Contains("the unit of 'capacity'") && Catch::Contains("is blank") && Catch::Contains("\"MVA\""));
    replace_all(text, "unit = \"\"", "unit = \"MVA\", power_factor = 0.9");
    office.write("study.toml", text);
    const Study study = office.read();
    REQUIRE(study.layers.size() == 3);
    CHECK(study.layers[0].role == LayerRole::rural_districts);
    REQUIRE(study.layers[0].joins.size() == 1);
    CHECK(study.layers[0].joins[0].keys[0].pad_to == 2);
    CHECK(study.layers[0].joins[0].take.at("population").sum_of == std::vector<std::string>{"mard", "zan"});
}

TEST_CASE("the order in which files are made does not matter", "[study][study_draft]") {
    const WrittenStudy there("");
    const WrittenStudy here("");
    fill(there);
    here.write("notes.csv", "colour,shade\nred,dark\nblue,light\n");
    here.write("broken.geojson", "{\"type\": \"FeatureCollection\", \"features\": [");
    fill(here);
    CHECK(drafted(there) == drafted(here));
    CHECK(drafted(there) == drafted(there));
}

TEST_CASE("a table is joined by code, with lost zeros put back, and the share is measured", "[study][study_draft]") {
    const WrittenStudy office("");
    fill(office);
    const StudyDraft draft = draft_study(office.folder());
    const DraftLayer& districts = layer_of(draft, "dehestan.geojson");
    REQUIRE(districts.joins.size() == 1);
    CHECK(districts.joins[0].matched == 2);
    CHECK(districts.joins[0].rows == 2);
    CHECK(layer_of(draft, "amar_dehestan.csv").use == DraftUse::joined);
    office.write("amar_dehestan.csv", "dehestan_code,mard,zan\n8,4000,4100\n9,7000,7200\n");
    CHECK(layer_of(draft_study(office.folder()), "dehestan.geojson").joins.empty());
}

TEST_CASE("names match within their parent, whatever letters they are typed with", "[study][study_draft]") {
    const WrittenStudy office("");
    office.write("bakhsh.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"NAM": "مركزي", "SHAHRESTAN": "شهرستان قوچان"},
 "geometry": {"type": "Polygon", "coordinates": [[[59, 36], [60, 36], [60, 37], [59, 36]]]}},
{"type": "Feature", "properties": {"NAM": "مركزي", "SHAHRESTAN": "شهرستان درگز"},
 "geometry": {"type": "Polygon", "coordinates": [[[58, 36], [59, 36], [59, 37], [58, 36]]]}}]})");
    office.write("amar_bakhsh.csv", "bakhsh,shahrestan,jamiat\nمرکزی,قوچان,4100\nمرکزی,درگز,7200\n");
    const StudyDraft draft = draft_study(office.folder());
    const DraftLayer& districts = layer_of(draft, "bakhsh.geojson");
    REQUIRE(districts.joins.size() == 1);
    CHECK(districts.joins[0].matched == 2);
    REQUIRE(districts.joins[0].join.keys.size() == 2);
    CHECK(districts.joins[0].join.keys[0].prefix == "شهرستان ");
}

TEST_CASE("many alike files are one layer, years of a table are not", "[study][study_draft]") {
    const WrittenStudy office("");
    const std::string village = "kod,nam,lon,lat\n";
    for (const char* number : {"01", "02", "03"}) {
        office.write("abadi_" + std::string(number) + ".csv", village + number + "1,نوده " + number + ",59.1,36.1\n");
        office.write("amar_dehestan_139" + std::string(number).substr(1) + ".csv", "kod,jamiat\n1,200\n");
    }
    const StudyDraft draft = draft_study(office.folder());
    CHECK(layer_of(draft, "abadi_*.csv").rows == 3);
    CHECK(layer_of(draft, "abadi_*.csv").files.size() == 3);
    CHECK(layer_of(draft, "amar_dehestan_1391.csv").rows == 1);
    office.write("abadi_04.csv", "another,table\n1,2\n");
    CHECK(layer_of(draft_study(office.folder()), "abadi_01.csv").rows == 1);  // not alike any more
}

TEST_CASE("what cannot be read is listed, and the rest is drafted", "[study][study_draft]") {
    const WrittenStudy office("");
    fill(office);
    const StudyDraft draft = draft_study(office.folder());
    REQUIRE(draft.skipped.size() == 1);
    CHECK(draft.skipped[0].path == "broken.geojson");
    CHECK_FALSE(draft.skipped[0].reason.empty());
    CHECK(layer_of(draft, "notes.csv").use == DraftUse::left_out);
}

TEST_CASE("a folder without data, a missing one and a file are refused", "[study][study_draft]") {
    const WrittenStudy office("");
    CHECK_THROWS_WITH(draft_study(office.folder()), Catch::Contains("holds no Shapefile"));
    CHECK_THROWS_WITH(draft_study(office.folder() / "nowhere"), Catch::Contains("no such folder"));
    CHECK_THROWS_WITH(draft_study(office.file()), Catch::Contains("is a file"));
    office.write("broken.geojson", "{");
    CHECK_THROWS_WITH(draft_study(office.folder()), Catch::Contains("broken.geojson"));
}

TEST_CASE("limits on count, size and depth are kept, and say so", "[study][study_draft]") {
    const WrittenStudy office("");
    fill(office);
    DraftOptions few;
    few.most_files = 2;
    const StudyDraft draft = draft_study(office.folder(), few);
    CHECK(draft.layers.size() + 1 >= 2);
    CHECK(std::ranges::any_of(draft.skipped, [](const SkippedFile& f) { return f.reason == "more than 2 files"; }));
    DraftOptions small;
    small.most_bytes = 100;
    CHECK(std::ranges::any_of(draft_study(office.folder(), small).skipped,
                              [](const SkippedFile& f) { return f.reason.find("larger than") == 0; }));
}

TEST_CASE("an existing study is not replaced unless asked", "[study][study_draft]") {
    const WrittenStudy office("old");
    CHECK_THROWS_WITH(write_study("new", office.file(), Overwrite::no), Catch::Contains("exists"));
    CHECK(std::ifstream(office.file()).get() == 'o');
    write_study("new", office.file(), Overwrite::yes);
    CHECK(std::ifstream(office.file()).get() == 'n');
    CHECK_THROWS_AS(write_study("new", office.folder() / "nowhere" / "study.toml", Overwrite::no), IoError);
    write_study("new", office.folder() / "second.toml", Overwrite::no);
    CHECK(std::distance(std::filesystem::directory_iterator(office.folder()), {}) == 2);  // nothing is left beside them
}

TEST_CASE("names from data are text in a study, whatever they hold", "[study][study_draft]") {
    const WrittenStudy office("");
    office.write("abadi.csv", "\"kod\"\" ]\n[x\",nam\n1,نوده\n2,کلاته\n");
    const std::string text = to_toml(draft_study(office.folder()), office.folder());
    CHECK(text.find("\n[x") == std::string::npos);
    office.write("study.toml", text);
    CHECK_THAT(office.message(), !Catch::Contains("unknown key"));
}
