#pragma once

#include <span>
#include <string>
#include <vector>

namespace amayesh::detail {

/// A folder of GDAL's in memory, gone at the end of the scope. The small formats are written there: their drivers do not
/// tell when a write to a disk fails, ours does.
class MemoryFolder {
public:
    MemoryFolder();
    ~MemoryFolder();
    MemoryFolder(const MemoryFolder&) = delete;  // its name is its own
    MemoryFolder& operator=(const MemoryFolder&) = delete;

    /// GDAL's name for a file in it.
    [[nodiscard]] std::string file(const std::string& name) const { return m_path + "/" + name; }
    /// Of the files in it, sorted.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Of a file, as long as it is neither changed nor removed.
    [[nodiscard]] std::span<const unsigned char> bytes(const std::string& name) const;
    /// Makes a file of bytes, which must outlive it.
    void hold(const std::string& name, std::span<const unsigned char> bytes) const;

private:
    std::string m_path;
};

}  // namespace amayesh::detail
