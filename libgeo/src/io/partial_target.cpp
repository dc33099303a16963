#include "io/partial_target.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>
#include <amayesh/core/printable.hpp>

namespace amayesh::detail {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view hidden_ending = ".amayesh-partial";
constexpr int attempts_to_lock = 10;  ///< The folder can vanish between opening and locking when another run ends.

/// A file descriptor that is closed at the end of the scope.
class Descriptor {
public:
    Descriptor(const fs::path& path, int flags, mode_t mode = 0)
        : m_number{open(path.c_str(), flags | O_CLOEXEC, mode)} {}
    ~Descriptor() {
        if (m_number >= 0) close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const noexcept { return m_number; }
    [[nodiscard]] bool is_open() const noexcept { return m_number >= 0; }
    /// False with errno where the system says so only now.
    [[nodiscard]] bool close_checked() noexcept {
        const int number = m_number;
        m_number = -1;
        return close(number) == 0;
    }

private:
    int m_number;
};

/// The target with its folder made absolute and links followed: a link is written through, not replaced.
fs::path resolve_target(const fs::path& target) {
    if (target.empty()) throw IoError("cannot write: the name is empty");
    std::error_code error;
    const fs::path named = target.has_filename() ? target : target.parent_path();
    if (fs::is_symlink(fs::symlink_status(named, error))) {
        const fs::path real = fs::canonical(named, error);
        if (error) fail_to_write(target, "it is a link to nowhere", "remove the link");
        return real;
    }
    const fs::path parent = named.has_parent_path() ? named.parent_path() : fs::path(".");
    const fs::path folder = fs::canonical(parent, error);
    if (error || !fs::is_directory(folder))
        fail_to_write(target, fmt::format("folder {} does not exist", parent.string()), "make it first");
    const fs::path name = named.filename();
    if (name == "." || name == "..") fail_to_write(target, "it names no file");
    return folder / name;
}

void refuse_inputs(const fs::path& target, std::span<const fs::path> inputs) {
    for (const fs::path& input : inputs) {
        std::error_code error;
        const fs::path real = fs::weakly_canonical(input, error);
        const bool is_inside =
            !error && std::mismatch(target.begin(), target.end(), real.begin(), real.end()).first == target.end();
        if (is_inside || fs::equivalent(input, target, error))
            fail_to_write(target, fmt::format("it is an input of this run ({})", input.string()),
                          "name another output");
    }
}

void refuse_open_database(const fs::path& target) {
    for (const char* ending : {"-wal", "-journal"}) {
        const fs::path log = target.string() + ending;
        std::error_code error;
        if (fs::exists(log, error))
            fail_to_write(target, fmt::format("another program has it open ({} exists)", log.filename().string()),
                          "close it in QGIS, or name another output");
    }
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void refuse_foreign_content(const fs::path& folder, const PartialTarget::Rules& rules) {
    for (const std::string& name : rules.names) refuse_open_database(folder / name);
    for (const auto& entry : fs::directory_iterator(folder)) {
        const bool is_known = holds(rules.endings, entry.path().extension().string()) ||
                              holds(rules.names, entry.path().filename().string());
        const bool is_ours = is_known && entry.is_regular_file() && !entry.is_symlink();
        if (!is_ours)
            fail_to_write(folder,
                          fmt::format("it holds {}, which this tool did not write", entry.path().filename().string()),
                          "name another folder, or empty this one yourself");
    }
}

void check_old_target(const fs::path& target, const PartialTarget::Rules& rules) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(target, error);
    refuse_open_database(target);
    if (!fs::exists(status)) return;
    const bool is_folder = fs::is_directory(status);
    if (is_folder != (rules.shape == TargetShape::folder) || (!is_folder && !fs::is_regular_file(status)))
        fail_to_write(target,
                      is_folder                            ? "it is a folder"
                      : rules.shape == TargetShape::folder ? "it is a file, and the format needs a folder"
                                                           : "it is no file",
                      "name another output");
    if (rules.overwrite == Overwrite::no) fail_to_write(target, "it exists", "give --overwrite to replace it");
    if (access(target.c_str(), W_OK) != 0) fail_to_write(target, "it is read-only", "name another output");
    if (is_folder) refuse_foreign_content(target, rules);
}

void sync_path(const fs::path& path, const fs::path& target) {
    Descriptor file(path, O_RDONLY);
    if (!file.is_open() || fsync(file.number()) != 0 || !file.close_checked()) fail_with_errno(target, "sync", errno);
}

void sync_tree(const fs::path& folder, const fs::path& target) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_directory())
            sync_tree(entry.path(), target);
        else
            sync_path(entry.path(), target);
    }
    sync_path(folder, target);
}

