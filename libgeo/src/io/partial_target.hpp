#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <amayesh/io/vector_sink.hpp>

namespace amayesh::detail {

enum class TargetShape : std::uint8_t { file, folder };

/// A target on disk that appears whole or not at all.
///
/// Until `publish`, everything lies in the hidden folder `.<name>.amayesh-partial` beside the target, which is locked
/// (flock) against a second run. A folder that a killed run left is taken over and emptied.
class PartialTarget {
public:
    struct Rules {
        TargetShape shape = TargetShape::file;
        Overwrite overwrite = Overwrite::no;
        /// Endings of the files that a folder may hold to be replaced; one with anything else is not ours to remove.
        std::vector<std::string> endings{};
        /// Ending of a file of the target's name that appears with it or not at all, under the same rules; empty = none.
        std::string companion_ending{};
        std::vector<std::string> names{};  ///< As `endings`, whole names.
    };

    /// Throws: IoError: the target exists, is an input or something else than said, its folder is missing or not writable,
    /// another run is writing it.
    PartialTarget(const std::filesystem::path& target, const Rules& rules,
                  std::span<const std::filesystem::path> inputs);
    ~PartialTarget();                              ///< Removes the hidden folder.
    PartialTarget(const PartialTarget&) = delete;  // holds a lock
    PartialTarget& operator=(const PartialTarget&) = delete;

    [[nodiscard]] const std::filesystem::path& target() const noexcept { return m_target; }
    /// Where to write: the file, or the folder (which exists).
    [[nodiscard]] std::filesystem::path place() const { return m_hidden / m_target.filename(); }
    [[nodiscard]] bool has_companion() const noexcept { return !m_rules.companion_ending.empty(); }
    [[nodiscard]] std::filesystem::path companion() const;
    [[nodiscard]] std::filesystem::path place_of_companion() const { return m_hidden / companion().filename(); }

    /// Syncs what was written and moves it into place, the target before its companion.  Throws: IoError; what was there
    /// before is then there again, except where the last sync of the parent folder fails, after the new is there, whole.
    void publish();

private:
    void lock_hidden_folder();
    void check_old() const;
    void move_into_place(const std::filesystem::path& from, const std::filesystem::path& to) const;
    void move_all() const;
    void remove_hidden_folder();

    std::filesystem::path m_target;
    std::filesystem::path m_hidden;
    Rules m_rules;
    int m_lock = -1;
};

[[noreturn]] void fail_to_write(const std::filesystem::path& target, const std::string& why,
                                const std::string& way_out = "");
/// As `fail_to_write`, with the system's words for `error_number`.
[[noreturn]] void fail_with_errno(const std::filesystem::path& target, const std::string& deed, int error_number);

/// As `fail_to_write` after a library could not write `file`: asks the disk whether `file` can grow (and spoils it), and
/// says that there is no space left where there is none.
[[noreturn]] void fail_to_grow(const std::filesystem::path& file, const std::string& why,
                               const std::filesystem::path& target);

/// Writes a new file and syncs it.  Throws: IoError naming `target`.
void write_file(const std::filesystem::path& file, std::span<const unsigned char> bytes,
                const std::filesystem::path& target);

}  // namespace amayesh::detail
