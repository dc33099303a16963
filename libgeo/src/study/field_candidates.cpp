#include <algorithm>
#include <iterator>
#include <optional>

#include "study/attribute_words.hpp"
#include "study/field_rules.hpp"
#include "study/field_values.hpp"
#include "study/layer_evidence.hpp"

namespace amayesh::detail {
namespace {

constexpr double penalty_of_other_word = 0.3;     ///< "capacity table": a word that says something else.
constexpr double penalty_of_another_area = 0.6;   ///< "province_code" is no county's code.
constexpr double penalty_of_unknown_word = 0.08;  ///< "amar2 name"
constexpr double penalty_of_number = 0.03;        ///< "name1"
constexpr double most_penalty_of_unknown = 0.25;
constexpr double penalty_of_language = 0.04;  ///< "name_en" behind "name".
constexpr double bonus_of_wanted_language = 0.02;
constexpr double best_by_name = 0.95;
constexpr double newer_year = 0.00001;  ///< Decides between equal fields alone.

/// Names read better than codes in totals by area; a rural district's code is what its layer is found by.
double preference_of_form(const NameReading& name, const FieldRule& rule) {
    constexpr double step = 0.03;
    if (rule.shape != ValueShape::code) return 0;
    if (rule.attribute == "rural_district" || rule.attribute == "zone") return name.has(Notion::code) ? step : 0;
    return name.has(Notion::code) ? -step : 0;
}

bool is_qualifier(Notion notion) {
    return notion == Notion::english || notion == Notion::persian || notion == Notion::unit_of_measure;
}

bool names_another_area(const ReadWord& word) { return level_of(word.notions.front()).has_value(); }

/// Words of a name that a rule neither needs nor allows.
double penalty_of_other_words(const FieldEvidence& field, const FieldRule& rule, const LayerGuess& layer) {
    const std::optional<Notion> area = layer.level ? std::optional(notion_of(*layer.level)) : std::nullopt;
    const auto explained = [&](Notion notion) {
        return std::ranges::find(rule.needs, notion) != rule.needs.end() ||
               std::ranges::find(rule.allows, notion) != rule.allows.end() || is_qualifier(notion) ||
               is_own_subject(*layer.role, area, notion);
    };
    double penalty = 0;
    for (const ReadWord& word : field.reading.words)
        if (std::ranges::none_of(word.notions, explained))
            penalty += rule.shape == ValueShape::key && names_another_area(word) ? penalty_of_another_area
                                                                                 : penalty_of_other_word;
    penalty += std::min(most_penalty_of_unknown, penalty_of_unknown_word * double(field.reading.unknown_words));
    return penalty + penalty_of_number * double(field.reading.numbers.size());
}

double language_preference(const NameReading& name, Language language) {
    const bool english = name.has(Notion::english);
    const bool persian = name.has(Notion::persian);
    if (!english && !persian) return 0;
    const bool wanted = language == Language::persian ? persian : english;
    return wanted ? bonus_of_wanted_language - penalty_of_language : -penalty_of_language;
}

/// A layer of counties has no county above it that is finer.
bool applies(const FieldRule& rule, const LayerGuess& layer) {
    if (rule.role != *layer.role) return false;
    if (!layer.level || rule.shape != ValueShape::code) return true;
    const auto level = level_of(rule.needs.front());
    return !level || *level < *layer.level;
}

double score_by_name(const FieldEvidence& field, const FieldRule& rule, const LayerGuess& layer, Language language) {
    double score = best_by_name * rule.weight;
    for (const Notion notion : rule.needs) score *= field.reading.certainty_of(notion);
    if (score == 0) return 0;
    score -= penalty_of_other_words(field, rule, layer);
    if (!field.reading.years.empty())
        score += newer_year * double(*std::ranges::max_element(field.reading.years) % 1000);
    if (rule.shape == ValueShape::label || rule.shape == ValueShape::code)
        score += language_preference(field.reading, language);
    return std::max(0.0, score + preference_of_form(field.reading, rule));
}

/// A name that is nothing but the layer's own thing: `Shahrestan` in a layer of counties.
double score_of_own_subject(const FieldEvidence& field, const FieldRule& rule, const LayerGuess& layer) {
    constexpr double bare_subject = 0.8;
    if (rule.attribute != "name") return 0;
    const std::optional<Notion> area = layer.level ? std::optional(notion_of(*layer.level)) : std::nullopt;
    if (field.reading.words.size() != 1 || field.reading.unknown_words > 0) return 0;
    const ReadWord& word = field.reading.words.front();
    const bool own =
        std::ranges::any_of(word.notions, [&](Notion notion) { return is_own_subject(*layer.role, area, notion); });
    return own ? bare_subject * word.certainty : 0;
}

std::size_t place_of(std::string_view attribute, const std::vector<AttributeRule>& attributes) {
    return std::size_t(std::ranges::find(attributes, attribute, &AttributeRule::name) - attributes.begin());
}

bool holds_place(const LayerEvidence& evidence, const std::string& field) {
    return field == evidence.x_field || field == evidence.y_field || field == evidence.wkt_field;
}

std::vector<Candidate> find_candidates(const LayerEvidence& evidence, const LayerGuess& layer,
                                       const std::vector<AttributeRule>& attributes, Language language) {
    std::vector<Candidate> candidates;
    for (const FieldRule& rule : field_rules()) {
        if (!applies(rule, layer)) continue;
        const std::size_t attribute = place_of(rule.attribute, attributes);
        if (attribute == attributes.size()) continue;
        for (std::size_t i = 0; i < evidence.fields.size(); ++i) {
            const FieldEvidence& field = evidence.fields[i];
            if (holds_place(evidence, field.name)) continue;
            const double by_name =
                std::max(score_by_name(field, rule, layer, language), score_of_own_subject(field, rule, layer));
            if (by_name <= 0) continue;
            const double score = by_name * fit_of_values(field, rule, evidence, layer);
            if (score >= least_score)
                candidates.push_back({attribute, i, score, "its name; " + describe_values(field)});
        }
    }
    std::ranges::move(candidates_by_value(evidence, layer, attributes), std::back_inserter(candidates));
    return candidates;
}

/// Each field for at most one attribute, the best pairs first; equal ones by the order of attributes, then of fields.
std::vector<Candidate> assign(std::vector<Candidate> candidates) {
    std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
        if (a.score != b.score) return a.score > b.score;
        return std::pair(a.attribute, a.field) < std::pair(b.attribute, b.field);
    });
    std::vector<Candidate> chosen;
    for (Candidate& candidate : candidates) {
        const bool taken = std::ranges::any_of(chosen, [&](const Candidate& other) {
            return other.attribute == candidate.attribute || other.field == candidate.field;
        });
        if (!taken) chosen.push_back(std::move(candidate));
    }
    std::ranges::sort(chosen, {}, &Candidate::attribute);
    return chosen;
}

