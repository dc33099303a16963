#include "io/project_archive.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <unistd.h>

#include "io/gdal_session.hpp"
#include "io/partial_target.hpp"
#include "io/text_encoding.hpp"

namespace amayesh::detail {
namespace {

constexpr const char* member = "project.qgs";

/// Stands in the first line of what we write, and no more once QGIS has saved it.
constexpr std::string_view our_mark = "saveUser=\"amayesh\"";
constexpr std::size_t bytes_to_mark = 400;

struct CloseFile {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};
using File = std::unique_ptr<VSILFILE, CloseFile>;

/// A file of GDAL's in memory, gone at the end of the scope.
class MemoryFile {
public:
    MemoryFile() {
        static std::atomic<unsigned> number{0};
        m_path = fmt::format("/vsimem/amayesh-project-{}-{}.zip", getpid(), ++number);
    }
    ~MemoryFile() { VSIUnlink(m_path.c_str()); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    /// Holds these bytes, which must outlive it.
    explicit MemoryFile(std::span<const unsigned char> bytes) : MemoryFile() {
        CloseFile{}(VSIFileFromMemBuffer(m_path.c_str(), const_cast<GByte*>(bytes.data()), bytes.size(), FALSE));
    }
    [[nodiscard]] const std::string& path() const noexcept { return m_path; }
    [[nodiscard]] std::vector<unsigned char> bytes() const {
        vsi_l_offset size = 0;
        const GByte* data = VSIGetMemFileBuffer(m_path.c_str(), &size, FALSE);
        return {data, data + size};
    }

private:
    std::string m_path;
};

std::string name_of_member(const std::string& archive) { return fmt::format("/vsizip/{{{}}}/{}", archive, member); }

bool holds_our_project(const std::string& archive) {
    const GdalSession session(FileUse::reading, NetworkUse::refused);
    const File file(VSIFOpenL(name_of_member(archive).c_str(), "rb"));
    std::array<char, bytes_to_mark> head{};
    const std::size_t got = file ? VSIFReadL(head.data(), 1, head.size(), file.get()) : 0;
    return std::string_view(head.data(), got).find(our_mark) != std::string_view::npos;
}

bool write_member(const std::string& archive, const std::string& text) {
    VSILFILE* file = VSIFOpenL(name_of_member(archive).c_str(), "wb");
    if (file == nullptr) return false;
    const bool is_written = VSIFWriteL(text.data(), 1, text.size(), file) == text.size();
    return VSIFCloseL(file) == 0 && is_written;
}

}  // namespace

void refuse_unnameable(const std::filesystem::path& geopackage) {
    const std::string name = geopackage.filename().string();
    const auto cannot_stand = [](char c) {
        const bool is_control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
        return c == '|' || is_control;
    };
    if (std::ranges::any_of(name, cannot_stand) || !is_utf8(name))
        fail_to_write(geopackage, "QGIS cannot open a file of this name", "name another output");
}

std::vector<unsigned char> archive_of(const std::string& qgs, const std::filesystem::path& target) {
    GdalSession session(FileUse::writing, NetworkUse::refused);
    const MemoryFile file;
    if (!write_member(file.path(), qgs)) fail_to_write(target, "packing its project: " + session.take_first_failure());
    return file.bytes();
}

bool is_our_archive(std::span<const unsigned char> archive) {
    const MemoryFile file(archive);
    return holds_our_project(file.path());
}

void refuse_foreign_archive(const std::filesystem::path& archive) {
    std::error_code error;
    if (std::filesystem::exists(archive, error) && !holds_our_project(archive.string()))
        fail_to_write(archive, "it is a project that was saved in QGIS", "keep it under another name, or remove it");
}

}  // namespace amayesh::detail
