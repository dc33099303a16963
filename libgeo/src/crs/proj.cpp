#include "crs/proj.hpp"

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh::detail {

ProjContext::ProjContext() : m_handle{proj_context_create()} {
    if (!m_handle) throw CrsError{"PROJ gave no context"};
    proj_log_level(get(), PJ_LOG_ERROR);
    proj_log_func(get(), this, [](void* self, int, const char* message) {
        static_cast<ProjContext*>(self)->m_last_message = message;
    });
    proj_context_set_enable_network(get(), 0);
}

void ProjContext::require_database() const {
    if (!proj_context_get_database_path(get()))
        throw CrsError{fmt::format("PROJ's database proj.db is not in {}: install proj-data or set PROJ_LIB",
                                   proj_info().searchpath)};
}

ProjContext& thread_proj_context() {
    thread_local ProjContext context;
    return context;
}

double axis_unit(PJ_CONTEXT* context, const PJ* crs) {
    ProjPtr base;
    if (proj_get_type(crs) == PJ_TYPE_BOUND_CRS) {
        base.reset(proj_get_source_crs(context, crs));
        crs = base.get();
    }
    const ProjPtr system{proj_crs_get_coordinate_system(context, crs)};
    double unit = 0;
    if (!system ||
        !proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &unit, nullptr, nullptr, nullptr))
        return 0;
    return unit;
}

}  // namespace amayesh::detail
