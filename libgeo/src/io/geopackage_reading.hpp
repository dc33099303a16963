#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <gdal_priv.h>

#include "io/raw_table.hpp"

struct sqlite3;

namespace amayesh::detail {

/// Ends a query on an open GeoPackage that gives nothing for five seconds: a view is a program, and may have no end.
class EndlessQueryGuard {
public:
    /// The data set must outlive the guard. Does nothing where it is no GeoPackage.
    explicit EndlessQueryGuard(GDALDataset& dataset);
    ~EndlessQueryGuard();
    EndlessQueryGuard(const EndlessQueryGuard&) = delete;  // registered with SQLite by address
    EndlessQueryGuard& operator=(const EndlessQueryGuard&) = delete;

    /// Something came: the time runs anew.
    void restart() noexcept { ++m_events; }

private:
    static int look(void* guard);
    sqlite3* m_database;
    std::uint64_t m_events = 0;
    std::uint64_t m_events_seen = 0;
    std::chrono::steady_clock::time_point m_since;
};

/// SQLite lets a numeric column hold text, which GDAL reads as 0, and fractions in an integer column, which it cuts:
/// such values become unknown, each with an entry.
void unset_values_of_other_types(GDALDataset& dataset, OGRLayer& layer, RawTable& raw,
                                 const VectorSourceOptions& options, ProblemReport& problems);

}  // namespace amayesh::detail
