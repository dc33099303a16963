#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include <amayesh/core/export.hpp>
#include <amayesh/core/units.hpp>
#include <amayesh/crs/crs.hpp>
#include <amayesh/geometry/types.hpp>

namespace amayesh {

/// Straight edges may lie this far from their image after a transformation (see `Transform::apply`).
inline constexpr Metres default_sag{0.1};

/// Moves coordinates from one CRS to another, by the most accurate operation that PROJ has on this machine
/// (network off). One object a thread: to make one looks the operation up (some milliseconds), to copy one does not.
class AMAYESH_EXPORT Transform {
public:
    /// Throws: CrsError where no operation exists, or only a "ballpark" one.
    Transform(const Crs& from, const Crs& to);
    ~Transform();
    Transform(const Transform& other);  ///< Another thread may copy a transform that nobody uses meanwhile.
    Transform(Transform&&) noexcept;
    Transform& operator=(Transform&&) noexcept;

    [[nodiscard]] bool is_identity() const noexcept;
    [[nodiscard]] const std::string& operation() const noexcept;    ///< PROJ's name for what is done.
    [[nodiscard]] std::optional<Metres> accuracy() const noexcept;  ///< Stated by PROJ; nothing if unknown.

    /// In place. Throws: CrsError naming the first point that cannot be transformed.
    void apply(std::span<Point> points) const;
    [[nodiscard]] Point apply(Point p) const;

    /// Edges are straight in the CRS they come from: they are cut into pieces whose image lies within `sag` of its chord,
    /// then transformed. In degrees every piece's geodesic lies within `sag` of the piece too, whatever the CRS it comes
    /// from, so that areas and distances on the ellipsoid are those of the edges as drawn; the identity does this as well.
    /// Closed rings stay closed; shared edges get the same vertices from both sides.
    ///
    /// Method: the number of pieces follows from the edge's length and the greatest second derivative of the
    ///         transformation, measured once for each tile of 1° or 100 km with a factor of 2 for safety.
    /// Throws: CrsError for a point without an image or an edge that leaves the area where the transformation works;
    ///         InvalidInput for a sag that is not positive.
    [[nodiscard]] MultiPolygon apply(const MultiPolygon& shape, Metres sag = default_sag) const;
    [[nodiscard]] MultiLine apply(const MultiLine& lines, Metres sag = default_sag) const;

private:
    struct Operation;
    std::unique_ptr<Operation> m_operation;
};

}  // namespace amayesh
