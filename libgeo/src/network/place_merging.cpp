#include "network/place_merging.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <numeric>

#include <amayesh/geometry/spatial_order.hpp>

#include "network/disjoint_sets.hpp"

namespace amayesh::detail {
namespace {

struct CellOfPlace {
    std::int64_t column = 0;
    std::int64_t row = 0;
    std::uint32_t place = 0;
    friend auto operator<=>(const CellOfPlace&, const CellOfPlace&) = default;
};

/// Distinct places, rising, in the cells of a grid as wide as the reach.
std::vector<CellOfPlace> cells_of(const std::vector<Point>& places, double reach) {
    std::vector<CellOfPlace> cells(places.size());
    for (std::uint32_t i = 0; i < places.size(); ++i)
        cells[i] = {static_cast<std::int64_t>(std::floor(places[i].x / reach)),
                    static_cast<std::int64_t>(std::floor(places[i].y / reach)), i};
    std::sort(cells.begin(), cells.end());
    return cells;
}

/// Unites the places of each cell with those within reach in it and in the cells that follow it among its neighbours.
void unite_near(const std::vector<Point>& places, double reach, DisjointSets& sets) {
    const std::vector<CellOfPlace> cells = cells_of(places, reach);
    auto next_column = cells.begin();  // first cell at or after the lower neighbour in the next column
    for (auto at = cells.begin(); at != cells.end(); ++at) {
        const auto unite = [&](const CellOfPlace& other) {
            const Point &a = places[at->place], &b = places[other.place];
            if (std::hypot(a.x - b.x, a.y - b.y) <= reach) sets.unite(at->place, other.place);
        };
        for (auto other = at + 1; other != cells.end() && other->column == at->column && other->row <= at->row + 1;
             ++other)
            unite(*other);
        const CellOfPlace lower{at->column + 1, at->row - 1, 0};
        while (next_column != cells.end() && *next_column < lower) ++next_column;
        for (auto other = next_column;
             other != cells.end() && other->column == at->column + 1 && other->row <= at->row + 1; ++other)
            unite(*other);
    }
}

}  // namespace

MergedPlaces merge_places(std::span<const Point> places, double reach) {
    std::vector<Point> distinct(places.begin(), places.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    DisjointSets sets{distinct.size()};
    unite_near(distinct, reach, sets);

    std::vector<std::uint32_t> rank(distinct.size());  // of those that stand for a node
    std::vector<Point> unordered;
    for (std::uint32_t i = 0; i < distinct.size(); ++i) {
        if (sets.find(i) != i) continue;
        rank[i] = static_cast<std::uint32_t>(unordered.size());
        unordered.push_back(distinct[i]);
    }
    MergedPlaces merged;
    std::vector<std::uint32_t> node_of_rank(unordered.size());
    for (const std::size_t i : spatial_order(unordered)) {
        node_of_rank[i] = static_cast<std::uint32_t>(merged.nodes.size());
        merged.nodes.push_back(unordered[i]);
    }
    merged.node_of.reserve(places.size());
    for (const Point& p : places) {
        const auto found = std::lower_bound(distinct.begin(), distinct.end(), p);
        merged.node_of.push_back(node_of_rank[rank[sets.find(static_cast<std::uint32_t>(found - distinct.begin()))]]);
    }
    return merged;
}

}  // namespace amayesh::detail
