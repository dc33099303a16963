#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/io/vector_source.hpp>

namespace amayesh {

/// Version of the layers and columns below; a column is never renamed or taken away within a major version, and new ones
/// raise the minor version.
inline constexpr std::string_view schema_version = "1.1";

/// Language of titles shown to people.
enum class TitleLanguage : std::uint8_t { english, persian };

/// One column of a result layer.
struct ColumnSchema {
    std::string name;
    std::string short_name;  ///< At most 10 bytes, for Shapefile.
    Column::Type type = Column::Type::text;
    std::string unit;        ///< "ha", "L/s", "km"; empty where none applies.
    std::string null_means;  ///< What NULL says; empty where the column is never NULL.
    std::string title_en;
    std::string title_fa;
};

/// One result layer.
struct LayerSchema {
    std::string name;
    std::string geometry;  ///< "point", "line", "polygon", "polygon or point", "none".
    std::string row;       ///< What one row is.
    std::string title_en;
    std::string title_fa;
    std::vector<ColumnSchema> columns;
};

/// Every layer and column that a run writes, from the tables that write them.
AMAYESH_EXPORT const std::vector<LayerSchema>& result_schema();

/// The schema as JSON (`amayesh schema --json`) and as the page docs/schema.md.
AMAYESH_EXPORT std::string schema_as_json();
AMAYESH_EXPORT std::string schema_as_markdown();

/// The layer as the sink wants it: its own title in the language, those of fields and words in English.
AMAYESH_EXPORT LayerDefinition layer_definition(std::string_view layer, GeometryKind geometry, TitleLanguage language);

}  // namespace amayesh
