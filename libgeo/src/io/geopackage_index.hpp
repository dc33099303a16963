#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

class OGREnvelope;

namespace amayesh::detail {

class GeoPackageDatabase;

/// The box of a row's geometry in single precision, rounded outwards: min x, max x, min y, max y.
struct IndexedBox {
    std::int64_t id = 0;
    std::array<float, 4> limits{};
};

[[nodiscard]] IndexedBox indexed_box(std::int64_t id, const OGREnvelope& box);

struct IndexedLayer {
    std::string name{};
    std::string id_column{};
    std::string geometry_column{};
    std::vector<IndexedBox> boxes{};  ///< Of the rows that have a geometry.
};

/// Gives a layer the spatial index of the GeoPackage standard (extension "RTree Spatial Indexes"): the tables of SQLite's
/// R-tree are filled with whole nodes, the rows in sort-tile-recursive order (Leutenegger, Lopez and Edgington 1997). One by one
/// through SQLite, which is what GDAL 3.6 does, rows take several times as long and leave a looser tree.
/// Cost: O(n log n).  Throws: IoError, as `database`.
void write_spatial_index(const GeoPackageDatabase& database, const IndexedLayer& layer);

}  // namespace amayesh::detail
