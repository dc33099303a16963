#include "io/memory_folder.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <string_view>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace amayesh::detail {

MemoryFolder::MemoryFolder() {
    static std::atomic<unsigned> number{0};
    m_path = fmt::format("/vsimem/amayesh-{}-{}", getpid(), ++number);
    VSIMkdir(m_path.c_str(), 0700);
}

MemoryFolder::~MemoryFolder() { VSIRmdirRecursive(m_path.c_str()); }

std::vector<std::string> MemoryFolder::names() const {
    const CPLStringList list(VSIReadDir(m_path.c_str()));
    std::vector<std::string> all;
    for (int i = 0; i < list.size(); ++i)
        if (std::string_view name = list[i]; name != "." && name != "..") all.emplace_back(name);
    std::sort(all.begin(), all.end());
    return all;
}

std::span<const unsigned char> MemoryFolder::bytes(const std::string& name) const {
    vsi_l_offset size = 0;
    const GByte* data = VSIGetMemFileBuffer(file(name).c_str(), &size, FALSE);
    return {data, static_cast<std::size_t>(size)};
}

void MemoryFolder::hold(const std::string& name, std::span<const unsigned char> bytes) const {
    auto* data = const_cast<GByte*>(bytes.data());  // GDAL writes to it only where a file is opened for writing
    VSIFCloseL(VSIFileFromMemBuffer(file(name).c_str(), data, bytes.size(), FALSE));
}

}  // namespace amayesh::detail
