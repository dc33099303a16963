#include <amayesh/raster/resampled_grid.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/crs/geodesic.hpp>
#include <amayesh/crs/transform.hpp>

#include "raster/cell_pixels.hpp"
#include "raster/pixel_blocks.hpp"
#include "raster/pixel_places.hpp"

namespace amayesh {

namespace {

using detail::CellCorners;
using detail::PixelBlocks;
using detail::PixelPlaces;

constexpr float no_value = std::numeric_limits<float>::quiet_NaN();
constexpr double pixels_worth_a_mean = 2;  ///< Narrower cells hold too few to speak for them.
constexpr double most_pixels_across = 4'096;
constexpr double pixels_at_once = 512;  ///< Across and down.
constexpr double snap = 1e-9;           ///< Of a pixel: rounding of places that are meant to be centres.

ResamplingMethod method_of(GridMeaning meaning, double pixels_across) {
    const bool is_coarser = pixels_across >= pixels_worth_a_mean;
    switch (meaning) {
        case GridMeaning::classes:
            return is_coarser ? ResamplingMethod::mode : ResamplingMethod::nearest;
        case GridMeaning::friction:
            return is_coarser ? ResamplingMethod::average : ResamplingMethod::nearest;
        case GridMeaning::elevation:
            break;
    }
    return is_coarser ? ResamplingMethod::average : ResamplingMethod::bilinear;
}

/// Sides of a cell in pixels.
struct PixelsAcross {
    double least = 0;
    double most = 0;
};

PixelsAcross pixels_across(const PixelPlaces& places, const StudyGrid& grid) {
    const double column = 0.5 * static_cast<double>(grid.width);
    const double row = 0.5 * static_cast<double>(grid.height);
    const Point here = places.place_of(column, row);
    const Point right = places.place_of(column + 1, row);
    const Point below = places.place_of(column, row + 1);
    const double across = std::hypot(right.x - here.x, right.y - here.y);
    const double down = std::hypot(below.x - here.x, below.y - here.y);
    return {std::min(across, down), std::max(across, down)};
}

/// The longer side of the pixel around a place, on the ground.
Metres pixel_size_at(const GridLayout& source, const Crs& source_crs, const Point& pixel) {
    const Transform to_degrees(source_crs, Crs::wgs84());
    const auto place = [&](double column, double row) {
        const auto& [corner, c, r] = source.placement;
        return to_degrees.apply(Point{corner.x + column * c.x + row * r.x, corner.y + column * c.y + row * r.y});
    };
    const Metres across = geodesic_distance(place(pixel.x - 0.5, pixel.y), place(pixel.x + 0.5, pixel.y));
    const Metres down = geodesic_distance(place(pixel.x, pixel.y - 0.5), place(pixel.x, pixel.y + 0.5));
    return std::max(across, down);
}

/// Where the study grid lies in pixels, seen from a lattice of its places.
Box box_in_pixels(const PixelPlaces& places, const StudyGrid& grid) {
    constexpr int steps = 32;
    Box box;
    for (int i = 0; i <= steps; ++i)
        for (int j = 0; j <= steps; ++j)
            box.add(places.place_of(static_cast<double>(grid.width) * i / steps,
                                    static_cast<double>(grid.height) * j / steps));
    const double between_x = (box.max_x - box.min_x) / steps;  // what a border may bulge out between two of them
    const double between_y = (box.max_y - box.min_y) / steps;
    return {box.min_x - between_x, box.min_y - between_y, box.max_x + between_x, box.max_y + between_y};
}

void check_overlap(const PixelPlaces& places, const StudyGrid& grid, const GridLayout& source) {
    const Box box = box_in_pixels(places, grid);
    const auto width = static_cast<double>(source.width);
    if (!box.intersects({0, 0, width, static_cast<double>(source.height)}))
        throw InvalidInput("it lies nowhere in the study's area; is its CRS right?");
    const auto around = places.columns_around();
    if (around && width >= *around - 1 && (box.min_x < 0 || box.max_x > width))
        throw InvalidInput(
            "the study's area crosses the longitude at which it begins; cut it for the area with gdalwarp "
            "--config CENTER_LONG");
}

/// Values of the pixels around a tile.
struct PixelWindow {
    GridWindow place;
    std::vector<float> values{};

