#include <amayesh/crs/transform.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/geodesic.hpp>

#include "crs/curvature_tiles.hpp"
#include "crs/proj.hpp"

namespace amayesh {
namespace {

using detail::ProjPtr;

constexpr std::size_t batch_size = 1024;
constexpr double metres_per_degree = 111'700;  // the longest degree of the meridian, rounded up
constexpr double degree_tile = 1;              // of the tiles in which the bending is measured
constexpr double metre_tile = 100'000;
constexpr double most_pieces = 1e6;  // of one edge

ProjPtr recreate(const detail::ProjContext& context, const Crs& crs) {
    ProjPtr object{proj_create(context.get(), crs.wkt().c_str())};
    if (!object) throw CrsError{fmt::format("PROJ cannot read back '{}': {}", crs.name(), context.last_message())};
    return object;
}

/// The first operation in PROJ's order (area of use, then accuracy) that this machine can carry out.
ProjPtr find_operation(const detail::ProjContext& context, const PJ* from, const PJ* to, int allow_ballpark) {
    const detail::ProjOperationFactoryPtr factory{proj_create_operation_factory_context(context.get(), nullptr)};
    proj_operation_factory_context_set_spatial_criterion(context.get(), factory.get(),
                                                         PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(context.get(), factory.get(),
                                                             PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    proj_operation_factory_context_set_allow_ballpark_transformations(context.get(), factory.get(), allow_ballpark);
    const detail::ProjListPtr list{proj_create_operations(context.get(), from, to, factory.get())};
    const int count = list ? proj_list_get_count(list.get()) : 0;
    for (int i = 0; i < count; ++i) {
        ProjPtr operation{proj_list_get(context.get(), list.get(), i)};
        if (!operation || !proj_coordoperation_is_instantiable(context.get(), operation.get())) continue;
        if (!allow_ballpark && proj_coordoperation_has_ballpark_transformation(context.get(), operation.get()))
            continue;
        return operation;
    }
    return nullptr;
}

bool is_finite(const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); }

void transform_raw(PJ* operation, std::span<Point> points) {
    if (points.empty()) return;
    proj_trans_generic(operation, PJ_FWD, &points.front().x, sizeof(Point), points.size(), &points.front().y,
                       sizeof(Point), points.size(), nullptr, 0, 0, nullptr, 0, 0);
}

}  // namespace

struct Transform::Operation {
    detail::ProjContext context;
    ProjPtr operation;  // null for the identity
    std::string name;
    std::optional<Metres> accuracy;
    std::string from_name;
    std::string to_name;
    bool to_geographic = false;
    double target_units_per_metre = 1;
    double tile_size = 0;  // in units of the source
    std::unique_ptr<detail::CurvatureTiles> bending;

