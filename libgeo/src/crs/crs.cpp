#include <amayesh/crs/crs.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string_view>

#include <fmt/format.h>
#include <proj_experimental.h>

#include <amayesh/core/error.hpp>

#include "crs/proj.hpp"

namespace amayesh {
namespace {

using detail::ProjContext;
using detail::ProjPtr;

constexpr double radians_per_degree = std::numbers::pi / 180;
constexpr double unit_tolerance = 1e-9;
constexpr int sure = 90;  // per cent; PROJ's confidence from which on only names differ
constexpr std::size_t quoted_length = 120;

std::string quoted(std::string_view text) {
    return fmt::format("'{}{}'", text.substr(0, quoted_length), text.size() > quoted_length ? "…" : "");
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// "EPSG:32640", "EPSG:32640+5773", "urn:ogc:def:crs:EPSG::32640"
bool is_code(std::string_view lowered) {
    const auto is_word = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-' || c == '+';
    };
    if (lowered.starts_with("urn:ogc:def:crs:"))
        return std::all_of(lowered.begin(), lowered.end(), [&](char c) { return is_word(c) || c == ':'; });
    const auto colon = lowered.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < lowered.size() &&
           lowered.substr(0, colon) != "init" && lowered.substr(0, colon) != "file" &&
           std::all_of(lowered.begin(), lowered.end(), [&](char c) { return is_word(c) || c == ':'; }) &&
           lowered.find(':', colon + 1) == std::string_view::npos;
}

/// Text of a definition, as against a name, a path or an address.
bool is_definition(std::string_view lowered) {
    if (lowered.starts_with("{")) return true;
    if (lowered.find("+proj=") != std::string_view::npos || lowered.starts_with("proj=")) return true;
    const auto bracket = lowered.find_first_of("[(");
    return bracket != std::string_view::npos && bracket > 0 &&
           std::all_of(lowered.begin(), lowered.begin() + static_cast<std::ptrdiff_t>(bracket),
                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == ' '; });
}

/// Definitions may name grid files; none is opened on a text's word. "@null" names none.
bool names_a_file(std::string_view lowered) {
    for (const std::string_view key : {"nadgrids=", "geoidgrids="})
        for (auto at = lowered.find(key); at != std::string_view::npos; at = lowered.find(key, at + 1))
            if (!lowered.substr(at + key.size()).starts_with("@null")) return true;
    for (const std::string_view key : {"init=", "+grids=", "+file=", "parameterfile", "proj4_grids", "xy_grids="})
        if (lowered.find(key) != std::string_view::npos) return true;
    return false;
}

/// The horizontal, two-dimensional CRS in `object`; null for anything else.
ProjPtr horizontal(PJ_CONTEXT* context, ProjPtr object) {
    if (proj_get_type(object.get()) == PJ_TYPE_COMPOUND_CRS)
        object.reset(proj_crs_get_sub_crs(context, object.get(), 0));
    if (!object) return nullptr;
    switch (proj_get_type(object.get())) {
        case PJ_TYPE_GEOGRAPHIC_3D_CRS:
            return ProjPtr{proj_crs_demote_to_2D(context, nullptr, object.get())};
        case PJ_TYPE_GEOGRAPHIC_2D_CRS:
        case PJ_TYPE_PROJECTED_CRS:
        case PJ_TYPE_BOUND_CRS:
            return object;
        default:
            return nullptr;
    }
}

std::string wkt_of(PJ_CONTEXT* context, const PJ* crs) {
    constexpr std::array<const char*, 2> options{"MULTILINE=NO", nullptr};
    const char* wkt = proj_as_wkt(context, crs, PJ_WKT2_2019, options.data());
    return wkt ? wkt : "";
}

std::optional<int> epsg_id(const PJ* crs) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    if (!authority || !code || std::string_view{authority} != "EPSG") return std::nullopt;
    int number = 0;
    const std::string_view digits{code};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

/// The EPSG code of a CRS that came without one, as an ESRI .prj does; only one that PROJ calls equivalent.
std::optional<int> identified_epsg(PJ_CONTEXT* context, const PJ* crs) {
    int* confidences = nullptr;
    const detail::ProjListPtr matches{proj_identify(context, crs, "EPSG", nullptr, &confidences)};
    struct IntListDestroy {
        void operator()(int* list) const noexcept { proj_int_list_destroy(list); }
    };
    const std::unique_ptr<int, IntListDestroy> owned{confidences};
    if (!matches || proj_list_get_count(matches.get()) == 0 || confidences[0] < sure) return std::nullopt;
    const ProjPtr match{proj_list_get(context, matches.get(), 0)};
    if (!proj_is_equivalent_to_with_ctx(context, crs, match.get(), PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS))
        return std::nullopt;
    return epsg_id(match.get());
}

bool is_geographic_type(PJ_CONTEXT* context, const PJ* crs) {
    if (proj_get_type(crs) != PJ_TYPE_BOUND_CRS) return proj_get_type(crs) == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    const ProjPtr base{proj_get_source_crs(context, crs)};
    return base && (proj_get_type(base.get()) == PJ_TYPE_GEOGRAPHIC_2D_CRS ||
                    proj_get_type(base.get()) == PJ_TYPE_GEOGRAPHIC_3D_CRS);
}

}  // namespace