    [[nodiscard]] float at(std::int64_t column, std::int64_t row) const noexcept {
        const auto x = column - static_cast<std::int64_t>(place.column);
        const auto y = row - static_cast<std::int64_t>(place.row);
        if (x < 0 || y < 0 || x >= static_cast<std::int64_t>(place.width) ||
            y >= static_cast<std::int64_t>(place.height))
            return no_value;
        return values[static_cast<std::size_t>(y) * place.width + static_cast<std::size_t>(x)];
    }
    /// The part of a row of pixels that has values to look at.
    [[nodiscard]] std::span<const float> run(std::int64_t row, std::int64_t first, std::int64_t end) const noexcept {
        const auto left = static_cast<std::int64_t>(place.column);
        const auto top = static_cast<std::int64_t>(place.row);
        if (row < top || row >= top + static_cast<std::int64_t>(place.height)) return {};
        first = std::max(first, left);
        end = std::min(end, left + static_cast<std::int64_t>(place.width));
        if (first >= end) return {};
        return std::span(values).subspan(
            static_cast<std::size_t>(row - top) * place.width + static_cast<std::size_t>(first - left),
            static_cast<std::size_t>(end - first));
    }
};

Point centre_of(const CellCorners& cell) {
    return {0.25 * (cell[0].x + cell[1].x + cell[2].x + cell[3].x),
            0.25 * (cell[0].y + cell[1].y + cell[2].y + cell[3].y)};
}

float nearest(const PixelWindow& pixels, const Point& centre) {
    return pixels.at(static_cast<std::int64_t>(std::floor(centre.x)), static_cast<std::int64_t>(std::floor(centre.y)));
}

float bilinear(const PixelWindow& pixels, const Point& centre) {
    const auto split = [](double place) {
        const double first = std::floor(place - 0.5 + snap);
        const double part = place - 0.5 - first;
        return std::pair{static_cast<std::int64_t>(first), part < snap ? 0.0 : part};
    };
    const auto [column, across] = split(centre.x);
    const auto [row, down] = split(centre.y);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < 4; ++i) {
        const double weight = (i % 2 == 0 ? 1 - across : across) * (i / 2 == 0 ? 1 - down : down);
        const float value = pixels.at(column + i % 2, row + i / 2);
        if (weight == 0 || std::isnan(value)) continue;
        sum += weight * static_cast<double>(value);
        weights += weight;
    }
    return weights > 0 ? static_cast<float>(sum / weights) : no_value;
}

/// The values of one cell's pixels, gathered.
class CellValues {
public:
    void clear() {
        m_sum = 0;
        m_valid = 0;
        m_pixels = 0;
        m_counts.clear();
    }
    void expect(std::int64_t pixels) { m_pixels += pixels; }
    void add_to_mean(std::span<const float> values) {
        for (const float value : values)
            if (std::isfinite(value)) {
                m_sum += static_cast<double>(value);
                ++m_valid;
            }
    }
    void count(std::span<const float> values) {
        for (const float value : values)
            if (!std::isnan(value)) {
                ++count_of(value);
                ++m_valid;
            }
    }
    [[nodiscard]] bool is_empty() const noexcept { return m_pixels == 0; }
    [[nodiscard]] bool has_values() const noexcept { return m_valid > 0; }
    [[nodiscard]] bool is_mostly_without() const noexcept { return 2 * m_valid < m_pixels; }
    [[nodiscard]] float mean() const noexcept { return static_cast<float>(m_sum / static_cast<double>(m_valid)); }
    [[nodiscard]] float commonest() const noexcept {
        const auto most = std::max_element(m_counts.begin(), m_counts.end(), [](const auto& a, const auto& b) {
            return a.second != b.second ? a.second < b.second : a.first > b.first;
        });
        return most->first;
    }

private:
    std::int64_t& count_of(float value) {
        if (m_last < m_counts.size() && m_counts[m_last].first == value) return m_counts[m_last].second;
        for (m_last = 0; m_last < m_counts.size(); ++m_last)
            if (m_counts[m_last].first == value) return m_counts[m_last].second;
        return m_counts.emplace_back(value, 0).second;
    }

    double m_sum = 0;
    std::int64_t m_valid = 0;
    std::int64_t m_pixels = 0;
    std::vector<std::pair<float, std::int64_t>> m_counts;
    std::size_t m_last = 0;
};

}  // namespace

std::string_view to_string(ResamplingMethod method) noexcept {
    constexpr std::array names{"nearest", "bilinear", "average", "mode"};
    return names[static_cast<std::size_t>(method)];
}

struct ResampledGrid::State {
    const GridBlocks& source;
    StudyGrid grid;
    GridMeaning meaning;
    PlausibleValues plausible;
    PixelPlaces places;
    ResamplingMethod method = ResamplingMethod::nearest;
    Metres pixel_size{0};
    std::size_t cells_at_once = 1;  ///< Across and down; divides the tiles.
    PixelBlocks blocks;
    std::vector<Point> corners{};
    PixelWindow window{};
    CellValues values{};

