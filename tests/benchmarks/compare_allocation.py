#!/usr/bin/python3
"""Allocation on a national scale beside SciPy's HiGHS and the bare network simplex of LEMON: runs in turn, prints ratios.

usage: compare_allocation.py ALLOCATION_BENCHMARK [--runs N]

Processor time of the work alone, without start and reading; the least of N runs counts. Ends with exit code 1 where an
answer differs, or where the three utilities together take more than a tenth of HiGHS or 1.2 of the bare flow.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
UTILITIES = ("water", "power", "gas")
OURS, BARE = "allocate_capacity", "bare network simplex"


def run(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(benchmark, folder):
    """Seconds and check values by scale and work, of ours, the bare flow and HiGHS."""
    rows = [line.split("\t") for line in run([benchmark, "3", folder]).splitlines()]
    found = {(row[0], row[2]): (float(row[3]), [int(figure) for figure in row[4:]]) for row in rows}
    for utility in UTILITIES:
        peer = [sys.executable, os.path.join(HERE, "peer_allocation_highs.py"), os.path.join(folder, utility)]
        answer = json.loads(run(peer))
        found[utility, "HiGHS"] = (answer["seconds"], answer["check"])
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("benchmark")
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        runs = [measure(given.benchmark, folder) for _ in range(given.runs)]
    least = {work: min(one[work][0] for one in runs) for work in runs[0]}
    agree = all(one[utility, work][1] == one[utility, OURS][1] for one in runs for utility in UTILITIES
                for work in (BARE, "HiGHS"))
    for (scale, work), seconds in sorted(least.items()):
        print(f"{scale:14} {work:24} {seconds:9.4f} s   {seconds / least[scale, OURS]:7.2f} of ours")
    total = {work: sum(least[utility, work] for utility in UTILITIES) for work in (OURS, BARE, "HiGHS")}
    print(f"three utilities: {total[OURS]:.4f} s = {total[OURS] / total['HiGHS']:.4f} of HiGHS, "
          f"{total[OURS] / total[BARE]:.2f} of the bare flow; answers {'equal' if agree else 'DIFFER'}")
    return 0 if agree and total[OURS] < total["HiGHS"] / 10 and total[OURS] < 1.2 * total[BARE] else 1


if __name__ == "__main__":
    sys.exit(main())
