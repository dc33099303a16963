#include "study/load_places.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include <amayesh/core/parallel.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>

namespace amayesh::detail {
namespace {

/// Transforms the geometries of one chunk of rows.
class ShapeMover {
public:
    ShapeMover(const Crs& from, const Crs& to)
        : m_is_wanted_in_degrees{to == Crs::wgs84()}, m_to_degrees{from, Crs::wgs84()}, m_to_wanted{from, to} {}

    PlacedShape move(Geometry&& geometry) const {
        if (auto* shape = std::get_if<MultiPolygon>(&geometry)) return move(std::move(*shape));
        if (const auto* line = std::get_if<MultiLine>(&geometry)) return {m_to_wanted.apply(*line), std::nullopt};
        return {m_to_wanted.apply(std::get<Point>(geometry)), std::nullopt};
    }

private:
    PlacedShape move(MultiPolygon&& shape) const {
        MultiPolygon degrees = m_to_degrees.apply(shape);
        const double area = to_hectares(geodesic_area(degrees)).value();
        if (m_is_wanted_in_degrees) return {std::move(degrees), area};
        return {m_to_wanted.is_identity() ? std::move(shape) : m_to_wanted.apply(shape), area};
    }

    bool m_is_wanted_in_degrees;
    Transform m_to_degrees;
    Transform m_to_wanted;
};

}  // namespace

std::vector<std::optional<Point>> points_in_degrees(const LayerTable& table, std::span<const RowPlace> places) {
    std::vector<std::optional<Point>> positions(table.rows.size());
    std::vector<Point> points;
    points.reserve(places.size());
    for (std::size_t row = 0; row < places.size(); ++row)
        if (places[row] == RowPlace::usable) points.push_back(std::get<Point>(table.rows.geometries[row]));
    if (points.empty()) return positions;
    transform_points(points, *table.crs, Crs::wgs84());
    auto next = points.begin();
    for (std::size_t row = 0; row < places.size(); ++row)
        if (places[row] == RowPlace::usable) positions[row] = *next++;
    return positions;
}

std::vector<PlacedShape> place_shapes(LayerTable& table, std::span<const RowPlace> places, const Crs& to) {
    std::vector<PlacedShape> shapes(table.rows.size());
    if (std::ranges::find(places, RowPlace::usable) == places.end()) return shapes;
    // Chunks are finer than a thread's share: shapes differ in size by orders of magnitude.
    constexpr std::size_t chunks_per_thread = 2;
    const std::size_t grain = std::max<std::size_t>(rows_per_thread(shapes.size()) / chunks_per_thread, 1);
    const ShapeMover model{*table.crs, to};
    parallel_for(shapes.size(), grain, [&](std::size_t begin, std::size_t end) {
        const ShapeMover mover{model};
        for (std::size_t row = begin; row < end; ++row)
            if (places[row] == RowPlace::usable) shapes[row] = mover.move(std::move(table.rows.geometries[row]));
    });
    return shapes;
}

}  // namespace amayesh::detail
