#include <amayesh/study/study_file.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "study/attribute_words.hpp"
#include "study/study_parsing.hpp"

namespace amayesh {
namespace {

using detail::Choice;
using detail::FileErrors;
using detail::Section;
using detail::TableReader;
using detail::TomlNode;

constexpr std::array<Choice<Language>, 4> languages{{{"en", Language::english},
                                                     {"fa", Language::persian},
                                                     {"english", Language::english},
                                                     {"persian", Language::persian}}};
constexpr std::array<Choice<Calendar>, 2> calendars{
    {{"gregorian", Calendar::gregorian}, {"solar_hijri", Calendar::solar_hijri}}};
constexpr std::array<Choice<UnitKind>, 2> assessed_units{
    {{"rural_district", UnitKind::rural_district}, {"settlement", UnitKind::settlement}}};
constexpr std::array<Choice<Metric>, 2> metrics{{{"geodesic", Metric::geodesic}, {"planar", Metric::planar}}};
constexpr std::array<Choice<ReachKind>, 3> reach_kinds{
    {{"straight", ReachKind::straight}, {"roads", ReachKind::roads}, {"surface", ReachKind::surface}}};
constexpr std::array<Choice<Sharing>, 2> sharings{{{"most", Sharing::most}, {"even", Sharing::even}}};

void parse_about(const TableReader& top, Study& study) {
    const std::string version = top.required_text("schema_version");
    if (top.has("schema_version") && version != "1")
        top.report("schema_version", fmt::format("schema_version {} is not known here; this program reads 1", version));
    study.title = top.text("title");
    study.language = top.choice("language", languages).value_or(Language::english);
    study.calendar = top.choice("calendar", calendars).value_or(Calendar::gregorian);
    FileErrors& errors = top.errors();
    if (const TomlNode* crs = top.find("crs"))
        study.working_crs = detail::parse_working_crs(TableReader(*crs, Section::crs, "[crs]", errors), "working");
    if (const TomlNode* output = top.find("output"))
        study.output_crs = detail::parse_crs(TableReader(*output, Section::output, "[output]", errors), "crs");
}

std::vector<ZoneStatus> parse_statuses(const TableReader& assess) {
    std::vector<ZoneStatus> statuses;
    for (const std::string& word : assess.texts("serving_statuses")) {
        const auto status = detail::find_word(word, parse_zone_status);
        if (!status)
            assess.report_unknown_word("serving_statuses", word, detail::words_of(LayerRole::zones, "status"));
        else if (std::find(statuses.begin(), statuses.end(), *status) == statuses.end())
            statuses.push_back(*status);
    }
    if (statuses.empty() && assess.texts("serving_statuses").empty())
        assess.report("serving_statuses", "'serving_statuses' in [assess] is empty: no zone would serve anyone");
    return statuses;
}

void parse_assess(const TableReader& assess, Study& study) {
    study.unit = assess.choice("unit", assessed_units).value_or(study.unit);
    study.metric = assess.choice("distance", metrics).value_or(study.metric);
    study.sharing = assess.choice("sharing", sharings).value_or(study.sharing);
    study.reach.kind = assess.choice("reach", reach_kinds).value_or(study.reach.kind);
    if (const auto over = assess.whole("over")) {
        study.over = *over;
        if (study.over < 0) assess.report("over", "'over' in [assess] is a number of people and cannot be negative");
    }
    if (assess.has("serving_statuses")) study.serving_statuses = parse_statuses(assess);
    study.date = detail::parse_date_text(assess, "date", study.calendar);
}

void parse_run(const TableReader& run, Study& study) {
    if (!run.has("outputs")) return;
    std::vector<std::string_view> known;
    for (const RunOutput output : all_run_outputs) known.push_back(to_string(output));
    const std::vector<std::string> wanted = run.texts("outputs");
    for (const std::string& word : wanted)
        if (std::ranges::find(known, word) == known.end()) run.report_unknown_word("outputs", word, known);
    if (wanted.empty()) run.report("outputs", "'outputs' in [run] is empty: nothing would be written");
    if (study.reach.kind == ReachKind::straight &&
        std::ranges::find(wanted, to_string(RunOutput::reach)) != wanted.end())
        run.report(
            "outputs",
            "'outputs' in [run] lists 'reach', but zones are reached by a straight line, which takes no time: set "
            "reach = \"roads\" or \"surface\" in [assess], or take 'reach' out of the list");
    std::erase_if(study.run_outputs,
                  [&](RunOutput output) { return std::ranges::find(wanted, to_string(output)) == wanted.end(); });
}

void read_named_standards(const TableReader& table, Study& study) {
    for (const std::string& name : table.texts("files")) {
        const auto file = detail::find_standards_file(name, study.file.parent_path());
        if (!file) {
            table.report("files", fmt::format("standards file '{}' is neither beside the study nor among the standards "
                                              "of this program",
                                              name));
            continue;
        }
        for (auto& [key, coefficient] : read_standards(*file).coefficients)
            study.standards.coefficients.insert_or_assign(key, coefficient);
        study.standards_files.push_back(*file);
    }
}

void parse_standards(const TomlNode& node, Study& study, FileErrors& errors) {
    const TableReader table(node, Section::standards, "[standards]", errors);
    read_named_standards(table, study);
    if (const TomlNode* values = table.find("values"))
        detail::parse_coefficients(*values, "", detail::CoefficientOrigin::study, study.standards, errors);
}

bool has_layer(const Study& study, LayerRole role) {
    return std::any_of(study.layers.begin(), study.layers.end(),
                       [&](const LayerStudy& layer) { return layer.role == role; });
}

void check_assessed_layer(const TableReader& top, const Study& study) {
    const LayerRole needed = study.unit == UnitKind::settlement ? LayerRole::settlements : LayerRole::rural_districts;
    if (!has_layer(study, needed))
        top.report("layers", fmt::format("there is no [layers.{}], the places that are assessed", to_string(needed)));
    for (const LayerStudy& layer : study.layers)
        if (layer.derive && !has_layer(study, LayerRole::settlements))
            top.errors().add(layer.derive->line,
                             "[layers.rural_districts.derive] grows districts from settlements, but "
                             "there is no [layers.settlements]");
}

void check_reach_layers(const TableReader& top, const Study& study) {
    if (study.reach.kind == ReachKind::roads && !has_layer(study, LayerRole::roads))
        top.report("assess", "reach = \"roads\" in [assess] needs a [layers.roads]");
}

}  // namespace

std::string_view to_string(RunOutput output) noexcept {
    switch (output) {
        case RunOutput::gap:
            return "gap";
        case RunOutput::report:
            return "report";
        case RunOutput::allocate:
            return "allocate";
        case RunOutput::reach:
            return "reach";
    }
    return {};
}

Study read_study(const std::filesystem::path& file, std::optional<UnitKind> unit) {
    TomlNode document = detail::read_toml(file);
    document.line = 1;
    FileErrors errors(detail::printable_name(file));
    const TableReader top(document, Section::study, "the study", errors);

    Study study;
    study.file = file;
    parse_about(top, study);
    if (const TomlNode* assess = top.find("assess"))
        parse_assess(TableReader(*assess, Section::assess, "[assess]", errors), study);
    study.unit = unit.value_or(study.unit);
    if (const TomlNode* reach = top.find("reach"))
        detail::parse_reach(TableReader(*reach, Section::reach, "[reach]", errors), study.reach);
    if (study.reach.kind != ReachKind::straight) study.run_outputs.push_back(RunOutput::reach);
    if (const TomlNode* run = top.find("run")) parse_run(TableReader(*run, Section::run, "[run]", errors), study);
    if (const TomlNode* standards = top.find("standards")) parse_standards(*standards, study, errors);
    if (const TomlNode* layers = top.find("layers")) study.layers = parse_layers(*layers, study.calendar, errors);
    for (const TomlNode* backdrop : top.tables("backdrop"))
        study.backdrop.push_back(detail::parse_backdrop(*backdrop, errors));
    check_assessed_layer(top, study);
    check_reach_layers(top, study);
    errors.throw_if_any();
    return study;
}

}  // namespace amayesh
