#include "explain.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/core/nearest_word.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/output/schema.hpp>
#include <amayesh/study/explain.hpp>

#include "gap_options.hpp"

namespace amayesh::tools {

namespace {

std::optional<ExplainedKind> kind_of(const std::string& word) {
    for (const ExplainedKind kind : {ExplainedKind::unit, ExplainedKind::zone, ExplainedKind::source})
        if (to_string(kind) == word) return kind;
    return std::nullopt;
}

class Explain : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("study", m_study, "Study file (TOML)")->type_name("STUDY")->required();
        app.add_option("id", m_request.id, "Id of a unit, a zone or a source")->type_name("ID")->required();
        add_choice(app, "--kind", m_kind, {"unit", "zone", "source"}, "What has this id, where several have");
        add_choice(app, "--utility", m_utility, {"water", "power", "gas", "telecom"},
                   "Whose source has this id, where several have");
        app.add_option("--column", m_columns, "Only this column (see 'amayesh schema'); may be repeated")
            ->type_name("NAME")
            ->allow_extra_args(false);
        m_gap.add_to(app);
        m_common.add_to(app);
        app.footer(
            "Judges the study as 'amayesh gap' does and prints what every value of the unit, zone or source follows\n"
            "from: the rule, other values, coefficients of the standards, and fields of the input with file and row.\n"
            "As text: values that are there, of the central case; --json has all of them and every record, so that\n"
            "each can be computed again from it alone.");
    }

    int run() override {
        m_common.apply();
        const Study study = m_gap.read(m_study, m_common);
        m_request.kind = kind_of(m_kind);
        m_request.utility = parse_utility(m_utility);
        const Explanation explanation = explain_study(study, m_gap.options(), m_request, m_common.progress());
        require_columns(explanation);
        tell_warnings(explanation);
        print(m_common.json ? explanation_json(explanation, m_columns) : explanation_text(explanation, m_columns));
        return exit_done;
    }

private:
    void tell_warnings(const Explanation& explanation) const {
        if (explanation.warnings == 0) return;
        const std::string text =
            fmt::format("{} warnings about the input; 'amayesh check {}' lists them", explanation.warnings, m_study);
        if (m_common.strict) throw InvalidInput(text);
        if (!m_common.quiet) say(printable(text));
    }

    void require_columns(const Explanation& explanation) const {
        for (const std::string& column : m_columns) {
            std::vector<std::string_view> known;
            for (const ExplainedValue& value : explanation.values) known.push_back(value.column);
            if (std::ranges::find(known, column) != known.end()) continue;
            const std::string_view near = nearest_word(column, known);
            throw InvalidInput(fmt::format("a {} has no column '{}'{}; 'amayesh schema' lists them",
                                           to_string(explanation.kind), column,
                                           near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
        }
    }

    std::string m_study;
    std::string m_kind;
    std::string m_utility;
    std::vector<std::string> m_columns;
    ExplainRequest m_request;
    GapCommandOptions m_gap;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace amayesh::tools
