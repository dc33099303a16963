#include "output/service_area_layers.hpp"

#include <amayesh/crs/transform.hpp>

#include "output/layer_writer.hpp"
#include "output/table_rows.hpp"

namespace amayesh::detail {

namespace {

const ServiceArea* reached_by(const UtilityService& service, ServiceKind kind) {
    switch (kind) {
        case ServiceKind::any_source:
            return &service.areas.any;
        case ServiceKind::with_headroom:
            return &service.areas.with_headroom;
        case ServiceKind::with_headroom_left:
            return service.areas.with_headroom_left ? &*service.areas.with_headroom_left : nullptr;
    }
    return nullptr;
}

const ServedPeople* people_of(const UtilityService& service, ServiceKind kind) {
    switch (kind) {
        case ServiceKind::any_source:
            return &service.any;
        case ServiceKind::with_headroom:
            return &service.with_headroom;
        case ServiceKind::with_headroom_left:
            return service.with_headroom_left ? &*service.with_headroom_left : nullptr;
    }
    return nullptr;
}

/// Calls with the row and its shape in the working CRS (null where there is none).
template <class Visit>
void for_each_service_area(const AllocationLayers& layers, const Visit& visit) {
    const GapLayers& gap = layers.gap;
    for (const UtilityKind utility : all_utilities)
        for (const ServiceKind kind : all_service_kinds) {
            if (utility == UtilityKind::telecom && kind == ServiceKind::with_headroom_left) continue;
            const UtilityService* service = layers.services[utility] ? &*layers.services[utility] : nullptr;
            const ServiceArea* reached = service ? reached_by(*service, kind) : nullptr;
            const ServedPeople* people = service ? people_of(*service, kind) : nullptr;
            visit(ServiceAreaRow{utility, kind, service, reached, people ? &people->total : nullptr, gap.area,
                                 gap.result.standards},
                  reached ? &reached->shape : nullptr);
        }
}

template <class Visit>
void for_each_unserved_rest(const AllocationLayers& layers, const Visit& visit) {
    const PlanningArea& area = layers.gap.area;
    for (const UtilityKind utility : all_utilities) {
        const auto& service = layers.services[utility];
        if (!service) continue;
        for (std::size_t i = 0; i < area.rural_districts.size(); ++i) {
            const DistrictService& reached = service->areas.any.districts[i];
            if (reached.counted)
                visit(UnservedRestRow{*service, reached, service->any.districts[i], area.rural_districts[i]},
                      &reached.unserved);
        }
    }
}

/// Shapes go to the output's CRS; edges of circles are long and are cut so that they stay where they were drawn.
template <class Row, class ForEach>
void write_shapes(const AllocationLayers& layers, const char* layer, std::span<const LayerColumn<Row>> columns,
                  VectorSink& sink, const ForEach& for_each_row) {
    const GapLayers& gap = layers.gap;
    const Transform from_working(gap.area.working_crs, gap.output_crs);
    sink.begin_layer(layer_definition(layer, GeometryKind::multi_polygon, gap.language), gap.output_crs);
    LayerWriter<Row> writer(sink, columns);
    for_each_row([&](const Row& row, const MultiPolygon* shape) {
        const bool is_drawn = shape && !shape->parts.empty();
        writer.add(is_drawn ? Geometry{from_working.apply(*shape)} : Geometry{}, row);
    });
}

}  // namespace

void write_service_areas(const AllocationLayers& layers, VectorSink& sink) {
    write_shapes(layers, "service_areas", service_area_columns(), sink,
                 [&](const auto& visit) { for_each_service_area(layers, visit); });
}

void write_unserved_rest(const AllocationLayers& layers, VectorSink& sink) {
    write_shapes(layers, "unserved_rest", unserved_rest_columns(), sink,
                 [&](const auto& visit) { for_each_unserved_rest(layers, visit); });
}

}  // namespace amayesh::detail

namespace amayesh {

TableRows service_area_rows(const AllocationLayers& layers) {
    return detail::rows_of(detail::service_area_columns(),
                           [&](const auto& visit) { detail::for_each_service_area(layers, visit); });
}

TableRows unserved_rest_rows(const AllocationLayers& layers) {
    return detail::rows_of(detail::unserved_rest_columns(),
                           [&](const auto& visit) { detail::for_each_unserved_rest(layers, visit); });
}

}  // namespace amayesh
