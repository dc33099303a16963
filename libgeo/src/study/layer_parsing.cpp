#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include <amayesh/study/name_folding.hpp>

#include "study/attribute_words.hpp"
#include "study/study_parsing.hpp"

namespace amayesh::detail {
namespace {

constexpr std::array all_roles{LayerRole::rural_districts, LayerRole::settlements, LayerRole::zones,
                               LayerRole::plots,           LayerRole::sources,     LayerRole::roads,
                               LayerRole::constraints,     LayerRole::rasters};

constexpr std::array<std::string_view, 4> raster_kinds{"elevation", "land_cover", "population", "friction"};

/// Keys that only layers of one role take.
struct RoleKey {
    std::string_view key;
    LayerRole role;
};
constexpr std::array<RoleKey, 8> role_keys{{{"utility", LayerRole::sources},
                                            {"role", LayerRole::sources},
                                            {"unknown_headroom", LayerRole::sources},
                                            {"place", LayerRole::zones},
                                            {"kind", LayerRole::rasters},
                                            {"classes", LayerRole::rasters},
                                            {"unit", LayerRole::rasters},
                                            {"derive", LayerRole::rural_districts}}};
/// Keys of vector layers, which rasters have no use for.
constexpr std::array<std::string_view, 7> vector_keys{"x", "y", "wkt", "where", "fields", "joins", "delimiter"};

/// Reads one layer.
class LayerParser {
public:
    LayerParser(const TomlNode& node, LayerRole role, Calendar calendar, FileErrors& errors)
        : m_table{node, Section::layer, fmt::format("[layers.{}]", to_string(role)), errors},
          m_errors{errors},
          m_calendar{calendar} {
        m_layer.role = role;
        m_layer.line = node.line;
    }

    LayerStudy parse() {
        check_keys_of_role();
        parse_source();
        parse_coordinates();
        parse_facts();
        parse_words();
        if (m_layer.role == LayerRole::rasters) parse_raster();
        parse_selection();
        if (const TomlNode* derive = m_table.find("derive")) m_layer.derive = parse_derivation(*derive);
        parse_attributes();
        check_mapped_twice();
        check_seasons();
        stand_in_for_unknown_words();
        return std::move(m_layer);
    }

private:
    /// What is stated and unknown was reported; it is not missing too.
    void stand_in_for_unknown_words() {
        if (m_table.has("utility") && !m_layer.utility) m_layer.utility = UtilityKind::water;
        if (m_table.has("role") && !m_layer.source_role) m_layer.source_role = SourceRole::distribution;
    }

    void check_keys_of_role() {
        for (const auto& [key, role] : role_keys)
            if (m_table.has(key) && role != m_layer.role)
                m_table.report(
                    key, fmt::format("'{}' goes with [layers.{}], not with {}", key, to_string(role), m_table.name()));
        if (m_layer.role != LayerRole::rasters) return;
        for (const std::string_view key : vector_keys)
            if (m_table.has(key)) m_table.report(key, fmt::format("'{}' does not go with a raster", key));
    }

    void parse_source() {
        m_layer.sources = m_table.texts("source");
        const bool is_grown = m_table.has("derive");
        if (m_table.has("source") || !is_grown) (void)require_sources();
        m_layer.layer = m_table.text("layer");
        m_layer.encoding = m_table.text("encoding");
        m_layer.crs = parse_crs(m_table, "crs");
        m_layer.delimiter = parse_delimiter(m_table);
    }

    bool require_sources() {
        const TomlNode* node = m_table.find("source");
        if (node == nullptr || node->type == TomlNode::Type::text) return !m_table.required_text("source").empty();
        const bool is_full =
            !m_layer.sources.empty() && std::none_of(m_layer.sources.begin(), m_layer.sources.end(),
                                                     [](const std::string& source) { return source.empty(); });
        if (!is_full) m_table.report("source", fmt::format("'source' in {} is empty", m_table.name()));
        return is_full;
    }

    void parse_coordinates() {
        m_layer.x_field = m_table.text("x");
        m_layer.y_field = m_table.text("y");
        m_layer.wkt_field = m_table.text("wkt");
        if (m_layer.x_field.empty() != m_layer.y_field.empty())
            m_table.report(m_layer.x_field.empty() ? "y" : "x",
                           fmt::format("'x' and 'y' in {} go together", m_table.name()));
        if (!m_layer.wkt_field.empty() && !m_layer.x_field.empty())
            m_table.report("wkt", fmt::format("{} has both 'wkt' and 'x', 'y'", m_table.name()));
    }

