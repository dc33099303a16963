#include <amayesh/io/output_folder.hpp>

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "io/partial_target.hpp"
#include "io/project_archive.hpp"

namespace amayesh {
namespace {

using namespace detail;  // NOLINT(google-build-using-namespace): this file is the face of the layer's private parts

namespace fs = std::filesystem;

constexpr std::size_t bytes_to_mark = 400;

bool begins_with_mark(const fs::path& file, const std::string& mark) {
    std::ifstream in(file, std::ios::binary);
    std::string head(bytes_to_mark, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    return head.find(mark) != std::string::npos;
}

/// Names alone do not tell: a summary.txt may be anybody's.
void refuse_foreign_folder(const fs::path& folder, const OutputFolderContent& content) {
    std::error_code error;
    if (!fs::is_directory(folder, error) || fs::is_empty(folder, error)) return;
    if (!begins_with_mark(folder / content.mark_file, content.mark))
        fail_to_write(folder, fmt::format("it holds no {} of this tool, so it may not be ours", content.mark_file),
                      "name another folder, or empty this one yourself");
    for (const std::string& name : content.names)
        if (name.ends_with(".qgz")) refuse_foreign_archive(folder / name);
}

}  // namespace

struct OutputFolder::State {
    State(const fs::path& wanted, const OutputFolderContent& content, Overwrite overwrite,
          std::span<const fs::path> inputs)
        : target{wanted, {TargetShape::folder, overwrite, {}, {}, content.names}, inputs} {
        refuse_foreign_folder(target.target(), content);
    }

    PartialTarget target;
};

OutputFolder::OutputFolder(const fs::path& target, const OutputFolderContent& content, Overwrite overwrite,
                           std::span<const fs::path> inputs)
    : m_state{std::make_unique<State>(target, content, overwrite, inputs)} {}

OutputFolder::~OutputFolder() = default;
OutputFolder::OutputFolder(OutputFolder&&) noexcept = default;
OutputFolder& OutputFolder::operator=(OutputFolder&&) noexcept = default;

fs::path OutputFolder::place_of(const std::string& name) const { return m_state->target.place() / name; }

void OutputFolder::write(const std::string& name, std::string_view text) {
    write_file(place_of(name), {reinterpret_cast<const unsigned char*>(text.data()), text.size()}, place_of(name));
}

void OutputFolder::finish() { m_state->target.publish(); }

}  // namespace amayesh
