#include <amayesh/io/vector_source.hpp>

#include <algorithm>
#include <cctype>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <ogr_geometry.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

#include <amayesh/core/error.hpp>

#include "io/crs_reading.hpp"
#include "io/geopackage_reading.hpp"
#include "io/geopackage_snapshot.hpp"
#include "io/layer_reading.hpp"
#include "io/raw_table.hpp"
#include "io/shapefile_parts.hpp"
#include "io/source_name.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

NetworkUse network_of(const VectorSourceOptions& options) {
    return options.network_allowed ? NetworkUse::allowed : NetworkUse::refused;
}

/// A spreadsheet whose first row holds a number among its names is opened again with that row as names.
class WorkbookHeaders {
public:
    explicit WorkbookHeaders(const char* rule) { CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", rule); }
    ~WorkbookHeaders() { CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", nullptr); }
    WorkbookHeaders(const WorkbookHeaders&) = delete;
    WorkbookHeaders& operator=(const WorkbookHeaders&) = delete;
};

/// An opened source that is not CSV: its data set, what stands beside it, and GDAL's messages.
class OpenSource {
public:
    OpenSource(const std::string& name, const VectorSourceOptions& options)
        : m_session{FileUse::reading, network_of(options)},
          m_source{resolve_source(name, {network_of(options), options.most_bytes})} {
        if (m_source.format == SourceFormat::geotiff)
            fail_to_read(name, "it is a raster", "name it under [layers.rasters]");
        if (is_csv()) return;
        if (m_source.format == SourceFormat::geopackage) m_snapshot.emplace(m_source);
        if (is_shapefile()) m_parts = check_shapefile(m_source);
        open();
    }

    [[nodiscard]] bool is_csv() const noexcept { return m_source.format == SourceFormat::csv; }
    [[nodiscard]] bool is_shapefile() const noexcept {
        return m_source.format == SourceFormat::shapefile || m_source.format == SourceFormat::dbf;
    }
    [[nodiscard]] const ResolvedSource& source() const noexcept { return m_source; }
    [[nodiscard]] GDALDataset& dataset() noexcept { return *m_dataset; }
    [[nodiscard]] EndlessQueryGuard& guard() noexcept { return *m_guard; }
    [[nodiscard]] GdalSession& session() noexcept { return m_session; }
    [[nodiscard]] std::string stated_encoding() const { return is_shapefile() ? m_parts.stated_encoding : "UTF-8"; }
    [[nodiscard]] std::uint64_t records() const noexcept { return m_parts.records; }

    [[nodiscard]] std::vector<std::string> names_of(OGRLayer& layer, const std::string& encoding) const {
        return decode_names(field_names(layer), stated_encoding(), encoding);
    }
    /// The layer, its first row taken as names where that finds the fields that are asked for.
    [[nodiscard]] OGRLayer& layer_for(const VectorSourceOptions& options) {
        OGRLayer* layer = &find_layer(*m_dataset, options.layer, m_source);
        if (m_source.format == SourceFormat::xlsx && !has_all_fields(field_names(*layer), options)) {
            const WorkbookHeaders first_row_is_names("FORCE");
            open();
            layer = &find_layer(*m_dataset, options.layer, m_source);
            layer->GetLayerDefn();  // read while the rule holds
        }
        return *layer;
    }

private:
    void open() {
        m_guard.reset();
        m_dataset.reset();
        m_dataset = open_dataset(m_source, m_snapshot ? m_snapshot->gdal_name() : m_source.gdal_name, m_session);
        m_guard.emplace(*m_dataset);
    }

    GdalSession m_session;
    ResolvedSource m_source;
    std::optional<GeoPackageSnapshot> m_snapshot;
    ShapefileParts m_parts;
    GDALDatasetUniquePtr m_dataset;
    std::optional<EndlessQueryGuard> m_guard;
};

/// The file's size and time of change: a file that is written to while it is read gives a table that never was.
class UnchangedFile {
public:
    explicit UnchangedFile(const ResolvedSource& source) : m_source{source} { look(m_time, m_size); }
    void confirm() const {
        std::filesystem::file_time_type time;
        std::uintmax_t size = 0;
        look(time, size);
        if (time != m_time || size != m_size)
            fail_to_read(m_source.shown, "it was written to while it was read",
                         "run again when the other program is done");
    }

private:
    void look(std::filesystem::file_time_type& time, std::uintmax_t& size) const {
        if (m_source.file.empty()) return;
        std::error_code error;
        time = std::filesystem::last_write_time(m_source.file, error);
        size = std::filesystem::file_size(m_source.file, error);
    }
    const ResolvedSource& m_source;
    std::filesystem::file_time_type m_time;
    std::uintmax_t m_size = 0;
};

void account_for_deleted_rows(const FeatureTable& table, const OpenSource& open, const VectorSourceOptions& options,
                              ProblemReport& problems) {
    if (!open.is_shapefile() || table.size() == open.records()) return;
    const std::uint64_t deleted = count_deleted_rows(open.source());
    if (table.size() + deleted != open.records())
        fail_to_read(table.file, fmt::format("{} of {} features can be read", table.size(), open.records()),
                     "the file is damaged: get it again");
    problems.add(problem_of(table, options, Severity::note, ProblemKind::feature_unreadable,
                            fmt::format("{} rows are marked deleted in the .dbf", deleted),
                            "left out, as the file says"));
}

void unset_unreadable_numbers(FeatureTable& table, const OpenSource& open, const std::vector<bool>& chosen,
                              const VectorSourceOptions& options, ProblemReport& problems) {
    if (!open.is_shapefile()) return;
    for (const UnreadableNumber& number : find_unreadable_numbers(open.source(), chosen)) {
        const auto at = std::lower_bound(table.row_ids.begin(), table.row_ids.end(), number.record);
        if (at == table.row_ids.end() || *at != number.record) continue;
        const auto before =
            std::count(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(number.field), true);
        Column& column = table.columns[static_cast<std::size_t>(before)];
        column.is_null[static_cast<std::size_t>(at - table.row_ids.begin())] = 1;
        Problem problem = problem_of(table, options, Severity::warning, ProblemKind::value_not_a_number,
                                     fmt::format("'{}' stands in a numeric field", number.text), "read as unknown");
        problem.feature = std::to_string(number.record);
        problem.field = column.name;
        problems.add(std::move(problem));
    }
}

/// A layer without rows or fields, as an empty GeoJSON is: its fields would be those that are asked for.
FeatureTable without_rows(OGRLayer& layer, const OpenSource& open, const VectorSourceOptions& options) {
    FeatureTable table;
    table.file = open.source().shown;
    table.layer = layer.GetName();
    table.encoding = "UTF-8";
    for (const std::string& name : wanted_fields(options)) table.columns.emplace_back().name = name;
    return table;
}

FeatureTable read_ogr(OpenSource& open, const VectorSourceOptions& options, ProblemReport& problems) {
    OGRLayer& layer = open.layer_for(options);
    const std::vector<std::string> names = open.names_of(layer, options.encoding);
    if (names.empty() && layer.GetFeatureCount() == 0 && !open.session().has_failed())
        return without_rows(layer, open, options);
    const std::vector<bool> chosen = choose_fields(names, options, open.source().shown);
    RawTable raw = read_layer(open.dataset(), layer, open.guard(), names, chosen, open.source(), options,
                              open.session(), problems);
    raw.stated_encoding = open.stated_encoding();
    const std::optional<Crs> crs = crs_of(layer.GetSpatialRef(), open.source().shown);
    account_for_deleted_rows(raw.table, open, options, problems);
    unset_unreadable_numbers(raw.table, open, chosen, options, problems);
    const std::string forced = open.is_shapefile() ? options.encoding : std::string();
    VectorSourceOptions settled = options;
    settled.encoding = forced;  // the other formats are UTF-8 by definition
    FeatureTable table = settle_texts(std::move(raw), settled, problems);
    if (!table.geometries.empty()) table.crs = crs;
    return table;
}

/// "Point", "MultiPolygon", "Geometry" for any, "" for none.
std::string geometry_type_name(OGRwkbGeometryType type) {
    if (wkbFlatten(type) == wkbNone) return "";
    if (wkbFlatten(type) == wkbUnknown) return "Geometry";
    std::string name = OGRGeometryTypeToName(wkbFlatten(type));
    std::erase(name, ' ');
    return name;
}

LayerDescription describe(OGRLayer& layer, const OpenSource& open, const VectorSourceOptions& options) {
    LayerDescription description;
    description.layer = layer.GetName();
    description.geometry_type = geometry_type_name(layer.GetGeomType());
    description.crs = crs_of(layer.GetSpatialRef(), open.source().shown);
    description.feature_count = layer.GetFeatureCount();
    OGREnvelope box;
    const bool states_extent = layer.GetGeomType() != wkbNone && layer.TestCapability(OLCFastGetExtent) != FALSE;
    if (states_extent && layer.GetExtent(&box, FALSE) == OGRERR_NONE)
        description.extent = {box.MinX, box.MinY, box.MaxX, box.MaxY};
    const std::vector<std::string> names = open.names_of(layer, options.encoding);
    for (std::size_t i = 0; i < names.size(); ++i)
        description.fields.emplace_back(
            names[i], column_type(layer.GetLayerDefn()->GetFieldDefn(static_cast<int>(i))->GetType()));
    return description;
}

std::string layer_name_of(const ResolvedSource& source) {
    return std::filesystem::path(source.gdal_name).stem().string();
}

LayerDescription describe_csv(const ResolvedSource& source, const VectorSourceOptions& options) {
    ProblemReport unused;
    VectorSourceOptions everything = options;
    everything.fields.reset();
    const FeatureTable table = settle_texts(read_csv(source, everything, unused), everything, unused);
    LayerDescription description;
    description.layer = layer_name_of(source);
    description.feature_count = static_cast<std::int64_t>(table.size());
    for (const Column& column : table.columns) description.fields.emplace_back(column.name, column.type);
    return description;
}

}  // namespace

FeatureTable read_vector(const std::string& source, const VectorSourceOptions& options, ProblemReport& problems) {
    OpenSource open(source, options);
    const UnchangedFile file(open.source());
    FeatureTable table;
    if (open.is_csv()) {
        table = settle_texts(read_csv(open.source(), options, problems), options, problems);
        table.layer = layer_name_of(open.source());
    } else {
        table = read_ogr(open, options, problems);
    }
    place_by_fields(table, options, problems);
    file.confirm();
    if (table.size() == 0)
        problems.add(problem_of(table, options, Severity::warning, ProblemKind::layer_empty,
                                "the layer has no features", "kept"));
    return table;
}

std::vector<LayerDescription> describe_vector(const std::string& source, const VectorSourceOptions& options) {
    OpenSource open(source, options);
    if (open.is_csv()) return {describe_csv(open.source(), options)};
    std::vector<LayerDescription> descriptions;
    for (OGRLayer* layer : data_layers(open.dataset())) {
        open.guard().restart();
        if (options.layer.empty() || options.layer == layer->GetName())
            descriptions.push_back(describe(*layer, open, options));
    }
    if (open.session().has_failed())
        fail_to_read(source, fmt::format("it is damaged: {}", open.session().take_failures()), "get the file again");
    return descriptions;
}

std::vector<std::string> library_versions() {
    int major = 0;
    int minor = 0;
    int patch = 0;
    OSRGetPROJVersion(&major, &minor, &patch);
    std::vector<std::string> versions{fmt::format("GDAL {}", GDALVersionInfo("RELEASE_NAME"))};
    int geos_major = 0;
    int geos_minor = 0;
    int geos_patch = 0;
    if (OGRGetGEOSVersion(&geos_major, &geos_minor, &geos_patch))
        versions.push_back(fmt::format("GEOS {}.{}.{}", geos_major, geos_minor, geos_patch));
    versions.push_back(fmt::format("PROJ {}.{}.{}", major, minor, patch));
    return versions;
}

}  // namespace amayesh
