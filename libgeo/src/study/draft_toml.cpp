#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <amayesh/core/units.hpp>
#include <amayesh/study/study_draft.hpp>

#include "study/attribute_words.hpp"
#include "study/toml_text.hpp"

namespace amayesh {
namespace {

namespace fs = std::filesystem;
using detail::commented;
using detail::toml_key;
using detail::toml_list;
using detail::toml_string;

/// Lines of a study; remarks stand behind the values, at one column.
class Page {
public:
    void blank() { m_text += '\n'; }
    void line(std::string_view text) { m_text += std::string(text) + '\n'; }
    void remark(std::string_view text) { m_text += commented(text); }
    void entry(const std::string& text, const std::string& remark) {
        constexpr std::size_t column = 36;
        m_text += text;
        if (!remark.empty()) {
            m_text.append(text.size() < column ? column - text.size() : 2, ' ');
            m_text += "# " + detail::one_line(remark);
        }
        m_text += '\n';
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::string how_sure(double score, const std::string& reason) {
    return fmt::format("{}: {}", to_string(sureness_of(score)), reason);
}

std::optional<Dimension> dimension_for(const AttributeRule& rule, const LayerGuess& guess) {
    if (rule.dimension) return rule.dimension;
    return guess.utility ? std::optional(dimension_of(*guess.utility)) : std::nullopt;
}

/// The question that a blank unit asks.
std::string unit_question(const FieldGuess& field, const AttributeRule& rule, const LayerGuess& guess) {
    std::string question = "which unit?";
    if (const auto dimension = dimension_for(rule, guess)) {
        std::string units;
        for (const std::string_view unit : unit_names_for(*dimension))
            units += (units.empty() ? "" : ", ") + toml_string(unit);
        question += " one of " + units;
    }
    if (guess.utility == UtilityKind::power || rule.name == "power") question += "; kVA and MVA with power_factor";
    if (!field.unit_hint.empty()) question += fmt::format("; the field's name shows {}", field.unit_hint);
    return question;
}

std::string origin_of(const FieldGuess& field) {
    if (!field.sum_of.empty()) return "sum = " + toml_list(field.sum_of);
    if (!field.constant.empty()) return "value = " + toml_string(field.constant);
    return "field = " + toml_string(field.field);
}

/// `"KOD"`, or a table where more than the field has to be said.
std::string map_of(const FieldGuess& field) {
    const bool is_plain = field.sum_of.empty() && field.constant.empty() && !field.needs_unit && field.prefix.empty();
    if (is_plain) return toml_string(field.field);
    std::string map = "{ " + origin_of(field);
    if (field.needs_unit) map += ", unit = \"\"";
    if (!field.prefix.empty()) map += ", prefix = " + toml_string(field.prefix);
    return map + " }";
}

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
    return text;
}

/// Where values are no words of ours: the map that the person completes.
void add_words_to_fill(const FieldGuess& field, LayerRole role, Page& page) {
    if (field.strange_words.empty()) return;
    std::string words;
    for (const std::string& word : field.strange_words)
        words += (words.empty() ? "" : ", ") + toml_key(word) + " = \"…\"";
    page.remark(fmt::format("  {} has values that are not known; say what they mean: {}", field.field,
                            listed(detail::words_of(role, field.attribute))));
    page.remark(fmt::format("  {} = {{ {}, words = {{ {} }} }}", field.attribute, origin_of(field), words));
}

std::string suggestion_for(const AttributeRule& rule, LayerRole role) {
    const auto words = detail::words_of(role, rule.name);
    if (rule.kind == ValueKind::word && !words.empty()) return fmt::format("{} = {{ value = \"\" }}", rule.name);
    return fmt::format("{} = \"\"", rule.name);
}

bool is_taken_by_join(const DraftLayer& layer, std::string_view attribute) {
    return std::ranges::any_of(layer.joins, [&](const DraftJoin& join) {
        return std::ranges::any_of(join.take, [&](const FieldGuess& f) { return f.attribute == attribute; });
    });
}

/// Given for all rows of a layer of sources.
bool is_given_for_layer(const LayerGuess& guess, std::string_view attribute) {
    return guess.role == LayerRole::sources &&
           ((attribute == "utility" && guess.find("utility") == nullptr) || attribute == "role");
}

void add_fields(const DraftLayer& layer, Page& page) {
    const LayerRole role = *layer.guess.role;
    std::string not_found;
    for (const AttributeRule& rule : attributes_of(role)) {
        if (is_given_for_layer(layer.guess, rule.name) || is_taken_by_join(layer, rule.name)) continue;
        const FieldGuess* field = layer.guess.find(rule.name);
        if (field == nullptr && !rule.required) {
            not_found += (not_found.empty() ? "" : ", ") + std::string(rule.name);
            continue;
        }
        if (field == nullptr && rule.name == "id" && !layer.guess.id_parts.empty()) {
            page.entry("# id = { parts = " + toml_list(layer.guess.id_parts) + " }",
                       "required; no code found, but these two are different in every row together");
            continue;
        }
        if (field == nullptr) {
            const auto words = detail::words_of(role, rule.name);
            page.entry("# " + suggestion_for(rule, role),
                       "required, not found" + (words.empty() ? "" : ": one of " + listed(words)));
            continue;
        }
        std::string remark = how_sure(field->score, field->reason);
        if (field->needs_unit) remark = unit_question(*field, rule, layer.guess) + "; " + remark;
        if (!field->others.empty()) remark += "; or " + fmt::format("{}", fmt::join(field->others, ", "));
        page.entry(std::string(rule.name) + " = " + map_of(*field), remark);
        add_words_to_fill(*field, role, page);
    }
    if (!not_found.empty()) page.remark("not found: " + not_found);
}

std::string filter_text(const Filter& filter) {
    return fmt::format("{{ field = {}, in = {} }}", toml_string(filter.field), toml_list(filter.values));
}

std::string key_text(const Join::Key& key) {
    std::string text =
        fmt::format("{{ field = {}, table_field = {}", toml_string(key.field), toml_string(key.table_field));
    if (key.by_name) text += ", by = \"name\"";
    if (!key.prefix.empty()) text += ", prefix = " + toml_string(key.prefix);
    if (!key.table_prefix.empty()) text += ", table_prefix = " + toml_string(key.table_prefix);
    if (key.pad_to) text += fmt::format(", pad_to = {}", *key.pad_to);
    return text + " }";
}

/// Writes the layers of a draft.
class LayerWriter {
public:
    LayerWriter(const StudyDraft& draft, const fs::path& study_folder)
        : m_draft{draft}, m_study_folder{fs::absolute(study_folder.empty() ? fs::path(".") : study_folder)} {}

