#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/study/calendar.hpp>
#include <amayesh/study/study_draft.hpp>

#include "study/draft_layers.hpp"
#include "study/folder_inventory.hpp"

namespace amayesh {
namespace {

namespace fs = std::filesystem;
using detail::ReadLayer;

bool is_solar_year(int year) { return year < 1500; }

/// Dates and years of the layers in use, by the calendar that they can be of.
Calendar find_calendar(const std::vector<ReadLayer>& layers) {
    std::size_t solar = 0;
    std::size_t gregorian = 0;
    for (const ReadLayer& layer : layers) {
        if (layer.draft.use != DraftUse::used) continue;
        for (const int year : layer.draft.guess.years) ++(is_solar_year(year) ? solar : gregorian);
        for (const char* attribute : {"contract_date", "committed_until"}) {
            const std::vector<std::string>* dates = layer.texts_of_attribute(attribute);
            if (dates == nullptr) continue;
            for (const std::string& date : *dates) {
                solar += parse_date(date, Calendar::solar_hijri) ? 1 : 0;
                gregorian += parse_date(date, Calendar::gregorian) ? 1 : 0;
            }
        }
    }
    return solar > gregorian ? Calendar::solar_hijri : Calendar::gregorian;
}

bool comes_before(const DraftLayer& a, const DraftLayer& b) {
    const auto rank = [](const DraftLayer& layer) {
        const int role = layer.guess.role ? static_cast<int>(*layer.guess.role) : 99;
        return std::tuple(role, layer.use, std::string_view(layer.source), std::string_view(layer.layer));
    };
    return rank(a) < rank(b);
}

[[noreturn]] void throw_no_data(const fs::path& folder, const std::vector<SkippedFile>& skipped) {
    std::string reason = "holds no Shapefile, GeoPackage, GeoJSON, FlatGeobuf, CSV, XLSX, DBF or GeoTIFF";
    if (!skipped.empty())
        reason = fmt::format("holds no data that can be read; the first of {} files that were tried: {}: {}",
                             skipped.size(), skipped.front().path, skipped.front().reason);
    throw IoError(fmt::format("{}: {}", folder.string(), reason));
}

/// A file under a name of its own, moved into place when whole.
class NewFile {
public:
    explicit NewFile(const fs::path& target) : m_target{target} {
        m_temporary = target.parent_path() / ("." + target.filename().string() + ".amayesh-partial");
        m_descriptor = ::open(m_temporary.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
        if (m_descriptor < 0) fail("cannot be written");
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() {  // owns a descriptor and, until it is in place, a temporary name
        if (m_descriptor >= 0) ::close(m_descriptor);
        if (!m_is_in_place) ::unlink(m_temporary.c_str());
    }

    void write(std::string_view text) {
        while (!text.empty()) {
            const ssize_t written = ::write(m_descriptor, text.data(), text.size());
            if (written < 0 && errno != EINTR) fail("cannot be written");
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void move_into_place(Overwrite overwrite) {
        if (::fsync(m_descriptor) != 0) fail("cannot be written");
        const int closed = ::close(m_descriptor);
        m_descriptor = -1;
        if (closed != 0) fail("cannot be written");
        // A link refuses a target that came up in the meantime; a rename replaces it.
        const bool moved = overwrite == Overwrite::yes ? ::rename(m_temporary.c_str(), m_target.c_str()) == 0
                                                       : ::link(m_temporary.c_str(), m_target.c_str()) == 0;
        if (!moved) fail("cannot be put in place");
        m_is_in_place = overwrite == Overwrite::yes;
    }

private:
    [[noreturn]] void fail(std::string_view what) const {
        throw IoError(fmt::format("{}: {}: {}", m_target.string(), what, std::strerror(errno)));
    }

    fs::path m_target;
    fs::path m_temporary;
    int m_descriptor = -1;
    bool m_is_in_place = false;
};

}  // namespace

std::string_view to_string(DraftUse use) noexcept {
    constexpr std::array<std::string_view, 4> names{"used", "alternative", "joined", "left_out"};
    return names[static_cast<std::size_t>(use)];
}

StudyDraft draft_study(const fs::path& folder, const DraftOptions& options, const Progress& progress) {
    const detail::FolderInventory inventory = detail::list_data_files(folder, options);
    StudyDraft draft;
    draft.folder = folder;
    draft.language = options.language;
    draft.skipped = inventory.skipped;
    std::vector<ReadLayer> layers;
    for (std::size_t i = 0; i < inventory.groups.size(); ++i) {
        if (progress) progress("reading the folder", double(i) / double(inventory.groups.size()));
        std::ranges::move(detail::read_group(inventory.groups[i], folder, options, draft.skipped),
                          std::back_inserter(layers));
    }
    if (progress) progress("reading the folder", 1);
    if (layers.empty()) throw_no_data(folder, draft.skipped);
    detail::settle_ids(layers);
    detail::settle_uses(layers);
    draft.calendar = find_calendar(layers);
    for (ReadLayer& layer : layers) draft.layers.push_back(std::move(layer.draft));
    std::ranges::sort(draft.layers, comes_before);
    std::ranges::sort(draft.skipped, {}, &SkippedFile::path);
    return draft;
}

void require_free(const fs::path& target, Overwrite overwrite) {
    std::error_code error;
    if (overwrite == Overwrite::no && fs::exists(fs::symlink_status(target, error)))
        throw IoError(
            fmt::format("{}: exists; give --overwrite to replace it, or another name with -o", target.string()));
}

void write_study(const std::string& toml, const fs::path& target, Overwrite overwrite) {
    require_free(target, overwrite);
    NewFile file(target);
    file.write(toml);
    file.move_into_place(overwrite);
}

}  // namespace amayesh
