#include "diff.hpp"

#include <array>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/output/result_difference.hpp>
#include <amayesh/study/difference_summary.hpp>

#include "output_options.hpp"

namespace amayesh::tools {

namespace {

class Diff : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("a", m_first, "Result of 'amayesh gap' (GeoPackage), or folder of 'amayesh run': before")
            ->type_name("A")
            ->required();
        app.add_option("b", m_second, "Result to compare with it: after")->type_name("B")->required();
        m_output.add_to(app, false);
        app.add_flag("--json", m_json, "Print every difference as JSON");
        app.footer(
            "Compares the layers units and unit_utilities value by value and says by how much each differs and why:\n"
            "data (an input has other rows), standard (a coefficient differs), method (parameters or versions).\n"
            "Where several of them differ that a value depends on, it says 'or'. -o writes the layers changed_units,\n"
            "with geometry of B, and changed_values (docs/diff.md). Differences are no failure: exit code 0.");
    }

    int run() override {
        const bool is_database = m_output.target.starts_with("PG:");  // whose name may hold a password
        const Progress progress = CommonOptions{}.progress(is_database ? "" : m_output.target);
        progress("read", 0);
        const GapResultFile first = read_gap_result(m_first);
        progress("read", 0.3);
        const GapResultFile second = read_gap_result(m_second);
        progress("compare", 0.6);
        const ResultDifference difference = compare_results(first, second);
        progress("compare", 0.8);
        if (!m_output.target.empty()) write(difference, first, second, progress);
        progress("compare", 1);
        print(m_json ? difference_json(difference) : difference_summary(difference));
        return exit_done;
    }

private:
    void write(const ResultDifference& difference, const GapResultFile& first, const GapResultFile& second,
               const Progress& progress) const {
        const std::array<std::filesystem::path, 2> inputs{first.file, second.file};
        VectorSinkOptions options = m_output.sink_options();
        options.several_layers = true;
        VectorSink sink(m_output.target, options, inputs);
        const TitleLanguage language = language_of(second.manifest);
        write_difference_layers(difference, second, language, sink);
        draw_layers(language, sink);
        progress("write", 0.9);
        say(sink.finish());
    }

    std::string m_first;
    std::string m_second;
    bool m_json = false;
    OutputOptions m_output;
};

}  // namespace

std::unique_ptr<Command> make_diff() { return std::make_unique<Diff>(); }

}  // namespace amayesh::tools
