#pragma once

#include <memory>
#include <string>

#include <proj.h>

namespace amayesh::detail {

struct ProjDestroy {
    void operator()(PJ* object) const noexcept { proj_destroy(object); }
};
using ProjPtr = std::unique_ptr<PJ, ProjDestroy>;

struct ProjListDestroy {
    void operator()(PJ_OBJ_LIST* list) const noexcept { proj_list_destroy(list); }
};
using ProjListPtr = std::unique_ptr<PJ_OBJ_LIST, ProjListDestroy>;

struct ProjOperationFactoryDestroy {
    void operator()(PJ_OPERATION_FACTORY_CONTEXT* factory) const noexcept {
        proj_operation_factory_context_destroy(factory);
    }
};
using ProjOperationFactoryPtr = std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, ProjOperationFactoryDestroy>;

/// A PROJ context without network whose messages are kept instead of printed. One thread at a time; outlives what is
/// made with it.
class ProjContext {
public:
    ProjContext();
    ProjContext(const ProjContext&) = delete;  // PROJ holds its address
    ProjContext& operator=(const ProjContext&) = delete;

    [[nodiscard]] PJ_CONTEXT* get() const noexcept { return m_handle.get(); }
    [[nodiscard]] const std::string& last_message() const noexcept { return m_last_message; }
    void forget_message() noexcept { m_last_message.clear(); }
    /// Throws: CrsError with the folders looked in where PROJ's database is missing.
    void require_database() const;

private:
    struct Destroy {
        void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
    };
    std::string m_last_message;
    std::unique_ptr<PJ_CONTEXT, Destroy> m_handle;
};

/// This thread's context, for what does not leave the thread.
ProjContext& thread_proj_context();

/// Metres or radians to one unit of the CRS's first axis; 0 if unknown.
double axis_unit(PJ_CONTEXT* context, const PJ* crs);

}  // namespace amayesh::detail
