#!/usr/bin/python3
"""Makes the sample study area from the table of facts beside it: facts/rural_districts.csv, facts/places.csv.

Real are: codes, names, census populations, positions of places. Constructed are: outline and polygons of the rural
districts, zones, plots, and every source of a utility; each such feature has SAKHTEGI = 1. Same facts, same bytes.
Needs Debian's python3-gdal, python3-shapely and python3-scipy.

    /usr/bin/python3 make.py [FOLDER]
"""

import csv
import math
import random
import sys
from pathlib import Path

from osgeo import osr
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Voronoi
from scipy.spatial.distance import cdist
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import transform, unary_union

from sample_layers import reference, write

HERE = Path(__file__).resolve().parent
SEED = 1396
METRES = 32640
DEGREES = 4326
PROVINCE = "خراسان رضوی"

# ---- published averages (news reports of the estates organisation, 1396-1397 SH, unless said otherwise) --------------
ACTIVE_ESTATES, APPROVED_ESTATES = 844, 1037
RURAL_OR_DEPRIVED_ESTATES = 500
RURAL_DISTRICTS_OF_IRAN = 2637                 # official list of 1399
LAND_HELD_HA, LAND_BROUGHT_TO_USE_HA = 143_000, 58_000
CONTRACTS, CONTRACTS_OPERATING = 99_000, 49_000
IDLE_SHARE = 0.245                             # 12,067 of 49,200 plants
MEAN_PLOT_HA = 0.47                            # 1,999 ha in 4,259 contracts
JOBS_PER_PLANT = 17                            # 14.9 in new plants, 16.7 in revived, 20.3 in the nation
WATER_PER_NET_HA_LPS = 15_000 / 58_000         # supply under shortage
POWER_PER_NET_HA_MW = 9_043 / 58_000           # supply under shortage
WATER_PER_SUPPLIED_ESTATE_LPS = 588 / 21
POWER_PER_SUPPLIED_ESTATE_MW = 609 / 9
GAS_STATION_M3H = 20_000                       # Ahvaz estate no. 5
ESTATES_SUPPLIED = {"telecom": 70, "gas": 25, "water": 21, "power": 9}
PROGRAMME_HA = (5, 20)
NET_SHARE = 0.65                               # Hong Kong planning standards, chapter 5
GAS_PER_GROSS_HA_M3H = 50                      # stations over land, Qom and Ahvaz

# ---- own choices: nothing published was at hand ----------------------------------------------------------------------
CITY_DISTANCE_KM = (4, 12)                     # from an estate to its city
VILLAGE_DISTANCE_KM = (1, 3)                   # from a zone to its village
SPREAD = (0.5, 1.5)                            # amounts lie between these parts of their average
LOAD_SHARE = (0.6, 1.0)                        # summer peak over capacity
COMMITTED_SHARE = (0.0, 0.15)                  # promised over capacity
UNKNOWN_EVERY = 8                              # one source or zone in so many has no figure
WITHOUT_ROAD_EVERY = 40                        # one village in so many has no road
LONGEST_VILLAGE_ROAD_KM = 30                   # farther villages have no road to each other
RIVER_STEPS, RIVER_BEND_M = 12, 6_000          # corners of the river, and how far each lies off its line
GAS_SHARE = 0.7                                # zones that have gas
TELECOM_SHARES = (("فیبر نوری", 0.5), ("کابل مسی", 0.35), ("تلفن", 0.15))
WITHOUT_PLANT = ("قرارداد", "در حال ساخت", "قابل خلع ید")   # a third each
POWER_FACTOR = 0.9
OUTLINE_DISC_M, OUTLINE_CLOSE_M, OUTLINE_STEP_M = 15_000, 60_000, 400
PLOT_WIDTH_M, PLOT_DEPTH_M = 50, 94
STREET_M, CROSS_STREET_M, PLOTS_BETWEEN_CROSS_STREETS = 24, 20, 10
ZONES_APART_M = 3_000


TO_METRES = osr.CoordinateTransformation(reference(DEGREES), reference(METRES))
TO_DEGREES = osr.CoordinateTransformation(reference(METRES), reference(DEGREES))


