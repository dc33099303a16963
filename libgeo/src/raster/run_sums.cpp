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

    void add(const PlainSums& other) {
        sum += other.sum;
        count += other.count;
        min = std::min(min, other.min);
        max = std::max(max, other.max);
    }
};

/// `Step` adds one value to the sums of a lane.
template <class Step>
PlainSums in_lanes(std::span<const double> values, const Step& step) {
    std::array<PlainSums, lanes> beside;
    std::array<double, lanes> sum{}, count{}, min, max;
    min.fill(beside[0].min);
    max.fill(beside[0].max);
    std::size_t i = 0;
    for (; i + lanes <= values.size(); i += lanes)
        for (std::size_t k = 0; k < lanes; ++k) step(values[i + k], sum[k], count[k], min[k], max[k]);
    for (std::size_t k = 0; i < values.size(); ++i, ++k) step(values[i], sum[k], count[k], min[k], max[k]);
    for (std::size_t k = 0; k < lanes; ++k) beside[k] = {sum[k], count[k], min[k], max[k]};
    beside[0].add(beside[1]);
    beside[2].add(beside[3]);
    beside[0].add(beside[2]);
    return beside[0];
}

PlainSums sums_without_nan(std::span<const double> values) {
    PlainSums sums = in_lanes(values, [](double value, double& sum, double&, double& min, double& max) {
        sum += value;
        min = value < min ? value : min;
        max = value > max ? value : max;
    });
    sums.count = static_cast<double>(values.size());
    return sums;
}

PlainSums sums_past_nan(std::span<const double> values) {
    return in_lanes(values, [](double value, double& sum, double& count, double& min, double& max) {
        const bool is_value = value == value;
        sum += is_value ? value : 0.0;
        count += is_value ? 1.0 : 0.0;
        min = value < min ? value : min;  // not for NaN
        max = value > max ? value : max;
    });
}

PlainSums plain_sums(std::span<const double> values) {
    const PlainSums sums = sums_without_nan(values);
    return std::isnan(sums.sum) ? sums_past_nan(values) : sums;
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
    if (values.size() == 1) return add_one_by_one(values, fraction, *this);
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
