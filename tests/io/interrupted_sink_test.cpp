#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "io/test_files.hpp"
#include "io/worker_process.hpp"

using namespace amayesh::test;
using Catch::Matchers::Contains;

namespace {

namespace fs = std::filesystem;
using Contents = std::map<std::string, std::string>;

/// A target that is written over and over, and what it holds when written whole with one word or the other.
struct Target {
    std::string name;
    std::string driver;
    std::string rows = "20";
};

void write_whole(const TemporaryFolder& folder, const Target& target, const std::string& word) {
    WorkerProcess worker({"write", folder / target.name, target.rows, word, target.driver});
    const int code = worker.wait();
    INFO(worker.said());
    REQUIRE(code == 0);
}

Contents whole(const Target& target, const std::string& word) {
    const TemporaryFolder folder;
    write_whole(folder, target, word);
    return folder.contents();
}

std::vector<Target> targets() {
    return {{"o.gpkg", ""},          {"o.geojson", ""}, {"o.xlsx", ""},
            {"o", "ESRI Shapefile"}, {"o", "CSV"},      {"o.tif", "COG", "600"}};
}

}  // namespace

TEST_CASE("After the n-th write fails, the target is the old one or the new one, whole", "[io][interrupted][slow]") {
    const bool stays = GENERATE(false, true);
    for (const Target& target : targets()) {
        const Contents old_target = whole(target, "old");
        const Contents new_target = whole(target, "new");
        const TemporaryFolder folder;
        write_whole(folder, target, "old");
        constexpr int most_calls = 1000;
        int refusals = 0;
        for (int at = 1; at < most_calls; ++at) {
            WorkerOptions options{
                .environment = {"LD_PRELOAD=" AMAYESH_FAILING_CALLS, "ASAN_OPTIONS=verify_asan_link_order=0",
                                "FAULT_FOLDER=" + folder.path().string(), "FAULT_AT=" + std::to_string(at),
                                "FAULT_ERRNO=" + std::to_string(stays ? ENOSPC : EIO)}};
            if (stays) options.environment.emplace_back("FAULT_STAYS=1");
            WorkerProcess worker({"write", folder / target.name, target.rows, "new", target.driver}, options);
            const int code = worker.wait();
            CAPTURE(target.name, target.driver, at, stays, worker.said());
            REQUIRE((code == 0 || code == 3));
            const Contents now = folder.contents();
            const bool is_new = now == new_target;
            REQUIRE((is_new || now == old_target));
            if (code == 0) {
                REQUIRE(is_new);
                break;
            }
            ++refusals;
            REQUIRE_THAT(worker.said(), Contains("cannot write"));
            if (is_new) write_whole(folder, target, "old");
        }
        CHECK(refusals >= 4);
        CHECK(folder.contents() == new_target);
    }
}

TEST_CASE("A writer killed at any moment leaves the old target or the new one, and one hidden name",
          "[io][interrupted][slow]") {
    const Target target{"o.gpkg", "", "2000"};
    const Contents old_target = whole(target, "old");
    const Contents new_target = whole(target, "new");
    const TemporaryFolder folder;
    write_whole(folder, target, "old");
    const auto start = std::chrono::steady_clock::now();
    write_whole(folder, target, "old");
    const auto usual =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
    std::mt19937 random(50);
    std::uniform_int_distribution<long> moment(0, usual * 6 / 5);
    for (int run = 0; run < 50; ++run) {
        WorkerProcess worker({"write", folder / target.name, target.rows, "new"});
        std::this_thread::sleep_for(std::chrono::microseconds(moment(random)));
        worker.kill_now();
        worker.wait();
        Contents now = folder.contents();
        std::erase_if(now, [](const auto& entry) { return entry.first.starts_with(".o.gpkg.amayesh-partial"); });
        CAPTURE(run);
        REQUIRE((now == old_target || now == new_target));
        if (now == new_target) write_whole(folder, target, "old");
    }
    write_whole(folder, target, "new");
    CHECK(folder.contents() == new_target);
}

