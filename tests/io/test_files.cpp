#include "io/test_files.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace amayesh::test {
namespace {

namespace fs = std::filesystem;

OGRFieldType field_type(const std::string& name) {
    if (name == "integer") return OFTInteger64;
    if (name == "real") return OFTReal;
    if (name == "date") return OFTDate;
    return OFTString;
}

void add_layer(GDALDataset& dataset, const TestLayer& test, const std::vector<std::string>& options) {
    CPLStringList list;
    for (const std::string& option : options) list.AddString(option.c_str());
    OGRSpatialReference crs;
    crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (!test.crs.empty()) crs.SetFromUserInput(test.crs.c_str());
    OGRLayer* layer = dataset.CreateLayer(
        test.name.c_str(), test.crs.empty() ? nullptr : &crs,
        test.geometry_type == "None" ? wkbNone : OGRFromOGCGeomType(test.geometry_type.c_str()), list.List());
    if (layer == nullptr) throw std::runtime_error("no layer made: " + std::string(CPLGetLastErrorMsg()));
    for (const std::string& field : test.fields) {
        const std::size_t colon = field.find(':');
        OGRFieldDefn definition(field.substr(0, colon).c_str(), field_type(field.substr(colon + 1)));
        layer->CreateField(&definition);
    }
    for (const TestRow& row : test.rows) {
        OGRFeature feature(layer->GetLayerDefn());
        for (std::size_t i = 0; i < row.values.size(); ++i)
            if (!row.values[i].empty()) feature.SetField(static_cast<int>(i), row.values[i].c_str());
        OGRGeometry* shape = nullptr;
        if (!row.wkt.empty()) OGRGeometryFactory::createFromWkt(row.wkt.c_str(), nullptr, &shape);
        feature.SetGeometryDirectly(shape);
        if (layer->CreateFeature(&feature) != OGRERR_NONE) throw std::runtime_error("no feature made");
    }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "amayesh-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string TemporaryFolder::write(std::string_view name, std::string_view bytes) const {
    const fs::path file = m_path / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
}

std::map<std::string, std::string> TemporaryFolder::contents() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(m_path))
        all[entry.path().lexically_relative(m_path).string()] = entry.is_regular_file() ? read_bytes(entry.path()) : "";
    return all;
}

std::string read_bytes(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void cut_file(const fs::path& file, double part) {
    fs::resize_file(file, static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(file)) * part));
}

void overwrite_bytes(const fs::path& file, std::size_t at, std::string_view bytes) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(at));
    stream << bytes;
}

void make_data_set(const std::string& file, const std::string& driver, const std::vector<TestLayer>& layers,
                   const std::vector<std::string>& options) {
    GDALAllRegister();
    GDALDriver* maker = GetGDALDriverManager()->GetDriverByName(driver.c_str());
    GDALDatasetUniquePtr dataset(maker->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) throw std::runtime_error("no data set made: " + file);
    for (const TestLayer& layer : layers) add_layer(*dataset, layer, options);
}

std::vector<Problem> entries_of(const ProblemReport& problems, ProblemKind kind) {
    std::vector<Problem> found;
    for (const Problem& problem : problems.entries())
        if (problem.kind == kind) found.push_back(problem);
    return found;
}

void make_zip(const std::string& file, const std::map<std::string, std::string>& members) {
    void* zip = CPLCreateZip(file.c_str(), nullptr);
    for (const auto& [name, bytes] : members) {
        CPLCreateFileInZip(zip, name.c_str(), nullptr);
        CPLWriteFileInZip(zip, bytes.data(), static_cast<int>(bytes.size()));
        CPLCloseFileInZip(zip);
    }
    CPLCloseZip(zip);
}

}  // namespace amayesh::test
