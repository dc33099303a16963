#include "cartography/map_extent.hpp"

#include <cmath>
#include <span>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {
namespace {

constexpr int pieces_of_edge = 16;

/// Empty where a part of the box has no image: a map does without it.
Box moved(const Box& box, const Crs& from, const Crs& to) {
    if (box.is_empty()) return box;
    std::vector<Point> points;
    for (int i = 0; i <= pieces_of_edge; ++i)
        for (int k = 0; k <= pieces_of_edge; ++k)
            points.push_back({std::lerp(box.min_x, box.max_x, i / double{pieces_of_edge}),
                              std::lerp(box.min_y, box.max_y, k / double{pieces_of_edge})});
    Box result;
    try {
        Transform(from, to).apply(std::span(points));
        for (const Point& point : points) result.add(point);
    } catch (const CrsError&) {
        return {};
    }
    return result;
}

}  // namespace

Box rounded(const Box& box, int decimals) {
    const double steps = std::pow(10, decimals);
    const auto near = [steps](double value) { return std::round(value * steps) / steps; };
    return {near(box.min_x), near(box.min_y), near(box.max_x), near(box.max_y)};
}

Box extent_of(const StoredPackage& package, const Crs& crs) {
    Box all;
    for (const StoredLayer& layer : package.layers) {
        if (!layer.crs) continue;
        const Box box = moved(rounded(layer.extent, decimals_of_extent), *layer.crs, crs);
        if ((layer.name == "units" || layer.name == "unit_travel") && !box.is_empty()) return box;
        all.add(box);
    }
    return all.is_empty() ? Box{-1, -1, 1, 1} : all;
}

}  // namespace amayesh::detail