def projected(shape, transformation, digits):
    def move(xs, ys):
        points = [transformation.TransformPoint(x, y) for x, y in zip(xs, ys)]
        return [round(p[0], digits) for p in points], [round(p[1], digits) for p in points]
    return transform(move, shape)


def in_metres(shape):
    return projected(shape, TO_METRES, 2)


def in_degrees(shape):
    return projected(shape, TO_DEGREES, 6)


def facts(name):
    with open(HERE / "facts" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Draw:
    """Random draws that are the same with every Python."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def between(self, low_high):
        return low_high[0] + (low_high[1] - low_high[0]) * self._random()

    def happens(self, share):
        return self._random() < share

    def one_of(self, items):
        return items[int(self._random() * len(items))]

    def several(self, items, count):
        left = list(items)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(count, len(left)))]

    def by_share(self, shares):
        mark = self._random()
        for word, share in shares:
            mark -= share
            if mark < 0:
                return word
        return shares[-1][0]


def arabic_letters(text):
    """As an Arabic keyboard types it."""
    return text.replace("ی", "ي").replace("ک", "ك")


def whole(text):
    return int(text) if text else None


def outline(points):
    """A constructed outline: discs about all located places and centres, closed, without holes. No surveyed border is in it."""
    discs = unary_union([p.buffer(OUTLINE_DISC_M, 8) for p in points])
    closed = discs.buffer(OUTLINE_CLOSE_M, 8).buffer(-OUTLINE_CLOSE_M, 8)
    parts = list(closed.geoms) if closed.geom_type == "MultiPolygon" else [closed]
    largest = max(parts, key=lambda part: part.area)
    return Polygon(largest.exterior).simplify(OUTLINE_STEP_M)


def thiessen_cells(points, border):
    """The part of the outline that is nearest to each point; far points close the outer cells."""
    west, south, east, north = border.bounds
    far = 10 * max(east - west, north - south)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    closing = [(middle_x + dx * far, middle_y + dy * far) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    diagram = Voronoi([(p.x, p.y) for p in points] + closing)
    regions = [diagram.regions[diagram.point_region[i]] for i in range(len(points))]
    return [Polygon(diagram.vertices[region]).intersection(border) for region in regions]


def rural_districts(rows, border):
    """Thiessen cells of the centres inside the outline."""
    centred = [row for row in rows if row["centre_source"]]
    points = [in_metres(Point(float(r["centre_lon"]), float(r["centre_lat"]))) for r in centred]
    features = []
    for row, cell in zip(centred, thiessen_cells(points, border)):
        assert cell.geom_type == "Polygon", f"the outline cuts the cell of {row['code']} into parts"
        features.append((in_degrees(cell), {
            "KOD": row["code"], "NAM": row["name_fa"], "BAKHSH": row["district_fa"], "SHAHRESTAN": row["county_fa"],
            "OSTAN": PROVINCE, "JAM_1385": whole(row["pop_2006"]), "JAM_1390": whole(row["pop_2011"]),
            "JAM_1395": whole(row["pop_2016"]), "MARKAZ": row["centre_name"], "MARKAZ_X": float(row["centre_lon"]),
            "MARKAZ_Y": float(row["centre_lat"]), "MARKAZ_MAN": row["centre_source"], "SAKHTEGI": 1,
            "YADDASHT": "polygon constructed: Thiessen cell of the centre"}))
    return features


def settlements(rows):
    kinds = {"village": "روستا", "city": "شهر"}
    return [(Point(float(r["lon"]), float(r["lat"])), {
        "KOD": r["code"], "NAM": r["name_fa"], "NAM_LATIN": r["name_en"], "NOE": kinds[r["kind"]],
        "SHAHRESTAN": r["county_fa"], "JAMIAT": whole(r["pop_2016"]), "SAKHTEGI": 0, "YADDASHT": ""}) for r in rows]


def beside(draw, place, distance_km):
    bearing = draw.between((0, 2 * math.pi))
    distance = draw.between(distance_km) * 1000
    at = in_metres(Point(float(place["lon"]), float(place["lat"])))
    return Point(at.x + distance * math.sin(bearing), at.y + distance * math.cos(bearing))


def zone_sites(draw, places, border, district_count):
    """Places that get a zone: as many per rural district as in the nation, the nation's share of them by villages."""
    total = round(APPROVED_ESTATES / RURAL_DISTRICTS_OF_IRAN * district_count)
    rural = round(total * RURAL_OR_DEPRIVED_ESTATES / APPROVED_ESTATES)
    cities = [p for p in places if p["kind"] == "city"]
    villages = [p for p in places if p["kind"] == "village"]
    wanted = [("ناحیه صنعتی", p, VILLAGE_DISTANCE_KM) for p in draw.several(villages, rural)]
    wanted += [("شهرک صنعتی", p, CITY_DISTANCE_KM) for p in draw.several(cities, total - rural)]
    sites = []
    for kind, place, distance_km in wanted:
        at = beside(draw, place, distance_km)
        while not border.contains(at) or any(at.distance(s[2]) < ZONES_APART_M for s in sites):
            at = beside(draw, place, distance_km)
        sites.append((kind, place, at))
    return sites


def plot_grid(at, count):
    """Plots back to back in rows with streets between, centred on a point."""
    per_row = max(4, round(math.sqrt(count * PLOT_DEPTH_M / PLOT_WIDTH_M) * 1.2))
    corners = []
    for index in range(count):
        row, column = divmod(index, per_row)
        x = column * PLOT_WIDTH_M + column // PLOTS_BETWEEN_CROSS_STREETS * CROSS_STREET_M
        y = row * PLOT_DEPTH_M + row // 2 * STREET_M
        corners.append((x, y))
    middle_x = (max(c[0] for c in corners) + PLOT_WIDTH_M) / 2
    middle_y = (max(c[1] for c in corners) + PLOT_DEPTH_M) / 2
    left, low = round(at.x - middle_x), round(at.y - middle_y)
    return [box(left + x, low + y, left + x + PLOT_WIDTH_M, low + y + PLOT_DEPTH_M) for x, y in corners]


def around(plots, gross_ha):
    """The rectangle of `gross_ha` about the plots, with a margin of equal width."""
    west, south, east, north = unary_union(plots).bounds
    width, height = east - west, north - south
    rest = gross_ha * 10_000 - width * height
    margin = max(0.0, (-(width + height) + math.sqrt((width + height) ** 2 + 4 * rest)) / 4)
    return box(round(west - margin), round(south - margin), round(east + margin), round(north + margin))


def plot_state(draw):
    contracted = CONTRACTS * MEAN_PLOT_HA / LAND_BROUGHT_TO_USE_HA
    if not draw.happens(contracted):
        return "خالی"
    if not draw.happens(CONTRACTS_OPERATING / CONTRACTS):
        return draw.one_of(WITHOUT_PLANT)
    return "راکد" if draw.happens(IDLE_SHARE) else "فعال"


def plot_features(draw, zone_code, shapes):
    features = []
    for number, shape in enumerate(shapes, 1):
        state = plot_state(draw)
        contract = f"13{int(draw.between((85, 97)))}-{int(draw.between((1, 13))):02d}-15"
        progress = {"خالی": None, "فعال": 100, "راکد": 100, "قرارداد": 0, "قابل خلع ید": int(draw.between((0, 20))),
                    "در حال ساخت": int(draw.between((20, 95)))}[state]
        features.append((shape, {
            "KOD": f"{zone_code}-{number:03d}", "KOD_NAHIYE": zone_code, "VAZIAT": state, "MASAHAT_M2": shape.area,
            "TARIKH": contract if state != "خالی" else "", "PISHRAFT": progress, "SAKHTEGI": 1,
            "YADDASHT": "constructed"}))
    return features


def zone_supply(draw, number, net_ha, gross_ha):
    """Water in m3/day, power in kW, gas in m3/h, telecom; none where the figure is to stay unknown."""
    water = WATER_PER_NET_HA_LPS * net_ha * draw.between(SPREAD) * 86.4
    power = POWER_PER_NET_HA_MW * net_ha * draw.between(SPREAD) * 1000
    gas = GAS_PER_GROSS_HA_M3H * gross_ha * draw.between(SPREAD) if draw.happens(GAS_SHARE) else 0
    known = number % UNKNOWN_EVERY != 0
    return {"AB_M3_ROOZ": round(water) if known else None, "BARGH_KW": round(power) if known else None,
            "GAZ_M3_H": round(gas) if known else None, "MOKHABERAT": draw.by_share(TELECOM_SHARES)}


def zones_and_plots(draw, sites):
    active = round(len(sites) * ACTIVE_ESTATES / APPROVED_ESTATES)
    mean_ha = LAND_HELD_HA / APPROVED_ESTATES
    not_active = ("در حال ساخت", "مصوب")
    waiting = set(draw.several(range(len(sites)), len(sites) - active))
    zones, plots = [], []
    for number, (kind, place, at) in enumerate(sites, 1):
        gross = draw.between(PROGRAMME_HA) if kind == "ناحیه صنعتی" else mean_ha * draw.between(SPREAD)
        shapes = plot_grid(at, int(gross * NET_SHARE / MEAN_PLOT_HA))
        shape = around(shapes, gross)
        status = draw.one_of(not_active) if number - 1 in waiting else "فعال"
        code = f"SN{number:03d}"
        own_plots = plot_features(draw, code, shapes) if status == "فعال" else []
        plots += own_plots
        count = {state: sum(1 for _, p in own_plots if p["VAZIAT"] == state) for state in ("فعال", "راکد")}
        net = round(len(shapes) * MEAN_PLOT_HA, 2)
        supply = zone_supply(draw, number, net, gross)
        zones.append((shape, {
            "KOD": code, "NAM": arabic_letters(f"{kind} نمونه {place['name_fa']}"), "NOE": kind, "VAZIAT": status,
            "SHAHRESTAN": arabic_letters(place["county_fa"]), "OSTAN": arabic_letters(PROVINCE),
            "MASAHAT_HA": round(shape.area / 10_000, 2), "KHALES_HA": net,
            "ESHGHAL_HA": round((count["فعال"] + count["راکد"]) * MEAN_PLOT_HA, 2),
            "VAHED_FAAL": count["فعال"], "VAHED_RAKD": count["راکد"], "SHAGHEL": count["فعال"] * JOBS_PER_PLANT,
            **supply, "SAKHTEGI": 1, "YADDASHT": "constructed from published averages"}))
    return zones, plots


def source_sites(draw, places, utility):
    """Cities that get a source: all for telecom, fewer for the rest as fewer estates were supplied."""
    cities = [p for p in places if p["kind"] == "city"]
    share = ESTATES_SUPPLIED[utility] / ESTATES_SUPPLIED["telecom"]
    chosen = draw.several(cities, round(len(cities) * share))
    return sorted(chosen, key=lambda p: p["code"])


def source_features(draw, places, utility, prefix, average, unit_field, load_field):
    features = []
    for number, place in enumerate(source_sites(draw, places, utility), 1):
        capacity = round(average * draw.between(SPREAD), 1)
        load = round(capacity * draw.between(LOAD_SHARE), 1)
        committed = min(round(capacity * draw.between(COMMITTED_SHARE), 1), round(capacity - load, 1))
        at = in_degrees(beside(draw, place, (0.5, 3)))
        known = number % UNKNOWN_EVERY != 0
        features.append((at, {
            "KOD": f"{prefix}{number:02d}", "NAM": place["name_fa"], unit_field: capacity if known else None,
            load_field: load if known else None, "TAAHOD": committed, "SAKHTEGI": 1, "YADDASHT": "constructed"}))
    return features


def telecom_features(draw, places):
    return [(in_degrees(beside(draw, place, (0.2, 1))), {
        "KOD": f"MK{number:02d}", "NAM": place["name_fa"], "NOE": draw.by_share(TELECOM_SHARES), "SAKHTEGI": 1,
        "YADDASHT": "constructed"}) for number, place in enumerate(source_sites(draw, places, "telecom"), 1)]


def shortest_tree(points):
    """Pairs of indices that join all points."""
    at = [(p.x, p.y) for p in points]
    tree = minimum_spanning_tree(cdist(at, at)).tocoo()
    return sorted((min(i, j), max(i, j)) for i, j in zip(tree.row.tolist(), tree.col.tolist()))


def gas_lines(stations):
    """The shortest tree that joins the gas stations."""
    pairs = shortest_tree([in_metres(shape) for shape, _ in stations])
    return [(LineString([stations[i][0], stations[j][0]]), {
        "KOD": f"KG{number:02d}", "NAM": f"{stations[i][1]['NAM']} - {stations[j][1]['NAM']}", "SAKHTEGI": 1,
        "YADDASHT": "constructed: shortest tree of the stations"}) for number, (i, j) in enumerate(pairs, 1)]


def road_lines(draw, places, sites):
    """Main roads join the cities, village roads the places, each in the shortest tree; a road of its own leads to each zone."""
    at = {p["code"]: in_metres(Point(float(p["lon"]), float(p["lat"]))) for p in places}
    villages = {p["code"] for p in places if p["kind"] == "village"}
    off_road = set(draw.several(sorted(villages), len(villages) // WITHOUT_ROAD_EVERY))
    lines = []
    for kind, codes in (("اصلی", sorted(at.keys() - villages)), ("روستایی", sorted(at.keys() - off_road))):
        for i, j in shortest_tree([at[code] for code in codes]):
            line = LineString([at[codes[i]], at[codes[j]]])
            joins_cities = codes[i] not in villages and codes[j] not in villages
            if kind == "روستایی" and (joins_cities or line.length > LONGEST_VILLAGE_ROAD_KM * 1000):
                continue
            lines.append((kind, line))
    lines += [("دسترسی", LineString([at[place["code"]], site])) for _, place, site in sites]
    return [(in_degrees(line), {"KOD": f"RH{number:04d}", "NOE": kind, "SAKHTEGI": 1,
                                "YADDASHT": "constructed: shortest tree of places"})
            for number, (kind, line) in enumerate(lines, 1)]


def river_line(draw, border):
    """A river across the outline, from its north-west to its south-east."""
    west, south, east, north = border.bounds
    corners = []
    for step in range(RIVER_STEPS + 1):
        part = step / RIVER_STEPS
        bend = draw.between((-RIVER_BEND_M, RIVER_BEND_M))
        corners.append((west + part * (east - west) + bend, north - part * (north - south) + bend))
    return [(in_degrees(LineString(corners).intersection(border)), {
        "KOD": "RD01", "NOE": "رود", "SAKHTEGI": 1, "YADDASHT": "constructed: no river runs there"})]


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    folder.mkdir(parents=True, exist_ok=True)
    draw = Draw(SEED)
    districts, places = facts("rural_districts.csv"), facts("places.csv")
    positions = [(p["lon"], p["lat"]) for p in places]
    positions += [(d["centre_lon"], d["centre_lat"]) for d in districts if d["centre_source"]]
    border = outline([in_metres(Point(float(lon), float(lat))) for lon, lat in positions])
    district_features = rural_districts(districts, border)
    sites = zone_sites(draw, places, border, len(district_features))
    zones, plots = zones_and_plots(draw, sites)
    power = source_features(draw, places, "power", "PB", POWER_PER_SUPPLIED_ESTATE_MW / POWER_FACTOR,
                            "ZARF_MVA", "BAR_MVA")
    water = source_features(draw, places, "water", "AB", WATER_PER_SUPPLIED_ESTATE_LPS * 86.4, "ZARF_M3", "MASRAF_M3")
    gas = source_features(draw, places, "gas", "GZ", GAS_STATION_M3H, "ZARF_M3H", "MASRAF_M3H")
    write(folder, "dehestan", DEGREES, district_features)
    write(folder, "abadi", DEGREES, settlements(places))
    write(folder, "nahiye", METRES, zones)
    write(folder, "ghataat", METRES, plots)
    write(folder, "post_bargh", DEGREES, power)
    write(folder, "manba_ab", DEGREES, water)
    write(folder, "ist_gaz", DEGREES, gas)
    write(folder, "khat_gaz", DEGREES, gas_lines(gas))
    write(folder, "mokhaberat", DEGREES, telecom_features(draw, places))
    write(folder, "rah", DEGREES, road_lines(draw, places, sites))
    write(folder, "rood", DEGREES, river_line(draw, border))


if __name__ == "__main__":
    main()
