#include "gap_options.hpp"

#include <algorithm>
#include <optional>

#include <CLI/CLI.hpp>

namespace amayesh::tools {

namespace {

/// A whole number that no population on earth passes.
std::string number_of_people(const std::string& text) {
    constexpr std::size_t most_digits = 11;
    const bool is_whole = !text.empty() && text.size() <= most_digits &&
                          std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return is_whole ? std::string{} : "'" + text + "' is not a whole number of people, 0 or more";
}

}  // namespace

void UnitCommandOptions::add_to(CLI::App& app) {
    app.add_option("--over", m_over, "Assess units with strictly more people than this (default: the study's)")
        ->type_name("PEOPLE")
        ->check(number_of_people);
    add_choice(app, "--unit", m_unit, {"rural_district", "settlement"}, "What is assessed (default: the study's)");
    app.add_option("--within", m_within, "Assess only this unit, district, county or province; may be repeated")
        ->type_name("ID|NAME")
        ->allow_extra_args(false);
}

void GapCommandOptions::add_to(CLI::App& app) {
    m_units.add_to(app);
    app.add_flag("--no-reuse", m_no_reuse, "Ask for new land only: promise no vacant land of existing zones");
}

Study UnitCommandOptions::read(const std::string& file, const CommonOptions& common) const {
    std::optional<UnitKind> unit;
    if (!m_unit.empty()) unit = m_unit == "settlement" ? UnitKind::settlement : UnitKind::rural_district;
    Study study = read_study(file, unit);
    study.network_allowed = common.allow_network;
    return study;
}

GapRunOptions GapCommandOptions::options() const {
    GapRunOptions options;
    options.over = m_units.over();
    options.within = m_units.within();
    options.reuse = m_no_reuse ? LandReuse::none : LandReuse::first;
    return options;
}

}  // namespace amayesh::tools
