#include <amayesh/io/raster_reader.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gdal_priv.h>

#include "io/crs_reading.hpp"
#include "io/gdal_session.hpp"
#include "io/raster_opening.hpp"
#include "io/source_name.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

constexpr std::size_t cells_worth_a_task = std::size_t{1} << 18;
constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

struct BlockSize {
    std::size_t width;
    std::size_t height;
};

BlockSize file_blocks_of(GDALRasterBand& band) {
    int width = 0;
    int height = 0;
    band.GetBlockSize(&width, &height);
    return {static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
}

/// Small blocks of the file together: first down to a square, then on to what is worth a task.
GridLayout layout_of(GDALRasterBand& band, const GridPlacement& placement) {
    GridLayout layout{placement, static_cast<std::size_t>(band.GetXSize()), static_cast<std::size_t>(band.GetYSize()),
                      0, 0};
    const BlockSize file = file_blocks_of(band);
    layout.block_width = file.width;
    layout.block_height = file.height;
    while (layout.block_width * layout.block_height < cells_worth_a_task &&
           (layout.block_width < layout.width || layout.block_height < layout.height)) {
        if (layout.block_width < layout.width && layout.block_width <= layout.block_height)
            layout.block_width *= 2;
        else if (layout.block_height < layout.height)
            layout.block_height *= 2;
        else
            layout.block_width *= 2;
    }
    return layout;
}

/// Float bands hold nodata as a float: the lowest float is declared as many doubles.
std::optional<double> nodata_of(GDALRasterBand& band) {
    int is_declared = 0;
    const GDALDataType type = band.GetRasterDataType();
    if (type == GDT_Int64) {
        const auto declared = static_cast<double>(band.GetNoDataValueAsInt64(&is_declared));
        return is_declared != 0 ? std::optional{declared} : std::nullopt;
    }
    if (type == GDT_UInt64) {
        const auto declared = static_cast<double>(band.GetNoDataValueAsUInt64(&is_declared));
        return is_declared != 0 ? std::optional{declared} : std::nullopt;
    }
    const double declared = band.GetNoDataValue(&is_declared);
    if (is_declared == 0 || std::isnan(declared)) return std::nullopt;
    return type == GDT_Float32 ? static_cast<double>(static_cast<float>(declared)) : declared;
}

/// What the numbers of a band mean.
struct Meaning {
    std::optional<double> nodata;
    bool has_mask = false;
    double factor = 1;
    double offset = 0;

    explicit Meaning(GDALRasterBand& band)
        : nodata{nodata_of(band)},
          has_mask{(band.GetMaskFlags() & (GMF_ALL_VALID | GMF_NODATA)) == 0},
          factor{band.GetScale()},
          offset{band.GetOffset()} {}

    void apply(std::span<double> values) const {
        if (nodata)
            for (double& value : values) value = value == *nodata ? no_value : value;
        if (factor == 1 && offset == 0) return;
        for (double& value : values)
            if (!is_suspicious_constant(value)) value = value * factor + offset;
    }
};

/// The file, open for one thread.
struct Handle {
    GDALDatasetUniquePtr raster;
    GDALRasterBand* band = nullptr;
    std::vector<std::byte> file_block{};
    std::vector<std::uint8_t> mask{};
};

}  // namespace

struct RasterReader::State {
    NetworkUse network = NetworkUse::refused;
    ResolvedSource source;
    int band_number = 1;
    std::optional<Crs> crs;
    GridLayout layout;
    std::optional<Meaning> meaning;
    mutable std::mutex mutex;
    mutable std::vector<Handle> idle;

    ~State() {
        GdalSession session(FileUse::reading, network);  // closing may say something
        idle.clear();
    }
    [[nodiscard]] Handle open(GdalSession& session) const {
        Handle handle{open_geotiff(source, session)};
        handle.band = &find_band(*handle.raster, band_number, source.shown);
        return handle;
    }
    [[nodiscard]] Handle take(GdalSession& session) const {
        {
            const std::lock_guard lock{mutex};
            if (!idle.empty()) {
                Handle handle = std::move(idle.back());
                idle.pop_back();
                return handle;
            }
        }
        return open(session);
    }
    void give_back(Handle handle) const {
        const std::lock_guard lock{mutex};
        idle.push_back(std::move(handle));
    }

