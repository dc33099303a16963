#include "study/load_crs.hpp"

#include <cmath>
#include <span>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

#include "study/load_geometry.hpp"

namespace amayesh::detail {
namespace {

void add_bounds(Box& box, std::span<const Point> points) {
    for (const Point& p : points)
        if (std::isfinite(p.x) && std::isfinite(p.y) && (p.x != 0 || p.y != 0)) box.add(p);
}

Box bounds_of(const Geometry& geometry) {
    Box box;
    if (const auto* point = std::get_if<Point>(&geometry)) add_bounds(box, {point, 1});
    if (const auto* points = std::get_if<MultiPoint>(&geometry)) add_bounds(box, *points);
    if (const auto* lines = std::get_if<MultiLine>(&geometry))
        for (const LineString& line : lines->parts) add_bounds(box, line);
    if (const auto* shape = std::get_if<MultiPolygon>(&geometry))
        for (const Polygon& part : shape->parts) add_bounds(box, part.outer);
    return box;
}

bool are_degrees(const Box& box) {
    return box.min_x >= -180 && box.max_x <= 180 && box.min_y >= -90 && box.max_y <= 90;
}

bool are_exchanged_degrees(const Box& box) {
    return box.min_x >= -90 && box.max_x <= 90 && box.min_y >= -180 && box.max_y <= 180;
}

Problem crs_problem(Severity severity, ProblemKind kind, const InputRecord& record, std::string message,
                    std::string action) {
    return {.severity = severity,
            .kind = kind,
            .layer = record.role,
            .file = record.source,
            .message = std::move(message),
            .action = std::move(action)};
}

std::string text_of(const Box& box) {
    return fmt::format("x {:.6g} to {:.6g}, y {:.6g} to {:.6g}", box.min_x, box.max_x, box.min_y, box.max_y);
}

std::optional<Crs> report_wrong_degrees(const Box& box, const std::string& crs, const InputRecord& record,
                                        ProblemReport& problems) {
    if (are_exchanged_degrees(box)) {
        problems.add(crs_problem(Severity::error, ProblemKind::axes_swapped, record,
                                 fmt::format("{}: latitude and longitude are exchanged", text_of(box)), "left out"));
    } else {
        problems.add(crs_problem(
            Severity::error, ProblemKind::crs_missing, record,
            fmt::format("coordinates ({}) are not degrees as {} has them; state the true CRS with crs = \"EPSG:…\"",
                        text_of(box), crs),
            "left out"));
    }
    return std::nullopt;
}

void note_unused_crs(const Crs& own, const Crs& stated, const InputRecord& record, ProblemReport& problems) {
    if (own == stated) return;
    problems.add(crs_problem(Severity::warning, ProblemKind::crs_mixed, record,
                             fmt::format("the data states {}, the study {}", own.name(), stated.name()),
                             "the data's own CRS is used; crs = \"…\" is for data that states none"));
}

/// The CRS to work with, or nothing after an error entry.
std::optional<Crs> settle_crs(const FeatureTable& rows, const RowBounds& bounds, const LayerStudy& layer,
                              const InputRecord& record, ProblemReport& problems) {
    const Box& box = bounds.all;
    const bool is_wrong_for_degrees =
        2 * bounds.rows_in_degrees < bounds.rows;  // a few stray rows are those rows' fault
    if (rows.crs && !(rows.crs->is_geographic() && is_wrong_for_degrees)) {
        if (!layer.crs.empty()) note_unused_crs(*rows.crs, Crs::parse(layer.crs), record, problems);
        return rows.crs;
    }
    if (!layer.crs.empty()) {
        Crs stated = Crs::parse(layer.crs);
        if (stated.is_geographic() && is_wrong_for_degrees)
            return report_wrong_degrees(box, stated.name(), record, problems);
        problems.add(crs_problem(rows.crs ? Severity::warning : Severity::note, ProblemKind::crs_assigned, record,
                                 rows.crs ? fmt::format("coordinates are not degrees as {} has them", rows.crs->name())
                                          : "the data states no CRS",
                                 fmt::format("taken as {}, as the study says", stated.name())));
        return stated;
    }
    if (rows.crs) return report_wrong_degrees(box, rows.crs->name(), record, problems);
    if (!layer.x_field.empty()) {
        if (is_wrong_for_degrees) return report_wrong_degrees(box, Crs::wgs84().name(), record, problems);
        return Crs::wgs84();
    }
    problems.add(crs_problem(Severity::error, ProblemKind::crs_missing, record,
                             fmt::format("layer '{}' has coordinates but states no CRS (no .prj?); say crs = "
                                         "\"EPSG:…\" in [layers.{}]",
                                         record.layer, record.role),
                             "left out"));
    return std::nullopt;
}

}  // namespace

RowBounds bounds_of_rows(const FeatureTable& rows) {
    RowBounds bounds;
    for (const Geometry& geometry : rows.geometries) {
        const Box box = bounds_of(geometry);
        if (box.is_empty()) continue;
        bounds.all.add(box);
        ++bounds.rows;
        if (!are_degrees(box)) continue;
        bounds.in_degrees.add(box);
        ++bounds.rows_in_degrees;
    }
    return bounds;
}

/// Whether the table can be used; its CRS and bounds are then known.
bool settle_place(LayerTable& table, const LayerStudy& layer, InputRecord& record, ProblemReport& problems) {
    if (table.rows.geometries.empty()) return true;
    const RowBounds bounds = bounds_of_rows(table.rows);
    table.crs = settle_crs(table.rows, bounds, layer, record, problems);
    if (!table.crs) return false;
    const Box& box = table.crs->is_geographic() ? bounds.in_degrees : bounds.all;
    record.crs = table.crs->name();
    try {
        table.degrees = transformed_bounds(box, *table.crs, Crs::wgs84());
    } catch (const CrsError& error) {
        problems.add(crs_problem(Severity::error, ProblemKind::crs_missing, record,
                                 fmt::format("coordinates ({}) do not fit {}: {}; state the true CRS", text_of(box),
                                             table.crs->name(), error.what()),
                                 "left out"));
        return false;
    }
    return true;
}

void note_mixed_crs(const LayerTables& layer, ProblemReport& problems) {
    const LayerTable* first = nullptr;
    for (const LayerTable& table : layer.tables) {
        if (!table.crs) continue;
        if (first == nullptr) first = &table;
        if (*table.crs == *first->crs) continue;
        problems.add({.severity = Severity::note,
                      .kind = ProblemKind::crs_mixed,
                      .layer = layer.role,
                      .file = table.rows.file,
                      .message = fmt::format("CRS {} differs from {} of {}", table.crs->name(), first->crs->name(),
                                             first->rows.file),
                      .action = "each reprojected by its own CRS"});
    }
}

}  // namespace amayesh::detail
