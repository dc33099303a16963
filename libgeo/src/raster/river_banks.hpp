#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include <amayesh/geometry/types.hpp>
#include <amayesh/raster/study_grid.hpp>

namespace amayesh::detail {

/// What is closed where a road opens a barrier's cell without crossing the barrier in it: the cells around it, but for
/// those with a road, that a straight way from the road's piece there would reach across the barrier.
///
/// Cost: O(cells of barriers and roads) time; memory by the cells opened and what passes around them.
class RiverBanks {
public:
    RiverBanks(const StudyGrid& grid, std::span<const std::size_t> opened);

    void add_barrier(const LineString& line) { add(line, m_barriers, &Surroundings::barriers); }
    void add_road(const LineString& line) { add(line, m_roads, &Surroundings::roads); }
    /// In the order of cells, each once.
    [[nodiscard]] std::vector<std::size_t> cells_to_close() const;

private:
    /// In cells.
    struct Edge {
        Point a;
        Point b;
    };
    /// Edges that pass through a cell.
    struct Surroundings {
        std::vector<std::uint32_t> barriers{};
        std::vector<std::uint32_t> roads{};
    };

    void add(const LineString& line, std::vector<Edge>& edges, std::vector<std::uint32_t> Surroundings::*of_cell);
    void close_around(std::size_t cell, std::vector<std::size_t>& closed) const;
    [[nodiscard]] bool is_bridge(std::size_t cell) const;
    [[nodiscard]] bool is_across(const Point& from, const Point& to, std::span<const std::size_t> cells) const;
    [[nodiscard]] std::vector<std::size_t> block_around(std::size_t cell) const;

    const StudyGrid& m_grid;
    std::span<const std::size_t> m_opened;
    std::unordered_map<std::size_t, Surroundings> m_surroundings{};  ///< Of the opened cells and those around them.
    std::vector<Edge> m_barriers{};
    std::vector<Edge> m_roads{};
};

}  // namespace amayesh::detail
