#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "network/way_table.hpp"

namespace amayesh::detail {

/// The best way to a node so far: the quickest, of these to the lowest origin, of these the shortest.
struct WayLabel {
    double minutes = std::numeric_limits<double>::infinity();
    double metres = std::numeric_limits<double>::infinity();
    std::uint32_t origin = std::numeric_limits<std::uint32_t>::max();

    friend bool operator<(const WayLabel& a, const WayLabel& b) noexcept {
        if (a.minutes != b.minutes) return a.minutes < b.minutes;
        if (a.origin != b.origin) return a.origin < b.origin;
        return a.metres < b.metres;
    }
};

/// The least number of minutes, as a double, that is not within the limit when rounded to whole milliseconds.
double first_beyond(TravelTime limit) noexcept;

/// Dijkstra's search from one origin or many, step by step. Its memory serves search after search.
class WaySearch {
public:
    WaySearch(const WayTable& table, SearchSense sense);

    /// Forgets the last search. Nodes at or beyond `beyond` minutes are not reached by the next.
    void begin(double beyond = std::numeric_limits<double>::infinity());
    /// Sets out at a node.
    void reach(std::uint32_t node, const WayLabel& label);
    /// Goes on to the next node and gives it; its label is then settled, unless roads of no time lead to it, when it
    /// comes again with a better one. Nothing at the end.
    std::optional<std::uint32_t> settle();

    [[nodiscard]] WayLabel label(std::uint32_t node) const { return m_nodes[node].label(); }
    [[nodiscard]] const std::vector<std::uint32_t>& reached() const { return m_reached; }

private:
    /// All that a search reads of a node lies in one place.
    struct Node {
        double minutes;
        double metres;
        std::uint32_t origin;
        std::uint32_t first_step;
        [[nodiscard]] WayLabel label() const noexcept { return {minutes, metres, origin}; }
        void set(const WayLabel& label) noexcept {
            minutes = label.minutes;
            metres = label.metres;
            origin = label.origin;
        }
    };

    /// A node to settle; what is needed to fetch its steps ahead.
    struct Entry {
        double minutes;
        std::uint32_t node;
        std::uint32_t first_step;
        friend bool operator<(const Entry& a, const Entry& b) noexcept { return a.minutes > b.minutes; }
    };

    const std::vector<WayStep>& m_steps;
    std::vector<Node> m_nodes;  // one more at the end
    std::vector<std::uint32_t> m_reached;
    std::vector<Entry> m_queue;  // a heap, the quickest on top
    double m_beyond = std::numeric_limits<double>::infinity();
};

}  // namespace amayesh::detail
