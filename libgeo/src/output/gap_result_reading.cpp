#include <algorithm>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>
#include <amayesh/output/result_difference.hpp>

namespace amayesh {

namespace {

constexpr std::string_view compared_layers[] = {"units", "unit_utilities", "manifest"};
constexpr const char* way_out = "give the GeoPackage that 'amayesh gap' wrote";

/// In the folder of a run lies the result of `amayesh gap`.
std::string result_at(const std::string& given) {
    if (!std::filesystem::is_directory(given)) return given;
    const std::string file = (std::filesystem::path(given) / "gap.gpkg").string();
    if (!std::filesystem::exists(file))
        throw InvalidInput(
            fmt::format("{}: a folder without gap.gpkg; {}, or the folder of an 'amayesh run' whose outputs list 'gap'",
                        printable(given), way_out));
    return file;
}

void require_layers(const std::string& file) {
    const auto layers = describe_vector(file);
    for (const std::string_view needed : compared_layers)
        if (std::ranges::find(layers, needed, &LayerDescription::layer) == layers.end())
            throw InvalidInput(
                fmt::format("{}: no result of 'amayesh gap': it has no layer '{}'; {}", file, needed, way_out));
}

FeatureTable read_layer(const std::string& file, std::string_view layer) {
    ProblemReport problems;
    FeatureTable table = read_vector(file, {.role = std::string(layer), .layer = std::string(layer)}, problems);
    const auto known = std::ranges::find(result_schema(), layer, &LayerSchema::name);
    const ColumnSchema& key = known->columns.front();
    for (const ColumnSchema& column : known->columns) {
        const Column* const found = table.find(column.name);
        const bool is_key = &column == &key || layer == "manifest";
        if (is_key && (!found || found->type != Column::Type::text))
            throw InvalidInput(fmt::format("{}, layer {}: no result of 'amayesh gap': it has no text column '{}'; {}",
                                           file, layer, column.name, way_out));
    }
    return table;
}

std::string text_of(const FeatureTable& table, std::string_view column, std::size_t row) {
    const FieldValue value = table.find(column)->at(row);
    const auto* const text = std::get_if<std::string>(&value);
    return text ? *text : std::string{};
}

std::string_view major_of(std::string_view version) { return version.substr(0, version.find('.')); }

void require_schema(const std::string& file, const std::vector<ManifestEntry>& manifest) {
    const auto found = std::ranges::find_if(
        manifest, [](const ManifestEntry& e) { return e.section == "versions" && e.key == "schema"; });
    if (found == manifest.end())
        throw InvalidInput(
            fmt::format("{}, layer manifest: it does not say which version of the schema it has; {}", file, way_out));
    if (major_of(found->value) != major_of(schema_version))
        throw InvalidInput(
            fmt::format("{}: version {} of the schema, where this program compares version {}: columns may "
                        "mean something else; run 'amayesh gap' of this version on its study again",
                        file, printable(found->value), schema_version));
}

}  // namespace

GapResultFile read_gap_result(const std::string& given) {
    const std::string file = result_at(given);
    require_layers(file);
    GapResultFile result{.file = file,
                         .units = read_layer(file, "units"),
                         .unit_utilities = read_layer(file, "unit_utilities"),
                         .manifest = {}};
    const FeatureTable manifest = read_layer(file, "manifest");
    for (std::size_t row = 0; row < manifest.size(); ++row)
        result.manifest.push_back(
            {text_of(manifest, "section", row), text_of(manifest, "key", row), text_of(manifest, "value", row)});
    require_schema(file, result.manifest);
    return result;
}

}  // namespace amayesh
