#include "network/box_tree.hpp"

#include <amayesh/geometry/spatial_order.hpp>

namespace amayesh::detail {

BoxTree::BoxTree(const std::vector<Box>& boxes) : m_item_count{static_cast<std::uint32_t>(boxes.size())} {
    std::vector<Point> middles(boxes.size());
    std::transform(boxes.begin(), boxes.end(), middles.begin(), [](const Box& box) {
        return Point{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    });
    for (const std::size_t i : spatial_order(middles)) {
        m_boxes.push_back(boxes[i]);
        m_items.push_back(static_cast<std::uint32_t>(i));
    }
    std::size_t begin = 0;
    while (m_boxes.size() - begin > 1) {
        const std::size_t end = m_boxes.size();
        for (std::size_t first = begin; first < end; first += node_size) {
            Box all;
            for (std::size_t i = first; i < std::min(end, first + node_size); ++i) all.add(m_boxes[i]);
            m_boxes.push_back(all);
            m_items.push_back(static_cast<std::uint32_t>(first));
        }
        begin = end;
    }
}

}  // namespace amayesh::detail
