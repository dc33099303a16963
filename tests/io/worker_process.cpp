#include "io/worker_process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace amayesh::test {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& arguments, const WorkerOptions& options) {
    std::vector<std::string> words = options.before;
    words.emplace_back(AMAYESH_IO_WORKER);
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment = options.environment;
    std::vector<char*> word_pointers = pointers_to(words);
    std::vector<char*> environment_pointers = pointers_to(environment);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    m_pid = fork();
    if (m_pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        if (options.largest_file) {
            const rlimit limit{*options.largest_file, *options.largest_file};
            setrlimit(RLIMIT_FSIZE, &limit);
        }
        for (char* variable : environment_pointers)
            if (variable != nullptr) putenv(variable);
        execvp(word_pointers[0], word_pointers.data());
        _exit(127);
    }
    close(ends[1]);
    m_pipe = ends[0];
}

WorkerProcess::~WorkerProcess() {
    if (m_pid > 0) {
        kill_now();
        wait();
    }
}

void WorkerProcess::kill_now() const { kill(m_pid, SIGKILL); }

int WorkerProcess::wait() {
    std::array<char, 4096> buffer{};
    for (ssize_t count = read(m_pipe, buffer.data(), buffer.size()); count > 0;
         count = read(m_pipe, buffer.data(), buffer.size()))
        m_said.append(buffer.data(), static_cast<std::size_t>(count));
    close(m_pipe);
    int status = 0;
    waitpid(m_pid, &status, 0);
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace amayesh::test
