#include <amayesh/study/field_guess.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <amayesh/study/row_filter.hpp>

#include "study/layer_evidence.hpp"

namespace amayesh {
namespace {

using detail::FieldEvidence;
using detail::LayerEvidence;
using detail::Notion;

/// Every row has the same kind where the layer's name says which: a layer of cities has no field for it.
void add_constant_kind(const LayerEvidence& evidence, LayerGuess& guess) {
    constexpr double by_layer_name = 0.6;
    if (guess.role != LayerRole::settlements || guess.find("kind") != nullptr) return;
    if (!evidence.own_name.has(Notion::city) || evidence.own_name.has(Notion::settlement)) return;
    FieldGuess kind;
    kind.attribute = "kind";
    kind.constant = "city";
    kind.score = by_layer_name;
    kind.reason = "the layer's name says so";
    const auto name = std::ranges::find(guess.fields, "name", &FieldGuess::attribute);
    guess.fields.insert(name == guess.fields.end() ? guess.fields.end() : std::next(name), std::move(kind));
}

/// Where no code is there, a name that is different in every row serves as one.
void let_name_serve_as_id(const LayerEvidence& evidence, LayerGuess& guess) {
    constexpr double name_as_id = 0.5;
    if (!guess.role || guess.find("id") != nullptr) return;
    const FieldGuess* name = guess.find("name");
    if (name == nullptr) return;
    const FieldEvidence* field = evidence.find(name->field);
    if (field == nullptr || !field->is_key()) return;
    FieldGuess id;
    id.attribute = "id";
    id.field = name->field;
    id.score = name_as_id;
    id.reason = "no code found; the name is different in every row";
    guess.fields.insert(guess.fields.begin(), std::move(id));
}

/// A name and a field beside it that tells its rows apart: "project" and "unit".
std::vector<std::string> find_id_parts(const FeatureTable& table, const LayerEvidence& evidence,
                                       const LayerGuess& guess) {
    const FieldGuess* name = guess.find("name");
    if (guess.find("id") != nullptr || name == nullptr || name->field.empty()) return {};
    const std::vector<std::string> names = detail::texts_of(*table.find(name->field));
    for (const FieldEvidence& field : evidence.fields) {
        const bool is_label =
            field.known == field.rows && field.name != name->field && field.type != Column::Type::real;
        if (!is_label || field.name == evidence.x_field || field.name == evidence.y_field) continue;
        const std::vector<std::string> others = detail::texts_of(*table.find(field.name));
        std::set<std::pair<std::string, std::string>> pairs;
        for (std::size_t row = 0; row < names.size(); ++row)
            if (!names[row].empty()) pairs.emplace(names[row], others[row]);
        if (!names.empty() && pairs.size() == names.size()) return {name->field, field.name};
    }
    return {};
}

std::vector<int> years_of(const LayerEvidence& evidence, const LayerGuess& guess) {
    std::set<int> years(evidence.own_name.years.begin(), evidence.own_name.years.end());
    for (const FieldGuess& field : guess.fields)
        if (const FieldEvidence* found = evidence.find(field.field))
            years.insert(found->reading.years.begin(), found->reading.years.end());
    return {years.begin(), years.end()};
}

bool has_place(const LayerEvidence& evidence) {
    return evidence.has_geometry || !evidence.x_field.empty() || !evidence.wkt_field.empty();
}

/// A table of areas with several rows for one, as a census by age has.
bool repeats_ids(const LayerEvidence& evidence, const LayerGuess& guess) {
    if (evidence.shape != detail::LayerShape::table || !guess.level) return false;
    const FieldGuess* id = guess.find("id") != nullptr ? guess.find("id") : guess.find("name");
    const FieldEvidence* field = id != nullptr ? evidence.find(id->field) : nullptr;
    return field != nullptr && field->distinct * 2 <= field->known;
}

/// Fields and all that follows from them.
LayerGuess complete(const FeatureTable& table, const LayerEvidence& evidence, LayerGuess guess, Language language) {
    guess.fields = detail::guess_fields(evidence, guess, language);
    guess.x_field = evidence.x_field;
    guess.y_field = evidence.y_field;
    guess.wkt_field = evidence.wkt_field;
    add_constant_kind(evidence, guess);
    let_name_serve_as_id(evidence, guess);
    guess.id_parts = find_id_parts(table, evidence, guess);
    guess.rows_repeat = repeats_ids(evidence, guess);
    guess.years = years_of(evidence, guess);
    guess.placed_by_district =
        guess.role == LayerRole::zones && !has_place(evidence) && guess.find("rural_district") != nullptr;
    return guess;
}

}  // namespace

std::string_view to_string(Sureness sureness) noexcept {
    constexpr std::array<std::string_view, 3> names{"sure", "likely", "perhaps"};
    return names[static_cast<std::size_t>(sureness)];
}

Sureness sureness_of(double score) noexcept {
    if (score >= sure_score) return Sureness::sure;
    return score >= likely_score ? Sureness::likely : Sureness::perhaps;
}

std::string_view to_string(AreaLevel level) noexcept {
    constexpr std::array<std::string_view, 5> names{"country", "province", "county", "district", "rural_district"};
    return names[static_cast<std::size_t>(level)];
}

const FieldGuess* LayerGuess::find(std::string_view attribute) const noexcept {
    const auto found = std::ranges::find(fields, attribute, &FieldGuess::attribute);
    return found == fields.end() ? nullptr : &*found;
}

LayerGuess guess_layer(const FeatureTable& table, std::string_view path, Language language) {
    const LayerEvidence all = detail::gather_evidence(table, path);
    LayerGuess guess = detail::guess_role(all);
    if (!guess.role) return guess;
    guess.where = detail::guess_filter(all, guess);
    if (!guess.where) return complete(table, all, std::move(guess), language);
    const std::vector<std::size_t> rows = rows_kept(table, std::span(&*guess.where, 1));
    const FeatureTable kept = select_rows(table, rows);
    return complete(kept, detail::gather_evidence(kept, path), std::move(guess), language);
}

}  // namespace amayesh
