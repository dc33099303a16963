#!/usr/bin/python3
"""Works one rural district of the sample by hand, from the shapefiles to its priority, and compares every line with what
`amayesh gap` wrote. No code of the project is used: own geodesics (Vincenty 1975), own arithmetic, OGR for reading.

usage: worked_example.py RESULT.gpkg PAGE.md [--write]      PAGE.md is compared, or written with --write
"""
import math
import os
import sys
import tomllib

from osgeo import ogr, osr

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SAMPLE = os.path.join(ROOT, "shapefiles", "khorasan_razavi")
DISTRICT = "935020001"
OVER = 10_000
POWER_FACTOR = 0.9  # of the study, for substations stated in MVA
M3_A_DAY_PER_LPS = 86.4
A, F = 6378137.0, 1 / 298.257223563  # WGS 84
ogr.UseExceptions()
osr.UseExceptions()


def geodesic_m(lon1, lat1, lon2, lat2):
    """Vincenty's inverse formula, good to a fraction of a millimetre at these distances."""
    if (lon1, lat1) == (lon2, lat2):
        return 0.0
    b = A * (1 - F)
    u1 = math.atan((1 - F) * math.tan(math.radians(lat1)))
    u2 = math.atan((1 - F) * math.tan(math.radians(lat2)))
    big_l = math.radians(lon2 - lon1)
    lam = big_l
    for _ in range(200):
        sin_sigma = math.hypot(math.cos(u2) * math.sin(lam),
                               math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam))
        cos_sigma = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha ** 2
        cos_2m = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha if cos2_alpha else 0.0
        c = F / 16 * cos2_alpha * (4 + F * (4 - 3 * cos2_alpha))
        before, lam = lam, big_l + (1 - c) * F * sin_alpha * (
            sigma + c * sin_sigma * (cos_2m + c * cos_sigma * (2 * cos_2m ** 2 - 1)))
        if abs(lam - before) < 1e-13:
            break
    u_sq = cos2_alpha * (A ** 2 - b ** 2) / b ** 2
    big_a = 1 + u_sq / 16384 * (4096 + u_sq * (-768 + u_sq * (320 - 175 * u_sq)))
    big_b = u_sq / 1024 * (256 + u_sq * (-128 + u_sq * (74 - 47 * u_sq)))
    delta = big_b * sin_sigma * (cos_2m + big_b / 4 * (
        cos_sigma * (2 * cos_2m ** 2 - 1) - big_b / 6 * cos_2m * (4 * sin_sigma ** 2 - 3) * (4 * cos_2m ** 2 - 3)))
    return b * big_a * (sigma - delta)


def rows(name):
    """Attributes and geometry (longitude, latitude) of a shapefile of the sample."""
    data = ogr.Open(os.path.join(SAMPLE, name + ".shp"))
    layer = data.GetLayer(0)
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    own = layer.GetSpatialRef()
    own.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(own, degrees)
    for feature in layer:
        yield feature.items(), feature.GetGeometryRef().Clone(), change


def distance_to_polygon_m(lon, lat, polygon, change):
    """Least geodesic distance to the border; edges are straight in the layer's own CRS, searched by thirds."""
    ring = polygon.GetGeometryRef(0)
    if ring.GetGeometryName() == "POLYGON":
        ring = ring.GetGeometryRef(0)
    corners = ring.GetPoints()
    best = math.inf
    for (ax, ay, *_), (bx, by, *_) in zip(corners, corners[1:]):
        def at(t):
            x, y, _z = change.TransformPoint(ax + (bx - ax) * t, ay + (by - ay) * t)
            return geodesic_m(lon, lat, x, y)
        low, high = 0.0, 1.0
        for _ in range(60):
            third = (high - low) / 3
            if at(low + third) < at(high - third):
                high -= third
            else:
                low += third
        best = min(best, at((low + high) / 2), at(0), at(1))
    return best


def steps_up(amount, steps):
    return math.ceil(amount * steps - 1e-6) / steps


class Page:
    """Lines of the page; each figure is compared with the column of the result."""

    def __init__(self, written):
        self.text, self.written, self.wrong = [], written, []

    def add(self, *lines):
        self.text += lines

    def line(self, what, sum_, value, column=None, tolerance=0.0):
        if column:
            found = self.written[column]
            same = found == value if isinstance(value, str) or value is None else (
                found is not None and abs(found - value) <= tolerance)
            if not same:
                self.wrong.append(f"{column}: by hand {value!r}, written {found!r}")
        shown = f"{value:,.6g}" if isinstance(value, float) and abs(value) < 1e5 else (
            f"{value:,}" if isinstance(value, (int, float)) else value)
        self.text.append(f"| {what} | {sum_} | **{shown}** | {'`' + column + '`' if column else ''} |")


def unit_row(result):
    data = ogr.Open(result)
    layer = data.GetLayerByName("units")
    layer.SetAttributeFilter(f"unit_id = '{DISTRICT}'")
    return layer.GetNextFeature().items()


def headroom(row, capacity, use, committed, to_unit):
    if row[capacity] is None or row[use] is None:
        return None
    return max(0.0, (row[capacity] - row[use] - (row[committed] or 0)) * to_unit)


def sources_in_reach(name, lon, lat, reach_km):
    for row, place, change in rows(name):
        x, y, _z = change.TransformPoint(place.GetX(), place.GetY())
        km = geodesic_m(lon, lat, x, y) / 1000
        if km <= reach_km:
            yield row, km