    State(const GridBlocks& grid_blocks, const Crs& source_crs, GridMeaning what, const StudyGrid& study_grid,
          const Crs& grid_crs, PlausibleValues wanted);

    void read(std::size_t first_row, std::span<float> result);
    void read_tile(const GridWindow& tile, const GridWindow& wanted, std::span<float> result);
    void load_window(const GridWindow& wanted, const GridWindow& part);
    void check_values() const;
    [[noreturn]] void refuse(std::size_t pixel, std::string_view why) const;
    [[nodiscard]] CellCorners corners_of(const GridWindow& wanted, std::size_t column, std::size_t row) const;
    [[nodiscard]] float value_of(const CellCorners& cell);
    [[nodiscard]] float summary_of(const CellCorners& cell);
};

ResampledGrid::State::State(const GridBlocks& grid_blocks, const Crs& source_crs, GridMeaning what,
                            const StudyGrid& study_grid, const Crs& grid_crs, PlausibleValues wanted)
    : source{grid_blocks},
      grid{study_grid},
      meaning{what},
      plausible{std::move(wanted)},
      places{grid_blocks.layout(), source_crs, study_grid, grid_crs},
      blocks{grid_blocks} {
    check_overlap(places, grid, source.layout());
    const PixelsAcross across = pixels_across(places, grid);
    if (!(across.most <= most_pixels_across))
        throw InvalidInput(
            fmt::format("a cell of {:g} m is {:.0f} of its pixels wide; coarsen it first, with gdalwarp -tr -r average",
                        grid.cell_m, across.most));
    method = method_of(meaning, across.least);
    pixel_size =
        pixel_size_at(source.layout(), source_crs,
                      places.place_of(0.5 * static_cast<double>(grid.width), 0.5 * static_cast<double>(grid.height)));
    constexpr double part_kept = 0.25;  // of the blocks in memory, by one tile
    const auto block_width = static_cast<double>(source.layout().block_width);
    const double rows_kept = part_kept * static_cast<double>(PixelBlocks::most_kept) / block_width;
    const double most = std::min(pixels_at_once, rows_kept) / across.most;
    while (2 * cells_at_once <= PixelPlaces::tile_side && 2 * static_cast<double>(cells_at_once) <= most)
        cells_at_once *= 2;
}

CellCorners ResampledGrid::State::corners_of(const GridWindow& wanted, std::size_t column, std::size_t row) const {
    const std::size_t above = (row - wanted.row) * (wanted.width + 1) + column - wanted.column;
    const std::size_t below = above + wanted.width + 1;
    return {corners[above], corners[above + 1], corners[below + 1], corners[below]};
}

/// The pixels that some columns of the rows wanted of a tile may take values from.
void ResampledGrid::State::load_window(const GridWindow& wanted, const GridWindow& part) {
    Box box;
    for (std::size_t row = part.row; row <= part.row + part.height; ++row)
        for (std::size_t column = part.column; column <= part.column + part.width; ++column)
            box.add(corners[(row - wanted.row) * (wanted.width + 1) + column - wanted.column]);
    const auto clamped = [](double pixel, std::size_t most) {
        return static_cast<std::size_t>(std::clamp(pixel, 0.0, static_cast<double>(most)));
    };
    const GridLayout& layout = source.layout();
    window.place.column = clamped(std::floor(box.min_x) - 1, layout.width);
    window.place.row = clamped(std::floor(box.min_y) - 1, layout.height);
    window.place.width = clamped(std::ceil(box.max_x) + 1, layout.width) - window.place.column;
    window.place.height = clamped(std::ceil(box.max_y) + 1, layout.height) - window.place.row;
    if (window.place.cells() == 0) window.place.width = window.place.height = 0;
    blocks.read(window.place, window.values);
    check_values();
}

void ResampledGrid::State::check_values() const {
    if (meaning == GridMeaning::classes) return;
    for (std::size_t i = 0; i < window.values.size(); ++i) {
        const float value = window.values[i];
        if (meaning == GridMeaning::friction && value == std::numeric_limits<float>::infinity()) continue;
        if (is_suspicious_constant(static_cast<double>(value)))
            refuse(i, "a usual fill value that is not declared as nodata; declare it with gdal_edit.py -a_nodata");
        if (value < plausible.least || value > plausible.most)
            refuse(i, fmt::format("and only {} are plausible: is its unit right? If it stands for no value, declare "
                                  "it as nodata with gdal_edit.py -a_nodata",
                                  plausible.described));
    }
}