    /// `header`: "[layers.zones]" or "[[layers.zones]]".
    std::string text(const DraftLayer& layer, const std::string& header) const {
        Page page;
        page.line(header);
        add_source(layer, page);
        add_facts(layer, page);
        if (layer.guess.role == LayerRole::rasters) return page.text();
        page.blank();
        page.line(fmt::format("[layers.{}.fields]", to_string(*layer.guess.role)));
        add_fields(layer, page);
        for (const DraftJoin& join : layer.joins) add_join(layer, join, page);
        return page.text();
    }

private:
    std::string path_of(const std::string& source) const {
        const fs::path path = (fs::absolute(m_draft.folder) / source).lexically_normal();
        const fs::path relative = path.lexically_relative(m_study_folder.lexically_normal());
        return relative.empty() ? path.generic_string() : relative.generic_string();
    }

    void add_source(const DraftLayer& layer, Page& page) const {
        page.entry("source = " + toml_string(path_of(layer.source)),
                   layer.files.size() > 1 ? fmt::format("{} files of one kind", layer.files.size()) : "");
        if (!layer.layer.empty()) page.line("layer = " + toml_string(layer.layer));
        if (!layer.delimiter.empty())
            page.line("delimiter = " + toml_string(layer.delimiter == "\t" ? "tab" : layer.delimiter));
        if (!layer.encoding.empty())
            page.remark(fmt::format("encoding = {}   guessed from the bytes; take the # away if the names read right",
                                    toml_string(layer.encoding)));
        if (!layer.guess.x_field.empty()) {
            page.line("x = " + toml_string(layer.guess.x_field));
            page.line("y = " + toml_string(layer.guess.y_field));
        }
        if (!layer.guess.wkt_field.empty()) page.line("wkt = " + toml_string(layer.guess.wkt_field));
        add_crs(layer, page);
    }

