#pragma once

#include <cstddef>
#include <functional>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// Most threads that the library uses from now on, at least 1. Results never depend on it.
AMAYESH_EXPORT void set_thread_limit(std::size_t threads);
AMAYESH_EXPORT std::size_t thread_limit() noexcept;

/// Runs `body(begin, end)` over [0, count) in chunks of at least `grain`, on up to `thread_limit()` threads.
/// The first exception thrown by a chunk is thrown here.
AMAYESH_EXPORT void parallel_for(std::size_t count, std::size_t grain,
                                 const std::function<void(std::size_t begin, std::size_t end)>& body);

}  // namespace amayesh
