#!/usr/bin/python3
"""Restates the facts that the sample is built from, and the two lists that examples/razavi_derived matches by name.

Reads the folder named by AMAYESH_REAL_DATA and writes beside itself: rural_districts.csv, places.csv (all that make.py
reads), located_places.csv, official_settlements.csv. Needs Debian's python3-gdal. Run again only to renew the facts.

    AMAYESH_REAL_DATA=/path/to/data /usr/bin/python3 extract.py
"""

import csv
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from math import cos, hypot, radians
from pathlib import Path

from osgeo import ogr

ogr.UseExceptions()

HERE = Path(__file__).resolve().parent
PROVINCE_FA = "خراسان رضوی"
PROVINCE_EN = "Razavi Khorasan"
# Counties made after the census of 2016, and the county of 2016 that each was cut from.
COUNTY_OF_2016 = {"صالح آباد": "تربت جام", "کوهسرخ": "کاشمر"}
# Names in Latin letters, the census articles' and GeoNames', of places whose Persian name GeoNames does not have.
LATIN_NAMES = {
    "انابد": ("Anabad",), "باجگیران": ("Bajgiran",), "باخرز": ("Bakharz", "Shahrak-e Bakharz"),
    "بجستان": ("Bajestan",), "بردسکن": ("Bardaskan",), "بیدخت": ("Bidokht",), "جغتای": ("Joghatai", "Joghtay"),
    "جنگل": ("Jangal",), "چکنه": ("Chakaneh",), "خرو": ("Kharv",), "خلیل آباد": ("Khalilabad",),
    "داورزن": ("Davarzan",), "درگز": ("Dargaz",), "درود": ("Darrud",), "رشتخوار": ("Roshtkhar", "Roshtkhvar"),
    "رضویه": ("Razaviyeh",), "روداب": ("Rud Ab",), "ریوش": ("Rivash",), "سلامی": ("Salami",),
    "سلطان آباد": ("Soltanabad",), "سنگان": ("Sangan",), "ششتمد": ("Sheshtomad", "Sheshtamad"),
    "شهراباد": ("Shahrabad",), "شهرزو": ("Shahr-e Zow",), "صالح آباد": ("Salehabad",), "فریمان": ("Fariman",),
    "فیروزه": ("Firuzeh", "Bozghan"), "قاسم آباد": ("Qasemabad",), "کاخک": ("Kakhk",), "کاریز": ("Kariz",),
    "کلات": ("Kalat", "Kalat-e Naderi"), "گلبهار": ("Golbahar",), "لطف آباد": ("Lotfabad",),
    "مشکان": ("Meshkan",), "نقاب": ("Neqab",), "نوخندان": ("Now Khandan",), "نیل شهر": ("Nilshahr",),
    "یونسی": ("Yunesi",),
}
# Places of one name this near to each other are one place entered twice.
SAME_PLACE_KM = 3.0
KM_PER_DEGREE = 111.2


def rows(path, delimiter=","):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def folded_persian(name):
    """Key of a Persian name: Arabic letters to Persian ones, marks and joiners out, spaces out."""
    text = unicodedata.normalize("NFKC", name).translate(str.maketrans("يىكةأإآؤئ", "ییکهاااوی"))
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    return re.sub(r"[^0-9\u0600-\u06ff]", "", text.replace("ـ", ""))


def folded_latin(name):
    """Key of a romanised name: marks, apostrophes, hyphens and spaces out, lower case."""
    text = unicodedata.normalize("NFKD", name)
    return re.sub(r"[^a-z]", "", "".join(c for c in text if not unicodedata.combining(c)).lower())


def distance_km(a, b):
    mean = radians((a["lat"] + b["lat"]) / 2)
    return KM_PER_DEGREE * hypot((a["lon"] - b["lon"]) * cos(mean), a["lat"] - b["lat"])


def read_counties(data):
    """Counties of 2016 in the province: Persian name → polygon."""
    source = ogr.Open(str(data / "admin/irn_codab_admin2_simplified.geojson"))
    layer = source.GetLayer(0)
    layer.SetAttributeFilter(f"adm1_name LIKE '%{PROVINCE_EN.split()[0]}%'")
    return {f["adm2_name1"].replace("شهرستان ", "").strip(): f.GetGeometryRef().Clone() for f in layer}


def county_at(counties, lon, lat):
    point = ogr.Geometry(ogr.wkbPoint)
    point.AddPoint_2D(lon, lat)
    for name, polygon in counties.items():
        west, east, south, north = polygon.GetEnvelope()
        if west <= lon <= east and south <= lat <= north and polygon.Contains(point):
            return name
    return None


