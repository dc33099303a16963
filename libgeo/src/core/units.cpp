#include <amayesh/core/units.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <amayesh/core/error.hpp>

namespace amayesh {
namespace {

constexpr double seconds_per_hour = 3600;
constexpr double hours_per_day = 24;
constexpr double hours_per_year = 365 * hours_per_day;  // the year of water licences: 1 million m³/year = 31.71 L/s
constexpr double litres_per_cubic_metre = 1000;
constexpr double litres_per_second_per_cubic_metre_per_hour = litres_per_cubic_metre / seconds_per_hour;
constexpr double square_metres_per_acre = 4046.8564224;
constexpr double bits_per_byte = 8;
constexpr double kilometres_per_mile = 1.609344;

/// A unit and how else it is written. Spellings are in the form that `plain` leaves.
/// Volume flows stand under gas, whose base is m³/h; water is converted from there.
struct UnitRow {
    UnitOfMeasure unit;
    std::vector<std::string_view> spellings;
};

const std::vector<UnitRow>& unit_rows() {
    using enum Dimension;
    static const std::vector<UnitRow> rows{
        {{"m", length, 1}, {"m", "metre", "metres", "meter", "meters"}},
        {{"km", length, 1000}, {"km", "kilometre", "kilometres", "kilometer", "kilometers"}},
        {{"m2", area, 1e-4}, {"m2", "m^2", "sqm", "sq m", "square metre", "square metres", "square meters"}},
        {{"ha", area, 1}, {"ha", "hectare", "hectares"}},
        {{"km2", area, 100}, {"km2", "km^2", "sqkm", "sq km", "square kilometres", "square kilometers"}},
        {{"acre", area, square_metres_per_acre / 1e4}, {"acre", "acres"}},
        {{"L/s", water_flow, 1}, {"l/s", "lps", "l/sec", "lit/s", "litre/s", "liter/s", "litres/s", "liters/s"}},
        {{"L/min", water_flow, 1.0 / 60}, {"l/min", "lpm"}},
        {{"m3/s", gas_flow, seconds_per_hour}, {"m3/s", "m^3/s", "cms", "m3/sec"}},
        {{"m3/h", gas_flow, 1}, {"m3/h", "m^3/h", "m3/hr", "m3/hour", "cmh"}},
        {{"m3/day", gas_flow, 1 / hours_per_day}, {"m3/day", "m^3/day", "m3/d", "cmd"}},
        {{"thousand m3/day", gas_flow, 1e3 / hours_per_day}, {"thousand m3/day", "1000 m3/day", "thousand m3/d"}},
        {{"million m3/day", gas_flow, 1e6 / hours_per_day}, {"million m3/day", "mcm/day", "million m3/d", "mmscmd"}},
        {{"m3/year", gas_flow, 1 / hours_per_year}, {"m3/year", "m^3/year", "m3/a", "m3/yr", "m3/y"}},
        {{"thousand m3/year", gas_flow, 1e3 / hours_per_year}, {"thousand m3/year", "1000 m3/year"}},
        {{"million m3/year", gas_flow, 1e6 / hours_per_year},
         {"million m3/year", "million m3/yr", "million m3/a", "mcm/year", "mcm/yr", "mcm/a", "hm3/year"}},
        {{"W", electric_power, 1e-6}, {"w", "watt", "watts"}},
        {{"kW", electric_power, 1e-3}, {"kw", "kilowatt", "kilowatts"}},
        {{"MW", electric_power, 1}, {"mw", "megawatt", "megawatts"}},
        {{"GW", electric_power, 1e3}, {"gw", "gigawatt", "gigawatts"}},
        {{"kVA", apparent_power, 1e-3}, {"kva"}},
        {{"MVA", apparent_power, 1}, {"mva"}},
        {{"kbit/s", data_rate, 1e-3}, {"kbit/s", "kbps"}},
        {{"Mbit/s", data_rate, 1}, {"mbit/s", "mbps"}},
        {{"Gbit/s", data_rate, 1e3}, {"gbit/s", "gbps"}},
        {{"Tbit/s", data_rate, 1e6}, {"tbit/s", "tbps"}},
        {{"Mbyte/s", data_rate, bits_per_byte}, {"mbyte/s"}},
        {{"km/h", speed, 1}, {"km/h", "kmh", "kph", "kmph", "km/hr", "km/hour"}},
        {{"m/s", speed, 3.6}, {"m/s", "m/sec", "mps"}},
        {{"mph", speed, kilometres_per_mile}, {"mph", "mi/h", "miles/h", "miles/hour"}},
        {{"%", share, 0.01}, {"%", "percent", "per cent", "pct"}},
        {{"share", share, 1}, {"share", "fraction", "ratio"}},
        {{"people", people, 1}, {"people", "person", "persons", "inhabitants"}},
        {{"thousand people", people, 1e3}, {"thousand people", "1000 people"}},
        {{"count", count, 1}, {"count", "number", "pieces"}},
    };
    return rows;
}

/// Spellings whose letter case decides: a megabyte is not a megabit, a milliwatt is not a megawatt.
struct CaseRow {
    std::string_view spelling;
    std::string_view unit;  // empty: known to be none of ours
};
constexpr CaseRow case_rows[] = {
    {"kb/s", "kbit/s"},  {"Kb/s", "kbit/s"}, {"Mb/s", "Mbit/s"}, {"Gb/s", "Gbit/s"}, {"MB/s", "Mbyte/s"},
    {"MBps", "Mbyte/s"}, {"KBps", ""},       {"kBps", ""},       {"GBps", ""},       {"mW", ""},
};

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string result;
    for (std::size_t at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
        result.append(text.substr(0, at)).append(to);
        text.remove_prefix(at + from.size());
    }
    return result.append(text);
}

/// Superscripts, dots, middle dots and runs of spaces made plain; letter case kept.
std::string plain_with_case(std::string_view name) {
    std::string text{name};
    for (const auto& [from, to] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"²", "2"}, {"³", "3"}, {"٪", "%"}, {"\u00a0", " "}, {" per ", "/"}, {"\t", " "}, {"  ", " "}})
        text = replaced(text, from, to);
    text = replaced(replaced(text, " /", "/"), "/ ", "/");
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Levenshtein distance in bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

