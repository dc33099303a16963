#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace amayesh::detail {

/// A file without a name, which is gone with the last that uses it: for what memory does not hold.
class ScratchFile {
public:
    /// Takes its whole size at once, so that a full disk is told at the start. An empty folder = the system's for such files.
    /// Throws: IoError where it cannot be made there or the disk has too little left.
    ScratchFile(const std::filesystem::path& folder, std::uint64_t bytes);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    /// From any thread. Throws: IoError.
    void read(std::uint64_t offset, std::span<std::byte> bytes) const;
    void write(std::uint64_t offset, std::span<const std::byte> bytes);

private:
    std::filesystem::path m_folder;
    int m_descriptor = -1;
};

}  // namespace amayesh::detail
