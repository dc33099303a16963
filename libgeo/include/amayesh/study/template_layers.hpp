#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

/// An attribute as people read it.
struct AttributeTitle {
    std::string english;
    std::string persian;
    std::string unit;  ///< That empty layers ask for: "ha", "MW"; for a source's amounts those of all utilities.
};

/// The title of an attribute of `attributes_of(role)`: the one table, for templates and documentation.
AMAYESH_EXPORT AttributeTitle title_of(LayerRole role, std::string_view attribute);

/// The title of a role.
AMAYESH_EXPORT AttributeTitle title_of(LayerRole role);

/// A word of ours (`operating`, `fibre`) in a language.
AMAYESH_EXPORT std::string title_of_word(std::string_view word, Language language);

struct TemplateOptions {
    Language language = Language::english;  ///< Of titles; the other language stands in the comments.
    Crs crs = Crs::wgs84();
    Overwrite overwrite = Overwrite::no;
};

/// The empty layers: one for each role, and a second where a role takes lines too.
AMAYESH_EXPORT std::vector<LayerDefinition> template_layers(Language language);

/// Writes a GeoPackage of empty layers to be filled in QGIS: lists of words as value maps, fields that must be filled as
/// constraints, titles as aliases. Returns the study that reads them, for a file in `study_folder`.
/// Throws: IoError where the target exists without overwrite, is no .gpkg or cannot be written.
AMAYESH_EXPORT std::string write_template(const std::filesystem::path& target, const TemplateOptions& options,
                                          const std::filesystem::path& study_folder);

}  // namespace amayesh
