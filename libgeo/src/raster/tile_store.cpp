#include "raster/tile_store.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr std::size_t bytes_of_tile = padded_area * sizeof(float);
static_assert(sizeof(float) == sizeof(std::uint32_t));

std::size_t layers_of(const TileStoreOptions& options) noexcept {
    return std::size_t{2} + (options.has_elevation ? 1 : 0) + (options.has_sources ? 1 : 0);
}

std::size_t most_tiles(const TileLayout& layout, const TileStoreOptions& options) {
    if (!options.most_memory) return layout.tiles();
    const std::size_t tiles = *options.most_memory / (bytes_of_tile * layers_of(options));
    if (tiles == 0)
        throw InvalidInput(fmt::format("{} bytes of memory hold no tile of {} × {} cells: at least {} are needed",
                                       *options.most_memory, tile_side, tile_side, bytes_of_tile * layers_of(options)));
    return tiles;
}

}  // namespace

TileStore::TileStore(const TileLayout& layout, const TileStoreOptions& options)
    : m_layout{layout},
      m_has{true, options.has_elevation, true, options.has_sources},
      m_blocks{layout, most_tiles(layout, options)} {
    if (m_blocks.blocks() == 1)
        take_memory();
    else
        m_file = std::make_unique<ScratchFile>(options.folder, offset_of(TileLayer{tile_layers}, 0, 0));
}

void TileStore::take_memory() {
    const std::size_t tiles = m_blocks.tiles_of_block();
    for (const TileLayer layer : {TileLayer::friction, TileLayer::elevation, TileLayer::costs})
        if (has(layer)) m_values[static_cast<std::size_t>(layer)] = TileValues<float>(tiles);
    if (has(TileLayer::sources)) m_sources = TileValues<std::uint32_t>(tiles);
}

std::span<std::byte> TileStore::bytes_of(TileLayer layer) noexcept {
    const std::size_t bytes = m_blocks.tiles_of_block() * bytes_of_tile;
    if (layer == TileLayer::sources) return {reinterpret_cast<std::byte*>(m_sources.tile(0)), bytes};
    return {reinterpret_cast<std::byte*>(m_values[static_cast<std::size_t>(layer)].tile(0)), bytes};
}

std::uint64_t TileStore::offset_of(TileLayer layer, std::size_t block, std::size_t place) const noexcept {
    const auto before =
        static_cast<std::uint64_t>(std::count(m_has.begin(), m_has.begin() + static_cast<std::ptrdiff_t>(layer), true));
    const std::uint64_t tiles = m_blocks.blocks() * m_blocks.tiles_of_block();
    return (before * tiles + block * m_blocks.tiles_of_block() + place) * bytes_of_tile;
}

void TileStore::keep(TileLayer layer, std::size_t tile, std::span<const float, padded_area> values) {
    if (m_file)
        m_file->write(offset_of(layer, m_blocks.block_of(tile), m_blocks.place_in_block(tile)), std::as_bytes(values));
    else
        std::copy(values.begin(), values.end(), this->values(layer, tile));
}

void TileStore::enter(std::size_t block, std::span<const TileLayer> layers) {
    if (!m_file) return;
    if (!m_values.front()) take_memory();
    m_block = block;
    for (const TileLayer layer : layers)
        if (has(layer)) m_file->read(offset_of(layer, block, 0), bytes_of(layer));
}

void TileStore::settle(TileLayer layer) {
    if (m_file) m_file->write(offset_of(layer, m_block, 0), bytes_of(layer));
}

void TileStore::leave() {
    if (!m_file) return;
    m_values = {};
    m_sources = {};
}

void TileStore::drop(TileLayer layer) {
    if (m_file || layer == TileLayer::sources) return;
    m_values[static_cast<std::size_t>(layer)] = {};
}

const float* TileStore::find(TileLayer layer, std::size_t tile, std::span<float, padded_area> into) const {
    const std::size_t place = m_blocks.place_in_block(tile);
    if (!m_file) return m_values[static_cast<std::size_t>(layer)].tile(place);
    m_file->read(offset_of(layer, m_blocks.block_of(tile), place), std::as_writable_bytes(into));
    return into.data();
}

const std::uint32_t* TileStore::find_sources(std::size_t tile, std::span<std::uint32_t, padded_area> into) const {
    const std::size_t place = m_blocks.place_in_block(tile);
    if (!m_file) return m_sources.tile(place);
    m_file->read(offset_of(TileLayer::sources, m_blocks.block_of(tile), place), std::as_writable_bytes(into));
    return into.data();
}

}  // namespace amayesh::detail
