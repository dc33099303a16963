#include "interruption.hpp"

#include <atomic>
#include <csignal>

namespace amayesh::tools {
namespace {

constexpr int watched[] = {SIGINT, SIGTERM};

std::atomic<int> noted{0};                             // asked by the threads that work
static_assert(std::atomic<int>::is_always_lock_free);  // as a signal handler needs it

void note(int number) {
    noted = number;
    for (const int other : watched) std::signal(other, SIG_DFL);
}

}  // namespace

void watch_for_interruption() {
    for (const int number : watched) {
        struct sigaction action {};
        if (sigaction(number, nullptr, &action) != 0 || action.sa_handler != SIG_DFL) continue;
        action.sa_handler = note;
        action.sa_flags = SA_RESTART;  // a write that is under way goes on
        sigemptyset(&action.sa_mask);
        sigaction(number, &action, nullptr);
    }
}

int noted_interruption() noexcept { return noted; }

}  // namespace amayesh::tools
