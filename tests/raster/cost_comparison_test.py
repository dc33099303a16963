#!/usr/bin/env python3
"""Costs beside those of GRASS r.cost and scikit-image on the same raster; what is not installed is left out, exit 77 if both.

Their conventions, as they document them:
* scikit-image, MCP_Geometric(fully_connected=True, sampling=(row, column)): a step costs the mean of its two cells times its
  length, 8 neighbours, doubles; cells below 0 are impassable. Ours: the same in floats.
* GRASS, r.cost: costs are per cell, a step costs the mean of its two cells times its length in cells (1 = the width of one;
  a cell's height counts as a multiple of its width), doubles; null cells are impassable. With -k the knight's move as well: the
  mean of the four cells that it touches. Ours: the same, in metres instead of widths of cells.

Sums of n steps in floats differ from those in doubles by at most n * 2**-24 of the sum, n the steps of a way: all ways
here are of fewer than 1,000 steps.
"""
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile

import numpy

WIDTH, HEIGHT = 290, 220
COLUMN_M, ROW_M = 90.0, 70.0
SOURCES = [(12, 30), (250, 15), (140, 200), (280, 110)]
TOLERANCE = 1000 * 2.0**-24


def made_friction():
    """Hills, scattered barriers, a river with one bridge, a cheap road: as floats, NaN = impassable."""
    random = numpy.random.default_rng(12)
    friction = 0.01 + 0.05 * random.random((HEIGHT, WIDTH))
    friction[random.random((HEIGHT, WIDTH)) < 0.1] = numpy.nan
    friction[:, 100:102] = numpy.nan
    friction[150, :] = 0.001
    friction[60:64, 200:204] = numpy.nan  # an island of one cell in a lake
    friction[62, 202] = 0.02
    for column, row in SOURCES:
        friction[row, column] = 0.01
    return friction.astype(numpy.float32)


def our_costs(folder, friction, neighbours):
    friction.tofile(folder + "/friction.bin")
    subprocess.run([os.environ["AMAYESH_COST_WORKER"], str(WIDTH), str(HEIGHT), str(COLUMN_M), str(ROW_M), str(neighbours),
                    folder + "/friction.bin", folder + "/costs.bin"] + [str(n) for source in SOURCES for n in source],
                   check=True)
    return numpy.fromfile(folder + "/costs.bin", dtype=numpy.float32).reshape(HEIGHT, WIDTH)


def skimage_costs(friction):
    from skimage.graph import MCP_Geometric
    costs = numpy.where(numpy.isnan(friction), -1.0, friction.astype(float))
    graph = MCP_Geometric(costs, fully_connected=True, sampling=(ROW_M, COLUMN_M))
    return graph.find_costs([(row, column) for column, row in SOURCES])[0]


GRASS_SCRIPT = """set -e
g.region n={north} s=0 e={east} w=0 rows={rows} cols={columns}
r.in.bin -f input={folder}/grass_friction.bin output=friction bytes=4 anull=-9999 north={north} south=0 east={east} west=0 \
    rows={rows} cols={columns}
r.cost {knight} input=friction output=costs start_coordinates={starts}
r.out.bin -f input=costs output={folder}/grass_costs.bin bytes=8 null=-1
"""


def grass_costs(folder, friction, neighbours):
    numpy.where(numpy.isnan(friction), numpy.float32(-9999), friction).tofile(folder + "/grass_friction.bin")
    north, east = HEIGHT * ROW_M, WIDTH * COLUMN_M
    starts = ",".join(f"{(column + 0.5) * COLUMN_M},{north - (row + 0.5) * ROW_M}" for column, row in SOURCES)
    with open(folder + "/script.sh", "w", encoding="utf-8") as script:
        script.write(GRASS_SCRIPT.format(north=north, east=east, rows=HEIGHT, columns=WIDTH, folder=folder, starts=starts,
                                         knight="-k" if neighbours == 16 else ""))
    run = subprocess.run(["grass", "--tmp-location", "XY", "--exec", "sh", folder + "/script.sh"],
                         env={**os.environ, "HOME": folder}, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit("GRASS failed:\n" + run.stdout + run.stderr)
    costs = numpy.fromfile(folder + "/grass_costs.bin", dtype=numpy.float64).reshape(HEIGHT, WIDTH) * COLUMN_M
    return numpy.where(costs < 0, numpy.inf, costs)


def compare(name, ours, theirs):
    """Reached cells are the same, and their costs within the tolerance."""
    reached = numpy.isfinite(ours)
    others = int((reached != numpy.isfinite(theirs)).sum())
    both = reached & numpy.isfinite(theirs)
    worst = (numpy.abs(ours[both] - theirs[both]) / numpy.maximum(theirs[both], 1e-9)).max()
    print(f"{name}: {int(reached.sum())} cells reached, {others} by one alone, worst difference {worst:.2e}")
    if others or worst > TOLERANCE or reached.sum() < WIDTH * HEIGHT / 2:
        sys.exit(f"{name}: other costs than ours")


def main():
    has_skimage = importlib.util.find_spec("skimage") is not None
    has_grass = shutil.which("grass") is not None
    if not has_skimage and not has_grass:
        print("neither scikit-image nor GRASS is installed")
        return 77
    friction = made_friction()
    with tempfile.TemporaryDirectory() as folder:
        if has_skimage:
            compare("scikit-image, 8 neighbours", our_costs(folder, friction, 8), skimage_costs(friction))
        if has_grass:
            for neighbours in (8, 16):
                compare(f"GRASS, {neighbours} neighbours", our_costs(folder, friction, neighbours),
                        grass_costs(folder, friction, neighbours))
    return 0


if __name__ == "__main__":
    sys.exit(main())
