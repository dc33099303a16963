#include <amayesh/raster/grid.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace amayesh {
namespace {

constexpr std::array fill_values{
    highest_negative_fill,
    -99999.0,
    -32768.0,
    -2147483648.0,
    static_cast<double>(std::numeric_limits<float>::lowest()),
    lowest_positive_fill,
    std::numeric_limits<double>::lowest(),
    std::numeric_limits<double>::max(),
    -std::numeric_limits<double>::infinity(),
    std::numeric_limits<double>::infinity(),
};

}  // namespace

bool detail::is_listed_fill_value(double value) noexcept {
    return std::find(fill_values.begin(), fill_values.end(), value) != fill_values.end();
}

template <class T>
void mask_nodata(Grid<T>& grid, double declared) {
    const T wanted = static_cast<T>(declared);
    grid.is_nodata.resize(grid.values.size(), 0);
    for (std::size_t i = 0; i < grid.values.size(); ++i)
        if (grid.values[i] == wanted) grid.is_nodata[i] = 1;
}

template <class T>
std::vector<SuspiciousConstant> find_suspicious_constants(const Grid<T>& grid) {
    std::map<double, std::size_t> counts;
    for (std::size_t i = 0; i < grid.values.size(); ++i)
        if (grid.has_value(i) && is_suspicious_constant(static_cast<double>(grid.values[i])))
            ++counts[static_cast<double>(grid.values[i])];
    std::vector<SuspiciousConstant> found;
    for (const auto& [value, cells] : counts) found.push_back({value, cells});
    return found;
}

template AMAYESH_EXPORT void mask_nodata(Grid<float>&, double);
template AMAYESH_EXPORT void mask_nodata(Grid<double>&, double);
template AMAYESH_EXPORT std::vector<SuspiciousConstant> find_suspicious_constants(const Grid<float>&);
template AMAYESH_EXPORT std::vector<SuspiciousConstant> find_suspicious_constants(const Grid<double>&);

}  // namespace amayesh
