#include <amayesh/model/settlement.hpp>

#include "model/words.hpp"

namespace amayesh {

namespace {

constexpr auto kind_words = std::to_array<std::pair<std::string_view, SettlementKind>>({
    {"village", SettlementKind::village}, {"city", SettlementKind::city},      {"block", SettlementKind::block},
    {"nomadic", SettlementKind::nomadic}, {"other", SettlementKind::other},    {"unknown", SettlementKind::unknown},
    {"town", SettlementKind::city},       {"hamlet", SettlementKind::village}, {"locality", SettlementKind::unknown},
    {"rusta", SettlementKind::village},   {"roosta", SettlementKind::village}, {"abadi", SettlementKind::village},
    {"shahr", SettlementKind::city},      {"روستا", SettlementKind::village},  {"ده", SettlementKind::village},
    {"آبادی", SettlementKind::village},   {"ابادی", SettlementKind::village},  {"شهر", SettlementKind::city},
    {"بلوک", SettlementKind::block},      {"عشایری", SettlementKind::nomadic}, {"سایر", SettlementKind::other},
    {"نامعلوم", SettlementKind::unknown}, {"نامشخص", SettlementKind::unknown},
});

}  // namespace

std::string_view to_string(SettlementKind kind) noexcept { return detail::first_word(kind_words, kind); }
std::optional<SettlementKind> parse_settlement_kind(std::string_view word) {
    return detail::find_word(kind_words, word);
}

}  // namespace amayesh
