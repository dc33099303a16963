#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <cpl_string.h>
#include <gdal_priv.h>

#include <amayesh/io/vector_sink.hpp>

#include "io/gdal_session.hpp"
#include "io/geopackage_schema.hpp"

namespace amayesh::detail {

/// The tables of one schema of a PostGIS database, which change together or not at all.
///
/// Layers are written to temporary tables of the connection, in a transaction that `publish` alone commits: the server
/// takes back what a failed or killed run leaves. While the connection is open, no other run may write to the schema.
class PostgresSink {
public:
    /// Throws: IoError: not on this machine, no connection, PostGIS or schema, a result is there without overwrite,
    /// another run is writing it.
    PostgresSink(const std::string& source, const VectorSinkOptions& options);

    /// What to give GDAL to write the next layer to; begins the transaction. To be called once.  Throws: IoError.
    [[nodiscard]] GDALDatasetUniquePtr take_data_set(GdalSession& session);
    /// Of the layer of that number (the first is 0), for GDAL.
    [[nodiscard]] static std::string staging_name(std::size_t layer);
    /// GDAL's options for such a table.
    [[nodiscard]] static CPLStringList staging_options();
    /// Makes numbers of the columns of real fields, which GDAL 3.6 must take for texts: of a number it hands on 15 digits.
    void keep_all_digits(GDALDataset& data_set, std::size_t layer, const LayerDefinition& definition,
                         GdalSession& session) const;

    /// Updates the tables from what was written to `data_set`, removes what is gone, and commits.  Throws: IoError.
    void publish(GDALDataset& data_set, const std::vector<WrittenLayer>& layers, GdalSession& session) const;

    [[nodiscard]] const std::string& shown() const noexcept { return m_shown; }

private:
    std::string m_shown;
    std::string m_schema;
    GDALDatasetUniquePtr m_data_set;
};

}  // namespace amayesh::detail
