#include <amayesh/output/word_titles.hpp>

#include "cartography/style_xml.hpp"
#include "cartography/symbol_xml.hpp"
#include "cartography/xml_writing.hpp"

namespace amayesh::detail {
namespace {

std::string label_of(const MapClass& c, TitleLanguage language) {
    const std::string_view own = c.label.in(language);
    return std::string(own.empty() ? word_title(c.value, language) : own);
}

void add_words(pugi::xml_node renderer, const Theme& theme, TitleLanguage language) {
    const pugi::xml_node categories = add(renderer, "categories");
    for (std::size_t i = 0; i < theme.classes.size(); ++i) {
        const pugi::xml_node category = add(categories, "category");
        set(category, "value", theme.classes[i].value);
        set(category, "label", label_of(theme.classes[i], language));
        set(category, "symbol", i);
        set(category, "render", "true");
    }
}

void add_ranges(pugi::xml_node renderer, const Theme& theme, TitleLanguage language) {
    set(renderer, "graduatedMethod", "GraduatedColor");
    const pugi::xml_node ranges = add(renderer, "ranges");
    for (std::size_t i = 0; i < theme.classes.size(); ++i) {
        const pugi::xml_node range = add(ranges, "range");
        set(range, "lower", theme.classes[i].low);
        set(range, "upper", theme.classes[i].high);
        set(range, "label", label_of(theme.classes[i], language));
        set(range, "symbol", i);
        set(range, "render", "true");
    }
}

}  // namespace

void add_renderer(pugi::xml_node element, const LayerView& view) {
    const Theme& theme = *view.theme;
    const pugi::xml_node renderer = add(element, "renderer-v2");
    const bool is_single = theme.classing == Classing::one_look;
    set(renderer, "type",
        is_single                            ? "singleSymbol"
        : theme.classing == Classing::ranges ? "graduatedSymbol"
                                             : "categorizedSymbol");
    set(renderer, "forceraster", 0);
    set(renderer, "symbollevels", 0);
    set(renderer, "enableorderby", theme.order.empty() ? 0 : 1);
    if (!is_single) set(renderer, "attr", theme.expression);
    if (theme.classing == Classing::words) add_words(renderer, theme, view.language);
    if (theme.classing == Classing::ranges) add_ranges(renderer, theme, view.language);
    const pugi::xml_node symbols = add(renderer, "symbols");
    for (std::size_t i = 0; i < theme.classes.size(); ++i)
        add_symbol(symbols, fmt::format("{}", i), view.layer.geometry, theme.classes[i].look);
    if (theme.order.empty()) return;
    const pugi::xml_node clause = add(add(renderer, "orderby"), "orderByClause", theme.order);
    set(clause, "asc", 1);
    set(clause, "nullsFirst", 1);
}

}  // namespace amayesh::detail
