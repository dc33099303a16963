#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include <amayesh/study/name_folding.hpp>

#include "study/draft_layers.hpp"

namespace amayesh::detail {
namespace {

using Texts = std::vector<std::string>;

constexpr double fewest_matched = 0.5;

/// Keys of one way to match, one a row; "" matches nothing.
struct KeyTexts {
    Texts layer;
    Texts table;
};

/// A way to match two tables, measured.
struct Trial {
    std::vector<Join::Key> keys;
    std::size_t rows = 0;
    std::size_t matched = 0;
    [[nodiscard]] double share() const { return rows == 0 ? 0 : double(matched) / double(rows); }
};

Trial measure(const KeyTexts& keys, std::vector<Join::Key> pairs) {
    const std::set<std::string> known(keys.table.begin(), keys.table.end());
    Trial trial{std::move(pairs), 0, 0};
    for (const std::string& key : keys.layer) {
        if (key.empty()) continue;
        ++trial.rows;
        trial.matched += known.contains(key) ? 1 : 0;
    }
    return trial;
}

std::string without_leading_zeros(const std::string& code) {
    const std::size_t first = code.find_first_not_of('0');
    return code.empty() ? "" : first == std::string::npos ? "0" : code.substr(first);
}

Texts shortened(const Texts& codes) {
    Texts shorter;
    for (const std::string& code : codes) shorter.push_back(without_leading_zeros(code));
    return shorter;
}

std::size_t longest(const Texts& codes) {
    std::size_t length = 0;
    for (const std::string& code : codes) length = std::max(length, code.size());
    return length;
}

/// By code, as it is or with lost leading zeros put back.
Trial try_codes(const std::string& field, const Texts& codes, const std::string& table_field,
                const Texts& table_codes) {
    Join::Key key;
    key.field = field;
    key.table_field = table_field;
    const Trial plain = measure({codes, table_codes}, {key});
    key.pad_to = static_cast<int>(std::max(longest(codes), longest(table_codes)));
    const Trial padded = measure({shortened(codes), shortened(table_codes)}, {key});
    return padded.matched > plain.matched ? padded : plain;
}

std::string folded_without(const std::string& prefix, const std::string& name) {
    return fold_name(!prefix.empty() && name.starts_with(prefix) ? name.substr(prefix.size()) : name);
}

/// A pair of attributes that both sides have, to be compared by name.
struct NamePair {
    const Texts* layer;
    const Texts* table;
    Join::Key key;
};

std::optional<NamePair> pair_by_name(const ReadLayer& layer, const ReadLayer& table, std::string_view attribute) {
    const Texts* names = layer.texts_of_attribute(attribute);
    const Texts* table_names = table.texts_of_attribute(attribute);
    if (names == nullptr || table_names == nullptr) return std::nullopt;
    NamePair pair{names, table_names, {}};
    pair.key.field = layer.draft.guess.find(attribute)->field;
    pair.key.table_field = table.draft.guess.find(attribute)->field;
    pair.key.by_name = true;
    pair.key.prefix = layer.draft.guess.find(attribute)->prefix;
    pair.key.table_prefix = table.draft.guess.find(attribute)->prefix;
    return pair;
}

void add_key_part(const NamePair& pair, KeyTexts& keys) {
    const auto add = [](const Texts& names, const std::string& prefix, Texts& parts) {
        parts.resize(names.size(), "\n");
        for (std::size_t row = 0; row < names.size(); ++row) {
            const std::string folded = folded_without(prefix, names[row]);
            parts[row] = folded.empty() || parts[row].empty() ? "" : parts[row] + folded + "\n";
        }
    };
    add(*pair.layer, pair.key.prefix, keys.layer);
    add(*pair.table, pair.key.table_prefix, keys.table);
}

/// Names alone must be different in every row; else the parents that both sides have must tell them apart.
Trial try_names(const ReadLayer& layer, const ReadLayer& table) {
    const auto name = pair_by_name(layer, table, "name");
    if (!name) return {};
    KeyTexts keys;
    std::vector<Join::Key> pairs{name->key};
    add_key_part(*name, keys);
    Trial best = measure(keys, pairs);
    for (const std::string_view parent : {"county", "province"}) {
        const auto pair = pair_by_name(layer, table, parent);
        if (!pair) continue;
        KeyTexts finer = keys;
        add_key_part(*pair, finer);
        std::vector<Join::Key> both{pair->key, name->key};
        const Trial trial = measure(finer, std::move(both));
        if (trial.matched * 10 >= best.matched * 9) best = trial;  // a parent that is spelt otherwise would lose rows
        break;
    }
    return best;
}

Trial best_trial(const ReadLayer& layer, const ReadLayer& table) {
    Trial best;
    const FieldGuess* table_id = table.draft.guess.find("id");
    const FieldGuess* id = layer.draft.guess.find("id");
    if (table_id != nullptr && id != nullptr && table.texts.contains(table_id->field) &&
        layer.texts.contains(id->field))
        best = try_codes(id->field, layer.texts.at(id->field), table_id->field, table.texts.at(table_id->field));
    if (best.share() >= fewest_matched) return best;
    const Trial by_name = try_names(layer, table);
    return by_name.share() > best.share() ? by_name : best;
}

bool is_same_kind(const DraftLayer& layer, const DraftLayer& table) {
    return layer.guess.role && layer.guess.role == table.guess.role && layer.guess.level == table.guess.level;
}

/// Attributes that the layer lacks, or has worse.
std::vector<FieldGuess> what_is_new(const LayerGuess& layer, const LayerGuess& table) {
    constexpr double clearly_better = 0.2;
    std::vector<FieldGuess> fresh;
    for (const FieldGuess& field : table.fields) {
        if (field.attribute == "id") continue;
        const FieldGuess* own = layer.find(field.attribute);
        if (own == nullptr || own->score + clearly_better < field.score) fresh.push_back(field);
    }
    return fresh;
}

}  // namespace

std::optional<DraftJoin> find_join(const ReadLayer& layer, const ReadLayer& table) {
    if (!is_same_kind(layer.draft, table.draft)) return std::nullopt;
    std::vector<FieldGuess> fresh = what_is_new(layer.draft.guess, table.draft.guess);
    if (fresh.empty()) return std::nullopt;
    Trial trial = best_trial(layer, table);
    if (trial.share() < fewest_matched) return std::nullopt;
    DraftJoin join;
    join.join.source = table.draft.source;
    join.join.layer = table.draft.layer;
    join.join.encoding = table.draft.encoding;
    join.join.delimiter = table.draft.delimiter;
    join.join.where = table.draft.guess.where;
    join.join.keys = std::move(trial.keys);
    const bool adds_up = std::ranges::any_of(fresh, [](const FieldGuess& f) { return f.attribute == "population"; });
    if (adds_up && table.draft.guess.rows_repeat) join.join.several = Join::Several::sum;
    join.rows = trial.rows;
    join.matched = trial.matched;
    join.take = std::move(fresh);
    return join;
}

}  // namespace amayesh::detail