def read_geonames(data):
    """GeoNames places: those that Who's On First carries, then cities and seats of GeoNames itself; by number."""
    places = {}
    for row in rows(data / "settlements/wof_localities_ir.csv"):
        current = row["is_current"] != "0" and row["deprecated_or_superseded"] != "1"
        if current and row["src_geom"] == "geonames" and row["gn_id"]:
            places[row["gn_id"]] = {"gn_id": row["gn_id"], "name_en": row["name"],
                                    "label_fa": row["name_fas"], "names_fa": {row["name_fas"]}, "lon": float(row["lon"]), "lat": float(row["lat"])}
    for row in rows(data / "settlements/geonames_places_ir.csv"):
        places.setdefault(row["geonames_id"], {"gn_id": row["geonames_id"], "name_en": row["name"], "label_fa": "",
                                               "names_fa": set(), "lon": float(row["lon"]), "lat": float(row["lat"])})
    with open(data / "settlements/geonames_cities15000_IR.txt", encoding="utf-8") as file:
        for line in file:
            number, _, name, alternates, lat, lon = line.split("\t")[:6]
            place = places.setdefault(number, {"gn_id": number, "name_en": name, "label_fa": "",
                                               "names_fa": set(), "lon": float(lon), "lat": float(lat)})
            place["names_fa"] |= set(alternates.split(","))
    return places


def read_places(data, counties):
    """The places inside the province, with the county of 2016."""
    places = []
    for place in read_geonames(data).values():
        county = county_at(counties, place["lon"], place["lat"])
        if county:
            places.append(place | {"county": county})
    return sorted(places, key=lambda p: int(p["gn_id"]))


class Gazetteer:
    """Finds the one place of a name in a county; none where there is none, or several apart."""

    def __init__(self, places):
        self.places = places
        self.by_persian, self.by_latin = defaultdict(list), defaultdict(list)
        for place in places:
            for key in {folded_persian(name) for name in place["names_fa"]} - {""}:
                self.by_persian[place["county"], key].append(place)
            self.by_latin[place["county"], folded_latin(place["name_en"])].append(place)

    def find(self, county, name_fa="", names_en=()):
        """The place, and why there is none ("", "no such place", "several places")."""
        found = {p["gn_id"]: p for p in self.by_persian.get((county, folded_persian(name_fa)), [])}
        for name in names_en:
            found |= {p["gn_id"]: p for p in self.by_latin.get((county, folded_latin(name)), [])}
        places = list(found.values())
        if not places:
            return None, "no such place"
        if any(distance_km(places[0], p) > SAME_PLACE_KM for p in places):
            return None, "several places"
        return places[0], ""


def read_divisions(data):
    """Official list of 1399: rural districts, settlements and cities of the province, with county and district."""
    folder = data / "admin/divisions_v3"
    province = next(r for r in rows(folder / "ostan.csv") if r["name"] == PROVINCE_FA)["id"]
    counties = {r["id"]: r for r in rows(folder / "shahrestan.csv") if r["ostan"] == province}
    districts = {r["id"]: r for r in rows(folder / "bakhsh.csv")}
    tables = {}
    for name in ("dehestan", "abadi", "shahr"):
        tables[name] = [r for r in rows(folder / f"{name}.csv") if r["ostan"] == province]
        for row in tables[name]:
            row["county"] = counties[row["shahrestan"]]["name"]
            row["county_code"] = counties[row["shahrestan"]]["amar_code"]
            row["district"] = districts[row["bakhsh"]]["name"]
            row["county_2016"] = COUNTY_OF_2016.get(row["county"], row["county"])
    return tables


def centre_of(gazetteer, district, census):
    """Published seat, else the place of the district's name in its county, else the position that the article gives."""
    if census.get("capital"):
        place, _ = gazetteer.find(district["county_2016"], names_en=(census["capital"],))
        if place:
            return place, "published_seat", ""
    names_en = (census.get("name_en", ""), *LATIN_NAMES.get(district["name"], ()))
    place, reason = gazetteer.find(district["county_2016"], district["name"], names_en)
    if place:
        return place, "place_of_that_name", ""
    if census.get("lat"):
        position = {"name_en": "", "gn_id": "", "lon": float(census["lon"]), "lat": float(census["lat"])}
        return position, "published_position", ""
    return None, "", reason


def restate_districts(dehestan, census_rows, gazetteer):
    census = {r["dehestan_amar_code_1399"]: r for r in census_rows
              if r["unit_type"] == "rural_district" and r["ostan"] == PROVINCE_EN}
    table = []
    for district in sorted(dehestan, key=lambda r: r["amar_code"]):
        figures = census.get(district["amar_code"], {})
        place, source, reason = centre_of(gazetteer, district, figures)
        table.append({
            "code": district["amar_code"], "name_fa": district["name"], "name_en": figures.get("name_en", ""),
            "district_fa": district["district"], "county_fa": district["county"],
            "county_code": district["county_code"],
            "pop_2006": figures.get("pop_2006", ""), "pop_2011": figures.get("pop_2011", ""),
            "pop_2016": figures.get("pop_2016", ""),
            "source_title": figures.get("source_title", ""),
            "centre_name": place["name_en"] if place else "", "centre_gn_id": place["gn_id"] if place else "",
            "centre_lon": f"{place['lon']:.5f}" if place else "", "centre_lat": f"{place['lat']:.5f}" if place else "",
            "centre_source": source, "left_out": reason})
    return table