    static void add_crs(const DraftLayer& layer, Page& page) {
        const bool has_place = layer.shape != "table" || !layer.guess.x_field.empty() || !layer.guess.wkt_field.empty();
        if (!has_place || !layer.crs.empty() || layer.shape == "raster") return;
        std::string remark = "the data says none; \"EPSG:4326\" is degrees on WGS 84";
        if (!layer.bounds.is_empty())
            remark += fmt::format("; x {:.6g} to {:.6g}, y {:.6g} to {:.6g}", layer.bounds.min_x, layer.bounds.max_x,
                                  layer.bounds.min_y, layer.bounds.max_y);
        page.entry("# crs = \"\"", remark);
    }

    void add_facts(const DraftLayer& layer, Page& page) const {
        const LayerGuess& guess = layer.guess;
        if (guess.role == LayerRole::rasters)
            page.entry("kind = " + toml_string(layer.raster_kind), "likely: its name");
        if (guess.role == LayerRole::sources) add_supply(guess, page);
        if (guess.placed_by_district)
            page.entry("place = \"district\"", "known by the code of their rural district alone");
        if (guess.where) page.entry("where = " + filter_text(*guess.where), "the other rows are of another kind");
        add_date(layer, page);
        if (guess.role == LayerRole::zones || guess.role == LayerRole::sources || guess.role == LayerRole::settlements)
            page.entry("# complete = false", "take the # away where there may be more than these");
    }

    static void add_supply(const LayerGuess& guess, Page& page) {
        if (guess.find("utility") == nullptr) {
            if (guess.utility)
                page.entry("utility = " + toml_string(to_string(*guess.utility)), how_sure(guess.score, guess.reason));
            else
                page.entry("# utility = \"\"",
                           "required: one of " + listed(detail::words_of(LayerRole::sources, "utility")));
        }
        page.entry("role = " + toml_string(to_string(*guess.source_role)),
                   guess.source_role == SourceRole::context
                       ? "likely: plants and trunk lines are drawn, never counted as headroom; else \"distribution\""
                       : "perhaps: \"distribution\" can serve a zone; \"context\" is drawn alone");
    }

    void add_date(const DraftLayer& layer, Page& page) const {
        const FieldGuess* population = layer.guess.find("population");
        if (layer.guess.years.empty()) {
            page.entry("# as_of = \"\"", "date of the data");
            return;
        }
        const int year = layer.guess.years.back();
        const bool is_solar = year < 1500;
        const bool fits = is_solar == (m_draft.calendar == Calendar::solar_hijri);
        const bool is_census =
            population != nullptr && population->field.find(std::to_string(year)) != std::string::npos;
        if (fits && is_census)
            page.entry(fmt::format("as_of = \"{}\"", year), "likely: the field's name");
        else
            page.entry("# as_of = \"\"", fmt::format("date of the data; a name has {}", year));
    }

    void add_join(const DraftLayer& layer, const DraftJoin& join, Page& page) const {
        const std::string role(to_string(*layer.guess.role));
        page.blank();
        page.entry(fmt::format("[[layers.{}.joins]]", role),
                   fmt::format("{} of {} rows find theirs ({:.0f} %)", join.matched, join.rows, join.share() * 100));
        page.line("source = " + toml_string(path_of(join.join.source)));
        if (!join.join.layer.empty()) page.line("layer = " + toml_string(join.join.layer));
        if (!join.join.delimiter.empty())
            page.line("delimiter = " + toml_string(join.join.delimiter == "\t" ? "tab" : join.join.delimiter));
        if (join.join.where) page.line("where = " + filter_text(*join.join.where));
        std::string keys;
        for (const Join::Key& key : join.join.keys) keys += (keys.empty() ? "" : ", ") + key_text(key);
        page.line("on = [" + keys + "]");
        if (join.join.several == Join::Several::sum)
            page.entry("several = \"sum\"", "the table has several rows for one; their numbers are added up");
        page.blank();
        page.line(fmt::format("[layers.{}.joins.take]", role));
        for (const FieldGuess& field : join.take)
            page.entry(field.attribute + " = " + map_of(field), how_sure(field.score, field.reason));
    }

