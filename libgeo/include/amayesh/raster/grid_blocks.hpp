#pragma once

#include <cstddef>
#include <span>

#include <amayesh/core/export.hpp>
#include <amayesh/raster/grid.hpp>

namespace amayesh {

/// A rectangle of cells.
struct GridWindow {
    std::size_t column = 0;
    std::size_t row = 0;
    std::size_t width = 0;
    std::size_t height = 0;

    [[nodiscard]] constexpr std::size_t cells() const noexcept { return width * height; }
};

/// A grid, and the blocks in which its values come; those at the right and the lower edge may be smaller.
struct GridLayout {
    GridPlacement placement;
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t block_width = 0;
    std::size_t block_height = 0;

    [[nodiscard]] constexpr std::size_t blocks_across() const noexcept {
        return (width + block_width - 1) / block_width;
    }
    [[nodiscard]] constexpr std::size_t blocks_down() const noexcept {
        return (height + block_height - 1) / block_height;
    }
    /// Blocks are counted from the upper left, row by row.
    [[nodiscard]] constexpr GridWindow window_of(std::size_t block) const noexcept {
        const std::size_t column = block % blocks_across() * block_width;
        const std::size_t row = block / blocks_across() * block_height;
        return {column, row, width - column < block_width ? width - column : block_width,
                height - row < block_height ? height - row : block_height};
    }
};

/// A grid that is read block by block, so that it need not be in memory as a whole.
class AMAYESH_EXPORT GridBlocks {
public:
    virtual ~GridBlocks() = default;

    [[nodiscard]] virtual const GridLayout& layout() const noexcept = 0;
    /// Fills `values`, as many as the block has cells, row by row; NaN = no value. May be called by several threads at
    /// the same time.
    virtual void read_block(std::size_t block, std::span<double> values) const = 0;
};

}  // namespace amayesh