struct Crs::Definition {
    std::string wkt;
    std::string name;
    std::optional<int> epsg;
    bool is_geographic = false;
    bool is_projected_in_metres = false;
};

Crs::Crs(std::shared_ptr<const Definition> definition) : m_definition{std::move(definition)} {}

Crs Crs::parse(std::string_view text) {
    const std::string_view given = trimmed(text);
    const std::string lowered = lower(given);
    if (!is_code(lowered) && !is_definition(lowered))
        throw CrsError{
            fmt::format("{} is not a coordinate reference system: give a code as EPSG:32640, WKT, PROJJSON "
                        "or PROJ text; names, files and addresses are not looked up",
                        quoted(given))};
    if (names_a_file(lowered))
        throw CrsError{
            fmt::format("{} names a grid or parameter file; none is opened on a definition's word", quoted(given))};
    ProjContext& context = detail::thread_proj_context();
    context.forget_message();
    context.require_database();
    std::string definition{given};
    if (lowered.find("proj=") != std::string::npos && lowered.find("type=crs") == std::string::npos &&
        lowered.find_first_of("[{") == std::string::npos)
        definition += " +type=crs";
    ProjPtr object{proj_create(context.get(), definition.c_str())};
    if (!object)
        throw CrsError{fmt::format("{} is not a coordinate reference system that PROJ knows: {}", quoted(given),
                                   context.last_message())};
    object = horizontal(context.get(), std::move(object));
    if (!object)
        throw CrsError{fmt::format("{} is neither geographic nor projected: give the CRS of the map", quoted(given))};

    auto result = std::make_shared<Definition>();
    result->wkt = wkt_of(context.get(), object.get());
    if (result->wkt.empty())
        throw CrsError{fmt::format("{} cannot be written as WKT: {}", quoted(given), context.last_message())};
    result->name = proj_get_name(object.get());
    result->epsg = epsg_id(object.get());
    if (!result->epsg && proj_get_id_auth_name(object.get(), 0) == nullptr)
        result->epsg = identified_epsg(context.get(), object.get());
    result->is_geographic = is_geographic_type(context.get(), object.get());
    const double unit = detail::axis_unit(context.get(), object.get());
    if (result->is_geographic && std::abs(unit - radians_per_degree) > unit_tolerance)
        throw CrsError{fmt::format("{} counts angles in another unit than degrees", quoted(given))};
    result->is_projected_in_metres = !result->is_geographic && std::abs(unit - 1) <= unit_tolerance;
    return Crs{std::move(result)};
}

Crs Crs::wgs84() {
    static const Crs crs = parse("EPSG:4326");
    return crs;
}

const std::string& Crs::wkt() const noexcept { return m_definition->wkt; }
const std::string& Crs::name() const noexcept { return m_definition->name; }
std::optional<int> Crs::epsg() const noexcept { return m_definition->epsg; }
bool Crs::is_geographic() const noexcept { return m_definition->is_geographic; }
bool Crs::is_projected_in_metres() const noexcept { return m_definition->is_projected_in_metres; }

bool operator==(const Crs& a, const Crs& b) {
    if (a.m_definition == b.m_definition || a.wkt() == b.wkt()) return true;
    if (a.is_geographic() != b.is_geographic()) return false;
    PJ_CONTEXT* context = detail::thread_proj_context().get();
    const ProjPtr first{proj_create(context, a.wkt().c_str())};
    const ProjPtr second{proj_create(context, b.wkt().c_str())};
    return first && second &&
           proj_is_equivalent_to_with_ctx(context, first.get(), second.get(),
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
}

}  // namespace amayesh