    void parse_facts() {
        m_layer.complete = m_table.boolean("complete").value_or(true);
        m_layer.as_of = parse_date_text(m_table, "as_of", m_calendar);
        if (const TomlNode* extent = m_table.find("extent")) m_layer.extent = parse_extent(*extent);
    }

    std::optional<Box> parse_extent(const TomlNode& node) {
        std::vector<double> sides;
        for (const TomlNode& item : node.items)
            sides.push_back(item.type == TomlNode::Type::integer ? static_cast<double>(item.integer) : item.real);
        const bool is_box = sides.size() == 4 && sides[0] >= -180 && sides[0] < sides[2] && sides[2] <= 180 &&
                            sides[1] >= -90 && sides[1] < sides[3] && sides[3] <= 90;
        if (is_box) return Box{sides[0], sides[1], sides[2], sides[3]};
        m_table.report("extent",
                       fmt::format("'extent' in {} must be [west, south, east, north] in degrees", m_table.name()));
        return std::nullopt;
    }

    void parse_words() {
        const std::string utility = m_table.text("utility");
        m_layer.utility = find_word(utility, parse_utility);
        if (m_table.has("utility") && !m_layer.utility)
            m_table.report_unknown_word("utility", utility, words_of(LayerRole::sources, "utility"));
        const std::string role = m_table.text("role");
        m_layer.source_role = find_word(role, parse_source_role);
        if (m_table.has("role") && !m_layer.source_role)
            m_table.report_unknown_word("role", role, words_of(LayerRole::sources, "role"));
        constexpr std::array<Choice<UnknownHeadroom>, 2> headrooms{
            {{"none", UnknownHeadroom::none}, {"enough", UnknownHeadroom::enough}}};
        m_layer.unknown_headroom = m_table.choice("unknown_headroom", headrooms).value_or(UnknownHeadroom::none);
        constexpr std::array<Choice<bool>, 2> places{{{"district", true}, {"geometry", false}}};
        m_layer.placed_by_district = m_table.choice("place", places).value_or(false);
    }

    void parse_raster() {
        m_layer.raster_kind = m_table.required_text("kind");
        if (!m_layer.raster_kind.empty() &&
            std::find(raster_kinds.begin(), raster_kinds.end(), m_layer.raster_kind) == raster_kinds.end())
            m_table.report_unknown_word("kind", m_layer.raster_kind, raster_kinds);
        for (const auto& [key, kind] : {std::pair{"classes", "land_cover"}, std::pair{"unit", "friction"}})
            if (m_table.has(key) && m_layer.raster_kind != kind)
                m_table.report(key, fmt::format("'{}' goes with a raster of kind \"{}\"", key, kind));
        constexpr std::array<Choice<FrictionUnit>, 3> units{{{"min/m", FrictionUnit::minutes_per_metre},
                                                             {"min/km", FrictionUnit::minutes_per_kilometre},
                                                             {"s/m", FrictionUnit::seconds_per_metre}}};
        m_layer.friction_unit = m_table.choice("unit", units).value_or(m_layer.friction_unit);
        if (const TomlNode* classes = m_table.find("classes")) parse_land_cover_classes(*classes);
    }

    /// `10 = "tree_cover"`: keys are the values of cells.
    void parse_land_cover_classes(const TomlNode& node) {
        for (const TomlEntry& entry : node.entries) {
            std::int64_t code = 0;
            const char* const end = entry.key.data() + entry.key.size();
            if (const auto [rest, error] = std::from_chars(entry.key.data(), end, code);
                error != std::errc{} || rest != end) {
                m_errors.add(entry.line, fmt::format("'{}' in 'classes' of {} is no whole number, as cells of land "
                                                     "cover hold",
                                                     entry.key, m_table.name()));
                continue;
            }
            if (entry.node.type != TomlNode::Type::text || entry.node.text.empty())
                m_errors.add(entry.line, fmt::format("'{}' in 'classes' of {} must be the name of a class", entry.key,
                                                     m_table.name()));
            else
                m_layer.land_cover_classes.emplace(code, entry.node.text);
        }
        if (node.entries.empty()) m_table.report("classes", fmt::format("'classes' of {} is empty", m_table.name()));
    }

    void parse_selection() {
        for (const TomlNode* filter : m_table.tables("where"))
            m_layer.where.push_back(parse_filter(*filter, fmt::format("'where' of {}", m_table.name()), m_errors));
    }

