#include "man_page.hpp"

#include <cctype>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

namespace amayesh::tools {

namespace {

/// Text that roff prints as it stands.
std::string roff(std::string_view text) {
    std::string safe;
    for (const char c : text) switch (c) {
            case '\\':
                safe += "\\e";
                break;
            case '-':
                safe += "\\-";
                break;
            case '\'':
                safe += "\\(aq";
                break;
            case '`':
                safe += "\\(ga";
                break;
            case '^':
                safe += "\\(ha";
                break;
            case '~':
                safe += "\\(ti";
                break;
            default:
                safe += c;
        }
    return safe.starts_with('.') ? "\\&" + safe : safe;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string upper(std::string text) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

/// Filled paragraphs: only empty lines of the source part them.
std::string paragraphs(const std::string& prose) {
    std::string text;
    std::istringstream lines(prose);
    for (std::string line; std::getline(lines, line);) text += line.empty() ? ".PP\n" : roff(line) + "\n";
    return text;
}

/// Words in capitals are to be filled in.
std::string synopsis(const std::string& text) {
    std::string line;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const char first = word.starts_with('[') ? word[1] : word[0];
        const bool is_open = std::isupper(static_cast<unsigned char>(first)) != 0;
        line += (line.empty() ? "" : " ") + (is_open ? italic(word) : bold(word));
    }
    return line;
}

std::string value_text(const OptionPage& option) {
    if (option.choices.empty()) return italic(option.value);
    std::string text;
    for (const std::string& choice : option.choices) text += (text.empty() ? "" : "|") + bold(choice);
    return text;
}

std::string option_text(const OptionPage& option) {
    std::string text = ".TP\n";
    for (const std::string& word : option.words) text += (word == option.words.front() ? "" : ", ") + bold(word);
    if (!option.value.empty()) text += (option.words.empty() ? "" : " ") + value_text(option);
    text += "\n" + roff(option.description);
    if (option.is_required && !option.words.empty()) text += " (required)";
    if (!option.default_value.empty()) text += roff(fmt::format(" (default: {})", option.default_value));
    return text + "\n";
}

std::string options_text(const char* heading, const std::vector<OptionPage>& options) {
    std::string text = options.empty() ? "" : fmt::format(".SH {}\n", heading);
    for (const OptionPage& option : options) text += option_text(option);
    return text;
}

std::string commands_text(const std::vector<CommandPage>& all) {
    std::string text = ".SH COMMANDS\n";
    for (const CommandPage& page : all)
        text += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n", roff(man_name(page)), roff(page.summary));
    return text;
}

std::string guide_text(const Guide& guide) {
    std::string text = ".SH EXAMPLES\n";
    for (const Example& example : guide.examples)
        text += fmt::format(".TP\n{}\n{}\n", bold(example.line), roff(example.effect));
    text += ".SH EXIT STATUS\n";
    for (const ExitCode& code : exit_codes(guide))
        text += fmt::format(".TP\n{}\n{}\n", code.number, roff(code.meaning));
    return text;
}

std::string see_also(const CommandPage& page, const std::vector<CommandPage>& all) {
    std::string text = ".SH SEE ALSO\n";
    const char* separator = "";
    for (const CommandPage& other : all) {
        if (other.name == page.name) continue;
        text += fmt::format("{}\\fB{}\\fR(1)", separator, roff(man_name(other)));
        separator = ",\n";
    }
    return text + "\n";
}

}  // namespace

std::string man_name(const CommandPage& page) { return page.name == "amayesh" ? page.name : "amayesh-" + page.name; }

std::string man_page(const CommandPage& page, const std::vector<CommandPage>& all) {
    const bool is_program = page.name == "amayesh";
    const std::string name = man_name(page);
    std::string text = fmt::format("'\\\" -*- coding: utf-8 -*-\n.TH {} 1 \"\" \"amayesh {}\" \"User Commands\"\n",
                                   roff(upper(name)), AMAYESH_VERSION);
    text += ".nh\n.ad l\n";  // names and paths are not to be parted
    text += fmt::format(".SH NAME\n{} \\- {}\n", roff(name), roff(page.summary));
    text += ".SH SYNOPSIS\n" + synopsis(page.synopsis) + "\n";
    text += ".SH DESCRIPTION\n" + paragraphs(page.prose);
    if (is_program) text += commands_text(all);
    text += options_text("ARGUMENTS", page.positionals) + options_text("OPTIONS", page.options);
    return text + guide_text(page.guide) + (is_program ? "" : see_also(page, all));
}

}  // namespace amayesh::tools
