#pragma once

#include <cstddef>
#include <limits>
#include <span>

namespace amayesh::detail {

/// Sums over cells of one polygon, in one block.
struct RunSums {
    double sum = 0;
    std::size_t cells = 0;
    double value_area = 0;
    double nodata_area = 0;
    double suspicious_area = 0;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();

    /// Adds cells side by side, each covered by that part.
    void add(std::span<const double> values, double fraction);
};

}  // namespace amayesh::detail
