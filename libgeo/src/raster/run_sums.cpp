#include "raster/run_sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <amayesh/raster/grid.hpp>

namespace amayesh::detail {
namespace {

constexpr std::size_t lanes = 4;  // added one beside the other: twice as fast, and the same on every machine

struct PlainSums {
    double sum = 0;
    double count = 0;
    double min = std::numeric_limits<double>::infinity();
    double max = -std::numeric_limits<double>::infinity();
};

void add_value(double value, PlainSums& sums) {
    const bool is_value = value == value;
    sums.sum += is_value ? value : 0;
    sums.count += is_value ? 1 : 0;
    sums.min = value < sums.min ? value : sums.min;  // not for NaN
    sums.max = value > sums.max ? value : sums.max;
}

PlainSums plain_sums(std::span<const double> values) {
    PlainSums all;
    std::size_t i = 0;
    if (values.size() >= 2 * lanes) {
        std::array<double, lanes> sum{}, count{}, min{}, max{};
        min.fill(all.min);
        max.fill(all.max);
        for (; i + lanes <= values.size(); i += lanes)
            for (std::size_t k = 0; k < lanes; ++k) {
                const double value = values[i + k];
                const bool is_value = value == value;
                sum[k] += is_value ? value : 0.0;
                count[k] += is_value ? 1.0 : 0.0;
                min[k] = value < min[k] ? value : min[k];
                max[k] = value > max[k] ? value : max[k];
            }
        all.sum = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        all.count = (count[0] + count[1]) + (count[2] + count[3]);
        all.min = std::min(std::min(min[0], min[1]), std::min(min[2], min[3]));
        all.max = std::max(std::max(max[0], max[1]), std::max(max[2], max[3]));
    }
    for (; i < values.size(); ++i) add_value(values[i], all);
    return all;
}

/// Where a fill value may be among them.
void add_one_by_one(std::span<const double> values, double fraction, RunSums& sums) {
    for (const double value : values) {
        if (std::isnan(value)) {
            sums.nodata_area += fraction;
        } else if (is_suspicious_constant(value)) {
            sums.suspicious_area += fraction;
        } else {
            sums.sum += value * fraction;
            ++sums.cells;
            sums.value_area += fraction;
            sums.min = std::min(sums.min, value);
            sums.max = std::max(sums.max, value);
        }
    }
}

}  // namespace

void RunSums::add(std::span<const double> values, double fraction) {
    const PlainSums plain = plain_sums(values);
    if (plain.min <= highest_negative_fill || plain.max >= lowest_positive_fill)
        return add_one_by_one(values, fraction, *this);
    sum += plain.sum * fraction;
    cells += static_cast<std::size_t>(plain.count);
    value_area += plain.count * fraction;
    nodata_area += (static_cast<double>(values.size()) - plain.count) * fraction;
    min = std::min(min, plain.min);
    max = std::max(max, plain.max);
}

}  // namespace amayesh::detail
