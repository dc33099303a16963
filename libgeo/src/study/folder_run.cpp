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

#include "study/study_inputs.hpp"
#include "study/summary_parts.hpp"

namespace amayesh {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* report_file = "report.html";
constexpr const char* summary_file = "summary.txt";
constexpr const char* json_file = "summary.json";
constexpr const char* manifest_file = "manifest.json";
constexpr const char* maker = "amayesh run";

std::string name_of(RunOutput output, const char* ending) { return std::string(to_string(output)) + ending; }

OutputFolderContent known_content() {
    OutputFolderContent content{{report_file, summary_file, json_file, manifest_file}, manifest_file, maker};
    for (const RunOutput output : {RunOutput::gap, RunOutput::allocate})
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

bool is_refused(const GapRun& run, Severity refused) {
    return !run.result ||
           std::ranges::any_of(run.problems, [&](const Problem& problem) { return problem.severity <= refused; });
}

}  // namespace

FolderRun run_into_folder(const Study& study, const std::filesystem::path& folder, const FolderRunOptions& options,
                          const Progress& progress) {
    Filling filling(study, progress, {folder, known_content(), options.overwrite, detail::inputs_of(study)});
    AllocationRun found{.gap = run_gap(study, options.gap, progress), .services = {}};
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
    filling.finish(found.gap, run);
    return run;
}

}  // namespace amayesh
