#pragma once

#include <string>
#include <vector>

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <amayesh/io/vector_sink.hpp>

namespace amayesh::test {

inline const MultiPolygon with_hole{{{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{{2, 1}, {3, 1}, {3, 2}, {2, 1}}}},
                                     {{{10, 0}, {11, 0}, {11, 1}, {10, 0}}, {}}}};

inline LayerDefinition units(GeometryKind kind = GeometryKind::multi_polygon) {
    return {.name = "units",
            .title = "Rural districts",
            .geometry = kind,
            .fields = {{.name = "unit_id", .title = "شناسه", .required = true},
                       {.name = "people",
                        .type = Column::Type::integer,
                        .title = "Population",
                        .comment = "people; NULL = unknown"},
                       {.name = "gap_area_ha", .short_name = "gap_ha", .type = Column::Type::real},
                       {.name = "status",
                        .title = "Status",
                        .domain = {{"served", "خدمت‌رسانی شده"}, {"no_zone", "No zone"}}}}};
}

using Row = std::vector<FieldValue>;

/// The answer of a SQLite file, each value followed by "|".
inline std::string ask(const std::string& file, const std::string& query) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    std::string answer;
    const auto collect = [](void* all, int count, char** values, char**) {
        for (int i = 0; i < count; ++i)
            *static_cast<std::string*>(all) += std::string(values[i] ? values[i] : "NULL") + "|";
        return 0;
    };
    CHECK(sqlite3_exec(database, query.c_str(), collect, &answer, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    return answer;
}

}  // namespace amayesh::test
