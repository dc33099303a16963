#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include <amayesh/study/name_folding.hpp>

#include "study/draft_layers.hpp"
#include "study/planning_words.hpp"

namespace amayesh::detail {
namespace {

using Texts = std::vector<std::string>;

bool has_place(const DraftLayer& layer) {
    return layer.shape != "table" || !layer.guess.x_field.empty() || !layer.guess.wkt_field.empty();
}

bool is_area(const DraftLayer& layer) { return layer.guess.role == LayerRole::rural_districts; }

/// Share of the known values of one field that another field has.
double share_found(const Texts& values, const Texts& among) {
    const std::set<std::string> known(among.begin(), among.end());
    std::size_t rows = 0;
    std::size_t found = 0;
    for (const std::string& value : values) {
        if (value.empty()) continue;
        ++rows;
        found += known.contains(value) ? 1 : 0;
    }
    return rows == 0 ? 0 : double(found) / double(rows);
}

bool is_key(const Texts& texts) {
    const std::set<std::string> different(texts.begin(), texts.end());
    return !texts.empty() && different.size() == texts.size() && !different.contains("");
}

/// Least share of found values over all tables of the folder that name areas of this level by this field.
double share_referred(const ReadLayer& area, const std::string& field, const std::vector<ReadLayer>& layers,
                      std::string& by) {
    double least = 2;
    const std::string attribute(to_string(*area.draft.guess.level));
    for (const ReadLayer& other : layers) {
        if (&other == &area || other.folder() != area.folder()) continue;
        const Texts* names = other.texts_of_attribute(attribute);
        if (names == nullptr) continue;
        const double share = share_found(*names, area.texts.at(field));
        if (share < least) by = other.draft.source;
        least = std::min(least, share);
    }
    return least > 1 ? 0 : least;
}

void settle_id(ReadLayer& area, const std::vector<ReadLayer>& layers) {
    constexpr double fewest_found = 0.95;
    constexpr double referred = 0.9;
    if (!is_area(area.draft) || !area.draft.guess.level) return;
    const auto id = std::ranges::find(area.draft.guess.fields, "id", &FieldGuess::attribute);
    if (id == area.draft.guess.fields.end() || !area.texts.contains(id->field)) return;
    std::string by;
    if (share_referred(area, id->field, layers, by) >= fewest_found) return;
    for (const auto& [field, texts] : area.texts) {
        const bool is_code = read_name(field).has(Notion::code) || read_name(field).has(Notion::row_number);
        if (!is_code || !is_key(texts) || share_referred(area, field, layers, by) < fewest_found) continue;
        std::erase(id->others, field);
        id->others.insert(id->others.begin(), id->field);
        id->field = field;
        id->score = std::max(id->score, referred);
        id->reason = fmt::format("{} names them by it", by);
        return;
    }
}

/// Required attributes that were found, to choose between layers of one role.
std::size_t required_found(const DraftLayer& layer) {
    std::size_t found = 0;
    for (const AttributeRule& rule : attributes_of(*layer.guess.role))
        if (rule.required && layer.guess.find(rule.name) != nullptr) ++found;
    return found;
}

/// Finer areas first, then polygons, then what has more of what is needed, then the larger layer.
bool is_better_area(const ReadLayer& a, const ReadLayer& b) {
    const auto rank = [](const ReadLayer& layer) {
        const DraftLayer& draft = layer.draft;
        const int level = draft.guess.level ? static_cast<int>(*draft.guess.level) : -1;
        return std::tuple(!draft.guess.rows_repeat, level, draft.shape.find("polygons") != std::string::npos,
                          required_found(draft), draft.rows);
    };
    if (rank(a) != rank(b)) return rank(a) > rank(b);
    return std::pair(a.draft.source, a.draft.layer) < std::pair(b.draft.source, b.draft.layer);
}

bool is_better_settlements(const ReadLayer& a, const ReadLayer& b) {
    const auto rank = [](const ReadLayer& layer) {
        return std::tuple(has_place(layer.draft), required_found(layer.draft), layer.draft.rows);
    };
    if (rank(a) != rank(b)) return rank(a) > rank(b);
    return std::pair(a.draft.source, a.draft.layer) < std::pair(b.draft.source, b.draft.layer);
}

std::vector<ReadLayer*> layers_of(LayerRole role, std::vector<ReadLayer>& layers) {
    std::vector<ReadLayer*> found;
    for (ReadLayer& layer : layers)
        if (layer.draft.guess.role == role) found.push_back(&layer);
    return found;
}

std::string plural(AreaLevel level) {
    constexpr std::array<std::string_view, 5> names{"countries", "provinces", "counties", "districts",
                                                    "rural districts"};
    return std::string(names[static_cast<std::size_t>(level)]);
}

void settle_areas(std::vector<ReadLayer>& layers) {
    std::vector<ReadLayer*> areas = layers_of(LayerRole::rural_districts, layers);
    std::ranges::sort(areas, [](const ReadLayer* a, const ReadLayer* b) { return is_better_area(*a, *b); });
    for (ReadLayer* area : areas) {
        const auto level = area->draft.guess.level;
        const bool is_first = area == areas.front() && !area->draft.guess.rows_repeat;
        area->draft.use = is_first ? DraftUse::used : DraftUse::alternative;
        if (is_first && level != AreaLevel::rural_district)
            area->draft.why = level ? fmt::format("no rural districts found: these are {}", plural(*level))
                                    : "what kind of areas these are is not clear";
        if (!is_first)
            area->draft.why =
                level ? fmt::format("{}; {} stands in the study", plural(*level), areas.front()->draft.source)
                      : fmt::format("{} stands in the study", areas.front()->draft.source);
    }
}

/// "name", "name_fa", "NAM_LATIN"; not the name of something else.
bool is_plain_name(const NameReading& reading) {
    const auto says_so = [](const ReadWord& word) {
        return word.means(Notion::name) || word.means(Notion::english) || word.means(Notion::persian);
    };
    return reading.has(Notion::name) && std::ranges::all_of(reading.words, says_so);
}

/// In every language and spelling that the layer gives.
std::set<std::string> folded_names(const ReadLayer& layer) {
    std::set<std::string> names;
    for (const auto& [field, texts] : layer.texts) {
        const FieldGuess* name = layer.draft.guess.find("name");
        const bool is_chosen = name != nullptr && name->field == field;
        if (!is_chosen && !is_plain_name(read_name(field))) continue;
        for (const std::string& text : texts)
            if (!text.empty()) names.insert(fold_name(text));
    }
    return names;
}

/// Two lists of the same places would count people twice.
void settle_settlements(std::vector<ReadLayer>& layers) {
    constexpr double same_places = 0.3;  // each name counts once for every spelling
    std::vector<ReadLayer*> lists = layers_of(LayerRole::settlements, layers);
    std::ranges::sort(lists, [](const ReadLayer* a, const ReadLayer* b) { return is_better_settlements(*a, *b); });
    std::vector<std::pair<const ReadLayer*, std::set<std::string>>> used;
    for (ReadLayer* list : lists) {
        const std::set<std::string> names = folded_names(*list);
        list->draft.use = DraftUse::used;
        for (const auto& [other, others] : used) {
            const auto shared =
                std::ranges::count_if(names, [&known = others](const std::string& n) { return known.contains(n); });
            const double share = names.empty() ? 0 : double(shared) / double(names.size());
            if (share < same_places) continue;
            list->draft.use = DraftUse::alternative;
            list->draft.why = fmt::format("{:.0f} % of its names, of all spellings, stand in {} too", share * 100,
                                          other->draft.source);
            break;
        }
        if (list->draft.use == DraftUse::used && !used.empty() && !has_place(list->draft)) {
            list->draft.use = DraftUse::alternative;
            list->draft.why = fmt::format("has no coordinates; {} has", used.front().first->draft.source);
        }
        if (list->draft.use == DraftUse::used) used.emplace_back(list, names);
    }
}

/// A table that may be joined to a layer.
struct JoinChoice {
    ReadLayer* table;
    DraftJoin join;
};

std::vector<JoinChoice> find_joins(const ReadLayer& layer, std::vector<ReadLayer>& layers) {
    std::vector<JoinChoice> choices;
    for (ReadLayer& table : layers) {
        if (&table == &layer || has_place(table.draft) || table.draft.use == DraftUse::used) continue;
        if (std::optional<DraftJoin> join = find_join(layer, table)) choices.push_back({&table, std::move(*join)});
    }
    std::ranges::stable_sort(choices, std::ranges::greater{}, [](const JoinChoice& c) { return c.join.share(); });
    return choices;
}

/// The attributes that no join before has given.
void drop_taken(const std::vector<DraftJoin>& before, DraftJoin& join) {
    std::erase_if(join.take, [&](const FieldGuess& field) {
        return std::ranges::any_of(before, [&](const DraftJoin& other) {
            return std::ranges::find(other.take, field.attribute, &FieldGuess::attribute) != other.take.end();
        });
    });
}

void settle_joins(std::vector<ReadLayer>& layers) {
    for (ReadLayer& layer : layers) {
        if (!has_place(layer.draft) || layer.draft.shape == "raster" || !layer.draft.guess.role) continue;
        for (JoinChoice& choice : find_joins(layer, layers)) {
            drop_taken(layer.draft.joins, choice.join);
            if (choice.join.take.empty()) continue;
            layer.draft.joins.push_back(std::move(choice.join));
            if (layer.draft.use != DraftUse::used) continue;
            choice.table->draft.use = DraftUse::joined;
            choice.table->draft.why = fmt::format("joined to {}", layer.draft.source);
        }
    }
}

}  // namespace

void settle_ids(std::vector<ReadLayer>& layers) {
    for (ReadLayer& layer : layers) settle_id(layer, layers);
}

void settle_uses(std::vector<ReadLayer>& layers) {
    for (ReadLayer& layer : layers) layer.draft.use = layer.draft.guess.role ? DraftUse::used : DraftUse::left_out;
    settle_areas(layers);
    settle_settlements(layers);
    settle_joins(layers);
}

}  // namespace amayesh::detail
