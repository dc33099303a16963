#include <amayesh/core/parallel.hpp>

#include <atomic>
#include <stdexcept>
#include <vector>

#include <amayesh/core/error.hpp>
#include <catch2/catch.hpp>

using namespace amayesh;

namespace {

struct ThreadLimit {
    explicit ThreadLimit(std::size_t threads) : before{thread_limit()} { set_thread_limit(threads); }
    ~ThreadLimit() { set_thread_limit(before); }
    std::size_t before;
};

}  // namespace

TEST_CASE("every index is visited once at any thread count", "[core][parallel]") {
    for (const std::size_t threads : {1U, 2U, 7U}) {
        const ThreadLimit limit{threads};
        for (const std::size_t count : {0U, 1U, 9U, 1000U, 12345U}) {
            std::vector<std::atomic<int>> visits(count);
            parallel_for(count, 10, [&](std::size_t begin, std::size_t end) {
                for (std::size_t i = begin; i < end; ++i) ++visits[i];
            });
            for (std::size_t i = 0; i < count; ++i) REQUIRE(visits[i] == 1);
        }
    }
}

TEST_CASE("no chunk is smaller than the grain unless everything is", "[core][parallel]") {
    const ThreadLimit limit{4};
    std::atomic<std::size_t> least{1000}, chunks{0};
    parallel_for(1000, 64, [&](std::size_t begin, std::size_t end) {
        ++chunks;
        std::size_t seen = least;
        while (end - begin < seen && !least.compare_exchange_weak(seen, end - begin)) {
        }
    });
    CHECK(least >= 64);
    CHECK(chunks > 1);
}

TEST_CASE("the exception of the lowest failing index is thrown, at any thread count", "[core][parallel]") {
    for (const std::size_t threads : {1U, 2U, 5U}) {
        const ThreadLimit limit{threads};
        CHECK_THROWS_WITH(parallel_for(1000, 1,
                                       [](std::size_t begin, std::size_t end) {
                                           for (std::size_t i = begin; i < end; ++i)
                                               if (i >= 300) throw std::runtime_error{std::to_string(i)};
                                       }),
                          "300");
    }
}

TEST_CASE("a thread limit of zero is refused", "[core][parallel]") {
    CHECK_THROWS_AS(set_thread_limit(0), InvalidInput);
    CHECK(thread_limit() >= 1);
}
