#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace amayesh::tools {

/// What the line of a progress bar says at a moment.
struct BarLine {
    std::string_view phase{};
    double part = 0;                         ///< Done, 0 to 1.
    std::chrono::duration<double> spent{0};  ///< Since the work began that `part` is of.
};

/// The line, in at most `columns` characters: "share supply [####      ]  40 %, about 12 s left". No estimate before 2 s or 5 %.
[[nodiscard]] std::string text_of(const BarLine& line, std::size_t columns);

/// "12 s", "3 min", "1 h 20 min"; rounded up.
[[nodiscard]] std::string rough_duration(std::chrono::duration<double> time);

/// Shows how far the work is, on the terminal of standard error: ten times a second at most, and when a phase begins.
class ProgressBar {
public:
    void show(std::string_view phase, double part);

private:
    using Clock = std::chrono::steady_clock;
    std::string m_phase;
    double m_part = 1;
    Clock::time_point m_began;
    Clock::time_point m_drawn;
};

/// Takes the bar's line away, for other words; nothing where none is shown.
void erase_progress_bar();

}  // namespace amayesh::tools
