#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <amayesh/output/explanation.hpp>
#include <amayesh/study/load.hpp>

namespace amayesh::detail {

/// Finds where values stand in the tables that a study was read from. Borrows them.
class FieldOrigins {
public:
    /// Throws: InvalidInput where the tables were not kept.
    explicit FieldOrigins(const LoadedStudy& loaded);

    /// Once, or once a season.
    [[nodiscard]] std::vector<FieldOrigin> find(const FeatureKey& feature, std::string_view attribute) const;

private:
    struct Row {
        const KeptTable* table;
        std::size_t row;
        std::optional<UtilityKind> utility;  ///< Of sources: two utilities may have the same ids.
    };
    std::multimap<std::pair<std::string_view, std::string_view>, Row> m_rows;  ///< By role and id.
};

}  // namespace amayesh::detail