void remove_contents(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry.path());
}

/// The error with which a file cannot be longer, 0 where it can: libraries do not pass it on.
int error_of_growing(const fs::path& file) {
    constexpr std::size_t growth = std::size_t{64} << 10U;
    static const std::vector<char> zeros(growth);
    Descriptor out(file, O_WRONLY | O_APPEND);
    if (!out.is_open()) return errno;
    for (std::size_t done = 0; done < growth;) {
        const ssize_t written = write(out.number(), zeros.data(), growth - done);
        if (written < 0 && errno != EINTR) return errno;
        if (written > 0) done += static_cast<std::size_t>(written);
    }
    return fsync(out.number()) == 0 ? 0 : errno;
}

/// The name that people know: what lies in the hidden folder of a target will lie at the target.
fs::path known_name(const fs::path& path) {
    fs::path known;
    for (const fs::path& part : path)
        if (!part.string().ends_with(hidden_ending)) known /= part;
    return known;
}

bool rename_with(const fs::path& from, const fs::path& to, unsigned flags) {
    return renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0;
}

}  // namespace

void fail_to_write(const fs::path& target, const std::string& why, const std::string& way_out) {
    throw IoError(printable(fmt::format("cannot write {}: {}{}{}", known_name(target).string(), why,
                                        way_out.empty() ? "" : "; ", way_out)));
}

void fail_with_errno(const fs::path& target, const std::string& deed, int error_number) {
    const std::string folder = known_name(target).parent_path().string();
    if (error_number == ENOSPC)
        fail_to_write(target, fmt::format("no space left on the disk of {}", folder), "make room, or use another disk");
    if (error_number == EDQUOT)
        fail_to_write(target, fmt::format("no space left in your quota on the disk of {}", folder),
                      "make room, or use another disk");
    if (error_number == EFBIG)
        fail_to_write(target, "no space left in a file (the process's limit, or that of the disk)",
                      "raise the limit (ulimit -f), or use another disk");
    fail_to_write(target, fmt::format("{} failed: {}", deed, std::generic_category().message(error_number)),
                  "nothing was changed");
}

void fail_to_grow(const fs::path& file, const std::string& why, const fs::path& target) {
    const int error_number = error_of_growing(file);
    if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG)
        fail_with_errno(target, "write", error_number);
    fail_to_write(target, why.empty() ? "write failed" : why, "nothing was changed");
}

