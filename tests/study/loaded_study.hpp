#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <amayesh/study/load.hpp>
#include <catch2/catch.hpp>

#include "study/written_study.hpp"

/// A GeoJSON file built feature by feature; coordinates as text, so that a test can write what no library would.
class GeoJsonText {
public:
    /// `crs`: "EPSG:32639"; empty = longitude, latitude.
    explicit GeoJsonText(std::string crs = {}) : m_crs{std::move(crs)} {}

    /// `geometry`: JSON or "null". `properties`: JSON members.
    GeoJsonText& add(const std::string& geometry, const std::string& properties) {
        m_features.push_back(R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}");
        return *this;
    }
    GeoJsonText& add_point(double x, double y, const std::string& properties) {
        return add(fmt::format(R"({{"type":"Point","coordinates":[{},{}]}})", x, y), properties);
    }
    GeoJsonText& add_polygon(const std::vector<amayesh::Point>& ring, const std::string& properties) {
        std::string vertices;
        for (const amayesh::Point& p : ring)
            vertices += fmt::format("{}[{},{}]", vertices.empty() ? "" : ",", p.x, p.y);
        return add(R"({"type":"Polygon","coordinates":[[)" + vertices + "]]}", properties);
    }
    GeoJsonText& add_rectangle(double west, double south, double east, double north, const std::string& properties) {
        return add_polygon({{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, properties);
    }
    GeoJsonText& reverse() {
        std::ranges::reverse(m_features);
        return *this;
    }

    [[nodiscard]] std::string text() const {
        std::string features;
        for (const std::string& feature : m_features) features += (features.empty() ? "" : ",\n") + feature;
        const std::string crs =
            m_crs.empty() ? "" : R"("crs":{"type":"name","properties":{"name":")" + m_crs + R"("}},)";
        return R"({"type":"FeatureCollection",)" + crs + "\"features\":[\n" + features + "\n]}\n";
    }

private:
    std::string m_crs;
    std::vector<std::string> m_features;
};

/// What loading a study gives.
struct Loading {
    amayesh::LoadedStudy loaded;
    amayesh::ProblemReport problems;

    [[nodiscard]] std::vector<amayesh::Problem> of(amayesh::ProblemKind kind) const {
        std::vector<amayesh::Problem> found;
        for (amayesh::Problem& problem : problems.sorted())
            if (problem.kind == kind) found.push_back(std::move(problem));
        return found;
    }
    /// The only finding of a kind; fails the test where there is none or more.
    [[nodiscard]] amayesh::Problem only(amayesh::ProblemKind kind) const {
        std::vector<amayesh::Problem> found = of(kind);
        INFO("findings: " << text());
        REQUIRE(found.size() == 1);
        return found.front();
    }
    /// Every finding but notes, a line each.
    [[nodiscard]] std::string text() const {
        std::string lines;
        for (const amayesh::Problem& p : problems.sorted())
            lines += fmt::format("{} {} {} '{}': {} [{}]\n", to_string(p.severity), to_string(p.kind), p.layer,
                                 p.feature, p.message, p.action);
        return lines;
    }
    /// The id of the district that a settlement was placed in; "" for none.
    [[nodiscard]] std::string district_of(const std::string& settlement) const {
        for (std::size_t i = 0; i < loaded.area.settlements.size(); ++i) {
            if (loaded.area.settlements[i].id != settlement) continue;
            const std::size_t district = loaded.district_of_settlement.at(i);
            return district == amayesh::LoadedStudy::no_district ? "" : loaded.area.rural_districts.at(district).id;
        }
        FAIL("no settlement " << settlement);
        return {};
    }
};

inline Loading load(const WrittenStudy& study) {
    Loading loading;
    loading.loaded = amayesh::load_study(study.read(), loading.problems);
    for (const amayesh::InputRecord& input : loading.loaded.inputs) {
        INFO(input.source);
        CHECK(input.features_in == input.features_filtered + input.features_used + input.features_skipped);
    }
    return loading;
}

/// Two districts side by side, 0.2° wide and 0.1° high, with a settlement each.
inline const std::string plain_study = R"(schema_version = 1
[layers.rural_districts]
source = "districts.geojson"
[layers.rural_districts.fields]
id = "code"
name = "name"
population = "people"

[layers.settlements]
source = "settlements.geojson"
[layers.settlements.fields]
id = "code"
name = "name"
)";

inline GeoJsonText plain_districts() {
    GeoJsonText districts;
    districts.add_rectangle(50.0, 30.0, 50.2, 30.1, R"("code":"d1","name":"West","people":12000)")
        .add_rectangle(50.2, 30.0, 50.4, 30.1, R"("code":"d2","name":"East","people":null)");
    return districts;
}

inline GeoJsonText plain_settlements() {
    GeoJsonText settlements;
    settlements.add_point(50.1, 30.05, R"("code":"s1","name":"Alef")")
        .add_point(50.3, 30.05, R"("code":"s2","name":"Be")");
    return settlements;
}

/// Writes the two layers of `plain_study`.
inline void write_plain(const WrittenStudy& study, const GeoJsonText& districts = plain_districts(),
                        const GeoJsonText& settlements = plain_settlements()) {
    study.write("districts.geojson", districts.text());
    study.write("settlements.geojson", settlements.text());
}
