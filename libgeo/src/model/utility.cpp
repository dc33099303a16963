#include <amayesh/model/utility.hpp>

#include "model/words.hpp"

namespace amayesh {

namespace {

constexpr auto utility_words = std::to_array<std::pair<std::string_view, UtilityKind>>({
    {"water", UtilityKind::water},
    {"power", UtilityKind::power},
    {"gas", UtilityKind::gas},
    {"telecom", UtilityKind::telecom},
    {"electricity", UtilityKind::power},
    {"electric", UtilityKind::power},
    {"natural gas", UtilityKind::gas},
    {"telecommunication", UtilityKind::telecom},
    {"telecommunications", UtilityKind::telecom},
    {"internet", UtilityKind::telecom},
    {"ab", UtilityKind::water},
    {"bargh", UtilityKind::power},
    {"barq", UtilityKind::power},
    {"gaz", UtilityKind::gas},
    {"mokhaberat", UtilityKind::telecom},
    {"آب", UtilityKind::water},
    {"اب", UtilityKind::water},
    {"برق", UtilityKind::power},
    {"گاز", UtilityKind::gas},
    {"مخابرات", UtilityKind::telecom},
    {"اینترنت", UtilityKind::telecom},
});

constexpr auto telecom_words = std::to_array<std::pair<std::string_view, TelecomClass>>({
    {"none", TelecomClass::none},
    {"phone", TelecomClass::phone},
    {"copper", TelecomClass::copper},
    {"fibre", TelecomClass::fibre},
    {"no", TelecomClass::none},
    {"telephone", TelecomClass::phone},
    {"dsl", TelecomClass::copper},
    {"adsl", TelecomClass::copper},
    {"vdsl", TelecomClass::copper},
    {"fiber", TelecomClass::fibre},
    {"ftth", TelecomClass::fibre},
    {"optical fibre", TelecomClass::fibre},
    {"ندارد", TelecomClass::none},
    {"تلفن", TelecomClass::phone},
    {"سیم مسی", TelecomClass::copper},
    {"مسی", TelecomClass::copper},
    {"فیبر", TelecomClass::fibre},
    {"فیبر نوری", TelecomClass::fibre},
});

}  // namespace

std::string_view to_string(UtilityKind kind) noexcept { return detail::first_word(utility_words, kind); }
std::string_view to_string(TelecomClass value) noexcept { return detail::first_word(telecom_words, value); }
std::optional<UtilityKind> parse_utility(std::string_view word) { return detail::find_word(utility_words, word); }
std::optional<TelecomClass> parse_telecom_class(std::string_view word) {
    return detail::find_word(telecom_words, word);
}

std::string_view unit_name(UtilityKind kind) noexcept {
    constexpr std::array<std::string_view, utility_count> names{"L/s", "MW", "m³/h", "Mbit/s"};
    return names[static_cast<std::size_t>(kind)];
}

Dimension dimension_of(UtilityKind kind) noexcept {
    constexpr std::array dimensions{Dimension::water_flow, Dimension::electric_power, Dimension::gas_flow,
                                    Dimension::data_rate};
    return dimensions[static_cast<std::size_t>(kind)];
}

std::optional<double> UtilitySupply::amount(UtilityKind kind) const noexcept {
    switch (kind) {
        case UtilityKind::water:
            return water ? std::optional{water->value()} : std::nullopt;
        case UtilityKind::power:
            return power ? std::optional{power->value()} : std::nullopt;
        case UtilityKind::gas:
            return gas ? std::optional{gas->value()} : std::nullopt;
        case UtilityKind::telecom:
            return telecom_rate ? std::optional{telecom_rate->value()} : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace amayesh
