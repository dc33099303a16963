#pragma once

#include <string>

#include <pugixml.hpp>

#include <amayesh/io/geopackage_project.hpp>

#include "cartography/map_description.hpp"

namespace amayesh::detail {

/// A symbol of QGIS for features of that geometry, named for the renderer that holds it.
void add_symbol(pugi::xml_node parent, const std::string& name, GeometryKind geometry, const Look& look);

/// A property that QGIS takes from an expression, in a collection of such; none where the expression is empty.
void add_property(pugi::xml_node collection, const char* name, std::string_view expression);

}  // namespace amayesh::detail
