#include <amayesh/geometry/point_locator.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geometry/slab_index.hpp"

namespace amayesh {
namespace {

constexpr double cells_per_shape = 4;
constexpr double most_cells_a_side = 1024;
constexpr std::size_t entries_per_shape = 32;  // a finer grid than this allows is made coarser
constexpr std::size_t entries_allowed = 65'536;

/// Which shapes' boxes meet each cell of a uniform grid, in rising order.
class BoxGrid {
public:
    explicit BoxGrid(const std::vector<Box>& boxes) {
        for (const Box& box : boxes) m_extent.add(box);
        const auto shapes = static_cast<double>(boxes.size());
        m_side = static_cast<std::size_t>(std::clamp(std::sqrt(shapes * cells_per_shape), 1.0, most_cells_a_side));
        while (m_side > 1 && entry_count(boxes) > boxes.size() * entries_per_shape + entries_allowed) m_side /= 2;
        fill(boxes);
    }

    [[nodiscard]] std::span<const std::uint32_t> shapes_near(const Point& p) const noexcept {
        if (!(p.x >= m_extent.min_x && p.x <= m_extent.max_x && p.y >= m_extent.min_y && p.y <= m_extent.max_y))
            return {};
        const std::size_t cell = row_of(p.y) * m_side + column_of(p.x);
        return {m_entries.data() + m_begin[cell], m_begin[cell + 1] - m_begin[cell]};
    }

private:
    [[nodiscard]] std::size_t cell_along(double offset, double extent) const noexcept {
        const double cell = extent > 0 ? offset / extent * static_cast<double>(m_side) : 0;
        return cell > 0 ? std::min(static_cast<std::size_t>(cell), m_side - 1) : 0;
    }
    [[nodiscard]] std::size_t column_of(double x) const noexcept {
        return cell_along(x - m_extent.min_x, m_extent.max_x - m_extent.min_x);
    }
    [[nodiscard]] std::size_t row_of(double y) const noexcept {
        return cell_along(y - m_extent.min_y, m_extent.max_y - m_extent.min_y);
    }
    [[nodiscard]] std::size_t entry_count(const std::vector<Box>& boxes) const noexcept {
        std::size_t count = 0;
        for (const Box& box : boxes)
            if (!box.is_empty())
                count +=
                    (column_of(box.max_x) - column_of(box.min_x) + 1) * (row_of(box.max_y) - row_of(box.min_y) + 1);
        return count;
    }
    template <class Visit>
    void for_each_cell_of_each_box(const std::vector<Box>& boxes, Visit visit) const {
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            if (boxes[i].is_empty()) continue;
            const std::size_t last_row = row_of(boxes[i].max_y);
            const std::size_t last_column = column_of(boxes[i].max_x);
            for (std::size_t row = row_of(boxes[i].min_y); row <= last_row; ++row)
                for (std::size_t column = column_of(boxes[i].min_x); column <= last_column; ++column)
                    visit(row * m_side + column, i);
        }
    }
    void fill(const std::vector<Box>& boxes) {
        m_begin.assign(m_side * m_side + 2, 0);  // counted two places ahead, so that filling leaves the begins in place
        for_each_cell_of_each_box(boxes, [&](std::size_t cell, std::size_t) { ++m_begin[cell + 2]; });
        for (std::size_t i = 2; i < m_begin.size(); ++i) m_begin[i] += m_begin[i - 1];
        m_entries.resize(m_begin.back());
        for_each_cell_of_each_box(boxes, [&](std::size_t cell, std::size_t shape) {
            m_entries[m_begin[cell + 1]++] = static_cast<std::uint32_t>(shape);
        });
    }

    Box m_extent;
    std::size_t m_side = 1;
    std::vector<std::size_t> m_begin;
    std::vector<std::uint32_t> m_entries;
};

std::vector<Box> widened_boxes(const detail::SlabIndex& slabs, double margin) {
    std::vector<Box> boxes;
    boxes.reserve(slabs.size());
    for (std::size_t i = 0; i < slabs.size(); ++i) {
        Box box = slabs.box(i);
        if (!box.is_empty()) {
            box.min_x -= margin;
            box.min_y -= margin;
            box.max_x += margin;
            box.max_y += margin;
        }
        boxes.push_back(box);
    }
    return boxes;
}

}  // namespace

struct PointLocator::Index {
    Index(std::span<const MultiPolygon> shapes, double bound)
        : border_bound{std::max(bound, 0.0)}, slabs{shapes, border_bound}, grid{widened_boxes(slabs, border_bound)} {}

    double border_bound;
    detail::SlabIndex slabs;
    BoxGrid grid;
};

PointLocator::PointLocator(std::span<const MultiPolygon> shapes, double border_bound)
    : m_index{std::make_unique<Index>(shapes, border_bound)} {}
PointLocator::~PointLocator() = default;
PointLocator::PointLocator(PointLocator&&) noexcept = default;
PointLocator& PointLocator::operator=(PointLocator&&) noexcept = default;

Located PointLocator::locate(Point p) const {
    Located found;
    for (const std::uint32_t shape : m_index->grid.shapes_near(p)) {
        const detail::PlaceInShape place = m_index->slabs.place_of(shape, p);
        found.near_border |=
            place == detail::PlaceInShape::border || (m_index->border_bound > 0 && !found.near_border &&
                                                      m_index->slabs.is_near_border(shape, p, m_index->border_bound));
        if (place == detail::PlaceInShape::outside) continue;
        if (found.shape)
            found.several = true;
        else
            found.shape = shape;
    }
    return found;
}

std::vector<std::size_t> PointLocator::locate_all(Point p) const {
    std::vector<std::size_t> holders;
    for (const std::uint32_t shape : m_index->grid.shapes_near(p))
        if (m_index->slabs.place_of(shape, p) != detail::PlaceInShape::outside) holders.push_back(shape);
    return holders;
}

}  // namespace amayesh