TEST_CASE("A limit on the size of files is a message and changes nothing", "[io][interrupted]") {
    for (const Target& target : targets()) {
        const TemporaryFolder folder;
        write_whole(folder, target, "old");
        const Contents before = folder.contents();
        WorkerProcess worker({"write", folder / target.name, "5000", "new", target.driver}, {.largest_file = 20'000});
        CAPTURE(target.name, target.driver);
        CHECK(worker.wait() == 3);
        CHECK_THAT(worker.said(), Contains("cannot write") && Contains("no space left"));
        CHECK(folder.contents() == before);
    }
}

TEST_CASE("A full disk is a message and changes nothing", "[io][interrupted]") {
    const TemporaryFolder folder;
    const std::string disk = folder / "disk";
    fs::create_directory(disk);
    if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=400k") != 0) {
        WARN("not run: mounting is not allowed here");
        return;
    }
    for (const Target& target : targets()) {
        const std::string place = disk + "/" + target.name;
        CAPTURE(target.name, target.driver);
        WorkerProcess small({"write", place, "60", "old", target.driver});
        CHECK(small.wait() == 0);
        const Contents before = folder.contents();
        WorkerProcess large({"write", place, "20000", "new", target.driver});
        CHECK(large.wait() == 3);
        CHECK_THAT(large.said(), Contains("cannot write") && Contains("no space left on the disk of"));
        CHECK(folder.contents() == before);
        fs::remove_all(place);
    }
    CHECK(umount(disk.c_str()) == 0);
}

TEST_CASE("Of two writers at once, one writes and the other says so", "[io][interrupted]") {
    const Target target{"o.gpkg", "", "20000"};
    const Contents first_target = whole(target, "first");
    const Contents second_target = whole(target, "second");
    const TemporaryFolder folder;
    WorkerProcess first({"write", folder / target.name, target.rows, "first"});
    WorkerProcess second({"write", folder / target.name, target.rows, "second"});
    const int first_code = first.wait();
    const int second_code = second.wait();
    CHECK((first_code == 0 || second_code == 0));
    for (const auto* worker : {&first, &second})
        if (!worker->said().empty()) CHECK_THAT(worker->said(), Contains("another run is writing it"));
    const Contents now = folder.contents();
    CHECK((now == first_target || now == second_target));
}

TEST_CASE("A folder that cannot be written to is named", "[io][interrupted]") {
    WorkerProcess worker({"write", "/proc/o.gpkg", "1", "x"});
    CHECK(worker.wait() == 3);
    CHECK_THAT(worker.said(), Contains("cannot write /proc/o.gpkg"));
}

TEST_CASE("Another day, time zone, user and locale change no byte of what is written", "[io][interrupted]") {
    if (access("/usr/bin/faketime", X_OK) != 0) {
        WARN("not run: faketime is missing");
        return;
    }
    std::vector<Target> all = targets();
    all.push_back({"o.fgb", ""});
    for (const Target& target : all) {
        const Contents here = whole(target, "same");
        const TemporaryFolder folder;
        WorkerProcess worker(
            {"write", folder / target.name, target.rows, "same", target.driver},
            {.environment = {"TZ=Asia/Tehran", "LOGNAME=other", "USER=other", "HOME=/tmp", "LC_ALL=de_DE.UTF-8"},
             .before = {"/usr/bin/faketime", "+1 day"}});
        CAPTURE(target.name, target.driver);
        CHECK(worker.wait() == 0);
        CHECK(folder.contents() == here);
    }
}

TEST_CASE("No data makes the reader open a connection", "[io][interrupted]") {
    if (access("/usr/bin/strace", X_OK) != 0) {
        WARN("not run: strace is missing");
        return;
    }
    const TemporaryFolder folder;
    const std::string address = "http://127.0.0.1:9/";
    const std::string vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/vsicurl/" + address +
                            "x.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    const std::string raster =
        "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"><VRTRasterBand band=\"1\"><SimpleSource>"
        "<SourceFilename>/vsicurl/" +
        address + "x.tif</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>";
    const std::string json =
        R"({"type":"FeatureCollection","crs":{"type":"link","properties":{"href":")" + address +
        R"(crs","type":"ogcwkt"}},"features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]})";
    make_data_set(folder / "p.shp", "ESRI Shapefile",
                  {{.geometry_type = "Point", .fields = {"a:text"}, .rows = {{"POINT (1 2)", {"x"}}}}});
    folder.write("p.prj", address + "crs");
    std::vector<std::string> words{"read",
                                   folder.write("v.shp", vrt),
                                   folder.write("v.vrt", vrt),
                                   folder.write("r.tif", raster),
                                   folder.write("j.geojson", json),
                                   folder / "p.shp",
                                   "/vsicurl/" + address + "x.gpkg",
                                   "/vsizip//vsicurl/" + address + "x.zip/a.shp",
                                   address + "x.geojson",
                                   "PG:host=127.0.0.2 dbname=x"};
    const std::string log = folder / "log";
    // A leak check cannot run under strace.
    WorkerProcess worker(words, {.environment = {"ASAN_OPTIONS=detect_leaks=0"},
                                 .before = {"/usr/bin/strace", "-f", "-e", "trace=connect,sendto,sendmsg", "-o", log}});
    const int code = worker.wait();
    const std::string calls = read_bytes(log);
    if (calls.find("exited with") == std::string::npos) {
        WARN("not run: strace may not trace here");
        return;
    }
    CHECK(code == 0);
    CHECK(calls.find("AF_INET") == std::string::npos);
}
