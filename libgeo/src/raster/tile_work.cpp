#include "raster/tile_work.hpp"

namespace amayesh::detail {
namespace {

/// 0, 1 or 2: before the tile, in it, behind it.
constexpr int part_of(int padded) noexcept {
    if (padded < tile_margin) return 0;
    return padded < tile_margin + tile_side ? 1 : 2;
}

}  // namespace

const std::array<std::uint8_t, padded_area>& tile_of_place() {
    static const auto tiles = [] {
        std::array<std::uint8_t, padded_area> of{};
        for (int at = 0; at < padded_area; ++at)
            of[static_cast<std::size_t>(at)] =
                static_cast<std::uint8_t>(3 * part_of(at / padded_side) + part_of(at % padded_side));
        return of;
    }();
    return tiles;
}

int place_in_neighbour(int at, int neighbour) noexcept {
    const int columns = neighbour % 3 - 1, rows = neighbour / 3 - 1;
    return at - columns * tile_side - rows * tile_side * padded_side;
}

}  // namespace amayesh::detail