def restate_villages(abadi, census_rows, gazetteer):
    """Places whose name fits exactly one settlement of the official list in the same county, and the other way round."""
    largest = {}
    for row in census_rows:
        if row["ostan"] == PROVINCE_EN and row["largest_village_pop_2016"]:
            largest[row["dehestan_amar_code_1399"], folded_latin(row["largest_village"])] = row["largest_village_pop_2016"]
    times = Counter((r["county_2016"], folded_persian(r["name"])) for r in abadi)
    table = []
    for row in abadi:
        if times[row["county_2016"], folded_persian(row["name"])] != 1 or row["abadi_type"] != "0":
            continue
        place, _ = gazetteer.find(row["county_2016"], row["name"])
        if place:
            population = largest.get((row["amar_code"][:9], folded_latin(place["name_en"])), "")
            table.append(place_row(row["amar_code"], row, place, "village", population))
    return table


def restate_cities(shahr, census_rows, gazetteer):
    """Located cities of the official list, with the census figure where the articles have it."""
    census = {folded_latin(r["name_en"]): r["pop_2016"] for r in census_rows
              if r["unit_type"] == "city" and r["ostan"] == PROVINCE_EN}
    table = []
    for row in shahr:
        if row["shahr_type"] != "0":  # a ward of a city
            continue
        names_en = LATIN_NAMES.get(row["name"], ())
        place, _ = gazetteer.find(row["county_2016"], row["name"], names_en)
        if place:
            figures = [census[key] for key in map(folded_latin, (*names_en, place["name_en"])) if key in census]
            table.append(place_row(row["amar_code"], row, place, "city", figures[0] if figures else ""))
    return table


def place_row(code, official, place, kind, population):
    return {"code": code, "name_fa": official["name"], "name_en": place["name_en"], "kind": kind,
            "county_fa": official["county"], "gn_id": place["gn_id"],
            "lon": f"{place['lon']:.5f}", "lat": f"{place['lat']:.5f}", "pop_2016": population}


def located_row(place):
    """A GeoNames place as Who's On First names it, for matching by name; no Persian name = blank."""
    return {"gn_id": place["gn_id"], "name_fa": place["label_fa"], "name_en": place["name_en"],
            "county_2016": place["county"], "lon": f"{place['lon']:.5f}", "lat": f"{place['lat']:.5f}"}


def official_row(row):
    """A settlement of the official list; a code starts with that of its rural district."""
    return {"code": row["amar_code"], "name_fa": row["name"], "district_code": row["amar_code"][:-6],
            "county_2016": row["county_2016"]}


def write(name, table):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    print(f"{name}: {len(table)} rows")


def main():
    if "AMAYESH_REAL_DATA" not in os.environ:
        sys.exit("AMAYESH_REAL_DATA must name the folder of source data")
    data = Path(os.environ["AMAYESH_REAL_DATA"])
    gazetteer = Gazetteer(read_places(data, read_counties(data)))
    divisions = read_divisions(data)
    census_rows = rows(data / "settlements/dehestan_population.csv")
    districts = restate_districts(divisions["dehestan"], census_rows, gazetteer)
    cities = restate_cities(divisions["shahr"], census_rows, gazetteer)
    taken = {c["gn_id"] for c in cities}
    villages = [v for v in restate_villages(divisions["abadi"], census_rows, gazetteer) if v["gn_id"] not in taken]
    once = Counter(p["gn_id"] for p in cities + villages)
    places = [p for p in cities + villages if once[p["gn_id"]] == 1]
    write("rural_districts.csv", districts)
    write("places.csv", sorted(places, key=lambda p: (p["kind"], p["code"])))
    write("located_places.csv", [located_row(p) for p in gazetteer.places])
    write("official_settlements.csv", [official_row(r) for r in sorted(divisions["abadi"], key=lambda r: r["amar_code"])])
    print("centres:", Counter(d["centre_source"] or d["left_out"] for d in districts))
    known = [d for d in districts if d["pop_2016"]]
    print("census figures:", len(known), "of them with a centre:", sum(1 for d in known if d["centre_source"]),
          "over 10,000:", sum(1 for d in known if int(d["pop_2016"]) > 10_000 and d["centre_source"]))
    print("places:", Counter(p["kind"] for p in places), "with population:", sum(1 for p in places if p["pop_2016"]))


if __name__ == "__main__":
    main()
