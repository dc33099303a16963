#include <amayesh/study/folder_run.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>
#include <nlohmann/json.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/io/output_folder.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/study/allocation_run.hpp>
#include <amayesh/study/reach_run.hpp>

#include "study/manifest.hpp"
#include "study/opened_study.hpp"
#include "study/study_inputs.hpp"
#include "study/summary_parts.hpp"

namespace amayesh {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* report_file = "report.html";
constexpr const char* travel_time_file = "travel_time.tif";
constexpr const char* travel_time_style = "travel_time.qml";
constexpr const char* summary_file = "summary.txt";
constexpr const char* json_file = "summary.json";
constexpr const char* manifest_file = "manifest.json";
constexpr const char* maker = "amayesh run";

std::string name_of(RunOutput output, const char* ending) { return std::string(to_string(output)) + ending; }

OutputFolderContent known_content() {
    OutputFolderContent content{
        {report_file, travel_time_file, travel_time_style, summary_file, json_file, manifest_file},
        manifest_file,
        maker};
    content.names.push_back(travel_time_file + std::string(".aux.xml"));  // QGIS keeps a raster's histogram there
    for (const RunOutput output : {RunOutput::gap, RunOutput::allocate, RunOutput::reach})
        for (const char* ending : {".gpkg", ".qgz"}) content.names.push_back(name_of(output, ending));
    return content;
}

bool is_asked_for(const Study& study, RunOutput output) {
    return std::ranges::find(study.run_outputs, output) != study.run_outputs.end();
}

/// Phases of writing a file go under its name.
Progress of_file(const Progress& progress, const std::string& file) {
    if (!progress) return {};
    return
        [&progress, file](std::string_view phase, double part) { progress(fmt::format("{}: {}", file, phase), part); };
}

/// XXH3-128 in the form of `xxh128sum`.
std::string hash_of(const std::filesystem::path& file) {
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    if (!state) throw std::bad_alloc();
    XXH3_128bits_reset(state.get());
    constexpr std::size_t block = std::size_t{1} << 16U;
    std::vector<char> bytes(block);
    std::ifstream in(file, std::ios::binary);
    while (in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) || in.gcount() > 0)
        XXH3_128bits_update(state.get(), bytes.data(), static_cast<std::size_t>(in.gcount()));
    if (!in.eof()) throw IoError("cannot read again what was written: " + file.filename().string());
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

/// The folder as it is filled, and what was found on the way.
class Filling {
public:
    Filling(const Study& study, const Progress& progress, OutputFolder folder)
        : m_study{study}, m_progress{progress}, m_folder{std::move(folder)} {}

    void add_gap(const GapRun& run) {
        add_package(RunOutput::gap,
                    [&](VectorSink& sink, const Progress& progress) { write_gap(run, m_study, sink, progress); });
        add_findings(RunOutput::gap, detail::gap_findings_text(run), detail::gap_findings_json(run));
    }

    void add_allocation(const AllocationRun& run) {
        add_package(RunOutput::allocate, [&](VectorSink& sink, const Progress& progress) {
            write_allocation(run, m_study, sink, progress);
        });
        add_findings(RunOutput::allocate, detail::allocation_findings_text(run),
                     detail::allocation_findings_json(run, m_study));
    }

    void add_reach(const ReachRun& run) {
        add_package(RunOutput::reach,
                    [&](VectorSink& sink, const Progress& progress) { write_reach(run, m_study, sink, progress); });
        if (run.model.surface != nullptr) add_travel_time(run);
        add_findings(RunOutput::reach, detail::reach_findings_text(run), detail::reach_findings_json(run, m_study));
    }

    void add_report(const std::string& page) { write(report_file, page); }

    /// Summary and manifest; then the folder moves into place.
    void finish(const GapRun& last, FolderRun& run) {
        run.summary = detail::summary_text(last, m_study, m_text);
        run.json = detail::printed(detail::summary_json(last, m_study, m_json));
        write(summary_file, run.summary);
        write(json_file, run.json);
        m_folder.write(manifest_file, detail::printed(manifest(last)));
        m_files.emplace_back(manifest_file);
        m_folder.finish();
        run.files = std::move(m_files);
    }

private:
    template <class Write>
    void add_package(RunOutput output, const Write& write_layers) {
        VectorSinkOptions options;
        options.several_layers = true;
        options.with_project = true;
        const std::string file = name_of(output, ".gpkg");
        VectorSink sink = open_output(m_study, m_folder.place_of(file), options);
        write_layers(sink, of_file(m_progress, file));
        m_files.push_back(file);
        m_files.push_back(name_of(output, ".qgz"));
    }

