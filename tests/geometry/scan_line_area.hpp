#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::test {

struct RisingEdge {
    Point low;
    Point high;
    std::size_t shape = 0;

    [[nodiscard]] double x_at(double y) const { return low.x + (high.x - low.x) * ((y - low.y) / (high.y - low.y)); }
};

inline void add_edges(const Ring& ring, std::size_t shape, std::vector<RisingEdge>& edges) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        if (ring[i].y < ring[i + 1].y) edges.push_back({ring[i], ring[i + 1], shape});
        if (ring[i].y > ring[i + 1].y) edges.push_back({ring[i + 1], ring[i], shape});
    }
}

/// Heights of all vertices and crossings of edges that are sorted by their low ends.
inline std::vector<double> heights_of(const std::vector<RisingEdge>& edges) {
    std::vector<double> heights;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const RisingEdge& a = edges[i];
        heights.push_back(a.low.y);
        heights.push_back(a.high.y);
        for (std::size_t j = i + 1; j < edges.size() && edges[j].low.y < a.high.y; ++j) {
            const RisingEdge& b = edges[j];
            const double from = b.low.y, to = std::min(a.high.y, b.high.y);
            const double apart_from = a.x_at(from) - b.x_at(from), apart_to = a.x_at(to) - b.x_at(to);
            if ((apart_from > 0) != (apart_to > 0))
                heights.push_back(from + (to - from) * (apart_from / (apart_from - apart_to)));
        }
    }
    std::sort(heights.begin(), heights.end());
    heights.erase(std::unique(heights.begin(), heights.end()), heights.end());
    return heights;
}

/// Area of all points for which `rule` holds of the shapes that they lie in (`std::array<bool, n>`). Nothing is noded
/// or joined: between the heights of two vertices or crossings that follow each other no edges cross, and the widths
/// at half that height count. Borders that all but coincide do no harm; an error is about the rounding of a coordinate
/// times the length of the borders.
template <std::size_t n, class Rule>
double area_where(const std::array<const MultiPolygon*, n>& shapes, Rule rule) {
    std::vector<RisingEdge> edges;
    for (std::size_t i = 0; i < n; ++i)
        for (const Polygon& part : shapes[i]->parts) {
            add_edges(part.outer, i, edges);
            for (const Ring& hole : part.holes) add_edges(hole, i, edges);
        }
    std::sort(edges.begin(), edges.end(), [](const auto& a, const auto& b) { return a.low.y < b.low.y; });
    const std::vector<double> heights = heights_of(edges);
    double area = 0;
    std::size_t next = 0;
    std::vector<RisingEdge> met;
    std::vector<std::pair<double, std::size_t>> row;
    for (std::size_t i = 0; i + 1 < heights.size(); ++i) {
        while (next < edges.size() && edges[next].low.y <= heights[i]) met.push_back(edges[next++]);
        met.erase(std::remove_if(met.begin(), met.end(), [&](const auto& e) { return e.high.y <= heights[i]; }),
                  met.end());
        row.clear();
        for (const RisingEdge& e : met) row.emplace_back(e.x_at((heights[i] + heights[i + 1]) / 2), e.shape);
        std::sort(row.begin(), row.end());
        std::array<bool, n> inside{};
        for (std::size_t k = 0; k + 1 < row.size(); ++k) {
            inside[row[k].second] = !inside[row[k].second];
            if (rule(inside)) area += (row[k + 1].first - row[k].first) * (heights[i + 1] - heights[i]);
        }
    }
    return area;
}

/// Area that lies in one of the shapes and not in the other.
inline double area_apart(const MultiPolygon& a, const MultiPolygon& b) {
    return area_where<2>({&a, &b}, [](const auto& in) { return in[0] != in[1]; });
}

}  // namespace amayesh::test
