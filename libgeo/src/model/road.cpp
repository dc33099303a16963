#include <amayesh/model/road.hpp>

#include "model/words.hpp"

namespace amayesh {

namespace {

constexpr auto direction_words = std::to_array<std::pair<std::string_view, RoadDirection>>({
    {"no", RoadDirection::both},          {"yes", RoadDirection::forward},
    {"reverse", RoadDirection::backward}, {"both", RoadDirection::both},
    {"0", RoadDirection::both},           {"false", RoadDirection::both},
    {"n", RoadDirection::both},           {"b", RoadDirection::both},
    {"reversible", RoadDirection::both},  {"alternating", RoadDirection::both},
    {"1", RoadDirection::forward},        {"true", RoadDirection::forward},
    {"y", RoadDirection::forward},        {"forward", RoadDirection::forward},
    {"-1", RoadDirection::backward},      {"backward", RoadDirection::backward},
    {"خیر", RoadDirection::both},         {"نه", RoadDirection::both},
    {"نیست", RoadDirection::both},        {"دوطرفه", RoadDirection::both},
    {"دو طرفه", RoadDirection::both},     {"بله", RoadDirection::forward},
    {"اری", RoadDirection::forward},      {"هست", RoadDirection::forward},
    {"یکطرفه", RoadDirection::forward},   {"یک طرفه", RoadDirection::forward},
    {"برعکس", RoadDirection::backward},
});

/// Classes are those of OpenStreetMap.
constexpr auto class_words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"motorway", "motorway"},
    {"freeway", "motorway"},
    {"expressway", "trunk"},
    {"highway", "trunk"},
    {"trunk", "trunk"},
    {"main", "primary"},
    {"primary", "primary"},
    {"secondary", "secondary"},
    {"tertiary", "tertiary"},
    {"minor", "tertiary"},
    {"unclassified", "unclassified"},
    {"rural", "unclassified"},
    {"local", "residential"},
    {"residential", "residential"},
    {"street", "residential"},
    {"living_street", "living_street"},
    {"service", "service"},
    {"track", "track"},
    {"path", "path"},
    {"ازادراه", "motorway"},
    {"ازاد راه", "motorway"},
    {"بزرگراه", "trunk"},
    {"بزرگ راه", "trunk"},
    {"راه اصلی", "primary"},
    {"اصلی", "primary"},
    {"جاده اصلی", "primary"},
    {"راه درجه یک", "primary"},
    {"جاده درجه یک", "primary"},
    {"درجه یک", "primary"},
    {"درجه 1", "primary"},
    {"راه اصلی درجه یک", "primary"},
    {"راه اصلی درجه دو", "primary"},
    {"راه فرعی", "secondary"},
    {"فرعی", "secondary"},
    {"جاده فرعی", "secondary"},
    {"راه درجه دو", "secondary"},
    {"جاده درجه دو", "secondary"},
    {"درجه دو", "secondary"},
    {"درجه 2", "secondary"},
    {"راه فرعی درجه یک", "secondary"},
    {"راه فرعی درجه دو", "tertiary"},
    {"راه روستایی", "unclassified"},
    {"روستایی", "unclassified"},
    {"جاده روستایی", "unclassified"},
    {"شوسه", "unclassified"},
    {"راه شوسه", "unclassified"},
    {"جاده شوسه", "unclassified"},
    {"خیابان", "residential"},
    {"کوچه", "residential"},
    {"معبر محلی", "residential"},
    {"راه خاکی", "track"},
    {"خاکی", "track"},
    {"جاده خاکی", "track"},
    {"جیپ رو", "track"},
    {"مالرو", "path"},
});

constexpr auto barrier_words = std::to_array<std::pair<std::string_view, BarrierKind>>({
    {"river", BarrierKind::river},
    {"lake", BarrierKind::lake},
    {"stream", BarrierKind::river},
    {"canal", BarrierKind::river},
    {"reservoir", BarrierKind::lake},
    {"water", BarrierKind::lake},
    {"sea", BarrierKind::lake},
    {"رودخانه", BarrierKind::river},
    {"رود", BarrierKind::river},
    {"کانال", BarrierKind::river},
    {"دریاچه", BarrierKind::lake},
    {"دریا", BarrierKind::lake},
    {"مخزن سد", BarrierKind::lake},
});

}  // namespace

std::string_view to_string(RoadDirection direction) noexcept { return detail::first_word(direction_words, direction); }
std::optional<RoadDirection> parse_road_direction(std::string_view word) {
    return detail::find_word(direction_words, word);
}
std::optional<std::string_view> parse_road_class(std::string_view word) { return detail::find_word(class_words, word); }
std::string_view to_string(BarrierKind kind) noexcept { return detail::first_word(barrier_words, kind); }
std::optional<BarrierKind> parse_barrier_kind(std::string_view word) { return detail::find_word(barrier_words, word); }

}  // namespace amayesh