std::vector<std::string> other_fields(const std::vector<Candidate>& candidates, const Candidate& chosen,
                                      const LayerEvidence& evidence) {
    constexpr std::size_t most_named = 4;
    std::vector<std::string> others;
    for (const Candidate& other : candidates) {
        const std::string& name = evidence.fields[other.field].name;
        if (other.attribute == chosen.attribute && other.field != chosen.field && others.size() < most_named &&
            std::ranges::find(others, name) == others.end())
            others.push_back(name);
    }
    return others;
}

FieldGuess to_guess(const Candidate& candidate, const LayerEvidence& evidence, const LayerGuess& layer,
                    const AttributeRule& rule) {
    const FieldEvidence& field = evidence.fields[candidate.field];
    FieldGuess guess;
    guess.attribute = rule.name;
    guess.field = field.name;
    guess.score = candidate.score;
    guess.reason = candidate.reason;
    guess.needs_unit = rule.kind == ValueKind::amount;
    if (guess.needs_unit) guess.unit_hint = unit_in_name(field.name);
    if (rule.kind == ValueKind::word) guess.strange_words = strange_words(field, *layer.role, rule.name);
    if (rule.kind == ValueKind::text) guess.prefix = common_prefix_word(field);
    return guess;
}

/// People by sex, where no field has their sum.
std::optional<FieldGuess> guess_sum_of_people(const LayerEvidence& evidence) {
    constexpr double by_sex = 0.7;
    std::vector<std::string> fields;
    std::size_t men = 0;
    for (const FieldEvidence& field : evidence.fields) {
        const bool male = field.reading.has(Notion::male);
        if (male == field.reading.has(Notion::female) || field.known == 0 || field.whole != field.known) continue;
        fields.push_back(field.name);
        men += male ? 1 : 0;
    }
    if (fields.empty() || men * 2 != fields.size()) return std::nullopt;
    FieldGuess guess;
    guess.attribute = "population";
    guess.sum_of = std::move(fields);
    guess.score = by_sex;
    guess.reason = "people by sex, to be added up";
    return guess;
}

}  // namespace

std::vector<FieldGuess> guess_fields(const LayerEvidence& evidence, const LayerGuess& layer, Language language) {
    if (!layer.role) return {};
    const std::vector<AttributeRule> attributes = attributes_of(*layer.role);
    std::vector<Candidate> candidates = find_candidates(evidence, layer, attributes, language);
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::score);
    const std::vector<Candidate> chosen = assign(candidates);
    const std::size_t population = place_of("population", attributes);
    std::vector<FieldGuess> guesses;
    for (std::size_t a = 0; a < attributes.size(); ++a) {
        const auto best = std::ranges::find(chosen, a, &Candidate::attribute);
        if (best != chosen.end()) {
            guesses.push_back(to_guess(*best, evidence, layer, attributes[a]));
            guesses.back().others = other_fields(candidates, *best, evidence);
        } else if (a == population) {
            if (auto sum = guess_sum_of_people(evidence)) guesses.push_back(std::move(*sum));
        }
    }
    return guesses;
}

}  // namespace amayesh::detail
