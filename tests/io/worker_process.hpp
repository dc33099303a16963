#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace amayesh::test {

/// How to start `io_worker`.
struct WorkerOptions {
    std::vector<std::string> environment{};       ///< "NAME=value", besides what this process has.
    std::vector<std::string> before{};            ///< A program that runs it: {"strace", "-f"}.
    std::optional<std::uint64_t> largest_file{};  ///< As `ulimit -f`, in bytes.
};

/// A process of `io_worker`, its stderr kept.
class WorkerProcess {
public:
    explicit WorkerProcess(const std::vector<std::string>& arguments, const WorkerOptions& options = {});
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    void kill_now() const;
    /// Exit code; −1 for a signal.
    int wait();
    /// What it said, after `wait`.
    [[nodiscard]] const std::string& said() const noexcept { return m_said; }

private:
    pid_t m_pid = -1;
    int m_pipe = -1;
    std::string m_said;
};

}  // namespace amayesh::test
