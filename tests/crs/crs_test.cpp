#include <amayesh/crs/crs.hpp>

#include <array>
#include <cstdlib>
#include <string>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <amayesh/core/error.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

// As ESRI software writes it into a .prj.
constexpr auto esri_utm_40n =
    R"(PROJCS["WGS_1984_UTM_Zone_40N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",57.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])";
constexpr auto esri_wgs84 =
    R"(GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";

}  // namespace

TEST_CASE("a CRS is read from a code, WKT, PROJJSON or PROJ text", "[crs]") {
    const Crs utm = Crs::parse("EPSG:32640");
    CHECK(utm.epsg() == 32640);
    CHECK(utm.is_projected_in_metres());
    CHECK_FALSE(utm.is_geographic());
    CHECK(utm.name() == "WGS 84 / UTM zone 40N");
    CHECK(utm.wkt().find('\n') == std::string::npos);
    CHECK(Crs::parse(utm.wkt()) == utm);
    CHECK(Crs::parse(utm.wkt()).epsg() == 32640);
    CHECK(Crs::parse(" epsg:32640\n") == utm);
    CHECK(Crs::parse("urn:ogc:def:crs:EPSG::32640") == utm);
    CHECK(Crs::parse(esri_utm_40n) == utm);
    CHECK(Crs::parse(esri_utm_40n).epsg() == 32640);
    CHECK(Crs::parse("+proj=utm +zone=40 +datum=WGS84 +units=m +no_defs") == utm);
    CHECK(Crs::parse(R"({"type":"GeographicCRS","name":"WGS 84","datum":{"type":"GeodeticReferenceFrame",
        "name":"World Geodetic System 1984","ellipsoid":{"name":"WGS 84","semi_major_axis":6378137,
        "inverse_flattening":298.257223563}},"coordinate_system":{"subtype":"ellipsoidal","axis":[
        {"name":"Lon","abbreviation":"lon","direction":"east","unit":"degree"},
        {"name":"Lat","abbreviation":"lat","direction":"north","unit":"degree"}]}})")
              .is_geographic());
}

TEST_CASE("the order of the axes is no difference", "[crs]") {
    CHECK(Crs::parse("OGC:CRS84") == Crs::wgs84());
    CHECK(Crs::parse(esri_wgs84) == Crs::wgs84());
    CHECK(Crs::parse(esri_wgs84).epsg() == 4326);
    CHECK(Crs::wgs84().is_geographic());
    CHECK_FALSE(Crs::parse("EPSG:32639") == Crs::parse("EPSG:32640"));
    CHECK_FALSE(Crs::wgs84() == Crs::parse("EPSG:32640"));
}

TEST_CASE("heights are left aside", "[crs]") {
    CHECK(Crs::parse("EPSG:4979") == Crs::wgs84());
    CHECK(Crs::parse("EPSG:32640+5773").epsg() == 32640);
}

TEST_CASE("units other than metres are told apart", "[crs]") {
    const Crs feet = Crs::parse("+proj=lcc +lat_0=24 +lon_0=54 +lat_1=30 +lat_2=36 +datum=WGS84 +units=us-ft");
    CHECK_FALSE(feet.is_projected_in_metres());
    CHECK_FALSE(feet.is_geographic());
    CHECK_THROWS_WITH(Crs::parse("EPSG:4902"), Catch::Contains("degrees"));  // grads
}

TEST_CASE("names, files and addresses are refused", "[crs]") {
    for (const auto* text :
         {"", "  ", "WGS 84", "UTM", "/etc/passwd", "crs.prj", "http://example.org/crs", "https://epsg.io/32640.wkt",
          "file:///tmp/crs", "file:crs.txt", "init=epsg:4326", "+init=epsg:4326", "/vsicurl/http://example.org/a.prj",
          "EPSG:999999", "NOBODY:1", "+proj=nothing", "GEOGCS[\"broken\"", "{\"type\":\"GeographicCRS\"}"}) {
        INFO(text);
        CHECK_THROWS_AS(Crs::parse(text), CrsError);
    }
}

TEST_CASE("grid files are refused, the absence of one is not", "[crs]") {
    CHECK_THROWS_WITH(Crs::parse("+proj=longlat +ellps=intl +nadgrids=/tmp/evil.gsb"), Catch::Contains("grid"));
    CHECK_THROWS_AS(Crs::parse("+proj=longlat +ellps=intl +NADGRIDS=evil.gsb"), CrsError);
    CHECK(Crs::parse("+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m "
                     "+nadgrids=@null +wktext +no_defs")
              .is_projected_in_metres());
}

TEST_CASE("what is neither geographic nor projected is refused", "[crs]") {
    CHECK_THROWS_WITH(Crs::parse("EPSG:4978"), Catch::Contains("neither"));
    CHECK_THROWS_AS(Crs::parse(R"(LOCAL_CS["site grid",UNIT["metre",1]])"), CrsError);
    CHECK_THROWS_AS(Crs::parse("EPSG:5773"), CrsError);
}

TEST_CASE("the fitted CRS is equal-area and rounded", "[crs]") {
    SECTION("Iran: Albers") {
        const Crs crs = fit_equal_area_crs({44.03, 25.06, 63.33, 39.78});
        CHECK(crs == Crs::parse("+proj=aea +lat_0=32.5 +lon_0=53.5 +lat_1=27.5 +lat_2=37.5 +datum=WGS84"));
        CHECK(crs.is_projected_in_metres());
        CHECK(fit_equal_area_crs({44.05, 25.07, 63.31, 39.79}) == crs);
    }
    SECTION("across the equator: cylindrical") {
        CHECK(fit_equal_area_crs({-5, -6, 9, 6}) == Crs::parse("+proj=cea +lat_ts=3 +lon_0=2 +datum=WGS84"));
    }
    SECTION("near a pole: azimuthal") {
        CHECK(fit_equal_area_crs({-10, -88, 20, -70}) == Crs::parse("+proj=laea +lat_0=-90 +lon_0=5 +datum=WGS84"));
    }
    SECTION("a single place") { CHECK(fit_equal_area_crs({54, 32, 54, 32}).is_projected_in_metres()); }
    SECTION("not a region") {
        CHECK_THROWS_AS(fit_equal_area_crs({}), CrsError);
        CHECK_THROWS_WITH(fit_equal_area_crs({-100, 0, 100, 10}), Catch::Contains("200"));
        CHECK_THROWS_AS(fit_equal_area_crs({0, 0, 10, 3'500'000}), CrsError);
    }
}

TEST_CASE("a missing coordinate database is named with the folders looked in", "[crs]") {
    // In a process of its own: PROJ keeps the folders it once looked in.
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        setenv("PROJ_LIB", "/nonexistent/proj", 1);
        std::string message;
        std::thread([&] {  // a new thread has no context yet
            try {
                static_cast<void>(Crs::parse("EPSG:32639"));
            } catch (const CrsError& error) {
                message = error.what();
            }
        })
            .join();
        const bool is_written = write(ends[1], message.data(), message.size()) == static_cast<ssize_t>(message.size());
        _exit(is_written ? 0 : 1);
    }
    close(ends[1]);
    std::array<char, 1024> message{};
    const ssize_t length = read(ends[0], message.data(), message.size());
    close(ends[0]);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(length > 0);
    CHECK_THAT(std::string(message.data(), static_cast<std::size_t>(length)),
               Catch::Contains("proj.db") && Catch::Contains("/nonexistent/proj"));
}