    const StudyDraft& m_draft;
    fs::path m_study_folder;
};

std::string description_of(const DraftLayer& layer) {
    std::string text =
        layer.shape == "raster"
            ? layer.source + ": a raster"
            : fmt::format("{}{}: {} {}", layer.source, layer.layer.empty() ? "" : ", layer " + layer.layer, layer.rows,
                          layer.shape == "table" ? "rows without geometry" : layer.shape);
    if (!layer.crs.empty()) text += ", " + layer.crs;
    const LayerGuess& guess = layer.guess;
    if (guess.role) text += fmt::format(". {}: {}", to_string(*guess.role), how_sure(guess.score, guess.reason));
    if (!layer.why.empty()) text += ". " + layer.why;
    return text;
}

void add_head(const StudyDraft& draft, Page& page) {
    page.remark(
        "Drafted by `amayesh init` from what the folder holds. Each guess says how sure it is: sure, likely, perhaps.");
    page.remark("Fill in what is blank (\"\") and take the # away; then try `amayesh check` on this file.");
    page.line("schema_version = \"1\"");
    page.line("title = " + toml_string(fs::absolute(draft.folder).lexically_normal().filename().string()));
    page.line(fmt::format("language = \"{}\"", draft.language == Language::persian ? "persian" : "english"));
    page.line(fmt::format("calendar = \"{}\"", to_string(draft.calendar)));
    page.blank();
    page.line("[assess]");
    page.line("unit = \"rural_district\"");
    page.entry("over = 10000", "people; strictly more");
    page.entry("serving_statuses = [\"operating\"]", "of zones; add \"unknown\" where the data has no status");
    page.blank();
    page.line("[standards]");
    page.line("files = [\"iran\"]");
}

void add_rest(const StudyDraft& draft, Page& page) {
    bool is_first = true;
    const auto head = [&](std::string_view text) {
        if (is_first) page.blank();
        is_first = false;
        page.remark(text);
    };
    for (const DraftLayer& layer : draft.layers)
        if (layer.use == DraftUse::left_out) head("Left out: " + description_of(layer));
    for (const DraftLayer& layer : draft.layers)
        if (layer.use == DraftUse::joined) head(fmt::format("{}: {}", layer.source, layer.why));
    for (const SkippedFile& file : draft.skipped) head(fmt::format("Not read: {}: {}", file.path, file.reason));
}

}  // namespace

std::string to_toml(const StudyDraft& draft, const fs::path& study_folder) {
    Page page;
    add_head(draft, page);
    const LayerWriter writer(draft, study_folder);
    std::map<LayerRole, std::size_t> used;
    for (const DraftLayer& layer : draft.layers)
        if (layer.use == DraftUse::used && layer.guess.role) ++used[*layer.guess.role];
    for (const DraftLayer& layer : draft.layers) {
        if (!layer.guess.role || (layer.use != DraftUse::used && layer.use != DraftUse::alternative)) continue;
        const bool is_one = used[*layer.guess.role] < 2;
        const std::string table = fmt::format("[layers.{}]", to_string(*layer.guess.role));
        const std::string header = is_one ? table : "[" + table + "]";
        page.blank();
        page.remark(description_of(layer));
        const std::string text = writer.text(layer, header);
        if (layer.use == DraftUse::used)
            page.line(std::string_view(text).substr(0, text.size() - 1));
        else
            page.remark(text);
    }
    add_rest(draft, page);
    return page.text();
}

}  // namespace amayesh
