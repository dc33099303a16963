#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include <amayesh/raster/cost_distance.hpp>

namespace amayesh::detail {

/// A surface is kept as square tiles, each whole in the processor's cache, with a margin that repeats the cells around it:
/// friction as it is there, labels as they were sent there.
inline constexpr int tile_side = 64;
inline constexpr int tile_margin = 2;  ///< A knight's move leads two cells out.
inline constexpr int padded_side = tile_side + 2 * tile_margin;
inline constexpr int padded_area = padded_side * padded_side;

constexpr int padded_index(int column, int row) noexcept {
    return (row + tile_margin) * padded_side + column + tile_margin;
}

/// Where a cell lies: its tile and its place in it.
struct TileCell {
    std::size_t tile = 0;
    int at = 0;
};

struct TileLayout {
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t columns = 0;  ///< Tiles beside each other.
    std::size_t rows = 0;

    TileLayout(std::size_t w, std::size_t h)
        : width{w}, height{h}, columns{(w + tile_side - 1) / tile_side}, rows{(h + tile_side - 1) / tile_side} {}
    [[nodiscard]] std::size_t tiles() const noexcept { return columns * rows; }
    [[nodiscard]] TileCell locate(std::size_t column, std::size_t row) const noexcept {
        return {row / tile_side * columns + column / tile_side,
                padded_index(static_cast<int>(column % tile_side), static_cast<int>(row % tile_side))};
    }
};

/// One value for each cell of each tile, its margin included; not initialised.
template <class T>
class TileValues {
public:
    TileValues() = default;
    explicit TileValues(std::size_t tiles) : m_values{std::make_unique_for_overwrite<T[]>(tiles * padded_area)} {}
    [[nodiscard]] T* tile(std::size_t index) noexcept { return m_values.get() + index * padded_area; }
    [[nodiscard]] const T* tile(std::size_t index) const noexcept { return m_values.get() + index * padded_area; }
    [[nodiscard]] explicit operator bool() const noexcept { return m_values != nullptr; }

private:
    std::unique_ptr<T[]> m_values;
};

// Costs are never negative, so that their bits order as they do. A label with a source holds it in its lower half: of equal
// costs the lower source is less.
using CostLabel = std::uint32_t;
using SourceLabel = std::uint64_t;

template <class Label>
inline constexpr Label unreached = static_cast<Label>(std::uint64_t{0x7F800000} << (sizeof(Label) == 8 ? 32 : 0) |
                                                      (sizeof(Label) == 8 ? std::uint64_t{0xFFFFFFFF} : 0));

constexpr float cost_of(CostLabel label) noexcept { return std::bit_cast<float>(label); }
constexpr float cost_of(SourceLabel label) noexcept {
    return std::bit_cast<float>(static_cast<std::uint32_t>(label >> 32));
}
template <class Label>
constexpr Label label_of(float cost, std::uint32_t source) noexcept {
    const auto bits = std::bit_cast<std::uint32_t>(cost);
    if constexpr (sizeof(Label) == 8)
        return std::uint64_t{bits} << 32 | source;
    else
        return bits;
}
template <class Label>
constexpr std::uint32_t source_of(Label label) noexcept {
    return static_cast<std::uint32_t>(label);
}

/// Reads rows from the first to the last into tiles and their margins; what lies outside the surface is `outside`.
TileValues<float> read_into_tiles(const TileLayout& layout,
                                  const std::function<void(std::size_t, std::span<float>)>& read, float outside);

}  // namespace amayesh::detail
