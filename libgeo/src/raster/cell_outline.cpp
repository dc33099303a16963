#include "raster/cell_outline.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t passed = none - 1;  ///< As `along_row`: the corner is in a ring by now.

// Corners where two cells touch at that point alone come in pairs: the first and the second.
constexpr std::uint8_t first_of_pair = 1;
constexpr std::uint8_t second_of_pair = 2;
constexpr std::uint8_t upper_left_of_hole = 4;

// The cells around a corner that are in, as bits.
constexpr unsigned upper_left = 1;
constexpr unsigned upper_right = 2;
constexpr unsigned lower_left = 4;
constexpr unsigned lower_right = 8;

bool differ(unsigned around, unsigned one, unsigned other) noexcept {
    return ((around & one) != 0) != ((around & other) != 0);
}

}  // namespace

CellOutline::CellOutline(const StudyGrid& grid)
    : m_grid{grid},
      m_above(grid.width, 0),
      m_labels_above(grid.width, none),
      m_labels(grid.width, none),
      m_open_columns(grid.width + 1, none) {
    if (grid.width >= passed || grid.height >= passed)
        throw InvalidInput{"a grid of more than 4 billion columns or rows"};
}

CellOutline::Index CellOutline::root_of(Index label) noexcept {
    while (m_label_parents[label] != label) {
        m_label_parents[label] = m_label_parents[m_label_parents[label]];
        label = m_label_parents[label];
    }
    return label;
}

/// Runs of cells take the label of what they touch above, and join it where that is several.
void CellOutline::label_row(std::span<const std::uint8_t> is_in) {
    for (std::size_t begin = 0; begin < is_in.size();) {
        if (is_in[begin] == 0) {
            ++begin;
            continue;
        }
        Index label = none;
        std::size_t end = begin;
        for (; end < is_in.size() && is_in[end] != 0; ++end) {
            if (m_above[end] == 0 || (end > begin && m_above[end - 1] != 0)) continue;
            const Index other = root_of(m_labels_above[end]);
            if (label == none || label == other) {
                label = other;
                continue;
            }
            m_label_parents[std::max(label, other)] = std::min(label, other);
            label = std::min(label, other);
        }
        if (label == none) {
            label = static_cast<Index>(m_label_parents.size());
            m_label_parents.push_back(label);
        }
        std::fill(m_labels.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_labels.begin() + static_cast<std::ptrdiff_t>(end), label);
        m_cells += end - begin;
        begin = end;
    }
}

CellOutline::Index CellOutline::make_corner(std::size_t column, Index set, std::uint8_t flags) {
    if (m_corners.size() >= passed) throw InvalidInput{"an outline of more than 4 billion corners; take larger cells"};
    m_corners.push_back({static_cast<Index>(column), m_row, none, none, set, flags});
    return static_cast<Index>(m_corners.size() - 1);
}

void CellOutline::link_row(Index left, Index right) noexcept {
    m_corners[left].along_row = right;
    m_corners[right].along_row = left;
}

void CellOutline::link_column(Index upper, Index lower) noexcept {
    m_corners[upper].along_column = lower;
    m_corners[lower].along_column = upper;
}

/// Two corners at one point: of the cell that lies above it, and of the one below.
void CellOutline::add_pair(std::size_t column, unsigned around) {
    const bool is_falling = (around & upper_left) != 0;
    const Index from_left = m_open_row;
    const Index from_above = m_open_columns[column];
    const Index above = make_corner(column, m_labels_above[is_falling ? column - 1 : column], first_of_pair);
    const Index below = make_corner(column, m_labels[is_falling ? column : column - 1], second_of_pair);
    link_column(from_above, above);
    link_row(from_left, is_falling ? above : below);
    m_open_row = is_falling ? below : above;
    m_open_columns[column] = below;
}

void CellOutline::add_corner(std::size_t column, unsigned around) {
    const bool is_below = (around & (lower_left | lower_right)) != 0;
    const bool is_right = (around & (is_below ? lower_right : upper_right)) != 0;
    const Index set = (is_below ? m_labels : m_labels_above)[is_right ? column : column - 1];
    const bool is_of_hole = around == (upper_left | upper_right | lower_left);
    const Index corner = make_corner(column, set, is_of_hole ? upper_left_of_hole : std::uint8_t{0});
    if (differ(around, upper_left, lower_left))
        link_row(m_open_row, corner);
    else
        m_open_row = corner;
    if (differ(around, upper_left, upper_right))
        link_column(m_open_columns[column], corner);
    else
        m_open_columns[column] = corner;
}

