#include "io/project_archive.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include <cpl_vsi.h>
#include <fmt/format.h>

#include "io/gdal_session.hpp"
#include "io/memory_folder.hpp"
#include "io/partial_target.hpp"
#include "io/text_encoding.hpp"

namespace amayesh::detail {
namespace {

constexpr const char* archive_name = "project.zip";
constexpr const char* member = "project.qgs";

/// Stands in the first line of what we write, and no more once QGIS has saved it.
constexpr std::string_view our_mark = "saveUser=\"amayesh\"";
constexpr std::size_t bytes_to_mark = 400;

struct CloseFile {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};
using File = std::unique_ptr<VSILFILE, CloseFile>;

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
    const MemoryFolder folder;
    if (!write_member(folder.file(archive_name), qgs))
        fail_to_write(target, "packing its project: " + session.take_first_failure());
    const std::span<const unsigned char> bytes = folder.bytes(archive_name);
    return {bytes.begin(), bytes.end()};
}

bool is_our_archive(std::span<const unsigned char> archive) {
    const MemoryFolder folder;
    folder.hold(archive_name, archive);
    return holds_our_project(folder.file(archive_name));
}

void refuse_foreign_archive(const std::filesystem::path& archive) {
    std::error_code error;
    if (std::filesystem::exists(archive, error) && !holds_our_project(archive.string()))
        fail_to_write(archive, "it is a project that was saved in QGIS", "keep it under another name, or remove it");
}

}  // namespace amayesh::detail
