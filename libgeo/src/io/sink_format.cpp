#include "io/sink_format.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

#include <cpl_minixml.h>
#include <fmt/format.h>
#include <gdal_priv.h>

#include "io/gdal_session.hpp"
#include "io/postgres_name.hpp"
#include "io/spreadsheet_text.hpp"
#include "io/text_encoding.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t longest_dbf_name = 10;
constexpr std::size_t longest_dbf_text = 254;

const std::array<SinkFormat, 6>& formats() {
    static const std::array<SinkFormat, 6> all{{
        {SinkDriver::geopackage, "GPKG", ".gpkg", true, {}},
        {SinkDriver::geojson, "GeoJSON", ".geojson", false, {".geojson"}},
        {SinkDriver::flatgeobuf, "FlatGeobuf", ".fgb", false, {".fgb", ".csv"}},
        {SinkDriver::xlsx, "XLSX", ".xlsx", true, {}},
        {SinkDriver::csv, "CSV", ".csv", false, {".csv"}},
        {SinkDriver::shapefile, "ESRI Shapefile", ".shp", false, {".shp", ".shx", ".dbf", ".prj", ".cpg"}},
    }};
    return all;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string ending_of(const std::filesystem::path& target) {
    const std::string ending = lower(target.extension().string());
    return ending == ".json" ? ".geojson" : ending;
}

/// Names of the driver's layer creation options, as it declares them (XML: an `Option` with a `name` each).
std::vector<std::string> declared_options(const SinkFormat& format) {
    if (format.driver == SinkDriver::postgresql) return {"SCHEMA"};    // the rest is ours to choose
    const GdalSession session(FileUse::writing, NetworkUse::refused);  // registers the drivers
    const char* list =
        GetGDALDriverManager()->GetDriverByName(format.gdal_name)->GetMetadataItem(GDAL_DS_LAYER_CREATIONOPTIONLIST);
    std::vector<std::string> names;
    if (list == nullptr) return names;
    const CPLXMLTreeCloser tree(CPLParseXMLString(list));
    for (const CPLXMLNode* node = tree ? tree->psChild : nullptr; node != nullptr; node = node->psNext)
        if (const char* name = CPLGetXMLValue(node, "name", nullptr)) names.emplace_back(name);
    return names;
}

void add_format_options(CPLStringList& options, const SinkFormat& format, const LayerDefinition& layer) {
    const char* has_shape = layer.geometry == GeometryKind::none ? "NO" : "YES";
    switch (format.driver) {
        case SinkDriver::geopackage:
            options.SetNameValue("SPATIAL_INDEX", has_shape);
            options.SetNameValue("DESCRIPTION", (layer.description.empty() ? layer.title : layer.description).c_str());
            return;
        case SinkDriver::flatgeobuf:
            options.SetNameValue("SPATIAL_INDEX", has_shape);
            return;
        case SinkDriver::csv:
            if (layer.geometry != GeometryKind::none)
                options.SetNameValue("GEOMETRY", layer.geometry == GeometryKind::point ? "AS_XY" : "AS_WKT");
            return;
        case SinkDriver::shapefile:
            options.SetNameValue("ENCODING", "UTF-8");
            options.SetNameValue("DBF_DATE_LAST_UPDATE", "2000-01-01");
            return;
        case SinkDriver::geojson:
            options.SetNameValue("DESCRIPTION", layer.title.c_str());
            options.SetNameValue("RFC7946", "YES");
            return;
        case SinkDriver::xlsx:
        case SinkDriver::postgresql:
            return;
    }
}

}  // namespace

