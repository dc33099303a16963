#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// How strongly a transformation bends straight lines, by tiles of the plane that it comes from. What it says of an edge
/// depends on the edge alone, not on which shape it belongs to or what was asked before.
class CurvatureTiles {
public:
    /// `transform`: in place; what has no image becomes infinite. `tile_size`: in units of the source.
    /// `images_wrap`: the images are degrees, their x may jump by 360.
    using TransformPoints = std::function<void(std::span<Point>)>;
    CurvatureTiles(TransformPoints transform, double tile_size, bool images_wrap)
        : m_transform{std::move(transform)}, m_tile_size{tile_size}, m_images_wrap{images_wrap} {}

    /// Bound of the image's second derivative along a unit of the source, near the edge; infinite where unknown.
    double near_edge(const Point& a, const Point& b);

private:
    struct Tile {
        int level = -1;
        std::int64_t column = 0;
        std::int64_t row = 0;
        friend bool operator==(const Tile&, const Tile&) = default;
    };
    struct TileHash {
        std::size_t operator()(const Tile& tile) const noexcept;
    };

    double of_tile(const Tile& tile);
    [[nodiscard]] double measure(const Tile& tile) const;

    TransformPoints m_transform;
    double m_tile_size;
    bool m_images_wrap;
    std::unordered_map<Tile, double, TileHash> m_known;
    Tile m_last;
    double m_last_curvature = 0;
};

}  // namespace amayesh::detail
