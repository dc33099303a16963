#include <amayesh/study/template_layers.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/core/error.hpp>

#include "study/attribute_words.hpp"
#include "study/toml_text.hpp"

namespace amayesh {
namespace {

/// An empty layer. Sources and constraints come as more than one shape, and a layer has one.
struct TemplateLayer {
    LayerRole role;
    std::string_view name;
    GeometryKind geometry;
    std::string_view english_addition;
    std::string_view persian_addition;
};

constexpr auto layers = std::to_array<TemplateLayer>({
    {LayerRole::rural_districts, "rural_districts", GeometryKind::multi_polygon, "", ""},
    {LayerRole::settlements, "settlements", GeometryKind::point, "", ""},
    {LayerRole::zones, "zones", GeometryKind::multi_polygon, "", ""},
    {LayerRole::plots, "plots", GeometryKind::multi_polygon, "", ""},
    {LayerRole::sources, "sources", GeometryKind::point, " (points)", " (نقطه)"},
    {LayerRole::sources, "source_lines", GeometryKind::multi_line, " (lines)", " (خط)"},
    {LayerRole::roads, "roads", GeometryKind::multi_line, "", ""},
    {LayerRole::constraints, "constraints", GeometryKind::multi_polygon, " (areas)", " (پهنه)"},
    {LayerRole::constraints, "constraint_lines", GeometryKind::multi_line, " (lines)", " (خط)"},
});

Column::Type type_of(ValueKind kind) {
    switch (kind) {
        case ValueKind::people:
        case ValueKind::count:
        case ValueKind::flag:
            return Column::Type::integer;
        case ValueKind::amount:
        case ValueKind::number:
            return Column::Type::real;
        default:
            return Column::Type::text;
    }
}

/// Unknown figures stay empty: only what says which thing it is, and of which kind, must be filled.
bool must_be_filled(const AttributeRule& rule) {
    return rule.required && (rule.kind == ValueKind::text || rule.kind == ValueKind::word);
}

std::vector<std::pair<std::string, std::string>> domain_of(LayerRole role, const AttributeRule& rule,
                                                           Language language) {
    std::vector<std::pair<std::string, std::string>> domain;
    if (rule.kind == ValueKind::flag)
        return {{"1", title_of_word("yes", language)}, {"0", title_of_word("no", language)}};
    if (rule.kind != ValueKind::word) return domain;
    for (const std::string_view word : detail::words_of(role, rule.name))
        domain.emplace_back(std::string(word), title_of_word(word, language));
    return domain;
}

FieldDefinition field_of(LayerRole role, const AttributeRule& rule, Language language) {
    const AttributeTitle title = title_of(role, rule.name);
    const bool is_persian = language == Language::persian;
    const std::string unit = title.unit.empty() ? "" : fmt::format(" ({})", title.unit);
    FieldDefinition field;
    field.name = rule.name;
    field.type = type_of(rule.kind);
    field.title = (is_persian ? title.persian : title.english) + unit;
    field.comment = (is_persian ? title.english : title.persian) + unit;
    if (!must_be_filled(rule)) field.comment += is_persian ? "؛ خالی = نامعلوم" : "; empty = unknown";
    field.required = must_be_filled(rule);
    field.domain = domain_of(role, rule, language);
    return field;
}

LayerDefinition definition_of(const TemplateLayer& layer, Language language) {
    const AttributeTitle title = title_of(layer.role);
    LayerDefinition definition;
    definition.name = layer.name;
    definition.title = language == Language::persian ? title.persian + std::string(layer.persian_addition)
                                                     : title.english + std::string(layer.english_addition);
    definition.geometry = layer.geometry;
    for (const AttributeRule& rule : attributes_of(layer.role))
        definition.fields.push_back(field_of(layer.role, rule, language));
    return definition;
}

std::string study_of(const std::filesystem::path& file, const std::filesystem::path& study_folder, Language language) {
    const std::filesystem::path folder = std::filesystem::absolute(study_folder.empty() ? "." : study_folder);
    const std::string source =
        std::filesystem::absolute(file).lexically_proximate(folder.lexically_normal()).generic_string();
    std::string text = "# Reads the layers of " + detail::one_line(file.filename().string()) +
                       ". Take out the layers that stay empty.\n"
                       "# Figures are in the units that the layers ask for.\n"
                       "schema_version = \"1\"\n";
    text += "title = " + detail::toml_string(file.stem().string()) + "\n";
    text += fmt::format("language = \"{}\"\n", language == Language::persian ? "persian" : "english");
    text += fmt::format("calendar = \"{}\"\n", language == Language::persian ? "solar_hijri" : "gregorian");
    text += "\n[assess]\nunit = \"rural_district\"\nover = 10000\nserving_statuses = [\"operating\"]\n";
    text += "\n[standards]\nfiles = [\"iran\"]\n";
    for (const TemplateLayer& layer : layers) {
        const bool is_list = layer.role == LayerRole::sources || layer.role == LayerRole::constraints;
        const std::string table = fmt::format("[layers.{}]", to_string(layer.role));
        text += fmt::format("\n{}\nsource = {}\nlayer = \"{}\"\n", is_list ? "[" + table + "]" : table,
                            detail::toml_string(source), layer.name);
        text += fmt::format("\n[layers.{}.fields]\n", to_string(layer.role));
        for (const AttributeRule& rule : attributes_of(layer.role)) text += fmt::format("{0} = \"{0}\"\n", rule.name);
    }
    return text;
}

}  // namespace

std::vector<LayerDefinition> template_layers(Language language) {
    std::vector<LayerDefinition> definitions;
    for (const TemplateLayer& layer : layers) definitions.push_back(definition_of(layer, language));
    return definitions;
}

std::string write_template(const std::filesystem::path& target, const TemplateOptions& options,
                           const std::filesystem::path& study_folder) {
    if (target.extension() != ".gpkg")
        throw IoError(fmt::format("{}: a template is a GeoPackage; give it the ending .gpkg", target.string()));
    VectorSinkOptions sink_options;
    sink_options.overwrite = options.overwrite;
    VectorSink sink(target, sink_options, {});
    for (const LayerDefinition& layer : template_layers(options.language)) {
        sink.begin_layer(layer, options.crs);
        sink.set_styles(layer.name, {form_style(layer)});
    }
    sink.finish();
    return study_of(target, study_folder, options.language);
}

}  // namespace amayesh
