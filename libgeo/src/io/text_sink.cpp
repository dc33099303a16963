#include <amayesh/io/text_sink.hpp>

#include "io/partial_target.hpp"

namespace amayesh {

struct TextSink::State {
    detail::PartialTarget target;
};

TextSink::TextSink(const std::filesystem::path& target, Overwrite overwrite,
                   std::span<const std::filesystem::path> inputs)
    : m_state{new State{{target, {.shape = detail::TargetShape::file, .overwrite = overwrite}, inputs}}} {}

TextSink::~TextSink() = default;
TextSink::TextSink(TextSink&&) noexcept = default;
TextSink& TextSink::operator=(TextSink&&) noexcept = default;

void TextSink::finish(std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    detail::write_file(m_state->target.place(), {bytes, text.size()}, m_state->target.target());
    m_state->target.publish();
}

}  // namespace amayesh