SinkFormat choose_format(const std::filesystem::path& target, const std::string& driver) {
    if (is_postgres_name(target.string())) {
        if (!driver.empty() && lower(driver) != "postgresql")
            fail_to_write(without_password(target.string()), fmt::format("a database holds no {}", driver),
                          "leave -f out");
        return {SinkDriver::postgresql, "PostgreSQL", "", true, {}};
    }
    const std::string ending = ending_of(target);
    std::vector<std::string> names;
    for (const SinkFormat& format : formats()) {
        if (driver.empty() ? ending == format.ending : lower(driver) == lower(format.gdal_name)) return format;
        names.emplace_back(format.gdal_name);
    }
    if (!driver.empty())
        fail_to_write(target, fmt::format("driver '{}' is not one that is written here", driver),
                      fmt::format("use one of: {}", fmt::join(names, ", ")));
    if (!ending.empty())
        fail_to_write(target, fmt::format("'{}' is the ending of no format that is written here", ending),
                      fmt::format("end it in .gpkg, or name the driver (-f), one of: {}", fmt::join(names, ", ")));
    return formats().front();
}

TargetShape shape_of(const std::filesystem::path& target, const SinkFormat& format) {
    if (format.driver == SinkDriver::shapefile) {
        if (ending_of(target) == format.ending)
            fail_to_write(target, "a Shapefile is several files", "name a folder, and the driver: ESRI Shapefile");
        return TargetShape::folder;
    }
    return format.holds_layers || ending_of(target) == format.ending ? TargetShape::file : TargetShape::folder;
}

void check_layer_options(const SinkFormat& format, const std::vector<std::string>& users,
                         const std::filesystem::path& target) {
    if (users.empty()) return;
    const std::vector<std::string> known = declared_options(format);
    for (const std::string& option : users) {
        const std::size_t equals = option.find('=');
        if (equals == std::string::npos || equals == 0)
            fail_to_write(target, fmt::format("layer option '{}' is not NAME=VALUE", option));
        const std::string name = lower(option.substr(0, equals));
        if (format.driver == SinkDriver::shapefile && name == "encoding" && lower(option.substr(equals + 1)) != "utf-8")
            fail_to_write(target,
                          "in an encoding other than UTF-8 GDAL leaves out every text with a letter that it lacks",
                          "leave ENCODING out");
        if (std::ranges::any_of(known, [&](const std::string& k) { return lower(k) == name; })) continue;
        fail_to_write(target, fmt::format("{} has no layer option '{}'", format.gdal_name, option.substr(0, equals)),
                      known.empty() ? "it has none" : fmt::format("it has {}", fmt::join(known, ", ")));
    }
}

CPLStringList layer_options(const SinkFormat& format, const LayerDefinition& layer,
                            const std::vector<std::string>& users) {
    CPLStringList options;
    add_format_options(options, format, layer);
    for (const std::string& option : users) {
        const std::size_t equals = option.find('=');
        options.SetNameValue(option.substr(0, equals).c_str(), option.substr(equals + 1).c_str());
    }
    return options;
}

std::vector<std::string> stored_names(const SinkFormat& format, const std::vector<FieldDefinition>& fields) {
    std::vector<std::string> names;
    std::set<std::string> used;
    for (const FieldDefinition& field : fields) {
        std::string name = field.name;
        if (format.driver == SinkDriver::shapefile) {
            const std::string_view wanted = field.short_name.empty() ? field.name : field.short_name;
            name = utf8_prefix(wanted.substr(0, longest_dbf_name));
            for (int number = 1; used.contains(lower(name)); ++number) {
                const std::string tail = fmt::format("_{}", number);
                name = std::string(utf8_prefix(wanted.substr(0, longest_dbf_name - tail.size()))) + tail;
            }
            used.insert(lower(name));
        }
        names.push_back(std::move(name));
    }
    return names;
}

const std::string& stored_text(const SinkFormat& format, const std::string& text, std::string& buffer) {
    if (text.empty()) return text;
    if (format.driver == SinkDriver::csv && needs_guard(text)) return buffer = with_guard(text);
    if (format.driver == SinkDriver::shapefile && text.size() > longest_dbf_text)
        return buffer = utf8_prefix(std::string_view(text).substr(0, longest_dbf_text));
    return text;
}

}  // namespace amayesh::detail