    Operation() = default;
    Operation(const Operation& other);
    void find(const Crs& from, const Crs& to);
    void start_measuring();
    void apply(std::span<Point> points) const;
    [[nodiscard]] double pieces_of(const Point& a, const Point& b, double sag) const;
    [[nodiscard]] std::vector<Point> split(const std::vector<Point>& line, Metres sag) const;
    [[nodiscard]] std::vector<Point> image_of(const std::vector<Point>& line, Metres sag) const;
};

Transform::Operation::Operation(const Operation& other)
    : name{other.name},
      accuracy{other.accuracy},
      from_name{other.from_name},
      to_name{other.to_name},
      to_geographic{other.to_geographic},
      target_units_per_metre{other.target_units_per_metre},
      tile_size{other.tile_size} {
    if (!other.operation) return;
    operation.reset(proj_clone(context.get(), other.operation.get()));
    if (!operation) throw CrsError{fmt::format("PROJ cannot copy '{}': {}", name, context.last_message())};
    start_measuring();
}

void Transform::Operation::start_measuring() {
    bending = std::make_unique<detail::CurvatureTiles>(
        [this](std::span<Point> points) { transform_raw(operation.get(), points); }, tile_size, to_geographic);
}

void Transform::Operation::find(const Crs& from, const Crs& to) {
    context.require_database();
    const ProjPtr source = recreate(context, from);
    const ProjPtr target = recreate(context, to);
    const ProjPtr found = find_operation(context, source.get(), target.get(), 0);
    if (!found) {
        const bool is_roughly_known = find_operation(context, source.get(), target.get(), 1) != nullptr;
        throw CrsError{fmt::format(
            "no {}operation leads from '{}' to '{}'{}: name the datum in the CRS (+datum=, +towgs84=), or bring the "
            "data to WGS 84 with a tool that has the grids",
            is_roughly_known ? "accurate " : "", from_name, to_name,
            is_roughly_known ? ", only a ballpark one that ignores the datum" : "")};
    }
    name = proj_get_name(found.get());
    const double stated = proj_coordoperation_get_accuracy(context.get(), found.get());
    if (proj_get_type(found.get()) == PJ_TYPE_CONVERSION)
        accuracy = Metres{0};  // a projection changes no place
    else if (stated >= 0)
        accuracy = Metres{stated};
    operation.reset(proj_normalize_for_visualization(context.get(), found.get()));
    if (!operation) throw CrsError{fmt::format("PROJ cannot order the axes of '{}': {}", name, context.last_message())};
    const double source_unit = detail::axis_unit(context.get(), source.get());
    const double target_unit = detail::axis_unit(context.get(), target.get());
    target_units_per_metre = to_geographic ? 1 / metres_per_degree : 1 / target_unit;
    tile_size = from.is_geographic() ? degree_tile : metre_tile / source_unit;
    start_measuring();
}

void Transform::Operation::apply(std::span<Point> points) const {
    std::array<Point, batch_size> images;
    for (std::size_t begin = 0; begin < points.size(); begin += batch_size) {
        const std::span<Point> batch = points.subspan(begin, std::min(batch_size, points.size() - begin));
        std::copy(batch.begin(), batch.end(), images.begin());
        if (operation) transform_raw(operation.get(), std::span{images}.first(batch.size()));
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (!is_finite(images[i]))
                throw CrsError{
                    fmt::format("({}, {}) in '{}' has no place in '{}': are the CRS and the order of the "
                                "coordinates right?",
                                batch[i].x, batch[i].y, from_name, to_name)};
        std::copy_n(images.begin(), batch.size(), batch.begin());
    }
}

/// A curve with second derivative at most k lies within k L²/8 of its chord; a piece is 1/n of the edge long.
double Transform::Operation::pieces_of(const Point& a, const Point& b, double sag) const {
    const double squared_length = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
    const double curvature = bending->near_edge(a, b);
    const double pieces = squared_length > 0 ? std::ceil(std::sqrt(curvature * squared_length / (8 * sag))) : 1;
    if (!(pieces <= most_pieces))
        throw CrsError{
            fmt::format("the edge from ({}, {}) to ({}, {}) in '{}' cannot be drawn in '{}' within {} m: it "
                        "runs outside the area where the transformation works",
                        a.x, a.y, b.x, b.y, from_name, to_name, sag / target_units_per_metre)};
    return std::max(pieces, 1.0);
}

std::vector<Point> Transform::Operation::split(const std::vector<Point>& line, Metres sag) const {
    const double target_sag = sag.value() * target_units_per_metre;
    std::vector<Point> points;
    points.reserve(line.size());
    for (std::size_t i = 0; i < line.size(); ++i) {
        points.push_back(line[i]);
        if (i + 1 == line.size()) break;
        const auto [first, last] = std::minmax(line[i], line[i + 1]);  // the same pieces in either direction
        const double pieces = pieces_of(first, last, target_sag);
        const bool is_forward = first == line[i];
        for (double k = 1; k < pieces; ++k) {
            const double part = (is_forward ? k : pieces - k) / pieces;
            points.push_back({first.x + (last.x - first.x) * part, first.y + (last.y - first.y) * part});
        }
    }
    return points;
}

std::vector<Point> Transform::Operation::image_of(const std::vector<Point>& line, Metres sag) const {
    std::vector<Point> image = operation ? split(line, sag) : line;
    apply(image);
    return to_geographic ? densify_for_geodesics(image, sag) : image;
}

Transform::Transform(const Crs& from, const Crs& to) : m_operation{std::make_unique<Operation>()} {
    m_operation->from_name = from.name();
    m_operation->to_name = to.name();
    m_operation->to_geographic = to.is_geographic();
    if (from == to) {
        m_operation->name = "identity";
        m_operation->accuracy = Metres{0};
    } else {
        m_operation->find(from, to);
    }
}

Transform::~Transform() = default;
Transform::Transform(const Transform& other) : m_operation{std::make_unique<Operation>(*other.m_operation)} {}
Transform::Transform(Transform&&) noexcept = default;
Transform& Transform::operator=(Transform&&) noexcept = default;

bool Transform::is_identity() const noexcept { return m_operation->operation == nullptr; }
const std::string& Transform::operation() const noexcept { return m_operation->name; }
std::optional<Metres> Transform::accuracy() const noexcept { return m_operation->accuracy; }

void Transform::apply(std::span<Point> points) const { m_operation->apply(points); }

Point Transform::apply(Point p) const {
    m_operation->apply(std::span{&p, 1});
    return p;
}

MultiPolygon Transform::apply(const MultiPolygon& shape, Metres sag) const {
    if (!(sag.value() > 0)) throw InvalidInput{fmt::format("a sag of {} m is not positive", sag.value())};
    MultiPolygon image;
    image.parts.reserve(shape.parts.size());
    for (const Polygon& part : shape.parts) {
        Polygon& moved = image.parts.emplace_back();
        moved.outer = m_operation->image_of(part.outer, sag);
        moved.holes.reserve(part.holes.size());
        for (const Ring& hole : part.holes) moved.holes.push_back(m_operation->image_of(hole, sag));
    }
    return image;
}

MultiLine Transform::apply(const MultiLine& lines, Metres sag) const {
    if (!(sag.value() > 0)) throw InvalidInput{fmt::format("a sag of {} m is not positive", sag.value())};
    MultiLine image;
    image.parts.reserve(lines.parts.size());
    for (const LineString& line : lines.parts) image.parts.push_back(m_operation->image_of(line, sag));
    return image;
}

}  // namespace amayesh
