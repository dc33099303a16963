#!/usr/bin/python3
"""Computes cells of a result again from what `amayesh explain --json` says of them alone, by the words of its rules.

usage: explain_recompute.py AMAYESH STUDY RESULT.gpkg [SEED]

Draws units, zones and sources of RESULT until they hold well over a hundred cells, asks for their explanations, and
computes every cell of them again: from its inputs, and the records and the coefficients of the same JSON; nothing else
is read. The outcome must be what RESULT holds. The rules are written out here anew, from their texts in docs/explain.md;
distances and areas are pyproj's.
"""
import json
import random
import sqlite3
import subprocess
import sys

from explained_values import is_same, up
from feature_rules import FeatureRules
from supply_rules import SupplyRules
from unit_rules import UnitRules

UNITS_DRAWN, ZONES_DRAWN, SOURCES_DRAWN = 14, 5, 9


class Explained(UnitRules, SupplyRules, FeatureRules):
    """One explanation, and the rules by which its cells are computed again."""

    def __init__(self, explanation):
        self.explanation = explanation
        self.values = explanation["values"]
        self.records = explanation["records"]
        self.cells = {self.address(value): value["value"] for value in self.values}

    @staticmethod
    def address(value):
        row = f"[{value['utility']},{value['case']}]" if "utility" in value else ""
        return f"{value['layer']}{row}.{value['column']}"

    def inputs(self, value):
        """What the rule takes, by name; values that are named only are looked up, and must be the same."""
        taken = {}
        for name, stated in value["inputs"].items():
            if "records" in stated:
                taken[name] = self.records[stated["records"]]
            elif "field" in stated:
                taken[name] = stated["field"]
            else:
                taken[name] = stated["value"]
                if "cell" in stated:
                    assert stated["value"] == self.cells[stated["cell"]], (stated, self.cells[stated["cell"]])
                if "coefficient" in stated:
                    key, case = stated["coefficient"].split(", ")
                    coefficient = self.explanation["coefficients"][key]
                    assert stated["value"] == coefficient.get("text", coefficient.get(case)), stated
        return taken

    def compute(self, value):
        return getattr(self, "rule_" + value["rule"])(value, **self.inputs(value))


def written_rows(database, explanation):
    """The cells of RESULT that the explanation speaks of, by address."""
    cells = {}
    key = {"unit": "unit_id", "zone": "zone_id", "source": "source_id"}[explanation["kind"]]
    layers = {"unit": ["units", "unit_utilities"], "zone": ["zones", "zone_points"], "source": ["sources", "source_lines"]}
    tables = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
    for layer in layers[explanation["kind"]]:
        if layer not in tables:
            continue
        for row in database.execute(f'SELECT * FROM "{layer}" WHERE "{key}" = ?', (explanation["id"],)):
            row = {name: row[name] for name in row.keys() if name not in ("fid", "geom")}
            of = f"[{row['utility']},{row['case']}]" if layer == "unit_utilities" else ""
            name = {"zone_points": "zones", "source_lines": "sources"}.get(layer, layer)
            cells.update({f"{name}{of}.{column}": value for column, value in row.items()})
    return cells


def drawn_ids(database, seed):
    draw = random.Random(seed)
    for kind, layer, column, number in (
        ("unit", "units", "unit_id", UNITS_DRAWN),
        ("zone", "zones", "zone_id", ZONES_DRAWN),
        ("source", "sources", "source_id", SOURCES_DRAWN),
    ):
        ids = sorted({row[0] for row in database.execute(f'SELECT "{column}" FROM "{layer}"')})
        for id_ in draw.sample(ids, min(number, len(ids))):
            yield kind, id_


def main(amayesh, study, result, seed="1395"):
    database = sqlite3.connect(f"file:{result}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    wrong, computed_cells, by_rule = [], 0, {}
    for kind, id_ in drawn_ids(database, int(seed)):
        ran = subprocess.run([amayesh, "explain", study, id_, "--kind", kind, "--json", "--quiet"], check=True,
                             capture_output=True, text=True)
        explained = Explained(json.loads(ran.stdout))
        written = written_rows(database, explained.explanation)
        if {Explained.address(value) for value in explained.values} != set(written):
            wrong.append(f"{kind} {id_}: columns explained and written differ")
        for value in explained.values:
            address = Explained.address(value)
            try:
                outcome = explained.compute(value)
            except Exception as error:  # a rule that cannot be followed is a fault of the explanation
                wrong.append(f"{kind} {id_} {address}: rule '{value['rule']}': {error!r}")
                continue
            computed_cells += 1
            by_rule[value["rule"]] = by_rule.get(value["rule"], 0) + 1
            if not is_same(outcome, written.get(address)):
                wrong.append(f"{kind} {id_} {address}: by its inputs {outcome!r}, written {written.get(address)!r}"
                             f" ({value['rule']})")
    print(f"{computed_cells} cells computed again by {len(by_rule)} rules, {len(wrong)} differ")
    for line in wrong[:40]:
        print(line, file=sys.stderr)
    return 1 if wrong or computed_cells < 100 else 0


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