/// The corners between the row before and this one.
void CellOutline::add_corners(std::span<const std::uint8_t> is_in) {
    unsigned around = 0;
    for (std::size_t column = 0; column <= is_in.size(); ++column) {
        around = (around >> 1U) & (upper_left | lower_left);
        if (column < is_in.size()) around |= m_above[column] * upper_right | is_in[column] * lower_right;
        const bool is_pair = around == (upper_left | lower_right) || around == (upper_right | lower_left);
        const bool has_edge_down = differ(around, upper_left, upper_right) || differ(around, lower_left, lower_right);
        const bool has_edge_along = differ(around, upper_left, lower_left) || differ(around, upper_right, lower_right);
        if (is_pair)
            add_pair(column, around);
        else if (has_edge_down && has_edge_along)
            add_corner(column, around);
    }
}

void CellOutline::add_row(std::span<const std::uint8_t> is_in) {
    label_row(is_in);
    add_corners(is_in);
    std::copy(is_in.begin(), is_in.end(), m_above.begin());
    m_labels.swap(m_labels_above);
    ++m_row;
}

/// Follows the ring with its cells on the right hand, and cuts off what lies between two visits of one point.
void CellOutline::trace(Index first) {
    bool goes_along_row = (m_corners[first].flags & upper_left_of_hole) == 0;
    m_path.clear();
    for (Index at = first; m_corners[at].along_row != passed;) {
        Corner& corner = m_corners[at];
        if ((corner.flags & (first_of_pair | second_of_pair)) != 0) {
            const Corner& twin = m_corners[(corner.flags & first_of_pair) != 0 ? at + 1 : at - 1];
            if (twin.along_row == passed && twin.along_column != none) take_loop(twin.along_column);
        }
        const Index next = goes_along_row ? corner.along_row : corner.along_column;
        corner.along_row = passed;
        corner.along_column = static_cast<Index>(m_path.size());  // where it is on the path, from now on
        m_path.push_back(at);
        goes_along_row = !goes_along_row;
        at = next;
    }
    take_loop(0);
}

/// The path from there on, which ends at the point where it begins.
void CellOutline::take_loop(std::size_t begin) {
    const std::span<const Index> loop = std::span(m_path).subspan(begin);
    std::int64_t twice_area = 0;  // clockwise above 0, as rows run down
    for (std::size_t i = 0; i < loop.size(); ++i) {
        const Corner& a = m_corners[loop[i]];
        const Corner& b = m_corners[loop[i + 1 < loop.size() ? i + 1 : 0]];
        twice_area += std::int64_t{a.column} * b.row - std::int64_t{b.column} * a.row;
        m_corners[loop[i]].along_column = none;
    }
    (twice_area > 0 ? m_outer : m_holes).push_back({root_of(m_corners[loop.front()].set), ring_of(loop)});
    m_path.resize(begin);
}

Ring CellOutline::ring_of(std::span<const Index> corners) const {
    const auto least = std::min_element(corners.begin(), corners.end(), [this](Index a, Index b) {
        const Corner& first = m_corners[a];
        const Corner& second = m_corners[b];
        return first.column != second.column ? first.column < second.column : first.row > second.row;
    });
    Ring ring;
    ring.reserve(corners.size() + 1);
    const auto add = [&](Index index) {
        const Corner& corner = m_corners[index];
        ring.push_back({m_grid.corner.x + corner.column * m_grid.cell_m, m_grid.corner.y - corner.row * m_grid.cell_m});
    };
    std::for_each(least, corners.end(), add);
    std::for_each(corners.begin(), least, add);
    ring.push_back(ring.front());
    return ring;
}

MultiPolygon CellOutline::take_polygons() {
    add_row(std::vector<std::uint8_t>(m_above.size(), 0));
    for (Index corner = 0; corner < m_corners.size(); ++corner)
        if (m_corners[corner].along_row != passed) trace(corner);
    m_corners = {};
    const auto is_before = [](const Loop& a, const Loop& b) { return a.ring < b.ring; };
    std::sort(m_outer.begin(), m_outer.end(), is_before);
    std::sort(m_holes.begin(), m_holes.end(), is_before);
    MultiPolygon shape;
    std::vector<Index> part_of_set(m_label_parents.size(), none);
    for (Loop& loop : m_outer) {
        part_of_set[loop.set] = static_cast<Index>(shape.parts.size());
        shape.parts.push_back({std::move(loop.ring), {}});
    }
    for (Loop& loop : m_holes) shape.parts[part_of_set[loop.set]].holes.push_back(std::move(loop.ring));
    return shape;
}

}  // namespace amayesh::detail