    AttributeScope scope() const { return {m_layer.role, m_layer.utility, m_calendar}; }

    void parse_attributes() {
        const std::string role(to_string(m_layer.role));
        if (const TomlNode* fields = m_table.find("fields"))
            m_layer.fields = parse_field_maps(*fields, fmt::format("[layers.{}.fields]", role), scope(), m_errors);
        for (const TomlNode* join : m_table.tables("joins"))
            m_layer.joins.push_back(parse_join(*join, fmt::format("[[layers.{}.joins]]", role), scope(), m_errors));
    }

    void check_mapped_twice() {
        std::map<std::string, int> mapped;
        for (const auto& [attribute, map] : m_layer.fields) mapped.emplace(attribute, map.line);
        if (m_layer.utility) mapped.emplace("utility", m_table.line_of("utility"));
        if (m_layer.source_role) mapped.emplace("role", m_table.line_of("role"));
        for (const std::string_view key : {"utility", "role"})
            if (const auto field = m_layer.fields.find(std::string(key));
                m_table.has(key) && field != m_layer.fields.end())
                m_errors.add(field->second.line, fmt::format("'{}' is given for all rows of {} in line {}", key,
                                                             m_table.name(), m_table.line_of(key)));
        for (const Join& join : m_layer.joins)
            for (const auto& [attribute, map] : join.take) {
                const auto [first, is_new] = mapped.emplace(attribute, map.line);
                if (!is_new)
                    m_errors.add(map.line, fmt::format("'{}' of {} is mapped twice; first in line {}", attribute,
                                                       m_table.name(), first->second));
            }
    }

    [[nodiscard]] const FieldMap* find_map(const std::string& attribute) const {
        if (const auto field = m_layer.fields.find(attribute); field != m_layer.fields.end()) return &field->second;
        for (const Join& join : m_layer.joins)
            if (const auto taken = join.take.find(attribute); taken != join.take.end()) return &taken->second;
        return nullptr;
    }

    /// What is committed in a season is taken off what is there in it: the two must name the same seasons.
    void check_seasons() {
        const FieldMap* in_use = find_map("in_use");
        const FieldMap* committed = find_map("committed");
        if (in_use == nullptr || committed == nullptr || in_use->season.empty() || committed->season.empty()) return;
        check_seasons_of(*committed, "committed", *in_use, "in_use", ": its headroom is not known in it");
        check_seasons_of(*in_use, "in_use", *committed, "committed",
                         fmt::format("; where nothing is, give {{ value = 0, season = … }}, and for what is committed "
                                     "all year leave out its season"));
    }

    void check_seasons_of(const FieldMap& map, std::string_view attribute, const FieldMap& other,
                          std::string_view other_attribute, const std::string& why) {
        const auto names = [](const FieldMap& candidate, const std::string& season) {
            return fold_name(candidate.season) == fold_name(season);
        };
        const auto has_season = [&](const std::string& season) {
            return names(other, season) ||
                   std::any_of(other.other_seasons.begin(), other.other_seasons.end(),
                               [&](const FieldMap& candidate) { return names(candidate, season); });
        };
        const auto check = [&](const FieldMap& season) {
            if (!season.season.empty() && !has_season(season.season))
                m_errors.add(season.line, fmt::format("'{}' of {} has the season '{}', '{}' has not{}", attribute,
                                                      m_table.name(), season.season, other_attribute, why));
        };
        check(map);
        for (const FieldMap& season : map.other_seasons) check(season);
    }

    Derivation parse_derivation(const TomlNode& node) {
        constexpr std::array<Choice<std::string_view>, 4> parents{
            {{"district", "district"}, {"county", "county"}, {"province", "province"}, {"position", ""}}};
        const TableReader table(node, Section::derive, "[layers.rural_districts.derive]", m_errors);
        Derivation derive;
        derive.line = node.line;
        derive.source = table.required_text("source");
        derive.layer = table.text("layer");
        derive.encoding = table.text("encoding");
        derive.crs = parse_crs(table, "crs");
        derive.parent_attribute = table.choice("parent", parents).value_or("district");
        if (const TomlNode* fields = table.find("fields"))
            derive.fields = parse_field_maps(*fields, "[layers.rural_districts.derive.fields]",
                                             {LayerRole::rural_districts, std::nullopt, m_calendar}, m_errors);
        const bool has_key = derive.fields.contains("id") || derive.fields.contains("name");
        if (!derive.parent_attribute.empty() && !has_key)
            m_errors.add(node.line, fmt::format("{} lacks 'id' or 'name' in its fields", table.name()));
        return derive;
    }

