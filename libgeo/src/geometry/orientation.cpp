#include "geometry/orientation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace amayesh::detail {
namespace {

constexpr double unit_roundoff = std::numeric_limits<double>::epsilon() / 2;
// Shewchuk (1997), Adaptive precision floating-point arithmetic, section 4.3: bound of the plain determinant's error.
constexpr double determinant_error = (3 + 16 * unit_roundoff) * unit_roundoff;

/// A sum of doubles without any rounding: its parts do not overlap and grow in magnitude.
class ExactSum {
public:
    void add_product(double a, double b) noexcept {
        const double product = a * b;
        add(std::fma(a, b, -product));
        add(product);
    }
    [[nodiscard]] int sign() const noexcept {
        for (std::size_t i = m_size; i-- > 0;)
            if (m_parts[i] != 0) return m_parts[i] > 0 ? 1 : -1;
        return 0;
    }

private:
    void add(double value) noexcept {
        for (std::size_t i = 0; i < m_size; ++i) {
            const double sum = value + m_parts[i];
            const double virtual_part = sum - value;
            m_parts[i] = (value - (sum - virtual_part)) + (m_parts[i] - virtual_part);
            value = sum;
        }
        m_parts[m_size++] = value;
    }

    std::array<double, 12> m_parts{};  // six products of two parts each
    std::size_t m_size = 0;
};

int exact_orientation(const Point& a, const Point& b, const Point& p) noexcept {
    ExactSum sum;
    sum.add_product(a.x, b.y);
    sum.add_product(-a.y, b.x);
    sum.add_product(b.x, p.y);
    sum.add_product(-b.y, p.x);
    sum.add_product(p.x, a.y);
    sum.add_product(-p.y, a.x);
    return sum.sign();
}

bool box_holds(const Point& a, const Point& b, const Point& p) noexcept {
    return std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
           p.y <= std::max(a.y, b.y);
}

/// Whether `p`, on the line a–b, lies on the segment and is none of its ends.
bool is_within(const Point& a, const Point& b, const Point& p) noexcept {
    return p != a && p != b && box_holds(a, b, p);
}

}  // namespace

int orientation(const Point& a, const Point& b, const Point& p) noexcept {
    const double left = (a.x - p.x) * (b.y - p.y);
    const double right = (a.y - p.y) * (b.x - p.x);
    const double determinant = left - right;
    const double bound = determinant_error * (std::abs(left) + std::abs(right));
    if (determinant > bound) return 1;
    if (determinant < -bound) return -1;
    return exact_orientation(a, b, p);
}

bool segments_interfere(const Point& a, const Point& b, const Point& c, const Point& d) noexcept {
    if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x) ||
        std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y))
        return false;
    const int c_side = orientation(a, b, c);
    const int d_side = orientation(a, b, d);
    if (c_side * d_side > 0) return false;
    const int a_side = orientation(c, d, a);
    const int b_side = orientation(c, d, b);
    if (a_side * b_side > 0) return false;
    if (c_side * d_side < 0 && a_side * b_side < 0) return true;
    const bool same = (a == c && b == d) || (a == d && b == c);
    return same || (c_side == 0 && is_within(a, b, c)) || (d_side == 0 && is_within(a, b, d)) ||
           (a_side == 0 && is_within(c, d, a)) || (b_side == 0 && is_within(c, d, b));
}

}  // namespace amayesh::detail
