#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <ogrsf_frmts.h>

namespace amayesh::detail {

/// Gives the rows of one layer to GDAL in their order, a batch at a time, while the next batch is being filled: on a
/// thread of its own where more than one is allowed. Nobody else may use the layer's data set before `finish`.
class FeatureWriter {
public:
    /// Called with the number of the row (the first is 1) and GDAL's words; must throw.
    using Failure = std::function<void(std::size_t row, const std::string& why)>;

    FeatureWriter(OGRLayer& layer, Failure fail);
    FeatureWriter(const FeatureWriter&) = delete;  // its thread knows it by address
    FeatureWriter& operator=(const FeatureWriter&) = delete;
    ~FeatureWriter();  ///< Waits for the batch that is being written; drops what comes after it.

    /// The feature of the next row; it holds the fields of an earlier row, all of which are to be set.
    [[nodiscard]] OGRFeature& next();
    /// Takes that feature as it is now.  Throws: what `fail` throws, for this row or an earlier one.
    void add();
    /// Returns when every row is written.  Throws: as `add`.
    void finish();

private:
    struct Batch {
        std::vector<OGRFeatureUniquePtr> features;  ///< Kept to be filled again.
        std::size_t rows = 0;
        std::size_t bytes = 0;
    };
    void hand_over();
    void wait();
    void write_batches();
    void write(Batch& batch) noexcept;

    OGRLayer& m_layer;
    Failure m_fail;
    Batch m_filling;
    Batch m_handed;
    std::size_t m_rows_written = 0;
    std::exception_ptr m_failure;

    std::mutex m_guard;
    std::condition_variable m_changed;
    bool m_is_handed = false;  ///< While it is, the batch, the count and the failure are the thread's.
    bool m_is_ending = false;
    std::thread m_thread;  ///< Started with the first full batch.
};

}  // namespace amayesh::detail
