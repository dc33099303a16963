#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/io/geopackage_project.hpp>

namespace amayesh {

/// Writes one text, UTF-8, to a file, whole or not at all, under the rules of VectorSink.
/// Throws: IoError: target exists without overwrite, is a folder or one of `inputs`; folder missing or not writable; disk full.
class AMAYESH_EXPORT TextSink {
public:
    TextSink(const std::filesystem::path& target, Overwrite overwrite, std::span<const std::filesystem::path> inputs);
    ~TextSink();  ///< Without `finish`: the old target stays.
    TextSink(TextSink&&) noexcept;
    TextSink& operator=(TextSink&&) noexcept;

    /// Writes, syncs and moves the file into place.
    void finish(std::string_view text);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace amayesh
