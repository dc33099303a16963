#!/usr/bin/python3
"""Writes a made-up country to measure with: districts that share their borders exactly, villages, estates, sources.

usage: made_country.py FOLDER --districts N      (40 villages, 0.4 estates and 4 sources a district; fixed seed)

FOLDER/districts.gpkg, villages.gpkg, estates.gpkg, supply.gpkg in an Albers equal-area CRS in metres. Constructed data:
no figure of it says anything about a real place.
"""
import argparse
import math
import os
import random

from osgeo import gdal, ogr, osr

CRS = "+proj=aea +lat_1=28 +lat_2=37 +lat_0=32.5 +lon_0=54 +datum=WGS84 +units=m +no_defs"
CELL = 25_000.0  # metres; a district is a cell with crooked sides
POINTS_A_SIDE = 96  # so that a district has 385 vertices, as real ones have


def crooked_side(seed, ax, ay, bx, by):
    """The same points for both neighbours of a side."""
    rng = random.Random(seed)
    points, drift = [], 0.0
    for k in range(POINTS_A_SIDE + 1):
        t = k / POINTS_A_SIDE
        drift = 0.9 * drift + rng.uniform(-1, 1)
        bend = math.sin(math.pi * t) * drift * 0.01
        points.append((ax + (bx - ax) * t - (by - ay) * bend, ay + (by - ay) * t + (bx - ax) * bend))
    return points


def layer(folder, name, kind, fields):
    path = os.path.join(folder, name + ".gpkg")
    if os.path.exists(path):
        os.remove(path)
    srs = osr.SpatialReference()
    srs.ImportFromProj4(CRS)
    data = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    made = data.CreateLayer(name, srs, kind)
    for field, field_type in fields:
        made.CreateField(ogr.FieldDefn(field, field_type))
    made.StartTransaction()
    return data, made


def add(made, geometry, **values):
    feature = ogr.Feature(made.GetLayerDefn())
    for field, value in values.items():
        feature[field] = value
    feature.SetGeometry(geometry)
    made.CreateFeature(feature)


def point(x, y):
    made = ogr.Geometry(ogr.wkbPoint)
    made.AddPoint_2D(x, y)
    return made


def polygon(points):
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in points:
        ring.AddPoint_2D(x, y)
    ring.CloseRings()
    made = ogr.Geometry(ogr.wkbPolygon)
    made.AddGeometry(ring)
    return made


def write_districts(folder, columns, count, origin):
    fields = [("did", ogr.OFTInteger), ("name", ogr.OFTString), ("prov", ogr.OFTInteger)]
    _data, made = layer(folder, "districts", ogr.wkbPolygon, fields)
    for i in range(count):
        c, r = i % columns, i // columns
        x, y = origin + c * CELL, origin + r * CELL
        south = crooked_side(f"h{c},{r}", x, y, x + CELL, y)
        north = crooked_side(f"h{c},{r + 1}", x, y + CELL, x + CELL, y + CELL)
        west = crooked_side(f"v{c},{r}", x, y, x, y + CELL)
        east = crooked_side(f"v{c + 1},{r}", x + CELL, y, x + CELL, y + CELL)
        outline = south[:-1] + east[:-1] + north[::-1][:-1] + west[::-1][:-1]
        add(made, polygon(outline), did=i, name=f"D{i:05d}", prov=i * 31 // count)
    made.CommitTransaction()


def write_places(folder, rng, columns, count, origin):
    def anywhere():
        i = rng.randrange(count)
        return origin + (i % columns + rng.random()) * CELL, origin + (i // columns + rng.random()) * CELL

    _data, made = layer(folder, "villages", ogr.wkbPoint, [("vid", ogr.OFTInteger), ("pop", ogr.OFTInteger)])
    for i in range(40 * count):
        add(made, point(*anywhere()), vid=i, pop=max(1, round(rng.lognormvariate(4.5, 1.25))))
    made.CommitTransaction()
    fields = [("sid", ogr.OFTInteger), ("kind", ogr.OFTString), ("cap", ogr.OFTReal), ("radius", ogr.OFTReal)]
    radius = {"power": 50e3, "gas": 15e3, "water": 15e3, "telecom": 30e3}  # metres, for service areas
    _data, made = layer(folder, "supply", ogr.wkbPoint, fields)
    for i in range(4 * count):
        kind = ("power", "gas", "water", "telecom")[i % 4]
        add(made, point(*anywhere()), sid=i, kind=kind, cap=round(rng.lognormvariate(5.5, 1), 2), radius=radius[kind])
    made.CommitTransaction()
    _data, made = layer(folder, "estates", ogr.wkbPolygon, [("eid", ogr.OFTInteger), ("workers", ogr.OFTInteger)])
    for i in range(max(1, 2 * count // 5)):
        (x, y), radius = anywhere(), rng.uniform(300, 2_500)
        turns = [(k * math.pi / 12, radius * rng.uniform(0.8, 1)) for k in range(24)]
        outline = [(x + far * math.cos(turn), y + far * math.sin(turn)) for turn, far in turns]
        add(made, polygon(outline), eid=i, workers=rng.randrange(50, 5_000))
    made.CommitTransaction()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("--districts", type=int, default=2_500)
    given = arguments.parse_args()
    gdal.UseExceptions()
    os.makedirs(given.folder, exist_ok=True)
    columns = math.isqrt(given.districts)
    origin = -CELL * columns / 2
    write_districts(given.folder, columns, given.districts, origin)
    write_places(given.folder, random.Random(20260321), columns, given.districts, origin)


if __name__ == "__main__":
    main()
