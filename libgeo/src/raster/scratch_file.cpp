#include "raster/scratch_file.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {
namespace {

std::string reason_of(int error) { return std::generic_category().message(error); }

/// Of a file that is without a name from the start where the system can, else from its next moment.
int open_nameless(const std::filesystem::path& folder) {
    if (const int descriptor = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); descriptor >= 0)
        return descriptor;
    std::string name = (folder / "amayesh-XXXXXX").string();
    const int descriptor = mkostemp(name.data(), O_CLOEXEC);
    if (descriptor >= 0) unlink(name.c_str());
    return descriptor;
}

/// Asks first: a disk would be filled before it says that it cannot hold the file.
int take_space(int descriptor, std::uint64_t bytes) {
    struct statvfs disk {};
    if (fstatvfs(descriptor, &disk) == 0 && std::uint64_t{disk.f_bavail} < bytes / disk.f_frsize) return ENOSPC;
    return posix_fallocate(descriptor, 0, static_cast<off_t>(bytes));
}

}  // namespace

ScratchFile::ScratchFile(const std::filesystem::path& folder, std::uint64_t bytes)
    : m_folder{folder.empty() ? std::filesystem::temp_directory_path() : folder},
      m_descriptor{open_nameless(m_folder)} {
    if (m_descriptor < 0)
        throw IoError(fmt::format("{}: no file can be made there to work in: {}", m_folder.string(), reason_of(errno)));
    if (const int error = take_space(m_descriptor, bytes); error != 0) {
        close(m_descriptor);
        throw IoError(
            fmt::format("{}: no room for the {:.1f} GB that are worked in: {}; name a folder on another disk, "
                        "take larger cells or a smaller area",
                        m_folder.string(), static_cast<double>(bytes) / 1e9, reason_of(error)));
    }
}

ScratchFile::~ScratchFile() { close(m_descriptor); }

void ScratchFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
        const ssize_t count = pread(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0)
            throw IoError(fmt::format("{}: what is worked in cannot be read: {}", m_folder.string(),
                                      count < 0 ? reason_of(errno) : "it ends too early"));
        offset += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void ScratchFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            throw IoError(
                fmt::format("{}: what is worked in cannot be written: {}", m_folder.string(), reason_of(errno)));
        offset += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace amayesh::detail
