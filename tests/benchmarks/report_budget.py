#!/usr/bin/python3
"""Measures `amayesh report` on a made-up country; fails where the page is larger or takes longer than it may.

usage: report_budget.py AMAYESH FOLDER [--runs N] [--over PEOPLE]      (FOLDER: what made_country.py wrote)

Prints the least of the runs: seconds by the clock, of all processors, peak memory, and the page's size.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

MOST_BYTES = 10_000_000
MOST_SECONDS = 5.0
STUDY = pathlib.Path(__file__).with_name("study.toml")


def run(command, environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    subprocess.run(command, env=environment, check=True)
    elapsed = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return elapsed, used, after.ru_maxrss / 1024


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("amayesh")
    arguments.add_argument("folder")
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--over", type=int, default=10_000)
    given = arguments.parse_args()
    environment = {**os.environ, "AMAYESH_BENCHMARK_DATA": os.path.abspath(given.folder)}
    with tempfile.TemporaryDirectory(prefix="amayesh-report-") as folder:
        page = pathlib.Path(folder) / "report.html"
        command = [given.amayesh, "report", str(STUDY), "-o", str(page), "--overwrite", "--quiet", "--over", str(given.over)]
        runs = [run(command, environment) for _ in range(given.runs)]
        size = page.stat().st_size
    elapsed, used, memory = (min(values) for values in zip(*runs))
    print(f"{elapsed:.2f} s by the clock, {used:.2f} s of processors, {memory:.0f} MB peak, page of {size / 1e6:.2f} MB")
    if size > MOST_BYTES or elapsed > MOST_SECONDS:
        print(f"over {MOST_SECONDS} s or {MOST_BYTES / 1e6:.0f} MB", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
