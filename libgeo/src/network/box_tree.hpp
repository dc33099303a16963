#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <amayesh/geometry/types.hpp>

namespace amayesh::detail {

/// Boxes packed into a tree: sixteen to a node, in spatial order, built once.
///
/// Method: Morton order packed from the leaves up (as Kamel and Faloutsos 1993 do it with Hilbert's).
/// Cost:   O(n log n) to build, 40 bytes a box.
class BoxTree {
public:
    explicit BoxTree(const std::vector<Box>& boxes);

    /// Visits the numbers of all boxes that meet `wanted`, in no particular order.
    template <class Visit>
    void for_each(const Box& wanted, Visit visit) const {
        if (m_boxes.empty() || !do_meet(m_boxes.back(), wanted)) return;
        Pending pending;
        pending.push({root(), 0});
        while (!pending.is_empty()) {
            const std::uint32_t at = pending.pop().at;
            if (is_item(at)) {
                visit(m_items[at]);
                continue;
            }
            for (std::uint32_t child = m_items[at], end = end_of(at); child < end; ++child)
                if (do_meet(m_boxes[child], wanted)) pending.push({child, 0});
        }
    }

    /// Offers boxes, the nearest nodes first, that lie no farther from `p` than the square root of what the last
    /// `offer(number)` returned: the squared reach from then on.
    template <class Offer>
    void search(const Point& p, double squared_reach, Offer offer) const {
        if (m_boxes.empty()) return;
        Pending pending;
        pending.push({root(), squared_distance(p, m_boxes[root()])});
        while (!pending.is_empty()) {
            const Step step = pending.pop();
            if (!(step.squared <= squared_reach)) continue;
            if (is_item(step.at)) {
                squared_reach = std::min(squared_reach, offer(m_items[step.at]));
                continue;
            }
            std::array<Step, node_size> children;
            std::size_t count = 0;
            for (std::uint32_t child = m_items[step.at], end = end_of(step.at); child < end; ++child) {
                const double squared = squared_distance(p, m_boxes[child]);
                if (squared <= squared_reach) children[count++] = {child, squared};
            }
            std::sort(children.begin(), children.begin() + count,
                      [](const Step& a, const Step& b) { return a.squared > b.squared; });
            for (std::size_t i = 0; i < count; ++i) pending.push(children[i]);
        }
    }

private:
    static constexpr std::uint32_t node_size = 16;
    static constexpr std::size_t most_levels = 9;  // 16⁸ = 2³²

    struct Step {
        std::uint32_t at;
        double squared;
    };
    /// What is still to be looked at: at most the children of one node a level.
    class Pending {
    public:
        void push(const Step& step) { m_steps[m_size++] = step; }
        Step pop() { return m_steps[--m_size]; }
        [[nodiscard]] bool is_empty() const { return m_size == 0; }

    private:
        std::array<Step, most_levels * node_size> m_steps;
        std::size_t m_size = 0;
    };

    static bool do_meet(const Box& a, const Box& b) noexcept {
        return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
    }
    static double squared_distance(const Point& p, const Box& box) noexcept {
        const double dx = std::max({box.min_x - p.x, 0.0, p.x - box.max_x});
        const double dy = std::max({box.min_y - p.y, 0.0, p.y - box.max_y});
        return dx * dx + dy * dy;
    }
    [[nodiscard]] std::uint32_t root() const { return static_cast<std::uint32_t>(m_boxes.size() - 1); }
    [[nodiscard]] bool is_item(std::uint32_t at) const { return at < m_item_count; }
    /// A node's children end where the next node's begin, be it of the next level; the root's end at the root.
    [[nodiscard]] std::uint32_t end_of(std::uint32_t at) const { return at < root() ? m_items[at + 1] : at; }

    std::uint32_t m_item_count = 0;
    std::vector<Box> m_boxes;            // items first, then each level's nodes, the root last
    std::vector<std::uint32_t> m_items;  // number of the item's box; of a node its first child
};

}  // namespace amayesh::detail
