#include "study/attribute_words.hpp"

#include <algorithm>
#include <array>

#include <amayesh/study/name_folding.hpp>

namespace amayesh::detail {
namespace {

constexpr auto flag_words = std::to_array<std::pair<std::string_view, bool>>({
    {"yes", true},
    {"no", false},
    {"true", true},
    {"false", false},
    {"1", true},
    {"0", false},
    {"y", true},
    {"n", false},
    {"t", true},
    {"f", false},
    {"بله", true},
    {"خیر", false},
    {"دارد", true},
    {"ندارد", false},
    {"هست", true},
    {"نیست", false},
    {"آری", true},
    {"نه", false},
});

template <class Enum, std::size_t Count>
std::vector<std::string_view> names_of(const std::array<Enum, Count>& values) {
    std::vector<std::string_view> names;
    for (const Enum value : values) names.push_back(to_string(value));
    return names;
}

/// What kind of word an attribute takes.
enum class WordList {
    free,
    flag,
    utility,
    source_role,
    telecom_class,
    settlement_kind,
    zone_kind,
    zone_status,
    plot_state,
    road_direction
};

WordList list_of(LayerRole role, std::string_view attribute) {
    for (const AttributeRule& rule : attributes_of(role))
        if (rule.name == attribute && rule.kind == ValueKind::flag) return WordList::flag;
    if (attribute == "telecom_class" || attribute == "telecom") return WordList::telecom_class;
    if (role == LayerRole::settlements && attribute == "kind") return WordList::settlement_kind;
    if (role == LayerRole::zones && attribute == "kind") return WordList::zone_kind;
    if (role == LayerRole::zones && attribute == "status") return WordList::zone_status;
    if (role == LayerRole::plots && attribute == "state") return WordList::plot_state;
    if (role == LayerRole::roads && attribute == "one_way") return WordList::road_direction;
    if (role == LayerRole::sources && attribute == "utility") return WordList::utility;
    if (role == LayerRole::sources && attribute == "role") return WordList::source_role;
    return WordList::free;
}

}  // namespace

std::vector<std::string> word_spellings(std::string_view utf8) {
    const std::string folded = fold_name(utf8);
    std::string underscored = folded;
    std::replace(underscored.begin(), underscored.end(), ' ', '_');
    std::string joined = folded;
    std::erase(joined, ' ');
    return {folded, underscored, joined};
}

std::optional<bool> parse_flag(std::string_view word) {
    for (const auto& [text, value] : flag_words)
        if (text == word) return value;
    return std::nullopt;
}

bool is_word_of(LayerRole role, std::string_view attribute, std::string_view utf8) {
    switch (list_of(role, attribute)) {
        case WordList::free:
            return true;
        case WordList::flag:
            return find_word(utf8, parse_flag).has_value();
        case WordList::utility:
            return find_word(utf8, parse_utility).has_value();
        case WordList::source_role:
            return find_word(utf8, parse_source_role).has_value();
        case WordList::telecom_class:
            return find_word(utf8, parse_telecom_class).has_value();
        case WordList::settlement_kind:
            return find_word(utf8, parse_settlement_kind).has_value();
        case WordList::zone_kind:
            return find_word(utf8, parse_zone_kind).has_value();
        case WordList::zone_status:
            return find_word(utf8, parse_zone_status).has_value();
        case WordList::plot_state:
            return find_word(utf8, parse_plot_state).has_value();
        case WordList::road_direction:
            return find_word(utf8, parse_road_direction).has_value();
    }
    return false;
}

std::vector<std::string_view> words_of(LayerRole role, std::string_view attribute) {
    switch (list_of(role, attribute)) {
        case WordList::free:
            return {};
        case WordList::flag:
            return {"yes", "no"};
        case WordList::utility:
            return names_of(all_utilities);
        case WordList::source_role:
            return names_of(std::array{SourceRole::distribution, SourceRole::context});
        case WordList::telecom_class:
            return names_of(
                std::array{TelecomClass::none, TelecomClass::phone, TelecomClass::copper, TelecomClass::fibre});
        case WordList::settlement_kind:
            return names_of(std::array{SettlementKind::village, SettlementKind::city, SettlementKind::block,
                                       SettlementKind::nomadic, SettlementKind::other, SettlementKind::unknown});
        case WordList::zone_kind:
            return names_of(std::array{ZoneKind::industrial_estate, ZoneKind::industrial_zone,
                                       ZoneKind::special_economic_zone, ZoneKind::other});
        case WordList::zone_status:
            return names_of(std::array{ZoneStatus::operating, ZoneStatus::under_construction, ZoneStatus::approved,
                                       ZoneStatus::planned, ZoneStatus::closed, ZoneStatus::unknown});
        case WordList::plot_state:
            return names_of(std::array{PlotState::vacant, PlotState::contracted, PlotState::under_construction,
                                       PlotState::operating, PlotState::idle, PlotState::repossessable,
                                       PlotState::unknown});
        case WordList::road_direction:
            return names_of(std::array{RoadDirection::both, RoadDirection::forward, RoadDirection::backward});
    }
    return {};
}

}  // namespace amayesh::detail
