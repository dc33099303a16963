#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "raster/cost_tiles.hpp"
#include "raster/scratch_file.hpp"

namespace amayesh::detail {

/// What is kept of each cell, four bytes each.
enum class TileLayer : std::uint8_t { friction, elevation, costs, sources };
inline constexpr std::size_t tile_layers = 4;

struct TileStoreOptions {
    bool has_elevation = false;
    bool has_sources = false;
    std::optional<std::size_t> most_memory{};  ///< Bytes of the tiles in memory at a time; nothing = all.
    std::filesystem::path folder{};            ///< For the others.
};

/// The tiles of a surface, all of them in memory or a block of them, the others in a file.
class TileStore {
public:
    /// Throws: InvalidInput where not even one tile may be in memory; IoError of the file.
    TileStore(const TileLayout& layout, const TileStoreOptions& options);

    [[nodiscard]] const TileLayout& layout() const noexcept { return m_layout; }
    [[nodiscard]] const BlockLayout& blocks() const noexcept { return m_blocks; }

    /// Keeps what was read of a tile. From several threads, of different tiles.
    void keep(TileLayer layer, std::size_t tile, std::span<const float, padded_area> values);

    /// Brings a block into memory, with those layers, in exchange for the one there.
    void enter(std::size_t block, std::span<const TileLayer> layers);
    /// Writes a layer of the block in memory into the file.
    void settle(TileLayer layer);
    /// Forgets all that is in memory and also in the file.
    void leave();
    /// Gives memory back that a layer takes, where there is no file.
    void drop(TileLayer layer);
    [[nodiscard]] bool has(TileLayer layer) const noexcept { return m_has[static_cast<std::size_t>(layer)]; }

    /// Of the block in memory.
    [[nodiscard]] float* values(TileLayer layer, std::size_t tile) noexcept {
        return m_values[static_cast<std::size_t>(layer)].tile(m_blocks.place_in_block(tile));
    }
    [[nodiscard]] std::uint32_t* sources(std::size_t tile) noexcept {
        return m_sources.tile(m_blocks.place_in_block(tile));
    }

    /// Where a tile lies in memory, or, where it is in the file, in `into`, which it is read into. From any thread, when no
    /// block is entered or left.
    [[nodiscard]] const float* find(TileLayer layer, std::size_t tile, std::span<float, padded_area> into) const;
    [[nodiscard]] const std::uint32_t* find_sources(std::size_t tile, std::span<std::uint32_t, padded_area> into) const;

private:
    [[nodiscard]] std::span<std::byte> bytes_of(TileLayer layer) noexcept;
    [[nodiscard]] std::uint64_t offset_of(TileLayer layer, std::size_t block, std::size_t place) const noexcept;
    void take_memory();

    TileLayout m_layout;
    std::array<bool, tile_layers> m_has{};
    BlockLayout m_blocks;
    std::unique_ptr<ScratchFile> m_file;
    std::array<TileValues<float>, tile_layers> m_values;  ///< Of the block in memory; without sources.
    TileValues<std::uint32_t> m_sources;
    std::size_t m_block = 0;
};

}  // namespace amayesh::detail
