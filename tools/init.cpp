#include "init.hpp"

#include <filesystem>

#include <CLI/CLI.hpp>

#include <amayesh/core/error.hpp>
#include <amayesh/study/study_draft.hpp>
#include <amayesh/study/template_layers.hpp>

namespace amayesh::tools {

namespace {

class Init : public Command {
public:
    void setup(CLI::App& app) override {
        app.add_option("folder", m_folder, "Folder with the data")->type_name("FOLDER");
        app.add_option("-o,--output", m_target, "Study file to write; without it the study goes to standard output")
            ->type_name("FILE");
        add_choice(app, "--language", m_language, {"fa", "en"},
                   "Language of names where fields give them in two, and of the study")
            ->default_str(m_language);
        app.add_option("--template", m_template, "Write empty layers to be filled in QGIS, and a study beside them")
            ->type_name("FILE.gpkg");
        app.add_flag("--overwrite", m_overwrite, "Replace the output if it exists");
        app.add_flag("--json", m_json, "Print what was found as JSON on standard output");
        app.add_flag("-q,--quiet", m_common.quiet, "No progress, no summary");
        app.footer(
            "Guesses from names (English, Persian, transliterated), values and geometry what each layer is and where\n"
            "its attributes stand, and writes a commented study: every guess with how sure it is, what is missing\n"
            "blank. Units are never guessed: fill in each unit = \"\".\n"
            "With --template: a GeoPackage of empty layers with lists of words and required fields instead.");
    }

    int run() override {
        const Overwrite overwrite = m_overwrite ? Overwrite::yes : Overwrite::no;
        const Language language = m_language == "fa" ? Language::persian : Language::english;
        if (m_folder.empty() == m_template.empty())
            throw InvalidInput("name the folder that holds the data, or a file with --template");
        return m_template.empty() ? draft(language, overwrite) : write_empty_layers(language, overwrite);
    }

private:
    int draft(Language language, Overwrite overwrite) const {
        if (!m_target.empty()) require_free(m_target, overwrite);
        DraftOptions options;
        options.language = language;
        const StudyDraft draft = draft_study(m_folder, options, m_common.progress(m_target));
        const std::filesystem::path study_folder = std::filesystem::path(m_target).parent_path();
        const std::string study = to_toml(draft, study_folder);
        if (!m_target.empty()) write_study(study, m_target, overwrite);
        if (m_json)
            print(draft_json(draft));
        else if (m_target.empty())
            print(study);
        else if (!m_common.quiet)
            print(draft_summary(draft) + "wrote " + m_target + "\n");
        return exit_done;
    }

    int write_empty_layers(Language language, Overwrite overwrite) const {
        std::filesystem::path study = m_target;
        if (study.empty()) study = std::filesystem::path(m_template).replace_extension(".toml");
        require_free(study, overwrite);
        TemplateOptions options;
        options.language = language;
        options.overwrite = overwrite;
        write_study(write_template(m_template, options, study.parent_path()), study, overwrite);
        if (!m_common.quiet) print("wrote " + m_template + " and " + study.string() + "\n");
        return exit_done;
    }

    std::string m_folder;
    std::string m_template;
    std::string m_target;
    std::string m_language = "en";
    bool m_overwrite = false;
    bool m_json = false;
    CommonOptions m_common;
};

}  // namespace

std::unique_ptr<Command> make_init() { return std::make_unique<Init>(); }

}  // namespace amayesh::tools