void ResampledGrid::State::refuse(std::size_t pixel, std::string_view why) const {
    throw InvalidInput(fmt::format("its cell in column {}, row {} holds {:g}, {}",
                                   window.place.column + pixel % window.place.width,
                                   window.place.row + pixel / window.place.width, window.values[pixel], why));
}

float ResampledGrid::State::summary_of(const CellCorners& cell) {
    values.clear();
    detail::visit_pixels(cell, [this](std::int64_t row, std::int64_t first, std::int64_t end) {
        values.expect(end - first);
        if (method == ResamplingMethod::mode)
            values.count(window.run(row, first, end));
        else
            values.add_to_mean(window.run(row, first, end));
    });
    if (values.is_empty()) return nearest(window, centre_of(cell));
    if (!values.has_values()) return no_value;
    if (meaning != GridMeaning::elevation && values.is_mostly_without()) return no_value;
    return method == ResamplingMethod::mode ? values.commonest() : values.mean();
}

float ResampledGrid::State::value_of(const CellCorners& cell) {
    const Point centre = centre_of(cell);
    const GridLayout& layout = source.layout();
    switch (method) {
        case ResamplingMethod::nearest:
            return nearest(window, centre);
        case ResamplingMethod::bilinear:
            if (!(centre.x >= 0 && centre.y >= 0 && centre.x < static_cast<double>(layout.width) &&
                  centre.y < static_cast<double>(layout.height)))
                return no_value;
            return bilinear(window, centre);
        case ResamplingMethod::average:
        case ResamplingMethod::mode:
            break;
    }
    return summary_of(cell);
}

/// Fills what a tile has of the rows wanted; `result` begins with the first of them.
void ResampledGrid::State::read_tile(const GridWindow& tile, const GridWindow& wanted, std::span<float> result) {
    corners.resize((wanted.width + 1) * (wanted.height + 1));
    places.corners_in_tile(tile, wanted, corners);
    for (std::size_t column = tile.column; column < tile.column + tile.width; column += cells_at_once) {
        const std::size_t end = std::min(column + cells_at_once, tile.column + tile.width);
        load_window(wanted, {column, wanted.row, end - column, wanted.height});
        for (std::size_t row = wanted.row; row < wanted.row + wanted.height; ++row)
            for (std::size_t c = column; c < end; ++c)
                result[(row - wanted.row) * grid.width + c] = value_of(corners_of(wanted, c, row));
    }
}

/// Tiles lie the same way whatever is asked for, so that a cell's value never depends on it.
void ResampledGrid::State::read(std::size_t first_row, std::span<float> result) {
    const std::size_t end = first_row + result.size() / grid.width;
    if (result.size() % grid.width != 0 || first_row > grid.height || end > grid.height)
        throw InvalidInput(fmt::format("{} values from row {} on are no whole rows of {} × {} cells", result.size(),
                                       first_row, grid.width, grid.height));
    for (std::size_t row = first_row; row < end;) {
        const std::size_t top = row / PixelPlaces::tile_side * PixelPlaces::tile_side;
        const std::size_t height = std::min(PixelPlaces::tile_side, grid.height - top);
        const std::size_t count = std::min({cells_at_once, end - row, top + height - row});
        for (std::size_t left = 0; left < grid.width; left += PixelPlaces::tile_side) {
            const GridWindow tile{left, top, std::min(PixelPlaces::tile_side, grid.width - left), height};
            read_tile(tile, {left, row, tile.width, count}, result.subspan((row - first_row) * grid.width));
        }
        row += count;
    }
}

ResampledGrid::ResampledGrid(const GridBlocks& source, const Crs& source_crs, GridMeaning meaning,
                             const StudyGrid& grid, const Crs& grid_crs, const PlausibleValues& plausible) {
    check_study_grid(grid);
    if (!grid_crs.is_projected_in_metres())
        throw CrsError(fmt::format("a grid of cells in metres cannot lie in {}", grid_crs.name()));
    m_state = std::make_unique<State>(source, source_crs, meaning, grid, grid_crs, plausible);
}

ResampledGrid::~ResampledGrid() = default;
ResampledGrid::ResampledGrid(ResampledGrid&&) noexcept = default;
ResampledGrid& ResampledGrid::operator=(ResampledGrid&&) noexcept = default;

ResamplingMethod ResampledGrid::method() const noexcept { return m_state->method; }
Metres ResampledGrid::pixel_size() const noexcept { return m_state->pixel_size; }

void ResampledGrid::read(std::size_t first_row, std::span<float> values) const { m_state->read(first_row, values); }

GridRows ResampledGrid::rows() const {
    return [state = m_state.get()](std::size_t first_row, std::span<float> values) { state->read(first_row, values); };
}

}  // namespace amayesh