void write_file(const fs::path& file, std::span<const unsigned char> bytes, const fs::path& target) {
    constexpr mode_t usual_mode = 0666;  // less the process's umask
    Descriptor out(file, O_WRONLY | O_CREAT | O_EXCL, usual_mode);
    if (!out.is_open()) fail_with_errno(target, "making a file", errno);
    while (!bytes.empty()) {
        const ssize_t written = write(out.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail_with_errno(target, "write", errno);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (fsync(out.number()) != 0) fail_with_errno(target, "sync", errno);
    if (!out.close_checked()) fail_with_errno(target, "close", errno);
}

PartialTarget::PartialTarget(const fs::path& target, const Rules& rules, std::span<const fs::path> inputs)
    : m_target{resolve_target(target)},
      m_hidden{m_target.parent_path() / ("." + m_target.filename().string() + std::string(hidden_ending))},
      m_rules{rules} {
    refuse_inputs(m_target, inputs);
    if (has_companion()) refuse_inputs(companion(), inputs);
    if (has_companion() && companion() == m_target)
        fail_to_write(m_target,
                      fmt::format("a file of this name with the ending {} is to lie beside it", rules.companion_ending),
                      "name another output");
    check_old();
    lock_hidden_folder();
    try {
        remove_contents(m_hidden);
        if (rules.shape == TargetShape::folder) fs::create_directory(place());
    } catch (const fs::filesystem_error& e) {
        close(m_lock);
        fail_with_errno(m_target, "making its hidden folder", e.code().value());
    }
}

PartialTarget::~PartialTarget() { remove_hidden_folder(); }

void PartialTarget::remove_hidden_folder() {
    if (m_lock < 0) return;
    std::error_code ignored;
    fs::remove_all(m_hidden, ignored);
    close(m_lock);  // after the removal: who waits for the lock finds the folder gone
    m_lock = -1;
}

void PartialTarget::lock_hidden_folder() {
    for (int attempt = 0; attempt < attempts_to_lock; ++attempt) {
        if (mkdir(m_hidden.c_str(), 0700) != 0 && errno != EEXIST)
            fail_with_errno(m_target, "making a hidden folder beside it", errno);
        m_lock = open(m_hidden.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (m_lock < 0 && errno == ENOENT) continue;
        if (m_lock < 0) fail_with_errno(m_target, fmt::format("opening {}", m_hidden.string()), errno);
        const bool is_locked = flock(m_lock, LOCK_EX | LOCK_NB) == 0;
        const int error_number = errno;
        struct stat opened {};
        struct stat named {};
        if (is_locked && fstat(m_lock, &opened) == 0 && stat(m_hidden.c_str(), &named) == 0 &&
            opened.st_ino == named.st_ino)
            return;
        close(m_lock);
        if (is_locked) continue;
        if (error_number == EWOULDBLOCK)
            fail_to_write(m_target, "another run is writing it", "wait until that one is done");
        fail_to_write(m_target, "its disk cannot lock folders", "write to a local disk and copy the result");
    }
    fail_to_write(m_target, "other runs keep writing it", "wait until they are done");
}

fs::path PartialTarget::companion() const { return fs::path(m_target).replace_extension(m_rules.companion_ending); }

void PartialTarget::check_old() const {
    check_old_target(m_target, m_rules);
    if (has_companion()) check_old_target(companion(), m_rules);
}

/// What was at `to` is afterwards at `from`, where the file system can exchange names.
void PartialTarget::move_into_place(const fs::path& from, const fs::path& to) const {
    if (m_rules.overwrite == Overwrite::no) {
        if (rename_with(from, to, RENAME_NOREPLACE)) return;
        if (errno == EEXIST) fail_to_write(to, "it exists by now", "give --overwrite to replace it");
        if (errno != EINVAL && errno != ENOSYS) fail_with_errno(to, "rename", errno);
        if (fs::exists(to)) fail_to_write(to, "it exists by now", "give --overwrite to replace it");
    }
    if (fs::exists(to)) {
        if (rename_with(from, to, RENAME_EXCHANGE)) return;
        if (errno != EINVAL && errno != ENOSYS) fail_with_errno(to, "rename", errno);
    }
    if (m_rules.shape == TargetShape::folder && fs::exists(to)) {
        const fs::path old = m_hidden / "old";  // without an exchange there is a moment with neither
        if (!rename_with(to, old, 0)) fail_with_errno(to, "rename", errno);
        if (rename_with(from, to, 0)) return;
        const int error_number = errno;
        if (!rename_with(old, to, 0))
            fail_to_write(to, fmt::format("it could not be put back, and is now {}", old.string()), "move it back");
        fail_with_errno(to, "rename", error_number);
    }
    if (!rename_with(from, to, 0)) fail_with_errno(to, "rename", errno);
}

/// The target, then its companion: where that one fails, the target goes back to what it was.
void PartialTarget::move_all() const {
    const bool replaces = fs::exists(m_target);
    move_into_place(place(), m_target);
    if (!has_companion()) return;
    try {
        move_into_place(place_of_companion(), companion());
    } catch (const IoError&) {
        const bool is_kept = !replaces || fs::exists(place());
        if (!is_kept || !rename_with(m_target, place(), replaces ? RENAME_EXCHANGE : 0))
            fail_to_write(companion(), fmt::format("but the new {} is there", m_target.filename().string()),
                          "run again with --overwrite");
        throw;
    }
}

void PartialTarget::publish() {
    try {
        sync_tree(m_hidden, m_target);
        check_old();
    } catch (const fs::filesystem_error& e) {
        fail_with_errno(m_target, "looking at what was written", e.code().value());
    }
    move_all();
    sync_path(m_target.parent_path(), m_target);
    remove_hidden_folder();
}

}  // namespace amayesh::detail
