#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace amayesh::detail {

/// A zip on disk and a path inside it; an empty path stands for the only data file in it.
struct ZipName {
    std::filesystem::path archive;
    std::string member;
};

/// GDAL's name for the member. Members of one data set (x.shp, x.shx, x.dbf …) count together against the limit.
/// Throws: IoError: not a zip, no or several data files, too large when inflated, inflated beyond all measure.
[[nodiscard]] std::string find_zip_member(const ZipName& zip, const std::string& shown, std::uint64_t most_bytes);

/// True for an XLSX; checks what it inflates to.  Throws: IoError as `find_zip_member`.
[[nodiscard]] bool is_workbook(const ZipName& zip, const std::string& shown, std::uint64_t most_bytes);

}  // namespace amayesh::detail
