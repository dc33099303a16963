#!/usr/bin/env python3
"""The nearest of 1,000 facilities to 150,000 nodes of a made-up road network, and the nodes within 30 minutes of each
facility, from table to table: the example program beside a plain one, in turn, whole processes. Prints the least times,
their ratio and the peaks of memory. Fails unless both give the same ways, and over 1.2 of the plain one's processor time.

Usage: compare_reach.py BENCHMARKS_DIR [RUNS]     the folder of network_reach, plain_reach and road_network_benchmark
"""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import time

LIMIT_MINUTES = "30"
MOST = 1.2  # of the plain program's processor time
ROUNDING = 0.0011  # both print three places


def run(program, folder):
    outputs = [str(folder / f"{program.name}_{what}.csv") for what in ("nearest", "within")]
    arguments = [str(program), str(folder / "links.csv"), str(folder / "facilities.csv"), LIMIT_MINUTES, *outputs]
    start = time.monotonic()
    child = os.posix_spawn(arguments[0], arguments, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{program} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, outputs


def rows_of(file):
    with open(file, newline="", encoding="utf-8") as text:
        rows = list(csv.reader(text))[1:]
    return {(row[0], row[1]): float(row[2]) for row in rows}


def require_same(ours, peers):
    for our_file, peer_file in zip(ours, peers):
        our_rows, peer_rows = rows_of(our_file), rows_of(peer_file)
        if our_rows.keys() != peer_rows.keys():
            sys.exit(f"{our_file} and {peer_file} have other rows")
        if any(abs(minutes - peer_rows[key]) > ROUNDING for key, minutes in our_rows.items()):
            sys.exit(f"{our_file} and {peer_file} have other minutes")


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    programs = pathlib.Path(arguments[1])
    runs = int(arguments[2]) if len(arguments) == 3 else 9
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([programs / "road_network_benchmark", "0", folder], check=True)
        ours, peers = [], []
        for _ in range(runs):
            ours.append(run(programs / "network_reach", folder))
            peers.append(run(programs / "plain_reach", folder))
        require_same(ours[0][3], peers[0][3])
    ratios = []
    for number, what in ((0, "seconds by the clock"), (1, "seconds of processors"), (2, "MB at the peak")):
        our, peer = min(one[number] for one in ours), min(one[number] for one in peers)
        ratios.append(our / peer)
        print(f"{what:22} {our:8.3f} {peer:8.3f}  ratio {ratios[-1]:.2f}")
    return 0 if ratios[1] <= MOST else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