std::string_view words(Dimension dimension) {
    switch (dimension) {
        case Dimension::length:
            return "a length";
        case Dimension::area:
            return "an area";
        case Dimension::water_flow:
            return "a water flow";
        case Dimension::electric_power:
            return "electric power";
        case Dimension::apparent_power:
            return "apparent power";
        case Dimension::gas_flow:
            return "a volume flow";
        case Dimension::data_rate:
            return "a data rate";
        case Dimension::speed:
            return "a speed";
        case Dimension::share:
            return "a share";
        case Dimension::people:
            return "a number of people";
        case Dimension::count:
            return "a count";
    }
    return "";
}

double power_from_apparent(double megavolt_amperes, const UnitOfMeasure& unit, std::optional<double> power_factor) {
    if (!power_factor)
        throw InvalidInput{
            fmt::format("{} is apparent power: give a power_factor (0.9 is usual) or a field in MW", unit.name)};
    if (!(*power_factor > 0 && *power_factor <= 1))
        throw InvalidInput{fmt::format("power_factor {} is outside (0, 1]", *power_factor)};
    return megavolt_amperes * *power_factor;
}

}  // namespace

std::optional<UnitOfMeasure> find_unit(std::string_view name) {
    std::string text = plain_with_case(name);
    for (const CaseRow& row : case_rows) {
        if (row.spelling != text) continue;
        if (row.unit.empty()) return std::nullopt;
        text = row.unit;
    }
    text = lower(std::move(text));
    for (const UnitRow& row : unit_rows())
        if (std::find(row.spellings.begin(), row.spellings.end(), text) != row.spellings.end()) return row.unit;
    return std::nullopt;
}

std::vector<std::string_view> unit_names_for(Dimension wanted) {
    std::vector<std::string_view> names;
    for (const UnitRow& row : unit_rows()) {
        const bool is_power = wanted == Dimension::electric_power && row.unit.dimension == Dimension::apparent_power;
        const bool is_flow = wanted == Dimension::water_flow && row.unit.dimension == Dimension::gas_flow;
        if (row.unit.dimension == wanted || is_power || is_flow) names.push_back(row.unit.name);
    }
    return names;
}

std::string nearest_unit_name(std::string_view name) {
    const std::string text = lower(plain_with_case(name));
    std::string_view nearest;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const UnitRow& row : unit_rows())
        for (const std::string_view spelling : row.spellings)
            if (const std::size_t distance = edit_distance(text, spelling); distance < least) {
                least = distance;
                nearest = row.unit.name;
            }
    return std::string{nearest};
}

double convert_to_base(double value, const UnitOfMeasure& unit, Dimension wanted, std::optional<double> power_factor) {
    const double base = value * unit.to_base;
    if (unit.dimension == wanted) return base;
    if (unit.dimension == Dimension::gas_flow && wanted == Dimension::water_flow)
        return base * litres_per_second_per_cubic_metre_per_hour;
    if (unit.dimension == Dimension::apparent_power && wanted == Dimension::electric_power)
        return power_from_apparent(base, unit, power_factor);
    throw InvalidInput{
        fmt::format("{} measures {}, where {} is wanted", unit.name, words(unit.dimension), words(wanted))};
}

}  // namespace amayesh
