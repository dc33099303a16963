#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "study/layer_evidence.hpp"

namespace amayesh::detail {
namespace {

/// What a layer can turn out to be: a role of a study, or something that a study has no role for.
enum class Subject : std::uint8_t { areas, settlements, zones, plots, sources, roads, constraints, nothing };
constexpr std::size_t subject_count = 8;

/// How much a sign says for a subject, 0–1. Signs of one subject add up as independent ones do: 1 − Π(1 − weight).
struct NotionWeight {
    Notion notion;
    Subject subject;
    double weight;
};

/// From words in names of files, layers, folders and things.
constexpr auto subject_words = std::to_array<NotionWeight>({
    {Notion::country, Subject::areas, 0.6},
    {Notion::province, Subject::areas, 1},
    {Notion::county, Subject::areas, 1},
    {Notion::district, Subject::areas, 1},
    {Notion::rural_district, Subject::areas, 1},
    {Notion::settlement, Subject::settlements, 1},
    {Notion::city, Subject::settlements, 1},
    {Notion::estate, Subject::zones, 1},
    {Notion::industry, Subject::zones, 0.6},
    {Notion::plot, Subject::plots, 1},
    {Notion::supply_point, Subject::sources, 1},
    {Notion::power_plant, Subject::sources, 1},
    {Notion::trunk_line, Subject::sources, 1},
    {Notion::water, Subject::sources, 0.7},
    {Notion::power, Subject::sources, 0.7},
    {Notion::gas, Subject::sources, 0.7},
    {Notion::telecom, Subject::sources, 0.7},
    {Notion::road, Subject::roads, 1},
    {Notion::restriction, Subject::constraints, 1},
    {Notion::extraction_site, Subject::nothing, 1.2},
    {Notion::transport_hub, Subject::nothing, 1},
    {Notion::factory, Subject::nothing, 0.9},
    {Notion::urban_footprint, Subject::nothing, 1},
});

/// From words in names of fields.
constexpr auto field_words = std::to_array<NotionWeight>({
    {Notion::population, Subject::settlements, 0.15},
    {Notion::population, Subject::areas, 0.15},
    {Notion::households, Subject::settlements, 0.3},
    {Notion::rural_district, Subject::settlements, 0.2},
    {Notion::occupied, Subject::zones, 0.3},
    {Notion::jobs, Subject::zones, 0.3},
    {Notion::places_of_work, Subject::zones, 0.15},
    {Notion::idle, Subject::zones, 0.2},
    {Notion::estate, Subject::plots, 0.3},
    {Notion::progress, Subject::plots, 0.3},
    {Notion::capacity, Subject::sources, 0.35},
    {Notion::committed, Subject::sources, 0.35},
    {Notion::use, Subject::sources, 0.25},
    {Notion::speed, Subject::roads, 0.3},
    {Notion::one_way, Subject::roads, 0.4},
});

/// Attributes whose words give a layer away.
struct TelltaleWords {
    LayerRole role;
    std::string_view attribute;
    Subject subject;
    double weight;
};
constexpr auto telltale_words = std::to_array<TelltaleWords>({
    {LayerRole::settlements, "kind", Subject::settlements, 0.5},
    {LayerRole::zones, "kind", Subject::zones, 0.6},
    {LayerRole::zones, "status", Subject::zones, 0.15},
    {LayerRole::plots, "state", Subject::plots, 0.4},
    {LayerRole::sources, "utility", Subject::sources, 0.5},
    {LayerRole::sources, "telecom_class", Subject::sources, 0.4},
});

constexpr std::array area_notions{Notion::province, Notion::county, Notion::district, Notion::rural_district};

constexpr double own_name_weight = 0.7;
constexpr double folder_name_weight = 0.35;
constexpr double value_weight = 0.75;
constexpr double fewest_values_with_notion = 0.2;
constexpr double fewest_words_of_ours = 0.5;

/// Multiplies the score: how well a shape goes with a subject (table, points, lines, polygons).
constexpr std::array<std::array<double, 4>, subject_count> shape_fit{{
    {0.95, 0.35, 0, 1},  // areas
    {0.95, 1, 0, 0.25},  // settlements
    {0.9, 0.95, 0, 1},   // zones
    {0.3, 0.3, 0, 1},    // plots
    {0.6, 1, 1, 0.3},    // sources
    {0, 0, 1, 0},        // roads
    {0.1, 0.7, 1, 1},    // constraints
    {1, 1, 1, 1},        // nothing
}};

class Scale {
public:
    void add(Subject subject, double weight, std::string sign) {
        Tray& tray = m_trays[static_cast<std::size_t>(subject)];
        tray.doubt *= 1 - std::min(weight, 0.95);
        if (!sign.empty() && std::ranges::find(tray.signs, sign) == tray.signs.end())
            tray.signs.push_back(std::move(sign));
    }
    void weigh_shape(LayerShape shape) {
        for (std::size_t i = 0; i < subject_count; ++i) m_trays[i].fit = shape_fit[i][static_cast<std::size_t>(shape)];
    }
    [[nodiscard]] double score(Subject subject) const {
        const Tray& tray = m_trays[static_cast<std::size_t>(subject)];
        return (1 - tray.doubt) * tray.fit;
    }
    [[nodiscard]] Subject heaviest() const {
        std::size_t best = subject_count - 1;
        for (std::size_t i = 0; i < subject_count; ++i)
            if (score(Subject{static_cast<std::uint8_t>(i)}) > score(Subject{static_cast<std::uint8_t>(best)}))
                best = i;
        return Subject{static_cast<std::uint8_t>(best)};
    }
    [[nodiscard]] std::string signs(Subject subject) const {
        std::string text;
        for (const std::string& sign : m_trays[static_cast<std::size_t>(subject)].signs)
            text += (text.empty() ? "" : "; ") + sign;
        return text;
    }

private:
    struct Tray {
        double doubt = 1;
        double fit = 1;
        std::vector<std::string> signs;
    };
    std::array<Tray, subject_count> m_trays;
};

void weigh_name(const NameReading& name, double weight, const std::string& sign, Scale& scale) {
    std::set<Subject> seen;
    for (const NotionWeight& word : subject_words)
        if (name.has(word.notion) && seen.insert(word.subject).second)
            scale.add(word.subject, weight * word.weight * name.certainty_of(word.notion), sign);
}

bool is_name_of_row(const FieldEvidence& field) {
    return field.reading.has(Notion::name) || field.reading.has(Notion::kind);
}

void weigh_values(const LayerEvidence& evidence, Scale& scale) {
    std::map<Subject, double> shares;
    for (const FieldEvidence& field : evidence.fields) {
        if (!is_name_of_row(field)) continue;
        for (const NotionWeight& word : subject_words) {
            const double share = share_with_notion(field, word.notion) * std::min(word.weight, 1.0);
            shares[word.subject] = std::max(shares[word.subject], share);
        }
    }
    for (const auto& [subject, share] : shares)
        if (share >= fewest_values_with_notion) scale.add(subject, value_weight * share, "names in it");
}

void weigh_fields(const LayerEvidence& evidence, Scale& scale) {
    for (const NotionWeight& word : field_words) {
        const auto field = std::ranges::find_if(
            evidence.fields, [&](const FieldEvidence& f) { return f.known > 0 && f.reading.has(word.notion); });
        if (field != evidence.fields.end()) scale.add(word.subject, word.weight, "field " + field->name);
    }
    for (const TelltaleWords& telltale : telltale_words)
        for (const FieldEvidence& field : evidence.fields) {
            if (field.type != Column::Type::text) continue;
            const double share = share_of_words(field, telltale.role, telltale.attribute);
            if (share >= fewest_words_of_ours)
                scale.add(telltale.subject, telltale.weight * share, "values of " + field.name);
        }
}

/// What the utility's own words, and those of a thing that belongs to one utility, say.
std::optional<UtilityKind> guess_utility(const LayerEvidence& evidence) {
    struct Sign {
        Notion notion;
        UtilityKind utility;
    };
    constexpr auto signs = std::to_array<Sign>({
        {Notion::power_plant, UtilityKind::power},
        {Notion::power, UtilityKind::power},
        {Notion::gas, UtilityKind::gas},
        {Notion::water, UtilityKind::water},
        {Notion::telecom, UtilityKind::telecom},
    });
    for (const NameReading* name : {&evidence.own_name, &evidence.folder_name})
        for (const Sign& sign : signs)
            if (name->has(sign.notion)) return sign.utility;
    for (const Sign& sign : signs)
        for (const FieldEvidence& field : evidence.fields)
            if (is_name_of_row(field) && share_with_notion(field, sign.notion) >= fewest_words_of_ours)
                return sign.utility;
    return std::nullopt;
}

bool speaks_of(const LayerEvidence& evidence, Notion notion) {
    return evidence.own_name.has(notion) || std::ranges::any_of(evidence.fields, [&](const FieldEvidence& field) {
               return is_name_of_row(field) && share_with_notion(field, notion) >= fewest_words_of_ours;
           });
}

void describe_source(const LayerEvidence& evidence, LayerGuess& guess) {
    guess.utility = guess_utility(evidence);
    const bool trunk = speaks_of(evidence, Notion::power_plant) || speaks_of(evidence, Notion::trunk_line);
    guess.source_role = trunk ? SourceRole::context : SourceRole::distribution;
}

std::optional<LayerRole> role_of(Subject subject) {
    switch (subject) {
        case Subject::areas:
            return LayerRole::rural_districts;
        case Subject::settlements:
            return LayerRole::settlements;
        case Subject::zones:
            return LayerRole::zones;
        case Subject::plots:
            return LayerRole::plots;
        case Subject::sources:
            return LayerRole::sources;
        case Subject::roads:
            return LayerRole::roads;
        case Subject::constraints:
            return LayerRole::constraints;
        case Subject::nothing:
            return std::nullopt;
    }
    return std::nullopt;
}

/// Keys by a county's code give a layer of counties away even where no name says so.
void weigh_level(const LayerEvidence& evidence, Scale& scale) {
    for (const FieldEvidence& field : evidence.fields)
        if (field.is_key() && std::ranges::any_of(area_notions, [&](Notion a) { return field.reading.has(a); })) {
            scale.add(Subject::areas, 0.5, "field " + field.name);
            return;
        }
}

}  // namespace

LayerGuess guess_role(const LayerEvidence& evidence) {
    Scale scale;
    weigh_name(evidence.own_name, own_name_weight, "its name", scale);
    weigh_name(evidence.folder_name, folder_name_weight, "its folder", scale);
    weigh_values(evidence, scale);
    weigh_fields(evidence, scale);
    weigh_level(evidence, scale);
    scale.weigh_shape(evidence.shape);
    const Subject best = scale.heaviest();
    LayerGuess guess;
    guess.score = scale.score(best);
    guess.reason = scale.signs(best);
    if (guess.score < least_score) return guess;
    guess.role = role_of(best);
    if (best == Subject::areas) guess.level = guess_level(evidence);
    if (best == Subject::sources) describe_source(evidence, guess);
    return guess;
}

std::optional<Filter> guess_filter(const LayerEvidence& evidence, const LayerGuess& layer) {
    if (!layer.level) return std::nullopt;
    constexpr std::size_t most_kinds = 10;
    for (const FieldEvidence& field : evidence.fields) {
        if (field.type != Column::Type::text || field.distinct < 2 || field.distinct > most_kinds) continue;
        if (!field.reading.has(Notion::kind)) continue;
        Filter filter{field.name, {}, true};
        for (const auto& [value, rows] : field.values)
            if (read_name(value).has(notion_of(*layer.level))) filter.values.push_back(value);
        if (!filter.values.empty() && filter.values.size() < field.distinct) return filter;
    }
    return std::nullopt;
}

}  // namespace amayesh::detail
