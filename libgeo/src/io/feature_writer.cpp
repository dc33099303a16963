#include "io/feature_writer.hpp"

#include <utility>

#include <amayesh/core/parallel.hpp>

#include "io/gdal_session.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t most_rows = 1'000;                   ///< Of a batch: what starting a thread costs is lost in it.
constexpr std::size_t most_bytes = std::size_t{4} << 20U;  ///< Of its geometries, in memory twice.

}  // namespace

FeatureWriter::FeatureWriter(OGRLayer& layer, Failure fail) : m_layer{layer}, m_fail{std::move(fail)} {}

FeatureWriter::~FeatureWriter() {
    if (!m_thread.joinable()) return;
    {
        const std::scoped_lock lock{m_guard};
        m_is_ending = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

OGRFeature& FeatureWriter::next() {
    if (m_filling.rows == m_filling.features.size())
        m_filling.features.emplace_back(new OGRFeature(m_layer.GetLayerDefn()));
    return *m_filling.features[m_filling.rows];
}

void FeatureWriter::add() {
    const OGRGeometry* geometry = m_filling.features[m_filling.rows]->GetGeometryRef();
    if (geometry != nullptr) m_filling.bytes += geometry->WkbSize();
    ++m_filling.rows;
    if (m_filling.rows >= most_rows || m_filling.bytes >= most_bytes) hand_over();
}

void FeatureWriter::finish() {
    wait();
    write(m_filling);
    wait();
}

void FeatureWriter::hand_over() {
    if (thread_limit() == 1) return finish();
    wait();
    std::swap(m_filling, m_handed);
    if (!m_thread.joinable()) m_thread = std::thread([this] { write_batches(); });
    {
        const std::scoped_lock lock{m_guard};
        m_is_handed = true;
    }
    m_changed.notify_all();
}

/// Until the batch that was handed over is written.
void FeatureWriter::wait() {
    std::unique_lock lock{m_guard};
    m_changed.wait(lock, [this] { return !m_is_handed; });
    if (m_failure) std::rethrow_exception(m_failure);
}

void FeatureWriter::write_batches() {
    std::unique_lock lock{m_guard};
    for (;;) {
        m_changed.wait(lock, [this] { return m_is_handed || m_is_ending; });
        if (!m_is_handed) return;
        lock.unlock();
        write(m_handed);
        lock.lock();
        m_is_handed = false;
        m_changed.notify_all();
    }
}

void FeatureWriter::write(Batch& batch) noexcept {
    try {
        const GdalSession session(FileUse::writing, NetworkUse::refused);  // GDAL makes the table at the first row
        const GdalFailures failures;
        for (std::size_t i = 0; i < batch.rows; ++i, ++m_rows_written)
            if (m_layer.CreateFeature(batch.features[i].get()) != OGRERR_NONE || !failures.text().empty())
                m_fail(m_rows_written + 1, failures.text());
    } catch (...) {
        m_failure = std::current_exception();  // `wait` throws it
    }
    batch.rows = 0;
    batch.bytes = 0;
}

}  // namespace amayesh::detail
