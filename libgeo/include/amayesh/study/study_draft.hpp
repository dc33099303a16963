#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/core/progress.hpp>
#include <amayesh/geometry/types.hpp>
#include <amayesh/io/vector_sink.hpp>
#include <amayesh/study/field_guess.hpp>
#include <amayesh/study/study_file.hpp>

namespace amayesh {

struct DraftOptions {
    Language language = Language::english;  ///< Of names, where fields give them in two; written into the study.
    std::size_t most_files = 2000;          ///< Data files that are read; the rest is listed as left out.
    int most_depth = 8;                     ///< Folders below the folder.
    std::uint64_t most_bytes = std::uint64_t{512} << 20;  ///< Larger files are listed, not read.
};

/// A table that fits a layer.
struct DraftJoin {
    Join join;                ///< `take` holds fields alone: units are blank.
    std::size_t rows = 0;     ///< Of the layer, with a key.
    std::size_t matched = 0;  ///< Of these, found in the table.
    std::vector<FieldGuess> take;
    [[nodiscard]] double share() const noexcept { return rows == 0 ? 0 : double(matched) / double(rows); }
};

/// What becomes of a layer in the study.
enum class DraftUse : std::uint8_t {
    used,         ///< Stands in the study.
    alternative,  ///< Stands there as a comment: another one has its place.
    joined,       ///< A table joined to a layer.
    left_out,     ///< No role found.
};
AMAYESH_EXPORT std::string_view to_string(DraftUse use) noexcept;

/// One layer that was found: a file, one of its layers, or many alike files as one.
struct DraftLayer {
    std::string source;              ///< Path below the folder, with '/'; a glob for many files.
    std::vector<std::string> files;  ///< Paths of the files.
    std::string layer;               ///< Empty where the file has one.
    std::string shape;               ///< "points", "lines", "polygons", "table", "raster".
    std::size_t rows = 0;
    std::string crs;          ///< Name; empty where the data says none.
    Box bounds;               ///< Of its coordinates, as they came.
    std::string encoding;     ///< Where it had to be guessed from the bytes, else empty.
    std::string delimiter;    ///< Of a CSV whose values are not parted by commas.
    std::string raster_kind;  ///< "elevation", …; empty where unknown.
    LayerGuess guess;
    DraftUse use = DraftUse::left_out;
    std::string why;  ///< Of `use`.
    std::vector<DraftJoin> joins;
};

/// A file that was not read.
struct SkippedFile {
    std::string path;
    std::string reason;
};

/// What was found in a folder.
struct StudyDraft {
    std::filesystem::path folder;
    Language language = Language::english;
    Calendar calendar = Calendar::gregorian;
    std::vector<DraftLayer> layers;  ///< Sorted by role, then source.
    std::vector<SkippedFile> skipped;
};

/// Walks a folder, reads every layer and table in it, and guesses what they are, which fields they map and which tables
/// belong to which layer. Opens nothing that is not in the folder, with the drivers that studies may use; follows no
/// links to folders. Files that cannot be read are listed, with the reason.
///
/// Result:  the same for the same files, whatever the order in which the folder lists them.
/// Throws:  IoError where the folder is missing, is a file, or has no data that can be read.
AMAYESH_EXPORT StudyDraft draft_study(const std::filesystem::path& folder, const DraftOptions& options = {},
                                      const Progress& progress = {});

/// The draft as a commented study file, with paths relative to the folder that the study will stand in. What was not
/// found is a commented line; a unit that the person must choose is `unit = ""`.
AMAYESH_EXPORT std::string to_toml(const StudyDraft& draft, const std::filesystem::path& study_folder);

/// What was found, for a terminal.
AMAYESH_EXPORT std::string draft_summary(const StudyDraft& draft);

/// What was found, for programs.
AMAYESH_EXPORT std::string draft_json(const StudyDraft& draft);

/// Throws: IoError where the target exists and may not be replaced; to be asked before long work.
AMAYESH_EXPORT void require_free(const std::filesystem::path& target, Overwrite overwrite);

/// Writes a study file whole or not at all.
/// Throws: IoError where the target exists and `overwrite` is not given, or cannot be written.
AMAYESH_EXPORT void write_study(const std::string& toml, const std::filesystem::path& target, Overwrite overwrite);

}  // namespace amayesh
