#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <amayesh/core/export.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// A coordinate reference system. Equal when PROJ calls them equivalent (axis order aside).
/// Coordinates are always x = easting or longitude, y = northing or latitude.
class AMAYESH_EXPORT Crs {
public:
    /// From "EPSG:32640", "OGC:CRS84", a WKT 1/2 (ESRI's too), PROJJSON or PROJ text. Never opens a file or a URL.
    /// Throws: CrsError naming the text.
    static Crs parse(std::string_view text);
    static Crs wgs84();  ///< Longitude, latitude in degrees.

    [[nodiscard]] const std::string& wkt() const noexcept;  ///< WKT 2:2019, one line.
    [[nodiscard]] const std::string& name() const noexcept;
    [[nodiscard]] std::optional<int> epsg() const noexcept;
    [[nodiscard]] bool is_geographic() const noexcept;
    [[nodiscard]] bool is_projected_in_metres() const noexcept;

    friend AMAYESH_EXPORT bool operator==(const Crs& a, const Crs& b);

private:
    struct Definition;
    explicit Crs(std::shared_ptr<const Definition> definition);
    std::shared_ptr<const Definition> m_definition;
};

/// An equal-area CRS fitted to a region: Albers conic away from the equator, cylindrical near it, azimuthal near a
/// pole; its parameters are rounded to 0.5° so that a small change of the data leaves it as it is.
/// `degrees`: longitude and latitude bounds.  Throws: CrsError for an empty box or one over 180° wide.
AMAYESH_EXPORT Crs fit_equal_area_crs(const Box& degrees);

}  // namespace amayesh
