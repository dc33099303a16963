#include <algorithm>

#include <amayesh/cartography/map_sheet.hpp>
#include <amayesh/output/word_titles.hpp>

#include "cartography/style_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

void add_alias(pugi::xml_node aliases, const FieldDefinition& definition, int index) {
    const pugi::xml_node alias = add(aliases, "alias");
    set(alias, "field", definition.name);
    set(alias, "index", index);
    set(alias, "name", definition.title);
}

/// Titles and their codes, as QGIS keeps a value map since 3.0.
void add_value_map(pugi::xml_node fields, const FieldDefinition& definition) {
    const pugi::xml_node field = add(fields, "field");
    set(field, "name", definition.name);
    const pugi::xml_node widget = add(field, "editWidget");
    set(widget, "type", "ValueMap");
    pugi::xml_node list = add(add_map(add(widget, "config")), "Option");
    set(list, "type", "List");
    set(list, "name", "map");
    for (const auto& [code, title] : definition.domain) {
        const pugi::xml_node value = add(add_map(list), "Option");
        set(value, "name", title.empty() ? code : title);
        set(value, "type", "QString");
        set(value, "value", code);
    }
}

void add_not_null(pugi::xml_node constraints, const FieldDefinition& definition) {
    const pugi::xml_node constraint = add(constraints, "constraint");
    set(constraint, "field", definition.name);
    set(constraint, "constraints", 1);       // QgsFieldConstraints::ConstraintNotNull
    set(constraint, "notnull_strength", 1);  // hard: the row is not saved
    set(constraint, "unique_strength", 0);
    set(constraint, "exp_strength", 0);
}

/// "Capacity (MW)": the unit stands with the title, except in amounts whose unit is a column of its own.
std::string title_with_unit(const ColumnSchema& column, TitleLanguage language) {
    const std::string& title = language == TitleLanguage::persian ? column.title_fa : column.title_en;
    const bool is_measure = column.type == Column::Type::real && !column.unit.empty();
    return is_measure && !column.unit.starts_with("see ") ? fmt::format("{} ({})", title, column.unit) : title;
}

}  // namespace

void add_form(pugi::xml_node element, std::span<const FieldDefinition> fields) {
    const pugi::xml_node configuration = add(element, "fieldConfiguration");
    const pugi::xml_node aliases = add(element, "aliases");
    const pugi::xml_node constraints = add(element, "constraints");
    int index = 1;  // 0 is the feature id
    for (const FieldDefinition& definition : fields) {
        add_alias(aliases, definition, index++);
        if (!definition.domain.empty()) add_value_map(configuration, definition);
        if (definition.required) add_not_null(constraints, definition);
    }
}

std::vector<FieldDefinition> titled_fields(const StoredLayer& layer, TitleLanguage language) {
    const auto schema = std::ranges::find(result_schema(), layer.name, &LayerSchema::name);
    std::vector<FieldDefinition> fields;
    for (const std::string& name : layer.columns) {
        FieldDefinition field{.name = name, .title = name};
        if (schema != result_schema().end()) {
            const auto column = std::ranges::find(schema->columns, name, &ColumnSchema::name);
            if (column != schema->columns.end()) field.title = title_with_unit(*column, language);
        }
        for (const std::string_view word : words_of_column(layer.name, name))
            field.domain.emplace_back(word, word_title(word, language));
        fields.push_back(std::move(field));
    }
    return fields;
}

}  // namespace amayesh::detail

namespace amayesh {

LayerStyle form_style(const LayerDefinition& layer) {
    pugi::xml_document document;
    const pugi::xml_node root = detail::add(document, "qgis");
    detail::set(root, "version", detail::qgis_version);
    detail::set(root, "styleCategories", "Fields|Forms");
    detail::add_form(root, layer.fields);
    return {"titles", "Titles and lists of the fields", detail::text_of(document), true};
}

}  // namespace amayesh
