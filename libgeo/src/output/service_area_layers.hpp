#pragma once

#include <amayesh/io/vector_sink.hpp>
#include <amayesh/output/gap_layers.hpp>

namespace amayesh::detail {

/// Writes `service_areas`: a row for each utility and kind of source, also where the study has no layer of the utility.
void write_service_areas(const AllocationLayers& layers, VectorSink& sink);

/// Writes `unserved_rest`: a row for each utility with a layer and each rural district that was assessed, or that holds
/// settlements that were.
void write_unserved_rest(const AllocationLayers& layers, VectorSink& sink);

}  // namespace amayesh::detail
