#!/usr/bin/python3
"""Lists the districts of the sample that have enough of a utility alone and lose it when headroom is shared, and why.
Headroom in reach, and what zones took, are recomputed from the shapefiles, with no code of the project.

usage: lost_when_shared.py RESULT.gpkg PAGE.md [--write]      the page's last part is compared, or written with --write
"""
import collections
import math
import os
import sqlite3
import sys
import tomllib

from worked_example import M3_A_DAY_PER_LPS, POWER_FACTOR, ROOT, headroom, rows, sources_in_reach, steps_up

HEAD = "\n## On the sample\n"
CASES = ("low", "central", "high")
CLASSES = {"zone_occupied": 0, "zone_committed": 1, "credited_land": 2, "unit_centre": 2}


class Utility:
    def __init__(self, name, unit, steps, layer, capacity, use, to_unit, zone_field, zone_to_unit):
        self.name, self.unit, self.steps = name, unit, steps
        self.layer, self.capacity, self.use, self.to_unit = layer, capacity, use, to_unit
        self.zone_field, self.zone_to_unit = zone_field, zone_to_unit

    def down(self, amount):
        return math.floor(amount * self.steps + 1e-6) / self.steps

    def shown(self, amount):
        return f"{amount:,.6g}" if amount < 1e5 else f"{amount:,.0f}"

    def sources_near(self, lon, lat, reach_km):
        """Codes and firm headroom, in the utility's unit, of sources in reach that state it."""
        free = {row["KOD"]: headroom(row, self.capacity, self.use, "TAAHOD", self.to_unit)
                for row, _km in sources_in_reach(self.layer, lon, lat, reach_km)}
        return {code: self.down(amount) for code, amount in free.items() if amount is not None}


UTILITIES = (
    Utility("water", "L/s", 1000, "manba_ab", "ZARF_M3", "MASRAF_M3", 1 / M3_A_DAY_PER_LPS, "AB_M3_ROOZ", 1 / M3_A_DAY_PER_LPS),
    Utility("power", "MW", 1000, "post_bargh", "ZARF_MVA", "BAR_MVA", POWER_FACTOR, "BARGH_KW", 1e-3),
    Utility("gas", "m³/h", 1, "ist_gaz", "ZARF_M3H", "MASRAF_M3H", 1, "GAZ_M3_H", 1),
)


class Result:
    """The layers that the run wrote."""

    def __init__(self, path):
        self.database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.database.row_factory = sqlite3.Row

    def rows(self, layer):
        return [dict(row) for row in self.database.execute(f'SELECT * FROM "{layer}" ORDER BY fid')]


class Sample:
    def __init__(self, result):
        self.units = {unit["unit_id"]: unit for unit in result.rows("units")}
        self.utilities = [row for row in result.rows("unit_utilities") if row["shortfall"] is not None]
        self.allocations = result.rows("allocations")
        with open(os.path.join(ROOT, "standards", "iran.toml"), "rb") as file:
            self.standards = tomllib.load(file)
        self.zones = {row["KOD"]: row for row, _shape, _change in rows("nahiye")}
        self.committed_ha = collections.Counter()
        for row, _shape, _change in rows("ghataat"):
            if row["VAZIAT"] in ("قرارداد", "در حال ساخت"):
                self.committed_ha[row["KOD_NAHIYE"]] += row["MASAHAT_M2"] / 10_000
        self.wrong = []

    def expect(self, what, by_hand, written):
        if abs(by_hand - written) > 1e-9:
            self.wrong.append(f"{what}: by hand {by_hand}, written {written}")

    def stand(self, utility, case):
        return [row for row in self.utilities if (row["utility"], row["case"]) == (utility.name, case)]

    def lost(self, utility, case):
        return [row for row in self.stand(utility, case) if row["reason"] == "reachable" and row["shortfall"] > 0]

    def near(self, utility, unit_id):
        unit = self.units[unit_id]
        reach_km = self.standards["reach"][utility.name]["central"]
        return utility.sources_near(unit["centre_lon"], unit["centre_lat"], reach_km)


def overview(sample):
    """How the districts stand alone; what they need that have enough, and what there is in their reach."""
    lines = ["| utility | case | enough alone | need together | headroom in their reach | **lose it when shared** | "
             "not enough alone, because | of these served when shared |", "|---|---|--:|--:|--:|--:|---|--:|"]
    for utility in UTILITIES:
        for case in CASES:
            stand = sample.stand(utility, case)
            enough = [row for row in stand if row["reason"] == "reachable"]
            in_reach = {}
            for row in enough:
                near = sample.near(utility, row["unit_id"])
                sample.expect(f"{row['unit_id']} reachable {utility.name}", sum(near.values()), row["reachable"])
                in_reach.update(near)
            others = collections.Counter(row["reason"] for row in stand if row["reason"] != "reachable")
            gained = sum(row["reason"] != "reachable" and row["shortfall"] == 0 for row in stand)
            need = utility.shown(sum(row["demand"] for row in enough))
            free = utility.shown(sum(in_reach.values()))
            if utility.name == "power":
                is_ample = sum(in_reach.values()) > 2 * sum(row["demand"] for row in enough)
                sample.expect("power in reach is more than twice the need", 1, int(is_ample))
            lines.append(f"| {utility.name} | {case} | {len(enough)} | {need} {utility.unit} | {free} {utility.unit} | "
                         f"**{len(sample.lost(utility, case))}** | "
                         f"{', '.join(f'{count} `{reason}`' for reason, count in sorted(others.items()))} | {gained} |")
    return lines


