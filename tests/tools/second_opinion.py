"""Distances, circles and areas by other means than the command: Vincenty's formula, shapely in azimuthal projections."""

import math

import shapely.geometry
import shapely.ops
import shapely.wkb
from osgeo import ogr, osr

osr.UseExceptions()

_MAJOR_M = 6378137.0
_FLATTENING = 1 / 298.257223563
_MINOR_M = _MAJOR_M * (1 - _FLATTENING)


def distance_m(a, b):
    """Length of the geodesic between two places in degrees (Vincenty 1975, inverse); not for places far apart."""
    if a == b:
        return 0.0
    u1, u2 = (math.atan((1 - _FLATTENING) * math.tan(math.radians(p[1]))) for p in (a, b))
    apart = math.radians(b[0] - a[0])
    turn = apart
    for _ in range(100):
        sin_sigma = math.hypot(
            math.cos(u2) * math.sin(turn), math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(turn)
        )
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(turn)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(turn) / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        middle = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha if cos2_alpha else 0.0
        c = _FLATTENING / 16 * cos2_alpha * (4 + _FLATTENING * (4 - 3 * cos2_alpha))
        last, turn = turn, apart + (1 - c) * _FLATTENING * sin_alpha * (
            sigma + c * sin_sigma * (middle + c * cos_sigma * (2 * middle**2 - 1))
        )
        if abs(turn - last) < 1e-13:
            break
    square = cos2_alpha * (_MAJOR_M**2 - _MINOR_M**2) / _MINOR_M**2
    big_a = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
    big_b = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
    correction = (
        big_b
        * sin_sigma
        * (
            middle
            + big_b
            / 4
            * (
                cos_sigma * (2 * middle**2 - 1)
                - big_b / 6 * middle * (4 * sin_sigma**2 - 3) * (4 * middle**2 - 3)
            )
        )
    )
    return _MINOR_M * big_a * (sigma - correction)


def _crs(definition):
    crs = osr.SpatialReference()
    crs.SetFromUserInput(definition)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def _moved(shape, from_crs, to_crs):
    change = osr.CoordinateTransformation(_crs(from_crs), _crs(to_crs))
    return shapely.ops.transform(lambda x, y: tuple(zip(*change.TransformPoints(list(zip(x, y)))))[:2], shape)


def equal_area(degrees, middle):
    """A shape in degrees, in an equal-area projection about a place."""
    return _moved(degrees, "EPSG:4326", f"+proj=laea +lat_0={middle[1]} +lon_0={middle[0]} +datum=WGS84")


def within(place_or_line, radius_m):
    """Everything within a distance of a point or a short line, in degrees, drawn in a projection about its middle."""
    middle = place_or_line.centroid
    local = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84"
    wide = _moved(place_or_line, "EPSG:4326", local).buffer(radius_m, resolution=256)
    return _moved(wide, local, "EPSG:4326")


def shapes(path, layer):
    """Geometry (None where there is none) and attributes of every row, with shapely's geometries in degrees."""
    source = ogr.Open(str(path))
    for feature in source.GetLayerByName(layer):
        geometry = feature.GetGeometryRef()
        yield geometry and shapely.wkb.loads(bytes(geometry.ExportToWkb())), feature.items()
