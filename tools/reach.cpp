#include "reach.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/study/reach_run.hpp>
#include <amayesh/study/run.hpp>
#include <amayesh/study/summary.hpp>

#include "assessment_arguments.hpp"
#include "gap_options.hpp"
#include "output_options.hpp"

namespace amayesh::tools {

namespace {

namespace fs = std::filesystem;

/// A raster that the command line asks for.
struct AskedRaster {
    std::string target;
    CellType type = CellType::float32;
    std::optional<RasterSink> sink{};
};

/// The style beside a raster, named after it.
std::string style_of(const std::string& raster) { return fs::path(raster).replace_extension(".qml").string(); }

/// Links are followed as far as there is anything.
fs::path followed(const std::string& name) {
    const fs::path path = fs::absolute(name).lexically_normal();
    std::error_code error;
    const fs::path found = fs::weakly_canonical(path, error);
    return error ? path : found;
}

bool is_same_file(const std::string& a, const std::string& b) {
    std::error_code error;
    return followed(a) == followed(b) || fs::equivalent(a, b, error);
}

[[noreturn]] void refuse_same(const std::string& option, const std::string& target, const std::string& other_option,
                              const std::string& other) {
    const std::string way = target == other ? "" : ", by another way as '" + printable(other) + "'";
    throw InvalidInput(option + " and " + other_option + " name the same file, '" + printable(target) + "'" + way);
}

class Reach : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
        m_output.add_to(app, true);
        m_units.add_to(app);
        add_choice(app, "--by", m_by, {"roads", "surface"},
                   "Over roads, or over terrain and roads (default: the study's reach)");
        const auto refuse_no_name = [](const std::string& given) {
            return given.empty() ? std::string("the name of the file is empty") : std::string{};
        };
        app.add_option("--travel-time", m_minutes.target,
                       "Also write minutes to the nearest zone for every cell of the surface (GeoTIFF)")
            ->type_name("FILE")
            ->check(refuse_no_name);
        app.add_option("--whole-minutes", m_whole.target, "The same as whole minutes with a palette")
            ->type_name("FILE")
            ->check(refuse_no_name);
        m_common.add_to(app);
        app.footer(
            "Times are of the quickest way to a serving zone, or from it where the study's [reach] direction says so. "
            "Who is\n"
            "at a limit is within it; limits are the study's people_minutes (default: 15, 30, 45, 60). A place from "
            "which no\n"
            "way was found is listed in the layer unroutable, and counted neither as near nor as far.\n\n"
            "Writes the layers unit_travel, unit_travel_people, settlement_travel, zone_travel, unroutable, "
            "travel_rollups,\n"
            "problems and manifest, by surface isochrones too ('amayesh schema' tells each column). Times are in "
            "minutes,\n"
            "lengths in km. Nothing is written where the input has errors.");
    }

    int run() override {
        m_common.apply();
        const Study study = read_study();
        check_targets(study);
        VectorSinkOptions sink_options = m_output.sink_options();
        sink_options.several_layers = true;
        sink_options.with_project = true;
        VectorSink sink = open_output(study, m_output.target, sink_options);
        for (AskedRaster* raster : {&m_minutes, &m_whole})
            if (!raster->target.empty())
                raster->sink = open_travel_raster(study, raster->target, sink_options.overwrite);
        const Progress progress = m_common.progress(sink.shown_target());
        const ReachRun found = run_reach(study, {.over = m_units.over(), .within = m_units.within()}, progress);
        const bool refused = !found.reach || (m_common.strict && found.count(Severity::warning) > 0);
        if (!refused) write(found, study, sink, progress);
        print(m_common.json ? reach_json(found, study) : reach_summary(found, study));
        if (refused)
            throw refused_input(found.count(Severity::error), found.count(Severity::warning), sink.shown_target(),
                                m_study);
        if (!m_common.quiet) say_what_was_written(sink);
        return exit_done;
    }

private:
    [[nodiscard]] Study read_study() const {
        Study study = m_units.read(m_study, m_common);
        if (!m_by.empty()) study.reach.kind = m_by == "roads" ? ReachKind::roads : ReachKind::surface;
        return study;
    }

    void check_targets(const Study& study) const {
        for (const AskedRaster* raster : {&m_minutes, &m_whole}) {
            if (raster->target.empty()) continue;
            const std::string option = raster == &m_minutes ? "--travel-time" : "--whole-minutes";
            if (study.reach.kind != ReachKind::surface)
                throw InvalidInput(option + " needs a surface: give --by surface");
            const fs::path path(raster->target);
            if (path.extension() != ".tif" && path.extension() != ".tiff")
                throw InvalidInput(option + " '" + printable(raster->target) + "': the name must end in .tif or .tiff");
            if (is_same_file(raster->target, m_output.target))
                refuse_same(option, raster->target, "--output", m_output.target);
        }
        if (!m_minutes.target.empty() && !m_whole.target.empty() && is_same_file(m_minutes.target, m_whole.target))
            refuse_same("--travel-time", m_minutes.target, "--whole-minutes", m_whole.target);
        if (!m_minutes.target.empty() && !m_whole.target.empty() &&
            is_same_file(style_of(m_minutes.target), style_of(m_whole.target)))
            throw InvalidInput("--travel-time and --whole-minutes would share the style '" +
                               printable(style_of(m_whole.target)) + "'; give them names that differ before the dot");
    }

    /// Everything is written before anything is moved into place.
    void write(const ReachRun& found, const Study& study, VectorSink& sink, const Progress& progress) {
        for (AskedRaster* raster : {&m_minutes, &m_whole})
            if (raster->sink) write_travel_raster(found, study, raster->type, *raster->sink, progress);
        say(write_reach(found, study, sink, progress));
        for (AskedRaster* raster : {&m_minutes, &m_whole})
            if (raster->sink) raster->sink->publish();
    }

    void say_what_was_written(const VectorSink& sink) const {
        say("wrote " + printable(sink.shown_target()));
        for (const AskedRaster* raster : {&m_minutes, &m_whole})
            if (raster->sink) say("wrote " + printable(raster->target));
    }

    std::string m_study;
    std::string m_by;
    AskedRaster m_minutes{.target = {}, .type = CellType::float32};
    AskedRaster m_whole{.target = {}, .type = CellType::uint16};
    UnitCommandOptions m_units;
    OutputOptions m_output;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_reach() { return std::make_unique<Reach>(); }

}  // namespace amayesh::tools
