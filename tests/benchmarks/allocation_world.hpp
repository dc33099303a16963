#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <amayesh/analysis/allocate_capacity.hpp>

namespace amayesh::benchmark {

struct AllocationScale {
    std::string name;
    std::size_t demands = 1'500;
    std::size_t sources = 10'000;
    std::size_t arcs_a_demand = 50;  ///< At most.
    double reach_m = 50'000;
    double headroom_share = 0.8;  ///< Of what is demanded; what lies beyond anyone's reach included.
};

struct Place {
    double x = 0, y = 0;
};

/// Half of them around towns, half anywhere in a square as large as Iran.
inline std::vector<Place> scatter(std::mt19937_64& random, std::size_t count, const std::vector<Place>& towns) {
    constexpr double side_m = 1.28e6, spread_m = 30'000;
    std::uniform_real_distribution<double> anywhere{0, side_m};
    std::normal_distribution<double> around{0, spread_m};
    std::vector<Place> places;
    for (std::size_t i = 0; i < count; ++i) {
        if (towns.empty() || i % 2 == 0) {
            places.push_back({anywhere(random), anywhere(random)});
        } else {
            const Place& town = towns[random() % towns.size()];
            places.push_back({town.x + around(random), town.y + around(random)});
        }
    }
    return places;
}

inline std::string padded_id(char letter, std::size_t number) {
    const std::string digits = std::to_string(number);
    return letter + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

/// Demands of 500 to 5,000 steps in three classes; sources of very unequal size; arcs to the nearest within reach.
inline CapacityProblem allocation_world(const AllocationScale& scale, unsigned seed) {
    std::mt19937_64 random{seed};
    const std::vector<Place> towns = scatter(random, 60, {});
    const std::vector<Place> demands = scatter(random, scale.demands, towns),
                             sources = scatter(random, scale.sources, towns);
    CapacityProblem problem;
    double demanded = 0, weights = 0;
    for (std::size_t i = 0; i < demands.size(); ++i) {
        const std::int64_t amount = 500 + static_cast<std::int64_t>(random() % 4'501);
        problem.demands.push_back({padded_id('d', i), amount, static_cast<int>(random() % 3)});
        demanded += static_cast<double>(amount);
    }
    std::lognormal_distribution<double> size{0, 1};
    std::vector<double> weight(sources.size());
    for (double& w : weight) weights += w = size(random);
    for (std::size_t i = 0; i < sources.size(); ++i)
        problem.sources.push_back(
            {padded_id('s', i), static_cast<std::int64_t>(weight[i] / weights * demanded * scale.headroom_share)});
    std::vector<std::pair<double, std::size_t>> near;
    for (std::size_t demand = 0; demand < demands.size(); ++demand) {
        near.clear();
        for (std::size_t source = 0; source < sources.size(); ++source) {
            const double distance =
                std::hypot(demands[demand].x - sources[source].x, demands[demand].y - sources[source].y);
            if (distance <= scale.reach_m) near.emplace_back(distance, source);
        }
        const std::size_t kept = std::min(near.size(), scale.arcs_a_demand);
        std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept), near.end());
        for (std::size_t i = 0; i < kept; ++i)
            problem.arcs.push_back({demand, near[i].second, std::llround(near[i].first)});
    }
    return problem;
}

}  // namespace amayesh::benchmark
