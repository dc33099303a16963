#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace amayesh::detail {

/// Sets that are united pair by pair; the least member stands for its set.
class DisjointSets {
public:
    explicit DisjointSets(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0U); }

    std::uint32_t find(std::uint32_t i) {
        while (m_parent[i] != i) i = m_parent[i] = m_parent[m_parent[i]];
        return i;
    }
    bool are_united(std::uint32_t a, std::uint32_t b) { return find(a) == find(b); }
    void unite(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        if (a > b) std::swap(a, b);
        m_parent[b] = a;
    }

private:
    std::vector<std::uint32_t> m_parent;
};

}  // namespace amayesh::detail
