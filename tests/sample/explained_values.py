"""What the rules of an explanation compute with: amounts in whole steps, texts and numbers as the input has them, places."""

import math
import re
import unicodedata

import pyproj

EARTH = pyproj.Geod(ellps="WGS84")
STEPS = {"water": 1000, "power": 1000, "gas": 1, "telecom": 1}
CLASSES = ["none", "phone", "copper", "fibre"]
M2_PER_HA = 10_000
SAG_M = 0.1  # edges are drawn anew to within this, see docs/explain.md
NOISE = 1e-6  # of a step: what counts as an error of rounding, not as an amount


class Near:
    """A value that is known to within `tolerance`."""

    def __init__(self, value, tolerance):
        self.value, self.tolerance = value, tolerance

    def __repr__(self):
        return f"{self.value!r} ± {self.tolerance}"


def from_field(field, value):
    """What a cell of the input is, in the column's unit."""
    text = field.get("means", field["text"])
    if text is None:
        return None
    if isinstance(value["value"], str) or value["value"] is None:
        return as_words(text)
    number = sum(float(plain_digits(part)) for part in text.split(" + ")) * field.get("factor", 1)
    return Near(number, 0.5 / M2_PER_HA if value.get("unit") == "ha" else 1e-9 * max(1, abs(number)))


def plain_digits(text):
    text = "".join(str(unicodedata.digit(c)) if unicodedata.digit(c, None) is not None else c for c in text)
    return {"yes": "1", "no": "0", "true": "1", "false": "0"}.get(text.lower(), text.replace(",", "").replace("٫", "."))


def as_words(text):
    """Names differ in Arabic and Persian letters when those of one place are made the same; words are translated."""
    return Text(text)


class Text:
    WORDS = {"شهرک صنعتی": "industrial_estate", "ناحیه صنعتی": "industrial_zone", "منطقه ویژه اقتصادی": "special_economic_zone",
             "فعال": "operating", "در حال ساخت": "under_construction", "مصوب": "approved"}

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return repr(self.text)

    @staticmethod
    def folded(text):
        text = text.translate(str.maketrans("يكئ", "یکی"))
        return " ".join(text.replace("\u200c", " ").split())

    def is_same(self, other):
        folded = self.folded(self.text)
        return other is not None and (folded == self.folded(other) or self.WORDS.get(folded) == other)


def named_takers(amounts, steps, unit):
    got = {}
    for taker, amount in amounts:
        got[taker] = got.get(taker, 0) + round(amount * steps)
    most = sorted(sorted(got.items()), key=lambda taker: -taker[1])
    text = "; ".join(f"{taker} {amount / steps:.10g} {unit}" for taker, amount in most[:3])
    return (text + (f"; {len(most) - 3} more" if len(most) > 3 else "")) or None


def up(amount, steps):
    return math.ceil(amount * steps - NOISE) / steps


def exact_sum(amounts, steps):
    return sum(round(amount * steps) for amount in amounts) / steps


def select(rows, utility=None, case=None):
    return [r for r in rows if (utility is None or r["utility"] == utility) and (case is None or r["case"] == case)]


def rings(wkt):
    """Parts of a MULTIPOLYGON, each a list of rings of (lon, lat)."""
    for part in re.findall(r"\((\([^()]*\)(?:,\([^()]*\))*)\)", wkt):
        yield [[tuple(map(float, p.split())) for p in ring.split(",")] for ring in re.findall(r"\(([^()]*)\)", part)]


def ring_area(ring):
    return EARTH.polygon_area_perimeter([p[0] for p in ring], [p[1] for p in ring])[0]


def holds(wkt, x, y):
    crossings = 0
    for part in rings(wkt):
        for ring in part:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    crossings += 1
    return crossings % 2 == 1


def is_same(computed, written):
    if isinstance(computed, Text):
        return computed.is_same(written)
    if isinstance(computed, Near):
        return written is not None and abs(computed.value - written) <= computed.tolerance
    if computed is None or written is None or isinstance(computed, str) or isinstance(written, str):
        return computed == written
    return abs(computed - written) <= 1e-9 * max(1, abs(written))
