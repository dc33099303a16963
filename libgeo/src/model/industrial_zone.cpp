#include <amayesh/model/industrial_zone.hpp>

#include "model/words.hpp"

namespace amayesh {

namespace {

constexpr auto zone_kind_words = std::to_array<std::pair<std::string_view, ZoneKind>>({
    {"industrial_estate", ZoneKind::industrial_estate},
    {"industrial_zone", ZoneKind::industrial_zone},
    {"special_economic_zone", ZoneKind::special_economic_zone},
    {"other", ZoneKind::other},
    {"industrial estate", ZoneKind::industrial_estate},
    {"estate", ZoneKind::industrial_estate},
    {"industrial zone", ZoneKind::industrial_zone},
    {"zone", ZoneKind::industrial_zone},
    {"special economic zone", ZoneKind::special_economic_zone},
    {"shahrak", ZoneKind::industrial_estate},
    {"shahrak e sanati", ZoneKind::industrial_estate},
    {"shahrak sanati", ZoneKind::industrial_estate},
    {"shahrak_sanati", ZoneKind::industrial_estate},
    {"nahiye", ZoneKind::industrial_zone},
    {"nahiye sanati", ZoneKind::industrial_zone},
    {"nahiye_sanati", ZoneKind::industrial_zone},
    {"شهرک صنعتی", ZoneKind::industrial_estate},
    {"شهرک", ZoneKind::industrial_estate},
    {"ناحیه صنعتی", ZoneKind::industrial_zone},
    {"ناحیه", ZoneKind::industrial_zone},
    {"منطقه ویژه اقتصادی", ZoneKind::special_economic_zone},
    {"منطقه ویژه", ZoneKind::special_economic_zone},
    {"سایر", ZoneKind::other},
});

constexpr auto zone_status_words = std::to_array<std::pair<std::string_view, ZoneStatus>>({
    {"operating", ZoneStatus::operating},
    {"under_construction", ZoneStatus::under_construction},
    {"approved", ZoneStatus::approved},
    {"planned", ZoneStatus::planned},
    {"closed", ZoneStatus::closed},
    {"unknown", ZoneStatus::unknown},
    {"active", ZoneStatus::operating},
    {"in operation", ZoneStatus::operating},
    {"under construction", ZoneStatus::under_construction},
    {"construction", ZoneStatus::under_construction},
    {"proposed", ZoneStatus::planned},
    {"announced", ZoneStatus::planned},
    {"inactive", ZoneStatus::closed},
    {"cancelled", ZoneStatus::closed},
    {"فعال", ZoneStatus::operating},
    {"بهرهبرداری", ZoneStatus::operating},
    {"بهره برداری", ZoneStatus::operating},
    {"در حال بهرهبرداری", ZoneStatus::operating},
    {"در حال بهره برداری", ZoneStatus::operating},
    {"در حال ساخت", ZoneStatus::under_construction},
    {"در دست احداث", ZoneStatus::under_construction},
    {"در دست اجرا", ZoneStatus::under_construction},
    {"مصوب", ZoneStatus::approved},
    {"تصویب شده", ZoneStatus::approved},
    {"پیشنهادی", ZoneStatus::planned},
    {"غیرفعال", ZoneStatus::closed},
    {"غیر فعال", ZoneStatus::closed},
    {"تعطیل", ZoneStatus::closed},
    {"نامشخص", ZoneStatus::unknown},
});

constexpr auto plot_state_words = std::to_array<std::pair<std::string_view, PlotState>>({
    {"vacant", PlotState::vacant},
    {"contracted", PlotState::contracted},
    {"under_construction", PlotState::under_construction},
    {"operating", PlotState::operating},
    {"idle", PlotState::idle},
    {"repossessable", PlotState::repossessable},
    {"unknown", PlotState::unknown},
    {"under construction", PlotState::under_construction},
    {"khali", PlotState::vacant},
    {"خالی", PlotState::vacant},
    {"واگذار نشده", PlotState::vacant},
    {"آزاد", PlotState::vacant},
    {"قرارداد", PlotState::contracted},
    {"واگذار شده", PlotState::contracted},
    {"در حال ساخت", PlotState::under_construction},
    {"در دست احداث", PlotState::under_construction},
    {"فعال", PlotState::operating},
    {"بهرهبرداری", PlotState::operating},
    {"بهره برداری", PlotState::operating},
    {"راکد", PlotState::idle},
    {"غیرفعال", PlotState::idle},
    {"غیر فعال", PlotState::idle},
    {"تعطیل", PlotState::idle},
    {"قابل خلع ید", PlotState::repossessable},
    {"خلع ید", PlotState::repossessable},
    {"قابل استرداد", PlotState::repossessable},
    {"نامشخص", PlotState::unknown},
});

}  // namespace

std::string_view to_string(ZoneKind kind) noexcept { return detail::first_word(zone_kind_words, kind); }
std::string_view to_string(ZoneStatus status) noexcept { return detail::first_word(zone_status_words, status); }
std::string_view to_string(PlotState state) noexcept { return detail::first_word(plot_state_words, state); }
std::optional<ZoneKind> parse_zone_kind(std::string_view word) { return detail::find_word(zone_kind_words, word); }
std::optional<ZoneStatus> parse_zone_status(std::string_view word) {
    return detail::find_word(zone_status_words, word);
}
std::optional<PlotState> parse_plot_state(std::string_view word) { return detail::find_word(plot_state_words, word); }

}  // namespace amayesh
