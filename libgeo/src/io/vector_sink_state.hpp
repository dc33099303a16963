#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <amayesh/crs/transform.hpp>
#include <amayesh/io/vector_sink.hpp>

#include "io/feature_writer.hpp"
#include "io/gdal_session.hpp"
#include "io/geopackage_schema.hpp"
#include "io/memory_folder.hpp"
#include "io/partial_target.hpp"
#include "io/postgres_sink.hpp"
#include "io/sink_format.hpp"

namespace amayesh {

/// What a sink writes to: a target that appears at the end, or a transaction of a database; and what it has written of it.
struct VectorSink::State {
    State(const std::filesystem::path& wanted, const VectorSinkOptions& asked,
          std::span<const std::filesystem::path> inputs);
    /// GDAL holds the files open: they are closed before `target` removes them. A transaction that is open it would commit.
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    // the target

    void connect(const std::filesystem::path& wanted);
    void require_room_for_layers() const;
    [[nodiscard]] bool has_project() const noexcept { return options.with_project && is_on_disk(); }
    [[nodiscard]] bool is_on_disk() const noexcept { return format.driver == detail::SinkDriver::geopackage; }
    void create_data_set(const std::string& name, detail::GdalSession& session);
    /// The server says here what it has against the rows of the layer.
    void flush_to_database() const;
    void close_data_set(detail::GdalSession& session);
    /// Opens what was written and counts: a driver that lost a row without a word is found here.
    void check_memory_files(detail::GdalSession& session) const;
    void write_memory_files() const;
    void finish_on_disk() const;

    // its layers

    void start_layer(const LayerDefinition& layer, const std::optional<Crs>& crs);
    void add_row(const Geometry& geometry, std::span<const FieldValue> values);
    /// Writes what is left of the layer: its rows, and as a table beside it those that its format cannot hold.
    void end_layer();
    /// Leaves the data set to this thread.
    void finish_rows();
    /// Of a layer of its own file: a table has no place in a FlatGeobuf (GDAL 3.6 writes 0 bytes), and lies beside it as CSV.
    [[nodiscard]] detail::SinkFormat format_of(const LayerDefinition& layer) const;
    void open_layer(const LayerDefinition& layer, const std::optional<Crs>& crs, detail::GdalSession& session);
    void add_fields(detail::GdalSession& session);
    void set_field(OGRFeature& feature, int index, const FieldValue& value);
    void report_cut(int index, std::size_t bytes);

    [[noreturn]] void fail_with(detail::GdalSession& session, const std::string& where = "") const;
    [[noreturn]] void fail_with(const std::string& why) const;
    [[noreturn]] void fail_at_row(const std::string& why) const;

    VectorSinkOptions options;
    detail::SinkFormat format;
    detail::TargetShape shape;
    std::optional<detail::PartialTarget> target;   ///< Of files.
    std::optional<detail::PostgresSink> database;  ///< Or this.
    std::filesystem::path shown;                   ///< In messages of failures.
    std::string given;                             ///< As the caller named it, but for a password.
    detail::MemoryFolder memory;
    GDALDatasetUniquePtr data_set;
    OGRLayer* layer = nullptr;
    std::optional<detail::FeatureWriter> writer;  ///< Of the layer that was begun.
    std::optional<Transform> to_wgs84;            ///< Of its geometries, where RFC 7946 asks for degrees.
    std::vector<detail::WrittenLayer> written;
    std::optional<QgisProject> project;
    std::string metadata;
    struct File {
        std::string name;
        detail::SinkFormat format;
    };
    std::vector<File> files;                             ///< Of the layers, where each has its own.
    std::vector<std::vector<FieldValue>> without_place;  ///< Rows that the layer's format cannot hold.
    std::set<std::string> identifiers;
    std::string buffer;
    ProblemReport problems;
    bool is_finished = false;
};

}  // namespace amayesh
