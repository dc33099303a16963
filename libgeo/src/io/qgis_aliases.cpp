#include "io/qgis_aliases.hpp"

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

}  // namespace

std::string alias_style(const LayerDefinition& layer) {
    const std::unique_ptr<CPLXMLNode, DestroyTree> root(CPLCreateXMLNode(nullptr, CXT_Element, "qgis"));
    CPLAddXMLAttributeAndValue(root.get(), "version", "3.22");
    CPLAddXMLAttributeAndValue(root.get(), "styleCategories", "Fields");
    CPLXMLNode* aliases = CPLCreateXMLNode(root.get(), CXT_Element, "aliases");
    int index = 1;  // 0 is the feature id
    for (const FieldDefinition& field : layer.fields) {
        CPLXMLNode* alias = CPLCreateXMLNode(aliases, CXT_Element, "alias");
        CPLAddXMLAttributeAndValue(alias, "field", field.name.c_str());
        CPLAddXMLAttributeAndValue(alias, "index", std::to_string(index++).c_str());
        CPLAddXMLAttributeAndValue(alias, "name", field.title.c_str());
    }
    const std::unique_ptr<char, FreeText> text(CPLSerializeXMLTree(root.get()));
    return std::string("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n") + text.get();
}

}  // namespace amayesh::detail
