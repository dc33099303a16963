#include "progress_bar.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

namespace amayesh::tools {
namespace {

using namespace std::chrono_literals;

constexpr auto between_updates = 100ms;
constexpr auto before_estimate = 2s;
constexpr double part_before_estimate = 0.05;
constexpr std::size_t bar_length = 24;
constexpr std::size_t usual_columns = 80;

bool is_shown = false;

std::size_t terminal_columns() {
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_columns;
    return size.ws_col;
}

/// The first `most` characters of a UTF-8 text.
std::string_view cut(std::string_view text, std::size_t most) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins_character = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80;
        if (begins_character && characters++ == most) return text.substr(0, i);
    }
    return text;
}

std::string bar_of(double part) {
    const auto done = static_cast<std::size_t>(part * static_cast<double>(bar_length));
    return fmt::format(" [{:<{}}]", std::string(done, '#'), bar_length);
}

std::string estimate_of(const BarLine& line) {
    if (line.spent < before_estimate || line.part < part_before_estimate || line.part >= 1) return {};
    return fmt::format(", about {} left", rough_duration(line.spent * ((1 - line.part) / line.part)));
}

}  // namespace

std::string rough_duration(std::chrono::duration<double> time) {
    const auto seconds = static_cast<long>(std::ceil(time.count()));
    if (seconds <= 90) return fmt::format("{} s", seconds);
    const long minutes = (seconds + 59) / 60;
    if (minutes < 60) return fmt::format("{} min", minutes);
    return fmt::format("{} h {} min", minutes / 60, minutes % 60);
}

std::string text_of(const BarLine& line, std::size_t columns) {
    const std::string percent = fmt::format(" {:3.0f} %", std::floor(line.part * 100));
    const std::string end = percent + estimate_of(line);
    const std::string bar = bar_of(line.part);
    if (line.phase.size() + bar.size() + end.size() < columns) return std::string(line.phase) + bar + end;
    if (line.phase.size() + end.size() < columns) return std::string(line.phase) + end;
    const std::size_t room = columns > percent.size() ? columns - percent.size() - 1 : 0;
    return std::string(cut(line.phase, room)) + percent;
}

void ProgressBar::show(std::string_view phase, double part) {
    const Clock::time_point now = Clock::now();
    part = std::clamp(part, 0.0, 1.0);
    if (part < m_part || m_part >= 1) m_began = now;
    const bool is_new = phase != m_phase;
    m_part = part;
    if (part >= 1) return erase_progress_bar();
    if (!is_new && is_shown && now - m_drawn < between_updates) return;
    m_phase = phase;
    m_drawn = now;
    const std::string text = text_of({phase, part, now - m_began}, terminal_columns());
    fmt::print(stderr, "\r\033[K{}", text);
    std::fflush(stderr);
    is_shown = true;
}

void erase_progress_bar() {
    if (!is_shown) return;
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    is_shown = false;
}

}  // namespace amayesh::tools
