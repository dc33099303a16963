#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "output/layer_columns.hpp"
#include "output/layer_writer.hpp"

namespace amayesh {

namespace detail {

namespace {

using Type = Column::Type;

FieldValue as_text(const FieldValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{:.12g}", *real);
    return value;
}

/// Names of the columns of `units` that differ.
FieldValue changed_columns(const ChangedUnitRow& row) {
    std::string names;
    for (const ChangedValue& value : row.unit.values)
        if (value.layer == "units") names += (names.empty() ? "" : ", ") + value.column;
    return text(names);
}

template <ChangeCause Cause>
FieldValue certainly(const ChangedUnitRow& row) {
    return flag(row.unit.reason.certain.has(Cause));
}

template <ChangeCause Cause>
FieldValue perhaps(const ChangedUnitRow& row) {
    return flag(row.unit.reason.possible.has(Cause));
}

constexpr LayerColumn<ChangedUnitRow> columns_of_units[] = {
    {"unit_id", "unit_id", Type::text, "", "", "Id", "شناسه", [](const ChangedUnitRow& r) { return text(r.unit.id); }},
    {"name", "name", Type::text, "", "no name given", "Name", "نام",
     [](const ChangedUnitRow& r) { return text(r.unit.name); }},
    {"change", "change", Type::text, "", "", "What happened to it", "نوع تغییر",
     [](const ChangedUnitRow& r) { return text(to_string(r.unit.change)); }},
    {"why", "why", Type::text, "", "", "Why", "علت",
     [](const ChangedUnitRow& r) { return text(to_string(r.unit.reason)); }},
    {"by_data", "by_data", Type::integer, "", "", "Data for certain (1 = yes)", "قطعاً از داده",
     certainly<ChangeCause::data>},
    {"by_standard", "by_stand", Type::integer, "", "", "Standard for certain (1 = yes)", "قطعاً از استاندارد",
     certainly<ChangeCause::standard>},
    {"by_method", "by_method", Type::integer, "", "", "Method for certain (1 = yes)", "قطعاً از روش",
     certainly<ChangeCause::method>},
    {"maybe_data", "may_data", Type::integer, "", "", "Perhaps data (1 = yes)", "شاید از داده",
     perhaps<ChangeCause::data>},
    {"maybe_standard", "may_stand", Type::integer, "", "", "Perhaps standard (1 = yes)", "شاید از استاندارد",
     perhaps<ChangeCause::standard>},
    {"maybe_method", "may_method", Type::integer, "", "", "Perhaps method (1 = yes)", "شاید از روش",
     perhaps<ChangeCause::method>},
    {"values_changed", "values", Type::integer, "values", "", "Values that differ", "شمار مقدارهای تغییرکرده",
     [](const ChangedUnitRow& r) { return count(r.unit.values.size()); }},
    {"columns_changed", "columns", Type::text, "", "none of units, or the unit is in one result alone",
     "Columns of units that differ", "ستون‌های تغییرکرده", changed_columns},
};

constexpr LayerColumn<ChangedValueRow> columns_of_values[] = {
    {"unit_id", "unit_id", Type::text, "", "", "Unit", "واحد",
     [](const ChangedValueRow& r) { return text(r.unit.id); }},
    {"layer", "layer", Type::text, "", "", "Layer", "لایه",
     [](const ChangedValueRow& r) { return text(r.value.layer); }},
    {"column", "column", Type::text, "", "", "Column", "ستون",
     [](const ChangedValueRow& r) { return text(r.value.column); }},
    {"utility", "utility", Type::text, "", "a column of units", "Utility", "خدمت",
     [](const ChangedValueRow& r) { return text(r.value.utility); }},
    {"case", "case", Type::text, "", "a column of units", "Case of the standards", "حالت",
     [](const ChangedValueRow& r) { return text(r.value.scenario); }},
    {"before", "before", Type::text, "", "no value in the first result", "In the first result", "پیش از تغییر",
     [](const ChangedValueRow& r) { return as_text(r.value.before); }},
    {"after", "after", Type::text, "", "no value in the second result", "In the second result", "پس از تغییر",
     [](const ChangedValueRow& r) { return as_text(r.value.after); }},
    {"difference", "differ", Type::real, "see unit", "one of them is no number, or unknown", "Second less first",
     "اختلاف", [](const ChangedValueRow& r) { return maybe(r.value.difference()); }},
    {"unit", "unit", Type::text, "", "no unit", "Unit of the amounts", "یکای مقدارها",
     [](const ChangedValueRow& r) { return text(r.value.unit); }},
    {"why", "why", Type::text, "", "", "Why", "علت",
     [](const ChangedValueRow& r) { return text(to_string(r.value.reason)); }},
};

}  // namespace

std::span<const LayerColumn<ChangedUnitRow>> changed_unit_columns() { return columns_of_units; }
std::span<const LayerColumn<ChangedValueRow>> changed_value_columns() { return columns_of_values; }

}  // namespace detail

namespace {

/// Of the second result's units: a layer has one kind of geometry, that of the rows that have any.
GeometryKind kind_of(const FeatureTable& units) {
    for (const Geometry& geometry : units.geometries) {
        if (std::holds_alternative<Point>(geometry)) return GeometryKind::point;
        if (std::holds_alternative<MultiPolygon>(geometry)) return GeometryKind::multi_polygon;
    }
    return GeometryKind::multi_polygon;
}

}  // namespace

void write_difference_layers(const ResultDifference& difference, const GapResultFile& second, TitleLanguage language,
                             VectorSink& sink) {
    using namespace detail;
    sink.begin_layer(layer_definition("changed_units", kind_of(second.units), language), second.units.crs);
    LayerWriter<ChangedUnitRow> units(sink, changed_unit_columns());
    for (const ChangedUnit& unit : difference.units) {
        const bool is_placed = unit.row_in_second && *unit.row_in_second < second.units.geometries.size();
        units.add(is_placed ? second.units.geometries[*unit.row_in_second] : Geometry{}, {unit});
    }
    sink.begin_layer(layer_definition("changed_values", GeometryKind::none, language), std::nullopt);
    LayerWriter<ChangedValueRow> values(sink, changed_value_columns());
    for (const ChangedUnit& unit : difference.units)
        for (const ChangedValue& value : unit.values) values.add({}, {unit, value});
}

}  // namespace amayesh
