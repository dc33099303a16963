#include "study/field_values.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <amayesh/study/calendar.hpp>
#include <amayesh/study/name_folding.hpp>

#include "study/attribute_words.hpp"

namespace amayesh::detail {
namespace {

constexpr double nearly_all = 0.8;
constexpr std::size_t most_kinds = 30;
constexpr double most_degrees = 180;

double share(std::size_t part, std::size_t whole) { return whole == 0 ? 0 : double(part) / double(whole); }

double fit_of_key(const FieldEvidence& field, const LayerEvidence& evidence, const LayerGuess& layer) {
    constexpr double row_numbers = 0.93;  // a code of an office is better
    constexpr double some_double = 0.75;
    constexpr double repeated_in_table = 0.6;
    constexpr double not_a_key = 0.15;
    constexpr double dirty_share = 0.97;
    if (field.whole != field.known && field.type == Column::Type::real) return 0;
    if (field.is_key()) return field.counts_rows ? row_numbers : 1;
    if (field.known_share() >= dirty_share && field.distinct_share() >= dirty_share) return some_double;
    const bool own_code = layer.level && field.reading.has(notion_of(*layer.level));
    const bool repeats = own_code && evidence.shape == LayerShape::table && field.known == field.rows &&
                         field.distinct > 1 && field.distinct * 2 <= field.known;
    return repeats ? repeated_in_table : not_a_key;
}

bool looks_like_address(const FieldEvidence& field) {
    return !field.sample.empty() && field.sample.front().find("://") != std::string::npos;
}

bool looks_nested(const FieldEvidence& field) {
    return !field.sample.empty() && (field.sample.front().starts_with('{') || field.sample.front().starts_with('['));
}

double fit_of_label(const FieldEvidence& field) {
    constexpr double one_for_all = 0.5;
    if (field.known == 0 || looks_like_address(field) || looks_nested(field)) return 0;
    double fit = (1 - field.numeric_share()) * (1 - share(field.implausible, field.known));
    fit *= 0.5 + 0.5 * field.known_share();
    return field.distinct == 1 && field.rows > 1 ? fit * one_for_all : fit;
}

double fit_of_code(const FieldEvidence& field) {
    constexpr double different_in_every_row = 0.7;  // a parent has several children
    constexpr std::size_t few_rows = 20;
    if (field.known == 0 || (field.type == Column::Type::real && field.whole != field.known)) return 0;
    double fit = (1 - share(field.implausible, field.known)) * (0.7 + 0.3 * field.known_share());
    if (looks_like_address(field) || looks_nested(field)) return 0;
    return field.is_key() && field.rows > few_rows ? fit * different_in_every_row : fit;
}

double fit_of_people(const FieldEvidence& field) {
    if (field.known == 0 || field.most <= 1) return 0.2;
    return field.whole_share() * (0.5 + 0.5 * share(field.positive, field.known)) * (0.9 + 0.1 * field.known_share());
}

double fit_of_amount(const FieldEvidence& field) {
    constexpr double negative = 0.4;
    if (field.known == 0) return field.rows == 0 ? 1 : 0;
    const double fit = field.numeric_share() >= nearly_all ? field.numeric_share() : 0.3 * field.numeric_share();
    return field.least < 0 ? fit * negative : fit;
}

double fit_of_word(const FieldEvidence& field, const FieldRule& rule) {
    constexpr double strange_but_few = 0.7;
    const bool must_be_ours = rule.role == LayerRole::sources;
    if (field.known == 0) return 0;
    if (words_of(rule.role, rule.attribute).empty()) return field.distinct <= most_kinds ? 1 : 0.3;
    const double ours = share_of_words(field, rule.role, rule.attribute);
    if (ours >= 0.5) return 0.9 + 0.1 * ours;
    if (must_be_ours) return 0;
    return field.distinct <= most_kinds ? strange_but_few : 0.2;
}

double fit_of_date(const FieldEvidence& field) {
    const auto dates = std::ranges::count_if(field.sample, [](const std::string& text) {
        return parse_date(text, Calendar::solar_hijri) || parse_date(text, Calendar::gregorian);
    });
    return share(std::size_t(dates), field.sample.size());
}

double fit_of_range(const FieldEvidence& field, double least, double most) {
    if (field.known == 0 || field.numeric_share() < nearly_all) return 0;
    return field.least >= least && field.most <= most ? 1 : 0.3;
}

void add_words(const LayerEvidence& evidence, const LayerGuess& layer, const std::vector<AttributeRule>& attributes,
               std::vector<Candidate>& candidates) {
    constexpr double by_words_alone = 0.7;
    for (std::size_t a = 0; a < attributes.size(); ++a) {
        if (attributes[a].kind != ValueKind::word || words_of(*layer.role, attributes[a].name).empty()) continue;
        for (std::size_t f = 0; f < evidence.fields.size(); ++f) {
            const FieldEvidence& field = evidence.fields[f];
            if (field.type != Column::Type::text) continue;
            const double ours = share_of_words(field, *layer.role, attributes[a].name);
            if (ours >= nearly_all) candidates.push_back({a, f, by_words_alone * ours, "values are words for it"});
        }
    }
}

bool is_population_like(const FieldEvidence& field) {
    constexpr double fewest_people_of_the_largest = 1000;
    constexpr double fewest_different = 0.3;
    return field.whole == field.known && field.known > 2 && field.most >= fewest_people_of_the_largest &&
           field.distinct_share() >= fewest_different && !field.counts_rows && field.known_share() >= 0.5;
}

bool is_unnamed_population(const FieldEvidence& field) {
    return field.reading.words.empty() && is_population_like(field);
}

bool is_name_like(const FieldEvidence& field) {
    return field.type == Column::Type::text && fit_of_label(field) >= nearly_all && field.distinct_share() >= 0.5;
}

}  // namespace

double fit_of_values(const FieldEvidence& field, const FieldRule& rule, const LayerEvidence& evidence,
                     const LayerGuess& layer) {
    switch (rule.shape) {
        case ValueShape::key:
            return fit_of_key(field, evidence, layer);
        case ValueShape::label:
            return fit_of_label(field);
        case ValueShape::code:
            return fit_of_code(field);
        case ValueShape::people:
            return fit_of_people(field);
        case ValueShape::amount:
            return fit_of_amount(field);
        case ValueShape::word:
            return fit_of_word(field, rule);
        case ValueShape::flag:
            return share_of_words(field, rule.role, rule.attribute) >= nearly_all ? 1 : 0.2;
        case ValueShape::date:
            return fit_of_date(field);
        case ValueShape::percentage:
            return fit_of_range(field, 0, 100);
        case ValueShape::degrees:
            return fit_of_range(field, -most_degrees, most_degrees);
    }
    return 0;
}

std::string describe_values(const FieldEvidence& field) {
    std::string text;
    if (field.known == 0) return "no value known";
    if (field.is_key())
        text = "different in every row";
    else if (field.numeric == field.known)
        text = fmt::format("{} {:.15g} to {:.15g}", field.whole == field.known ? "whole numbers" : "numbers",
                           field.least, field.most);
    else
        text = fmt::format("{} different {}", field.distinct, field.distinct == 1 ? "value" : "values");
    if (field.known < field.rows) text += fmt::format(", {} of {} unknown", field.rows - field.known, field.rows);
    return text;
}

std::vector<Candidate> candidates_by_value(const LayerEvidence& evidence, const LayerGuess& layer,
                                           const std::vector<AttributeRule>& attributes) {
    constexpr double unnamed_key = 0.45;
    constexpr double unnamed_label = 0.45;
    constexpr double unnamed_people = 0.4;
    constexpr double classes_of_roads = 0.5;
    std::vector<Candidate> candidates;
    const bool one_population = std::ranges::count_if(evidence.fields, is_unnamed_population) == 1;
    add_words(evidence, layer, attributes, candidates);
    for (std::size_t a = 0; a < attributes.size(); ++a)
        for (std::size_t f = 0; f < evidence.fields.size(); ++f) {
            const FieldEvidence& field = evidence.fields[f];
            if (!field.reading.words.empty() || looks_nested(field)) continue;
            const bool key = attributes[a].name == "id" && field.is_key() && field.type != Column::Type::real;
            if (key && !is_name_like(field)) candidates.push_back({a, f, unnamed_key, "different in every row"});
            if (attributes[a].name == "name" && is_name_like(field))
                candidates.push_back({a, f, unnamed_label, "reads like names"});
            if (attributes[a].name == "class" && field.distinct > 1 &&
                share_with_notion(field, Notion::road) >= nearly_all)
                candidates.push_back({a, f, classes_of_roads, "kinds of roads"});
            if (attributes[a].name == "population" && one_population && is_unnamed_population(field))
                candidates.push_back({a, f, unnamed_people, "figures like those of people"});
        }
    return candidates;
}

std::string common_prefix_word(const FieldEvidence& field) {
    std::map<std::string, std::size_t> first_words;
    for (const std::string& text : field.sample)
        if (const std::size_t space = text.find(' '); space != std::string::npos && space > 0)
            ++first_words[text.substr(0, space)];
    for (const auto& [word, count] : first_words) {
        const NameReading reading = read_name(word);
        const bool names_an_area =
            std::ranges::any_of(std::array{Notion::province, Notion::county, Notion::district, Notion::rural_district},
                                [&](Notion area) { return reading.certainty_of(area) >= 1; });
        if (names_an_area && double(count) >= nearly_all * double(field.sample.size())) return word + " ";
    }
    return {};
}

std::vector<std::string> strange_words(const FieldEvidence& field, LayerRole role, std::string_view attribute) {
    constexpr std::size_t most_words = 20;
    std::vector<std::string> words;
    if (words_of(role, attribute).empty()) return words;
    for (const auto& [text, rows] : field.values)
        if (!is_word_of(role, attribute, text) && words.size() < most_words) words.push_back(text);
    return words;
}

}  // namespace amayesh::detail
