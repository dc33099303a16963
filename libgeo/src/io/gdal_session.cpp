#include "io/gdal_session.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>
#include <utility>

#include <cpl_conv.h>
#include <cpl_http.h>
#include <gdal_frmts.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

#include "io/text_encoding.hpp"

namespace amayesh::detail {
namespace {

constexpr std::size_t most_messages = 20;  ///< A damaged file can complain once a record.

using NamedSetting = std::pair<const char*, const char*>;

constexpr std::array common_settings{
    NamedSetting{"GDAL_PAM_ENABLED", "NO"},         NamedSetting{"SHAPE_RESTORE_SHX", "NO"},
    NamedSetting{"OGR_SQLITE_LOAD_EXTENSIONS", ""}, NamedSetting{"CPL_CURL_GZIP", "NO"},
    NamedSetting{"OGR_XLSX_FIELD_TYPES", "AUTO"},   NamedSetting{"OGR_GEOMETRY_ACCEPT_UNCLOSED_RING", "YES"},
};

constexpr std::array reading_settings{
    NamedSetting{"OGR_SQLITE_PRAGMA", "trusted_schema=OFF,cell_size_check=ON"},
};

// A layer is written aside and synced once at the end: a journal would protect a file that nobody sees yet.
// What the cache holds until then is neither written twice nor read again. What was written is opened again to be
// counted: in a sheet that is all text the first row still holds the names.
constexpr std::array writing_settings{
    NamedSetting{"OGR_SQLITE_PRAGMA", ""},
    NamedSetting{"OGR_SQLITE_SYNCHRONOUS", "OFF"},
    NamedSetting{"OGR_SQLITE_JOURNAL", "OFF"},
    NamedSetting{"OGR_SQLITE_CACHE", "64"},
    NamedSetting{"OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"},
    NamedSetting{"OGR_XLSX_HEADERS", "FORCE"},
    NamedSetting{"PG_USE_COPY", "YES"},
};

constexpr std::array offline_settings{
    NamedSetting{"CPL_VSIL_CURL_ALLOWED_FILENAME", "/no network/"},
    NamedSetting{"GDAL_HTTP_CONNECTTIMEOUT", "1"},
    NamedSetting{"GDAL_HTTP_TIMEOUT", "1"},
    NamedSetting{"GDAL_HTTP_MAX_RETRY", "0"},
};

using Registration = void (*)();

void register_driver(const char* name, Registration registration) {
    if (GDALGetDriverByName(name) == nullptr) registration();
}

void register_our_drivers() {
    register_driver("ESRI Shapefile", RegisterOGRShape);
    register_driver("GPKG", RegisterOGRGeoPackage);
    register_driver("GeoJSON", RegisterOGRGeoJSON);
    register_driver("FlatGeobuf", RegisterOGRFlatGeobuf);
    register_driver("CSV", RegisterOGRCSV);
    register_driver("XLSX", RegisterOGRXLSX);
    register_driver("PostgreSQL", RegisterOGRPG);
    register_driver("Memory", RegisterOGRMEM);  // opens nothing; the answer of a database is held in it
    register_driver("GTiff", GDALRegister_GTiff);
    register_driver("COG", GDALRegister_COG);  // opens nothing: it writes
    OSRSetPROJEnableNetwork(0);
}

/// Takes the place of GDAL's HTTP client: a GeoJSON can name its CRS by an address, and GDAL would go there.
CPLHTTPResult* refuse_request(const char* address, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*,
                              void*) {
    const std::string why = std::string("the data names an address (") + address + "), and nothing is fetched";
    CPLError(CE_Failure, CPLE_NotSupported, "%s", why.c_str());
    auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup(why.c_str());
    return result;  // GDAL frees it
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all.append(all.empty() ? "" : "; ").append(text);
    return all;
}

void keep(std::vector<std::string>& messages, const char* text) {
    if (messages.size() < most_messages) messages.emplace_back(text);
}

}  // namespace

std::string in_one_line(const std::string& message) {
    constexpr std::size_t longest = 300;
    std::string text = message;
    const auto keep_after_last = [&text](std::string_view mark) {
        if (const std::size_t at = text.rfind(mark); at != std::string::npos) text.erase(0, at + mark.size());
    };
    if (text.find("sqlite3_") != std::string::npos) keep_after_last("failed: ");
    if (text.starts_with("failed to prepare SQL")) keep_after_last(" - ");
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    while (text.ends_with(' ')) text.pop_back();
    return text.size() > longest ? std::string(utf8_prefix(std::string_view(text).substr(0, longest))) + " …" : text;
}

GdalSession::GdalSession(FileUse use, NetworkUse network) : m_is_offline{network == NetworkUse::refused} {
    static std::once_flag registered;
    std::call_once(registered, register_our_drivers);
    const auto set = [this](const auto& settings) {
        for (const auto& [name, value] : settings) {
            const char* old_value = CPLGetThreadLocalConfigOption(name, nullptr);
            m_settings.push_back({name, old_value ? old_value : "", old_value != nullptr});
            CPLSetThreadLocalConfigOption(name, value);
        }
    };
    set(common_settings);
    if (use == FileUse::reading)
        set(reading_settings);
    else
        set(writing_settings);
    if (m_is_offline) {
        set(offline_settings);
        CPLHTTPPushFetchCallback(refuse_request, nullptr);
    }
    CPLPushErrorHandlerEx(collect, this);
}

GdalSession::~GdalSession() {
    CPLPopErrorHandler();
    if (m_is_offline) CPLHTTPPopFetchCallback();
    for (const Setting& s : m_settings)
        CPLSetThreadLocalConfigOption(s.name, s.was_set ? s.old_value.c_str() : nullptr);
}

void CPL_STDCALL GdalSession::collect(CPLErr level, CPLErrorNum, const char* text) {
    auto* session = static_cast<GdalSession*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure) keep(session->m_failures, text);
    if (level == CE_Warning) keep(session->m_warnings, text);
}

std::string GdalSession::take_failures() {
    std::string text = joined(m_failures);
    m_failures.clear();
    m_warnings.clear();
    return text;
}

std::string GdalSession::take_first_failure() {
    std::string text = m_failures.empty() ? std::string() : in_one_line(m_failures.front());
    m_failures.clear();
    m_warnings.clear();
    return text;
}

std::string GdalSession::take_messages() {
    std::vector<std::string> all = std::move(m_failures);
    all.insert(all.end(), m_warnings.begin(), m_warnings.end());
    m_failures.clear();
    m_warnings.clear();
    return joined(all);
}

GdalFailures::GdalFailures() { CPLPushErrorHandlerEx(collect, this); }

GdalFailures::~GdalFailures() { CPLPopErrorHandler(); }

void CPL_STDCALL GdalFailures::collect(CPLErr level, CPLErrorNum, const char* text) {
    auto* failures = static_cast<GdalFailures*>(CPLGetErrorHandlerUserData());
    if (level >= CE_Failure && failures->m_text.empty()) failures->m_text = text;
}

}  // namespace amayesh::detail