    void check(CPLErr error, GdalSession& session) const {
        if (error != CE_None || session.has_failed())
            fail_to_read(source.shown, fmt::format("its values cannot be read ({})", session.take_messages()),
                         "get the file again");
    }
    void read_file_block(Handle& handle, const GridWindow& window, std::size_t column, std::size_t row,
                         std::span<double> values, GdalSession& session) const;
    void read_mask(Handle& handle, const GridWindow& window, std::span<double> values, GdalSession& session) const;
};

/// Reads the file's block that begins there, past GDAL's cache, and puts what is in the window into its place.
void RasterReader::State::read_file_block(Handle& handle, const GridWindow& window, std::size_t column, std::size_t row,
                                          std::span<double> values, GdalSession& session) const {
    const GDALDataType type = handle.band->GetRasterDataType();
    const auto bytes = static_cast<std::size_t>(GDALGetDataTypeSizeBytes(type));
    const BlockSize size = file_blocks_of(*handle.band);
    handle.file_block.resize(size.width * size.height * bytes);
    check(handle.band->ReadBlock(static_cast<int>(column / size.width), static_cast<int>(row / size.height),
                                 handle.file_block.data()),
          session);
    const std::size_t width = std::min(size.width, window.column + window.width - column);
    const std::size_t height = std::min(size.height, window.row + window.height - row);
    for (std::size_t y = 0; y < height; ++y)
        GDALCopyWords64(&handle.file_block[y * size.width * bytes], type, static_cast<int>(bytes),
                        &values[(row - window.row + y) * window.width + column - window.column], GDT_Float64,
                        sizeof(double), static_cast<GPtrDiff_t>(width));
}

void RasterReader::State::read_mask(Handle& handle, const GridWindow& window, std::span<double> values,
                                    GdalSession& session) const {
    handle.mask.resize(values.size());
    const int width = static_cast<int>(window.width);
    const int height = static_cast<int>(window.height);
    check(
        handle.band->GetMaskBand()->RasterIO(GF_Read, static_cast<int>(window.column), static_cast<int>(window.row),
                                             width, height, handle.mask.data(), width, height, GDT_Byte, 0, 0, nullptr),
        session);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (handle.mask[i] == 0) values[i] = no_value;
}

RasterReader::RasterReader(const std::string& source, const RasterReaderOptions& options) {
    const NetworkUse network = options.network_allowed ? NetworkUse::allowed : NetworkUse::refused;
    GdalSession session(FileUse::reading, network);
    m_state = std::make_unique<State>();
    m_state->network = network;
    m_state->source = resolve_source(source, {network, options.most_bytes});
    m_state->band_number = options.band;
    Handle handle = m_state->open(session);
    check_cells(*handle.band, options.most_cells, source);
    check_block(*handle.band, options.most_block_cells, source);
    m_state->crs = crs_of(handle.raster->GetSpatialRef(), source);
    m_state->layout = layout_of(*handle.band, placement_of(*handle.raster, source));
    m_state->meaning.emplace(*handle.band);
    m_state->give_back(std::move(handle));
}

RasterReader::~RasterReader() = default;
RasterReader::RasterReader(RasterReader&&) noexcept = default;
RasterReader& RasterReader::operator=(RasterReader&&) noexcept = default;

const std::string& RasterReader::file() const noexcept { return m_state->source.shown; }
const std::optional<Crs>& RasterReader::crs() const noexcept { return m_state->crs; }
const GridLayout& RasterReader::layout() const noexcept { return m_state->layout; }

void RasterReader::read_block(std::size_t block, std::span<double> values) const {
    GdalSession session(FileUse::reading, m_state->network);
    Handle handle = m_state->take(session);
    const GridWindow window = layout().window_of(block);
    const BlockSize size = file_blocks_of(*handle.band);
    for (std::size_t row = window.row; row < window.row + window.height; row += size.height)
        for (std::size_t column = window.column; column < window.column + window.width; column += size.width)
            m_state->read_file_block(handle, window, column, row, values, session);
    if (m_state->meaning->has_mask) m_state->read_mask(handle, window, values, session);
    m_state->meaning->apply(values);
    m_state->give_back(std::move(handle));
}

}  // namespace amayesh