def zone_need(sample, utility, case, zone_id):
    """What a zone lacks for its land in use, by hand: text and amount."""
    zone, standard = sample.zones[zone_id], sample.standards["demand"][utility.name]
    committed = sample.committed_ha[zone_id]
    in_use = zone["ESHGHAL_HA"] - committed
    share = sample.standards["land"]["net_share"][case]
    gross = not standard["basis"].startswith("net")
    need = steps_up(in_use / (share if gross else 1) * standard[case], utility.steps)
    has = utility.down(zone[utility.zone_field] * utility.zone_to_unit)
    text = (f"{zone_id} has {zone['ESHGHAL_HA']:g} ha occupied, {committed:g} ha of it contracted or being built on: {in_use:g} ha in use"
            f"{f' / {share:g}' if gross else ''} × {standard[case]:g} {standard['unit']} = {utility.shown(need)} {utility.unit}, "
            f"and it has {utility.shown(has)}")
    return text, need - has


def why(sample, utility, case, row):
    """Where its amounts come from, and who else is served from there."""
    mine = [given for given in sample.allocations
            if (given["utility"], given["case"]) == (utility.name, case) and given["unit_id"] == row["unit_id"]]
    lines = []
    taken = collections.Counter()
    for source in sorted({given["source_id"] for given in mine if given["source_id"]}):
        given_to = [given for given in sample.allocations
                    if (given["utility"], given["case"], given["source_id"]) == (utility.name, case, source)]
        given_to.sort(key=lambda given: (CLASSES[given["demand_kind"]], given["zone_id"] or "", given["unit_id"] or ""))
        free = sample.near(utility, row["unit_id"])[source]
        sample.expect(f"{source} gives all it has", free, sum(given["amount"] for given in given_to))
        parts, needs = [], []
        for given in given_to:
            who = given["unit_id"] or given["zone_id"]
            if who != row["unit_id"]:
                taken[who] += given["amount"]
            parts.append(f"{utility.shown(given['amount'])} to {who} (`{given['demand_kind']}`, class {CLASSES[given['demand_kind']]})")
            if given["demand_kind"] == "zone_occupied":
                text, lacks = zone_need(sample, utility, case, who)
                sample.expect(f"{who} lacks", lacks, given["amount"])
                needs.append(f"    - {text}.")
        lines += [f"    - {source} has {utility.shown(free)} {utility.unit} of firm headroom: {', '.join(parts)}.", *needs]
    got = sum(given["amount"] for given in mine)
    sample.expect(f"{row['unit_id']} balance", row["demand"] - got, row["shortfall"])
    most = "; ".join(f"{who} {amount:.10g} {utility.unit}" for who, amount in taken.most_common(3))
    if taken and most != row["taken_by"]:
        sample.wrong.append(f"{row['unit_id']} taken_by: by hand {most!r}, written {row['taken_by']!r}")
    return lines


def list_of_lost(sample):
    lines = []
    for case in CASES:
        found = [(utility, row) for utility in UTILITIES for row in sample.lost(utility, case)]
        lines.append(f"* **{case}**: {'nobody.' if not found else ''}".rstrip())
        for utility, row in found:
            name = sample.units[row["unit_id"]]["name"]
            taken = f", by {row['taken_by']}" if row["taken_by"] else ""
            lines.append(f"  - {name} ({row['unit_id']}) needs {utility.shown(row['demand'])} {utility.unit} of {utility.name}. "
                         f"Alone it has {utility.shown(row['reachable'])} in reach; shared it gets "
                         f"{utility.shown(row['own_supply'] + row['allocated'])} and is **short of {utility.shown(row['shortfall'])}**: "
                         f"`{row['shared_reason']}`{taken}.")
            lines += why(sample, utility, case, row)
    return lines


def section(sample):
    return "\n".join([
        HEAD,
        "Which districts of the [sample](../shapefiles/khorasan_razavi/README.md) have enough when each is looked at alone, and lose it when headroom is "
        "shared?", "The sample's sources and zones are constructed, and were before any result was seen. `tests/sample/lost_when_shared.py` writes "
        "this part and", "recomputes from the shapefiles what is in reach, what zones lack and what is left; a test compares.", "",
        *overview(sample), "",
        "Where few have enough alone, few can lose it: most districts have no source of water or gas in reach at all, and the substations near those",
        "with power enough hold more than twice what these need, even in the high case. Some gain instead: land that is promised to them in a zone",
        "is served there, and zones with a surplus are sources. All amounts are in the layers `unit_utilities`, `allocations`, `sources` and `zones`.", "",
        *list_of_lost(sample)]) + "\n"


def main():
    sample = Sample(Result(sys.argv[1]))
    text = section(sample)
    with open(sys.argv[2], encoding="utf-8") as file:
        page = file.read()
    before, found, after = page.partition(HEAD)
    for wrong in sample.wrong:
        print(wrong)
    if "--write" in sys.argv:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(before + text)
    elif found + after != text:
        sample.wrong.append("page")
        print(f"{sys.argv[2]} differs from what the sample gives; renew it with --write and read the difference")
    sys.exit(1 if sample.wrong else 0)


if __name__ == "__main__":
    main()
