#include "io/qgis_form.hpp"

#include <memory>

#include <cpl_conv.h>
#include <cpl_minixml.h>

namespace amayesh::detail {
namespace {

struct DestroyTree {
    void operator()(CPLXMLNode* node) const noexcept { CPLDestroyXMLNode(node); }
};
struct FreeText {
    void operator()(char* text) const noexcept { CPLFree(text); }
};

CPLXMLNode* add_element(CPLXMLNode* parent, const char* name) { return CPLCreateXMLNode(parent, CXT_Element, name); }

void set(CPLXMLNode* element, const char* attribute, const std::string& value) {
    CPLAddXMLAttributeAndValue(element, attribute, value.c_str());
}

CPLXMLNode* add_option(CPLXMLNode* parent, const char* type) {
    CPLXMLNode* option = add_element(parent, "Option");
    set(option, "type", type);
    return option;
}

void add_alias(CPLXMLNode* aliases, const FieldDefinition& definition, int index) {
    CPLXMLNode* alias = add_element(aliases, "alias");
    set(alias, "field", definition.name);
    set(alias, "index", std::to_string(index));
    set(alias, "name", definition.title);
}

/// Titles and their codes, as QGIS keeps a value map since 3.0.
void add_value_map(CPLXMLNode* fields, const FieldDefinition& definition) {
    CPLXMLNode* field = add_element(fields, "field");
    set(field, "name", definition.name);
    CPLXMLNode* widget = add_element(field, "editWidget");
    set(widget, "type", "ValueMap");
    CPLXMLNode* list = add_option(add_option(add_element(widget, "config"), "Map"), "List");
    set(list, "name", "map");
    for (const auto& [code, title] : definition.domain) {
        CPLXMLNode* value = add_element(add_option(list, "Map"), "Option");
        set(value, "name", title.empty() ? code : title);
        set(value, "type", "QString");
        set(value, "value", code);
    }
}

void add_not_null(CPLXMLNode* constraints, const FieldDefinition& definition) {
    CPLXMLNode* constraint = add_element(constraints, "constraint");
    set(constraint, "field", definition.name);
    set(constraint, "constraints", "1");       // QgsFieldConstraints::ConstraintNotNull
    set(constraint, "notnull_strength", "1");  // hard: the row is not saved
    set(constraint, "unique_strength", "0");
    set(constraint, "exp_strength", "0");
}

}  // namespace

std::string form_style(const LayerDefinition& layer) {
    const std::unique_ptr<CPLXMLNode, DestroyTree> root(CPLCreateXMLNode(nullptr, CXT_Element, "qgis"));
    set(root.get(), "version", "3.22");
    set(root.get(), "styleCategories", "Fields|Forms");
    CPLXMLNode* fields = add_element(root.get(), "fieldConfiguration");
    CPLXMLNode* aliases = add_element(root.get(), "aliases");
    CPLXMLNode* constraints = add_element(root.get(), "constraints");
    int index = 1;  // 0 is the feature id
    for (const FieldDefinition& definition : layer.fields) {
        add_alias(aliases, definition, index++);
        if (!definition.domain.empty()) add_value_map(fields, definition);
        if (definition.required) add_not_null(constraints, definition);
    }
    const std::unique_ptr<char, FreeText> text(CPLSerializeXMLTree(root.get()));
    return std::string("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n") + text.get();
}

}  // namespace amayesh::detail
