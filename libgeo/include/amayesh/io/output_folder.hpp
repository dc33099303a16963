#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <amayesh/core/export.hpp>
#include <amayesh/io/geopackage_project.hpp>

namespace amayesh {

/// What tells a folder that was written as an OutputFolder from any other.
struct OutputFolderContent {
    std::vector<std::string> names{};  ///< Of every file that it may hold.
    std::string mark_file{};           ///< One of them, which it always holds,
    std::string mark{};                ///< with this text near its beginning.
};

/// A folder of results that appear together or not at all.
///
/// Until `finish` everything lies in the hidden folder `.<name>.amayesh-partial` beside the target, as with a VectorSink of
/// several files. A folder that is there is replaced as a whole, and only where it is empty or holds nothing but what such
/// a run writes.
class AMAYESH_EXPORT OutputFolder {
public:
    /// Throws: IoError: the target exists without `overwrite`, holds anything else, holds a project that QGIS has saved or
    /// an input, its folder is missing or not writable, another run is writing it.
    OutputFolder(const std::filesystem::path& target, const OutputFolderContent& content, Overwrite overwrite,
                 std::span<const std::filesystem::path> inputs);
    ~OutputFolder();  ///< Without `finish`: removes what was written; the old folder stays.
    OutputFolder(OutputFolder&&) noexcept;
    OutputFolder& operator=(OutputFolder&&) noexcept;

    /// Where a file of that name is to be written, until `finish`.
    [[nodiscard]] std::filesystem::path place_of(const std::string& name) const;
    /// Writes a file. Throws: IoError.
    void write(const std::string& name, std::string_view text);
    /// Syncs everything and moves the folder into place. Nothing of the target changes before. Throws: IoError.
    void finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace amayesh
