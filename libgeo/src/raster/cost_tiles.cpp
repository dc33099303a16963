#include "raster/cost_tiles.hpp"

#include <algorithm>
#include <vector>

#include <amayesh/core/parallel.hpp>

namespace amayesh::detail {
namespace {

/// The rows that one row of tiles needs, its margins above and below included.
class RowBand {
public:
    RowBand(const TileLayout& layout, float outside)
        : m_layout{layout},
          m_stride{layout.columns * tile_side + 2 * tile_margin},
          m_outside{outside},
          m_values(m_stride * padded_side, outside),
          m_row(layout.width) {}

    /// Moves to the band of a row of tiles, from that of the one above it.
    void advance(std::size_t tile_row, const std::function<void(std::size_t, std::span<float>)>& read) {
        constexpr int kept = tile_row_overlap;
        int filled = 0;
        if (tile_row > 0) {
            std::copy(line(padded_side - kept), line(padded_side), line(0));
            filled = kept;
        } else {
            std::fill(line(0), line(tile_margin), m_outside);
            filled = tile_margin;
        }
        for (; filled < padded_side; ++filled) {
            const std::size_t row = tile_row * tile_side + static_cast<std::size_t>(filled) - tile_margin;
            if (row < m_layout.height) {
                read(row, m_row);
                std::copy(m_row.begin(), m_row.end(), line(filled) + tile_margin);
            } else {
                std::fill(line(filled), line(filled + 1), m_outside);
            }
        }
    }

    void copy_tile(std::size_t tile_column, float* tile) {
        for (int row = 0; row < padded_side; ++row) {
            const float* from = line(row) + tile_column * tile_side;
            std::copy(from, from + padded_side, tile + row * padded_side);
        }
    }

private:
    static constexpr int tile_row_overlap = 2 * tile_margin;
    float* line(int index) noexcept { return m_values.data() + static_cast<std::size_t>(index) * m_stride; }

    const TileLayout& m_layout;
    std::size_t m_stride;
    float m_outside;
    std::vector<float> m_values;
    std::vector<float> m_row;
};

}  // namespace

TileValues<float> read_into_tiles(const TileLayout& layout,
                                  const std::function<void(std::size_t, std::span<float>)>& read, float outside) {
    TileValues<float> tiles(layout.tiles());
    RowBand band(layout, outside);
    for (std::size_t row = 0; row < layout.rows; ++row) {
        band.advance(row, read);
        parallel_for(layout.columns, 16, [&](std::size_t begin, std::size_t end) {
            for (std::size_t column = begin; column < end; ++column)
                band.copy_tile(column, tiles.tile(row * layout.columns + column));
        });
    }
    return tiles;
}

}  // namespace amayesh::detail
