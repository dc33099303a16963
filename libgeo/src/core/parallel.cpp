#include <amayesh/core/parallel.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <vector>

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <amayesh/core/error.hpp>

namespace amayesh {
namespace {

constexpr std::size_t chunks_per_thread = 8;  // enough to even out chunks of unequal cost

std::size_t processors() noexcept { return static_cast<std::size_t>(std::max(1, tbb::info::default_concurrency())); }

std::atomic<std::size_t>& limit() noexcept {
    static std::atomic<std::size_t> threads{processors()};
    return threads;
}

}  // namespace

void set_thread_limit(std::size_t threads) {
    if (threads == 0) throw InvalidInput{"the number of threads must be at least 1"};
    limit() = threads;
}

std::size_t thread_limit() noexcept { return limit(); }

void parallel_for(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& body) {
    if (count == 0) return;
    const std::size_t threads = thread_limit();
    const std::size_t chunks =
        std::min(count / std::max<std::size_t>(grain, 1), threads == 1 ? 1 : threads * chunks_per_thread);
    if (chunks <= 1) return body(0, count);

    // Every chunk runs, and the exception of the lowest one wins, so that a failure is the same at any thread count.
    std::vector<std::exception_ptr> failures(chunks);
    tbb::task_arena arena{static_cast<int>(std::min(threads, processors()))};
    arena.execute([&] {
        tbb::parallel_for(std::size_t{0}, chunks, [&](std::size_t chunk) {
            try {
                body(count / chunks * chunk + std::min(chunk, count % chunks),
                     count / chunks * (chunk + 1) + std::min(chunk + 1, count % chunks));
            } catch (...) {
                failures[chunk] = std::current_exception();
            }
        });
    });
    for (const std::exception_ptr& failure : failures)
        if (failure) std::rethrow_exception(failure);
}

}  // namespace amayesh