def land_and_demand(page, people, standards):
    land, share = standards["land"], standards["land"]["net_share"]
    for case in ("low", "central", "high"):
        ha = people * land["target_per_1000"][case] / 1000
        target = min(max(ha, land["minimum"]["central"]), land["maximum"]["central"])
        target = steps_up(target, 10_000)
        suffix = "" if case == "central" else "_" + case
        page.line(f"target area, {case}", f"clamp({people:,} × {land['target_per_1000'][case]} / 1,000, "
                  f"{land['minimum']['central']}, {land['maximum']['central']}) ha", target, f"target_ha{suffix}", 1e-9)
        if case == "central":
            page.line("the same before the limits", f"{people:,} × {land['target_per_1000'][case]} / 1,000 ha",
                      steps_up(ha, 10_000), "target_uncapped_ha", 1e-9)
        net = steps_up(target * share[case], 10_000)
        page.line(f"net area, {case}", f"{target:g} × {share[case]} ha", net,
                  "target_net_ha" if case == "central" else None, 1e-9)
        for utility, unit, steps in (("water", "lps", 1000), ("power", "mw", 1000), ("gas", "m3h", 1)):
            standard = standards["demand"][utility]
            area = net if standard["basis"].startswith("net") else target
            page.line(f"{utility} demand, {case}", f"{area:g} ha {standard['basis'].split()[0]} × "
                      f"{standard[case]} {standard['unit']}, rounded up", steps_up(area * standard[case], steps),
                      f"{utility}_demand{suffix}_{unit}", 1e-9)


def nearest_zone(lon, lat):
    serving = [(distance_to_polygon_m(lon, lat, shape, change), row) for row, shape, change in rows("nahiye")
               if row["VAZIAT"] == "فعال"]
    return min(serving, key=lambda pair: pair[0])


def main():
    result, path = sys.argv[1:3]
    written = unit_row(result)
    with open(os.path.join(ROOT, "standards", "iran.toml"), "rb") as file:
        standards = tomllib.load(file)
    row = next(row for row, _shape, _change in rows("dehestan") if row["KOD"] == DISTRICT)
    lon, lat, people = row["MARKAZ_X"], row["MARKAZ_Y"], row["JAM_1395"]
    reach = {key: value["central"] for key, value in standards["reach"].items() if "central" in value}
    page = Page(written)
    page.add(f"# One rural district by hand: {row['NAM']} ({DISTRICT})", "",
             "Recomputed from the sample's shapefiles and `standards/iran.toml` by `tests/sample/worked_example.py`, which uses "
             "no code of the project:", "its own geodesics (Vincenty 1975) and its own arithmetic. A test compares every figure with "
             "the column named beside it, and this page", "with what the script writes. Borders, zones and sources of the sample are "
             "constructed; the populations are the census's.", "",
             "| what | how | result | column of `units` |", "|---|---|---|---|")
    page.line("population, 1395", "field `JAM_1395` of `dehestan.shp`", people, "population")
    page.line("over the threshold", f"{people:,} > {OVER:,}", "over" if people > OVER else "not_over", "threshold")
    page.line("centre", "fields `MARKAZ_X`, `MARKAZ_Y`", f"{lon:.5f} E, {lat:.5f} N")
    metres, zone = nearest_zone(lon, lat)
    page.line("nearest operating zone", "least geodesic from the centre to a border of `nahiye.shp` (EPSG:32640)",
              zone["KOD"], "nearest_zone_id")
    page.line("its distance, km", f"{zone['KOD']}, to the millimetre", round(metres / 1000, 6), "nearest_zone_km", 2e-6)
    in_reach = metres / 1000 <= reach["zone"]
    page.line("in reach", f"{metres / 1000:.3f} km against {reach['zone']} km",
              "served" if in_reach else "no_zone_in_reach", "status")
    page.line("people left out", "no settlement of it has a known population: all follow the centre",
              0 if in_reach else people, "people_left_out_min")
    land_and_demand(page, people, standards)
    free = [(r["KOD"], headroom(r, "ZARF_MVA", "BAR_MVA", "TAAHOD", POWER_FACTOR))
            for r, _km in sources_in_reach("post_bargh", lon, lat, reach["power"])]
    known = [(code, math.floor(mw * 1000 + 1e-6) / 1000) for code, mw in free if mw is not None]
    page.line(f"power in reach ({reach['power']} km), MW",
              " + ".join(f"{mw:g} ({code})" for code, mw in known) +
              f"; (capacity − use − committed) MVA × {POWER_FACTOR}, rounded down to 1 kW",
              sum(mw for _code, mw in known), "reachable_power_mw", 1e-9)
    water = list(sources_in_reach("manba_ab", lon, lat, reach["water"]))
    page.line(f"water sources in reach ({reach['water']} km)", f"{len(water)} in `manba_ab.shp`",
              "no_source_in_reach" if not water else None, "water_reason")
    page.line("priority", f"{people:,} left out, at least × weight 1 (not known)", float(people), "priority_score", 1e-9)
    page.add("", f"Rank {written['priority_rank']} of the units with people left out: more people come first.")
    text = "\n".join(page.text) + "\n"
    for wrong in page.wrong:
        print(wrong)
    if "--write" in sys.argv:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    elif open(path, encoding="utf-8").read() != text:
        page.wrong.append("page")
        print(f"{path} differs from what the sample gives; renew it with --write and read the difference")
    sys.exit(1 if page.wrong else 0)


if __name__ == "__main__":
    main()
