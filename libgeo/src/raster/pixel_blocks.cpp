#include "raster/pixel_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace amayesh::detail {
namespace {

float narrowed(double value) {
    constexpr double most = std::numeric_limits<float>::max();
    constexpr float infinite = std::numeric_limits<float>::infinity();
    if (std::abs(value) > most) return value > 0 ? infinite : -infinite;
    return static_cast<float>(value);
}

}  // namespace

const PixelBlocks::Block& PixelBlocks::block(std::size_t index) {
    if (const auto found = m_by_index.find(index); found != m_by_index.end()) {
        m_blocks.splice(m_blocks.begin(), m_blocks, found->second);
        return m_blocks.front();
    }
    const std::size_t cells = m_source->layout().window_of(index).cells();
    while (!m_blocks.empty() && m_kept + cells > most_kept) {
        m_kept -= m_blocks.back().values.size();
        m_by_index.erase(m_blocks.back().index);
        m_blocks.pop_back();
    }
    m_read.resize(cells);
    m_source->read_block(index, m_read);
    Block read{.index = index};
    read.values.reserve(cells);
    for (const double value : m_read) read.values.push_back(narrowed(value));
    m_blocks.push_front(std::move(read));
    m_by_index[index] = m_blocks.begin();
    m_kept += cells;
    return m_blocks.front();
}

void PixelBlocks::read(const GridWindow& window, std::vector<float>& values) {
    values.resize(window.cells());
    const GridLayout& layout = m_source->layout();
    const std::size_t right = window.column + window.width;
    const std::size_t bottom = window.row + window.height;
    for (std::size_t down = window.row / layout.block_height; down * layout.block_height < bottom; ++down)
        for (std::size_t across = window.column / layout.block_width; across * layout.block_width < right; ++across) {
            const std::size_t index = down * layout.blocks_across() + across;
            const GridWindow from = layout.window_of(index);
            const std::vector<float>& read = block(index).values;
            const std::size_t first = std::max(from.column, window.column);
            const std::size_t count = std::min(from.column + from.width, right) - first;
            for (std::size_t row = std::max(from.row, window.row); row < std::min(from.row + from.height, bottom);
                 ++row)
                std::copy_n(
                    read.begin() + static_cast<std::ptrdiff_t>((row - from.row) * from.width + first - from.column),
                    count,
                    values.begin() +
                        static_cast<std::ptrdiff_t>((row - window.row) * window.width + first - window.column));
        }
}

}  // namespace amayesh::detail
