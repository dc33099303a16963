#pragma once

#include <map>
#include <string>
#include <vector>

#include <amayesh/study/study_draft.hpp>

#include "study/folder_inventory.hpp"

namespace amayesh::detail {

/// A layer of the draft with what relations between layers are measured on.
struct ReadLayer {
    DraftLayer draft;
    std::map<std::string, std::vector<std::string>> texts;  ///< Of fields that may be keys, one text a row.

    [[nodiscard]] std::string folder() const;  ///< Of its files, below the draft's folder.
    [[nodiscard]] const std::vector<std::string>* texts_of_attribute(std::string_view attribute) const;
};

/// Reads the files of a group and guesses what their layers are. What cannot be read goes to `skipped`.
std::vector<ReadLayer> read_group(const FileGroup& group, const std::filesystem::path& folder,
                                  const DraftOptions& options, std::vector<SkippedFile>& skipped);

/// Makes the id of an area the field by which other tables of its folder name it.
void settle_ids(std::vector<ReadLayer>& layers);

/// Says which layers stand in the study, and joins tables to them.
void settle_uses(std::vector<ReadLayer>& layers);

/// The best join of a table to a layer; nothing where fewer than half of the layer's rows would find theirs, or the
/// table has nothing new.
std::optional<DraftJoin> find_join(const ReadLayer& layer, const ReadLayer& table);

}  // namespace amayesh::detail
