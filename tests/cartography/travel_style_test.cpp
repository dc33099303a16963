#include <algorithm>
#include <set>
#include <string>

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include <amayesh/cartography/travel_style.hpp>

#include "cartography/map_description.hpp"
#include "cartography/seen_colour.hpp"
#include "cartography/travel_colours.hpp"

using namespace amayesh;
using namespace amayesh::detail;

TEST_CASE("Travel times have colours that the colour-blind can tell apart", "[cartography]") {
    using namespace amayesh::test;
    for (const Matrix& eyes : {full_sight, protanopia, deuteranopia, tritanopia})
        for (std::size_t i = 0; i < travel_classes.size(); ++i)
            for (std::size_t k = 0; k < i; ++k) {
                INFO(travel_classes[i].up_to << ", " << travel_classes[k].up_to);
                CHECK(distance(lab_of(travel_classes[k].colour.rgb, 1, eyes),
                               lab_of(travel_classes[i].colour.rgb, 1, eyes)) > 9);
            }
}

TEST_CASE("Isochrones are drawn the widest first, in the colours of the raster", "[cartography]") {
    const Theme& theme = map_of_layer("isochrones").themes.front();
    CHECK(theme.order == "-\"limit_min\"");
    for (std::size_t i = 0; i < theme.classes.size(); ++i)
        CHECK(theme.classes[i].look.fill.rgb == travel_classes[i].colour.rgb);
}

TEST_CASE("A raster's style has a class for each stretch of time, in either language", "[cartography]") {
    for (const TitleLanguage language : {TitleLanguage::english, TitleLanguage::persian}) {
        pugi::xml_document document;
        REQUIRE(document.load_string(raster_style_qml(language).c_str(), pugi::parse_full));
        const auto items = document.select_nodes("//rasterrenderer[@type='singlebandpseudocolor']//item");
        REQUIRE(items.size() == 6);
        std::set<std::string> labels;
        for (const auto& item : items) CHECK(labels.insert(item.node().attribute("label").value()).second);
        CHECK(items[3].node().attribute("value").as_double() == 60);
        CHECK(std::string(items[3].node().attribute("color").value()) == "#f46d43");
        CHECK(std::string(items[5].node().attribute("value").value()) == "inf");
        CHECK(labels.contains(language == TitleLanguage::persian ? "۴۵ تا ۶۰ دقیقه" : "45–60 min"));
    }
}

TEST_CASE("The palette of whole minutes rises, and is of the same colours", "[cartography]") {
    const std::vector<PaletteEntry> palette = travel_palette();
    REQUIRE(palette.size() == 6);
    CHECK(std::ranges::is_sorted(palette, {}, &PaletteEntry::up_to));
    CHECK((palette[3].up_to == 60 && palette[3].red == 0xF4 && palette[3].green == 0x6D && palette[3].blue == 0x43));
}