    TableReader m_table;
    FileErrors& m_errors;
    Calendar m_calendar;
    LayerStudy m_layer;
};

bool is_mapped(const LayerStudy& layer, std::string_view attribute) {
    const std::string key(attribute);
    if (layer.fields.contains(key)) return true;
    return std::any_of(layer.joins.begin(), layer.joins.end(),
                       [&](const Join& join) { return join.take.contains(key); });
}

bool has_people_elsewhere(const std::vector<LayerStudy>& layers) {
    return std::any_of(layers.begin(), layers.end(), [](const LayerStudy& layer) {
        return (layer.role == LayerRole::settlements && is_mapped(layer, "population")) ||
               (layer.role == LayerRole::rasters && layer.raster_kind == "population");
    });
}

bool is_required(const LayerStudy& layer, const AttributeRule& rule, const std::vector<LayerStudy>& layers) {
    if (layer.role == LayerRole::rural_districts && rule.name == "population") return !has_people_elsewhere(layers);
    if (layer.role == LayerRole::sources && rule.name == "utility") return !layer.utility;
    if (layer.role == LayerRole::sources && rule.name == "role") return !layer.source_role;
    if (layer.role == LayerRole::zones && rule.name == "rural_district") return layer.placed_by_district;
    return rule.required;
}

void check_required(const LayerStudy& layer, const std::vector<LayerStudy>& layers, FileErrors& errors) {
    const bool is_grown_alone = layer.derive && layer.sources.empty();
    for (const AttributeRule& rule : attributes_of(layer.role)) {
        if (!is_required(layer, rule, layers) || is_mapped(layer, rule.name)) continue;
        // Districts grown without a table of their own take ids and names from the settlements.
        if (is_grown_alone && rule.name != "population") continue;
        std::string way_out;
        if (rule.name == "population") way_out = ", nor gives a settlements layer or a population raster any";
        errors.add(layer.line, fmt::format("[layers.{}] maps no '{}'{}", to_string(layer.role), rule.name, way_out));
    }
}

void check_repeated(const std::vector<LayerStudy>& layers, FileErrors& errors) {
    const auto key_of = [](const LayerStudy& layer) {
        return layer.role == LayerRole::rasters ? fmt::format("rasters, kind \"{}\"", layer.raster_kind)
                                                : std::string(to_string(layer.role));
    };
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (layers[i].role != LayerRole::rural_districts && layers[i].role != LayerRole::rasters) continue;
        for (std::size_t j = 0; j < i; ++j)
            if (key_of(layers[j]) == key_of(layers[i]))
                errors.add(layers[i].line, fmt::format("a second layer of {}; the first is in line {}",
                                                       key_of(layers[i]), layers[j].line));
    }
}

}  // namespace

LayerStudy parse_layer(const TomlNode& table, LayerRole role, Calendar calendar, FileErrors& errors) {
    return LayerParser(table, role, calendar, errors).parse();
}

std::vector<LayerStudy> parse_layers(const TomlNode& table, Calendar calendar, FileErrors& errors) {
    std::vector<std::string_view> known;
    for (const LayerRole role : all_roles) known.push_back(to_string(role));
    std::vector<LayerStudy> layers;
    for (const TomlEntry& entry : table.entries) {
        const auto role = std::find_if(all_roles.begin(), all_roles.end(),
                                       [&](LayerRole candidate) { return to_string(candidate) == entry.key; });
        if (role == all_roles.end()) {
            errors.add(entry.line, fmt::format("unknown layer '{}'{}", entry.key, suggestion(entry.key, known)));
            continue;
        }
        const bool is_list = entry.node.type == TomlNode::Type::array;
        const auto tables = is_list ? std::span<const TomlNode>(entry.node.items) : std::span(&entry.node, 1);
        for (const TomlNode& node : tables) {
            if (node.type != TomlNode::Type::table) {
                errors.add(entry.line, fmt::format("[layers.{}] must be a table or a list of tables", entry.key));
                break;
            }
            layers.push_back(parse_layer(node, *role, calendar, errors));
        }
    }
    check_repeated(layers, errors);
    for (const LayerStudy& layer : layers) check_required(layer, layers, errors);
    return layers;
}

}  // namespace amayesh::detail
