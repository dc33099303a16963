#pragma once

namespace amayesh::tools {

/// From now on the first SIGINT (Ctrl-C) or SIGTERM is noted; a second one ends the program at once. A signal that is
/// ignored (nohup, a shell's background) stays ignored.
void watch_for_interruption();

/// The signal that was noted; 0 = none.
[[nodiscard]] int noted_interruption() noexcept;

}  // namespace amayesh::tools
