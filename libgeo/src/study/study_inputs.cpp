#include "study/study_inputs.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "study/load_paths.hpp"

namespace amayesh::detail {

namespace {

/// A Shapefile is several files: those beside it with its name.
void add_shapefile_parts(const std::filesystem::path& file, std::vector<std::filesystem::path>& inputs) {
    constexpr std::string_view endings[] = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx"};
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (ending != ".shp" && ending != ".dbf") return;
    for (const std::string_view part : endings) {
        std::string upper(part);
        std::ranges::transform(upper, upper.begin(),
                               [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        inputs.push_back(std::filesystem::path(file).replace_extension(part));
        inputs.push_back(std::filesystem::path(file).replace_extension(upper));
    }
}

}  // namespace

std::vector<std::filesystem::path> inputs_of(const Study& study) {
    std::vector<std::filesystem::path> inputs{study.file};
    inputs.insert(inputs.end(), study.standards_files.begin(), study.standards_files.end());
    const auto add = [&](const std::string& source) {
        if (source.empty()) return;
        for (const SourcePath& path : expand_source(source, study.file.parent_path())) {
            if (!path.is_file) continue;
            inputs.emplace_back(path.opened);
            add_shapefile_parts(path.opened, inputs);
        }
    };
    for (const LayerStudy& layer : study.layers) {
        for (const std::string& source : layer.sources) add(source);
        for (const Join& join : layer.joins) add(join.source);
        if (layer.derive) add(layer.derive->source);
    }
    for (const BackdropStudy& backdrop : study.backdrop)
        for (const std::string& source : backdrop.layer.sources) add(source);
    return inputs;
}

}  // namespace amayesh::detail
