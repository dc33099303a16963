// Least costs of a raster in the simplest of files, for comparison with other programs.
//
// Usage: cost_worker WIDTH HEIGHT COLUMN_M ROW_M 8|16 FRICTION COSTS SOURCE_COLUMN SOURCE_ROW …
//        FRICTION and COSTS hold 32-bit floats, row by row: minutes a metre, NaN = impassable; minutes, infinite = not reached.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <vector>

#include <amayesh/core/error.hpp>
#include <amayesh/raster/cost_distance.hpp>

int main(int argument_count, char** arguments) {
    using namespace amayesh;
    if (argument_count < 10 || argument_count % 2 != 0) return 2;
    try {
        const auto number = [&](int i) { return static_cast<std::size_t>(std::strtoull(arguments[i], nullptr, 10)); };
        std::ifstream friction(arguments[6], std::ios::binary);
        const FrictionGrid grid{.width = number(1),
                                .height = number(2),
                                .column_m = std::strtod(arguments[3], nullptr),
                                .row_m = std::strtod(arguments[4], nullptr),
                                .read_friction = [&](std::size_t, std::span<float> values) {
                                    friction.read(reinterpret_cast<char*>(values.data()),
                                                  static_cast<std::streamsize>(values.size_bytes()));
                                    if (!friction) throw IoError("the friction ends too early");
                                }};
        std::vector<CostSource> sources;
        for (int i = 8; i < argument_count; i += 2)
            sources.push_back({number(i), number(i + 1), static_cast<std::uint32_t>(sources.size())});
        const auto neighbours = number(5) == 16 ? CellNeighbours::sixteen : CellNeighbours::eight;
        const CostSurface surface = cost_distance(grid, sources, {.neighbours = neighbours});
        std::ofstream costs(arguments[7], std::ios::binary);
        std::vector<float> row_of_costs(grid.width);
        for (std::size_t row = 0; row < grid.height; ++row) {
            surface.costs_of_row(row, row_of_costs);
            costs.write(reinterpret_cast<const char*>(row_of_costs.data()),
                        static_cast<std::streamsize>(row_of_costs.size() * sizeof(float)));
        }
        return costs.flush() ? 0 : 1;
    } catch (const Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
