"""QGIS shows the empty layers of `amayesh init --template` with titles, lists and required fields; a row of each that is
filled in QGIS passes `amayesh check` and is read back as it was written."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from qgis.core import (QgsApplication, QgsFeature, QgsFieldConstraints, QgsGeometry, QgsVectorLayer,
                           QgsVectorLayerUtils)
except ImportError:
    print("PyQGIS is not installed: skipped")
    sys.exit(77)

AMAYESH = sys.argv[1]
AREA = "MultiPolygon (((59 36, 60 36, 60 37, 59 37, 59 36)))"
ZONE = "MultiPolygon (((59.5 36.5, 59.51 36.5, 59.51 36.51, 59.5 36.51, 59.5 36.5)))"
PLOT = "MultiPolygon (((59.501 36.501, 59.502 36.501, 59.502 36.502, 59.501 36.502, 59.501 36.501)))"
LINE = "MultiLineString ((59.1 36.1, 59.9 36.9))"

ROWS = {
    "rural_districts": (AREA, {"id": "01", "name": "بالا", "population": 12000, "county": "قوچان"}),
    "settlements": ("Point (59.4 36.4)", {"id": "011", "name": "نوده", "kind": "village", "population": 12000,
                                          "rural_district": "01"}),
    "zones": (ZONE, {"id": "z1", "name": "ناحیه یک", "kind": "industrial_zone", "status": "operating",
                     "occupied_area": 3.5, "sewer": 1, "telecom": "fibre"}),
    "plots": (PLOT, {"id": "p1", "zone": "z1", "state": "vacant", "progress": 0.5}),
    "sources": ("Point (59.6 36.6)", {"id": "s1", "utility": "power", "role": "distribution", "capacity": 30.0,
                                      "in_use": 10.0}),
    "source_lines": (LINE, {"id": "g1", "utility": "gas", "role": "context"}),
    "roads": (LINE, {"class": "main", "speed": 80.0}),
    "constraints": (AREA.replace("60", "59.2"), {"kind": "protected_area", "name": "پناهگاه"}),
    "constraint_lines": (LINE, {"kind": "river"}),
}

# Title, or list of words, that QGIS must show; in English, then Persian.
TITLES = {("zones", "gross_area"): ("Gross area (ha)", "مساحت ناخالص (ha)"),
          ("plots", "state"): ("State", "وضعیت قطعه"),
          ("sources", "telecom_class"): ("Telecom class", "رده مخابرات")}
WORDS = {("settlements", "kind"): ("village", "Village", "روستا"),
         ("zones", "kind"): ("industrial_estate", "Industrial estate", "شهرک صنعتی"),
         ("zones", "status"): ("under_construction", "Under construction", "در حال ساخت"),
         ("plots", "state"): ("repossessable", "Can be repossessed", "قابل خلع ید"),
         ("sources", "utility"): ("gas", "Gas", "گاز"),
         ("sources", "telecom_class"): ("fibre", "Fibre", "فیبر نوری"),
         ("zones", "sewer"): ("1", "Yes", "بله")}
REQUIRED = {"rural_districts": {"id", "name"}, "settlements": {"id", "name"}, "plots": {"id", "zone", "state"},
            "zones": {"id", "name", "kind", "status"}, "sources": {"id", "utility", "role"}, "roads": set(),
            "constraints": {"kind"}}

failures = []


def expect(truth, what):
    if not truth:
        failures.append(what)
        print("FAILED:", what)


def open_layer(file, name):
    layer = QgsVectorLayer(f"{file}|layername={name}", name, "ogr")
    expect(layer.isValid(), f"{name} opens")
    return layer


def not_null(layer, index):
    return bool(layer.fieldConstraints(index) & QgsFieldConstraints.ConstraintNotNull)


def check_forms(file, language):
    for (name, field), titles in TITLES.items():
        layer = open_layer(file, name)
        shown = layer.attributeDisplayName(layer.fields().indexOf(field))
        expect(shown == titles[language], f"{name}.{field} is titled {titles[language]}, not {shown}")
    for (name, field), (code, *titles) in WORDS.items():
        layer = open_layer(file, name)
        setup = layer.editorWidgetSetup(layer.fields().indexOf(field))
        expect(setup.type() == "ValueMap", f"{name}.{field} is a list, not {setup.type()}")
        pairs = {title: value for entry in setup.config().get("map", []) for title, value in entry.items()}
        expect(pairs.get(titles[language]) == code, f"{name}.{field} offers {titles[language]} for {code}: {pairs}")
    for name, required in REQUIRED.items():
        layer = open_layer(file, name)
        found = {f.name() for i, f in enumerate(layer.fields()) if f.name() != "fid" and not_null(layer, i)}
        expect(found == required, f"{name} demands {required}, not {found}")


def fill(file):
    for name, (wkt, values) in ROWS.items():
        layer = open_layer(file, name)
        expect(layer.startEditing(), f"{name} can be edited")
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        required = REQUIRED.get(name)
        if required:
            field = sorted(required)[0]
            valid, _ = QgsVectorLayerUtils.validateAttribute(layer, feature, layer.fields().indexOf(field))
            expect(not valid, f"{name}.{field} must not stay empty")
        for field, value in values.items():
            expect(feature.setAttribute(layer.fields().indexOf(field), value), f"{name}.{field} takes {value}")
        expect(layer.addFeature(feature), f"{name} takes a row")
        expect(layer.commitChanges(), f"{name} is saved: {layer.commitErrors()}")


def read_back(file):
    for name, (_, values) in ROWS.items():
        layer = open_layer(file, name)
        rows = list(layer.getFeatures())
        expect(len(rows) == 1, f"{name} has one row, not {len(rows)}")
        for field, value in values.items():
            expect(rows[0][field] == value, f"{name}.{field} is {value}, not {rows[0][field]}")


def run(*arguments):
    return subprocess.run([AMAYESH, *arguments], capture_output=True, text=True, check=False)


def try_language(folder, code, language):
    file = Path(folder) / f"office_{code}.gpkg"
    made = run("init", "--template", str(file), "--language", code)
    expect(made.returncode == 0, f"the template is written: {made.stderr}")
    expect(run("init", "--template", str(file)).returncode == 1, "an existing template is not replaced")
    check_forms(file, language)
    fill(file)
    read_back(file)
    checked = run("check", str(file.with_suffix(".toml")), "--json")
    expect(checked.returncode == 0, f"check accepts the filled file: {checked.stdout[-3000:]} {checked.stderr}")
    if checked.returncode == 0:
        used = {entry["source_layer"]: entry["features_used"] for entry in json.loads(checked.stdout)["inputs"]["layers"]}
        expect(used == dict.fromkeys(ROWS, 1), f"check used one row of every layer: {used}")


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
application = QgsApplication([], False)
application.initQgis()
with tempfile.TemporaryDirectory() as where:
    try_language(where, "en", 0)
    try_language(where, "fa", 1)
application.exitQgis()
print("failures:", len(failures))
sys.exit(1 if failures else 0)
