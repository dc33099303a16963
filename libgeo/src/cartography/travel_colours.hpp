#pragma once

#include <array>

#include "cartography/map_description.hpp"

namespace amayesh::detail {

// Warm is far, cool is near: ColorBrewer "RdYlBu", as the other maps of need; beyond two hours darker still.
inline constexpr Colour up_to_15{0x4575B4};
inline constexpr Colour up_to_30{0xABD9E9};
inline constexpr Colour up_to_45{0xFEE090};
inline constexpr Colour up_to_60{0xF46D43};
inline constexpr Colour beyond_60{0xA50026};
inline constexpr Colour beyond_120{0x40000F};

/// A class of the cells of a raster of minutes: those after the class before, up to and with `up_to`.
struct TravelClass {
    double up_to = 0;
    Colour colour{};
    Words label{};
};

/// The last has no end.
inline constexpr std::array<TravelClass, 6> travel_classes{{
    {15, up_to_15, {"up to 15 min", "تا ۱۵ دقیقه"}},
    {30, up_to_30, {"15–30 min", "۱۵ تا ۳۰ دقیقه"}},
    {45, up_to_45, {"30–45 min", "۳۰ تا ۴۵ دقیقه"}},
    {60, up_to_60, {"45–60 min", "۴۵ تا ۶۰ دقیقه"}},
    {120, beyond_60, {"1–2 hours", "۱ تا ۲ ساعت"}},
    {1e9, beyond_120, {"over 2 hours", "بیش از ۲ ساعت"}},
}};

}  // namespace amayesh::detail
