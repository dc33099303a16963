#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <amayesh/webpage/report_page.hpp>

#include "analysis/planning_worlds.hpp"

/// A small world and its report, read back.
namespace amayesh::worlds {

/// Over 10,000 people: A, 9.5 km from the zone Z, 12,000; B, 30.5 km, 15,000; E, 5 km, 11,000 in two settlements, 6,000
/// people at 5 km and 5,000 at 25.5 km. C is not over with 8,000, of D nothing is known. Z has 100 ha of vacant land.
inline World reported_world() {
    World world;
    world.district("A", 12'000, at_km(9.5)).name = "تبادکان";
    world.district("B", 15'000, at_km(30.5));
    world.district("C", 8'000, at_km(12));
    world.district("D", std::nullopt, at_km(13));
    world.district("E", 11'000, at_km(5));
    world.settlement("S1", 4, 6'000, at_km(5));
    world.settlement("S2", 4, 5'000, at_km(25.5));
    IndustrialZone& zone = world.zone("Z", at_km(0));
    zone.vacant_ha = 100;
    zone.net_ha = 100;
    world.area.sources_layer[UtilityKind::gas].present = false;
    return world;
}

inline Study reported_study() {
    Study study;
    study.file = "folder/study.toml";
    study.title = "Small world";
    study.calendar = Calendar::solar_hijri;
    return study;
}

inline nlohmann::json report_of(World world, const Study& study, const GapOptions& options = {},
                                std::vector<Problem> problems = {}, std::vector<BackdropLayer> backdrop = {}) {
    GapRun run;
    run.result = world.gaps(standards(), options);
    run.loaded.district_of_settlement = std::move(world.district_of_settlement);
    run.loaded.area = std::move(world.area);
    run.problems = std::move(problems);
    run.manifest = {{"parameters", "title", study.title}};
    return nlohmann::json::parse(
        report_data({.study = study, .run = run, .backdrop = backdrop, .program = "amayesh 1.2.3"}));
}

inline nlohmann::json report_of_world() { return report_of(reported_world(), reported_study()); }

/// The member of a list whose `name` (or other key) is that.
inline const nlohmann::json& named(const nlohmann::json& list, const std::string& value,
                                   const std::string& key = "name") {
    for (const nlohmann::json& item : list)
        if (item.at(key) == value) return item;
    throw std::runtime_error("nothing is called " + value);
}

/// A cell of a table, by the row's id and the column's name.
inline const nlohmann::json& cell(const nlohmann::json& table, const std::string& id, const std::string& column) {
    const auto key = table.at("key").get<std::size_t>();
    for (const nlohmann::json& row : table.at("rows"))
        if (row.at(key) == id)
            for (std::size_t c = 0; c < table.at("columns").size(); ++c)
                if (table.at("columns")[c].at("name") == column) return row.at(c);
    throw std::runtime_error("no cell " + id + ", " + column);
}

}  // namespace amayesh::worlds
