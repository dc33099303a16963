#!/usr/bin/env python3
"""Fails when a fault that touches reading, joining or writing has no test, or names one that does not exist.

Usage: check_fault_table.py TABLE BUILD_DIR EXECUTABLES
TABLE is a CSV with the columns number, touches, fault, tests; several tests are separated by " | ". A test is the
name of a CTest test, of a Catch2 test case, or of a method of a CTest test in Python: test.Class.test_method.
EXECUTABLES is a file with one Catch2 executable a line.
"""

import ast
import csv
import json
import pathlib
import subprocess
import sys

COLUMNS = ["number", "touches", "fault", "tests"]
MUST_HAVE_TESTS = {"reading", "joining", "writing"}
OTHER_TOUCHES = {"computing", "planning", "rasters", "report"}
ROWS = 56


def names_in_ctest(build_dir):
    listing = subprocess.run(
        ["ctest", "--show-only=json-v1"], cwd=build_dir, check=True, capture_output=True, text=True
    ).stdout
    names = set()
    for test in json.loads(listing)["tests"]:
        names.add(test["name"])
        for word in test.get("command", []):
            if word.endswith("_test.py"):
                names |= {f"{test['name']}.{method}" for method in methods_in_python(pathlib.Path(word))}
    return names


def methods_in_python(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for group in (node for node in tree.body if isinstance(node, ast.ClassDef)):
        for method in (node for node in group.body if isinstance(node, ast.FunctionDef)):
            if method.name.startswith("test_"):
                yield f"{group.name}.{method.name}"


def names_in_executable(executable):
    # Catch2 2 exits with the number of tests that it lists, so the exit code says nothing.
    listing = subprocess.run([executable, "--list-test-names-only"], capture_output=True, text=True).stdout
    return {line.strip().strip('"') for line in listing.splitlines() if line.strip()}


def tests_of(row):
    return [name.strip() for name in row["tests"].split(" | ") if name.strip()]


def faults_of_rows(rows, known):
    """What is wrong with the table, one line each."""
    numbers = [row["number"] for row in rows]
    if numbers != [str(n) for n in range(1, ROWS + 1)]:
        yield f"rows must be numbered 1 to {ROWS}, each once and in order"
    for row in rows:
        touches = set(row["touches"].split())
        where = f"fault {row['number']} ({row['fault']})"
        if not touches or not touches <= MUST_HAVE_TESTS | OTHER_TOUCHES:
            yield f"{where}: touches '{row['touches']}' is not known"
        if touches & MUST_HAVE_TESTS and not tests_of(row):
            yield f"{where}: has no test"
        for name in tests_of(row):
            if name not in known:
                yield f"{where}: no test is called '{name}'"


def main(arguments):
    if len(arguments) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    table, build_dir, executables = map(pathlib.Path, arguments[1:])
    with table.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        rows = list(reader)
    if reader.fieldnames != COLUMNS:
        print(f"{table}: the columns must be {', '.join(COLUMNS)}", file=sys.stderr)
        return 1
    known = names_in_ctest(build_dir)
    for executable in executables.read_text(encoding="utf-8").split():
        known |= names_in_executable(executable)
    faults = list(faults_of_rows(rows, known))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(rows)} faults, {len(known)} tests known, {len(faults)} things wrong")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
