#!/usr/bin/python3
"""Writing a national result beside `ogr2ogr` on the same features: runs in turn, prints ratios.

usage: compare_writing.py AMAYESH FOLDER [--runs N]      (FOLDER: what made_country.py wrote)

Ours: the phases of `amayesh gap` that make and write the result, with styles, project, titles and spatial indexes, checked
and on the disk. Theirs: the whole of an `ogr2ogr` that copies the file that we wrote, all its layers, once as users call it and once
without all that could be left out (spatial indexes, journal, syncing). Ends with exit code 1 where a copy has other
rows, or where we take more than `ogr2ogr` as users call it: time by the clock or of processors, least or median.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

from osgeo import gdal

HERE = os.path.dirname(os.path.abspath(__file__))
WRITING = ("write", "settle the output")
BARE = ["-gt", "unlimited", "-lco", "SPATIAL_INDEX=NO", "--config", "OGR_SQLITE_SYNCHRONOUS", "OFF",
        "--config", "OGR_SQLITE_JOURNAL", "OFF"]
OURS, USUAL, LEAST = "amayesh", "ogr2ogr", "ogr2ogr, bare"


def timed(command, environment=None):
    """Seconds by the clock and of processors, and standard error, of a process that must succeed."""
    with tempfile.TemporaryFile("w+") as messages:
        start = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=messages)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        messages.seek(0)
        text = messages.read()
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit code {process.returncode}\n{text}")
        return (seconds, usage.ru_utime + usage.ru_stime), text


def write(amayesh, folder, target):
    environment = dict(os.environ, AMAYESH_BENCHMARK_DATA=os.path.abspath(folder))
    study = os.path.join(HERE, "study.toml")
    _, text = timed([amayesh, "gap", study, "-o", target, "--overwrite", "--quiet", "--times"], environment)
    phases = {name: (float(clock), float(processors))
              for clock, processors, name in re.findall(r"([\d.]+) s +([\d.]+) s of processors  (.+)", text)}
    return tuple(sum(phases[name][i] for name in WRITING) for i in (0, 1))


def copy(source, target, options=()):
    if os.path.exists(target):
        os.remove(target)
    return timed(["ogr2ogr", "-f", "GPKG", target, source, *options])[0]


def rows(path):
    data = gdal.OpenEx(path, gdal.OF_VECTOR)
    return {data.GetLayer(i).GetName(): data.GetLayer(i).GetFeatureCount() for i in range(data.GetLayerCount())}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("amayesh")
    arguments.add_argument("folder")
    arguments.add_argument("--runs", type=int, default=7)
    given = arguments.parse_args()
    gdal.UseExceptions()
    found = {OURS: [], USUAL: [], LEAST: []}
    with tempfile.TemporaryDirectory() as scratch:
        result, usual, least = (os.path.join(scratch, name + ".gpkg") for name in ("result", "usual", "least"))
        for _ in range(given.runs):
            found[OURS].append(write(given.amayesh, given.folder, result))
            found[USUAL].append(copy(result, usual))
            found[LEAST].append(copy(result, least, BARE))
        agree = rows(result) == rows(usual) == rows(least)
        print(f"{sum(rows(result).values())} rows; copies {'equal' if agree else 'DIFFER'}")
    good = agree
    for i, what in enumerate(("by the clock", "of processors")):
        ours = [one[i] for one in found[OURS]]
        for peer in (USUAL, LEAST):
            theirs = [one[i] for one in found[peer]]
            minima = min(ours) / min(theirs)
            median = statistics.median(a / b for a, b in zip(ours, theirs))
            print(f"{what:14} {min(ours):6.2f} s, {peer}: {min(theirs):6.2f} s; ratio {minima:.2f}, median {median:.2f}")
            good = good and (peer == LEAST or max(minima, median) <= 1)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