    void add_travel_time(const ReachRun& run) {
        RasterSink sink = open_travel_raster(m_study, m_folder.place_of(travel_time_file), Overwrite::no);
        write_travel_raster(run, m_study, CellType::float32, sink, of_file(m_progress, travel_time_file));
        sink.publish();
        m_files.emplace_back(travel_time_file);
        m_files.emplace_back(travel_time_style);
    }

    void add_findings(RunOutput output, const std::string& text, Json json) {
        m_text += text;
        if (!m_text.ends_with("\n\n")) m_text += "\n";
        m_json[std::string(to_string(output))] = std::move(json);
    }

    void write(const char* file, const std::string& text) {
        m_folder.write(file, text);
        m_files.emplace_back(file);
    }

    [[nodiscard]] Json manifest(const GapRun& last) const {
        Json root{{"made_by", maker}, {"schema_version", schema_version}, {"title", m_study.title}};
        for (const std::string& name : m_files) {
            const std::filesystem::path place = m_folder.place_of(name);
            root["files"].push_back(
                {{"name", name}, {"bytes", std::filesystem::file_size(place)}, {"xxh3_128", hash_of(place)}});
        }
        for (const ManifestEntry& entry : last.manifest)
            root["entries"].push_back({{"section", entry.section}, {"key", entry.key}, {"value", entry.value}});
        return root;
    }

    const Study& m_study;
    const Progress& m_progress;
    OutputFolder m_folder;
    std::vector<std::string> m_files;
    std::string m_text;
    Json m_json = Json::object();
};

void require_ways(const Study& study) {
    if (study.reach.kind == ReachKind::straight && is_asked_for(study, RunOutput::reach))
        throw InvalidInput(
            "'reach' is among the outputs, but the study's reach is straight: set it to roads or surface, or leave "
            "'reach' out");
}

bool is_refused(const GapRun& run, Severity refused) {
    return !run.result ||
           std::ranges::any_of(run.problems, [&](const Problem& problem) { return problem.severity <= refused; });
}

/// Asks for the ways in what `judged` was found in, which is there again afterwards.
void add_ways(const Study& study, const GapRunOptions& options, detail::OpenedStudy& opened, GapRun& judged,
              Filling& filling, const Progress& progress) {
    opened.loaded = std::move(judged.loaded);
    ReachRun ways =
        detail::find_ways(study, {.over = options.over, .within = options.within}, std::move(opened), progress);
    filling.add_reach(ways);
    judged.loaded = std::move(ways.loaded);
    detail::add_parameter(judged.manifest, "people_minutes", detail::listed_minutes(study.reach.people_limits));
}

}  // namespace

FolderRun run_into_folder(const Study& study, const std::filesystem::path& folder, const FolderRunOptions& options,
                          const Progress& progress) {
    require_ways(study);
    Filling filling(study, progress, {folder, known_content(), options.overwrite, detail::inputs_of(study)});
    GapStandards standards = gap_standards(study.standards);
    detail::OpenedStudy opened = detail::open_study(study, options.gap.within, options.gap.tables, progress);
    AllocationRun found{.gap = detail::judge(study, options.gap, std::move(standards), opened, progress),
                        .services = {}};
    FolderRun run;
    run.errors = found.gap.count(Severity::error);
    run.warnings = found.gap.count(Severity::warning);
    if (is_refused(found.gap, options.refused)) {
        run.summary = detail::summary_text(found.gap, study, {});
        run.json = detail::printed(detail::summary_json(found.gap, study, Json::object()));
        return run;
    }
    if (is_asked_for(study, RunOutput::gap)) filling.add_gap(found.gap);
    if (is_asked_for(study, RunOutput::report) && options.make_report)
        filling.add_report(options.make_report(found.gap));
    if (is_asked_for(study, RunOutput::allocate)) {
        found = with_service_areas(std::move(found.gap), progress);
        filling.add_allocation(found);
    }
    if (is_asked_for(study, RunOutput::reach)) add_ways(study, options.gap, opened, found.gap, filling, progress);
    filling.finish(found.gap, run);
    return run;
}

}  // namespace amayesh
