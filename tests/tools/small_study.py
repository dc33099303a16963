"""Writes a study of four rural districts, small enough to be worked by hand.

    58.6      59.0      59.4
    36.6 ┌─────────┬─────────┐   D1  12,000 people, the zone Z1 beside its centre: served
         │   D3    │   D4    │   D2  15,000 people, 36 km from Z1: no zone in reach
    36.3 ├─────────┼─────────┤   D3   8,000 people: not over the threshold
         │ D1  Z1  │   D2    │   D4  population unknown
    36.0 └─────────┴─────────┘
"""

import csv
import dataclasses
import json
import pathlib

DEGREES = "EPSG:4326"


@dataclasses.dataclass
class Layer:
    """One layer of the study: features are pairs (GeoJSON geometry or None, attributes)."""

    role: str
    file: str
    features: list
    fields: dict
    settings: dict = dataclasses.field(default_factory=dict)
    crs: str = DEGREES

    def attributes(self, feature_id):
        """The attributes of one feature, to be changed."""
        return next(a for _, a in self.features if a.get("id") == feature_id)

    def set_geometry(self, feature_id, geometry):
        at = next(i for i, (_, a) in enumerate(self.features) if a.get("id") == feature_id)
        self.features[at] = (geometry, self.features[at][1])


def point(longitude, latitude):
    return {"type": "Point", "coordinates": [longitude, latitude]}


def rectangle(west, south, east, north):
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def _districts():
    def row(code, name, county, people, west, south):
        attributes = {"id": code, "name": name, "county": county, "province": "خراسان رضوی", "people": people}
        return rectangle(west, south, round(west + 0.4, 1), round(south + 0.3, 1)), attributes

    return [
        row("D1", "تبادکان", "مشهد", 12000, 58.6, 36.0),
        row("D2", "شاندیز", "مشهد", 15000, 59.0, 36.0),
        row("D3", "ارداک", "چناران", 8000, 58.6, 36.3),
        row("D4", "گلمکان", "چناران", None, 59.0, 36.3),
    ]


def _settlements():
    def row(code, name, kind, people, longitude, latitude):
        return point(longitude, latitude), {"id": code, "name": name, "kind": kind, "people": people}

    return [
        row("S1", "کال زرکش", "روستا", 9000, 58.80, 36.15),
        row("S2", "فاز", "روستا", 3000, 58.90, 36.25),
        row("S3", "ویرانی", "روستا", 11000, 59.20, 36.15),
        row("S4", "ابرده", "روستا", 4000, 59.30, 36.10),
        row("S5", "رادکان", "روستا", 8000, 58.80, 36.45),
        row("S6", "گلمکان", "روستا", None, 59.20, 36.45),
        row("C1", "چناران", "شهر", 53000, 58.95, 36.35),
    ]


def _zones():
    shape = rectangle(58.81, 36.15, 58.816, 36.154)
    place = {"county": "مشهد", "province": "خراسان رضوی"}
    return [(shape, {"id": "Z1", "name": "شهرک صنعتی توس", "kind": "industrial_estate", "status": "operating", **place})]


def _power():
    return [
        (point(58.82, 36.16), {"id": "P1", "capacity": 30000, "in_use": 20000}),
        (point(59.21, 36.16), {"id": "P2", "capacity": 10000, "in_use": 4000}),
    ]


def _networks():
    return [
        (point(58.80, 36.14), {"id": "W1", "utility": "water", "role": "distribution", "class": None}),
        (point(59.20, 36.14), {"id": "G1", "utility": "gas", "role": "distribution", "class": None}),
        (point(58.85, 36.15), {"id": "T1", "utility": "telecom", "role": "distribution", "class": "fibre"}),
    ]


