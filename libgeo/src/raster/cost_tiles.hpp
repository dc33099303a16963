#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>

namespace amayesh::detail {

/// A surface is kept as square tiles, each whole in the processor's cache, with a margin that repeats the cells around it:
/// friction as it is there, costs as they were sent there.
inline constexpr int tile_side = 64;
inline constexpr int tile_margin = 2;  ///< A knight's move leads two cells out.
inline constexpr int padded_side = tile_side + 2 * tile_margin;
inline constexpr int padded_area = padded_side * padded_side;

inline constexpr float impassable = std::numeric_limits<float>::infinity();
inline constexpr float unreached = std::numeric_limits<float>::infinity();
inline constexpr std::uint32_t unallocated = std::numeric_limits<std::uint32_t>::max();

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

/// Tiles in rectangles, of which one is in memory at a time; all tiles are one where memory holds them all.
struct BlockLayout {
    std::size_t tile_columns = 0;  ///< Of the whole.
    std::size_t width = 0;         ///< Tiles beside each other in a block.
    std::size_t height = 0;
    std::size_t columns = 0;  ///< Blocks beside each other.
    std::size_t rows = 0;

    /// Blocks of at most `most_tiles`, at least 1.
    BlockLayout(const TileLayout& layout, std::size_t most_tiles);
    [[nodiscard]] std::size_t blocks() const noexcept { return columns * rows; }
    [[nodiscard]] std::size_t tiles_of_block() const noexcept { return width * height; }
    [[nodiscard]] std::size_t block_of(std::size_t tile) const noexcept {
        return tile / tile_columns / height * columns + tile % tile_columns / width;
    }
    [[nodiscard]] std::size_t place_in_block(std::size_t tile) const noexcept {
        return tile / tile_columns % height * width + tile % tile_columns % width;
    }
};

/// One value for each cell of some tiles, their margins included; not initialised, so that memory is taken when a tile is
/// first written to.
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

/// Fills a row of values.
using RowReader = std::function<void(std::size_t row, std::span<float> values)>;

/// Reads rows from the first to the last into padded tiles, hands each tile to `keep`, from several threads; what lies
/// outside the surface is `outside`.
void read_tiles(const TileLayout& layout, const RowReader& read, float outside,
                const std::function<void(std::size_t tile, std::span<const float, padded_area> values)>& keep);

}  // namespace amayesh::detail
