#include <array>

#include "study/study_parsing.hpp"

namespace amayesh {

namespace {

constexpr std::array<detail::Choice<BackdropKind>, 5> kinds{{{"borders", BackdropKind::borders},
                                                             {"lakes", BackdropKind::lakes},
                                                             {"rivers", BackdropKind::rivers},
                                                             {"roads", BackdropKind::roads},
                                                             {"places", BackdropKind::places}}};

}  // namespace

std::string_view to_string(BackdropKind kind) noexcept {
    for (const auto& [word, value] : kinds)
        if (value == kind) return word;
    return {};
}

namespace detail {

BackdropStudy parse_backdrop(const TomlNode& node, FileErrors& errors) {
    const TableReader table(node, Section::backdrop, "[[backdrop]]", errors);
    BackdropStudy backdrop;
    if (!table.required_text("kind").empty()) backdrop.kind = table.choice("kind", kinds).value_or(BackdropKind::roads);
    LayerStudy& layer = backdrop.layer;
    layer.role = LayerRole::constraints;  // whose rows may have any shape
    layer.line = node.line;
    layer.sources = table.texts("source");
    if (layer.sources.empty()) table.report("source", "'source' in [[backdrop]] is missing");
    layer.layer = table.text("layer");
    layer.encoding = table.text("encoding");
    layer.crs = parse_crs(table, "crs");
    layer.delimiter = parse_delimiter(table);
    layer.x_field = table.text("x");
    layer.y_field = table.text("y");
    layer.wkt_field = table.text("wkt");
    for (const TomlNode* filter : table.tables("where"))
        layer.where.push_back(parse_filter(*filter, "'where' of [[backdrop]]", errors));
    if (table.has("name")) layer.fields["name"].field = table.text("name");
    return backdrop;
}

}  // namespace detail

}  // namespace amayesh
