"""What every test of the command shares: a folder for inputs, one for outputs, and what must hold after each run."""

import hashlib
import os
import pathlib
import sqlite3
import tempfile
import unittest

import command
from small_study import SmallStudy


def listing(folder, with_folder_times=True):
    """Every name below a folder with kind, size, time of change and content: equal listings, untouched folder.

    A folder's own time changes when a temporary name comes and goes in it: inputs must not see that, outputs may.
    """
    entries = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        status = path.lstat()
        is_file = path.is_file() and not path.is_symlink()
        if path.is_dir() and not with_folder_times:
            entries[str(path.relative_to(folder))] = status.st_mode
            continue
        content = hashlib.sha256(path.read_bytes()).hexdigest() if is_file and os.access(path, os.R_OK) else None
        entries[str(path.relative_to(folder))] = (status.st_mode, status.st_size, status.st_mtime_ns, content)
    return entries


class ToolCase(unittest.TestCase):
    """`self.study` is a SmallStudy in `inputs`; results go to `outputs`. No run may change anything in `inputs`."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="amayesh-test-", ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name).resolve()
        self.inputs = self.folder / "inputs"
        self.outputs = self.folder / "outputs"
        self.inputs.mkdir()
        self.outputs.mkdir()
        self.study = SmallStudy(self.inputs)
        self.target = self.outputs / "gap.gpkg"

    def amayesh(self, *arguments, **how):
        before = listing(self.inputs)
        outcome = command.run(*arguments, **how)
        self.assertGreaterEqual(outcome.code, 0, f"ended by a signal: {outcome}")
        self.assertEqual(listing(self.inputs), before, f"the folder of the inputs was changed: {outcome}")
        return outcome

    def check(self, *options, **how):
        return self.amayesh("check", self.study.path, *options, **how)

    def gap(self, *options, **how):
        return self.amayesh("gap", self.study.path, "-o", self.target, *options, **how)

    def findings(self, *options):
        """Findings of `check --json` on the study as it stands after `write`."""
        return self.check("--json", *options).json()["problems"]

    # ---- what is claimed

    def assert_done(self, outcome):
        self.assertEqual(outcome.code, 0, outcome)

    def assert_failed(self, outcome, *words):
        """Exit code 1 and one line on stderr that says all of that."""
        self.assertEqual(outcome.code, 1, outcome)
        lines = outcome.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, outcome)
        self.assertTrue(lines[0].startswith(("amayesh: ", '{"error":')), outcome)
        for word in words:
            self.assertIn(str(word), lines[0], outcome)

    def assert_misused(self, outcome, *words):
        """Exit code 2: the command line is wrong."""
        self.assertEqual(outcome.code, 2, outcome)
        self.assertEqual(outcome.stdout, "", outcome)
        for word in words:
            self.assertIn(str(word), outcome.stderr, outcome)

    def assert_nothing_written(self):
        self.assertEqual(list(listing(self.outputs)), [])

    def assert_finding(self, findings, severity, kind, *words, layer=None, feature=None):
        """One finding of that kind has all the words, and says what was done; returns it."""
        of_kind = [
            f
            for f in findings
            if (f["severity"], f["kind"]) == (severity, kind)
            and (layer is None or f["layer"] == layer)
            and (feature is None or f["feature"] == feature)
        ]
        for finding in of_kind:
            text = " ".join((finding["file"], finding["feature"], finding["field"], finding["message"]))
            if all(str(word) in text + " " + finding["action"] for word in words):
                self.assertTrue(finding["action"], finding)
                return finding
        self.fail(f"no {severity} {kind} with {words} among {of_kind or findings}")

    def assert_accounted(self, inputs):
        """Each row that was read is filtered, used or skipped."""
        self.assertTrue(inputs["layers"])
        for layer in inputs["layers"]:
            parts = layer["features_filtered"] + layer["features_used"] + layer["features_skipped"]
            self.assertEqual(layer["features_in"], parts, layer)

    def rows(self, layer, path=None):
        """Rows of a layer of a written GeoPackage, as dictionaries in the order of their ids."""
        with sqlite3.connect(f"file:{path or self.target}?mode=ro", uri=True) as database:
            database.row_factory = sqlite3.Row
            self.addCleanup(database.close)
            return [dict(row) for row in database.execute(f'SELECT * FROM "{layer}" ORDER BY fid')]


def main():
    unittest.main(verbosity=1)
