#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <vector>

#include <amayesh/raster/grid_blocks.hpp>

namespace amayesh::detail {

/// Windows of a grid; the blocks used last stay in memory.
class PixelBlocks {
public:
    static constexpr std::size_t most_kept = std::size_t{1} << 25;  ///< Cells of four bytes.

    explicit PixelBlocks(const GridBlocks& source) : m_source{&source} {}

    /// `window` lies within the grid; `values` becomes as large.
    void read(const GridWindow& window, std::vector<float>& values);

private:
    struct Block {
        std::size_t index = 0;
        std::vector<float> values{};
    };
    const Block& block(std::size_t index);

    const GridBlocks* m_source;
    std::list<Block> m_blocks{};  ///< Used last first.
    std::map<std::size_t, std::list<Block>::iterator> m_by_index{};
    std::size_t m_kept = 0;
    std::vector<double> m_read{};
};

}  // namespace amayesh::detail