class SmallStudy:
    """The study's parts, to be changed before `write`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.settings = {"schema_version": "1", "title": "چهار دهستان"}
        self.tables = {"assess": {"over": 10000}, "standards": {"files": ["iran"]}}
        self.districts = Layer(
            "rural_districts",
            "districts.geojson",
            _districts(),
            {"id": "id", "name": "name", "population": "people", "county": "county", "province": "province"},
        )
        self.settlements = Layer(
            "settlements",
            "settlements.csv",
            _settlements(),
            {"id": "id", "name": "name", "kind": "kind", "population": "people"},
            {"x": "lon", "y": "lat", "crs": DEGREES},
        )
        self.zones = Layer(
            "zones",
            "zones.geojson",
            _zones(),
            {"id": "id", "name": "name", "kind": "kind", "status": "status", "county": "county", "province": "province"},
        )
        self.power = Layer(
            "sources",
            "power.geojson",
            _power(),
            {
                "id": "id",
                "capacity": {"field": "capacity", "unit": "kW"},
                "in_use": {"field": "in_use", "unit": "kW", "season": "summer"},
            },
            {"utility": "power", "role": "distribution"},
        )
        self.networks = Layer(
            "sources",
            "networks.geojson",
            _networks(),
            {"id": "id", "utility": "utility", "role": "role", "telecom_class": "class"},
        )
        self.layers = [self.districts, self.settlements, self.zones, self.power, self.networks]

    @property
    def path(self):
        return self.folder / "study.toml"

    def remove(self, layer):
        self.layers.remove(layer)

    def write(self):
        """Writes every layer and the study file; returns the path of the latter."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for layer in self.layers:
            write_layer(self.folder / layer.file, layer)
        return self.write_study_file()

    def write_study_file(self):
        """Writes the study file alone."""
        self.path.write_text(self.text(), encoding="utf-8")
        return self.path

    def text(self):
        lines = _pairs(self.settings)
        for name, table in self.tables.items():
            lines += ["", f"[{name}]", *_pairs(table)]
        repeated = {layer.role for layer in self.layers if [x.role for x in self.layers].count(layer.role) > 1}
        for layer in self.layers:
            head = f"layers.{layer.role}"
            lines += ["", f"[[{head}]]" if layer.role in repeated else f"[{head}]"]
            lines += _pairs({"source": layer.file, **layer.settings}) + ["", f"[{head}.fields]", *_pairs(layer.fields)]
        return "\n".join(lines) + "\n"


def _pairs(table):
    return [f"{key} = {_toml(value)}" for key, value in table.items()]


def _toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


# ---- layers as files

_DRIVERS = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".fgb": "FlatGeobuf"}


def write_layer(path, layer):
    """Writes a layer in the format of the file's extension."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".geojson":
        _write_geojson(path, layer)
    elif path.suffix == ".csv":
        _write_csv(path, layer)
    else:
        _write_by_gdal(path, layer, _DRIVERS[path.suffix])


def _write_geojson(path, layer):
    code = layer.crs.rpartition(":")[2]
    features = [{"type": "Feature", "properties": a, "geometry": g} for g, a in layer.features]
    collection = {"type": "FeatureCollection", "features": features}
    if layer.crs != DEGREES:
        collection["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")


def _write_csv(path, layer):
    names = list(layer.features[0][1])
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow([*names, "lon", "lat"])
        for geometry, attributes in layer.features:
            x, y = geometry["coordinates"] if geometry else ("", "")
            writer.writerow([*("" if attributes[n] is None else attributes[n] for n in names), x, y])


def _write_by_gdal(path, layer, driver):
    from osgeo import gdal, ogr, osr

    gdal.UseExceptions()
    target = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    crs = osr.SpatialReference()
    crs.SetFromUserInput(layer.crs)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    options = ["ENCODING=UTF-8"] if driver == "ESRI Shapefile" else []
    table = target.CreateLayer(path.stem, crs, _geometry_type(layer), options)
    for name in layer.features[0][1]:
        table.CreateField(ogr.FieldDefn(name, _field_type(layer, name)))
    for geometry, attributes in layer.features:
        feature = ogr.Feature(table.GetLayerDefn())
        for name, value in attributes.items():
            if value is not None:
                feature.SetField(name, value)
        if geometry:
            feature.SetGeometry(ogr.CreateGeometryFromJson(json.dumps(geometry)))
        table.CreateFeature(feature)
    table.SyncToDisk()
    del table, target


def _geometry_type(layer):
    from osgeo import ogr

    kinds = {geometry["type"] for geometry, _ in layer.features if geometry}
    return {"Point": ogr.wkbPoint, "Polygon": ogr.wkbPolygon, "LineString": ogr.wkbLineString}.get(
        kinds.pop() if len(kinds) == 1 else "", ogr.wkbUnknown
    )


def _field_type(layer, name):
    from osgeo import ogr

    values = [attributes[name] for _, attributes in layer.features if attributes[name] is not None]
    if values and all(isinstance(v, int) for v in values):
        return ogr.OFTInteger64
    return ogr.OFTReal if values and all(isinstance(v, (int, float)) for v in values) else ogr.OFTString
