#include "raster/cost_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <amayesh/core/parallel.hpp>

namespace amayesh::detail {
namespace {

std::size_t parts_of(std::size_t whole, std::size_t part) noexcept { return (whole + part - 1) / part; }

/// The rows that one row of tiles needs, its margins above and below included.
class RowBand {
public:
    RowBand(const TileLayout& layout, float outside)
        : m_layout{layout},
          m_stride{layout.columns * tile_side + 2 * tile_margin},
          m_outside{outside},
          m_values(m_stride * padded_side, outside) {}

    /// Moves to the band of a row of tiles, from that of the one above it.
    void advance(std::size_t tile_row, const RowReader& read) {
        constexpr int kept = 2 * tile_margin;
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
            if (row < m_layout.height)
                read(row, {line(filled) + tile_margin, m_layout.width});
            else
                std::fill(line(filled), line(filled + 1), m_outside);
        }
    }

    void copy_tile(std::size_t tile_column, float* tile) const {
        for (int row = 0; row < padded_side; ++row) {
            const float* from = line(row) + tile_column * tile_side;
            std::copy(from, from + padded_side, tile + row * padded_side);
        }
    }

private:
    [[nodiscard]] float* line(int index) noexcept {
        return m_values.data() + static_cast<std::size_t>(index) * m_stride;
    }
    [[nodiscard]] const float* line(int index) const noexcept {
        return m_values.data() + static_cast<std::size_t>(index) * m_stride;
    }

    const TileLayout& m_layout;
    std::size_t m_stride;
    float m_outside;
    std::vector<float> m_values;
};

}  // namespace

BlockLayout::BlockLayout(const TileLayout& layout, std::size_t most_tiles) : tile_columns{layout.columns} {
    const std::size_t most = std::max<std::size_t>(most_tiles, 1);
    const auto side = static_cast<std::size_t>(std::sqrt(static_cast<double>(most)));
    columns = most >= layout.tiles() ? 1 : parts_of(layout.columns, std::max<std::size_t>(side, 1));
    width = parts_of(layout.columns, columns);
    rows = parts_of(layout.rows, std::max<std::size_t>(most / width, 1));
    height = parts_of(layout.rows, rows);
}

void read_tiles(const TileLayout& layout, const RowReader& read, float outside,
                const std::function<void(std::size_t tile, std::span<const float, padded_area> values)>& keep) {
    constexpr std::size_t tiles_per_chunk = 32;
    RowBand band(layout, outside);
    for (std::size_t row = 0; row < layout.rows; ++row) {
        band.advance(row, read);
        parallel_for(layout.columns, tiles_per_chunk, [&](std::size_t begin, std::size_t end) {
            std::array<float, padded_area> values;
            for (std::size_t column = begin; column < end; ++column) {
                band.copy_tile(column, values.data());
                keep(row * layout.columns + column, values);
            }
        });
    }
}

}  // namespace amayesh::detail
