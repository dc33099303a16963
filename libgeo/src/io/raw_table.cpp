#include "io/raw_table.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

namespace amayesh::detail {
namespace {

constexpr std::size_t longest_sample = 60;  ///< Bytes of a text shown in a message.

bool equal_but_for_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string cut_sample(std::string_view text) {
    return text.size() <= longest_sample ? std::string(text)
                                         : std::string(utf8_prefix(text.substr(0, longest_sample))) + "…";
}

void report_guess(const FeatureTable& table, const RawTable& raw, const VectorSourceOptions& options,
                  const TextDecoder& decoder, ProblemReport& problems) {
    const bool is_certain = decoder.encoding() == "UTF-8";
    const std::string stated = raw.stated_encoding.empty() ? "CP1252" : raw.stated_encoding;
    const std::string before = TextDecoder(stated == "UTF-8" ? "CP1252" : stated).decode(raw.evidence.sample());
    const std::string after = decoder.decode(raw.evidence.sample());
    problems.add(problem_of(table, options, is_certain ? Severity::note : Severity::warning,
                            ProblemKind::encoding_guessed,
                            fmt::format("the file states {}, its bytes are {}: '{}' was read as '{}'",
                                        raw.stated_encoding.empty() ? "no encoding" : "encoding " + raw.stated_encoding,
                                        decoder.encoding(), cut_sample(before), cut_sample(after)),
                            fmt::format("read as {}; encoding = \"…\" in the study settles it", decoder.encoding())));
}

struct LostTexts {
    std::size_t question_marks = 0;
    std::size_t not_utf8 = 0;
    std::string sample;          ///< Of those that are not UTF-8.
    std::string foreign_sample;  ///< Of a column whose bytes are not the file's CP1256.
};

LostTexts decode_column(Column& column, const TextDecoder& decoder) {
    const bool is_utf8_file = decoder.encoding() == "UTF-8";
    LostTexts lost;
    EncodingEvidence evidence;
    if (decoder.encoding() == "CP1256")
        for (const std::string& text : column.texts) evidence.add(text);
    if (!evidence.is_empty() && !evidence.is_mostly_arabic()) lost.foreign_sample = decoder.decode(evidence.sample());
    for (std::string& text : column.texts) {
        if (is_question_marks(text)) {
            ++lost.question_marks;
            continue;
        }
        if (is_ascii(text) || (is_utf8_file && is_utf8(text))) continue;
        text = decoder.decode(text);
        if (!is_utf8_file) continue;
        ++lost.not_utf8;
        if (lost.sample.empty()) lost.sample = text;
    }
    return lost;
}

void report_lost(const FeatureTable& table, const Column& column, const LostTexts& lost,
                 const VectorSourceOptions& options, ProblemReport& problems) {
    const auto add = [&](std::string message, std::string action) {
        Problem problem = problem_of(table, options, Severity::warning, ProblemKind::text_implausible,
                                     std::move(message), std::move(action));
        problem.field = column.name;
        problems.add(std::move(problem));
    };
    if (lost.question_marks > 0)
        add(fmt::format(
                "{} of {} texts are nothing but question marks: the letters were lost before the file came here",
                lost.question_marks, column.size()),
            "kept; get the file again, or join the names from a table by code");
    if (lost.not_utf8 > 0)
        add(fmt::format("{} of {} texts are not UTF-8 as the rest is; the first became '{}'", lost.not_utf8,
                        column.size(), cut_sample(lost.sample)),
            "cut to the last whole letter, or read as CP1256");
    if (!lost.foreign_sample.empty())
        add(fmt::format("the texts are not words in CP1256, as the rest of the file is: '{}'",
                        cut_sample(lost.foreign_sample)),
            "kept; they may be in the codes of an old font: use another field");
}

}  // namespace

std::size_t find_field(const std::vector<std::string>& names, std::string_view wanted) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == wanted) return i;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (equal_but_for_case(names[i], wanted)) return i;
    return std::string::npos;
}

std::vector<std::string> wanted_fields(const VectorSourceOptions& options) {
    std::vector<std::string> wanted;
    if (options.fields) wanted = *options.fields;
    for (const std::string& name : {options.x_field, options.y_field, options.wkt_field})
        if (!name.empty()) wanted.push_back(name);
    return wanted;
}

bool has_all_fields(const std::vector<std::string>& names, const VectorSourceOptions& options) {
    const std::vector<std::string> wanted = wanted_fields(options);
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const std::string& name) { return find_field(names, name) != std::string::npos; });
}

std::vector<bool> choose_fields(const std::vector<std::string>& names, const VectorSourceOptions& options,
                                std::string_view shown) {
    std::vector<bool> chosen(names.size(), !options.fields);
    for (const std::string& wanted : wanted_fields(options)) {
        const std::size_t at = find_field(names, wanted);
        if (at == std::string::npos)
            fail_to_read(
                shown, fmt::format("it has no field '{}'", wanted),
                names.empty() ? "it has no fields at all" : fmt::format("its fields are {}", fmt::join(names, ", ")));
        chosen[at] = true;
    }
    return chosen;
}

std::vector<std::string> decode_names(const std::vector<std::string>& raw, const std::string& stated,
                                      const std::string& forced) {
    EncodingEvidence evidence;
    for (const std::string& name : raw) evidence.add(name);
    if (evidence.is_empty()) return raw;
    const TextDecoder decoder(decide_encoding(evidence, stated, forced).encoding);
    std::vector<std::string> names;
    names.reserve(raw.size());
    for (const std::string& name : raw) names.push_back(decoder.decode(name));
    return names;
}

FeatureTable settle_texts(RawTable&& raw, const VectorSourceOptions& options, ProblemReport& problems) {
    const EncodingDecision decision = decide_encoding(raw.evidence, raw.stated_encoding, options.encoding);
    const TextDecoder decoder(decision.encoding);
    FeatureTable table = std::move(raw.table);
    table.encoding = decision.encoding;
    if (decision.is_guess) report_guess(table, raw, options, decoder, problems);
    for (Column& column : table.columns)
        if (column.type == Column::Type::text)
            report_lost(table, column, decode_column(column, decoder), options, problems);
    return table;
}

Problem problem_of(const FeatureTable& table, const VectorSourceOptions& options, Severity severity, ProblemKind kind,
                   std::string message, std::string action) {
    Problem problem;
    problem.severity = severity;
    problem.kind = kind;
    problem.layer = options.role;
    problem.file = table.file;
    problem.message = std::move(message);
    problem.action = std::move(action);
    return problem;
}

}  // namespace amayesh::detail
