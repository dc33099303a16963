#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "cartography/map_description.hpp"
#include "cartography/project_xml.hpp"

namespace amayesh::detail {

/// Millimetres from the upper left of the sheet.
struct Frame {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

struct LabelLook {
    double size_pt = 10;
    bool is_bold = false;
    Colour colour{0x252525};
    bool is_at_end = false;  ///< Of its frame, where reading ends.
};

/// A print layout that is being written.
struct LayoutSheet {
    pugi::xml_node layout;
    std::size_t number = 0;  ///< In the project.
    TitleLanguage language = TitleLanguage::english;

    [[nodiscard]] bool is_right_to_left() const noexcept { return language == TitleLanguage::persian; }
    /// The same at every run; items refer to each other by it.
    [[nodiscard]] std::string id_of(std::string_view item) const;
};

void add_page(const LayoutSheet& sheet, double width, double height);

/// `text` is ours: what stands between [% and %] in it, QGIS computes.
void add_label(const LayoutSheet& sheet, std::string_view id, const Frame& frame, const LabelLook& look,
               std::string_view text);

/// Follows a map theme.
void add_map(const LayoutSheet& sheet, const Frame& frame, std::string_view theme, const Box& extent);

/// A legend of what the map shows, by its themes; grows downwards from the corner of the frame where reading begins.
void add_legend(const LayoutSheet& sheet, const Frame& frame, const MapView& view, const StoredPackage& package);

/// Two segments of that length.
void add_scale_bar(const LayoutSheet& sheet, const Frame& frame, double segment_km);

}  // namespace amayesh::detail
