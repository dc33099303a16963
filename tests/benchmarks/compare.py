#!/usr/bin/python3
"""Runs `amayesh gap` and the Python peer in turn on made-up countries, checks that they agree, and prints ratios.

usage: compare.py AMAYESH FOLDER [FOLDER ...] [--runs N]      (folders that made_country.py wrote)

Whole processes, file to file; the least of N runs counts. What must agree: people placed by location and districts with
more than 10 000 of them; and, in one more run with planar distances as the peer has them, the sum of all kilometres to
the nearest source. Ends with exit code 1 where they do not.
"""
import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STUDY = os.path.join(HERE, "study.toml")
UTILITIES = ("power", "gas", "water", "telecom")


def timed(command, environment):
    """Seconds, peak megabytes and the two outputs of a process that must succeed."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{err.read()}")
        return seconds, usage.ru_maxrss / 1024, out.read(), err.read()


def planar_study(folder):
    """The study with planar distances, as SciPy's tree has them."""
    with open(STUDY, encoding="utf-8") as source:
        text = source.read()
    standards = os.path.join(HERE, "..", "..", "standards", "iran.toml")
    text = text.replace("../../standards/iran.toml", os.path.abspath(standards))
    path = os.path.join(folder, "planar.toml")
    with open(path, "w", encoding="utf-8") as made:
        made.write(text + '\n[assess]\ndistance = "planar"\n')
    return path


def figures(output):
    """What the peer prints, from the layers that were written."""
    data = sqlite3.connect(f"file:{output}?mode=ro", uri=True)
    placed = "SELECT sum(population) AS people FROM settlements WHERE rural_district_id IS NOT NULL"
    people = data.execute(placed).fetchone()[0]
    over = data.execute(f"SELECT count(*) FROM ({placed} GROUP BY rural_district_id) WHERE people > 10000").fetchone()[0]
    sums = " + ".join(f"sum(nearest_{utility}_km)" for utility in UTILITIES)
    return people, over, data.execute(f"SELECT {sums} FROM settlements").fetchone()[0]


def phases(text):
    return {name: float(seconds) for seconds, name in re.findall(r"([\d.]+) s +[\d.]+ s of processors  (.+)", text)}


def measure(amayesh, folder, runs):
    environment = dict(os.environ, AMAYESH_BENCHMARK_DATA=os.path.abspath(folder))
    ours, peers = [], []
    with tempfile.TemporaryDirectory() as scratch:
        output = os.path.join(scratch, "out.gpkg")
        write = ["-o", output, "--overwrite", "--quiet", "--times"]
        peer = ["/usr/bin/python3", os.path.join(HERE, "peer_sjoin_ckdtree.py"), folder, os.path.join(scratch, "peer")]
        for _ in range(runs):
            ours.append(timed([amayesh, "gap", STUDY, *write], environment))
            peers.append(timed(peer, environment))
        timed([amayesh, "gap", planar_study(scratch), *write], environment)
        people, over, kilometres = figures(output)
    wanted = json.loads(peers[0][2])
    agree = (people, over) == (wanted["people"], wanted["over_10000"]) and abs(kilometres - wanted["sum_km"]) < 0.5
    print(f"{folder}: {people} people, {over} districts over 10000, {kilometres:.3f} km planar "
          f"({'equal' if agree else f'the peer has {wanted}'})")
    best, best_peer = min(ours), min(peers)
    for name, seconds in phases(best[3]).items():
        print(f"  {seconds / best[0]:6.1%}  {name}")
    print(f"  peer / amayesh = {best_peer[0] / best[0]:.1f}; memory {best_peer[1] / best[1]:.1f}; "
          f"amayesh {best[0]:.2f} s, {best[1]:.0f} MB")
    return best[0], agree


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("amayesh")
    arguments.add_argument("folders", nargs="+")
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    results = [measure(given.amayesh, folder, given.runs) for folder in given.folders]
    print("growth:", " : ".join(f"{seconds / results[0][0]:.2f}" for seconds, _ in results))
    return 0 if all(agree for _, agree in results) else 1


if __name__ == "__main__":
    sys.exit(main())
